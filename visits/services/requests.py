"""A field visit from the plan to its approval, its change and its end (V1, V2)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from basis.errors import Rejected
from basis.formats import counted, date_weekday, won
from benchmarking.models import Review
from benchmarking.services import cases
from budgets import services as budget
from core import deadlines
from core.editing import check_seen, check_version
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from core.work import keep as work
from organization.models import User
from reviews.enums import ReviewState
from visits import notifications
from visits.enums import MADE_STATES, OPEN_STATES, VisitState
from visits.models import FieldVisit
from visits.policies import GROUPS
from visits.services import plans
from visits.services.plans import FIELDS, Adjustments, Plan


def draft_key(review: Review | int, visit: FieldVisit | None = None) -> str:
    """The draft of a new request belongs to the review, that of a change to the visit."""
    if visit is not None:
        return f"visits.visit.{visit.pk}"
    return f"visits.new.{review if isinstance(review, int) else review.pk}"


def locked(visit: FieldVisit, seen: int | None = None) -> tuple[Review | None, FieldVisit]:
    """The visit as it is now with its review, under their locks in the order case, review, visit. Which review it
    is may change until the case is locked (O1).

    Raises: Outdated if it is no longer the version that was `seen`. Called by: all services of visits.
    """
    if visit.case_id is not None:
        cases.lock(visit.case_id)
    review = Review.objects.select_for_update(of=("self",)).filter(visits=visit.pk).first()
    fresh = FieldVisit.objects.select_for_update(of=("self",)).select_related("department").get(pk=visit.pk)
    check_seen(fresh, seen)
    return review, fresh


@transaction.atomic
def write(
    review: Review,
    plan: Plan,
    team: Sequence[User],
    *,
    actor: Any,
    adjustments: Adjustments | None = None,
    is_demo: bool = False,
) -> FieldVisit:
    """Write a plan that is not submitted yet.

    Locks: case, review. Raises: Rejected beside the field where V1 is not met.
    """
    cases.lock(review.case_id)
    review = Review.objects.select_for_update(of=("self",)).select_related("department").get(pk=review.pk)
    principal = ensure(actor, "visits.request", review)
    _check_open(review)
    visit = FieldVisit(
        case_id=review.case_id,
        review=review,
        department=review.department,
        department_name=review.department_name,
        recorded_by=actor,
        begun_on=today(),
        state=VisitState.DRAFT,
        is_demo=is_demo,
    )
    plans.save_plan(visit, plan, team, adjustments)
    record(visit, "write", actor=actor, principal=principal)
    return visit


@transaction.atomic
def edit(
    visit: FieldVisit,
    plan: Plan,
    team: Sequence[User],
    *,
    actor: Any,
    adjustments: Adjustments | None = None,
    version: int | None = None,
) -> FieldVisit:
    """Mend a plan that planning does not have before it.

    Locks: case, review, visit. Raises: Conflict if a colleague was quicker, Rejected.
    """
    _review, visit = locked(visit)
    principal = ensure(actor, "visits.request", visit)
    if visit.state not in (VisitState.DRAFT, VisitState.RETURNED):
        raise Rejected(_("승인을 기다리는 신청은 거둔 뒤에 고칠 수 있습니다."))
    check_version(visit, version, _fields(plan))
    visit.version += 1
    plans.save_plan(visit, plan, team, adjustments)
    record(visit, "edit", actor=actor, principal=principal)
    return visit


@transaction.atomic
def submit(visit: FieldVisit, *, actor: Any) -> FieldVisit:
    """Ask planning (V1): the review is open, the team small enough, nobody elsewhere that day.

    Locks: case, review, visit.
    """
    review, visit = locked(visit)
    if not visit.was_approved:
        _check_open(review)
    team = [member.user for member in visit.members.select_related("user")]
    plans.check(visit, team)
    visit.to_mend = ""
    perform(visit, "submit", actor=actor, data=_facts(visit))
    plans.take_days(visit, team)
    notifications.submitted(visit)
    return visit


@transaction.atomic
def ask(review: Review, plan: Plan, team: Sequence[User], *, actor: Any, **more: Any) -> FieldVisit:
    """Write and submit in one step, or neither."""
    return submit(write(review, plan, team, actor=actor, **more), actor=actor)


@transaction.atomic
def edit_and_submit(
    visit: FieldVisit, plan: Plan, team: Sequence[User], *, actor: Any, **more: Any
) -> FieldVisit:
    """Mend and submit in one step, or neither."""
    return submit(edit(visit, plan, team, actor=actor, **more), actor=actor)


@transaction.atomic
def withdraw(visit: FieldVisit, *, actor: Any) -> FieldVisit:
    """Take the request back before it is decided; its days are free again.

    Locks: case, review, visit.
    """
    _review, visit = locked(visit)
    perform(visit, "withdraw", actor=actor)
    plans.give_back_days(visit)
    return visit


@transaction.atomic
def approve(visit: FieldVisit, *, actor: Any, version: int | None = None) -> FieldVisit:
    """Approve the plan and reserve its estimate (V5); done by planning.

    Locks: case, review, visit, budget. Raises: Outdated; Rejected, saying why, if the money or the month is full.
    """
    review, visit = locked(visit, version)
    if visit.state == VisitState.SUBMITTED:
        _check_approvable(visit, review)
    visit.was_approved = True
    perform(visit, "approve", actor=actor, data=_facts(visit))
    if visit.reserved is not None:
        budget.change_reserve(visit, visit.estimate, actor=actor)
    else:
        budget.reserve(visit, visit.estimate, actor=actor)
    _check_groups(visit)
    visit.reserved = visit.estimate
    visit.save(update_fields=["reserved"])
    notifications.approved(visit)
    return visit


@transaction.atomic
def send_back(visit: FieldVisit, *, reason: str, actor: Any, version: int | None = None) -> FieldVisit:
    """Ask for a better plan; done by planning. What was reserved before a change stays reserved.

    Locks: case, review, visit. Raises: Outdated.
    """
    _review, visit = locked(visit, version)
    visit.to_mend = reason.strip()
    perform(visit, "send_back", actor=actor, reason=reason)
    plans.give_back_days(visit)
    notifications.answered(visit, reason)
    return visit


@transaction.atomic
def reject(visit: FieldVisit, *, reason: str, actor: Any, version: int | None = None) -> FieldVisit:
    """Refuse the visit; done by planning. Its days and its money are free again.

    Locks: case, review, visit, budget. Raises: Outdated.
    """
    _review, visit = locked(visit, version)
    perform(visit, "reject", actor=actor, reason=reason)
    _release(visit, reason, actor)
    notifications.answered(visit, reason)
    return visit


@transaction.atomic
def amend(
    visit: FieldVisit,
    plan: Plan,
    team: Sequence[User],
    *,
    reason: str,
    actor: Any,
    adjustments: Adjustments | None = None,
    version: int | None = None,
) -> FieldVisit:
    """Change day or team after approval (also put off, also not gone). Planning approves anew; the reservation
    stands until then, and an order already given is to be changed.

    Locks: case, review, visit. Raises: Conflict if it was changed meanwhile, Rejected where V1 is not met.
    """
    _review, visit = locked(visit)
    check_version(visit, version, _fields(plan))
    ordered = visit.order_number
    before, after = date_weekday(visit.visited_on), date_weekday(plan["visited_on"])
    visit.void_order, visit.order_number, visit.to_mend = ordered or visit.void_order, "", ""
    _end_clock(visit)
    moved = {"from": before, "to": after} if before != after else None
    perform(visit, "amend", actor=actor, reason=reason, data=moved)
    left = [member.user for member in visit.members.select_related("user").exclude(user__in=team)]
    plans.save_plan(visit, plan, team, adjustments)
    plans.take_days(visit, team)
    work.refresh(visit)
    notifications.amended(visit, before, ordered, reason, left)
    return visit


@transaction.atomic
def cancel(visit: FieldVisit, *, reason: str, actor: Any) -> FieldVisit:
    """Give the visit up, before or after the order; after it general affairs is told to cancel the order.

    Locks: case, review, visit, budget.
    """
    _review, visit = locked(visit)
    known = visit.state not in (VisitState.DRAFT, VisitState.RETURNED) or visit.reserved is not None
    ordered = visit.order_number
    visit.void_order, visit.order_number, visit.to_mend = ordered or visit.void_order, "", ""
    _end_clock(visit)
    perform(visit, "cancel", actor=actor, reason=reason, data={"order": ordered})
    _release(visit, reason, actor)
    if known:
        notifications.cancelled(visit, ordered, reason, actor)
    return visit


def review_recalled(review: Review, reason: str, actor: Any) -> None:
    """Have planning decide what becomes of visits whose review was taken back.

    Called by: `reviews.services.reviews.recall` under the review's lock.
    """
    rows = FieldVisit.objects.select_for_update(of=("self",)).filter(review=review, state__in=OPEN_STATES)
    for visit in rows.order_by("pk"):
        record(visit, "review_recalled", actor=actor, reason=reason)
        notifications.review_recalled(visit, reason)


# -- the rules


def _check_open(review: Review | None) -> None:
    if review is None or not review.is_open:
        raise Rejected(
            _(
                "검토하고 있는 사례만 현장체험을 신청할 수 있습니다. 기획예산과의 검토 요청이 끝났거나 회수되었습니다."
            )
        )


def _check_approvable(visit: FieldVisit, review: Review | None) -> None:
    """A change or correction of what was agreed may come after the day and after the review."""
    if visit.was_approved:
        if review is not None and review.state == ReviewState.RECALLED:
            raise Rejected(_("검토 요청이 회수되어 승인할 수 없습니다."))
        return
    _check_open(review)
    if visit.visited_on < today():
        raise Rejected(_("방문일이 지났습니다. 보완을 요청하여 방문일을 바꾸게 해 주세요."))


def _check_groups(visit: FieldVisit) -> None:
    """Rejected if so many visits have been approved for the month already (V7).

    Called by: `approve`, under the budget's lock, so nobody else approves meanwhile.
    """
    most, day = GROUPS.on(visit.begun_on), visit.visited_on
    if not most:
        return
    agreed = Q(state__in=(VisitState.APPROVED, VisitState.ORDERED, *MADE_STATES))
    agreed |= Q(reserved__isnull=False)  # its change is being decided
    same = FieldVisit.objects.filter(agreed, visited_on__year=day.year, visited_on__month=day.month).exclude(
        pk=visit.pk
    )
    if same.count() >= most:
        raise Rejected(
            _("%(month)d월에는 이미 %(count)s이 승인되었습니다. 한 달에 %(count)s까지 다녀올 수 있습니다.")
            % {"month": day.month, "count": counted(most, pgettext("단위", "팀"))}
        )


# -- what follows


def _release(visit: FieldVisit, reason: str, actor: Any) -> None:
    """The days and the money are free again."""
    plans.give_back_days(visit)
    if visit.reserved is None:
        return
    visit.reserved = None
    visit.save(update_fields=["reserved"])
    budget.release(visit, reason=reason, actor=actor)


def _end_clock(visit: FieldVisit) -> None:
    for clock in (visit.clock, visit.claim):
        if clock is not None:
            deadlines.close(clock, today())
    visit.clock = visit.claim = None


def _fields(plan: Plan) -> dict[str, Any]:
    return {name: value for name, value in plan.items() if name in FIELDS}


def _facts(visit: FieldVisit) -> dict[str, Any]:
    """What a reader of the record wants to know of the plan at that moment."""
    people = counted(visit.headcount, _("명"))
    return {
        "visited_on": visit.visited_on.isoformat(),
        "estimate": visit.estimate,
        "text": f"{date_weekday(visit.visited_on)} · {people} · {won(visit.estimate)}",
    }
