"""A week put together for planning, two weeks compared, the last weeks of a division (I4, I3b)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.now import now
from incentives.enums import WeeklyState, WeekState
from incentives.models import Division, Value, Week, WeekReport
from incentives.selectors.indicators import Standing, standing_of
from incentives.selectors.known import Change, Redefined, changes, redefined

LAST_WEEKS = 6  # marks of a division
ORDER = ("division__project__kind", "division__project__number", "division__order", "pk")
# In which order a compilation has the states: the missing first.
URGENT = (WeeklyState.MISSED, WeeklyState.DUE, WeeklyState.WRITTEN, WeeklyState.CONFIRMED)


@dataclass(frozen=True)
class Line:
    """What a division says of the week: the results that changed since the last week, and its words. `missed`: of
    the week before nothing came."""

    report: WeekReport
    changes: Sequence[Change]
    missed: bool

    @property
    def lacking(self) -> bool:
        return self.report.state != WeeklyState.CONFIRMED


@dataclass(frozen=True)
class Compiled:
    week: Week
    lines: Sequence[Line]

    @property
    def lacking(self) -> list[Line]:
        return [one for one in self.lines if one.lacking]

    @property
    def changed(self) -> int:
        return sum(len(one.changes) for one in self.lines)

    def count(self, *, unchanged: bool | None = None) -> int:
        """Confirmed ones, of those the ones that say so."""
        return sum(
            not one.lacking and (unchanged is None or one.report.unchanged == unchanged) for one in self.lines
        )


def with_all(rows: QuerySet[WeekReport]) -> QuerySet[WeekReport]:
    """What pages and papers read of a report."""
    found = rows.select_related("week", "division__project", "written_by", "confirmed_by")
    return found.prefetch_related("division__parts")


def before(week: Week) -> Week | None:
    return Week.objects.filter(due_on__lt=week.due_on).order_by("-due_on").first()


def moment(week: Week) -> datetime | None:
    """Since when its figures stand; None while they still move."""
    return week.frozen_at if week.state == WeekState.FROZEN else None


def since(week: Week, last: Week | None) -> datetime:
    """From when on what changed belongs to it: the moment at which the last week was frozen; of the first week, its
    first day; where the last one is open still, the end of its reporting day."""
    if last is not None and (frozen := moment(last)):
        return frozen
    day = last.due_on if last is not None else week.period.start
    at = time.max if last is not None else time.min
    return timezone.make_aware(datetime.combine(day, at))


def compiled(week: Week, divisions: Iterable[int] | None = None) -> Compiled:
    """All of a week, the missing ones first. As many questions for one project as for all."""
    rows = with_all(week.reports.all())
    if divisions is not None:
        rows = rows.filter(division__in=divisions)
    reports = list(rows.order_by(*ORDER))
    last, owed = before(week), [one.division_id for one in reports]
    changed = changes(owed, since(week, last), moment(week) or now())
    missed: set[int] = set()
    if last is not None:
        rows = last.reports.filter(state=WeeklyState.MISSED, division__in=owed)
        missed = set(rows.values_list("division", flat=True))
    lines = [
        Line(one, changed.get(one.division_id, ()), one.division_id in missed)
        for one in sorted(reports, key=lambda one: URGENT.index(WeeklyState(one.state)))
    ]
    return Compiled(week, lines)


@dataclass(frozen=True)
class Compared:
    """`changes`: indicators of which something else is known; `corrections`: what was known in the first and was
    corrected since; `terms`: targets, weights and the like that were changed; `scores`: as reckoned then and then."""

    first: Week
    last: Week | None
    changes: Sequence[tuple[Division, Change]]
    corrections: Sequence[Value]
    terms: Sequence[tuple[Division, Redefined]]
    scores: Sequence[tuple[Standing, Standing]]


def compare(first: Week, last: Week | None) -> Compared:
    """What was known in the first week, against another one (None: against what is known now)."""
    start = moment(first) or now()
    end = moment(last) if last is not None else None
    divisions = {one.pk: one for one in Division.objects.filter(weeks__week=first).select_related("project")}
    found = changes(divisions, start, end or now())
    rows = Value.objects.filter(
        indicator__division__in=divisions,
        corrects__recorded_at__lte=start,
        recorded_at__gt=start,
    )
    if end is not None:
        rows = rows.filter(recorded_at__lte=end)
    rows = rows.select_related("indicator__division__project", "corrects", "recorded_by")
    ordered = sorted(divisions.values(), key=lambda one: (one.project.kind, one.project.number, one.order))
    listed = [(one, change) for one in ordered for change in found.get(one.pk, ())]
    terms = redefined(divisions, start, end or now())
    return Compared(
        first,
        last,
        listed,
        list(rows.order_by("indicator__division", "indicator", "recorded_at", "pk")),
        [(one, line) for one in ordered for line in terms.get(one.pk, ())],
        list(zip(standing_of(ordered, start), standing_of(ordered, end), strict=True)),
    )


@dataclass(frozen=True)
class Mark:
    """A week of a division in a word."""

    week: Week
    report: WeekReport
    word: str
    symbol: str
    tone: str


def mark_of(report: WeekReport) -> tuple[str, str, str]:
    """A symbol, the word and the tone: whether it was reported, unchanged, or missing."""
    match report.state:
        case WeeklyState.CONFIRMED:
            return ("–", _("변동 없음"), "neutral") if report.unchanged else ("●", _("보고"), "success")
        case WeeklyState.MISSED:
            return "!", _("빠짐"), "danger"
        case WeeklyState.WRITTEN:
            return "○", _("확인 전"), "warning"
        case _due:
            return "□", _("보고 전"), "neutral"


def marks(division: Division, most: int = LAST_WEEKS) -> list[Mark]:
    """Its last weeks, the earliest first."""
    rows = WeekReport.objects.filter(division=division).select_related("week").order_by("-week__due_on")
    found = []
    for one in rows[:most]:
        symbol, word, tone = mark_of(one)
        found.append(Mark(one.week, one, word, symbol, tone))
    return found[::-1]


def last_written(report: WeekReport) -> WeekReport | None:
    """What the division said last before this week."""
    rows = WeekReport.objects.filter(division=report.division_id, week__due_on__lt=report.week.due_on)
    return rows.exclude(written_by=None).order_by("-week__due_on").first()


def changed_in(report: WeekReport) -> Sequence[Change]:
    """What is known now otherwise than when the last week was frozen, or was known when this one was."""
    week = report.week
    found = changes([report.division_id], since(week, before(week)), moment(week) or now())
    return found.get(report.division_id, ())
