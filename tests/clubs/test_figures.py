"""What clubs did in a span, against an independent count (C2, C3, C4, R1)."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clubs.models import Club, Report, Support
from clubs.selectors.figures import Did, of_clubs, of_span, together
from core.now import pretend
from meetings.enums import Chair
from meetings.services import sessions
from tests import factories as make
from tests.clubs import made

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
HALF = (dt.date(2026, 1, 1), dt.date(2026, 6, 30))
DAY = dt.date(2026, 6, 30)


def held(club: Club, on: dt.date, came: int, **values: Any) -> None:
    """Written by a secretary, confirmed by the president."""
    with pretend(on):
        session = made.meeting(club, on, **values)
        seats = list(session.panel.seats.order_by("pk"))
        present = {seat.pk for seat in seats[:came]}
        writer = made.secretary(club)
        sessions.hold(
            session, present=present, ends_at=dt.time(18), minutes="나눔", outcomes={}, actor=writer
        )
        sessions.confirm(session, actor=made.president(club))


def test_r1_figures_of_a_half_year_are_those_counted_by_hand() -> None:
    with pretend(dt.date(2026, 2, 2)):
        club, other = made.club(), made.club()
    held(club, dt.date(2026, 3, 4), 5)
    held(club, dt.date(2026, 4, 1), 7)
    held(club, dt.date(2026, 4, 8), 3, sort="trip")
    with pretend(DAY):
        for month, state in ((2, "sent"), (3, "due"), (4, "waived")):
            due = dt.date(2026, month + 1, 5)
            Report.objects.create(
                club=club, kind="month", period=f"2026-M{month:02d}", due_on=due, state=state
            )
        for amount, actual, state in (
            (50_000, 42_000, "settled"),
            (30_000, None, "approved"),
            (9_000, None, "asked"),
        ):
            Support.objects.create(
                club=club, club_name=club.name, purpose="books", title="책", day=dt.date(2026, 5, 4), amount=amount,
                actual=actual, state=state, asked_by=make.planner(), asked_on=DAY,
            )  # fmt: skip
        rows = {row.club.pk: row.did for row in of_span(HALF, DAY)}
    did = rows[club.pk]
    assert (did.clubs, did.members, did.met, did.others) == (1, 6, 2, 1)
    assert (did.came, did.asked) == (15, 21)
    assert did.hours == Decimal(24), "twelve came to regular meetings, two hours each"
    assert (did.owed, did.sent, did.missing) == (2, 1, 1)
    assert (did.allotted, did.used) == (club.allotment, 72_000)
    assert rows[other.pk] == Did(clubs=1, members=6, allotted=other.allotment)
    assert together(of_span(HALF, DAY)).members == 12


def test_c1_who_left_is_counted_no_more_and_a_club_that_is_over_as_it_ended() -> None:
    with pretend(dt.date(2026, 2, 2)):
        club = made.club()
    seat = club.panel.seats.filter(chair=Chair.MEMBER).first()  # type: ignore[union-attr]  # it is approved
    assert seat is not None
    type(seat).objects.filter(pk=seat.pk).update(ends_on=dt.date(2026, 4, 1))
    with pretend(DAY):
        assert of_clubs([club], HALF, DAY)[0].did.members == 5
        type(club).objects.filter(pk=club.pk).update(ended_on=dt.date(2026, 5, 29))
        rows = club.panel.seats.filter(ends_on=None)  # type: ignore[union-attr]  # it is approved
        rows.update(ends_on=dt.date(2026, 5, 29))
        assert of_clubs([club], HALF, DAY)[0].did.members == 5


def test_r1_as_many_questions_for_one_club_as_for_many() -> None:
    with pretend(dt.date(2026, 2, 2)):
        clubs = [made.club(2) for _n in range(4)]
    counts = []
    for some in (clubs[:1], clubs):
        of_clubs(some, HALF, DAY)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            of_clubs(some, HALF, DAY)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6
