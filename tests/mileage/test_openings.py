"""Balances brought from before this system: one line each by its document, in no period, taken back whole (N1, M3)."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from basis.excel.importer import ImportResult
from basis.periods import parse
from core.ledger.verify import verify_all
from core.now import pretend
from mileage import contests
from mileage.enums import RankingKind, Scheme
from mileage.excel import OpeningImporter
from mileage.models import Account, Entry, Total
from mileage.selectors.handover import learning, waiting
from mileage.selectors.rankings import standings
from notifications.models import Notice
from organization.enums import Role
from tests.basis.excel_files import taken, workbook
from tests.factories import UserFactory, planner

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
HEAD = ("사번", "성명", "종류", "누계", "기준일", "문서번호")
PAPER = "기획예산과-1234"


def run(*rows: Any) -> tuple[OpeningImporter, ImportResult]:
    importer = OpeningImporter()
    with pretend(TODAY):
        return importer, taken(importer, workbook([list(HEAD), *map(list, rows)]), planner())


def balances() -> dict[tuple[str, str], int]:
    rows = Account.objects.values_list("user__employee_number", "scheme", "balance")
    return {(number, scheme): balance for number, scheme, balance in rows if balance}


def test_d9_nobody_brings_an_own_balance() -> None:
    UserFactory(employee_number="200001", name="김하나")
    own = planner()
    rows = [[number, None, "창의마일리지", 5, "2025", PAPER] for number in (own.employee_number, "200001")]
    _importer, result = run(*rows)
    (error,) = result.errors
    assert (error.row, error.key, "다른 담당자" in error.message) == (2, "number", True)
    assert balances() == {}


def test_n1_each_balance_is_one_line_with_its_document() -> None:
    UserFactory(employee_number="200001", name="김하나")
    UserFactory(employee_number="200002", name="이두리")
    importer, result = run(
        ["200001", "김하나", "창의마일리지", 12.5, "2025-12-31", PAPER],
        ["200001", "김하나", "상시학습", 40, "2025", PAPER],
        ["200002", None, "창의마일리지", 0, "2025-12", PAPER],
    )
    assert (result.saved, result.errors) == (3, [])
    assert balances() == {("200001", Scheme.CREATIVITY): 1250, ("200001", Scheme.LEARNING): 4000}
    points, hours = Entry.objects.order_by("pk")
    assert (points.day, hours.day) == (dt.date(2025, 12, 31), dt.date(2025, 12, 31))
    assert PAPER in points.title
    assert points.reason == PAPER
    assert points.actor == planner()
    assert not Notice.objects.exists()
    with pretend(TODAY):
        assert OpeningImporter().unmake(importer.made, planner()) == []
    assert balances() == {}
    assert list(verify_all()) == []
    assert run(["200001", "김하나", "창의마일리지", 10, "2025-12-31", PAPER])[1].ok, "once more after undoing"
    assert balances() == {("200001", Scheme.CREATIVITY): 1000}


def test_n1_what_was_earned_before_wins_no_ranking_and_is_not_handed_over_again() -> None:
    person = UserFactory(employee_number="200001")
    run(
        ["200001", None, "지식활동 점수", 500, "2026-09-30", PAPER],
        ["200001", None, "창의마일리지", 500, "2026-09-30", PAPER],
        ["200001", None, "상시학습", 40, "2026-09-30", PAPER],
    )
    assert len(balances()) == 3
    assert not Total.objects.exists()
    for kind in RankingKind:
        contest = contests.CONTESTS[kind]
        for key in ("2026-Q3", "2026-M09", "2026"):
            assert standings(contest, parse(key)) == [], (kind, key)
    officer = UserFactory(roles=[Role.GENERAL_AFFAIRS])
    assert not waiting(learning(officer)).exists()
    client = Client()
    client.force_login(person)
    with pretend(TODAY):
        page = client.get("/mileage/my/learning/").content.decode()
    assert "40" in page


def test_n3_every_fault_is_named() -> None:
    UserFactory(employee_number="200001", name="김하나")
    run(["200001", "김하나", "성과포인트", 10, "2025-12-31", PAPER])
    _importer, result = run(
        ["200001", "김하나", "성과포인트", 10, "2025-12-31", PAPER],
        ["200009", "김하나", "상시학습", 10, "2025-12-31", PAPER],
        ["200001", "이두리", "상시학습", 0.125, "2026-12-31", "-"],
    )
    found = [(error.row, error.message) for error in result.errors]
    for row, word in (
        (2, "이미 등록된"), (3, "없는 직원번호"), (4, "이름과 다릅니다"), (4, "둘째 자리"), (4, "오늘 또는 이전"),
    ):  # fmt: skip
        assert any(at == row and word in message for at, message in found), (row, word, found)
    assert Entry.objects.count() == 1


def test_m3_openings_are_not_granted_by_hand() -> None:
    client = Client()
    client.force_login(planner())
    page = client.get("/mileage/requests/new/").content.decode()
    assert "opening_" not in page
