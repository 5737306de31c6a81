"""Asking an agency or expert outside; the clock stands still for the days they have (P6)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core import attachments, deadlines
from core.actors import SYSTEM
from core.now import today
from core.transition import perform
from proposals import notifications
from proposals.enums import State
from proposals.models import Opinion, Proposal
from proposals.policies import OPINION_DAYS
from proposals.services.states import go_on, locked, pause
from proposals.services.telling import tell


@transaction.atomic
def ask(proposal: Proposal, office: str, *, reason: str, actor: Any, version: int | None = None) -> Opinion:
    """Ask what they think; `reason` is the question. The proposer is told.

    Locks: the proposal. Raises: Outdated, Rejected without saying whom.
    """
    proposal = locked(proposal, version)
    if not office.strip():
        raise Rejected(_("의견을 물을 곳을 입력해 주세요."), field="office")
    day = today()
    due = deadlines.preview(day, OPINION_DAYS.on(day)).due
    asked = Opinion.objects.create(
        proposal=proposal, office=office.strip(), question=reason, asked_on=day, asked_by=actor, due=due
    )
    perform(proposal, "ask_opinion", actor=actor, reason=reason, data={"office": asked.office})
    notifications.changed(proposal, "ask_opinion", reason)
    tell(proposal, "opinion", asked=asked.office, answer_due=due)
    if day <= proposal.clock.due:  # what is late stays late
        pause(proposal, actor, until=due)
    return asked


@transaction.atomic
def take_in(
    proposal: Proposal,
    *,
    answer: str,
    actor: Any,
    files: Sequence[File] = (),
    version: int | None = None,
) -> None:
    """They have answered; the clock runs again from today.

    Locks: the proposal. Raises: Outdated.
    """
    proposal = locked(proposal, version)
    perform(proposal, "take_opinion", actor=actor)
    proposal.opinions.filter(ended_on=None).update(answer=answer, ended_on=today())
    if files:
        attachments.attach(proposal, files, actor=actor)
    if deadlines.standing(proposal.clock, today()):
        deadlines.resume(proposal.clock, actor=actor)
    go_on(proposal)


def end_late(day: date) -> int:
    """Who has not answered in time is waited for no longer; the number of proposals that go on.

    Locks: each proposal. Called by: the schedule.
    """
    late = Proposal.objects.filter(state=State.OPINION, opinions__ended_on=None, opinions__due__lt=day)
    return sum(_end_late(proposal, day) for proposal in late.order_by("pk"))


@transaction.atomic
def _end_late(proposal: Proposal, day: date) -> int:
    proposal = locked(proposal)
    if not proposal.opinions.filter(ended_on=None, due__lt=day).update(ended_on=day):
        return 0
    perform(proposal, "end_opinion", actor=SYSTEM)
    notifications.opinion_late(proposal)
    go_on(proposal)
    return 1
