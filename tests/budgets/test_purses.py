"""Budgets of any purse: another user of money has its own budgets, pages and rights (V5)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client

from basis.errors import Rejected
from budgets import services as budget
from budgets.models import Budget, BudgetEntry
from budgets.purses import PURSES, Causes, Purse
from budgets.selectors import budget_overview
from core.ledger.verify import verify_all
from core.now import pretend
from organization.enums import Role
from organization.models import Department
from tests.budgets.test_budget import PLAN, allocate, visit
from tests.factories import DepartmentFactory, UserFactory, planner
from visits.purse import TRAVEL

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
MOVING = replace(
    TRAVEL,
    key="moving",
    label="이사 예산",
    view="organization.manage",  # the administrator's
    change="visits.change_budget",
    causes=Causes(
        Department, "부서", "name", "이름", "valid_from", "이사한 날", "code", "부서 코드", "department"
    ),
    words=replace(TRAVEL.words, each="부서별 이사 비용", nothing="이사한 부서가 없습니다."),
    holder=lambda office: f"bureau:{office.parent_id}" if office.parent_id else "",
)


@pytest.fixture(autouse=True)
def _another() -> Iterator[None]:
    with PURSES.only(TRAVEL, MOVING), pretend(DAY):
        yield


def give(amount: int = 1_000_000, holder: str = "", purse: Purse = MOVING) -> BudgetEntry:
    return budget.allocate(
        purse, DAY.year, amount, holder=holder, document="기획예산과-1", reason="이사", actor=planner()
    )


def office(parent: Department | None = None) -> Department:
    return DepartmentFactory(parent=parent, valid_from=DAY)


def free(purse: Purse) -> int:
    return budget_overview(purse, DAY.year).free


def test_v5_each_purse_pays_for_its_own() -> None:
    allocate()
    give()
    budget.reserve(office(), 300_000, actor=planner())
    assert (free(TRAVEL), free(MOVING)) == (PLAN, 700_000)
    budget.reserve(visit(), 250_000, actor=planner())
    assert (free(TRAVEL), free(MOVING)) == (PLAN - 250_000, 700_000)
    assert list(verify_all()) == []


def test_v5_things_of_two_kinds_with_one_number_are_told_apart() -> None:
    allocate()
    give()
    here = office()
    there = visit()
    there.pk = here.pk
    there.save()
    budget.reserve(here, 1, actor=planner())
    budget.reserve(there, 2, actor=planner())
    assert [entry.amount for entry in BudgetEntry.objects.of(here)] == [-1]
    assert [entry.amount for entry in BudgetEntry.objects.of(there)] == [-2]


def test_v5_a_holder_has_a_budget_of_its_own() -> None:
    bureau = office()
    ours = office(bureau)
    give(500_000)
    with pytest.raises(Rejected, match="이사 예산이 없습니다"):
        budget.reserve(ours, 1, actor=planner())
    give(200_000, holder=f"bureau:{bureau.pk}")
    budget.reserve(ours, 150_000, actor=planner())
    assert Budget.objects.get(holder=f"bureau:{bureau.pk}").balance == 50_000
    assert free(MOVING) == 500_000, "the office's own"


def test_v5_the_pages_speak_of_the_purse_and_open_to_its_own_people(client: Client) -> None:
    give()
    moved = office()
    budget.reserve(moved, 300_000, actor=planner())
    admin = UserFactory(roles=[Role.ADMINISTRATOR])
    client.force_login(admin)
    page = client.get("/budgets/moving/").content.decode()
    assert "2026년 이사 예산" in page
    assert "부서별 이사 비용" in page
    assert f'href="{MOVING.causes.url(moved.pk)}"' in page
    rows = client.get("/budgets/moving/entries/").context["list"].rows
    assert [(row.cells[2].text, row.cells[3].text) for row in rows] == [("예정", moved.name), ("편성", "")]
    assert client.get("/budgets/moving/2026/report/").status_code == 200
    assert client.get("/budgets/travel/").status_code == 403
    assert client.get("/budgets/nothing/").status_code == 404
    client.force_login(UserFactory(roles=[Role.GENERAL_AFFAIRS]))
    assert client.get("/budgets/moving/").status_code == 403
    assert {client.get(f"/budgets/travel/{part}").status_code for part in ("", "entries/")} == {200}


def test_v5_nobody_sees_entries_of_a_purse_that_is_not_theirs() -> None:
    allocate()
    give()
    admin, orders = UserFactory(roles=[Role.ADMINISTRATOR]), UserFactory(roles=[Role.GENERAL_AFFAIRS])
    for user, kind in ((admin, "moving"), (orders, "travel")):
        seen = BudgetEntry.objects.visible_to(user).values_list("account__kind", flat=True)
        assert (set(seen), Budget.objects.visible_to(user).get().kind) == ({kind}, kind)
    assert not BudgetEntry.objects.visible_to(UserFactory()).exists()
