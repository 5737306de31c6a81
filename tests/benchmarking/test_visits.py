"""Field visits from the request to the settlement: what may be done, by whom, and what is refused (V1–V3, V6)."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile

from benchmarking.enums import VisitState
from benchmarking.models import BudgetEntry, FieldVisit, VisitDay
from benchmarking.selectors.budget import budget_overview
from benchmarking.selectors.visits import side_count, todos
from benchmarking.services import dispatch, visit_orders, visit_reports, visits
from benchmarking.services.visit_reports import Expense
from core import duties
from core.errors import Refused, Rejected
from core.ledger.verify import verify_all
from core.models import TransitionLog
from core.now import pretend
from core.transition import history
from mileage.enums import Scheme
from mileage.models import Account
from notifications.models import Mail, Notice
from organization.enums import Role
from organization.models import User
from organization.services import departments
from tests import factories as make
from tests import visits as v

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 16)  # a Monday
LATER = DAY + dt.timedelta(days=4)  # the day after the visit
ON = DAY + dt.timedelta(days=v.AHEAD)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


@pytest.fixture
def money() -> None:
    v.orderer()  # is told, so must be there
    v.allocate()


def balances(user: User) -> tuple[int, int]:
    """Points and hours."""
    found = dict(Account.objects.filter(user=user).values_list("scheme", "balance"))
    return found.get(Scheme.CREATIVITY, 0) // 100, found.get(Scheme.LEARNING, 0) // 100


def figures() -> tuple[int, int, int]:
    """Reserved, spent, free."""
    found = budget_overview(2026)
    return found.reserved, found.spent, found.free


def people(visit: FieldVisit) -> list[User]:
    return [make.fresh(member.user) for member in visit.members.select_related("user")]


def refused(field: str | None, act: Callable[[], Any]) -> str:
    with pytest.raises(Rejected) as rejected:
        act()
    assert rejected.value.field == field
    return rejected.value.message


# ------------------------------------------------------------------------------------------- the request


def test_v1_a_request_reckons_its_estimate_by_the_rates_of_the_day(money: None) -> None:
    review = make.ReviewFactory()
    visit = v.written(review, v.team(review, 5), transport_each=38_400)
    assert visit.estimate == 5 * (25_000 + 25_000 + 38_400)
    assert [line.as_line().sum for line in visit.lines.all()] == [192_000, 125_000, 125_000]
    assert (visit.state, visit.headcount, visit.department) == (VisitState.DRAFT, 5, review.department)


def test_v1_a_team_has_five_at_most_and_nobody_twice() -> None:
    review = make.ReviewFactory()
    assert "5명까지" in refused("members", lambda: v.written(review, v.team(review, 6)))
    one = v.team(review, 1)
    assert "두 번" in refused("members", lambda: v.written(review, one * 2))
    assert refused("members", lambda: v.written(review, []))


def test_v1_members_may_be_of_other_departments_but_are_staff() -> None:
    review = make.ReviewFactory()
    guest = make.UserFactory()
    assert v.written(review, [*v.team(review, 1), guest]).members.filter(user=guest).exists()
    outsider = make.UserFactory(department=None)
    assert outsider.name in refused("members", lambda: v.written(review, [*v.team(review, 1), outsider]))


def test_v1_only_for_a_review_that_is_open() -> None:
    review = make.ReviewFactory()
    team = v.team(review)
    waiting = v.written(review, team)
    make.answered(review)
    assert "검토하고 있는 사례만" in refused(None, lambda: v.written(review, team))
    assert refused(None, lambda: visits.submit(waiting, actor=make.fresh(team[0])))
    again = make.ReviewFactory()
    waiting = v.written(again)
    dispatch.recall(again, reason="잘못 보냄", actor=make.planner())
    assert refused(None, lambda: visits.submit(waiting, actor=people(waiting)[0]))


def test_v1_only_the_department_asks() -> None:
    review = make.ReviewFactory()
    team = v.team(review)
    for other in (make.UserFactory(), make.planner(), v.orderer()):
        with pytest.raises(Refused):
            visits.write(review, v.plan(), team, actor=other)


def test_v1_the_same_day_and_not_in_the_past() -> None:
    assert "당일" in refused("days", lambda: v.written(days=2))
    assert refused("visited_on", lambda: v.written(visited_on=DAY - dt.timedelta(days=1)))
    assert v.written(visited_on=DAY).visited_on == DAY


def test_v1_nobody_is_on_two_visits_the_same_day() -> None:
    first = v.visit()
    both = people(first)[0]
    review = make.ReviewFactory()
    second = v.written(review, [*v.team(review, 1), both])
    said = refused("members", lambda: visits.submit(second, actor=people(second)[0]))
    assert both.full_label in said
    assert first.host in said
    visits.withdraw(first, actor=both)
    assert visits.submit(second, actor=people(second)[0]).state == VisitState.SUBMITTED


def test_v4_a_line_is_adjusted_only_with_a_reason() -> None:
    review = make.ReviewFactory()
    team = v.team(review)
    write = lambda reason: visits.write(  # noqa: E731
        review, v.plan(), team, adjustments={"meals": (30_000, reason)}, actor=make.fresh(team[0])
    )
    assert refused("meals_reason", lambda: write(""))
    visit = write("점심만 먹음")
    assert visit.estimate == 2 * (10_000 + 25_000) + 30_000
    assert visit.lines.get(kind="meals").reason == "점심만 먹음"


def test_o5_a_substitute_asks_for_the_head_and_decides_for_planning(money: None) -> None:
    review = make.ReviewFactory()
    head, planner = make.head(review), make.planner()
    for_head, for_planner = make.UserFactory(), make.UserFactory()
    make.away(head, for_head, DAY, LATER)
    make.away(planner, for_planner, DAY, LATER)
    visit = visits.ask(review, v.plan(), v.team(review), actor=make.fresh(for_head))
    assert any(todo.principal for todo in todos(make.fresh(for_planner)))
    visits.approve(visit, actor=make.fresh(for_planner))
    assert list(history(visit).values_list("name", "principal")) == [
        ("write", head.pk),
        ("submit", head.pk),
        ("approve", planner.pk),
    ]


# ------------------------------------------------------------------------------------------ the decision


def test_v2_v5_approving_reserves_the_estimate(money: None) -> None:
    visit = v.visit(VisitState.APPROVED)
    assert visit.reserved == visit.estimate == 120_000
    assert figures() == (120_000, 0, 1_130_000)
    assert not list(verify_all())


def test_v5_without_money_nothing_is_approved() -> None:
    visit = v.visit()
    approve = lambda: visits.approve(visit, actor=make.planner())  # noqa: E731
    assert "예산이 없습니다" in refused(None, approve)
    v.allocate(100_000)
    assert "모자랍니다" in refused(None, approve)
    assert v.again(visit).state == VisitState.SUBMITTED
    assert not BudgetEntry.objects.filter(visit=visit).exists()
    assert not Notice.objects.filter(kind="benchmarking.visit_approved").exists()


def test_v2_returned_mended_and_submitted_again(money: None) -> None:
    visit = v.visit()
    asker = people(visit)[0]
    assert refused("reason", lambda: visits.send_back(visit, reason=" ", actor=make.planner()))
    visits.send_back(visit, reason="날짜를 바꾸어 주세요.", actor=make.planner())
    assert not VisitDay.objects.exists()
    assert [todo.verb for todo in todos(asker)] == ["현장체험 신청 고치기"]
    moved = v.plan(visited_on=ON + dt.timedelta(days=1))
    visits.edit_and_submit(visit, moved, people(visit), actor=asker)
    assert (v.again(visit).state, v.again(visit).visited_on) == (VisitState.SUBMITTED, moved["visited_on"])
    assert set(VisitDay.objects.values_list("day", flat=True)) == {moved["visited_on"]}


def test_v2_rejected_is_the_end() -> None:
    visit = v.visit()
    visits.reject(visit, reason="비슷한 방문이 있었습니다.", actor=make.planner())
    assert v.again(visit).state == VisitState.REJECTED
    assert refused(None, lambda: visits.submit(visit, actor=people(visit)[0]))
    assert not VisitDay.objects.exists()


def test_v2_a_submitted_plan_is_withdrawn_before_it_is_mended() -> None:
    visit = v.visit()
    asker = people(visit)[0]
    assert refused(None, lambda: visits.edit(visit, v.plan(), people(visit), actor=asker))
    visits.withdraw(visit, actor=asker)
    assert visits.edit(visit, v.plan(host="△△시청"), people(visit), actor=asker).host == "△△시청"


def test_v2_a_day_that_has_passed_cannot_be_approved(money: None) -> None:
    visit = v.visit()
    with pretend(LATER):
        assert "방문일이 지났습니다" in refused(None, lambda: visits.approve(visit, actor=make.planner()))


@pytest.mark.parametrize("step", ["approve", "send_back", "reject"])
def test_v2_only_planning_decides(step: str, money: None) -> None:
    visit = v.visit()
    more = {} if step == "approve" else {"reason": "까닭"}
    for other in (people(visit)[0], make.head(visit.review), v.orderer()):
        with pytest.raises(Refused):
            getattr(visits, step)(visit, actor=other, **more)


def test_v2_the_department_is_told_at_each_step(money: None) -> None:
    visit = v.visit(VisitState.SETTLED)
    asker, head = people(visit)[0], make.head(visit.review)
    told = set(Notice.objects.filter(recipient=asker).values_list("kind", flat=True))
    assert {
        f"benchmarking.visit_{k}" for k in ("approved", "ordered", "travelled", "settled", "earned")
    } <= told
    assert set(Notice.objects.filter(recipient=head).values_list("kind", flat=True)) >= {
        "benchmarking.visit_asked",
        "benchmarking.visit_approved",
        "benchmarking.visit_ordered",
        "benchmarking.visit_settled",
    }
    assert Notice.objects.filter(recipient=make.planner(), kind="benchmarking.visit_reported").exists()
    assert Mail.objects.filter(recipient=v.orderer(), kind="benchmarking.visit_to_order").count() == 1


# -------------------------------------------------------------------------------------------- the orders


def test_v2_general_affairs_records_the_order(money: None) -> None:
    visit = v.visit(VisitState.APPROVED)
    assert [todo.verb for todo in todos(v.orderer())] == ["출장명령 기록하기"]
    assert refused("number", lambda: visit_orders.order(visit, "777", actor=v.orderer()))
    with pytest.raises(Refused):
        visit_orders.order(visit, "총무과-777", actor=make.planner())
    visit_orders.order(visit, "총무과-777", actor=v.orderer())
    assert (v.again(visit).state, v.again(visit).order_number) == (VisitState.ORDERED, "총무과-777")
    assert side_count(v.orderer()) == 0


def test_v2_many_orders_at_once_each_with_its_result(money: None) -> None:
    first, second = v.visit(VisitState.APPROVED), v.visit(VisitState.APPROVED)
    waiting = v.visit()
    numbers = [(waiting, "총무과-3"), (second, "번호"), (first, "총무과-1")]
    results = {
        result.visit.pk: result.error for result in visit_orders.order_many(numbers, actor=v.orderer())
    }
    assert not results[first.pk]
    assert "문서번호는" in results[second.pk]
    assert "승인 대기" in results[waiting.pk]
    assert [v.again(one).order_number for one in (first, second, waiting)] == ["총무과-1", "", ""]


def test_d5_a_wrong_number_is_corrected_with_a_reason(money: None) -> None:
    visit = v.visit(VisitState.ORDERED)
    correct = visit_orders.correct_order
    assert refused("reason", lambda: correct(visit, "총무과-778", reason="", actor=v.orderer()))
    assert refused("number", lambda: correct(visit, "총무과-777", reason="오기", actor=v.orderer()))
    correct(visit, "총무과-778", reason="오기", actor=v.orderer())
    log = TransitionLog.objects.get(name="correct_order")
    assert (log.data["from"], log.data["to"], log.reason) == ("총무과-777", "총무과-778", "오기")


# --------------------------------------------------------------------------------------- change and end


def test_v2_another_day_needs_approval_again_and_moves_the_reservation(money: None) -> None:
    visit = v.visit(VisitState.ORDERED)
    team = [*people(visit), make.UserFactory(department=visit.department)]
    asker = team[0]
    moved = v.plan(visited_on=ON + dt.timedelta(days=7))
    amend = lambda reason: visits.amend(visit, moved, team, reason=reason, actor=asker)  # noqa: E731
    assert refused("reason", lambda: amend(""))
    amend("상대 기관 사정")
    visit = v.again(visit)
    assert (visit.state, visit.order_number, visit.void_order) == (VisitState.SUBMITTED, "", "총무과-777")
    assert figures()[0] == 120_000
    visits.approve(visit, actor=make.planner())
    visit = v.again(visit)
    assert (visit.reserved, figures()[0], visit.state) == (180_000, 180_000, VisitState.APPROVED)
    visit_orders.order(visit, "총무과-800", actor=v.orderer())
    assert (v.again(visit).order_number, v.again(visit).void_order) == ("총무과-800", "")
    assert not list(verify_all())


def test_v2_a_change_refused_frees_the_money_and_the_order(money: None) -> None:
    visit = v.visit(VisitState.ORDERED)
    visits.amend(visit, v.plan(), people(visit), reason="연기", actor=people(visit)[0])
    visits.reject(visit, reason="더 늦출 수 없습니다.", actor=make.planner())
    assert figures() == (0, 0, 1_250_000)
    assert [todo.verb for todo in todos(v.orderer())] == ["출장명령 취소하기"]


@pytest.mark.parametrize("state", [VisitState.DRAFT, VisitState.SUBMITTED, VisitState.APPROVED])
def test_v2_cancelled_before_the_order_frees_the_money(state: VisitState, money: None) -> None:
    visit = v.visit(state)
    assert refused("reason", lambda: visits.cancel(visit, reason="", actor=people(visit)[0]))
    visits.cancel(visit, reason="방문 기관 사정", actor=people(visit)[0])
    assert (v.again(visit).state, figures()) == (VisitState.CANCELLED, (0, 0, 1_250_000))
    assert not VisitDay.objects.exists()
    assert not list(todos(v.orderer()))
    told = Notice.objects.filter(recipient=make.planner(), kind="benchmarking.visit_cancelled").exists()
    assert told == (state != VisitState.DRAFT)


def test_v2_cancelled_after_the_order_general_affairs_takes_it_back(money: None) -> None:
    visit = v.visit(VisitState.ORDERED)
    visits.cancel(visit, reason="방문 기관 사정", actor=make.planner())
    assert figures() == (0, 0, 1_250_000)
    assert Notice.objects.filter(recipient=v.orderer(), kind="benchmarking.visit_order_void").exists()
    assert [todo.verb for todo in todos(v.orderer())] == ["출장명령 취소하기"]
    visit_orders.void_order(visit, actor=v.orderer())
    assert not list(todos(v.orderer()))
    assert "취소할 출장명령이 없습니다" in refused(
        None, lambda: visit_orders.void_order(visit, actor=v.orderer())
    )


def test_v2_who_did_not_go_after_all_puts_it_off(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    with pretend(LATER):
        moved = v.plan(visited_on=LATER + dt.timedelta(days=7))
        visits.amend(visit, moved, people(visit), reason="폭설로 가지 못함", actor=people(visit)[0])
    visit = v.again(visit)
    assert (visit.state, visit.clock, visit.void_order) == (VisitState.SUBMITTED, None, "총무과-777")


def test_b3_planning_hears_of_a_visit_whose_review_is_recalled(money: None) -> None:
    visit = v.visit(VisitState.APPROVED)
    assert visit.review
    dispatch.recall(visit.review, reason="잘못 보냄", actor=make.planner())
    assert v.again(visit).state == VisitState.APPROVED
    assert Notice.objects.filter(recipient=make.planner(), kind="benchmarking.visit_review_recalled").exists()
    assert history(visit).filter(name="review_recalled").exists()


def test_o1_an_open_visit_follows_its_department(money: None) -> None:
    visit, done = v.visit(VisitState.APPROVED), v.visit(VisitState.SETTLED)
    new = make.head_of(make.DepartmentFactory()).department
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    for old in (visit.department, done.department):
        departments.merge(old, actor=admin, successor=new, effective_on=DAY, document="조례")
    assert new is not None
    assert (v.again(visit).department, v.again(visit).department_name) == (new, new.name)
    assert v.again(done).department == done.department


# -------------------------------------------------------------------------------- the journey, the report


def test_v2_the_team_says_it_has_been_there_or_the_schedule_does(money: None) -> None:
    first, second = v.visit(VisitState.ORDERED), v.visit(VisitState.ORDERED)
    early = lambda: visit_reports.travel(first, actor=people(first)[0])  # noqa: E731
    assert "방문일이 되면" in refused(None, early)
    with pretend(ON):
        visit_reports.travel(first, actor=people(first)[0])
    assert duties.run_due(ON)["visits"] == 0
    assert duties.run_due(LATER)["visits"] == 1
    assert duties.run_due(LATER)["visits"] == 0
    assert {v.again(one).state for one in (first, second)} == {VisitState.TRAVELLED}


def test_v3_o6_the_report_is_due_seven_days_after_the_visit(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED, visited_on=dt.date(2026, 11, 20))
    assert visit.clock
    assert (visit.clock.start, visit.clock.due) == (dt.date(2026, 11, 20), dt.date(2026, 11, 27))
    late = v.visit(VisitState.TRAVELLED, visited_on=dt.date(2026, 12, 25))
    assert late.clock
    assert late.clock.due == dt.date(2027, 1, 4)  # 1. 1. is a holiday, then the weekend


def test_v3_in_time_is_what_arrived_by_the_deadline(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    assert visit.clock
    with pretend(visit.clock.due + dt.timedelta(days=1)):
        v.reported(visit)
    assert v.again(visit).report.in_time is False


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"seen": " "}, "seen"),
        ({"taken_over": ""}, "taken_over"),
        ({"took_part": []}, "took_part"),
        ({"took_part": [999_999]}, "took_part"),
    ],
)
def test_v3_a_report_says_what_who_and_how(values: dict[str, Any], field: str, money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    assert refused(field, lambda: v.reported(visit, **values))
    assert v.again(visit).state == VisitState.TRAVELLED


def test_v4_actual_costs_need_receipts_and_more_than_the_rate_a_reason(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    one, other = people(visit)

    def report(*expenses: Expense, **values: Any) -> Callable[[], FieldVisit]:
        return lambda: v.reported(visit, expenses=list(expenses), **values)

    assert "영수증" in refused("expenses", report(Expense("transport", one, 9_000)))
    assert "기준" in refused("expenses", report(Expense("meals", one, 25_001)))
    split = (Expense("meals", one, 20_000), Expense("meals", one, 20_000))
    assert "기준" in refused("expenses", report(*split))
    assert refused("expenses", report(Expense("daily", one, -1)))
    elsewhere = report(Expense("daily", other, 25_000), took_part=[one.pk])
    assert "다녀온 직원이 아닙니다" in refused("expenses", elsewhere)
    paper = ContentFile(b"%PDF-1.4 receipt", name="receipt.pdf")
    report(
        Expense("transport", one, 9_000, files=[paper]), Expense("meals", one, 30_000, note="저녁까지 일함")
    )()
    assert sum(e.amount for e in visit.expenses.all()) == 39_000


def test_v3_a_report_sent_back_is_mended_in_place(money: None) -> None:
    visit = v.visit(VisitState.REPORTED)
    with pretend(LATER):
        visit_reports.return_report(visit, reason="사진을 넣어 주세요.", actor=make.planner())
        visit = v.again(visit)
        assert visit.clock
        assert (visit.state, visit.clock.closed_on) == (VisitState.TRAVELLED, None)
        row, *_others = visit.expenses.all()
        one = make.fresh(row.user)
        kept = Expense(row.kind, one, 8_000, receipt="2026-9", pk=row.pk)
        v.reported(visit, expenses=[kept], actor=one)
    assert [(e.pk, e.amount) for e in visit.expenses.all()] == [(row.pk, 8_000)]


def test_v2_the_team_from_elsewhere_may_report_strangers_not(money: None) -> None:
    review = make.ReviewFactory()
    guest = make.UserFactory()
    visit = v.visit(VisitState.TRAVELLED, review=review, people=[*v.team(review, 1), guest])
    with pytest.raises(Refused):
        v.reported(visit, actor=make.UserFactory())
    assert v.reported(visit, actor=make.fresh(guest)).state == VisitState.REPORTED


# ------------------------------------------------------------------------------------------ the settling


def test_v5_v6_settling_spends_frees_and_rewards_who_went(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    went, stayed = people(visit)
    spent = [Expense("daily", went, 25_000), Expense("transport", went, 12_000, receipt="7")]
    with pretend(LATER):
        v.reported(visit, took_part=[went.pk], expenses=spent)
        visit_reports.settle(visit, actor=make.planner())
    visit = v.again(visit)
    assert (visit.state, visit.actual, visit.reserved, visit.headcount) == (
        VisitState.SETTLED,
        37_000,
        None,
        1,
    )
    assert figures() == (0, 37_000, 1_213_000)
    assert (balances(went), balances(stayed)) == ((2, 4), (0, 0))
    assert not list(verify_all())


def test_v5_v6_settling_undone_takes_all_back_and_may_be_done_again(money: None) -> None:
    visit = v.visit(VisitState.SETTLED)
    one = people(visit)[0]
    undo = visit_reports.undo_settle
    assert refused("reason", lambda: undo(visit, reason="", actor=make.planner()))
    undo(visit, reason="영수증 금액 오류", actor=make.planner())
    visit = v.again(visit)
    assert (visit.state, visit.actual, visit.reserved) == (VisitState.REPORTED, None, 120_000)
    assert (figures(), balances(one)) == ((120_000, 0, 1_130_000), (0, 0))
    visit_reports.settle(visit, actor=make.planner())
    assert (figures(), balances(one)) == ((0, 120_000, 1_130_000), (2, 4))
    assert not list(verify_all())


def test_v6_only_planning_settles_and_only_once(money: None) -> None:
    visit = v.visit(VisitState.REPORTED)
    for other in (people(visit)[0], v.orderer()):
        with pytest.raises(Refused):
            visit_reports.settle(visit, actor=other)
    visit_reports.settle(visit, actor=make.planner())
    assert refused(None, lambda: visit_reports.settle(visit, actor=make.planner()))
    assert balances(people(visit)[0]) == (2, 4)


def test_d5_every_step_is_in_the_record(money: None) -> None:
    visit = v.visit(VisitState.SETTLED)
    names = list(history(visit).order_by("pk").values_list("name", flat=True))
    assert names == ["write", "submit", "approve", "order", "travel", "report", "settle"]
