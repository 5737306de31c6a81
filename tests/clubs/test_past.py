"""Clubs of earlier years from an office's workbooks (N1, C1, C2, C4)."""

import datetime as dt
from typing import Any

import pytest

from basis.excel.importer import Importer, ImportResult
from clubs.enums import ClubState
from clubs.excel import PastMeetingImporter, PastRollImporter
from clubs.models import Club
from core import jobs
from core.actors import SYSTEM
from core.models import OpenWork
from core.now import pretend
from imports.services import intake, undo
from imports.sockets import IMPORT_PAGES
from meetings.models import Attendance, Panel, Seat, Session
from mileage.models import Entry
from notifications.models import Mail, Notice
from organization.enums import DepartmentKind
from tests import factories as make
from tests.basis.excel_files import taken, workbook
from tests.workbooks import book

pytestmark = pytest.mark.django_db
ROLL = ("연도", "동아리명", "국·소", "과제", "분임", "직책", "사번", "성명", "탈퇴일")
MEET = ("일자", "시간", "동아리", "내용", "참석자", "회의록")
DAY = dt.date(2026, 11, 20)


def run(importer: Importer, head: Any, *rows: Any, actor: Any = None) -> ImportResult:
    with pretend(DAY):
        return taken(importer, workbook([list(head), *map(list, rows)]), actor or make.planner())


@pytest.fixture(autouse=True)
def _people() -> None:
    bureau = make.DepartmentFactory(name="기획재정국", kind=DepartmentKind.BUREAU)
    office = make.DepartmentFactory(name="재무과", parent=bureau)
    for number, place in (("1", bureau), ("2", office), ("3", office), ("4", office)):
        make.UserFactory(employee_number=f"20000{number}", name=f"김직원{number}", department=place)


def roll(importer: PastRollImporter | None = None, *more: Any, actor: Any = None) -> ImportResult:
    return run(
        importer or PastRollImporter(),
        ROLL,
        [2025, "주차연구회", "기획재정국", None, None, "회장", "200001", "김직원1", None],
        [2025, "주차연구회", None, "공유주차", 1, "분임장", "200002", None, None],
        [2025, "주차연구회", None, "골목 주차", 2, "총무", "200003", None, None],
        [2025, "주차연구회", None, None, 2, None, "200004", None, "2025-06-30"],
        *more,
        actor=actor,
    )


def test_c1_the_roll_of_a_year_makes_its_clubs_and_nothing_to_do() -> None:
    result = roll()
    assert not result.errors, result.errors
    club = Club.objects.get()
    assert (club.year, club.state, club.kind) == (2025, ClubState.ENDED, "bureau")
    assert club.bureau is not None
    assert club.bureau.name == "기획재정국"
    assert club.panel is not None
    seats = club.panel.seats.order_by("pk").values_list("chair", "team", "starts_on", "ends_on")
    begun, last = dt.date(2025, 2, 1), dt.date(2025, 11, 30)
    assert list(seats) == [
        ("chair", None, begun, last),
        ("leader", 1, begun, last),
        ("secretary", 2, begun, last),
        ("member", 2, begun, dt.date(2025, 6, 30)),
    ]
    assert [str(team) for team in club.teams.all()] == ["공유주차", "골목 주차"]
    assert not Notice.objects.exists()
    assert not Mail.objects.exists()
    assert not OpenWork.objects.exists()
    again = roll()
    assert again.error_count == 4, "each row is there already"


def test_n1_the_command_line_takes_it_in_too() -> None:
    assert not roll(actor=SYSTEM).errors


def test_c1_what_is_wrong_with_a_roll_is_named() -> None:
    result = run(
        PastRollImporter(),
        ROLL,
        [2025, "두 회장", "없는국", None, None, "회장", "200001", "다른이름", None],
        [2025, "두 회장", None, None, 12, "회장", "200002", None, "2024-01-01"],
        [2027, "내일", None, None, None, None, "299999", None, None],
    )
    said = {(error.row, error.column_label): error.message for error in result.errors}
    assert "그때 없던 국·소" in said[2, "국·소"]
    assert "이름과 다릅니다" in said[2, "이름"]
    assert "2명입니다" in said[2, "직책"]
    assert "9 이하" in said[3, "분임"]
    assert "빠릅니다" in said[3, "탈퇴일"]
    assert "올해 또는 지난" in said[4, "연도"]
    assert "없는 직원번호" in said[4, "직원번호"]
    assert "0명입니다" in said[4, "직책"]
    assert not Club.objects.exists()


def test_c2_meetings_come_with_who_was_there_and_earn_nothing_again() -> None:
    roll()
    result = run(
        PastMeetingImporter(),
        MEET,
        ["2025-03-12", "오후 4시", "주차연구회", "과제 토론", "김직원1, 200002·200004", "의견을 나눔"],
        ["2025-07-02", None, "주차연구회", "현장 확인", "200002", None],
    )
    assert not result.errors, result.errors
    first, second = Session.objects.order_by("held_on")
    assert (first.state, first.begins_at, first.came) == ("confirmed", dt.time(16), 3)
    assert (second.begins_at, second.came) == (dt.time(12), 1)
    assert Attendance.objects.filter(session=first).count() == 4
    assert Attendance.objects.filter(session=second).count() == 3, "one had left in June"
    assert not Entry.objects.exists()
    assert not OpenWork.objects.exists()


def test_c2_who_was_no_member_that_day_is_named() -> None:
    roll()
    result = run(
        PastMeetingImporter(),
        MEET,
        ["2025-07-02", "25:00", "주차연구회", "현장 확인", "200004, 아무개", None],
        ["2024-07-02", None, "주차연구회", "현장 확인", "200001", None],
    )
    said = {(error.row, error.column_label): error.message for error in result.errors}
    assert "‘200004’, ‘아무개’" in said[2, "참석자"]
    assert "16:00처럼" in said[2, "시각"]
    assert "그 해에 이 이름의 동아리가 없습니다" in said[3, "동아리"]


def test_n1_what_was_taken_in_is_taken_out_again_whole() -> None:
    planner = make.planner()
    saved = []
    for kind, head, row in (
        ("clubs-past", ROLL, [2025, "주차연구회", None, "주차", 1, "회장", "200001", None, None]),
        ("club-meetings-past", MEET, ["2025-03-12", None, "주차연구회", "과제 토론", "200001", None]),
    ):
        with pretend(DAY):
            found = intake.begin(IMPORT_PAGES[kind], book(list(head), row), actor=planner)
            jobs.run_pending()
            found.refresh_from_db()
            saved.append(intake.save(found, actor=planner))
    assert Club.objects.count() == Session.objects.count() == 1
    with pretend(DAY):
        for one in reversed(saved):
            undo.undo(one, actor=planner)
    for model in (Club, Panel, Seat, Session, Attendance):
        assert not model._base_manager.exists(), model
