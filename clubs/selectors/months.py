"""Which clubs live: what became of each month of a year, and what it comes to (C2, C3)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Count, F, QuerySet
from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext_lazy as _

from basis.periods import Period, PeriodKind
from clubs.enums import LIVED, ClubKind, ReportKind, ReportState
from clubs.models import Club, Report
from clubs.policies import FIRST_MONTH, LAST_MONTH
from clubs.selectors.figures import MEETINGS, WRITTEN, Did, counting
from meetings.enums import SessionState, Sort
from meetings.models import Session

MONTHS = range(1, 13)


class Mark(models.TextChoices):
    """What became of a month, the best first."""

    REPORTED = "reported", _("보고")
    MET = "met", _("모임")
    UNREPORTED = "unreported", _("미보고")
    WAITING = "waiting", _("회의록 전")
    PLANNED = "planned", _("예정")
    MISSING = "missing", _("없음")
    NONE = "none", "–"


SYMBOLS: Mapping[str, str] = {
    Mark.REPORTED: "●",
    Mark.MET: "○",
    Mark.UNREPORTED: "△",
    Mark.WAITING: "◇",
    Mark.PLANNED: "□",
    Mark.MISSING: "✕",
    Mark.NONE: "",
}
MEANINGS: Mapping[str, Any] = {
    Mark.REPORTED: _("정기모임을 하고 월별 보고서를 냈습니다."),
    Mark.MET: _("정기모임을 했고 보고서 기한이 남았습니다."),
    Mark.UNREPORTED: _("정기모임을 했으나 보고서가 기한을 넘겼습니다."),
    Mark.WAITING: _("모임 날이 지났으나 회의록이 없습니다."),
    Mark.PLANNED: _("정기모임을 잡았습니다."),
    Mark.MISSING: _("정기모임 없이 달이 지났습니다."),
}


@dataclass
class Month:
    """What is known of one: how many regular sessions with minutes, without them, to come; how its report stands."""

    written: int = 0
    past: int = 0
    planned: int = 0
    report: str = ""
    due: dt.date | None = None


@dataclass
class Line:
    """A club in the map."""

    pk: int
    year: int
    panel: int
    name: str
    kind: str
    bureau: int | None
    place: str
    order: int
    approved_on: dt.date | None
    ended_on: dt.date | None
    months: dict[int, Month] = field(default_factory=dict)
    did: Did = field(default_factory=Did)

    def mark(self, month: int, day: dt.date) -> Mark:
        return mark_of(self.months.get(month, _NOTHING), month, self.year, self.days, day)

    def marks(self, day: dt.date) -> list[Mark]:
        return [self.mark(month, day) for month in MONTHS]

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """From the first to the last on which it was to meet."""
        begun = self.approved_on or dt.date(self.year, 1, 1)
        first = dt.date(self.year, FIRST_MONTH.on(dt.date(self.year, 12, 31)), 1)
        last = Period(PeriodKind.MONTH, self.year, LAST_MONTH.on(dt.date(self.year, 12, 31))).end
        return max(first, begun), min(last, self.ended_on or last)


_NOTHING = Month()


def mark_of(found: Month, month: int, year: int, days: tuple[dt.date, dt.date], day: dt.date) -> Mark:
    """Of one month, on this day. What was reported counts though nobody wrote minutes; a month in which the club was
    not yet or no more is not missed."""
    if found.report == ReportState.SENT:
        return Mark.REPORTED
    if found.written:
        late = found.report == ReportState.DUE and found.due is not None and found.due < day
        return Mark.UNREPORTED if late else Mark.MET
    if found.past:
        return Mark.WAITING
    if found.planned:
        return Mark.PLANNED
    period = Period(PeriodKind.MONTH, year, month)
    first, last = days
    if period.end >= day or period.end < first or period.start > last or found.report == ReportState.WAIVED:
        return Mark.NONE
    return Mark.MISSING


_FIELDS = (
    "pk",
    "year",
    "panel",
    "name",
    "kind",
    "bureau",
    "bureau__name",
    "bureau__order",
    "approved_on",
    "ended_on",
)
_NUMBERS = ("members", *MEETINGS, "used")


def lines_of(clubs: QuerySet[Club], day: dt.date) -> list[Line]:
    """These clubs, all that lived among them, with their months and what they did: three questions, however many there
    are."""
    of = clubs.filter(state__in=LIVED).order_by()
    rows = counting(of, *_NUMBERS, as_of=day)
    rows = rows.order_by("-year", "bureau__order", "bureau", "kind", "name", "pk")
    found = [_line(row) for row in rows.values(*_FIELDS, "allotment", *_NUMBERS)]
    if found:
        _months({line.panel: line for line in found}, of)
        _reports({line.pk: line for line in found}, of)
    return found


def _line(row: dict[str, Any]) -> Line:
    pk, year, panel, name, kind, bureau, place, order, begun, ended = (row[name] for name in _FIELDS)
    did = Did(clubs=1, allotted=row["allotment"], **{name: row[name] for name in _NUMBERS})
    words = place or str(ClubKind(kind).label)
    return Line(pk, year, panel, name, kind, bureau, words, order or 0, begun, ended, did=did)


def _months(by_panel: Mapping[int, Line], of: QuerySet[Club]) -> None:
    rows = Session.objects.filter(panel__club__in=of, held_on__year=F("panel__club__year"))
    rows = rows.filter(sort=Sort.REGULAR).order_by()
    counted = rows.values_list("panel", ExtractMonth("held_on"), "state").annotate(n=Count("pk"))
    for panel, number, state, n in counted:
        month = by_panel[panel].months.setdefault(number, Month())
        if state in WRITTEN:
            month.written += n
        elif state == SessionState.PAST:
            month.past += n
        elif state == SessionState.PLANNED:
            month.planned += n


def _reports(by_club: Mapping[int, Line], of: QuerySet[Club]) -> None:
    rows = Report.objects.filter(club__in=of, kind=ReportKind.MONTH).order_by()
    for pk, period, state, due in rows.values_list("club", "period", "state", "due_on"):
        year, _separator, month = period.partition("-M")
        if month and int(year) == by_club[pk].year:
            one = by_club[pk].months.setdefault(int(month), Month())
            one.report, one.due = state, due


@dataclass(frozen=True)
class Bureau:
    """Clubs of one bureau, or joint ones of one kind."""

    label: str
    lines: Sequence[Line]


def grouped(lines: Sequence[Line]) -> list[Bureau]:
    """By bureau in the office's order; those of none by kind, behind."""
    found: dict[tuple[bool, int, int, str], list[Line]] = {}
    for line in lines:
        key = (line.bureau is None, line.order, line.bureau or 0, line.place)
        found.setdefault(key, []).append(line)
    return [Bureau(key[-1], own) for key, own in sorted(found.items())]
