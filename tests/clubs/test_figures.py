"""What clubs did in a span, against an independent count (C2, C3, C4, R1)."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clubs.models import Club, Report, Support
from clubs.selectors.figures import Did, of_clubs, of_span, together
from clubs.selectors.months import lines_of
from clubs.views.lists import with_numbers
from core.now import pretend
from meetings.enums import Chair
from meetings.models import Attendance, Session
from meetings.services import sessions
from mileage.enums import Scheme
from mileage.models import Entry
from mileage.rules import amount_text
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
        Report.objects.create(club=club, kind="half", period="2026-H1", due_on=DAY)  # today is not late
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
    assert counts == [1, 1]


def test_c3_the_hours_of_the_map_the_list_and_the_page_are_those_of_the_ledger(client: Client) -> None:
    """Seven came to seven meetings of two hours: twelve hours each are recognised. What is undone counts nowhere."""
    with pretend(dt.date(2025, 2, 3)):
        before = made.club(begun_on=dt.date(2025, 2, 3))
    held(before, dt.date(2025, 3, 5), 2)
    with pretend(dt.date(2026, 2, 2)):
        club = made.club()
    Club.objects.filter(pk=club.pk).update(before=before)
    days = [dt.date(2026, 3, 4), *(dt.date(2026, 4, day) for day in (1, 8, 15, 22, 29)), dt.date(2026, 5, 6)]
    for day in days:
        held(club, day, 7)
    asked = Attendance.objects.filter(session__panel=club.panel).aggregate(sum=Sum("hours"))["sum"]
    assert (asked, ledger(club)) == (7 * 1_400, 7 * 1_200)
    assert shown(client, club) == {
        "map": 8_400,
        "list": 8_400,
        "page": "84시간",
        "span": 8_400,
        "before": "4시간",
    }
    with pretend(DAY):
        first = club.panel.sessions.earliest("held_on")  # type: ignore[union-attr]  # it is approved
        sessions.undo(first, reason="잘못 확정", actor=made.president(club), version=first.version)
    assert ledger(club) < 8_400
    found = shown(client, club)
    assert [found[name] for name in ("map", "list", "span")] == [ledger(club)] * 3
    assert found["page"] == amount_text(ledger(club), Scheme.LEARNING)


def ledger(club: Club) -> int:
    of = ContentType.objects.get_for_model(Session), club.panel.sessions.values("pk")  # type: ignore[union-attr]
    rows = Entry.objects.filter(source_type=of[0], source_id__in=of[1])
    return int(rows.aggregate(sum=Sum("amount"))["sum"])


def shown(client: Client, club: Club) -> dict[str, Any]:
    with pretend(DAY):
        client.force_login(make.planner())
        one = next(line for line in lines_of(Club.objects.all(), DAY) if line.pk == club.pk)
        page = client.get(club.get_absolute_url()).context["compared"]["rows"]
        hours = [cell.text for cell in page[-1]]
        (span,) = of_clubs([club], HALF, DAY)
        listed = with_numbers(Club.objects.all()).get(pk=club.pk)
    assert listed.met + listed.others == one.did.meetings == span.did.meetings
    assert listed.members == one.did.members == span.did.members == 6
    return {
        "map": one.did.worth, "list": listed.worth, "span": span.did.worth, "before": hours[1], "page": hours[2],
    }  # fmt: skip
