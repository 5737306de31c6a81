"""Entries in the side navigation for weekly reports."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.navigation import SideItem
from incentives.models import WeekReport
from notifications.numbers import Counted, Number, numbers

WAITING = "incentives.weekly"
NUMBERS = (Number("incentives", WAITING, WeekReport, Counted.WAITING),)


def side(user: Any) -> Iterator[SideItem]:
    """For the section `incentives`."""
    reports = reverse("incentives:reports")
    yield SideItem(_("주간 보고"), reverse("incentives:weeks"))
    yield SideItem(_("부문별 주간 보고"), reports)
    if count := numbers(user, "incentives")[WAITING]:
        yield SideItem(_("내가 처리할 주간 보고"), f"{reports}?waiting=1", count)
    if user.department_id:
        yield SideItem(_("우리 부서 주간 보고"), f"{reports}?department={user.department_id}")
