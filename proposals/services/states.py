"""Where a proposal stands between the steps: its lock, its end, and what its departments' answers lead to (P5, P6)."""

from datetime import date
from typing import Any

from basis.official import office_text
from core import deadlines
from core.actors import SYSTEM
from core.editing import check_seen
from core.now import today
from core.transition import perform
from core.work import keep
from proposals.enums import RUNNING, InterimState, State
from proposals.models import Proposal, ProposalReview
from proposals.selectors.answers import open_reviews
from reviews.enums import ReviewState
from reviews.services.reviews import drop

# Where a proposal is whose days are counted follows from its departments' answers.
GOES_ON = {
    State.RECEIVED: "all_recalled",
    State.REVIEW: "back_to_review",
    State.REVIEWED: "answered",
}


def locked(proposal: Proposal, seen: int | None = None) -> Proposal:
    """The proposal as it is now, under its lock. Raises: Outdated if it is no longer the version that was `seen`."""
    fresh = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("clock", "petition_clock")
        .get(pk=proposal.pk)
    )
    check_seen(fresh, seen)
    return fresh


def end(proposal: Proposal) -> None:
    """The clock stops, `in_time` says how it stood; departments are not asked any more, no interim answer is due.

    Called by: services, under the proposal's lock.
    """
    day = today()
    deadlines.close(proposal.clock, day)
    proposal.closed_on, proposal.in_time = day, day <= proposal.clock.due
    drop(open_reviews(proposal))
    for draft in proposal.interims.filter(state=InterimState.DRAFT):
        perform(draft, "drop", actor=SYSTEM)
    proposal.supplements.filter(answered_on=None).update(answered_on=day)
    proposal.opinions.filter(ended_on=None).update(ended_on=day)


def go_on(proposal: Proposal) -> None:
    """Lead it to where its departments' answers have it: nobody asked, somebody still to answer, all answered.

    Called by: services, under the proposal's lock.
    """
    if proposal.state in RUNNING and (to := standing(proposal)) != proposal.state:
        perform(proposal, GOES_ON[to], actor=SYSTEM)


def standing(proposal: Proposal) -> State:
    states = set(ProposalReview.objects.live().filter(proposal=proposal).values_list("state", flat=True))
    if not states:
        return State.RECEIVED
    return State.REVIEWED if states == {ReviewState.COMPLETED} else State.REVIEW


def pause(proposal: Proposal, actor: Any, until: date | None = None) -> None:
    """The days until the decision stand still from today: to a day, or until the clock runs again. Everybody reads the
    arithmetic, so it says no more than the state that it waits in.

    Called by: services, under the proposal's lock.
    """
    reason = office_text(State(proposal.state).label)
    asked = deadlines.request_pause(proposal.clock, start=today(), end=until, reason=reason, actor=actor)
    deadlines.decide(asked, approve=True, note="", actor=SYSTEM, cap_days=0)
    keep.refresh(proposal)
