"""What a session gave somebody to do: written with the minutes, work once these are confirmed (C8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import date_ko
from core.actors import SYSTEM
from core.editing import check_seen
from core.now import today
from core.transition import perform
from core.work import keep
from meetings import notifications
from meetings.enums import DecisionState
from meetings.models import Decision, Session
from organization.models import Department, User

MOST = 30
UNUSED = 1_000  # no decision has so high a place


@dataclass(frozen=True)
class Given:
    """A line of the minutes: what, to whom (one of the two), until when. `place`: how the form names it."""

    text: str
    person: User | None = None
    department: Department | None = None
    until: date | None = None
    place: int = 0


def locked(decision: Decision, seen: int | None = None) -> Decision:
    """Called by: all services of decisions. Raises: Outdated."""
    rows = Decision.objects.select_for_update(of=("self",))
    fresh = rows.select_related("session__panel", "person__department", "department").get(pk=decision.pk)
    check_seen(fresh, seen)
    return fresh


def write(session: Session, given: Sequence[Given]) -> None:
    """In place of those written before, until the minutes are confirmed; what was done before they were undone stays.

    Called by: sessions.hold, under the session's lock. Raises: Rejected beside the line.
    """
    for one in given:
        _check(session, one)
    drafts = list(session.decisions.filter(state=DecisionState.DRAFT).order_by("order"))
    kept = session.decisions.exclude(state=DecisionState.DRAFT).values_list("order", flat=True)
    first = max(kept, default=0) + 1
    for gone in drafts[len(given) :]:
        keep.forget(gone)
        gone.delete()
    for place, draft in enumerate(drafts[: len(given)]):  # out of each other's way
        draft.order = UNUSED + place
        draft.save(update_fields=["order"])
    for order, line in enumerate(given[:MOST]):
        row = drafts[order] if order < len(drafts) else Decision(session=session)
        row.order, row.text, row.until = first + order, line.text.strip(), line.until
        row.person, row.department = line.person, line.department
        row.save()


def _check(session: Session, one: Given) -> None:
    def refuse(name: str, text: str) -> Rejected:
        return Rejected(text, field=f"decision-{one.place}-{name}")

    if not one.text.strip():
        raise refuse("text", _("무엇을 할지 입력해 주세요."))
    if (one.person is None) == (one.department is None):
        raise refuse("who", _("맡을 사람이나 부서를 골라 주세요."))
    if one.until is not None and one.until < session.held_on:
        text = _("기한은 회의일(%(day)s)이나 그 뒤의 날로 입력해 주세요.")
        raise refuse("until", text % {"day": date_ko(session.held_on)})


def begin(session: Session) -> None:
    """The minutes are confirmed: what was decided is somebody's work.

    Called by: sessions.confirm, under the session's lock.
    """
    for one in session.decisions.filter(state=DecisionState.DRAFT).order_by("order"):
        fresh = locked(one)
        perform(fresh, "open", actor=SYSTEM)
        notifications.decided(fresh)


def recall(session: Session, reason: str) -> None:
    """The minutes do not stand any more: what was not done yet is nobody's work until they do.

    Called by: sessions.undo, under the session's lock.
    """
    for one in session.decisions.filter(state=DecisionState.OPEN).order_by("order"):
        fresh = locked(one)
        perform(fresh, "recall", actor=SYSTEM, reason=reason)
        notifications.decision_changed(fresh, "recalled", reason)


@transaction.atomic
def finish(decision: Decision, outcome: str, *, version: int | None = None, actor: Any) -> Decision:
    """Done, with what came of it.

    Locks: the decision. Raises: Refused, Outdated, Rejected without an outcome.
    """
    fresh = locked(decision, version)
    if not outcome.strip():
        raise Rejected(_("어떻게 처리했는지 입력해 주세요."), field="outcome")
    fresh.outcome, fresh.done_on = outcome.strip()[:500], today()
    perform(fresh, "finish", actor=actor)
    return fresh


@transaction.atomic
def move(decision: Decision, until: date, *, reason: str, version: int | None = None, actor: Any) -> Decision:
    """Another day; whoever has it is told.

    Locks: the decision. Raises: Refused, Outdated, Rejected for a day that has passed.
    """
    fresh = locked(decision, version)
    if until < today():
        raise Rejected(_("기한은 오늘이나 그 뒤의 날로 입력해 주세요."), field="until")
    before, fresh.until = fresh.until, until
    data = {"before": before.isoformat() if before else "", "after": until.isoformat()}
    perform(fresh, "move", actor=actor, reason=reason, data=data)
    notifications.decision_changed(fresh, "moved", reason)
    return fresh


@transaction.atomic
def drop(decision: Decision, *, reason: str, version: int | None = None, actor: Any) -> Decision:
    """It need not be done any more.

    Locks: the decision. Raises: Refused, Outdated.
    """
    fresh = locked(decision, version)
    perform(fresh, "drop", actor=actor, reason=reason)
    notifications.decision_changed(fresh, "dropped", reason)
    return fresh


@transaction.atomic
def reopen(decision: Decision, *, reason: str, version: int | None = None, actor: Any) -> Decision:
    """It was not done after all.

    Locks: the decision. Raises: Refused, Outdated.
    """
    fresh = locked(decision, version)
    fresh.done_on = None
    perform(fresh, "reopen", actor=actor, reason=reason)
    notifications.decision_changed(fresh, "reopened", reason)
    return fresh
