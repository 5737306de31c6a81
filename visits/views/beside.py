"""Field visits on the pages of their case and review."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from benchmarking.models import Case, Review
from benchmarking.sockets import Card
from core.components import Action
from core.permissions import can
from visits.selectors.page import visits_of


def card(user: Any, case: Case, review: Review | None) -> Card | None:
    found = [pair for pair in visits_of(case, user) if review is None or pair[0].review_id == review.pk]
    return Card("visits/card.html", {"visits": found}) if found else None


def actions(user: Any, review: Review) -> Iterator[Action]:
    if can(user, "visits.request", review):
        yield Action(_("현장체험 신청"), reverse("visits:request", args=[review.pk]))
