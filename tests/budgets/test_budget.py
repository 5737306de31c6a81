"""The travel budget: never overdrawn, every won accounted for (V5, D5)."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from basis.errors import Refused, Rejected
from budgets import services as budget
from budgets.enums import BudgetKind
from budgets.models import Budget, BudgetEntry
from budgets.selectors import budget_overview
from core.ledger.verify import verify_all
from core.now import pretend, today
from notifications.models import Notice
from organization.models import Department
from tests.effort import rounds
from tests.factories import DepartmentFactory, UserFactory, planner
from visits.models import FieldVisit
from visits.purse import TRAVEL

pytestmark = pytest.mark.dialect

DAY = dt.date(2026, 11, 20)
YEAR, PLAN = 2026, 1_250_000
PAPER = {"document": "기획예산과-1131", "reason": "2026년 여비 예산 편성"}


def unsaved(year: int, office: Department) -> FieldVisit:
    return FieldVisit(
        department=office,
        department_name=office.name,
        visited_on=dt.date(year, 11, 27),
        host="○○시",
        purpose="공유주차",
        headcount=5,
    )


def visit(year: int = YEAR, department: Department | None = None) -> FieldVisit:
    made = unsaved(year, department or DepartmentFactory())
    made.save()
    return made


def allocate(amount: int = PLAN, year: int = YEAR, **values: Any) -> BudgetEntry:
    return budget.allocate(TRAVEL, year, amount, actor=planner(), **{**PAPER, **values})


def figures(year: int = YEAR) -> tuple[int, int, int, int]:
    """Allocated, reserved, spent, free."""
    found = budget_overview(TRAVEL, year)
    assert found.allocated == found.reserved + found.spent + found.free
    return found.allocated, found.reserved, found.spent, found.free


def clean() -> bool:
    return list(verify_all()) == []


@pytest.fixture
def plan(db: None) -> BudgetEntry:
    return allocate()


# ---------------------------------------------------------------------------------------- allocations


@pytest.mark.django_db
def test_v5_a_budget_is_allocated_with_its_document_and_changed_up_and_down() -> None:
    assert not budget_overview(TRAVEL, YEAR).exists
    first = allocate(code="기획 > 국내여비")
    assert (first.label, first.document, first.balance) == ("편성", "기획예산과-1131", PLAN)
    assert allocate(500_000).label == "증액"
    assert allocate(-250_000).label == "감액"
    assert figures() == (1_500_000, 0, 0, 1_500_000)
    assert budget_overview(TRAVEL, YEAR).code == "기획 > 국내여비"
    assert clean()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": -1}, "amount"),
        ({"document": "1131"}, "document"),
        ({"document": ""}, "document"),
        ({"reason": " "}, "reason"),
    ],
)
@pytest.mark.django_db
def test_v5_what_cannot_be_allocated(values: dict[str, Any], field: str) -> None:
    with pytest.raises(Rejected) as rejected:
        allocate(**values)
    assert rejected.value.field == field
    assert not Budget.objects.exists()


def test_v5_an_allocation_never_falls_below_what_is_reserved_and_spent(plan: BudgetEntry) -> None:
    budget.reserve(visit(), 1_000_000, actor=planner())
    with pytest.raises(Rejected, match="250,000원까지 줄일 수 있습니다"):
        allocate(-250_001)
    allocate(-250_000)
    assert figures() == (1_000_000, 1_000_000, 0, 0)


@pytest.mark.django_db
def test_v5_only_planning_allocates() -> None:
    with pytest.raises(Refused):
        budget.allocate(TRAVEL, YEAR, PLAN, **PAPER, actor=UserFactory())


# ----------------------------------------------------------------------------- reserve, settle, release


def test_v5_approving_reserves_settling_spends_and_frees_the_rest(plan: BudgetEntry) -> None:
    one = visit()
    budget.reserve(one, 392_000, actor=planner())
    assert figures() == (PLAN, 392_000, 0, 858_000)
    spent = budget.settle(one, 380_000, actor=planner())
    assert (spent.kind, spent.amount, spent.cause) == (BudgetKind.SPEND, -380_000, one)
    assert figures() == (PLAN, 0, 380_000, 870_000)
    assert [(e.label, e.amount) for e in BudgetEntry.objects.of(one).order_by("pk")] == [
        ("예정", -392_000),
        ("예정 해제", 392_000),
        ("집행", -380_000),
    ]
    assert clean()


def test_v5_what_does_not_fit_is_refused_with_what_is_free(plan: BudgetEntry) -> None:
    budget.reserve(visit(), 1_000_000, actor=planner())
    with pytest.raises(Rejected, match="쓸 수 있는 금액은 250,000원인데 392,000원이 필요"):
        budget.reserve(visit(), 392_000, actor=planner())
    assert figures() == (PLAN, 1_000_000, 0, 250_000)


def test_v5_without_a_budget_of_the_year_nothing_is_reserved(plan: BudgetEntry) -> None:
    with pytest.raises(Rejected, match="2027년 여비 예산이 없습니다"):
        budget.reserve(visit(2027), 0, actor=planner())
    assert not Budget.objects.filter(year=2027).exists()


def test_v5_nothing_is_reserved_or_spent_twice(plan: BudgetEntry) -> None:
    one = visit()
    budget.reserve(one, 200_000, actor=planner())
    with pytest.raises(Rejected, match="이미"):
        budget.reserve(one, 200_000, actor=planner())
    budget.settle(one, 200_000, actor=planner())
    for act in (
        lambda: budget.reserve(one, 1, actor=planner()),
        lambda: budget.settle(one, 1, actor=planner()),
        lambda: budget.release(one, reason="취소", actor=planner()),
        lambda: budget.change_reserve(one, 1, actor=planner()),
    ):
        with pytest.raises(Rejected):
            act()
    assert figures() == (PLAN, 0, 200_000, 1_050_000)


def test_v5_the_database_itself_refuses_a_second_reservation_and_an_overdraft(plan: BudgetEntry) -> None:
    entry = budget.reserve(visit(), 200_000, actor=planner())
    entry.pk, entry.sequence = None, 3
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.objects.update(balance=-1)


def test_v5_a_cancelled_visit_frees_its_money_and_may_reserve_again(plan: BudgetEntry) -> None:
    one = visit()
    reserved = budget.reserve(one, 200_000, actor=planner())
    with pytest.raises(Rejected, match="사유"):
        budget.release(one, reason=" ", actor=planner())
    freed = budget.release(one, reason="방문 기관 사정", actor=planner())
    assert (freed.reverses, freed.amount, freed.reason) == (reserved, 200_000, "방문 기관 사정")
    with pytest.raises(Rejected, match="잡아 둔 금액이 없습니다"):
        budget.release(one, reason="또", actor=planner())
    assert budget.reserve(one, 150_000, actor=planner()).turn == 2
    assert figures() == (PLAN, 150_000, 0, 1_100_000)
    assert clean()


def test_v5_settling_takes_more_than_reserved_only_as_far_as_free_money_reaches(plan: BudgetEntry) -> None:
    one = visit()
    budget.reserve(visit(), 1_000_000, actor=planner())
    budget.reserve(one, 200_000, actor=planner())
    with pytest.raises(Rejected, match="이 현장체험에 잡아 둔 200,000원을 포함하여 250,000원"):
        budget.settle(one, 250_001, actor=planner())
    budget.settle(one, 250_000, actor=planner())
    assert figures() == (PLAN, 1_000_000, 250_000, 0)


def test_v5_unsettling_reserves_again_what_was_reserved(plan: BudgetEntry) -> None:
    one = visit()
    budget.reserve(one, 300_000, actor=planner())
    spent = budget.settle(one, 250_000, actor=planner())
    with pytest.raises(Rejected, match="사유"):
        budget.unsettle(one, reason="", actor=planner())
    again = budget.unsettle(one, reason="영수증 누락", actor=planner())
    assert (again.turn, again.amount) == (2, -300_000)
    spent.refresh_from_db()
    assert (spent.reversal.label, spent.reversal.amount) == ("집행 취소", 250_000)
    assert figures() == (PLAN, 300_000, 0, 950_000)
    budget.settle(one, 260_000, actor=planner())
    assert figures() == (PLAN, 0, 260_000, 990_000)
    assert clean()


def test_v5_unsettling_is_not_refused_because_others_took_the_rest(plan: BudgetEntry) -> None:
    one = visit()
    budget.reserve(one, 300_000, actor=planner())
    budget.settle(one, 250_000, actor=planner())
    budget.reserve(visit(), 980_000, actor=planner())
    assert budget.unsettle(one, reason="정정", actor=planner()).amount == -270_000
    assert figures() == (PLAN, 1_250_000, 0, 0)


def test_v5_a_changed_plan_changes_what_is_reserved(plan: BudgetEntry) -> None:
    one = visit()
    old = budget.reserve(one, 300_000, actor=planner())
    assert budget.change_reserve(one, 300_000, actor=planner()) == old
    budget.change_reserve(one, 1_250_000, actor=planner())
    with pytest.raises(Rejected, match="1,250,000원인데 1,250,001원"):
        budget.change_reserve(one, 1_250_001, actor=planner())
    budget.change_reserve(one, 100_000, actor=planner(), reason="인원 축소")
    assert BudgetEntry.objects.of(one).order_by("pk").last().reason == "인원 축소"
    assert figures() == (PLAN, 100_000, 0, 1_150_000)


def test_v5_a_visit_moved_into_another_year_moves_its_money(plan: BudgetEntry) -> None:
    one = visit()
    budget.reserve(one, 300_000, actor=planner())
    one.visited_on = dt.date(2027, 1, 15)
    one.save()
    with pytest.raises(Rejected, match="2027년 여비 예산이 없습니다"):
        budget.change_reserve(one, 300_000, actor=planner())
    allocate(year=2027)
    budget.change_reserve(one, 300_000, actor=planner())
    assert figures() == (PLAN, 0, 0, PLAN)
    assert figures(2027) == (PLAN, 300_000, 0, 950_000)
    one.visited_on = dt.date(2026, 12, 30)
    one.save()
    budget.settle(one, 290_000, actor=planner())
    assert (figures(), figures(2027)) == ((PLAN, 0, 290_000, 960_000), (PLAN, 0, 0, PLAN))
    assert clean()


def test_v5_an_amount_below_nothing_is_refused(plan: BudgetEntry) -> None:
    with pytest.raises(Rejected, match="0원 이상"):
        budget.reserve(visit(), -1, actor=planner())


# -------------------------------------------------------------------------------------------- warnings


def told() -> int:
    return Notice.objects.filter(kind="budgets.short", recipient=planner()).count()


def test_v5_planning_is_told_once_each_time_four_fifths_are_passed(plan: BudgetEntry) -> None:
    one = visit()
    budget.reserve(visit(), 999_990, actor=planner())
    assert told() == 0
    budget.reserve(one, 10, actor=planner())
    assert told() == 1
    budget.reserve(visit(), 10, actor=planner())
    assert told() == 1
    budget.release(one, reason="취소", actor=planner())
    allocate(1_000_000)
    assert told() == 1
    allocate(-1_000_000)
    assert told() == 1  # the same within ten minutes is one
    allocate(1_000_000)
    with pretend(today() + dt.timedelta(days=1)):
        allocate(-1_000_000)
    assert told() == 2
    notice = Notice.objects.filter(kind="budgets.short").latest("pk")
    assert notice.title == "2026년 여비 예산의 80%를 썼거나 쓸 예정입니다"


# ----------------------------------------------------------------------------------- entries stay (D5)


def test_d5_the_ledger_of_the_budget_refuses_every_change(plan: BudgetEntry) -> None:
    for statement in ("UPDATE {} SET amount = 1", "DELETE FROM {}"):
        with (
            pytest.raises(Exception, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(BudgetEntry._meta.db_table))
    plan.refresh_from_db()
    assert plan.amount == PLAN


@pytest.mark.postgres
def test_d5_the_ledger_of_the_budget_refuses_truncate(db: None) -> None:
    with (
        pytest.raises(Exception, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {BudgetEntry._meta.db_table}")


# ------------------------------------------------------------------------------- everything at once (V5)

ROUNDS, REQUESTS, FIRST_YEAR = rounds(15, 100), 50, 2100


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_v5_fifty_requests_at_once_reserve_exactly_five_again_and_again() -> None:
    """Real threads, each on a connection of its own; a fresh budget each round."""
    office, actor = DepartmentFactory(), planner()
    start = Barrier(REQUESTS)

    def ask(one: FieldVisit) -> str:
        start.wait(30)
        try:
            with transaction.atomic():
                FieldVisit.objects.select_for_update().get(pk=one.pk)  # as the caller does
                budget.reserve(one, 250_000, actor=actor)
        except Rejected as rejected:
            return rejected.message
        return ""

    def leave(_: int) -> None:
        start.wait(30)
        connection.close()

    with ThreadPoolExecutor(REQUESTS) as pool:
        try:
            for year in range(FIRST_YEAR, FIRST_YEAR + ROUNDS):
                allocate(year=year)
                visits = FieldVisit.objects.bulk_create([unsaved(year, office) for _ in range(REQUESTS)])
                refusals = [said for said in pool.map(ask, visits) if said]
                assert len(refusals) == 45
                short = f"{year}년에 쓸 수 있는 금액은 0원인데 250,000원이 필요"
                assert all(short in said for said in refusals)
                assert figures(year) == (PLAN, PLAN, 0, 0)
                account = Budget.objects.get(year=year)
                assert account.lines.aggregate(sum=Sum("amount"))["sum"] == account.balance == 0
                assert account.length == 1 + 5
        finally:
            list(pool.map(leave, range(REQUESTS)))
    assert clean()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_v5_one_visit_asked_for_many_times_at_once_is_reserved_once() -> None:
    """Even where the caller forgot to lock the visit."""
    allocate()
    one, actor, start = visit(), planner(), Barrier(8)

    def ask(_: int) -> bool:
        try:
            start.wait(30)
            budget.reserve(one, 100_000, actor=actor)
        except Rejected:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(8))) == 1
    assert figures() == (PLAN, 100_000, 0, 1_150_000)


# ------------------------------------------------------------------------------ against a plain model

YEARS = (2026, 2027)
amounts = st.integers(0, 700_000)


class BudgetMachine(RuleBasedStateMachine):
    """Any acts in any order on four visits and two years, against two dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.office, self.actor = DepartmentFactory(), planner()
        self.visits = [visit(2026 + n % 2, self.office) for n in range(4)]
        self.allocated = dict.fromkeys(YEARS, 0)
        self.held: dict[int, tuple[str, int, int]] = {}  # visit → what stands, year, amount
        self.reserved: dict[int, int] = {}  # what the visit reserved last

    def free(self, year: int, *, without: int | None = None) -> int:
        taken = (amount for n, (_, y, amount) in self.held.items() if y == year and n != without)
        return self.allocated[year] - sum(taken)

    def attempt(self, allowed: bool, act: Any, *args: Any, **values: Any) -> bool:
        try:
            act(*args, **values, actor=self.actor)
        except Rejected:
            assert not allowed
        else:
            assert allowed
        return allowed

    def stands(self, n: int) -> str:
        return self.held[n][0] if n in self.held else ""

    def fits(self, n: int, amount: int) -> bool:
        year = self.visits[n].visited_on.year
        return bool(self.allocated_once(year)) and amount <= self.free(year, without=n)

    def allocated_once(self, year: int) -> bool:
        return Budget.objects.filter(year=year, length__gt=0).exists()

    def hold(self, n: int, kind: str, amount: int) -> None:
        self.held[n] = (kind, self.visits[n].visited_on.year, amount)
        if kind == "reserve":
            self.reserved[n] = amount

    @rule(year=st.sampled_from(YEARS), amount=st.integers(-500_000, 1_000_000))
    def allocate(self, year: int, amount: int) -> None:
        allowed = amount != 0 and self.free(year) + amount >= 0
        if self.attempt(allowed, budget.allocate, TRAVEL, year, amount, **PAPER):
            self.allocated[year] += amount

    @rule(n=st.integers(0, 3), amount=amounts)
    def reserve(self, n: int, amount: int) -> None:
        if self.attempt(not self.stands(n) and self.fits(n, amount), budget.reserve, self.visits[n], amount):
            self.hold(n, "reserve", amount)

    @rule(n=st.integers(0, 3), amount=amounts)
    def change(self, n: int, amount: int) -> None:
        allowed = self.stands(n) == "reserve" and self.fits(n, amount)
        if self.attempt(allowed, budget.change_reserve, self.visits[n], amount):
            self.hold(n, "reserve", amount)

    @rule(n=st.integers(0, 3), year=st.sampled_from(YEARS))
    def put_off(self, n: int, year: int) -> None:
        self.visits[n].visited_on = self.visits[n].visited_on.replace(year=year)
        self.visits[n].save()

    @rule(n=st.integers(0, 3))
    def release(self, n: int) -> None:
        if self.attempt(self.stands(n) == "reserve", budget.release, self.visits[n], reason="취소"):
            del self.held[n]

    @rule(n=st.integers(0, 3), amount=amounts)
    def settle(self, n: int, amount: int) -> None:
        allowed = self.stands(n) == "reserve" and self.fits(n, amount)
        if self.attempt(allowed, budget.settle, self.visits[n], amount):
            self.hold(n, "spend", amount)

    @rule(n=st.integers(0, 3))
    def unsettle(self, n: int) -> None:
        year = self.visits[n].visited_on.year
        allowed = self.stands(n) == "spend" and self.allocated_once(year)
        if self.attempt(allowed, budget.unsettle, self.visits[n], reason="정정"):
            self.hold(n, "reserve", min(self.reserved[n], self.free(year, without=n)))

    @invariant()
    def agrees(self) -> None:
        for year in YEARS:
            sums = {
                kind: sum(amount for k, y, amount in self.held.values() if (k, y) == (kind, year))
                for kind in ("reserve", "spend")
            }
            free = self.free(year)
            assert free >= 0
            assert figures(year) == (self.allocated[year], sums["reserve"], sums["spend"], free)

    def teardown(self) -> None:
        try:
            assert clean()
        finally:
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)


@pytest.mark.slow
@pytest.mark.django_db
def test_v5_any_acts_in_any_order_agree_with_a_plain_model() -> None:
    run_state_machine_as_test(
        BudgetMachine,
        settings=settings(
            max_examples=rounds(12, 50),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
