"""My clubs, a club's page, the list, planning's map (C1–C3)."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from clubs.enums import ReportState
from clubs.models import Club, Report, Topic
from clubs.selectors.months import SYMBOLS, Mark, Month, mark_of
from core.actors import SYSTEM
from core.now import pretend
from meetings.models import Answer, Attendance, Session
from mileage.catalogue import MEETING_HOURS
from mileage.services.awards import Award, award
from organization.models import User
from tests import factories as make
from tests.clubs import made

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 10)
DAYS = (dt.date(2026, 2, 2), dt.date(2026, 11, 30))


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("policies.registry.CACHE_SECONDS", 600)
    with pretend(DAY):
        yield


def session(club: Club, day: dt.date, state: str = "confirmed", came: int = 5, **values: Any) -> Session:
    """A meeting as it stands, with who was there and what it earned them."""
    assert club.panel is not None
    number = club.panel.sessions.count() + 1
    usual = {"title": f"제{number}회 모임", "begins_at": dt.time(16), "place": "회의실"}
    one = Session.objects.create(
        panel=club.panel, number=number, held_on=day, state=state, **{**usual, **values}
    )
    if state == "confirmed":
        Attendance.objects.bulk_create(
            Attendance(
                session=one, seat=seat, label="회원", chair=seat.chair,
                presence="present" if n < came else "absent", hours=200 if n < came else 0,
            )
            for n, seat in enumerate(club.panel.seats.order_by("pk"))
        )  # fmt: skip
        there = [seat for n, seat in enumerate(club.panel.seats.order_by("pk")) if n < came]
        event = f"meetings.session:{one.pk}"
        award(
            [Award(MEETING_HOURS, seat.user, event, day, one.title, one, amount=200) for seat in there],
            actor=SYSTEM,
        )
    return one


def lived(club: Club) -> Club:
    """February reported, March met with a late report, April without minutes, May nothing, July to come."""
    session(club, dt.date(2026, 2, 11))
    session(club, dt.date(2026, 3, 11))
    session(club, dt.date(2026, 4, 8), "past")
    session(club, dt.date(2026, 5, 8), sort="extra")
    session(club, dt.date(2026, 7, 8), "planned")
    for month, state in ((2, ReportState.SENT), (3, ReportState.DUE)):
        Report.objects.create(
            club=club,
            kind="month",
            period=f"2026-M{month:02}",
            due_on=dt.date(2026, month + 1, 5),
            state=state,
        )
    return club


EXPECTED = ["none", "reported", "unreported", "waiting", "missing", "none", "planned", *["none"] * 5]


@pytest.mark.parametrize(
    ("found", "month", "mark"),
    [
        (Month(), 1, Mark.NONE),  # before it begins
        (Month(), 3, Mark.MISSING),
        (Month(), 6, Mark.NONE),  # still running
        (Month(written=1), 3, Mark.MET),
        (Month(written=1, report="due", due=dt.date(2026, 6, 10)), 5, Mark.MET),
        (Month(written=1, report="due", due=dt.date(2026, 6, 9)), 5, Mark.UNREPORTED),
        (Month(report="sent"), 5, Mark.REPORTED),
        (Month(report="waived"), 5, Mark.NONE),
        (Month(past=1, planned=1), 5, Mark.WAITING),
        (Month(planned=1), 7, Mark.PLANNED),
    ],
)
def test_c2_what_became_of_a_month(found: Month, month: int, mark: Mark) -> None:
    assert mark_of(found, month, 2026, DAYS, DAY) == mark


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def steady(client: Client, user: User, url: str) -> int:
    client.force_login(user)
    queries(client, url)
    cache.clear()
    return queries(client, url)


@pytest.mark.dialect
def test_c2_the_map_shows_every_month_in_symbol_and_word(client: Client) -> None:
    bureau = made.bureau(name="도시국")
    lived(made.club(8, bureau=bureau, name="주차연구회"))
    joint = made.club(8, kind="joint", bureau=None, name="통합회")
    old = made.club(6, begun_on=dt.date(2025, 2, 3), bureau=bureau)
    session(old, dt.date(2025, 3, 5), came=7)
    client.force_login(make.planner())
    page = client.get(reverse("clubs:map"))
    parts = page.context["parts"]
    assert [part.label for part in parts] == ["도시국", "통합창의동아리"]
    ((row,), _joint) = [part.rows for part in parts]
    assert [f"mark-{mark}" in row.fields for mark in set(EXPECTED)] == [True] * len(set(EXPECTED))
    for mark in ("reported", "unreported", "missing"):
        assert SYMBOLS[mark] in row.fields
        assert str(Mark(mark).label) in row.fields
    assert "held_from=2026-03-01&amp;held_to=2026-03-31" in row.fields
    figures = {str(one.label): (one.value, str(one.delta)) for one in page.context["figures"]}
    assert figures["동아리"] == ("2", "지난해 1")
    assert figures["모임"] == ("3", "지난해 1")
    assert figures["참석률"] == ("56%", "지난해 100%")
    assert figures["상시학습"][0] == "30시간"
    before = client.get(f"{reverse('clubs:map')}?year=2025").context["parts"]
    assert [row.name for part in before for row in part.rows] == [old.name]
    for odd in ("x", "0", "99999", "-1", "2026.5"):
        assert client.get(f"{reverse('clubs:map')}?year={odd}").status_code == 200
    book = load_workbook(io.BytesIO(client.get(f"{reverse('clubs:map')}?format=xlsx").content))
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert "● 보고" in texts
    assert joint.name in texts
    client.force_login(make.UserFactory())
    assert client.get(reverse("clubs:map")).status_code == 403


@pytest.mark.parametrize("page", ["map", "home", "club"])
def test_pages_of_clubs_ask_at_most_eight_questions_however_many_there_are(client: Client, page: str) -> None:
    planner = make.planner()
    club = lived(made.club(8))
    secretary = made.secretary(club)
    user = planner if page == "map" else secretary
    url = club.get_absolute_url() if page == "club" else reverse(f"clubs:{page}")
    few = steady(client, user, url)
    for n in range(4):
        more = lived(made.club(8))
        made.meeting(club, dt.date(2026, 8, n + 3))
        assert more.panel is not None
        if page == "home":
            more.panel.seats.filter(chair="member", team=1).update(user=secretary)
    assert steady(client, user, url) == few
    assert few <= 8


def test_c1_my_clubs_show_the_next_meeting_my_answer_and_my_hours(client: Client) -> None:
    club = made.club(8)
    secretary, leader = made.secretary(club), made.leader(club)
    coming = made.meeting(club, dt.date(2026, 6, 20))
    Answer.objects.create(session=coming, seat=made.seat_of(club, leader), reply="yes")
    client.force_login(leader)
    page = client.get(reverse("clubs:home"))
    (own,) = page.context["clubs"]
    assert (own.next, own.answer.text, own.role) == (coming, "참석", "1분임 분임장")
    assert "0시간" in page.context["figures"][0].value
    client.force_login(secretary)
    page = client.get(reverse("clubs:home"))
    (own,) = page.context["clubs"]
    assert own.answer.tone == "warning"
    client.force_login(make.UserFactory())
    assert "회원인 동아리가 없습니다." in client.get(reverse("clubs:home")).content.decode()


@pytest.mark.dialect
def test_c1_a_clubs_page_says_what_it_is_and_what_became_of_it(client: Client) -> None:
    before = made.club(8, begun_on=dt.date(2025, 2, 3))
    session(before, dt.date(2025, 3, 5))
    club = lived(made.club(8))
    Club.objects.filter(pk=club.pk).update(before=before)
    client.force_login(made.secretary(club))
    page = client.get(club.get_absolute_url())
    assert [month.mark for month in page.context["calendar"]] == EXPECTED
    assert len(page.context["members"]["rows"]) == 9
    assert [way.url for way in page.context["ways"]] == [before.get_absolute_url()]
    rows = [[cell.text for cell in row] for row in page.context["compared"]["rows"]]
    assert rows[0] == ["모임", "1회", "3회"]
    assert len(page.context["coming"]["rows"]) == 1
    assert [str(action.label) for action in page.context["meeting_actions"]]
    client.force_login(make.UserFactory())
    other = client.get(club.get_absolute_url())
    assert other.context["meeting_actions"] == []


def test_c1_clubs_are_found_by_what_they_study(client: Client) -> None:
    club = made.club(8)
    Topic.objects.filter(teams__club=club, teams__number=1).update(title="골목 텃밭 가꾸기")
    client.force_login(make.UserFactory())
    found = client.get(f"{reverse('clubs:list')}?q=텃밭&show=all").context["list"]
    assert [row.pk for row in found.rows] == [club.pk]
    assert club.name in client.get(f"{reverse('search')}?q=텃밭").content.decode()
    asked = made.application()
    assert client.get(asked.get_absolute_url()).status_code == 404
