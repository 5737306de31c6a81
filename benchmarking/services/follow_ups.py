"""Following what was adopted until it is part of the work (B7)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import date_weekday
from benchmarking import notifications
from benchmarking.models import Case, FollowUp
from benchmarking.services import earning
from benchmarking.services.cases import lock
from benchmarking.services.outcome import weigh_implementation
from core import attachments
from core.editing import check_seen
from core.now import today
from core.transition import perform


def _locked(follow_up: FollowUp, seen: int | None = None) -> tuple[Case, FollowUp]:
    """The follow-up as it is now with its case, both under their locks: case first.

    Raises: Outdated if it is no longer the version that was `seen`.
    """
    case = lock(follow_up.review.case_id)
    fresh = (
        FollowUp.objects.select_for_update(of=("self",))
        .select_related("review__department", "review__reviewer", "review__round")
        .get(pk=follow_up.pk)
    )
    check_seen(fresh, seen)
    fresh.review.case = case
    return case, fresh


@transaction.atomic
def move(follow_up: FollowUp, *, planned_on: date, reason: str, actor: Any) -> None:
    """Put off the day planned, with the reason; the first day stays on record.

    Locks: case, follow-up. Raises: Rejected for a day that has passed.
    """
    _case, follow_up = _locked(follow_up)
    if planned_on < today():
        raise Rejected(_("새 시행 예정일은 오늘 또는 이후여야 합니다."), field="planned_on")
    old, follow_up.planned_on = follow_up.planned_on, planned_on
    perform(
        follow_up,
        "move",
        actor=actor,
        reason=reason,
        data={"from": date_weekday(old) if old else "", "to": date_weekday(planned_on)},
    )


@transaction.atomic
def report(
    follow_up: FollowUp, *, implemented_on: date, result: str, actor: Any, files: Sequence[File] = ()
) -> None:
    """Report that it is part of the work, with evidence: what was done, and a file unless one is there already.

    Locks: case, follow-up. Raises: Rejected beside the field.
    """
    _case, follow_up = _locked(follow_up)
    if implemented_on > today():
        raise Rejected(_("업무반영일은 오늘 또는 이전이어야 합니다."), field="implemented_on")
    if not result.strip():
        raise Rejected(_("반영 내용을 입력해 주세요."), field="result")
    if not files and not attachments.files_of(follow_up).exists():
        raise Rejected(_("업무반영을 확인할 수 있는 자료를 첨부해 주세요."), field="attachments")
    follow_up.implemented_on, follow_up.result, follow_up.reported_by = implemented_on, result, actor
    perform(follow_up, "report", actor=actor)
    if files:
        attachments.attach(follow_up, files, actor=actor)
    notifications.follow_up_reported(follow_up)


def _take(
    follow_up: FollowUp, name: str, *, actor: Any, reason: str = "", version: int | None = None
) -> FollowUp:
    """Take a step and see whether the case is implemented by now, or no longer.

    Locks: case, follow-up, and for the points accounts.
    """
    case, follow_up = _locked(follow_up, version)
    follow_up.confirmed_by = actor if name == "confirm" else None
    if name == "drop":
        follow_up.dropped_version = follow_up.review.version
    perform(follow_up, name, actor=actor, reason=reason)
    weigh_implementation(case)
    if name == "confirm":
        earning.implemented(follow_up, actor=actor)
    elif name == "undo_confirm":
        earning.not_implemented(follow_up, reason=reason, actor=actor)
    return follow_up


@transaction.atomic
def withdraw(follow_up: FollowUp, *, actor: Any) -> None:
    """Take the report back before planning has confirmed it."""
    _take(follow_up, "withdraw", actor=actor)


@transaction.atomic
def confirm(follow_up: FollowUp, *, actor: Any, version: int | None = None) -> None:
    """Accept the evidence; done by planning, who gives the points with it."""
    notifications.follow_up_answered(_take(follow_up, "confirm", actor=actor, version=version), "")


@transaction.atomic
def send_back(follow_up: FollowUp, *, reason: str, actor: Any, version: int | None = None) -> None:
    """Ask for better evidence; done by planning."""
    follow_up = _take(follow_up, "send_back", actor=actor, reason=reason, version=version)
    notifications.follow_up_answered(follow_up, reason)


@transaction.atomic
def undo_confirm(follow_up: FollowUp, *, reason: str, actor: Any, version: int | None = None) -> None:
    """Take the confirmation back, and the points with it; done by planning."""
    _take(follow_up, "undo_confirm", actor=actor, reason=reason, version=version)


@transaction.atomic
def drop(follow_up: FollowUp, *, reason: str, actor: Any) -> None:
    """Say that it will not come: the decision stays, with the reason why nothing followed."""
    _take(follow_up, "drop", actor=actor, reason=reason)


@transaction.atomic
def resume(follow_up: FollowUp, *, reason: str, actor: Any) -> None:
    """Take up what was dropped.

    Raises: Rejected unless the decision is still to adopt.
    """
    review = _take(follow_up, "resume", actor=actor, reason=reason).review
    if not review.is_adopted:
        raise Rejected(_("도입하기로 결정된 검토만 다시 추진할 수 있습니다."))
