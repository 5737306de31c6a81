"""Reports of public texts: the text is hidden at once and decided on within the days of the policy."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core import deadlines, gate, tries
from core.actors import SYSTEM
from core.editing import check_seen
from core.models import Clock
from core.now import now, today
from core.transition import perform, record
from core.work import keep
from proposals import notifications
from proposals.enums import ComplaintState
from proposals.models import Complaint, Proposal, Voice
from proposals.policies import COMPLAINT_ABUSE, COMPLAINT_DAYS
from proposals.services.telling import tell

CLOCK = "proposals.complaint"
SALT = "proposals.complaint"
MOST_WORDS = 20


@transaction.atomic
def complain(
    proposal: Proposal, ground: str, text: str, *, address: str | None, doubtful: bool = False
) -> Complaint:
    """Somebody reports the text; all reports of it are decided on together. It is hidden at once, unless planning has
    found it fit to be read before, or it comes like from a robot or from a network that reports very much.

    Locks: the proposal. Called by: everybody.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    network = tries.digest(f"{SALT}.{today()}", gate.network_of(address))
    found = proposal.complaints.filter(state=ComplaintState.OPEN).first()
    hides = not (doubtful or _reports_much(network) or _was_found_fit(proposal))
    complaint = found or Complaint.objects.create(
        proposal=proposal,
        hid=hides,
        opened_on=today(),
        clock=deadlines.open_clock(CLOCK, today(), COMPLAINT_DAYS.on(today())),
    )
    Voice.objects.create(complaint=complaint, ground=ground, text=text, network=network)
    if hides:
        _show(proposal, False)
        if not complaint.hid:
            complaint.hid = True
            complaint.save(update_fields=["hid"])
    record(complaint, "complain_again" if found else "complain", actor=SYSTEM, data={"ground": ground})
    if not found:
        keep.refresh(complaint)
        if hides:
            notifications.changed(proposal, "complain")
            tell(proposal, "taken_down", decide_by=complaint.clock.due)
    return complaint


def _reports_much(network: str) -> bool:
    since = now() - timedelta(days=1)
    return Voice.objects.filter(network=network, at__gt=since).count() >= COMPLAINT_ABUSE.on(today())


def _was_found_fit(proposal: Proposal) -> bool:
    fit = (ComplaintState.SHOWN, ComplaintState.COVERED)
    return proposal.complaints.filter(state__in=fit).exists()


def _show(proposal: Proposal, shown: bool, words: Sequence[str] | None = None) -> None:
    """What everybody may read of it from now on."""
    proposal.taken_down = not shown
    if words is not None:
        proposal.covered = [*proposal.covered, *(word for word in words if word not in proposal.covered)]
    proposal.save(update_fields=["taken_down", "covered", "sought"])


def _decide(
    complaint: Complaint,
    step: str,
    reason: str,
    actor: Any,
    version: int | None,
    words: Sequence[str] | None = None,
) -> None:
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=complaint.proposal_id)
    fresh = Complaint.objects.select_for_update(of=("self",)).select_related("clock").get(pk=complaint.pk)
    check_seen(fresh, version)
    if fresh.state == ComplaintState.OPEN:
        deadlines.close(fresh.clock, today())
    fresh.proposal, fresh.reason = proposal, reason.strip()
    fresh.decided_on, fresh.decided_by = today(), actor
    perform(fresh, step, actor=actor, reason=reason)
    _show(proposal, step != "hide", words)
    notifications.changed(proposal, f"complaint_{step}", reason)
    tell(proposal, "complaint_decided", outcome=fresh.get_state_display(), reason=reason)


@transaction.atomic
def show(complaint: Complaint, *, reason: str, actor: Any, version: int | None = None) -> None:
    """All of it may be read again.

    Locks: the proposal, the complaint. Raises: Outdated.
    """
    _decide(complaint, "show", reason, actor, version)


@transaction.atomic
def hide(complaint: Complaint, *, reason: str, actor: Any, version: int | None = None) -> None:
    """It stays hidden; that there is a proposal of this number stays to be seen.

    Locks: the proposal, the complaint. Raises: Outdated.
    """
    _decide(complaint, "hide", reason, actor, version)


@transaction.atomic
def cover(
    complaint: Complaint, words: Sequence[str], *, reason: str, actor: Any, version: int | None = None
) -> None:
    """It may be read again but for these words.

    Locks: the proposal, the complaint. Raises: Outdated, Rejected where a word does not stand in the text.
    """
    proposal = complaint.proposal
    texts = [proposal.title, proposal.problem, proposal.improvement, proposal.effect, proposal.difference]
    texts += proposal.supplements.values_list("answer", flat=True)
    if not words or len(words) > MOST_WORDS:
        raise Rejected(_("가릴 말을 한 줄에 하나씩 20개까지 적어 주세요."), field="words")
    for word in words:
        if not any(word in text for text in texts):
            raise Rejected(
                _("‘%(word)s’: 글에 없는 말입니다. 글에 쓰인 그대로 적어 주세요.") % {"word": word},
                field="words",
            )
    _decide(complaint, "cover", reason, actor, version, words)


def forget_networks(day: date) -> int:
    """Marks of networks go when their day is over; how many.

    Called by: the schedule.
    """
    return Voice.objects.filter(at__lt=now() - timedelta(days=1)).exclude(network="").update(network="")


def lock_open() -> list[int]:
    """Lock the complaints whose clocks run; these clocks.

    Called by: `core.deadlines`.
    """
    rows = Complaint.objects.select_for_update(of=("self",)).filter(state=ComplaintState.OPEN).order_by("pk")
    return list(rows.values_list("clock", flat=True))


def due_moved(clock: Clock, old: date, cause: str, actor: Any) -> None:
    """Planning sees the day with the work itself (O7).

    Called by: `core.deadlines`, for each clock that moved.
    """
    keep.refresh(Complaint.objects.get(clock=clock))
