"""What clubs did in a half-year as a paper, and at a glance on the dashboard (R1, R4, C2–C5)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from basis.documents.model import Document, Figures, Paragraph, Table
from basis.periods import parse
from clubs.models import Report, Support
from core.now import pretend
from meetings.services import panels, sessions
from reports import club_glance
from reports.behind import count
from reports.definitions import definition_of
from tests import factories as make
from tests.clubs import made

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 7, 15)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


def met(club: Any, on: dt.date, came: int) -> None:
    with pretend(on):
        session = made.meeting(club, on)
        seats = [seat.pk for seat in session.panel.seats.order_by("pk")]
        writer = made.secretary(club)
        sessions.hold(
            session, present=set(seats[:came]), ends_at=dt.time(18), minutes="나눔", outcomes={}, actor=writer
        )
        sessions.confirm(session, actor=made.president(club))


def office() -> Any:
    """Two clubs of a bureau and of none; one has met twice and owes a paper."""
    with pretend(dt.date(2026, 2, 2)):
        one = made.club(name="주차연구회")
        two = made.club(name="통합 하나", kind="joint", bureau=made.bureau())
    met(one, dt.date(2026, 3, 4), 5)
    met(one, dt.date(2026, 4, 1), 7)
    for month, state in ((3, "sent"), (4, "due"), (6, "due")):
        due = dt.date(2026, month + 1, 6)
        Report.objects.create(club=one, kind="month", period=f"2026-M{month:02}", due_on=due, state=state)
    Support.objects.create(
        club=two, club_name=two.name, purpose="books", title="책", day=dt.date(2026, 5, 4), amount=50_000,
        state="approved", asked_by=make.planner(), asked_on=DAY,
    )  # fmt: skip
    return one


def document(period: str = "2026-H1") -> Document:
    return definition_of("clubs-halfyear").document(parse(period), DAY)


def table(found: Document, caption: str) -> Table:
    return next(block for block in found.blocks if isinstance(block, Table) and block.caption == caption)


def values(cells: Any) -> list[Any]:
    return [cell.value for cell in cells]


def test_r1_the_half_year_of_clubs_counts_what_they_did() -> None:
    office()
    found = document()
    figures = next(block for block in found.blocks if isinstance(block, Figures))
    assert [one.value for one in figures.items] == [2, 12, 2, 12 / 14, 1]
    kinds = table(found, "구분별 운영 현황")
    assert [values(line)[:3] for line in kinds.rows] == [["국·소별 동아리", 1, 6], ["통합창의동아리", 1, 6]]
    (total,) = kinds.totals
    assert values(total) == ["계", 2, 12, 2, 0, 12 / 14, 24, 1, 1, 1_000_000, 50_000]
    (late,) = table(found, "기한을 넘긴 보고서").rows
    assert values(late)[1:3] == ["주차연구회", "2026년 4월 월별 활동보고서"]
    before = table(found, "지난 기간과 비교")
    assert [values(line)[:2] for line in before.rows] == [
        ["2025년 상반기", 0], ["2025년 하반기", 0], ["2026년 상반기", 2],
    ]  # fmt: skip


def test_r1_nothing_is_made_of_a_half_year_without_clubs() -> None:
    definition = definition_of("clubs-halfyear")
    assert not definition.worth(parse("2026-H1"))
    office()
    assert definition.worth(parse("2026-H1"))
    assert not definition.worth(parse("2025-H2"))
    said = [block.text for block in document("2025-H2").blocks if isinstance(block, Paragraph)]
    assert "○ 활동한 동아리 없음" in said


def test_r4_the_dashboard_shows_which_clubs_are_behind_with_one_question(client: Client) -> None:
    office()
    panels.mark_lacking(DAY)
    with CaptureQueriesContext(connection) as asked:
        found = {one.label: one.value for one in club_glance.figures(count(club_glance.rows(DAY)))}
    assert len(asked) == 1
    assert found == {
        "활동 중인 동아리": "2", "이번 달 모임이 없는 동아리": "2",
        "늦은 동아리 보고서": "2", "처리할 동아리 지원": "0",
    }  # fmt: skip
    client.force_login(make.planner(), backend="organization.backends.Backend")
    page = client.get("/dashboard/", follow=True).content.decode()
    assert "늦은 동아리 보고서" in page
