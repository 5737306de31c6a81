"""Interim answers: due on the last day of an undecided proposal and every so many days after (P6)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import in_office_language
from core import deadlines
from core.actors import SYSTEM
from core.editing import check_seen
from core.now import today
from core.permissions import can
from core.transition import perform
from core.work import keep
from proposals import notifications
from proposals.enums import RUNNING, InterimState, State
from proposals.models import Interim, Proposal
from proposals.policies import INTERIM_DAYS
from proposals.selectors.answers import open_reviews
from proposals.services.states import locked
from proposals.services.telling import tell


def draft_due(day: date) -> int:
    """Write what is due today for every proposal whose last day has come; the number of drafts.

    Locks: each proposal. Called by: the schedule.
    """
    late = Proposal.objects.filter(state__in=RUNNING, clock__due__lte=day, clock__paused=False)
    return sum(_draft(proposal, day) for proposal in late.order_by("pk"))


@transaction.atomic
def _draft(proposal: Proposal, day: date) -> int:
    proposal = locked(proposal)
    if proposal.state not in RUNNING or proposal.clock.due > day:
        return 0
    last = proposal.interims.order_by("-number").first()
    due = next_due(proposal.clock.due, last.due_on if last else None, INTERIM_DAYS.on(proposal.received_on))
    if due > day:
        return 0
    if last and last.state == InterimState.DRAFT:
        perform(last, "miss", actor=SYSTEM)
    draft = Interim.objects.create(
        proposal=proposal,
        number=last.number + 1 if last else 1,
        due_on=due,
        reason=_reason(proposal),
        answer_on=deadlines.preview(due, INTERIM_DAYS.on(proposal.received_on)).due,
    )
    keep.refresh(draft)
    return 1


def next_due(deadline: date, last: date | None, days: int) -> date:
    """The day on which one is due: the deadline, then every so many days, on days of work; none before the deadline."""
    return max(deadline, deadlines.preview(last, days).due) if last else deadline


@in_office_language
def _reason(proposal: Proposal) -> str:
    """Why it takes longer, as the system knows it; planning writes on."""
    if proposal.state == State.REVIEW:
        names = ", ".join(open_reviews(proposal).values_list("department_name", flat=True))
        return _("%(departments)s에서 제안을 실시할 수 있는지 더 살펴보고 있습니다.") % {"departments": names}
    if proposal.state == State.REVIEWED:
        return _("담당 부서의 검토를 마치고 결정을 준비하고 있습니다.")
    return _("제안을 맡을 부서를 정하고 내용을 살펴보고 있습니다.")


@transaction.atomic
def send(interim: Interim, *, reason: str, answer_on: date, actor: Any, version: int | None = None) -> None:
    """Tell the proposer, and everybody who looks, why it takes longer and until when.

    Locks: the proposal, the interim answer. Raises: Outdated, Rejected for a day that is not to come.
    """
    proposal = locked(interim.proposal)
    fresh = Interim.objects.select_for_update(of=("self",)).get(pk=interim.pk)
    check_seen(fresh, version)
    fresh.proposal = proposal
    if not reason.strip():
        raise Rejected(_("늦어지는 까닭을 제안자가 알 수 있게 입력해 주세요."), field="reason")
    if answer_on <= today():
        raise Rejected(_("오늘보다 뒤의 날을 입력해 주세요."), field="answer_on")
    fresh.reason, fresh.answer_on = reason.strip(), answer_on
    fresh.sent_on, fresh.sent_by = today(), actor
    perform(fresh, "send", actor=actor, data={"answer_on": answer_on.isoformat()})
    notifications.interim(fresh)
    tell(proposal, "interim", reason=fresh.reason, answer_on=answer_on)


def send_as_drafted(chosen: Any, *, actor: Any) -> int:
    """Send several as the system has drafted them; the number sent. One that is sent already, or that the actor may not
    send, stays as it is.

    Locks: each as `send`.
    """
    drafts = chosen.filter(state=InterimState.DRAFT).select_related("proposal").order_by("pk")
    sendable = [draft for draft in drafts if can(actor, "proposals.decide", draft)]
    for draft in sendable:
        send(draft, reason=draft.reason, answer_on=draft.answer_on, actor=actor, version=draft.version)
    return len(sendable)
