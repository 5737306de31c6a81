"""Sending cases to departments, recalling, sending again (B3, B6)."""

import datetime as dt

import pytest

from basis.errors import Refused, Rejected
from benchmarking.enums import CaseState, Decision, RoundKind
from benchmarking.models import Case, Review
from benchmarking.policies import CONFIRMATION_NEEDED, REVIEW_DAYS
from benchmarking.services import dispatch
from core.now import pretend
from core.transition import history
from notifications.models import Mail, Notice
from organization.models import Department
from policies import services as policies
from reviews.enums import ReviewState
from reviews.services import reviews
from tests.factories import (
    CaseFactory,
    DepartmentFactory,
    ReviewFactory,
    UserFactory,
    answer,
    answered,
    away,
    head,
    head_of,
    planner,
)
from tests.shared import lived_on
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 10)  # + 14 days = Chuseok, so the deadline is 28 September (O6)
_today = lived_on(DAY)


def send(*cases: Case, to: list[Department], note: str = "") -> list[dispatch.Outcome]:
    return dispatch.dispatch(cases, to, note=note, actor=planner())


def departments(count: int = 1) -> list[Department]:
    return [head_of(DepartmentFactory()).department for _n in range(count)]


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def told(kind: str) -> list[tuple[str, str]]:
    """(who, what) of all notices of a kind, in the order made."""
    rows = Notice.objects.filter(kind=f"benchmarking.{kind}").order_by("pk")
    return [(str(notice.recipient), notice.title) for notice in rows]


# -------------------------------------------------------------------------------------------- sending (B3)


def test_b3_each_case_goes_to_each_department_with_its_own_deadline() -> None:
    cases, offices = CaseFactory.create_batch(2), departments(2)
    outcomes = send(*cases, to=offices, note="이달 안에 살펴 주세요.")
    assert [(o.subject, len(o.reviews), o.error) for o in outcomes] == [(case, 2, "") for case in cases]
    assert {(r.case, r.department) for r in Review.objects.all()} == {(c, d) for c in cases for d in offices}
    for review in Review.objects.select_related("clock"):
        assert review.state == ReviewState.WAITING
        assert review.notified_on == review.clock.start == DAY
        assert review.clock.due == review.clock.original_due == dt.date(2026, 9, 28)
    case = again(cases[0])
    assert (case.state, case.round_number, case.reviews_total, case.reviews_done, case.next_due) == (
        CaseState.IN_REVIEW, 1, 2, 0, dt.date(2026, 9, 28),
    )  # fmt: skip
    assert (case.rounds.get().kind, case.rounds.get().note) == (RoundKind.FIRST, "이달 안에 살펴 주세요.")
    log = history(case).last()
    assert (log.name, log.from_state, log.to_state, log.actor) == (
        "dispatch", "registered", "in_review", planner(),
    )  # fmt: skip
    assert log.data == {"departments": [d.name for d in offices], "round": 1}


def test_b3_the_policy_of_the_day_holds_and_a_later_one_leaves_begun_work_alone() -> None:
    with pretend(dt.date(2026, 3, 2)):
        policies.change(
            REVIEW_DAYS,
            value=7,
            effective_from=DAY,
            document="기획예산과-1",
            reason="빠르게",
            author=planner(),
        )
        policies.change(
            CONFIRMATION_NEEDED, value=False, effective_from=DAY, document="기획예산과-1", reason="빠르게",
            author=planner(),
        )  # fmt: skip
    with pretend(DAY - dt.timedelta(days=1)):
        before = ReviewFactory()
    after = ReviewFactory()
    before = answered_by_reviewer(before)
    assert (before.clock.length, before.clock.due) == (14, dt.date(2026, 9, 23))
    assert (after.clock.length, after.clock.due) == (7, dt.date(2026, 9, 17))
    assert (before.needs_confirmation, before.state) == (True, ReviewState.SUBMITTED)
    assert after.needs_confirmation is False


def answered_by_reviewer(review: Review) -> Review:
    reviewer = UserFactory(department=review.department)
    reviews.assign(review, reviewer, actor=head(review))
    return reviews.submit(review, answer(), actor=reviewer)


def test_b3_only_planning_dispatches() -> None:
    case = CaseFactory()
    for person in (UserFactory(), head_of(DepartmentFactory())):
        with pytest.raises(Refused, match="기획예산과"):
            dispatch.dispatch([case], departments(), actor=person)
    assert again(case).state == CaseState.REGISTERED
    assert not Review.objects.exists()
    assert not case.rounds.exists()


def test_b3_nothing_is_sent_to_nobody() -> None:
    with pytest.raises(Rejected) as rejected:
        send(CaseFactory(), to=[])
    assert rejected.value.field == "departments"


def test_b3_an_abolished_department_is_refused_from_the_day_after_its_last() -> None:
    case, office = CaseFactory(), DepartmentFactory(valid_to=DAY)
    with pretend(DAY + dt.timedelta(days=1)), pytest.raises(Rejected, match=office.name) as rejected:
        send(case, to=[*departments(), office])
    assert rejected.value.field == "departments"
    assert not Review.objects.exists()
    assert send(case, to=[office])[0].error == ""


def test_b3_a_case_that_cannot_go_says_why_and_does_not_hold_up_the_others() -> None:
    (office,) = departments()
    sent, adopted, new = CaseFactory(), CaseFactory(), CaseFactory()
    ReviewFactory(case=sent, department=office)
    answered(ReviewFactory(case=adopted), Decision.ADOPT)
    outcomes = send(sent, adopted, new, to=[office])
    assert [(bool(o.reviews), o.error) for o in outcomes] == [
        (False, "고른 부서에는 이미 보냈습니다."),
        (False, "도입하기로 결정된 사례는 다시 보낼 수 없습니다."),
        (True, ""),
    ]
    assert [again(c).state for c in (sent, adopted, new)] == ["in_review", "decided", "in_review"]
    assert again(adopted).rounds.count() == 1


def test_b3_a_department_added_later_joins_the_round_and_the_others_are_left_alone() -> None:
    first, second = departments(2)
    review = ReviewFactory(department=first)
    case = review.case
    (outcome,) = send(case, to=[first, second])
    assert [r.department for r in outcome.reviews] == [second]
    assert outcome.reviews[0].round == review.round
    assert (again(case).reviews_total, case.rounds.count()) == (2, 1)
    assert [row.name for row in history(case)] == ["register", "dispatch", "add_departments"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_b3_two_planners_at_once_send_a_case_to_a_department_once() -> None:
    case, (office,) = CaseFactory(), departments()
    outcomes = at_once(*[lambda: send(case, to=[office])[0]] * 4)
    assert sorted(o.error for o in outcomes) == ["", *["고른 부서에는 이미 보냈습니다."] * 3]
    assert Review.objects.get().case == case
    assert (again(case).reviews_total, again(case).rounds.count()) == (1, 1)


# ------------------------------------------------------------------------------------ who is told (B3, O5)


def test_b3_the_department_head_is_told_once_for_all_cases_sent_together() -> None:
    (office,) = departments()
    UserFactory(department=office)
    cases = CaseFactory.create_batch(3)
    send(*cases, to=[office], note="살펴 주세요.")
    assert told("dispatched") == [(f"{office.name} 과장", "벤치마킹 검토 요청 3건")]
    mail = Mail.objects.select_related("email").get()
    assert mail.recipient.position == "head"
    for case in cases:
        assert f"{case.code} {case.title}" in mail.email.message
    assert "2026. 9. 28.(월)" in mail.email.message
    assert "살펴 주세요." in mail.email.message


def test_b3_each_dispatch_is_told_by_itself() -> None:
    (office,) = departments()
    one, other = CaseFactory(), CaseFactory()
    send(one, to=[office])
    send(other, to=[office])
    assert told("dispatched") == [
        (f"{office.name} 과장", f"벤치마킹 검토 요청: {case.title}") for case in (one, other)
    ]


def test_b3_without_a_head_who_leads_and_everybody_in_the_department_is_told() -> None:
    office = DepartmentFactory()
    UserFactory.create_batch(2, department=office)
    UserFactory(department=office, is_active=False)
    send(CaseFactory(), to=[office])
    assert [who for who, _title in told("dispatched")] == [planner().label, *[f"{office.name} 주무관"] * 2]


def test_o5_who_stands_in_for_the_head_is_told_too() -> None:
    (office,) = departments()
    chief = office.staff.get()
    substitute = UserFactory(department=office)
    away(chief, substitute, DAY, DAY)
    send(CaseFactory(), to=[office])
    assert set(Notice.objects.values_list("recipient", flat=True)) == {chief.pk, substitute.pk}
    with pretend(DAY + dt.timedelta(days=1)):
        send(CaseFactory(), to=[office])
    assert Notice.objects.filter(recipient=substitute).count() == 1


# ---------------------------------------------------------------------------------------- recalling (B3)


def recall(review: Review, reason: str = "다른 부서 일입니다.") -> None:
    reviews.recall(review, reason=reason, actor=planner())


def test_b3_a_recalled_first_round_leaves_the_case_registered() -> None:
    review = ReviewFactory()
    with pytest.raises(Rejected) as missing:
        recall(review, " ")
    assert missing.value.field == "reason"
    recall(review)
    case, review = again(review.case), Review.objects.select_related("clock").get(pk=review.pk)
    assert (review.state, review.clock.closed_on is not None) == (ReviewState.RECALLED, True)
    assert (case.state, case.outcome, case.reviews_total, case.next_due) == ("registered", "", 0, None)
    assert [row.name for row in history(case)] == ["register", "dispatch", "all_recalled"]
    log = history(review).last()
    assert (log.name, log.reason, log.actor) == ("recall", "다른 부서 일입니다.", planner())
    assert told("recalled") == [(str(head(review)), f"검토 요청이 회수되었습니다: {case.title}")]


def test_b3_a_recalled_case_can_be_sent_again_also_to_the_same_department() -> None:
    review = ReviewFactory()
    recall(review)
    second = ReviewFactory(case=again(review.case), department=review.department)
    assert (second.round.kind, second.round.previous) == (RoundKind.FIRST, review.round)
    assert again(review.case).reviews_total == 1


def test_b3_a_recalled_department_can_be_added_again_in_the_same_round() -> None:
    first = ReviewFactory()
    second = ReviewFactory(case=first.case)
    recall(second)
    third = ReviewFactory(case=first.case, department=second.department)
    assert third.round == first.round
    assert again(first.case).reviews_total == 2


def test_b3_recalling_the_last_open_department_decides_the_case() -> None:
    first = ReviewFactory()
    second = ReviewFactory(case=first.case)
    answered(first, Decision.IN_FORCE)
    assert again(first.case).state == CaseState.IN_REVIEW
    recall(second)
    case = again(first.case)
    assert (case.state, case.outcome, case.reviews_total, case.reviews_done) == ("decided", "in_force", 1, 1)


def test_b3_recalling_one_of_several_open_departments_changes_nothing_for_the_rest() -> None:
    first = ReviewFactory()
    second = ReviewFactory(case=first.case)
    recall(second)
    case = again(first.case)
    assert (case.state, case.reviews_total) == ("in_review", 1)
    assert Review.objects.get(pk=first.pk).state == ReviewState.WAITING


@pytest.mark.parametrize("who", ["the department", "another department"])
def test_b3_only_planning_recalls(who: str) -> None:
    review = ReviewFactory()
    person = head(review) if who == "the department" else head_of(DepartmentFactory())
    with pytest.raises(Refused):
        reviews.recall(review, reason="잘못 보냄", actor=person)


def test_b3_an_answer_is_not_recalled() -> None:
    review = answered(ReviewFactory())
    with pytest.raises(Rejected, match="검토 완료"):
        recall(review)


# --------------------------------------------------------------------------------- sending again (B6)


def long_term_case() -> Case:
    with pretend(dt.date(2026, 2, 3)):
        return answered(ReviewFactory(), Decision.LONG_TERM).case


def test_b6_a_new_round_is_linked_to_the_old_one_and_keeps_its_answers() -> None:
    case = long_term_case()
    old = Review.objects.get()
    with pretend(dt.date(2026, 7, 1)):
        new = ReviewFactory(case=case, department=old.department)
    assert (new.round.number, new.round.kind, new.round.previous) == (2, RoundKind.AGAIN, old.round)
    case = again(case)
    assert (case.state, case.outcome, case.round_number) == ("in_review", "long_term", 2)
    assert Review.objects.get(pk=old.pk).decision == Decision.LONG_TERM
    with pretend(dt.date(2026, 7, 5)):
        answered(new, Decision.ADOPT)
    case = again(case)
    assert (case.state, case.outcome, case.decided_on) == ("decided", "adopt", dt.date(2026, 7, 5))


def test_b6_a_recalled_round_gives_back_the_earlier_decision_with_its_answers() -> None:
    case = long_term_case()
    with pretend(dt.date(2026, 7, 1)):
        new = ReviewFactory(case=case)
        recall(new)
    case = again(case)
    assert (case.state, case.outcome, case.decided_on) == ("decided", "long_term", dt.date(2026, 2, 3))
    assert (case.round_number, case.reviews_total, case.reviews_done) == (1, 1, 1)
    assert history(case).last().name == "earlier_decision"
    with pretend(dt.date(2027, 1, 4)):
        third = ReviewFactory(case=case)
    assert (third.round.number, third.round.previous, third.round.kind) == (3, new.round, RoundKind.AGAIN)


def test_b6_a_round_recalled_after_its_correction_gives_back_the_decision_before_it() -> None:
    case = long_term_case()
    with pretend(dt.date(2026, 7, 1)):
        new = answered(ReviewFactory(case=case), Decision.KEEP)
        reviews.reopen(new, reason="잘못 적음", actor=planner())
        recall(new)
    case = again(case)
    assert (case.state, case.outcome, case.decided_on) == ("decided", "long_term", dt.date(2026, 2, 3))


def test_b6_what_was_adopted_is_not_sent_again() -> None:
    case = answered(ReviewFactory(), Decision.ADOPT).case
    assert send(case, to=departments())[0].error == "도입하기로 결정된 사례는 다시 보낼 수 없습니다."
