"""Field visits from the request to the settlement: what may be done, by whom, and what is refused (V1–V3, V6)."""

import datetime as dt

import pytest

from basis.errors import Refused
from budgets.models import BudgetEntry
from core.ledger.verify import verify_all
from core.models import TransitionLog
from core.now import pretend
from core.transition import history
from notifications.models import Mail, Notice
from notifications.selectors import todos_of as todos
from notifications.selectors import waiting_for
from organization.enums import Role
from organization.services import departments
from reviews.services import reviews
from tests import factories as make
from tests import visiting as v
from tests.visiting import DAY, LATER, ON, figures, people, refused
from visits.enums import VisitState
from visits.models import FieldVisit, VisitDay
from visits.services import orders, requests

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]


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
    assert refused(None, lambda: requests.submit(waiting, actor=make.fresh(team[0])))
    again = make.ReviewFactory()
    waiting = v.written(again)
    reviews.recall(again, reason="잘못 보냄", actor=make.planner())
    assert refused(None, lambda: requests.submit(waiting, actor=people(waiting)[0]))


def test_v1_only_the_department_asks() -> None:
    review = make.ReviewFactory()
    team = v.team(review)
    for other in (make.UserFactory(), make.planner(), v.orderer()):
        with pytest.raises(Refused):
            requests.write(review, v.plan(), team, actor=other)


def test_v1_the_same_day_and_not_in_the_past() -> None:
    assert "당일" in refused("days", lambda: v.written(days=2))
    assert refused("visited_on", lambda: v.written(visited_on=DAY - dt.timedelta(days=1)))
    assert v.written(visited_on=DAY).visited_on == DAY


def test_v1_nobody_is_on_two_visits_the_same_day() -> None:
    first = v.visit()
    both = people(first)[0]
    review = make.ReviewFactory()
    second = v.written(review, [*v.team(review, 1), both])
    said = refused("members", lambda: requests.submit(second, actor=people(second)[0]))
    assert both.full_label in said
    assert first.host in said
    requests.withdraw(first, actor=both)
    assert requests.submit(second, actor=people(second)[0]).state == VisitState.SUBMITTED


def test_v4_a_line_is_adjusted_only_with_a_reason() -> None:
    review = make.ReviewFactory()
    team = v.team(review)
    write = lambda reason: requests.write(  # noqa: E731
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
    visit = requests.ask(review, v.plan(), v.team(review), actor=make.fresh(for_head))
    assert any(todo.principal for todo in todos(make.fresh(for_planner)))
    requests.approve(visit, actor=make.fresh(for_planner))
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
    approve = lambda: requests.approve(visit, actor=make.planner())  # noqa: E731
    assert "예산이 없습니다" in refused(None, approve)
    v.allocate(100_000)
    assert "모자랍니다" in refused(None, approve)
    assert v.again(visit).state == VisitState.SUBMITTED
    assert not BudgetEntry.objects.of(visit).exists()
    assert not Notice.objects.filter(kind="visits.approved").exists()


def test_v2_returned_mended_and_submitted_again(money: None) -> None:
    visit = v.visit()
    asker = people(visit)[0]
    assert refused("reason", lambda: requests.send_back(visit, reason=" ", actor=make.planner()))
    requests.send_back(visit, reason="날짜를 바꾸어 주세요.", actor=make.planner())
    assert not VisitDay.objects.exists()
    assert [todo.verb for todo in todos(asker)] == ["현장체험 신청 고치기"]
    moved = v.plan(visited_on=ON + dt.timedelta(days=1))
    requests.edit_and_submit(visit, moved, people(visit), actor=asker)
    assert (v.again(visit).state, v.again(visit).visited_on) == (VisitState.SUBMITTED, moved["visited_on"])
    assert set(VisitDay.objects.values_list("day", flat=True)) == {moved["visited_on"]}


def test_v2_rejected_is_the_end() -> None:
    visit = v.visit()
    requests.reject(visit, reason="비슷한 방문이 있었습니다.", actor=make.planner())
    assert v.again(visit).state == VisitState.REJECTED
    assert refused(None, lambda: requests.submit(visit, actor=people(visit)[0]))
    assert not VisitDay.objects.exists()


def test_v2_a_submitted_plan_is_withdrawn_before_it_is_mended() -> None:
    visit = v.visit()
    asker = people(visit)[0]
    assert refused(None, lambda: requests.edit(visit, v.plan(), people(visit), actor=asker))
    requests.withdraw(visit, actor=asker)
    assert requests.edit(visit, v.plan(host="△△시청"), people(visit), actor=asker).host == "△△시청"


def test_v2_a_day_that_has_passed_cannot_be_approved(money: None) -> None:
    visit = v.visit()
    with pretend(LATER):
        assert "방문일이 지났습니다" in refused(None, lambda: requests.approve(visit, actor=make.planner()))


@pytest.mark.parametrize("step", ["approve", "send_back", "reject"])
def test_v2_only_planning_decides(step: str, money: None) -> None:
    visit = v.visit()
    more = {} if step == "approve" else {"reason": "까닭"}
    for other in (people(visit)[0], make.head(visit.review), v.orderer()):
        with pytest.raises(Refused):
            getattr(requests, step)(visit, actor=other, **more)


def test_v2_the_department_is_told_at_each_step(money: None) -> None:
    visit = v.visit(VisitState.SETTLED)
    asker, head = people(visit)[0], make.head(visit.review)
    told = set(Notice.objects.filter(recipient=asker).values_list("kind", flat=True))
    assert {f"visits.{k}" for k in ("approved", "ordered", "travelled", "settled", "earned")} <= told
    assert set(Notice.objects.filter(recipient=head).values_list("kind", flat=True)) >= {
        "visits.asked",
        "visits.approved",
        "visits.ordered",
        "visits.settled",
    }
    assert Notice.objects.filter(recipient=make.planner(), kind="visits.reported").exists()
    assert Mail.objects.filter(recipient=v.orderer(), kind="visits.to_order").count() == 1


# -------------------------------------------------------------------------------------------- the orders


def test_v2_general_affairs_records_the_order(money: None) -> None:
    visit = v.visit(VisitState.APPROVED)
    assert [todo.verb for todo in todos(v.orderer())] == ["출장명령 기록하기"]
    assert refused("number", lambda: orders.order(visit, "777", actor=v.orderer()))
    with pytest.raises(Refused):
        orders.order(visit, "총무과-777", actor=make.planner())
    orders.order(visit, "총무과-777", actor=v.orderer())
    assert (v.again(visit).state, v.again(visit).order_number) == (VisitState.ORDERED, "총무과-777")
    assert not waiting_for(v.orderer()).exists()


def test_v2_many_orders_at_once_each_with_its_result(money: None) -> None:
    first, second = v.visit(VisitState.APPROVED), v.visit(VisitState.APPROVED)
    waiting = v.visit()
    numbers = [(waiting, "총무과-3"), (second, "번호"), (first, "총무과-1")]
    results = {result.visit.pk: result.error for result in orders.order_many(numbers, actor=v.orderer())}
    assert not results[first.pk]
    assert "문서번호는" in results[second.pk]
    assert "승인 대기" in results[waiting.pk]
    assert [v.again(one).order_number for one in (first, second, waiting)] == ["총무과-1", "", ""]


def test_d5_a_wrong_number_is_corrected_with_a_reason(money: None) -> None:
    visit = v.visit(VisitState.ORDERED)
    correct = orders.correct_order
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
    amend = lambda reason: requests.amend(visit, moved, team, reason=reason, actor=asker)  # noqa: E731
    assert refused("reason", lambda: amend(""))
    amend("상대 기관 사정")
    visit = v.again(visit)
    assert (visit.state, visit.order_number, visit.void_order) == (VisitState.SUBMITTED, "", "총무과-777")
    assert figures()[0] == 120_000
    requests.approve(visit, actor=make.planner())
    visit = v.again(visit)
    assert (visit.reserved, figures()[0], visit.state) == (180_000, 180_000, VisitState.APPROVED)
    orders.order(visit, "총무과-800", actor=v.orderer())
    assert (v.again(visit).order_number, v.again(visit).void_order) == ("총무과-800", "")
    assert not list(verify_all())


def test_v2_a_change_refused_frees_the_money_and_the_order(money: None) -> None:
    visit = v.visit(VisitState.ORDERED)
    requests.amend(visit, v.plan(), people(visit), reason="연기", actor=people(visit)[0])
    assert visit in FieldVisit.objects.visible_to(v.orderer()), "their order is to be changed"
    requests.reject(visit, reason="더 늦출 수 없습니다.", actor=make.planner())
    assert visit in FieldVisit.objects.visible_to(v.orderer()), "their order is to be taken back"
    assert figures() == (0, 0, 1_250_000)
    assert [todo.verb for todo in todos(v.orderer())] == ["출장명령 취소하기"]


@pytest.mark.parametrize("state", [VisitState.DRAFT, VisitState.SUBMITTED, VisitState.APPROVED])
def test_v2_cancelled_before_the_order_frees_the_money(state: VisitState, money: None) -> None:
    visit = v.visit(state)
    assert refused("reason", lambda: requests.cancel(visit, reason="", actor=people(visit)[0]))
    requests.cancel(visit, reason="방문 기관 사정", actor=people(visit)[0])
    assert (v.again(visit).state, figures()) == (VisitState.CANCELLED, (0, 0, 1_250_000))
    assert not VisitDay.objects.exists()
    assert not list(todos(v.orderer()))
    told = Notice.objects.filter(recipient=make.planner(), kind="visits.cancelled").exists()
    assert told == (state != VisitState.DRAFT)


def test_v2_cancelled_after_the_order_general_affairs_takes_it_back(money: None) -> None:
    visit = v.visit(VisitState.ORDERED)
    requests.cancel(visit, reason="방문 기관 사정", actor=make.planner())
    assert figures() == (0, 0, 1_250_000)
    assert Notice.objects.filter(recipient=v.orderer(), kind="visits.order_void").exists()
    assert [todo.verb for todo in todos(v.orderer())] == ["출장명령 취소하기"]
    orders.void_order(visit, actor=v.orderer())
    assert not list(todos(v.orderer()))
    assert "취소할 출장명령이 없습니다" in refused(None, lambda: orders.void_order(visit, actor=v.orderer()))


def test_v2_who_did_not_go_after_all_puts_it_off(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    with pretend(LATER):
        moved = v.plan(visited_on=LATER + dt.timedelta(days=7))
        requests.amend(visit, moved, people(visit), reason="폭설로 가지 못함", actor=people(visit)[0])
    visit = v.again(visit)
    assert (visit.state, visit.clock, visit.void_order) == (VisitState.SUBMITTED, None, "총무과-777")


def test_b3_planning_hears_of_a_visit_whose_review_is_recalled(money: None) -> None:
    visit = v.visit(VisitState.APPROVED)
    assert visit.review
    reviews.recall(visit.review, reason="잘못 보냄", actor=make.planner())
    assert v.again(visit).state == VisitState.APPROVED
    assert Notice.objects.filter(recipient=make.planner(), kind="visits.review_recalled").exists()
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


def test_o1_where_reviews_are_combined_the_visit_goes_on_with_the_one_that_stands(money: None) -> None:
    review = make.ReviewFactory()
    standing = make.ReviewFactory(case=review.case)
    visit = v.visit(review=review)
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    departments.merge(
        review.department, actor=admin, successor=standing.department, effective_on=DAY, document="조례"
    )
    assert v.again(visit).review == standing
    assert requests.approve(visit, actor=make.planner()).department == standing.department
