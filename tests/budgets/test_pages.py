"""What people see of the travel budget (V5, R4)."""

import datetime as dt
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from budgets import services as budget
from budgets.models import Budget, BudgetEntry
from budgets.selectors import BudgetOverview, budget_overview, forecast
from core.components import BAR, shares
from core.now import pretend
from core.once import sent_once
from organization.enums import Role
from organization.models import User
from tests.budgets.test_budget import PLAN, YEAR, allocate, visit
from tests.factories import UserFactory, planner
from visits.models import FieldVisit
from visits.purse import TRAVEL

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
HOME, CHANGE = f"/budgets/travel/{YEAR}/", f"/budgets/travel/{YEAR}/change/"
MORE = {
    "direction": "more",
    "amount": "250,000",
    "code": "기획 > 국내여비",
    "document": "기획예산과-3307",
    "reason": "신청 증가",
}


@pytest.fixture(autouse=True)
def _today() -> Any:
    with pretend(DAY):
        yield


def as_(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def used(*, reserved: int = 187_500, spent: int = 255_000) -> None:
    """One visit settled, one with its money set aside."""
    allocate()
    one = visit()
    budget.reserve(one, spent, actor=planner())
    budget.settle(one, spent, actor=planner())
    budget.reserve(visit(), reserved, actor=planner())


# ------------------------------------------------------------------------------------------- the year


def test_v5_the_page_shows_spent_reserved_and_free_and_what_took_it(client: Client) -> None:
    used()
    page = as_(client, planner()).get(HOME)
    assert [(part.label, part.text) for part in page.context["bar"]] == [
        ("집행", "255,000원"),
        ("예정", "187,500원"),
        ("남음", "807,500원"),
    ]
    shown = page.content.decode()
    assert "예산이 얼마 남지 않았습니다" not in shown
    assert "기획예산과-1131" in shown
    assert all(one.get_absolute_url() in shown for one in FieldVisit.objects.all())
    assert dict(page.context["outlook"])["더 갈 수 있는 횟수"] == "3회"


def test_v5_the_page_warns_from_four_fifths_on(client: Client) -> None:
    used(reserved=745_000)
    assert "예산이 얼마 남지 않았습니다" in text(as_(client, planner()), HOME)


def test_v5_a_year_without_a_budget_says_what_to_do(client: Client) -> None:
    shown = text(as_(client, planner()), HOME)
    assert "2026년 여비 예산이 아직 없습니다" in shown
    assert CHANGE in shown
    assert CHANGE not in text(as_(client, UserFactory(roles=[Role.AUDITOR])), HOME)


def test_v5_only_years_that_may_have_a_budget_have_a_page(client: Client) -> None:
    allocate(year=2016)
    as_(client, planner())
    found = {year: client.get(f"/budgets/travel/{year}/").status_code for year in (2015, 2016, 2027, 2028)}
    assert found == {2015: 404, 2016: 200, 2027: 200, 2028: 404}
    reader = as_(client, UserFactory(roles=[Role.GENERAL_AFFAIRS]))
    assert reader.get("/budgets/travel/2027/").status_code == 404
    assert reader.get("/budgets/travel/2026/report/").status_code == 404


def test_v5_the_year_on_paper(client: Client) -> None:
    used()
    as_(client, planner())
    page = text(client, HOME)
    for form in ("report/?format=xlsx", "report/?format=hwpx", 'report/"'):
        assert f'href="{HOME}{form}' in page
    shown = text(client, f"{HOME}report/")
    assert "금1,250,000원(금일백이십오만원)" in shown
    book = load_workbook(BytesIO(client.get(f"{HOME}report/?format=xlsx").content))
    values = {cell.value for sheet in book for line in sheet for cell in line}
    assert {255_000, 187_500, 442_500} <= values
    assert ZipFile(BytesIO(client.get(f"{HOME}report/?format=hwpx").content)).testzip() is None


# ---------------------------------------------------------------------------------------- allocations


def test_v5_the_first_allocation_offers_the_plans_figures(client: Client) -> None:
    form = as_(client, planner()).get(CHANGE).context["form"]
    assert form.initial["amount"] == PLAN
    assert form.initial["code"].endswith("여비 > 국내여비")
    assert "direction" not in form.fields


def test_v5_the_next_years_budget_takes_over_the_path(client: Client) -> None:
    allocate(code="기획 > 국내여비")
    form = as_(client, planner()).get("/budgets/travel/2027/change/").context["form"]
    assert form.initial["code"] == "기획 > 국내여비"


def test_v5_a_change_is_previewed_and_then_made(client: Client) -> None:
    used()
    preview = as_(client, planner()).post(CHANGE, MORE)
    assert preview.context["foreseen"] == [
        "편성액: 1,250,000원 → 1,500,000원",
        "남은 예산: 807,500원 → 1,057,500원",
    ]
    assert budget_overview(TRAVEL, YEAR).allocated == PLAN
    answer = client.post(CHANGE, {**MORE, "preview": preview.context["preview"]})
    assert (answer.status_code, answer.headers["Location"]) == (302, HOME)
    assert budget_overview(TRAVEL, YEAR).allocated == PLAN + 250_000
    assert Budget.objects.get().code == "기획 > 국내여비"


def test_v5_a_change_sent_twice_is_made_once(client: Client) -> None:
    used()
    seen = as_(client, planner()).post(CHANGE, MORE).context["preview"]
    client.post(CHANGE, {**MORE, "preview": seen})
    again = client.post(CHANGE, {**MORE, "preview": seen})
    assert (again.status_code, budget_overview(TRAVEL, YEAR).allocated) == (422, PLAN + 250_000)
    assert "확인하는 사이에 내용이 바뀌어" in again.content.decode()
    assert again.context["foreseen"][0] == "편성액: 1,500,000원 → 1,750,000원"
    assert {name: again.context["form"][name].value() for name in MORE} == MORE
    client.post(CHANGE, {**MORE, "preview": again.context["preview"]})  # now it has been read
    assert budget_overview(TRAVEL, YEAR).allocated == PLAN + 500_000


def test_v5_the_first_allocation_sent_twice_is_made_once(client: Client) -> None:
    typed = {name: value for name, value in MORE.items() if name != "direction"}
    seen = as_(client, planner()).post(CHANGE, typed).context["preview"]
    client.post(CHANGE, {**typed, "preview": seen})
    assert client.post(CHANGE, {**typed, "preview": seen}).status_code == 422
    assert budget_overview(TRAVEL, YEAR).allocated == 250_000


def test_v5_a_preview_holds_only_as_long_as_what_it_said(client: Client) -> None:
    used()
    seen = as_(client, planner()).post(CHANGE, MORE).context["preview"]
    budget.reserve(visit(), 7_500, actor=planner())
    answer = client.post(CHANGE, {**MORE, "preview": seen})
    assert (answer.status_code, budget_overview(TRAVEL, YEAR).allocated) == (422, PLAN)
    assert answer.context["foreseen"][1] == "남은 예산: 800,000원 → 1,050,000원"


def test_v5_a_change_between_reading_and_writing_gives_the_form_with_the_new_figures(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two who send at the same moment: the second has read before the first has written."""
    used()
    seen = as_(client, planner()).post(CHANGE, MORE).context["preview"]

    def late(*args: Any) -> Any:
        """What is sent once is done in a transaction of its own, which begins after the reading."""
        budget.allocate(
            TRAVEL, YEAR, 1_000, document="기획예산과-1", reason="먼저 누른 사람", actor=planner()
        )
        return sent_once(*args)

    monkeypatch.setattr("core.views.seen.sent_once", late)
    answer = client.post(CHANGE, {**MORE, "preview": seen})
    assert (answer.status_code, budget_overview(TRAVEL, YEAR).allocated) == (422, PLAN + 1_000)
    assert "그사이 예산이 바뀌었습니다" in answer.content.decode()
    assert "지금 편성액은 1,251,000원" in answer.content.decode()
    assert answer.context["form"]["reason"].value() == MORE["reason"]


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"direction": "less", "amount": "807,501"}, "amount", "807,500원까지 줄일 수 있습니다"),
        ({"amount": "0"}, "amount", "1 이상"),
        ({"amount": "9" * 20}, "amount", "999,999,999,999원 이하로"),
        ({"document": "1131"}, "document", "기획예산과-1131처럼"),
        ({"reason": ""}, "reason", ""),
        ({"direction": ""}, "direction", ""),
    ],
)
def test_v5_what_cannot_be_changed_is_said_beside_its_field(
    client: Client, values: dict[str, str], field: str, said: str
) -> None:
    used()
    answer = as_(client, planner()).post(CHANGE, MORE | values)
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    assert budget_overview(TRAVEL, YEAR).allocated == PLAN


# -------------------------------------------------------------------------------------------- entries


def test_v5_every_entry_is_listed_and_goes_to_excel(client: Client) -> None:
    used()
    page = as_(client, planner()).get(f"/budgets/travel/entries/?year={YEAR}")
    rows = [[cell.text for cell in row.cells] for row in page.context["list"].rows]
    assert [(row[2], row[4], row[5]) for row in rows] == [
        ("예정", "-187,500", "807,500"),
        ("집행", "-255,000", "995,000"),
        ("예정 해제", "+255,000", "1,250,000"),
        ("예정", "-255,000", "995,000"),
        ("편성", "+1,250,000", "1,250,000"),
    ]
    for query, count in (("kind=spend", 1), ("year=2016", 0), ("q=공유", 0), ("q=1131", 1), ("q=○○시", 4)):
        assert client.get(f"/budgets/travel/entries/?{query}").context["list"].count == count
    answer = client.get("/budgets/travel/entries/?export=xlsx")
    sheet: Any = load_workbook(BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]  # a file's answer is a stream
    assert sheet.max_row == 1 + 5


@pytest.mark.parametrize("url", [HOME, "/budgets/travel/entries/", f"{HOME}report/"])
def test_v5_pages_take_the_same_few_queries_however_many_visits(
    client: Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policies.registry.CACHE_SECONDS", 600)
    allocate(100_000_000)
    budget.reserve(visit(), 1000, actor=planner())
    as_(client, planner()).get(url)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    few = queries()
    for _ in range(12):
        budget.reserve(visit(), 1000, actor=planner())
        allocate(1000)
    assert queries() == few <= 8


def test_r4_the_dashboard_shows_the_budget_of_the_year(client: Client) -> None:
    assert "올해 편성된 여비 예산이 없습니다" in text(as_(client, planner()), "/dashboard/")
    used()
    page = client.get("/dashboard/")
    assert [part.text for part in page.context["bar"]] == ["255,000원", "187,500원", "807,500원"]


# ------------------------------------------------------------------------------------------- forecast


def seen(allocated: int, *costs: int, year: int = YEAR, day: dt.date = DAY) -> tuple[int, int | None, Any]:
    found = BudgetOverview(year, "과목", allocated, free=allocated - sum(costs))
    outlook = forecast(TRAVEL, found, [BudgetEntry(amount=-cost) for cost in costs], day)
    return outlook.average, outlook.more, outlook.ends


def test_v5_the_forecast_goes_by_the_average_and_the_pace() -> None:
    middle = dt.date(2026, 7, 1)  # the 182nd day
    assert seen(PLAN, 250_000, 350_000, day=middle) == (300_000, 2, None)
    assert seen(PLAN, 500_000, 500_000, day=middle) == (500_000, 0, dt.date(2026, 8, 15))
    assert seen(PLAN) == (250_000, 5, None)
    assert seen(PLAN, 0) == (0, None, None)
    assert seen(PLAN, 1_000_000, year=2025)[2] is None


def test_v5_the_bar_has_no_gaps_and_no_overlap() -> None:
    parts = shares([("a", 1, "1"), ("b", 1, "1"), ("c", 1, "1")])
    assert [part.start for part in parts] == [0, 333, 666]
    assert sum(part.length for part in parts) == BAR
    assert [part.percent for part in parts] == [33, 33, 33]
    assert [part.length for part in shares([("a", 0, "0")])] == [0]
