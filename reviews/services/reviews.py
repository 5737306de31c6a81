"""A department's review: who does it, what it says, who confirms it (B3, B4)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import in_office_language
from core import attachments, deadlines, drafts
from core.actors import SYSTEM
from core.editing import check_seen, check_version
from core.now import today
from core.permissions import can
from core.transition import perform
from organization.models import User
from reviews import notifications
from reviews.enums import ReviewState
from reviews.kinds import ReviewKind, kind_of
from reviews.models import R


def draft_key(review: R) -> str:
    return f"{kind_of(review).prefix}.review.{review.pk}"


def locked(review: R, seen: int | None = None) -> tuple[ReviewKind[R], R]:
    """The review as it is now with its subject, both under their locks: subject first, the lock order of every service
    here.

    Raises: Outdated if it is no longer the version that was `seen`. Called by: all services of reviews and their
    clocks.
    """
    kind = kind_of(review)
    subject = kind.lock(review.subject_id)
    fresh: R = (
        kind.model.objects.select_for_update(of=("self",))
        .select_related("clock", "reviewer", "department", *kind.beside)
        .get(pk=review.pk)
    )
    check_seen(fresh, seen)
    setattr(fresh, fresh.SUBJECT, subject)
    return kind, fresh


@in_office_language  # of the record
def _label(person: User) -> str:
    return person.label


@transaction.atomic
def assign(review: R, reviewer: User, *, actor: Any) -> R:
    """Name the reviewer, somebody of the reviewing department.

    Locks: subject, review. Raises: Rejected for somebody of another department, or whom it concerns.
    """
    kind, review = locked(review)
    if reviewer.department_id != review.department_id or not reviewer.is_active:
        raise Rejected(_("같은 부서의 직원만 검토자로 지정할 수 있습니다."), field="reviewer")
    if reviewer.pk in kind.excluded(review):
        raise Rejected(_("본인이 낸 것을 검토할 수 없습니다. 다른 직원을 지정해 주세요."), field="reviewer")
    review.reviewer = reviewer
    perform(review, "assign", actor=actor, data={"reviewer": _label(reviewer)})
    notifications.assigned(review, actor)
    return review


@transaction.atomic
def take(review: R, *, actor: Any) -> R:
    """Take the review oneself, without waiting to be named.

    Locks: subject, review. Raises: Rejected if a colleague has it, or for who is of another department.
    """
    _kind, review = locked(review)
    if review.state == ReviewState.ASSIGNED and review.reviewer_id != actor.pk:
        raise Rejected(_("이미 다른 직원이 맡았습니다."))
    review.reviewer = actor
    perform(review, "take", actor=actor, data={"reviewer": _label(actor)})
    return review


@transaction.atomic
def submit(
    review: R,
    answer: Mapping[str, Any],
    *,
    actor: Any,
    version: int | None = None,
    files: Sequence[File] = (),
) -> R:
    """Send the department's answer. It is complete at once where no confirmation is needed or the head wrote it.

    Locks: subject, review, and what completing locks. Raises: Rejected beside the field where something is missing
    (`ReviewKind.clean`), Conflict if the answer was changed meanwhile.
    """
    kind, review = locked(review)
    values = kind.clean(answer)
    check_version(review, version, {name: answer.get(name) for name in kind.answer if name in answer})
    for name, value in values.items():
        setattr(review, name, value)
    review.submitted_by, review.submitted_on = actor, today()
    if review.reviewer_id is None:
        review.reviewer = actor if actor.department_id == review.department_id else None
    perform(review, "submit", actor=actor, data=_logged(kind, review))
    if files:
        attachments.attach(review, files, actor=actor)
    drafts.discard(actor, draft_key(review))
    if can(actor, f"{kind.prefix}.confirm", review):
        review.confirmed_by = actor
        _complete(kind, review, "confirm", actor=actor)
    elif not review.needs_confirmation:
        _complete(kind, review, "complete", actor=SYSTEM)
    else:
        notifications.submitted(review)
    return review


def _logged(kind: ReviewKind[R], review: R) -> dict[str, Any]:
    return {name: getattr(review, name) for name in kind.logged}


@transaction.atomic
def withdraw(review: R, *, actor: Any) -> R:
    """Take the answer back before it is confirmed.

    Locks: subject, review.
    """
    _kind, review = locked(review)
    perform(review, "withdraw", actor=actor)
    return review


@transaction.atomic
def send_back(review: R, *, reason: str, actor: Any, version: int | None = None) -> R:
    """Ask the reviewer for another look; done by the head.

    Locks: subject, review. Raises: Outdated.
    """
    _kind, review = locked(review, version)
    perform(review, "send_back", actor=actor, reason=reason)
    notifications.sent_back(review, reason)
    return review


@transaction.atomic
def confirm(review: R, *, actor: Any, version: int | None = None) -> R:
    """Confirm the answer; with it the department has answered. Done by the head.

    Locks: subject, review, and what completing locks. Raises: Outdated.
    """
    kind, review = locked(review, version)
    review.confirmed_by = actor
    _complete(kind, review, "confirm", actor=actor)
    return review


def _complete(kind: ReviewKind[R], review: R, step: str, *, actor: Any) -> None:
    """Close the deadline; what follows is the kind's.

    Called by: `submit` and `confirm`, under the locks of subject and review.
    """
    day = today()
    deadlines.close(review.clock, day)
    review.completed_on, review.in_time = day, day <= review.clock.due
    perform(review, step, actor=actor, data=_logged(kind, review) | {"in_time": review.in_time})
    kind.completed(review, actor)


@transaction.atomic
def reopen(review: R, *, reason: str, actor: Any, version: int | None = None) -> R:
    """Have a completed answer corrected, without telling everyone again; done by planning. What followed from it is
    taken back until it is answered anew.

    Locks: subject, review, and what taking back locks. Raises: Outdated, Rejected where the kind says so.
    """
    kind, review = locked(review, version)
    if review.is_record:
        raise Rejected(_("지난 자료에서 옮긴 검토 결과는 정정할 수 없습니다."))
    kind.check_reopen(review)
    review.completed_on = review.in_time = review.confirmed_by = None
    perform(review, "reopen", actor=actor, reason=reason)
    deadlines.reopen(review.clock, actor=actor)
    notifications.reopened(review, reason)
    kind.reopened(review, reason, actor)
    return review


@transaction.atomic
def recall(review: R, *, reason: str, actor: Any, version: int | None = None) -> None:
    """Take back what was sent to one department by mistake (B3). What was written stays in the record.

    Locks: subject, review. Raises: Outdated if the review is no longer the `version` seen.
    """
    kind, review = locked(review, version)
    perform(review, "recall", actor=actor, reason=reason, data={"department": review.department_name})
    deadlines.close(review.clock, today())
    notifications.recalled(review, reason)
    kind.recalled(review, reason, actor)


def drop(reviews: Iterable[R]) -> None:
    """What was asked about is settled otherwise: nobody has to answer any more, and who was at it is told.

    Called by: the process, under the locks of the subject.
    """
    for review in reviews:
        deadlines.close(review.clock, today())
        perform(review, "drop", actor=SYSTEM)
        notifications.dropped(review)
