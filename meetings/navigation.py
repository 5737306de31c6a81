"""Entries in the side navigation of judging, search."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.navigation import SideItem
from core.permissions import can
from core.search import Hit, Sought, found, listed
from meetings.filters import SessionFilter
from meetings.models import Decision, Panel, Seat, Session
from meetings.selectors import when
from notifications.numbers import Counted, Number, numbers

TERMS, DECIDED = "meetings.terms", "meetings.decided"
NUMBERS = (
    Number("evaluations", DECIDED, Decision, Counted.WAITING),
    Number("evaluations", TERMS, Seat, Counted.WAITING, led=False),
)


def side(user: Any) -> Iterator[SideItem]:
    """For whoever may see panels; the section's own navigation places them."""
    if not can(user, "meetings.view"):
        return
    counts = numbers(user, "evaluations")
    yield SideItem(_("회의"), reverse("meetings:sessions"))
    yield SideItem(_("결정 사항"), reverse("meetings:decisions"), counts.get(DECIDED))
    yield SideItem(_("위원회·평가단"), reverse("meetings:panels"))
    if can(user, "meetings.fees"):
        yield SideItem(_("회의 참석수당"), reverse("meetings:fees"))
    if can(user, "meetings.plan"):
        yield SideItem(_("위원 임기"), reverse("meetings:seats"), counts.get(TERMS))


def find_panels(user: Any, words: str) -> Sought:
    rows = found(Panel.objects.visible_to(user).committees(), words, "name", "purpose").order_by("name")
    return Sought(
        _("위원회·평가단"),
        rows,
        lambda one: Hit(one.name, str(one.get_state_display()), one.get_absolute_url()),
        listed("meetings:panels", words),
    )


def find_sessions(user: Any, words: str) -> Sought:
    known = Session.objects.visible_to(user).committees()
    return sessions_found(known, words, _("회의"), "meetings:sessions")


def sessions_found(known: Any, words: str, label: str, address: str) -> Sought:
    """Those among `known`, and the list at `address` where they all stand; for kinds of groups, too."""
    rows = SessionFilter({"q": words}, queryset=known.select_related("panel")).qs.order_by("-held_on", "-pk")
    return Sought(
        label,
        rows,
        lambda one: Hit(str(one), f"{when(one)} · {one.get_state_display()}", one.get_absolute_url()),
        listed(address, words),
    )
