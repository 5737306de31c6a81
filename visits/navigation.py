"""Entries in the side navigation of benchmarking, search."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.navigation import SideItem
from core.permissions import can
from core.search import Hit, Sought, listed
from notifications.numbers import numbers
from visits.enums import VisitState
from visits.filters import VisitFilter
from visits.models import FieldVisit
from visits.purse import TRAVEL

WAITING = "visits.waiting"


def side(user: Any) -> Iterator[SideItem]:
    visits = reverse("visits:list")
    yield SideItem(pgettext("목록", "현장체험"), visits)
    if count := numbers(user, "benchmarking")[WAITING]:
        yield SideItem(_("내가 처리할 현장체험"), f"{visits}?waiting=1", count)
    if can(user, TRAVEL.view):
        yield SideItem(TRAVEL.label, reverse("budgets:current", args=[TRAVEL.key]))


def find(user: Any, words: str) -> Sought:
    known = FieldVisit.objects.visible_to(user)
    found = VisitFilter({"q": words}, queryset=known).qs.order_by("-visited_on", "-pk")
    return Sought(
        pgettext("목록", "현장체험"),
        found,
        lambda visit: Hit(
            f"{visit.host} · {visit.purpose}",
            f"{visit.visited} · {visit.department_name} · {VisitState(visit.state).label}",
            visit.get_absolute_url(),
        ),
        listed("visits:list", words),
    )
