"""Entries in the side navigation of judging, under one's own name, search."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.enums import AwardState
from awards.filters import AwardFilter
from awards.models import Award
from awards.purse import PRIZES
from basis.formats import date_weekday
from core.navigation import MenuItem, SideItem
from core.permissions import can
from core.search import Hit, Sought, listed


def side(user: Any) -> Iterator[SideItem]:
    """For the section `evaluations`, which stands above."""
    if can(user, "awards.see_all"):
        yield SideItem(_("시상 대장"), reverse("awards:list"))
    if can(user, "awards.lists"):
        yield SideItem(_("시상금 합계와 급여 명단"), reverse("awards:tax"))
        yield SideItem(_("특별휴가 명단"), reverse("awards:leave"))
        yield SideItem(_("실적가점 명단"), reverse("awards:merit"))
    if can(user, PRIZES.view):
        yield SideItem(PRIZES.label, reverse("budgets:current", args=[PRIZES.key]))


ACCOUNT = MenuItem(
    "my_awards",
    gettext_lazy("나의 시상"),
    "awards:mine",
    permission=lambda user: can(user, "awards.own"),
    order=16,
)


def find(user: Any, words: str) -> Sought:
    known = Award.objects.visible_to(user)
    found = AwardFilter({"q": words}, queryset=known).qs.order_by("-decided_on", "-pk")
    place = "awards:list" if can(user, "awards.see_all") else "awards:mine"
    return Sought(
        _("시상"),
        found,
        lambda award: Hit(
            f"{award.title} {award.grade}".strip(),
            f"{award.code} · {date_weekday(award.decided_on)} · {AwardState(award.state).label}",
            award.get_absolute_url(),
        ),
        listed(place, words),
    )
