"""A department's review: who does it, what it says, who confirms it (B3, B4)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import in_office_language
from benchmarking import notifications
from benchmarking.enums import ANSWERS, Decision
from benchmarking.models import Case, Review
from benchmarking.services import earning
from benchmarking.services.cases import lock
from benchmarking.services.outcome import live_reviews, refresh, settle, unsettle
from core import attachments, deadlines, drafts
from core.actors import SYSTEM
from core.editing import check_seen, check_version
from core.now import today
from core.permissions import can
from core.transition import perform
from organization.models import User
from reviews.enums import ReviewState

FIELDS = ("decision", "reason", "plan_what", "plan_on", "plan_budget")
PLAN = ("plan_what", "plan_on", "plan_budget")


class Answer(TypedDict, total=False):
    """What a department answers; the plan only with 도입 (budget in won)."""

    decision: str
    reason: str
    plan_what: str
    plan_on: date | None
    plan_budget: int | None


def draft_key(review: Review) -> str:
    return f"benchmarking.review.{review.pk}"


def locked(review: Review, seen: int | None = None) -> tuple[Case, Review]:
    """The review as it is now with its case, both under their locks: case first, the lock order of every service
    here.

    Raises: Outdated if it is no longer the version that was `seen`. Called by: all services of reviews and their
    clocks.
    """
    case = lock(review.case_id)
    fresh = (
        Review.objects.select_for_update(of=("self",))
        .select_related("clock", "reviewer", "department", "round")
        .get(pk=review.pk)
    )
    check_seen(fresh, seen)
    fresh.case = case
    return case, fresh


@in_office_language  # of the record
def _label(person: User) -> str:
    return person.label


@transaction.atomic
def assign(review: Review, reviewer: User, *, actor: Any) -> Review:
    """Name the reviewer, somebody of the reviewing department.

    Locks: case, review. Raises: Rejected for somebody of another department.
    """
    _case, review = locked(review)
    if reviewer.department_id != review.department_id or not reviewer.is_active:
        raise Rejected(_("같은 부서의 직원만 검토자로 지정할 수 있습니다."), field="reviewer")
    review.reviewer = reviewer
    perform(review, "assign", actor=actor, data={"reviewer": _label(reviewer)})
    notifications.assigned(review, actor)
    return review


@transaction.atomic
def take(review: Review, *, actor: Any) -> Review:
    """Take the review oneself, without waiting to be named.

    Locks: case, review. Raises: Rejected if a colleague has it, or for who is of another department.
    """
    _case, review = locked(review)
    if review.state == ReviewState.ASSIGNED and review.reviewer_id != actor.pk:
        raise Rejected(_("이미 다른 직원이 맡았습니다."))
    review.reviewer = actor
    perform(review, "take", actor=actor, data={"reviewer": _label(actor)})
    return review


def faults(answer: Answer) -> dict[str, str]:
    """What B4 misses in an answer, by field, all at once."""
    decision = answer.get("decision", "")
    if decision not in ANSWERS:
        return {"decision": _("검토 결과를 골라 주세요.")}
    missing = {} if (answer.get("reason") or "").strip() else {"reason": _("검토 의견을 입력해 주세요.")}
    if decision != Decision.ADOPT:
        return missing
    if not (answer.get("plan_what") or "").strip():
        missing["plan_what"] = _("도입할 때는 추진 내용을 입력해 주세요.")
    if answer.get("plan_on") is None:
        missing["plan_on"] = _("도입할 때는 시행 예정일을 입력해 주세요.")
    if answer.get("plan_budget") is None:
        missing["plan_budget"] = _("소요 예산을 입력해 주세요. 예산이 들지 않으면 0을 입력해 주세요.")
    return missing


def check_answer(answer: Answer) -> None:
    """Rejected, beside the field, where B4 is not met."""
    for field, message in faults(answer).items():
        raise Rejected(message, field=field)


@transaction.atomic
def submit(
    review: Review, answer: Answer, *, actor: Any, version: int | None = None, files: Sequence[File] = ()
) -> Review:
    """Send the department's answer. It is complete at once where no confirmation is needed or the head wrote it.

    Locks: case, review, and completing also accounts. Raises: Rejected beside the field where B4 is not met,
    Conflict if the answer was changed meanwhile.
    """
    case, review = locked(review)
    check_answer(answer)
    check_version(review, version, {k: answer.get(k) for k in FIELDS if k in answer})
    for name in FIELDS:
        blank: Any = None if name in ("plan_on", "plan_budget") else ""
        wanted = (
            answer.get(name, blank) if answer["decision"] == Decision.ADOPT or name not in PLAN else blank
        )
        setattr(review, name, wanted)
    review.submitted_by, review.submitted_on = actor, today()
    if review.reviewer_id is None:
        review.reviewer = actor if actor.department_id == review.department_id else None
    perform(review, "submit", actor=actor, data={"decision": review.decision})
    if files:
        attachments.attach(review, files, actor=actor)
    drafts.discard(actor, draft_key(review))
    if can(actor, "benchmarking.confirm", review):
        review.confirmed_by = actor
        _complete(case, review, "confirm", actor=actor)
    elif not review.needs_confirmation:
        _complete(case, review, "complete", actor=SYSTEM)
    else:
        notifications.submitted(review)
    return review


@transaction.atomic
def withdraw(review: Review, *, actor: Any) -> Review:
    """Take the answer back before it is confirmed.

    Locks: case, review.
    """
    _case, review = locked(review)
    perform(review, "withdraw", actor=actor)
    return review


@transaction.atomic
def send_back(review: Review, *, reason: str, actor: Any, version: int | None = None) -> Review:
    """Ask the reviewer for another look; done by the head.

    Locks: case, review. Raises: Outdated.
    """
    _case, review = locked(review, version)
    perform(review, "send_back", actor=actor, reason=reason)
    notifications.sent_back(review, reason)
    return review


@transaction.atomic
def confirm(review: Review, *, actor: Any, version: int | None = None) -> Review:
    """Confirm the answer; with it the department has answered. Done by the head.

    Locks: case, review, accounts. Raises: Outdated.
    """
    case, review = locked(review, version)
    review.confirmed_by = actor
    _complete(case, review, "confirm", actor=actor)
    return review


def _complete(case: Case, review: Review, step: str, *, actor: Any) -> None:
    """Close the deadline, decide the case if this was the last answer, credit who wrote it.

    Called by: `submit` and `confirm`, under the locks of case and review.
    """
    day = today()
    deadlines.close(review.clock, day)
    review.completed_on, review.in_time = day, day <= review.clock.due
    perform(review, step, actor=actor, data={"decision": review.decision, "in_time": review.in_time})
    if not live_reviews(case).exclude(state=ReviewState.COMPLETED).exists():
        settle(case)
    refresh(case)
    earning.reviewed(review, actor=actor)


@transaction.atomic
def reopen(review: Review, *, reason: str, actor: Any, version: int | None = None) -> Review:
    """Have a completed answer corrected, without telling everyone again; done by planning. The case's decision and
    the points are taken back until it is answered anew.

    Locks: case, review, accounts. Raises: Outdated, Rejected for an earlier round or once 업무반영 was reported.
    """
    case, review = locked(review, version)
    if review.is_record:
        raise Rejected(_("지난 자료에서 옮긴 검토 결과는 정정할 수 없습니다."))
    if review.round.number != case.round_number:
        raise Rejected(_("지난 회차의 검토 결과는 정정할 수 없습니다."))
    follow_up = getattr(review, "follow_up", None)
    if follow_up is not None and follow_up.state in ("reported", "confirmed"):
        raise Rejected(_("업무반영 보고를 먼저 되돌린 뒤 정정해 주세요."))
    review.completed_on = review.in_time = review.confirmed_by = None
    perform(review, "reopen", actor=actor, reason=reason)
    deadlines.reopen(review.clock, actor=actor)
    unsettle(case, review)
    refresh(case)
    notifications.reopened(review, reason)
    earning.not_reviewed(review, reason=reason, actor=actor)
    return review
