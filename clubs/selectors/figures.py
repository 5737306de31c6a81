"""What clubs did, for reports, lists, the map and comparison (C2–C4, R1): each figure is counted here alone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, JSONObject

from clubs.enums import LIVED, TAKING, ReportState
from clubs.models import Club, Report, Support
from meetings.enums import CAME, STANDS, Chair, SessionState, Sort
from meetings.models import Attendance, Seat, Session
from mileage.catalogue import MEETING_HOURS
from mileage.models import Entry

Span = tuple[date, date]
HUNDREDTHS = Decimal(100)
WRITTEN = (SessionState.HELD, *STANDS)  # there are minutes


@dataclass
class Did:
    """Of one club, or of several together. `met`: regular meetings whose minutes are written; `others`: the rest;
    `came` of `asked` seats were there. `worth`: hundredths of hours as recognised, after caps. `owed` papers had to be
    sent by the day asked for, `sent` of them were; money in won."""

    clubs: int = 0
    members: int = 0
    met: int = 0
    others: int = 0
    came: int = 0
    asked: int = 0
    worth: int = 0
    owed: int = 0
    sent: int = 0
    allotted: int = 0
    used: int = 0

    def __add__(self, other: "Did") -> "Did":
        return Did(*(a + b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))

    @property
    def meetings(self) -> int:
        return self.met + self.others

    @property
    def hours(self) -> Decimal:
        return Decimal(self.worth) / HUNDREDTHS

    @property
    def rate(self) -> float | None:
        """Of attendance, 0–1."""
        return self.came / self.asked if self.asked else None

    @property
    def percent(self) -> int | None:
        """Of a hundred that were asked, how many came."""
        return (self.came * 200 + self.asked) // (2 * self.asked) if self.asked else None

    @property
    def missing(self) -> int:
        return self.owed - self.sent

    @property
    def left(self) -> int:
        return self.allotted - self.used


MEETINGS = ("met", "others", "came", "asked", "worth")
NUMBERS = ("members", *MEETINGS, "owed", "sent", "used")


@dataclass(frozen=True)
class ClubDid:
    club: Club
    did: Did = field(default_factory=Did)


class Counted(Protocol):
    @property
    def did(self) -> Did: ...


def together(rows: Iterable[Counted]) -> Did:
    return sum((row.did for row in rows), Did())


def of_span(span: Span, as_of: date) -> list[ClubDid]:
    """All clubs that lived in these days, in the order of their bureaus."""
    first, last = span
    rows = Club.objects.filter(state__in=LIVED, approved_on__lte=last).exclude(ended_on__lt=first)
    found = list(rows.select_related("bureau").order_by("kind", "bureau__order", "name", "pk"))
    return of_clubs(found, span, as_of)


def of_clubs(clubs: Sequence[Club], span: Span, as_of: date) -> list[ClubDid]:
    """What each of these did in the span, as far as it was over on `as_of`: one question."""
    if not clubs:
        return []
    rows = counting(Club.objects.filter(pk__in=[club.pk for club in clubs]), *NUMBERS, span=span, as_of=as_of)
    found = {row["pk"]: told(row) for row in rows.order_by().values("pk", "allotment", *NUMBERS)}
    return [ClubDid(club, found[club.pk]) for club in clubs]


def counting(clubs: QuerySet[Club], *names: str, as_of: date, span: Span | None = None) -> QuerySet[Club]:
    """With these of the `NUMBERS`, of the span or of each club's year, as numbers that come with the club."""
    numbers = _numbers(span, as_of)
    return clubs.annotate(**{name: numbers[name]() for name in names})


def coming_with(club: str, as_of: date, *names: str) -> Subquery:
    """What the club of this key did in its year, of these of the `NUMBERS`, to come with a row that has the key; `told`
    reads it."""
    rows = counting(Club.objects.filter(pk=OuterRef(club)), *names, as_of=as_of).order_by()
    numbers = {name: F(name) for name in (*names, "allotment")}
    return Subquery(rows.values(told=JSONObject(**numbers)))


def told(numbers: dict[str, int]) -> Did:
    """What was not asked for is nothing."""
    return Did(clubs=1, allotted=numbers["allotment"], **{k: numbers[k] for k in NUMBERS if k in numbers})


def _numbers(span: Span | None, as_of: date) -> dict[str, Callable[[], Coalesce]]:
    """Each built where it is wanted: what a page has to build of a question costs it more than asking."""
    met = _held(span).filter(state__in=WRITTEN)
    seats = Attendance.objects.filter(_days("session__held_on", span), session__panel=OuterRef("panel"))
    seats = seats.filter(session__state__in=WRITTEN)
    papers = Report.objects.filter(club=OuterRef("pk"), due_on__lte=last_due(span, as_of))
    papers = papers.filter(due_on__gte=span[0]) if span else papers
    owed = papers.exclude(state=ReportState.WAIVED)
    return {
        "members": lambda: _sum(
            _members(min(span[1], as_of) if span else as_of), "panel", Count("user", distinct=True)
        ),
        "met": lambda: _sum(met.filter(sort=Sort.REGULAR), "panel", Count("pk")),
        "others": lambda: _sum(met.exclude(sort=Sort.REGULAR), "panel", Count("pk")),
        "came": lambda: _sum(seats.filter(presence__in=CAME), "session__panel", Count("pk")),
        "asked": lambda: _sum(seats, "session__panel", Count("pk")),
        "worth": lambda: _sum(_held(span).annotate(worth=_recognised()), "panel", Sum("worth")),
        "owed": lambda: _sum(owed, "club", Count("pk")),
        "sent": lambda: _sum(owed.filter(state=ReportState.SENT), "club", Count("pk")),
        "used": lambda: _sum(_taken(span), "club", Sum(Coalesce("actual", "amount"))),
    }


def last_due(span: Span | None, as_of: date) -> date:
    """Until when what was due is late, or would be: due today is not late."""
    before = as_of - date.resolution
    return min(span[1], before) if span else before


def _sum(rows: QuerySet[Any], by: str, what: Any) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=what).values("n")
    return Coalesce(Subquery(counted, output_field=BigIntegerField()), Value(0))


def _days(day: str, span: Span | None) -> Q:
    return Q(**{f"{day}__range": span}) if span else Q(**{f"{day}__year": OuterRef("year")})


def _held(span: Span | None) -> QuerySet[Session]:
    return Session.objects.filter(_days("held_on", span), panel=OuterRef("panel"))


def _members(day: date) -> QuerySet[Seat]:
    """Beside the president, on this day (or the last of the club)."""
    ended = Q(ends_on=None) | Q(ends_on__gte=day) | Q(ends_on=OuterRef("ended_on"))
    rows = Seat.objects.filter(ended, panel=OuterRef("panel"), starts_on__lte=day)
    return rows.exclude(chair=Chair.CHAIR)


def _recognised() -> Subquery:
    """Hundredths of hours of a session as the ledger has them: what was over a cap, or was taken back, is none."""
    rows = Entry.objects.filter(
        rule=MEETING_HOURS.key,
        source_type=ContentType.objects.get_for_model(Session),
        source_id=OuterRef("pk"),
    )
    return Subquery(rows.order_by().values("source_id").annotate(sum=Sum("amount")).values("sum"))


def _taken(span: Span | None) -> QuerySet[Support]:
    """Promised or spent in these days, or ever: of what is settled the account, else what was approved."""
    rows = Support.objects.filter(club=OuterRef("pk"), state__in=TAKING)
    return rows.filter(day__range=span) if span else rows
