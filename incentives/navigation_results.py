"""Entries in the side navigation of incentive projects for results, bonus and thanks; search."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from basis.formats import date_weekday
from core.navigation import SideItem
from core.permissions import can
from core.search import Hit, Sought, listed
from incentives.filters_results import ResultFilter
from incentives.models import Payout, Result, Thanks
from incentives.purse import BONUS
from notifications.numbers import Counted, Number, numbers

PAYOUTS = "incentives.payouts"
NUMBERS = (Number("incentives", PAYOUTS, Payout, Counted.WAITING, led=False),)


def side(user: Any) -> Iterator[SideItem]:
    """For the section `incentives`."""
    results = reverse("incentives:results")
    yield SideItem(_("평가 결과"), results, pages=("incentives:payout", "incentives:grades"))
    if count := numbers(user, "incentives")[PAYOUTS]:
        yield SideItem(_("내가 처리할 포상금"), f"{results}?waiting=1", count)
    yield SideItem(_("연도별 비교"), reverse("incentives:years"))
    if can(user, BONUS.view):
        yield SideItem(BONUS.label, reverse("budgets:current", args=[BONUS.key]))
    if can(user, "incentives.personnel"):
        for year in Thanks.objects.order_by("-year").values_list("year", flat=True)[:1]:
            yield SideItem(_("유공 직원 격려"), reverse("incentives:thanks", args=[year]))
        yield SideItem(_("유공 직원 명단"), reverse("incentives:rewards"))


def find_results(user: Any, words: str) -> Sought:
    known = Result.objects.visible_to(user)
    found = ResultFilter({"q": words}, queryset=known).qs.order_by("-decided_on", "pk")
    return Sought(
        _("공동협력사업 평가 결과"),
        found,
        lambda one: Hit(one.title, f"{one.grade} · {date_weekday(one.decided_on)}", one.get_absolute_url()),
        listed("incentives:results", words),
    )
