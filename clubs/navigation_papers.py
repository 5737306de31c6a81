"""Entries in the side navigation of clubs for papers, money and awards; search."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from basis.formats import date_weekday
from clubs.filters_papers import ReportFilter, SupportFilter
from clubs.models import Report, Support
from clubs.purse import SUPPORT
from core.navigation import SideItem
from core.permissions import can
from core.search import Hit, Sought, listed
from notifications.numbers import Counted, Number, numbers

REPORTS, SUPPORTS = "clubs.reports", "clubs.supports"
NUMBERS = (
    Number("clubs", REPORTS, Report, Counted.WAITING, led=False),
    Number("clubs", SUPPORTS, Support, Counted.WAITING, led=False),
)


def side(user: Any) -> Iterator[SideItem]:
    """For the section `clubs`."""
    reports, supports = reverse("clubs:reports"), reverse("clubs:supports")
    waiting = numbers(user, "clubs")
    yield SideItem(_("동아리 보고서"), reports)
    if count := waiting[REPORTS]:
        yield SideItem(_("내가 낼 보고서"), f"{reports}?waiting=1", count)
    yield SideItem(_("동아리 지원"), supports)
    if count := waiting[SUPPORTS]:
        yield SideItem(_("내가 처리할 지원"), f"{supports}?waiting=1", count)
    if can(user, SUPPORT.view):
        yield SideItem(_("자문수당 지급 명단"), reverse("clubs:fees"))
        yield SideItem(SUPPORT.label, reverse("budgets:current", args=[SUPPORT.key]))
    if can(user, "clubs.personnel"):
        yield SideItem(_("최고 기여자"), reverse("clubs:bests"))
        yield SideItem(_("해외연수 추천 명단"), reverse("clubs:travellers"))


def find_reports(user: Any, words: str) -> Sought:
    known = Report.objects.visible_to(user).exclude(title="").select_related("club")
    found = ReportFilter({"q": words}, queryset=known).qs.order_by("-due_on", "pk")
    return Sought(
        _("동아리 보고서"),
        found,
        lambda one: Hit(one.title, f"{one.club} · {one.get_state_display()}", one.get_absolute_url()),
        listed("clubs:reports", words),
    )


def find_supports(user: Any, words: str) -> Sought:
    found = SupportFilter({"q": words}, queryset=Support.objects.visible_to(user)).qs.order_by("-day", "pk")
    return Sought(
        _("동아리 지원"),
        found,
        lambda one: Hit(one.title, f"{one.club_name} · {date_weekday(one.day)}", one.get_absolute_url()),
        listed("clubs:supports", words),
    )
