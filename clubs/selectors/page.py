"""What the page of a club shows of its meetings and of the year before (C1, C2)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery, Sum, TextField, Value
from django.db.models.functions import Cast, Concat

from clubs.enums import ReportKind
from clubs.models import Club, Report
from clubs.selectors.months import MONTHS, SYMBOLS, WRITTEN, Mark, Month, Sums, mark_of
from clubs.selectors.months import Line as MapLine
from core.beside import Joined
from meetings.enums import CAME, STANDS, SessionState, Sort
from meetings.models import Session


@dataclass(frozen=True)
class MonthCell:
    """A month of the calendar: the number, what became of it in a symbol and in words, where its meetings stand."""

    number: int
    mark: str
    symbol: str
    word: str
    url: str


def sessions_of(*clubs: Club | None) -> list[Session]:
    """The sessions of these clubs, the latest first, with how many were asked (`asked`), came (`there`), and what it
    was worth in hundredths of hours (`worth`): one question."""
    panels = [club.panel_id for club in clubs if club is not None]
    rows = Session.objects.filter(panel__in=panels).annotate(
        asked=Count("attendances"),
        there=Count("attendances", filter=Q(attendances__presence__in=CAME)),
        worth=Sum("attendances__hours"),
    )
    return list(rows.order_by("-held_on", "-begins_at", "-pk"))


def months_of(club: Club, sessions: Sequence[Session], reports: Sequence[Any]) -> dict[int, Month]:
    found: dict[int, Month] = {}
    for one in sessions:
        if one.panel_id != club.panel_id or one.held_on.year != club.year or one.sort != Sort.REGULAR:
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
        club.pk, club.year, club.panel_id or 0, club.name, club.kind, club.bureau_id, club.place, 0, 0,
        club.approved_on, club.ended_on,
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


def sums_of(club: Club, sessions: Sequence[Session]) -> Sums:
    """What its sessions came to; of those whose minutes stand."""
    own = [one for one in sessions if one.panel_id == club.panel_id]
    standing: list[Any] = [one for one in own if one.state in STANDS]
    return Sums(
        clubs=1,
        meetings=sum(one.state in WRITTEN for one in own),
        asked=sum(one.asked for one in standing),
        came=sum(one.there for one in standing),
        hours=sum(one.worth or 0 for one in standing),
    )
