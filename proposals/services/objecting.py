"""What proposers ask to be looked at again, and what comes of it (P5, P7)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import date_weekday
from basis.official import office_text
from core import deadlines
from core.actors import SYSTEM
from core.editing import check_seen
from core.models import Clock
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from proposals.enums import ObjectionKind, State
from proposals.models import Decision, Objection, Proposal, Undertaking
from proposals.policies import OBJECTION_DECIDE, decision_length
from proposals.selectors import objections as selectors
from proposals.services import decisions, handling, news
from proposals.services.notices import Notice, check
from proposals.services.receiving import CLOCK as DECISION_CLOCK
from proposals.services.states import go_on, locked

CLOCK = "proposals.objection"
LEAST_PRESENT, MOST_PRESENT = 1, 100
EVENTS = {
    ObjectionKind.OBJECTION: "object",
    ObjectionKind.REVIEW: "ask_review",
    ObjectionKind.LATER: "ask_later",
}


@dataclass(frozen=True)
class Session:
    """What is recorded of the committee: its day, how many sat in it, its minutes."""

    day: date
    present: int
    minutes: str


@transaction.atomic
def ask(proposal: Proposal, kind: str, *, reason: str, actor: Any, work: str = "") -> Objection:
    """The proposer asks, within the days and once. What is written stands here alone: no log keeps it.

    Locks: the proposal. Raises: Rejected too late, a second time, or without saying why.
    """
    proposal = locked(proposal)
    ensure(actor, "proposals.own", proposal)
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    if kind == ObjectionKind.LATER and not work.strip():
        raise Rejected(_("어떤 사업으로 실시되었는지 입력해 주세요."), field="work")
    _check_time(proposal, kind)
    day = today()
    try:
        with transaction.atomic():
            made = Objection.objects.create(
                proposal=proposal,
                kind=kind,
                decision=proposal.decision,
                reason=reason.strip(),
                work=work.strip(),
                asked_on=day,
                clock=deadlines.open_clock(CLOCK, day, OBJECTION_DECIDE.on(day)),
            )
    except IntegrityError:
        raise Rejected(_("이미 신청하셨습니다. 한 번만 신청할 수 있습니다.")) from None
    record(made, "ask", actor=actor)
    record(proposal, EVENTS[ObjectionKind(kind)], actor=actor)
    news.objected(made)
    return made


def _check_time(proposal: Proposal, kind: str) -> None:
    last = selectors.until(proposal, kind)
    if last is None:
        raise Rejected(_("지금은 신청할 수 있는 결정이 없습니다. 화면을 새로 고쳐 주세요."))
    if today() > last:
        raise Rejected(_("%(day)s까지 신청할 수 있었습니다.") % {"day": date_weekday(last)})
    if not selectors.may_ask(proposal, kind):
        raise Rejected(_("이미 신청하셨습니다. 한 번만 신청할 수 있습니다."))


def _locked(objection: Objection, seen: int | None) -> tuple[Proposal, Objection]:
    """Both as they are now, under their locks: the proposal first, then what is done of it. Raises: Outdated."""
    proposal = locked(Proposal(pk=objection.proposal_id))
    list(Undertaking.objects.select_for_update(of=("self",)).filter(proposal=proposal))
    fresh = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("clock", "decision")
        .get(pk=objection.pk)
    )
    check_seen(fresh, seen)
    fresh.proposal = proposal
    return proposal, fresh


def _end(objection: Objection, name: str, answer: str, *, actor: Any, session: Session | None = None) -> None:
    """Write down what was decided. Committees decide on re-reviews, and on nothing else here."""
    ensure(actor, "proposals.decide_objection", objection)
    if objection.for_committee != (session is not None):
        raise Rejected(_("위원회가 결정할 일인지 확인해 주세요."))
    day = today()
    if session:
        _check_session(objection, session)
        objection.session_on, objection.present, objection.minutes = (
            session.day,
            session.present,
            session.minutes.strip(),
        )
    deadlines.close(objection.clock, day)
    objection.answer, objection.decided_on, objection.decided_by = answer.strip(), day, actor
    objection.in_time = day <= objection.clock.due
    perform(objection, name, actor=actor, reason=answer)
    news.objection_decided(objection)


def _check_session(objection: Objection, session: Session) -> None:
    if not objection.asked_on <= session.day <= today():
        raise Rejected(_("신청한 날부터 오늘까지의 날을 입력해 주세요."), field="session_on")
    if not LEAST_PRESENT <= session.present <= MOST_PRESENT:
        raise Rejected(_("출석 위원 수를 입력해 주세요."), field="present_members")
    if not session.minutes.strip():
        raise Rejected(_("회의록 문서번호를 입력해 주세요."), field="minutes")


@transaction.atomic
def uphold(objection: Objection, *, reason: str, actor: Any, version: int | None = None) -> None:
    """It is a proposal after all: handled on, its day of receipt stays (P5).

    Locks: the proposal, the objection. Raises: Outdated.
    """
    proposal, objection = _locked(objection, version)
    _end(objection, "uphold", reason, actor=actor)
    handling.take_back(proposal, reason=reason, actor=actor)


@transaction.atomic
def refuse(objection: Objection, *, reason: str, actor: Any, version: int | None = None) -> None:
    """The decision stays, with the reason.

    Locks: the proposal, the objection. Raises: Outdated.
    """
    _proposal, objection = _locked(objection, version)
    _end(objection, "refuse", reason, actor=actor)


@transaction.atomic
def adopt(
    objection: Objection, notice: Notice, session: Session, *, actor: Any, version: int | None = None
) -> Decision:
    """The committee adopts what was rejected, in whole or in part: a new decision stands, the earlier one is kept. Of
    what is followed already, the same undertaking goes on.

    Locks: the proposal, its undertaking, the objection. Raises: Outdated, Rejected beside the field where something
    lacks.
    """
    proposal, objection = _locked(objection, version)
    check(State.ADOPTED, notice)
    _end(objection, "adopt", str(notice.get("taken", "")), actor=actor, session=session)
    decisions.set_aside(proposal)
    perform(
        proposal, "readopt", actor=SYSTEM, data={"text": office_text(ObjectionKind(objection.kind).label)}
    )
    return decisions.give(proposal, State.ADOPTED, notice, actor=actor)


@transaction.atomic
def keep(
    objection: Objection, session: Session, *, reason: str, actor: Any, version: int | None = None
) -> None:
    """The committee leaves it as it was decided.

    Locks: the proposal, the objection. Raises: Outdated, Rejected beside the field.
    """
    _proposal, objection = _locked(objection, version)
    _end(objection, "keep", reason, actor=actor, session=session)


@transaction.atomic
def withdraw(proposal: Proposal, *, actor: Any) -> None:
    """The proposer takes back what waits. While its days last it may be asked for anew: only what was looked at again
    uses up the one time.

    Locks: the proposal, the objection. Raises: Rejected where nothing waits.
    """
    proposal = locked(proposal)
    ensure(actor, "proposals.own", proposal)
    waiting = proposal.objections.waiting().first()
    if waiting is None:
        raise Rejected(_("취하할 신청이 없습니다. 이미 결정되었거나 취하되었습니다."))
    _proposal, objection = _locked(waiting, None)
    _take_back(objection, "withdraw", actor=actor)


@transaction.atomic
def enter_withdrawal(objection: Objection, *, reason: str, actor: Any, version: int | None = None) -> None:
    """The proposer has taken it back on paper; `reason` says by which. The proposer is told.

    Locks: the proposal, the objection. Raises: Outdated.
    """
    _proposal, objection = _locked(objection, version)
    _take_back(objection, "enter_withdrawal", actor=actor, reason=reason)
    news.withdrawal_entered(objection)


def _take_back(objection: Objection, name: str, *, actor: Any, reason: str = "") -> None:
    deadlines.close(objection.clock, today())
    objection.withdrawn_on = today()
    perform(objection, name, actor=actor, reason=reason)
    record(objection.proposal, "withdraw_objection", actor=actor)
    news.objection_withdrawn(objection)


@transaction.atomic
def reopen(proposal: Proposal, *, reason: str, actor: Any, version: int | None = None) -> None:
    """The office takes up what it rejected: it is decided anew, within the days for that from today; the day of receipt
    stays, and the proposer is told (P7).

    Locks: the proposal. Raises: Outdated, Rejected when the time is over or the committee has it.
    """
    proposal = locked(proposal, version)
    ensure(actor, "proposals.decide", proposal)
    last = selectors.reopen_until(proposal)
    if last is not None and today() > last:
        raise Rejected(_("%(day)s까지만 다시 검토할 수 있었습니다.") % {"day": date_weekday(last)})
    if selectors.is_waiting(proposal):
        raise Rejected(_("재심사 중인 제안입니다. 재심사를 먼저 마쳐 주세요."))
    day = today()
    length, unit = decision_length(proposal.kind, day)
    decisions.set_aside(proposal)
    proposal.clock = deadlines.open_clock(DECISION_CLOCK, day, length, unit=unit)
    proposal.closed_on = proposal.in_time = None
    perform(proposal, "reopen", actor=actor, reason=reason)
    go_on(proposal)
    news.reopened(proposal, reason)


def lock_open() -> list[int]:
    """Lock the proposals and objections whose clocks run; these clocks.

    Called by: `core.deadlines`, which locks the clocks after them.
    """
    waiting = Objection.objects.waiting()
    list(
        Proposal.objects.select_for_update(of=("self",))
        .filter(pk__in=waiting.values("proposal"))
        .order_by("pk")
    )
    rows = waiting.select_for_update(of=("self",)).order_by("pk")
    return list(rows.values_list("clock", flat=True))


def due_moved(clock: Clock, old: date, cause: str, actor: Any) -> None:
    """Called by: `core.deadlines`, for each clock that moved."""
    if old != clock.due:
        objection = Objection.objects.select_related("proposal").get(clock=clock)
        objection.clock = clock
        news.objection_moved(objection, old, cause)
