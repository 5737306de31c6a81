"""Which clubs live: what became of each month of a year, and what it comes to (C2, C3)."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Count, DateField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, ExtractMonth
from django.utils.translation import gettext_lazy as _

from basis.periods import Period, PeriodKind
from clubs.enums import LIVED, TAKING, ClubKind, ReportKind, ReportState
from clubs.models import Club, Report, Support
from clubs.policies import FIRST_MONTH, LAST_MONTH
from meetings.enums import CAME, STANDS, SessionState, Sort
from meetings.models import Attendance, Seat, Session

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
WRITTEN = (SessionState.HELD, *STANDS)  # there are minutes


@dataclass
class Month:
    """What is known of one: how many regular sessions with minutes, without them, to come; how its report stands."""

    written: int = 0
    past: int = 0
    planned: int = 0
    report: str = ""
    due: dt.date | None = None


@dataclass
class Sums:
    """What a club, or several, came to in a year. `hours` in hundredths."""

    clubs: int = 0
    members: int = 0
    meetings: int = 0
    asked: int = 0
    came: int = 0
    hours: int = 0
    taken: int = 0
    allotted: int = 0

    def add(self, other: "Sums") -> None:
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def rate(self) -> int | None:
        """Of a hundred that were asked, how many came."""
        return (self.came * 200 + self.asked) // (2 * self.asked) if self.asked else None

    @property
    def left(self) -> int:
        return self.allotted - self.taken


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
    allotment: int
    approved_on: dt.date | None
    ended_on: dt.date | None
    months: dict[int, Month] = field(default_factory=dict)
    sums: Sums = field(default_factory=Sums)

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
    "pk", "year", "panel", "name", "kind", "bureau", "bureau__name", "bureau__order", "allotment", "approved_on",
    "ended_on", "won",
)  # fmt: skip


def lines_of(clubs: QuerySet[Club], day: dt.date) -> list[Line]:
    """These clubs, all that lived among them, with their months and sums: five questions, however many there are."""
    taken = Support.objects.filter(club=OuterRef("pk"), state__in=TAKING).order_by().values("club")
    won = taken.annotate(won=Sum(Coalesce("actual", "amount"))).values("won")
    rows = clubs.annotate(won=Coalesce(Subquery(won, output_field=IntegerField()), Value(0)))
    rows = rows.filter(state__in=LIVED).order_by("-year", "bureau__order", "bureau", "kind", "name", "pk")
    found = [_line(*row) for row in rows.values_list(*_FIELDS)]
    if not found:
        return []
    of = clubs.filter(state__in=LIVED).order_by()
    by_panel = {line.panel: line for line in found}
    by_club = {line.pk: line for line in found}
    _months(by_panel, of)
    _reports(by_club, of)
    _attendance(by_panel, of)
    _members(by_panel, of, day)
    return found


def _line(*row: Any) -> Line:
    pk, year, panel, name, kind, bureau, place, order, allotment, approved_on, ended_on, taken = row
    words = place or str(ClubKind(kind).label)
    line = Line(pk, year, panel, name, kind, bureau, words, order or 0, allotment, approved_on, ended_on)
    line.sums = Sums(clubs=1, allotted=allotment, taken=taken)
    return line


def _months(by_panel: Mapping[int, Line], of: QuerySet[Club]) -> None:
    rows = Session.objects.filter(panel__club__in=of, held_on__year=F("panel__club__year"))
    counted = (
        rows.order_by().values_list("panel", ExtractMonth("held_on"), "state", "sort").annotate(n=Count("pk"))
    )
    for panel, number, state, sort, n in counted:
        line = by_panel[panel]
        if state in WRITTEN:
            line.sums.meetings += n
        if sort != Sort.REGULAR:
            continue
        month = line.months.setdefault(number, Month())
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


def _attendance(by_panel: Mapping[int, Line], of: QuerySet[Club]) -> None:
    rows = Attendance.objects.filter(session__panel__club__in=of, session__state__in=STANDS).order_by()
    counted = rows.values_list("session__panel").annotate(
        asked=Count("pk"), came=Count("pk", filter=Q(presence__in=CAME)), hours=Sum("hours")
    )
    for panel, asked, came, hours in counted:
        sums = by_panel[panel].sums
        sums.asked, sums.came, sums.hours = asked, came, hours or 0


def _members(by_panel: Mapping[int, Line], of: QuerySet[Club], day: dt.date) -> None:
    """Those on this day, or on the club's last."""
    last = Coalesce(F("panel__club__ended_on"), Value(day, DateField()))
    rows = Seat.objects.filter(panel__club__in=of).annotate(last=last)
    rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=F("last")), starts_on__lte=F("last"))
    for panel, n in rows.order_by().values_list("panel").annotate(n=Count("user", distinct=True)):
        by_panel[panel].sums.members = n


def total(lines: Iterable[Line]) -> Sums:
    found = Sums()
    for line in lines:
        found.add(line.sums)
    return found


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
