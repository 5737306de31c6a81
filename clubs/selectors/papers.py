"""What a club owes, asked for and won: of one club for its page, of many at once for the map and lists (C2, C4, C5)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from basis.periods import Period, PeriodKind
from clubs.enums import TAKING, ReportKind, ReportState, SupportState
from clubs.models import Best, Club, Report, Support
from core.beside import has, seen
from core.now import today


@dataclass(frozen=True)
class Money:
    """Won of a club in its year: `allotment` = `spent` + `reserved` + `left`. Less is left than nothing only where the
    allotment was lowered below what the club had taken."""

    allotment: int = 0
    reserved: int = 0
    spent: int = 0

    @property
    def taken(self) -> int:
        return self.reserved + self.spent

    @property
    def left(self) -> int:
        return self.allotment - self.taken


@dataclass(frozen=True)
class Owed:
    """How the report of a month stands."""

    pk: int
    state: str
    due_on: date

    @property
    def late(self) -> bool:
        return self.state == ReportState.DUE and self.due_on < today()


def money_of_each(clubs: Collection[Club]) -> Mapping[int, Money]:
    """By the club's key; one query."""
    rows = Support.objects.filter(club__in=[one.pk for one in clubs], state__in=TAKING).order_by()
    sums: dict[tuple[int, bool], int] = {}
    for pk, state, amount, actual in rows.values_list("club", "state").annotate(Sum("amount"), Sum("actual")):
        settled = state == SupportState.SETTLED
        sums[pk, settled] = sums.get((pk, settled), 0) + (actual if settled else amount)
    return {
        one.pk: Money(one.allotment, sums.get((one.pk, False), 0), sums.get((one.pk, True), 0))
        for one in clubs
    }


def money_of(club: Club) -> Money:
    if not has(club, "supports"):
        return Money(club.allotment)
    return money_of_each([club])[club.pk]


def reported(clubs: Collection[Club], year: int) -> Mapping[tuple[int, int], Owed]:
    """How the monthly reports stand, by club and number of the month; one query."""
    keys = {Period(PeriodKind.MONTH, year, month).key: month for month in range(1, 13)}
    rows = Report.objects.filter(club__in=[one.pk for one in clubs], kind=ReportKind.MONTH, period__in=keys)
    return {
        (club, keys[period]): Owed(pk, state, due)
        for club, period, pk, state, due in rows.values_list("club", "period", "pk", "state", "due_on")
    }


def seen_by(user: Any) -> dict[str, QuerySet[Any]]:
    """The papers that the user may see, to come with a club for its page (`beside.gathering`)."""
    return {
        "reports": Report.objects.visible_to(user).defer("done", "findings", "next"),
        "supports": Support.objects.visible_to(user).defer("detail"),
        "bests": Best.objects.visible_to(user),
    }


def reports_of(club: Club) -> Sequence[Report]:
    """Of a club that came with what is `seen_by` somebody: the latest first; what has not come yet is there too."""
    return sorted(seen(club, "reports"), key=lambda one: (one.due_on, one.pk), reverse=True)


def supports_of(club: Club) -> Sequence[Support]:
    return sorted(seen(club, "supports"), key=lambda one: (one.day, one.pk), reverse=True)


def money_in(club: Club, supports: Sequence[Support]) -> Money:
    """The same as `money_of`, of requests that are at hand: all of the club's."""
    spent = sum(one.taken for one in supports if one.state == SupportState.SETTLED)
    return Money(club.allotment, sum(one.taken for one in supports) - spent, spent)


def bests_of(club: Club) -> Sequence[Best]:
    """Each with its seat, which is one of the club's."""
    assert club.panel is not None
    seats = {one.pk: one for one in club.panel.seats.all()}
    found = sorted(seen(club, "bests"), key=lambda one: (one.team, one.place, one.pk))
    for one in found:
        if one.seat_id in seats:
            one.seat = seats[one.seat_id]
    return found
