"""A bonus from the result to the paid won: reckoned, chosen, shared, approved, agreed, paid, taken back (I7, D9)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from basis.errors import Refused, Rejected
from budgets.selectors import budget_overview
from core.models import OpenWork
from core.now import today
from incentives.enums import DivisionState
from incentives.models import Division, Payout, Result
from incentives.purse import BONUS
from incentives.selectors.results import explain
from incentives.services import payouts, results
from tests import factories as make
from tests.incentives import gangbuk, won

pytestmark = pytest.mark.django_db


def asks(payout: Payout) -> list[str]:
    rows = OpenWork.objects.filter(object_id=payout.pk, content_type__model="payout")
    return sorted(set(rows.values_list("ask", flat=True)))


def test_i7_a_bonus_goes_from_the_result_to_paid() -> None:
    one = won.result(None, "우수", won.money())
    assert (one.payout.amount, one.payout.state, asks(one.payout)) == (8_000_000, "reckoned", ["plan"])
    won.funded()
    payout = won.planned(one)
    assert (payout.state, asks(payout)) == ("planned", ["approve"])
    payout = payouts.approve(payout, document="세무과-77", on=today(), actor=won.owner_of(one))
    assert asks(payout) == ["agree"]
    payout = payouts.agree(payout, actor=make.planner())
    assert budget_overview(BONUS, payout.day.year).reserved == 8_000_000
    payout = payouts.ask(payout, document="세무과-78", actor=won.owner_of(one))
    assert asks(payout) == ["pay"]
    payout = payouts.pay(payout, on=today(), actor=make.planner())
    found = budget_overview(BONUS, payout.day.year)
    assert (found.spent, found.reserved, asks(payout)) == (8_000_000, 0, [])
    payout = payouts.unpay(payout, reason="잘못 기록", actor=make.planner())
    assert budget_overview(BONUS, payout.day.year).reserved == 8_000_000
    payout = payouts.pay(payout, on=today(), actor=make.planner())
    payout = payouts.repay(payout, amount=1_000_000, reason="수상금 환수", actor=make.planner())
    assert budget_overview(BONUS, payout.day.year).free == 93_000_000
    with pytest.raises(Rejected, match="환수한"):
        payouts.unpay(payout, reason="취소", actor=make.planner())
    with pytest.raises(Rejected, match="환수액"):
        payouts.repay(payout, amount=7_000_001, reason="너무 많음", actor=make.planner())


def test_i7_what_was_not_told_brings_nothing_and_says_so() -> None:
    one = won.result(won.division(told=False), "최우수", won.money())
    assert (one.payout.amount, one.payout.state) == (0, "nothing")
    assert "통보하지 않아" in dict(explain(one, one.payout))["산정 기준"]
    assert not asks(one.payout)


@pytest.mark.parametrize(("kind", "grade"), [("single", "우수"), ("outside", "좋은 자치단체장상")])
def test_i7_where_the_plan_is_silent_planning_chooses_with_a_reason(kind: str, grade: str) -> None:
    one = won.result(won.division(kind=kind), grade)
    assert (one.payout.amount, one.payout.state, asks(one.payout)) == (None, "unsettled", ["choose"])
    assert dict(explain(one, one.payout))["포상금"] == "정해지지 않음"
    with pytest.raises(Rejected, match="지금 상태"):
        won.planned(one)
    with pytest.raises(Rejected, match="사유"):
        payouts.choose(won.fresh(one), choice="nothing", reason=" ", actor=make.planner())
    with pytest.raises(Refused):
        payouts.choose(won.fresh(one), choice="nothing", reason="없음", actor=won.owner_of(one))
    payout = payouts.choose(
        won.fresh(one), choice="fixed", tier="good", reason="대외평가에 준함", actor=make.planner()
    )
    assert (payout.amount, payout.state, asks(payout)) == (1_000_000, "reckoned", ["plan"])
    assert dict(explain(one, payout))["정한 사유"] == "대외평가에 준함"
    payout = payouts.choose(payout, choice="nothing", reason="지급하지 않음", actor=make.planner())
    assert (payout.amount, payout.state) == (0, "nothing")


def test_i7_where_the_plan_speaks_nothing_is_chosen() -> None:
    one = won.result(None, "우수", won.money())
    with pytest.raises(Rejected, match="기준이 있는"):
        payouts.choose(won.fresh(one), choice="nothing", reason="아깝다", actor=make.planner())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(100, 10**9), st.lists(st.integers(0, 100), min_size=2, max_size=2))
def test_i7_shares_add_up_to_the_won(amount: int, cuts: list[int]) -> None:
    low, high = sorted(cuts)
    one = won.result(
        won.division(make.DepartmentFactory(), make.DepartmentFactory(), make.DepartmentFactory()),
        "우수",
        won.money(amount),
    )
    if not one.payout.amount:
        return
    wanted = (low, high - low, 100 - high)
    won.planned(one, *wanted)
    shares = list(one.shares.order_by("order"))
    assert [share.percent for share in shares] == list(wanted)
    assert sum(share.amount or 0 for share in shares) == one.payout.amount
    assert all((share.amount or 0) % 10 == 0 for share in shares[1:])


def test_i7_shares_that_are_not_100_are_refused() -> None:
    one = won.result(won.division(make.DepartmentFactory(), make.DepartmentFactory()), "우수", won.money())
    with pytest.raises(Rejected, match="지금은 90%"):
        won.planned(one, 60, 30)
    assert won.fresh(one).state == "reckoned"


def test_i7_nothing_is_paid_of_money_that_has_not_come_in() -> None:
    one = won.result(None, "우수", won.money(50_000_000), won.money(30_000_000, came=False))
    won.funded()
    payout = won.approved(one)
    with pytest.raises(Rejected, match="다 들어오지"):
        payouts.agree(payout, actor=make.planner())
    assert budget_overview(BONUS, today().year).reserved == 0
    results.set_prizes(one, [won.money(50_000_000), won.money(30_000_000)], actor=make.planner())
    assert payouts.agree(won.fresh(one), actor=make.planner()).state == "agreed"
    with pytest.raises(Rejected, match="배분을 거두어"):
        results.set_prizes(one, [won.money(90_000_000)], actor=make.planner())


def test_i7_never_above_what_the_year_was_given() -> None:
    one = won.result(None, "우수", won.money())
    won.funded(7_999_999)
    with pytest.raises(Rejected, match="모자랍니다"):
        won.agreed(one)
    assert won.fresh(one).state == "approved"


def test_d9_who_shared_it_out_or_asked_neither_agrees_nor_pays() -> None:
    one, planner, second = won.result(None, "우수", won.money()), make.planner(), won.second_planner()
    won.funded()
    shares = {one.shares.get().pk: 100}
    payout = payouts.plan(won.fresh(one), shares, actor=planner)
    payout = payouts.approve(payout, document="세무과-77", on=today(), actor=won.owner_of(one))
    with pytest.raises(Refused, match="배분하거나"):
        payouts.agree(payout, actor=planner)
    payout = payouts.agree(payout, actor=second)
    payout = payouts.ask(payout, document="세무과-78", actor=second)
    for who in (planner, second):
        with pytest.raises(Refused):
            payouts.pay(payout, on=today(), actor=who)


def test_i7_it_goes_back_step_by_step_and_what_was_set_aside_is_free_again() -> None:
    one = won.result(None, "우수", won.money())
    won.funded()
    payout = won.requested(one)
    payout = payouts.unask(payout, actor=won.owner_of(one))
    payout = payouts.disagree(payout, reason="다시 봄", actor=make.planner())
    assert budget_overview(BONUS, payout.day.year).free == 100_000_000
    payout = payouts.give_back(payout, reason="비율을 다시", actor=make.planner())
    assert (payout.state, payout.document, one.shares.get().amount) == ("reckoned", "", None)
    won.planned(one)
    payouts.take_back(won.fresh(one), actor=won.owner_of(one))
    results.correct(
        one,
        {"title": one.title, "grade": "장려", "decided_on": one.decided_on},
        [(one.shares.get().department, "owner")],
        reason="평가기관 정정",
        actor=make.planner(),
    )
    assert won.again(one).tier == "fair"


def test_i6_a_grade_that_is_not_in_the_list_is_asked() -> None:
    with pytest.raises(Rejected, match="등급 이름 목록에 없습니다"):
        won.result(None, "참 잘함")


def test_i6_a_result_moves_its_division_and_is_deleted_before_it_is_shared_out() -> None:
    one = won.result(None, "우수", won.money())
    assert one.division.state == DivisionState.JUDGED
    other = won.result(one.division, "노력", title="다른 분야")
    results.delete(other, reason="잘못 적음", actor=make.planner())
    assert Division.objects.get().state == DivisionState.JUDGED
    won.planned(one)
    with pytest.raises(Rejected, match="이미 배분"):
        results.delete(one, reason="잘못 적음", actor=make.planner())
    payouts.take_back(won.fresh(one), actor=won.owner_of(one))
    results.delete(one, reason="잘못 적음", actor=make.planner())
    assert Division.objects.get().state == DivisionState.SUBMITTED
    assert not Payout.objects.exists()
    assert not OpenWork.objects.filter(content_type__model="payout").exists()


def test_i7_a_bonus_not_yet_paid_goes_over_to_the_new_department() -> None:
    old, new = make.DepartmentFactory(), make.DepartmentFactory()
    alone, both = won.result(won.division(old), "우수", won.money()), won.division(old, new)
    shared = won.result(both, "우수", won.money())
    won.planned(shared, 70, 30)
    payouts.department_merged(old, new, make.planner())
    assert [share.department for share in alone.shares.all()] == [new]
    (share,) = shared.shares.all()
    assert (share.department, share.role, share.percent, share.amount) == (new, "owner", 100, 8_000_000)
    assert won.fresh(shared).place == new.name


def test_n1_the_bonus_of_a_result_that_was_taken_in_is_paid_if_somebody_wants_it() -> None:
    gangbuk.all_of_2015()
    one = won.again(Result.objects.get(number=10))
    payout = payouts.begin(won.fresh(one), reason="2016년에 지급", actor=make.planner())
    assert (payout.state, payout.amount, asks(payout)) == ("reckoned", 9_000_000, ["plan"])
    won.funded()
    won.approved(one)
    with pytest.raises(Rejected, match="다 들어오지"):
        payouts.agree(won.fresh(one), actor=make.planner())
    silent = payouts.begin(won.fresh(Result.objects.get(number=13)), reason="지급 검토", actor=make.planner())
    assert (silent.state, silent.amount) == ("unsettled", None)
