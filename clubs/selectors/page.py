"""What the page of a club shows of its meetings (C1, C2)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from clubs.enums import ReportKind
from clubs.models import Club, Report
from clubs.models.club import ClubQuerySet
from clubs.selectors.figures import MEETINGS, WRITTEN, Did, coming_with, told
from clubs.selectors.months import MONTHS, SYMBOLS, Mark, Month, mark_of
from clubs.selectors.months import Line as MapLine
from clubs.selectors.papers import seen_by
from core.beside import Joined, gathering
from core.now import today
from meetings.enums import CAME, SessionState, Sort
from meetings.models import Session


@dataclass(frozen=True)
class MonthCell:
    """A month of the calendar: the number, what became of it in a symbol and in words, where its meetings stand."""

    number: int
    mark: str
    symbol: str
    word: str
    url: str


def whole(user: Any) -> ClubQuerySet:
    """Clubs with all that their pages show beside what is asked for on its own: the papers the user may see
    (`papers.reports_of` …), how the monthly reports stand (`months_told`), what it did and the club of the year before
    (`compared`)."""
    day = today()
    rows = gathering(Club.objects.all(), **seen_by(user))
    return rows.annotate(
        month_reports=month_reports(),
        did=coming_with("pk", day, *MEETINGS),
        did_before=coming_with("before", day, *MEETINGS),
    )


def compared(club: Any) -> tuple[Did, Did]:
    """What the club did, and the one before."""
    return told(club.did), told(club.did_before)


def sessions_of(club: Club) -> list[Session]:
    """Its sessions, the latest first, with how many were asked (`asked`) and came (`there`): one question."""
    rows = Session.objects.filter(panel=club.panel_id).annotate(
        asked=Count("attendances"), there=Count("attendances", filter=Q(attendances__presence__in=CAME))
    )
    return list(rows.order_by("-held_on", "-begins_at", "-pk"))


def months_of(club: Club, sessions: Sequence[Session], reports: Sequence[Any]) -> dict[int, Month]:
    found: dict[int, Month] = {}
    for one in sessions:
        if one.held_on.year != club.year or one.sort != Sort.REGULAR:
            continue
        month = found.setdefault(one.held_on.month, Month())
        month.written += one.state in WRITTEN
        month.past += one.state == SessionState.PAST
        month.planned += one.state == SessionState.PLANNED
    for period, state, due in reports:
        number = int(period.partition("-M")[2] or 0)
        if number and period.startswith(f"{club.year}-"):
            month = found.setdefault(number, Month())
            month.report, month.due = state, due
    return found


def month_reports() -> Subquery:
    """How the monthly reports of a club stand, as one text that comes with it; `months_told` reads it."""
    told = Concat(
        "period", Value("|"), "state", Value("|"), Cast("due_on", TextField()), output_field=TextField()
    )
    rows = Report.objects.filter(club=OuterRef("pk"), kind=ReportKind.MONTH).order_by().values("club")
    return Subquery(rows.annotate(told=Joined(told)).values("told"))


def months_told(club: Any) -> list[tuple[str, str, dt.date]]:
    found = [one.split("|") for one in (club.month_reports or "").split(",") if one]
    return [(period, state, dt.date.fromisoformat(due)) for period, state, due in found]


def calendar_of(
    club: Club, sessions: Sequence[Session], reports: Sequence[Any], day: dt.date, url: str
) -> list[MonthCell]:
    """The twelve months of its year; `url` with the conditions of one month behind it."""
    months = months_of(club, sessions, reports)
    line = MapLine(
        club.pk, club.year, club.panel_id or 0, club.name, club.kind, club.bureau_id, club.place, 0, club.approved_on,
        club.ended_on,
    )  # fmt: skip
    cells = []
    for number in MONTHS:
        found = months.get(number, Month())
        mark = mark_of(found, number, club.year, line.days, day)
        known = found.written or found.past or found.planned
        cells.append(
            MonthCell(
                number,
                mark,
                SYMBOLS[mark],
                str(Mark(mark).label),
                month_url(url, club.year, number) if known else "",
            )
        )
    return cells


def month_url(url: str, year: int, month: int) -> str:
    first = dt.date(year, month, 1)
    last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    return f"{url}&held_from={first}&held_to={last}"
