"""A department's review and what it makes of the case (B4)."""

import datetime as dt
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from basis.errors import Refused, Rejected
from benchmarking.enums import ANSWERS, CaseState, Decision
from benchmarking.models import Case, Review
from core import attachments, drafts
from core.editing import Conflict, Outdated
from core.models import Draft
from core.now import pretend
from core.transition import history
from notifications.models import Mail, Notice
from organization.models import User
from reviews.enums import ReviewState
from reviews.services import reviews
from tests.benchmarking.reviewing import again, told
from tests.effort import rounds
from tests.factories import (
    CaseFactory,
    ReviewFactory,
    UserFactory,
    answer,
    answered,
    away,
    fresh,
    head,
    planner,
)
from tests.shared import lived_on
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 10)
DUE = dt.date(2026, 9, 28)
_today = lived_on(DAY)


def assigned(review: Review | None = None) -> tuple[Review, User]:
    """A review and its reviewer, an officer of the department."""
    review = review or ReviewFactory()
    reviewer = UserFactory(department=review.department)
    return reviews.assign(review, reviewer, actor=head(review)), reviewer


def submitted(decision: Decision = Decision.KEEP) -> tuple[Review, User]:
    review, reviewer = assigned()
    return reviews.submit(review, answer(decision), actor=reviewer), reviewer


def steps(review: Review) -> list[tuple[str, User | None]]:
    return [(row.name, row.actor) for row in history(review)]


# ------------------------------------------------------------------------------- outcome of the case (B4)


def outcome_as_the_plan_says(decisions: list[str]) -> str:
    """B4, read off the rule's text: one that adopts is enough, then long term, then in force, else as it is."""
    counts = {decision: decisions.count(decision) for decision in decisions}
    if counts.get("adopt", 0) > 0:
        return "adopt"
    if "long_term" in counts:
        return "long_term"
    return "in_force" if "in_force" in counts else "keep"


@settings(max_examples=rounds(10, 50), deadline=None)
@given(decisions=st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=5), data=st.data())
def test_b4_outcome_over_several_departments(decisions: list[str], data: Any) -> None:
    """Whatever the departments answer, and in whatever order."""
    with pretend(DAY):
        case = CaseFactory()
        asked = [ReviewFactory(case=case) for _decision in decisions]
        order = data.draw(st.permutations(range(len(asked))))
        for place in order[:-1]:
            answered(asked[place], decisions[place])
            case.refresh_from_db()
            assert (case.state, case.outcome) == (CaseState.IN_REVIEW, "")
        answered(asked[order[-1]], decisions[order[-1]])
    case.refresh_from_db()
    assert (case.state, case.decided_on) == (CaseState.DECIDED, DAY)
    assert case.outcome == outcome_as_the_plan_says(decisions)
    assert (case.reviews_total, case.reviews_done, case.next_due) == (len(asked), len(asked), None)


def test_b4_planning_hears_of_the_decision_once_and_without_mail() -> None:
    first = ReviewFactory()
    second = ReviewFactory(case=first.case)
    before = Mail.objects.count()
    answered(first, Decision.KEEP)
    assert told("decided") == []
    answered(second, Decision.LONG_TERM)
    assert told("decided") == [planner()]
    assert Mail.objects.count() == before
    log = history(Case.objects.get()).last()
    assert (log.name, log.from_state, log.to_state, log.actor, log.data) == (
        "decide", "in_review", "decided", None, {"outcome": "long_term"},
    )  # fmt: skip


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_b4_the_last_two_departments_answer_at_once_and_the_case_is_decided_once() -> None:
    case = CaseFactory()
    asked = [ReviewFactory(case=case) for _n in range(4)]
    at_once(*[lambda review=review: answered(review, Decision.KEEP) for review in asked])
    case.refresh_from_db()
    assert (case.state, case.reviews_done) == ("decided", 4)
    assert [row.name for row in history(case)].count("decide") == 1


# ---------------------------------------------------------------------------------- what an answer needs


@pytest.mark.parametrize("decision", ANSWERS)
@pytest.mark.parametrize("reason", ["", " \n"])
def test_b4_a_reason_is_compulsory_for_every_decision(decision: str, reason: str) -> None:
    review, reviewer = assigned()
    with pytest.raises(Rejected) as rejected:
        reviews.submit(review, answer(decision, reason=reason), actor=reviewer)
    assert (rejected.value.field, rejected.value.message) == ("reason", "검토 의견을 입력해 주세요.")
    assert again(review).state == ReviewState.ASSIGNED


@pytest.mark.parametrize(("missing", "empty"), [("plan_what", " "), ("plan_on", None), ("plan_budget", None)])
def test_b4_who_adopts_must_plan_what_when_and_for_how_much(missing: str, empty: Any) -> None:
    review, reviewer = assigned()
    with pytest.raises(Rejected) as rejected:
        reviews.submit(review, answer(Decision.ADOPT, **{missing: empty}), actor=reviewer)
    assert rejected.value.field == missing
    assert rejected.value.message.endswith("입력해 주세요.")


def test_b4_a_budget_of_nothing_is_a_budget() -> None:
    review, reviewer = assigned()
    reviews.submit(review, answer(Decision.ADOPT, plan_budget=0), actor=reviewer)
    assert again(review).plan_budget == 0


@pytest.mark.parametrize("decision", ["", "reject", "도입"])
def test_b4_only_the_four_decisions_are_taken(decision: str) -> None:
    review, reviewer = assigned()
    with pytest.raises(Rejected) as rejected:
        reviews.submit(review, answer(decision), actor=reviewer)
    assert rejected.value.field == "decision"


@pytest.mark.parametrize("decision", [d for d in ANSWERS if d != Decision.ADOPT])
def test_b4_a_plan_is_kept_only_with_adoption(decision: str) -> None:
    review, reviewer = submitted(Decision.ADOPT)
    assert again(review).plan_on == dt.date(2030, 3, 4)
    review = reviews.withdraw(review, actor=reviewer)
    plan = {"plan_what": "남은 계획", "plan_on": DAY, "plan_budget": 5}
    reviews.submit(review, answer(decision, **plan), actor=reviewer)
    review = again(review)
    assert (review.decision, review.plan_what, review.plan_on, review.plan_budget) == (
        decision,
        "",
        None,
        None,
    )


# ------------------------------------------------------------------------------------ who does the review


def test_b3_the_head_names_a_reviewer_who_is_told() -> None:
    review, reviewer = assigned()
    assert (again(review).state, again(review).reviewer) == (ReviewState.ASSIGNED, reviewer)
    assert told("assigned") == [reviewer]
    other = UserFactory(department=review.department)
    reviews.assign(review, other, actor=head(review))
    assert told("assigned") == [reviewer, other]
    assert [row.data for row in history(review)] == [{"reviewer": u.label} for u in (reviewer, other)]


def test_b3_a_reviewer_comes_from_the_department_and_is_named_by_those_who_may() -> None:
    review = ReviewFactory()
    officer = UserFactory(department=review.department)
    gone = UserFactory(department=review.department, is_active=False)
    for person in (UserFactory(), gone):
        with pytest.raises(Rejected, match="같은 부서") as rejected:
            reviews.assign(review, person, actor=head(review))
        assert rejected.value.field == "reviewer"
    for person in (officer, head(ReviewFactory())):
        with pytest.raises(Refused, match="부서장"):
            reviews.assign(review, officer, actor=person)
    assert reviews.assign(review, officer, actor=planner()).reviewer == officer


def test_b3_somebody_of_the_department_takes_it_and_then_nobody_else() -> None:
    review = ReviewFactory()
    officer, colleague = UserFactory.create_batch(2, department=review.department)
    reviews.take(review, actor=officer)
    assert (again(review).state, again(review).reviewer) == (ReviewState.ASSIGNED, officer)
    with pytest.raises(Rejected, match="이미 다른 직원"):
        reviews.take(review, actor=colleague)
    with pytest.raises(Refused, match="지정된 검토자"):
        reviews.submit(review, answer(), actor=colleague)
    for stranger in (UserFactory(), planner()):
        with pytest.raises((Refused, Rejected)):
            reviews.take(ReviewFactory(), actor=stranger)


@pytest.mark.parametrize("who", ["officer", "stranger", "planner", "moved reviewer", "disabled reviewer"])
def test_b4_others_do_not_answer(who: str) -> None:
    review, reviewer = assigned()
    person = {
        "officer": lambda: UserFactory(department=review.department),
        "stranger": lambda: head(ReviewFactory()),
        "planner": planner,
    }.get(who, lambda: reviewer)()
    if who == "moved reviewer":
        User.objects.filter(pk=reviewer.pk).update(department=UserFactory().department)
    if who == "disabled reviewer":
        User.objects.filter(pk=reviewer.pk).update(is_active=False)
    with pytest.raises(Refused):
        reviews.submit(review, answer(), actor=fresh(person))
    assert again(review).decision == ""


# ----------------------------------------------------------------------- confirmation by the head (B4)


def test_b4_an_officers_answer_waits_for_the_heads_confirmation() -> None:
    review, reviewer = submitted()
    assert (review.state, review.case.state, review.submitted_by) == ("submitted", "in_review", reviewer)
    assert told("submitted") == [head(review)]
    with pytest.raises(Refused, match="부서장"):
        reviews.confirm(review, actor=reviewer)
    with pytest.raises(Refused):
        reviews.confirm(review, actor=planner())
    with pretend(DUE):
        review = reviews.confirm(review, actor=head(review))
    review = again(review)
    assert (review.state, review.confirmed_by, review.completed_on, review.in_time) == (
        "completed", head(review), DUE, True,
    )  # fmt: skip
    assert (review.clock.closed_on, review.case.state) == (DUE, "decided")
    assert steps(review) == [("assign", head(review)), ("submit", reviewer), ("confirm", head(review))]


def test_b4_without_the_need_of_confirmation_an_answer_completes_at_once() -> None:
    review, reviewer = assigned()
    Review.objects.filter(pk=review.pk).update(needs_confirmation=False)
    review = reviews.submit(review, answer(), actor=reviewer)
    assert (review.state, review.confirmed_by, review.case.state) == ("completed", None, "decided")
    assert told("submitted") == []


def test_b4_what_the_head_writes_is_confirmed_in_writing() -> None:
    review = answered(ReviewFactory())
    assert (review.state, review.confirmed_by, review.reviewer) == ("completed", head(review), head(review))
    assert steps(review) == [("submit", head(review)), ("confirm", head(review))]


def test_b4_the_head_answers_in_the_reviewers_place_too() -> None:
    review, reviewer = assigned()
    reviews.submit(review, answer(), actor=head(review))
    review = again(review)
    assert (review.state, review.reviewer, review.submitted_by) == ("completed", reviewer, head(review))


@pytest.mark.parametrize(("day", "in_time"), [(DUE, True), (DUE + dt.timedelta(days=1), False)])
def test_b4_in_time_is_up_to_and_with_the_last_day(day: dt.date, in_time: bool) -> None:
    review = ReviewFactory()
    with pretend(day):
        assert answered(review).in_time is in_time


def test_b4_the_head_sends_back_with_a_reason() -> None:
    review, reviewer = submitted(Decision.ADOPT)
    with pytest.raises(Rejected) as missing:
        reviews.send_back(review, reason="", actor=head(review))
    assert missing.value.field == "reason"
    with pytest.raises(Refused):
        reviews.send_back(review, reason="모자람", actor=reviewer)
    reviews.send_back(review, reason="예산 근거를 적어 주세요.", actor=head(review))
    review = again(review)
    assert (review.state, review.decision, review.reason) == ("assigned", "adopt", "검토한 결과입니다.")
    assert told("sent_back") == [reviewer]
    assert Notice.objects.get(kind="benchmarking.sent_back").body == "예산 근거를 적어 주세요."
    reviews.submit(review, answer(Decision.KEEP), actor=reviewer)
    reviews.send_back(review, reason="다시", actor=head(review))
    assert told("sent_back") == [reviewer, reviewer]


def test_b4_an_answer_is_withdrawn_until_it_is_confirmed() -> None:
    review, reviewer = submitted()
    reviews.withdraw(review, actor=reviewer)
    assert again(review).state == ReviewState.ASSIGNED
    review = reviews.submit(review, answer(), actor=reviewer)
    reviews.confirm(review, actor=head(review))
    with pytest.raises(Rejected, match="검토 완료"):
        reviews.withdraw(review, actor=reviewer)


@pytest.mark.parametrize("act", [reviews.confirm, reviews.send_back])
def test_d5_what_was_seen_before_a_withdrawal_is_not_what_stands_now(act: Any) -> None:
    review, reviewer = submitted()
    seen, reason = again(review).version, {"reason": "다시"} if act is reviews.send_back else {}
    reviews.withdraw(review, actor=reviewer)
    with pytest.raises(Outdated):
        act(review, actor=head(review), version=seen, **reason)
    with pytest.raises(Conflict):
        reviews.submit(review, answer(), actor=reviewer, version=seen)


def test_b4_confirming_twice_is_rejected_and_changes_nothing() -> None:
    review, _reviewer = submitted()
    reviews.confirm(review, actor=head(review))
    with pytest.raises(Rejected, match="새로 고쳐"):
        reviews.confirm(review, actor=head(review))
    assert [name for name, _actor in steps(review)].count("confirm") == 1


# ----------------------------------------------------------------- files, drafts, two at once (B1, D5)


def test_b4_a_refused_file_sends_nothing_and_an_accepted_one_stays_with_the_review() -> None:
    review, reviewer = assigned()
    bad = SimpleUploadedFile("근거.pdf", b"MZ\x90\x00")
    drafts_key = reviews.draft_key(review)
    Draft.objects.create(user=reviewer, key=drafts_key, data={"reason": ["쓰던 글"]})
    with pytest.raises(Rejected) as rejected:
        reviews.submit(review, answer(), actor=reviewer, files=[bad])
    assert rejected.value.field == "attachments"
    assert again(review).state == ReviewState.ASSIGNED
    assert drafts.load(reviewer, drafts_key) is not None
    reviews.submit(review, answer(), actor=reviewer, files=[SimpleUploadedFile("근거.txt", b"because")])
    assert [file.name for file in attachments.files_of(review)] == ["근거.txt"]
    assert drafts.load(reviewer, drafts_key) is None


def test_d5_a_form_made_before_somebody_else_acted_is_not_taken() -> None:
    review, reviewer = assigned()
    version = review.version
    review = reviews.submit(review, answer(Decision.KEEP), actor=reviewer)
    reviews.withdraw(review, actor=reviewer)
    with pytest.raises(Conflict) as conflict:
        reviews.submit(
            review, answer(Decision.IN_FORCE, reason="다른 의견"), actor=head(review), version=version
        )
    assert conflict.value.changes == [("검토 결과", "현행유지"), ("검토 의견", "검토한 결과입니다.")]
    assert again(review).reason == "검토한 결과입니다."
    review = reviews.submit(
        review, answer(Decision.IN_FORCE), actor=head(review), version=conflict.value.version
    )
    assert review.decision == Decision.IN_FORCE


def test_d5_a_change_of_state_alone_is_named_as_such() -> None:
    review, reviewer = assigned()
    version = review.version
    reviews.assign(review, UserFactory(department=review.department), actor=head(review))
    with pytest.raises(Conflict, match=r"\(상태\)") as conflict:
        reviews.submit(review, answer(), actor=reviewer, version=version)
    assert conflict.value.changes == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_d5_reviewer_and_head_submit_at_once_and_one_answer_stands() -> None:
    review, reviewer = assigned()

    def send(person: User, decision: Decision) -> str:
        try:
            reviews.submit(review, answer(decision), actor=person, version=review.version)
        except Conflict:
            return "conflict"
        return str(decision)

    results = at_once(lambda: send(reviewer, Decision.KEEP), lambda: send(head(review), Decision.LONG_TERM))
    assert "conflict" in results
    assert again(review).decision in results
    assert [name for name, _actor in steps(review)].count("submit") == 1


def test_d5_every_answer_is_in_the_audit_log_before_and_after() -> None:
    review, reviewer = submitted(Decision.KEEP)
    reviews.withdraw(review, actor=reviewer)
    reviews.submit(review, answer(Decision.LONG_TERM), actor=reviewer)
    changes = [
        entry.changes["decision"]
        for entry in LogEntry.objects.get_for_object(review).order_by("pk")
        if entry.action == LogEntry.Action.UPDATE and "decision" in entry.changes
    ]
    assert changes == [["", "keep"], ["keep", "long_term"]]


# -------------------------------------------------------------------------------- correction by planning


def reopen(review: Review, reason: str = "예산을 잘못 적음") -> Review:
    return reviews.reopen(review, reason=reason, actor=planner())


def test_b4_planning_has_an_answer_corrected_and_only_the_department_is_told() -> None:
    review, reviewer = submitted(Decision.ADOPT)
    reviews.confirm(review, actor=head(review))
    other = answered(ReviewFactory(), Decision.KEEP)
    before = set(Mail.objects.values_list("pk", flat=True)), Notice.objects.count()
    with pytest.raises(Rejected) as missing:
        reopen(review, " ")
    assert missing.value.field == "reason"
    reopen(review)
    review = again(review)
    assert (review.state, review.completed_on, review.in_time) == ("assigned", None, None)
    assert (review.case.state, review.case.outcome, review.case.decided_on) == ("in_review", "", None)
    assert (review.case.reviews_done, review.case.next_due) == (0, review.clock.due)
    assert (review.decision, review.reason) == ("adopt", "검토한 결과입니다.")
    (mail,) = Mail.objects.exclude(pk__in=before[0])
    assert (mail.recipient, Notice.objects.count()) == (reviewer, before[1] + 1)
    assert "예산을 잘못 적음" in mail.email.message
    assert again(other).state == ReviewState.COMPLETED
    answered(review, Decision.KEEP)
    assert (again(review).case.state, again(review).case.outcome) == ("decided", "keep")


def test_b4_only_planning_has_answers_corrected_and_only_of_the_present_round() -> None:
    review = answered(ReviewFactory(), Decision.LONG_TERM)
    with pytest.raises(Refused, match="기획예산과"):
        reviews.reopen(review, reason="정정", actor=head(review))
    ReviewFactory(case=review.case)
    with pytest.raises(Rejected, match="지난 회차"):
        reopen(again(review))


def test_b4_a_correction_while_others_still_review_leaves_the_case_in_review() -> None:
    first = ReviewFactory()
    second = ReviewFactory(case=first.case)
    answered(first, Decision.ADOPT)
    reopen(first)
    answered(second, Decision.KEEP)
    assert Case.objects.get().state == CaseState.IN_REVIEW
    answered(again(first), Decision.IN_FORCE)
    assert Case.objects.get().outcome == Decision.IN_FORCE


# ------------------------------------------------------------------------------------- substitutes (O5)


def test_o5_who_stands_in_for_the_reviewer_answers_and_it_is_recorded_so() -> None:
    review, reviewer = assigned()
    substitute = UserFactory()
    away(reviewer, substitute, DAY, DAY)
    reviews.submit(review, answer(), actor=substitute)
    row = history(review).last()
    assert (row.name, row.actor, row.principal) == ("submit", substitute, reviewer)
    assert (again(review).reviewer, again(review).submitted_by) == (reviewer, substitute)


def test_o5_who_stands_in_for_the_head_confirms_and_it_is_recorded_so() -> None:
    review, reviewer = assigned()
    away(head(review), reviewer, DAY, DAY)
    reviews.submit(review, answer(), actor=fresh(reviewer))
    rows = [(row.name, row.actor, row.principal) for row in history(review)][1:]
    assert rows == [("submit", reviewer, None), ("confirm", reviewer, head(review))]
    assert (again(review).state, again(review).confirmed_by) == ("completed", reviewer)


def test_o5_the_right_goes_along_the_chain_and_ends_with_the_absence() -> None:
    review, reviewer = assigned()
    first, second = UserFactory.create_batch(2)
    away(reviewer, first, DAY, DAY)
    away(first, second, DAY, DAY + dt.timedelta(days=5))
    with pretend(DAY + dt.timedelta(days=1)), pytest.raises(Refused):
        reviews.submit(review, answer(), actor=fresh(second))
    review = reviews.submit(review, answer(), actor=fresh(second))
    assert history(review).last().principal == reviewer
