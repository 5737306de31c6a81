"""What planning sees at a glance (R4): one query for the open reviews, one each for the answered ones, the outcomes
and the latest steps."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case as When
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from benchmarking.enums import OPEN_REVIEW_STATES, ReviewState
from benchmarking.models import Case, FollowUp, Review
from benchmarking.models.case import case_code
from benchmarking.selectors.cases import event_of
from benchmarking.selectors.statistics import Handling, Span, late_on
from core.components import Event
from core.models import TransitionLog
