"""What planning and the proposer do with a proposal: supplement, sorting out, decision, taking back (P3, P5, P6)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from basis.clock import Rule
from basis.errors import Rejected
from basis.formats import date_weekday
from core import attachments, deadlines
from core.models import Clock
from core.now import today
from core.transition import perform
from core.work import keep
from proposals import notifications
from proposals.enums import OPEN, Ground, Petition, State
from proposals.models import Decision, Proposal, Supplement
from proposals.policies import PETITION_DAYS, REPEAT_ANSWERS, SUPPLEMENT_DAYS, SUPPLEMENT_WITHIN
from proposals.selectors.answers import open_reviews
from proposals.selectors.objections import is_waiting
from proposals.selectors.repeats import repeated_by
from proposals.services import decisions
from proposals.services.notices import Notice, check
from proposals.services.receiving import CLOCK
from proposals.services.states import end, go_on, locked, pause
from proposals.services.telling import tell, tell_taken_back
from reviews.services import clocks

PETITION_CLOCK = "proposals.petition"


STEPS = {State.ADOPTED: "adopt", State.REJECTED: "reject", State.NO_PROPOSAL: "dismiss"}


@transaction.atomic
def let_in(proposal: Proposal, *, actor: Any, version: int | None = None) -> None:
    """It came from a person after all, and is handled as any.

    Locks: the proposal. Raises: Outdated.
    """
    proposal = locked(proposal, version)
    perform(proposal, "let_in", actor=actor)


@transaction.atomic
def ask_supplement(proposal: Proposal, *, reason: str, actor: Any, version: int | None = None) -> Supplement:
    """Ask the proposer for what is missing; the clock stands still until the answer (P5).

    Locks: the proposal. Raises: Outdated, Rejected after the days in which one may ask.
    """
    proposal = locked(proposal, version)
    day = today()
    latest = deadlines.preview(proposal.clock.start, SUPPLEMENT_WITHIN.on(proposal.clock.start)).due
    if day > latest:
        raise Rejected(_("보완은 %(day)s까지만 요청할 수 있었습니다.") % {"day": date_weekday(latest)})
    asked = Supplement.objects.create(
        proposal=proposal,
        question=reason,
        asked_on=day,
        asked_by=actor,
        due=deadlines.preview(day, SUPPLEMENT_DAYS.on(day)).due,
    )
    perform(proposal, "ask_supplement", actor=actor, reason=reason, data={"due": asked.due.isoformat()})
    notifications.changed(proposal, "ask_supplement", reason)
    pause(proposal, actor)
    clocks.hold(open_reviews(proposal), reason=reason, actor=actor)
    tell(proposal, "supplement", reason=reason, answer_due=asked.due)
    return asked


@transaction.atomic
def supplement(proposal: Proposal, *, answer: str, actor: Any, files: Sequence[File] = ()) -> None:
    """The proposer adds what was asked for; the clock runs again.

    Locks: the proposal.
    """
    proposal = locked(proposal)
    asked = proposal.supplements.filter(answered_on=None).first()
    perform(proposal, "supplement", actor=actor)
    assert asked is not None
    asked.answer, asked.answered_on = answer, today()
    asked.save(update_fields=["answer", "answered_on"])
    if files:
        attachments.attach(proposal, files, actor=actor)
    deadlines.resume(proposal.clock, actor=actor)
    clocks.release(open_reviews(proposal), reason=asked.question, actor=actor)
    keep.refresh(proposal)
    go_on(proposal)


@transaction.atomic
def lapse(proposal: Proposal, *, reason: str, actor: Any, version: int | None = None) -> None:
    """Close what was not supplemented in time (P5).

    Locks: the proposal. Raises: Outdated, Rejected before the day.
    """
    proposal = locked(proposal, version)
    asked = proposal.supplements.filter(answered_on=None).first()
    if asked and today() <= asked.due:
        raise Rejected(_("보완 기한이 %(day)s까지입니다.") % {"day": date_weekday(asked.due)})
    end(proposal)
    perform(proposal, "lapse", actor=actor, reason=reason)
    notifications.changed(proposal, "lapse", reason)
    tell(proposal, "lapsed", reason=reason)


@transaction.atomic
def decide(
    proposal: Proposal, outcome: str, notice: Notice, *, actor: Any, version: int | None = None
) -> Decision:
    """Decide, with all that the proposer is to read (P6).

    Locks: the proposal. Raises: Outdated, Rejected beside the field where the notice lacks something.
    """
    proposal = locked(proposal, version)
    check(outcome, notice)
    if notice.get("ground") == Ground.REPEATED:
        _check_repeated(proposal)
    end(proposal)
    perform(proposal, STEPS[State(outcome)], actor=actor, data={"in_time": proposal.in_time})
    notifications.changed(proposal, STEPS[State(outcome)])
    return decisions.give(proposal, outcome, notice, actor=actor)


def _check_repeated(proposal: Proposal) -> None:
    """Only what was answered as often as the rule says may be closed for that alone (P5)."""
    least, found = REPEAT_ANSWERS.on(proposal.received_on), len(repeated_by(proposal))
    if found < least:
        raise Rejected(
            _("같은 내용에 %(least)d번 답한 뒤에만 고를 수 있습니다. 찾은 답변은 %(found)d번입니다.")
            % {"least": least, "found": found},
            field="ground",
        )


@transaction.atomic
def convert(
    proposal: Proposal, petition: str, *, reason: str, actor: Any, version: int | None = None
) -> Clock:
    """It is a 민원: from today its own clock counts, by the rule of petitions (O8); the clock of that.

    Locks: the proposal. Raises: Outdated.
    """
    proposal = locked(proposal, version)
    day = today()
    end(proposal)
    proposal.petition = petition
    clock = deadlines.open_clock(
        PETITION_CLOCK, day, PETITION_DAYS[Petition(petition)].on(day), rule=Rule.CIVIL_COMPLAINT
    )
    proposal.petition_clock = clock
    perform(proposal, "convert", actor=actor, reason=reason, data={"petition": petition})
    notifications.changed(proposal, "convert", reason)
    kind = proposal.get_petition_display()
    tell(proposal, "converted", reason=reason, petition=kind, petition_due=clock.due)
    return clock


@transaction.atomic
def finish_petition(proposal: Proposal, *, reason: str, actor: Any, version: int | None = None) -> None:
    """The 민원 is answered; `reason` is what was answered.

    Locks: the proposal. Raises: Outdated.
    """
    proposal = locked(proposal, version)
    deadlines.close(proposal.petition_clock, today())
    perform(proposal, "finish_petition", actor=actor, reason=reason)
    notifications.changed(proposal, "finish_petition", reason)
    tell(proposal, "answered", reason=reason)


@transaction.atomic
def transfer(proposal: Proposal, office: str, *, reason: str, actor: Any, version: int | None = None) -> None:
    """Hand it on to the agency whose business it is.

    Locks: the proposal. Raises: Outdated, Rejected without the agency's name.
    """
    proposal = locked(proposal, version)
    if not office.strip():
        raise Rejected(_("이송할 기관을 입력해 주세요."), field="passed_to")
    end(proposal)
    proposal.passed_to = office.strip()
    perform(proposal, "transfer", actor=actor, reason=reason, data={"to": proposal.passed_to})
    notifications.changed(proposal, "transfer", reason)
    tell(proposal, "transferred", reason=reason, passed_to=proposal.passed_to)


@transaction.atomic
def link(proposal: Proposal, first: Proposal, *, reason: str, actor: Any, version: int | None = None) -> None:
    """The same was proposed before: both are kept, the first received counts (P5).

    Locks: both, in the order of their keys. Raises: Outdated, Rejected for itself, a later one, or one that is linked.
    """
    list(
        Proposal.objects.select_for_update(of=("self",)).filter(pk__in=[proposal.pk, first.pk]).order_by("pk")
    )
    proposal, first = locked(proposal, version), locked(first)
    if first.pk == proposal.pk or first.received_at > proposal.received_at:
        raise Rejected(_("먼저 접수된 다른 제안에만 연결할 수 있습니다."), field="first")
    if first.state == State.LINKED or proposal.links.exists():
        raise Rejected(_("이미 연결된 제안입니다. 가장 먼저 접수된 제안에 연결해 주세요."), field="first")
    end(proposal)
    proposal.linked_to = first
    perform(proposal, "link", actor=actor, reason=reason, data={"first": first.code})
    notifications.changed(proposal, "link", reason)
    tell(proposal, "linked", reason=reason, first=first.code)


@transaction.atomic
def take_back(proposal: Proposal, *, reason: str, actor: Any, version: int | None = None) -> None:
    """It was sorted out by mistake: it is handled on, its day of receipt stays (P5).

    Locks: the proposal. Raises: Outdated.
    """
    proposal = locked(proposal, version)
    if is_waiting(proposal):
        raise Rejected(_("이의 신청이 들어와 있습니다. 이의를 먼저 처리해 주세요."))
    decisions.set_aside(proposal)
    if proposal.petition_clock and proposal.petition_clock.closed_on is None:
        deadlines.close(proposal.petition_clock, today())
    proposal.linked_to = proposal.petition_clock = proposal.closed_on = proposal.in_time = None
    proposal.petition = proposal.passed_to = ""
    perform(proposal, "take_back", actor=actor, reason=reason)
    notifications.changed(proposal, "take_back", reason)
    deadlines.reopen(proposal.clock, actor=actor, given=False)
    go_on(proposal)
    tell_taken_back(proposal, reason)


@transaction.atomic
def withdraw(proposal: Proposal, *, actor: Any) -> None:
    """The proposer takes it back.

    Locks: the proposal.
    """
    proposal = locked(proposal)
    end(proposal)
    perform(proposal, "withdraw", actor=actor)


def lock_open() -> list[int]:
    """Lock the proposals whose clocks run; these clocks.

    Called by: `core.deadlines`, which locks the clocks after them.
    """
    rows = (
        Proposal.objects.select_for_update(of=("self",))
        .filter(state__in=(*OPEN, State.CONVERTED))
        .order_by("pk")
    )
    return [pk for pair in rows.values_list("clock", "petition_clock") for pk in pair if pk is not None]


def due_moved(clock: Clock, old: date, cause: str, actor: Any) -> None:
    """Tell who handles it and who of the staff proposed it that the day is another (O7); citizens read it on their
    page.

    Called by: `core.deadlines`, for each clock that moved.
    """
    proposal = Proposal.objects.filter(Q(clock=clock) | Q(petition_clock=clock)).get()
    if old != clock.due and not clock.paused:
        notifications.due_moved(proposal, clock, old, cause)


def begun() -> list[date]:
    """When those on their way were received: they keep the rules of that day."""
    return list(Proposal.objects.filter(state__in=OPEN).values_list("received_on", flat=True))


CLOCKS = (CLOCK, PETITION_CLOCK)
