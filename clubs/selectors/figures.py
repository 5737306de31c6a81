"""What clubs did in a span of days, for reports and comparison (C2–C4, R1): a question for each figure of all clubs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, OuterRef, Q, Subquery, Sum

from clubs.enums import LIVED, TAKING, ReportState
from clubs.models import Club, Report, Support
from meetings.enums import CAME, Chair, SessionState, Sort
from meetings.models import Attendance, Seat, Session
from mileage.catalogue import MEETING_HOURS
from mileage.models import Entry

Span = tuple[date, date]
HUNDREDTHS = Decimal(100)
HELD = (SessionState.HELD, SessionState.CONFIRMED, SessionState.CORRECTING)


@dataclass
class Did:
    """Of one club, or of several together. `met`: regular meetings whose minutes are written; `others`: the rest;
    `came` of `asked` seats were there. `hours` as recognised, after caps. `owed` papers had to be sent by the day
    asked for, `sent` of them were; money in won."""

    clubs: int = 0
    members: int = 0
    met: int = 0
    others: int = 0
    came: int = 0
    asked: int = 0
    hours: Decimal = Decimal(0)
    owed: int = 0
    sent: int = 0
    allotted: int = 0
    used: int = 0

    def __add__(self, other: "Did") -> "Did":
        return Did(*(a + b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))

    @property
    def rate(self) -> float | None:
        """Of attendance, 0–1."""
        return self.came / self.asked if self.asked else None

    @property
    def missing(self) -> int:
        return self.owed - self.sent


@dataclass(frozen=True)
class ClubDid:
    club: Club
    did: Did = field(default_factory=Did)


def together(rows: Iterable[ClubDid]) -> Did:
    return sum((row.did for row in rows), Did())


def of_span(span: Span, as_of: date) -> list[ClubDid]:
    """All clubs that lived in these days, in the order of their bureaus."""
    first, last = span
    rows = Club.objects.filter(state__in=LIVED, approved_on__lte=last).exclude(ended_on__lt=first)
    found = list(rows.select_related("bureau").order_by("kind", "bureau__order", "name", "pk"))
    return of_clubs(found, span, as_of)


def of_clubs(clubs: Sequence[Club], span: Span, as_of: date) -> list[ClubDid]:
    """What each of these did in the span, as far as it was over on `as_of`: five questions, however many there are."""
    if not clubs:
        return []
    panels = [club.panel_id for club in clubs]
    members, sessions = _members(panels, min(span[1], as_of)), _sessions(panels, span)
    attended, hours = _attended(panels, span), _hours(panels, span)
    papers, money = _papers(clubs, span, as_of), _money(clubs, span)
    return [
        ClubDid(
            club,
            Did(
                1,
                members[club.panel_id],
                sessions[club.panel_id, True],
                sessions[club.panel_id, False],
                *attended[club.panel_id],
                hours[club.panel_id],
                *papers[club.pk],
                club.allotment,
                money[club.pk],
            ),
        )
        for club in clubs
    ]


def _members(panels: Sequence[int | None], day: date) -> Counter[Any]:
    """Beside the president, on the last of the days (or the last of the club)."""
    rows = Seat.objects.filter(panel__in=panels, starts_on__lte=day).exclude(chair=Chair.CHAIR)
    ended = Q(ends_on=None) | Q(ends_on__gte=day) | Q(ends_on=_last())
    counted = rows.filter(ended).order_by().values_list("panel").annotate(n=Count("user", distinct=True))
    return Counter(dict(counted))


def _last() -> Subquery:
    """Of a club that is over: the day it ended."""
    return Subquery(Club.objects.filter(panel=OuterRef("panel")).values("ended_on")[:1])


def _sessions(panels: Sequence[int | None], span: Span) -> Counter[tuple[Any, bool]]:
    rows = Session.objects.filter(panel__in=panels, state__in=HELD, held_on__range=span)
    counted = rows.order_by().values_list("panel", "sort").annotate(n=Count("pk"))
    found: Counter[tuple[Any, bool]] = Counter()
    for panel, sort, n in counted:
        found[panel, sort == Sort.REGULAR] += n
    return found


def _attended(panels: Sequence[int | None], span: Span) -> dict[Any, tuple[int, int]]:
    rows = Attendance.objects.filter(
        session__panel__in=panels, session__state__in=HELD, session__held_on__range=span
    )
    came = Count("pk", filter=Q(presence__in=CAME))
    counted = rows.order_by().values_list("session__panel").annotate(came=came, asked=Count("pk"))
    return defaultdict(lambda: (0, 0), {panel: (came, asked) for panel, came, asked in counted})


def _hours(panels: Sequence[int | None], span: Span) -> dict[Any, Decimal]:
    """As the ledger has them: what was over a cap, or was taken back, is none."""
    sessions = Session.objects.filter(pk=OuterRef("source_id"), panel__in=panels)
    rows = Entry.objects.filter(
        rule=MEETING_HOURS.key, day__range=span, source_type=ContentType.objects.get_for_model(Session)
    )
    summed = rows.annotate(panel=Subquery(sessions.values("panel")[:1])).exclude(panel=None)
    counted = summed.order_by().values_list("panel").annotate(hours=Sum("amount"))
    return defaultdict(Decimal, {panel: Decimal(amount) / HUNDREDTHS for panel, amount in counted})


def _papers(clubs: Sequence[Club], span: Span, as_of: date) -> dict[int, tuple[int, int]]:
    first, last = span
    rows = Report.objects.filter(
        club__in=[club.pk for club in clubs], due_on__range=(first, min(last, as_of))
    )
    rows = rows.exclude(state=ReportState.WAIVED)
    sent = Count("pk", filter=Q(state=ReportState.SENT))
    counted = rows.order_by().values_list("club").annotate(owed=Count("pk"), sent=sent)
    return defaultdict(lambda: (0, 0), {club: (owed, sent) for club, owed, sent in counted})


def _money(clubs: Sequence[Club], span: Span) -> Counter[int]:
    """Promised or spent in these days: of what is settled the account, else what was approved."""
    rows = Support.objects.filter(club__in=[club.pk for club in clubs], state__in=TAKING, day__range=span)
    found: Counter[int] = Counter()
    for club, amount, actual in rows.values_list("club", "amount", "actual"):
        found[club] += amount if actual is None else actual
    return found
