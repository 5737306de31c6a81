"""What follows from the reviews of a case: its outcome, counts, next deadline, and follow-ups (B4, B7)."""

from datetime import date
from typing import Any

from django.db.models import Count, Min, Q

from benchmarking import notifications
from benchmarking.enums import DECISION_PRECEDENCE, CaseState, Decision, FollowUpState
from benchmarking.models import Case, FollowUp, Review
from core.actors import SYSTEM
from core.now import today
from core.transition import perform
from core.work import keep
from reviews.enums import OPEN_REVIEW_STATES, ReviewState


def combined(decisions: set[str]) -> Decision:
    """도입 if any adopts; else 장기검토, 기시행 중, 현행유지 in that order (B4)."""
    return next(d for d in DECISION_PRECEDENCE if d in decisions)


def live_reviews(case: Case) -> Any:
    """Reviews of the present round that were not recalled."""
    return Review.objects.live().filter(case=case, round__number=case.round_number)


def earlier_decision(case: Case) -> tuple[str, date | None, int]:
    """Outcome, its day, and the number of the last round answered before the present one; without: "", None, 0."""
    answers = list(
        Review.objects.filter(case=case, state=ReviewState.COMPLETED, round__number__lt=case.round_number)
        .exclude(decision="")  # nobody wrote it down
        .values_list("round__number", "decision", "completed_on")
    )
    if not answers:
        return "", None, 0
    last = max(number for number, _decision, _day in answers)
    decisions = {decision for number, decision, _day in answers if number == last}
    days = [day for number, _decision, day in answers if number == last and day]
    return combined(decisions), max(days), last


def refresh(case: Case) -> None:
    """Keep counts and the earliest deadline that runs with the case, so that lists need no join.

    Called by: whatever changes reviews or their clocks, under the case's lock.
    """
    facts = live_reviews(case).aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(state=ReviewState.COMPLETED)),
        due=Min("clock__due", filter=Q(state__in=OPEN_REVIEW_STATES, clock__paused=False)),
    )
    case.reviews_total, case.reviews_done, case.next_due = facts["total"], facts["done"], facts["due"]
    case.save(update_fields=["reviews_total", "reviews_done", "next_due"])


def answered(case: Case) -> None:
    """Decide the case if no department is left to answer.

    Called by: `reviewing` and `after_recall`, under the case's lock.
    """
    if not live_reviews(case).exclude(state=ReviewState.COMPLETED).exists():
        settle(case)
    refresh(case)


def settle(case: Case) -> None:
    """Decide the case and begin following what was adopted: all departments have answered.

    Called by: `answered`, under the case's lock.
    """
    reviews = list(live_reviews(case).select_related("case"))
    case.outcome = combined({r.decision for r in reviews})
    case.decided_on = today()
    perform(case, "decide", actor=SYSTEM, data={"outcome": case.outcome})
    for review in reviews:
        if review.decision == Decision.ADOPT:
            _follow(review)
    notifications.decided(case)
    weigh_implementation(case)


def _follow(review: Review) -> None:
    """Begin following what this review adopted; what was dropped is taken up if the department has decided anew
    since.

    Called by: `settle`.
    """
    existing = FollowUp.objects.filter(review=review).first()
    if existing is None:
        keep.refresh(
            FollowUp.objects.create(review=review, first_planned_on=review.plan_on, planned_on=review.plan_on)
        )
    elif existing.state == FollowUpState.DROPPED and review.version > (existing.dropped_version or 0):
        existing.review, existing.planned_on = review, review.plan_on
        perform(existing, "revive", actor=SYSTEM)


def unsettle(case: Case, review: Review) -> None:
    """Take the decision back: a completed review is open again, and until it is answered anew only what was decided
    before this round holds.

    Called by: `reviewing`, under the locks of case and review.
    """
    follow_up = FollowUp.objects.filter(review=review).exclude(state=FollowUpState.DROPPED).first()
    if follow_up is not None:
        follow_up.review, follow_up.dropped_version = review, review.version
        perform(follow_up, "suspend", actor=SYSTEM)
    if case.state in (CaseState.DECIDED, CaseState.IMPLEMENTED):
        case.outcome, case.decided_on, _round = earlier_decision(case)
        case.implemented_on = None
        perform(case, "reopen", actor=SYSTEM, data={"department": review.department_name})


def after_recall(case: Case) -> None:
    """End the round if nobody is left to answer: the case goes back to where it was before.

    Called by: `reviewing`, when a review is recalled or folded, under the case's lock.
    """
    current = case.rounds.order_by("-number").first()
    assert current is not None
    live = current.reviews.live()
    if live.exists():
        answered(case)
        return
    _outcome, _day, case.round_number = earlier_decision(case)
    perform(case, "earlier_decision" if case.outcome else "all_recalled", actor=SYSTEM)
    refresh(case)


def weigh_implementation(case: Case) -> None:
    """Make the case 업무반영 when every adopting department that still pursues it has been confirmed, or undo that
    (B7).

    Called by: `settle` and every step of a follow-up, under the case's lock.
    """
    states = set(
        FollowUp.objects.filter(review__case=case, review__round__number=case.round_number)
        .exclude(state=FollowUpState.DROPPED)
        .values_list("state", flat=True)
    )
    if case.state == CaseState.DECIDED and states == {FollowUpState.CONFIRMED}:
        last = FollowUp.objects.filter(review__case=case, state=FollowUpState.CONFIRMED).latest(
            "implemented_on"
        )
        case.implemented_on = last.implemented_on
        perform(case, "implement", actor=SYSTEM)
    elif case.state == CaseState.IMPLEMENTED and states != {FollowUpState.CONFIRMED}:
        case.implemented_on = None
        perform(case, "undo_implement", actor=SYSTEM)
