"""Sending cases to departments, adding departments, recalling, and sending again (B3, B6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from benchmarking import notifications
from benchmarking.enums import CaseState, Decision, RoundKind
from benchmarking.models import Case, Review, ReviewRound
from benchmarking.policies import CONFIRMATION_NEEDED, REVIEW_DAYS
from benchmarking.services.cases import lock, lock_all
from benchmarking.services.outcome import earlier_decision, refresh, settle
from benchmarking.sockets import ON_RECALL
from core import deadlines
from core.actors import SYSTEM
from core.editing import check_seen
from core.now import now, today
from core.transition import perform
from core.work import keep
from organization.models import Department
from reviews.enums import ReviewState

CLOCK = "benchmarking.review"


@dataclass(frozen=True)
class Outcome:
    """What became of one case of a bulk dispatch: `error` empty means sent."""

    case: Case
    reviews: list[Review]
    error: str = ""


@dataclass(frozen=True)
class Order:
    """A case, whom to ask, and within how many days (None: as the policy says)."""

    case: Case
    departments: Sequence[Department]
    days: int | None = None


def dispatch(
    cases: Sequence[Case],
    departments: Sequence[Department],
    *,
    note: str = "",
    document: str = "",
    actor: Any,
) -> list[Outcome]:
    """Send each case to each department, as `send`."""
    return send([Order(case, departments) for case in cases], note=note, document=document, actor=actor)


@transaction.atomic
def send(orders: Sequence[Order], *, note: str = "", document: str = "", actor: Any) -> list[Outcome]:
    """Send each case to its departments (B3). A case that cannot be sent says why in its Outcome and does not hold
    up the others.

    Locks: departments, then cases. Raises: Rejected where no department is named at all or one has ended.
    """
    named = [department for order in orders for department in order.departments]
    if not named:
        raise Rejected(_("검토할 부서를 하나 이상 골라 주세요."), field="departments")
    # locked before the cases, as a merger does: it either finds the new reviews or is found here
    keys = {department.pk for department in named}
    rows = Department.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    locked = {department.pk: department for department in rows.order_by("pk")}
    for department in locked.values():
        if department.valid_to is not None and department.valid_to < today():
            raise Rejected(
                _("폐지된 부서(%(name)s)에는 보낼 수 없습니다.") % {"name": department.name},
                field="departments",
            )
    lock_all([order.case.pk for order in orders])
    results = []
    for order in orders:
        departments = [locked[department.pk] for department in order.departments]
        try:
            with transaction.atomic():
                reviews = _send(lock(order.case.pk), departments, note, document, actor, order.days)
                results.append(Outcome(order.case, reviews))
        except Rejected as error:
            results.append(Outcome(order.case, [], error.message))
    notifications.dispatched([review for result in results for review in result.reviews], note)
    return results


def _send(
    case: Case,
    departments: Sequence[Department],
    note: str,
    document: str,
    actor: Any,
    days: int | None,
) -> list[Review]:
    if not departments:
        raise Rejected(_("부서를 정하지 않아 보내지 않았습니다."))
    current = case.rounds.order_by("-number").first()
    if case.state == CaseState.IN_REVIEW and current is not None:
        asked = set(current.reviews.live().values_list("department_id", flat=True))
        departments = [d for d in departments if d.pk not in asked]
        if not departments:
            raise Rejected(_("고른 부서에는 이미 보냈습니다."))
        step, round_ = "add_departments", current
    else:
        if case.state == CaseState.DECIDED and case.outcome == Decision.ADOPT:
            raise Rejected(_("도입하기로 결정된 사례는 다시 보낼 수 없습니다."))
        step, round_ = "dispatch", _new_round(case, current, note, document, actor)
    perform(
        case,
        step,
        actor=actor,
        reason=note,
        data={"departments": [d.name for d in departments], "round": round_.number},
    )
    reviews = [_open_review(round_, case, department, days) for department in departments]
    keep.refresh(*reviews)
    refresh(case)
    return reviews


def _new_round(case: Case, previous: ReviewRound | None, note: str, document: str, actor: Any) -> ReviewRound:
    case.round_number = previous.number + 1 if previous else 1
    return ReviewRound.objects.create(
        case=case,
        number=case.round_number,
        kind=RoundKind.AGAIN if case.outcome else RoundKind.FIRST,
        previous=previous,
        note=note,
        document=document,
        dispatched_by=actor,
        dispatched_at=now(),
    )


def _open_review(round_: ReviewRound, case: Case, department: Department, days: int | None) -> Review:
    day = today()
    return Review.objects.create(
        round=round_,
        case=case,
        department=department,
        department_name=department.name,
        clock=deadlines.open_clock(CLOCK, day, days or REVIEW_DAYS.on(day)),
        notified_on=day,
        needs_confirmation=CONFIRMATION_NEEDED.on(day),
    )


@transaction.atomic
def recall(review: Review, *, reason: str, actor: Any, version: int | None = None) -> None:
    """Take back a wrong dispatch to one department (B3). What was written stays in the record; what stands above is
    told (`ON_RECALL`), and without anybody left to answer the round ends.

    Locks: case, review. Raises: Outdated if the review is no longer the `version` seen.
    """
    case = lock(review.case_id)
    review = (
        Review.objects.select_for_update(of=("self",))
        .select_related("clock", "case", "round")
        .get(pk=review.pk)
    )
    check_seen(review, version)
    told = notifications.people_of(review)
    perform(review, "recall", actor=actor, reason=reason, data={"department": review.department_name})
    deadlines.close(review.clock, today())
    if told:
        notifications.recalled(review, reason)
    for callback in ON_RECALL:
        callback(review, reason, actor)
    after_recall(case)


def after_recall(case: Case) -> None:
    """End the round if nobody is left to answer: the case goes back to where it was before.

    Called by: `recall` and mergers, under the case's lock.
    """
    current = case.rounds.order_by("-number").first()
    assert current is not None
    live = current.reviews.live()
    if live.exists():
        if not live.exclude(state=ReviewState.COMPLETED).exists():
            settle(case)
        refresh(case)
        return
    _outcome, _day, case.round_number = earlier_decision(case)
    perform(case, "earlier_decision" if case.outcome else "all_recalled", actor=SYSTEM)
    refresh(case)
