"""Visits and travel budgets of earlier years, with their money in the ledger and nothing to do (N1, V5, B9)."""

import datetime as dt
import io
import tomllib
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from basis.excel.importer import Importer, ImportResult
from benchmarking.excel import PastCaseImporter
from benchmarking.models import Case
from budgets.models import BudgetEntry
from budgets.selectors import budget_overview
from core.ledger.verify import verify_all
from core.models import Clock, OpenWork
from core.now import pretend
from mileage.models import Entry
from notifications.models import Mail, Notice
from tests import b9
from tests import factories as make
from tests.basis.excel_files import taken, workbook
from tests.benchmarking import past_books
from visits.enums import VisitState
from visits.excel import PastTravelBudgetImporter, PastVisitImporter
from visits.models import FieldVisit
from visits.purse import TRAVEL

pytestmark = pytest.mark.django_db
BUDGET = ("회계연도", "예산액", "집행액", "문서번호", "편성일")
VISIT = ("방문시기", "방문처", "참여부서", "목적", "인원", "여비", "관련사례")


def run(importer: Importer, head: Any, *rows: Any) -> ImportResult:
    with pretend(dt.date(2026, 11, 20)):
        return taken(importer, workbook([list(head), *map(list, rows)]), make.planner())


def budgets(*rows: Any) -> PastTravelBudgetImporter:
    importer = PastTravelBudgetImporter()
    result = run(importer, BUDGET, *rows)
    assert not result.errors, result.errors
    return importer


def undone(importer: Importer) -> list[Any]:
    with pretend(dt.date(2026, 11, 20)):
        return importer.unmake(importer.made, make.planner())


def money(year: int) -> tuple[int, int, int]:
    found = budget_overview(TRAVEL, year)
    return found.allocated, found.spent, found.free


def test_v5_budgets_of_earlier_years_stand_in_the_ledger_with_their_document() -> None:
    importer = budgets(
        [2014, 1_250_000, 900_000, "기획예산과-77", "2014-01-15"], ["2013년", 500_000, None, "기획-1", None]
    )
    assert (money(2014), money(2013)) == ((1_250_000, 900_000, 350_000), (500_000, 0, 500_000))
    given, spent, _other = BudgetEntry.objects.order_by("pk")
    assert (given.day, spent.day) == (dt.date(2014, 1, 15), dt.date(2014, 12, 31))
    assert not Notice.objects.exists(), "72 % used of 2014 is no news"
    assert undone(importer) == [], "lines of a ledger are reversed, not deleted"
    assert (money(2014), money(2013)) == ((0, 0, 0), (0, 0, 0))
    assert list(verify_all()) == []
    budgets([2014, 1_000_000, None, "기획예산과-77", None])
    assert money(2014) == (1_000_000, 0, 1_000_000)


def test_v5_what_is_wrong_with_a_budget_is_named() -> None:
    budgets([2014, 1_000_000, None, "기획예산과-77", None])
    result = run(
        PastTravelBudgetImporter(),
        BUDGET,
        [2014, 1_000_000, None, "기획예산과-77", None],
        [2013, 100, 200, "기획예산과-77", None],
        [2026, 100, None, "기획예산과-77", None],
    )
    found = {error.row: error.message for error in result.errors}
    assert "이미 등록된" in found[2]
    assert "편성액 안에서" in found[3]
    assert "지난 연도" in found[4]


def test_v5_visits_of_earlier_years_cost_money_of_their_year() -> None:
    make.DepartmentFactory(name="교통행정과")
    make.DepartmentFactory(name="건축과")
    budgets([2014, 300_000, None, "기획예산과-77", None])
    importer = PastVisitImporter()
    result = run(
        importer,
        VISIT,
        ["2014-05-07", "○○시", "교통행정과·건축과", "현장 확인", 4, 250_000, None],
        ["2014년 6월", "△△구", "건축과", None, None, None, None],
    )
    assert (result.saved, result.errors) == (2, [])
    assert money(2014) == (300_000, 250_000, 50_000)
    first, second = FieldVisit.objects.order_by("visited_on")
    assert (first.department_name, first.actual, first.state) == (
        "교통행정과, 건축과",
        250_000,
        VisitState.RECORDED,
    )
    assert (second.visited, second.headcount, second.actual) == ("2014. 6.", None, None)
    spent = BudgetEntry.objects.of(first).get()
    assert spent.day == dt.date(2014, 5, 7)
    for model in (OpenWork, Clock, Notice, Mail, Entry):
        assert not model.objects.exists(), model
    client = Client()
    client.force_login(make.planner())
    for url in (
        first.get_absolute_url(), second.get_absolute_url(), "/visits/?state=recorded", "/visits/?format=xlsx",
        "/budgets/travel/2014/", "/budgets/travel/2014/report/?format=hwpx", "/budgets/travel/entries/",
        f"/visits/{second.pk}/record/correct/",
    ):  # fmt: skip
        assert client.get(url).status_code == 200, url
    assert "250,000원" in client.get(first.get_absolute_url()).content.decode()
    assert undone(importer) == [second], "a visit that the ledger names stays, no longer counted"
    first.refresh_from_db()
    assert (first.state, money(2014)) == (VisitState.CANCELLED, (300_000, 0, 300_000))
    assert list(verify_all()) == []


def test_v5_a_spending_in_all_has_its_place_on_the_pages() -> None:
    budgets([2014, 1_250_000, 1_200_000, "기획예산과-77", None])
    client = Client()
    client.force_login(make.planner())
    for url in (
        "/budgets/travel/2014/",
        "/budgets/travel/2014/report/",
        "/budgets/travel/entries/?format=xlsx",
    ):
        assert client.get(url).status_code == 200, url
    page = client.get("/budgets/travel/2014/").content.decode()
    assert "한 해 집행액" in page
    assert "얼마 남지 않았습니다" not in page, "nothing of an earlier year is running short"


def test_v5_a_year_cannot_spend_more_than_it_had() -> None:
    make.DepartmentFactory(name="건축과")
    budgets([2014, 300_000, None, "기획예산과-77", None])
    result = run(
        PastVisitImporter(),
        VISIT,
        ["2014-05-07", "○○시", "건축과", None, 4, 250_000, None],
        ["2014-05-08", "△△시", "건축과", None, 4, 60_000, None],
        ["2013-05-08", "□□시", "건축과", None, 4, 60_000, "없는 사례"],
    )
    assert [error.row for error in result.errors] == [3, 4, 4]
    assert "10,000원 넘" in result.errors[0].message
    assert any("예산이 없습니다" in error.message for error in result.errors)


def test_b9_cases_and_visits_of_2013_to_2015_make_the_page_of_statistics() -> None:
    """N1, B9: 33, 25, 34 cases and 18, 4, 8 visits, from plain lists."""
    known = past_books.departments()
    with pretend(dt.date(2026, 11, 20)):
        assert taken(PastCaseImporter(), past_books.flat_list(known), make.planner()).saved == 92
    file = past_books.DATA / "visits_history.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    budgets(*([row["year"], row["amount"], None, "기획예산과-77", None] for row in data["budgets"]))
    rows = [
        [past_books.spelled(v["visited_on"], n), v["host"], known[v["department"]].name, v["purpose"],
         v["headcount"], 50_000, v["case"]]
        for n, v in enumerate(data["visits"])
    ]  # fmt: skip
    result = run(PastVisitImporter(), VISIT, *rows)
    assert (result.saved, result.errors) == (30, [])
    assert FieldVisit.objects.exclude(case=None).count() == 30
    client = Client()
    client.force_login(make.planner())
    response = client.get("/statistics/", {"first": 2013, "last": 2015, "format": "xlsx"})
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    found = [[cell.value for cell in line[:8]] for line in sheet.iter_rows()]
    for year, figures in b9.TABLE.items():
        assert [f"{year}년", *figures, b9.VISITS[year], 0] in found
    assert ["계", *b9.TOTAL, 30, 0] in found
    assert not OpenWork.objects.exists()
    assert not Mail.objects.exists()
    assert Case.objects.count() == 92


def test_n1_who_took_part_is_kept_and_earns_nothing(client: Client) -> None:
    place = make.DepartmentFactory(name="교통행정과")
    known = make.UserFactory(employee_number="200001", name="김하나", department=place)
    make.UserFactory(name="박같은")
    make.UserFactory(name="박같은")
    head = (*VISIT, "출장자")
    rest = ["주차장", 3, None, None]
    result = run(
        PastVisitImporter(),
        head,
        ["2014-03-05", "○○시", "교통행정과", *rest, "김하나·이옛날, 박같은"],
        ["2014-04-05", "○○구", "교통행정과", *rest, "200001"],
        ["2014-05-05", "○○군", "교통행정과", *rest, None],
    )
    assert result.errors == []
    first, second, third = FieldVisit.objects.order_by("visited_on")
    assert [(m.user, m.label, m.took_part) for m in first.members.all()] == [
        (known, "교통행정과 김하나", True)
    ]
    assert (first.others, third.others) == ("이옛날, 박같은", ""), "nobody here, and one of two"
    assert (second.members.count(), third.members.count()) == (1, 0)
    assert not Entry.objects.exists()
    client.force_login(make.planner(), backend="organization.backends.Backend")
    page = client.get(first.get_absolute_url()).content.decode()
    assert "교통행정과 김하나" in page
    assert "이옛날, 박같은" in page
