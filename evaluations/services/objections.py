"""Entrants object to what is announced; somebody else than who judged, ran or entered answers (E4, D9)."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from basis.errors import Refused, Rejected
from basis.formats import date_weekday
from core.actors import columns
from core.deadlines import preview
from core.editing import check_seen
from core.now import now, today
from core.permissions import ensure
from core.transition import perform, record
from evaluations import notifications_results as notices
from evaluations.enums import RoundState
from evaluations.kinds import kind_of
from evaluations.models import Entry, Objection, Round
from evaluations.policies import ANSWER_DAYS
from evaluations.publication import ROUNDS
from evaluations.services import drafts
from evaluations.services.texts import needed


@transaction.atomic
def ask(entry: Entry, *, reason: str, actor: Any) -> Objection:
    """One of those it belongs to objects, through the last day, once. `actor` may be a bearer: the kind knows whose it
    is. What is written stands here alone: no log keeps it (D3).

    Locks: the round. Raises: Refused, Rejected too late, a second time, or without a reason.
    """
    round = ROUNDS.locked(entry.round)
    entry.round = round
    if not kind_of(round).may_object(actor, entry):
        raise Refused(_("이의는 심사 대상을 낸 사람이 신청할 수 있습니다."))
    reason = needed(reason, _("이의가 있는 까닭을 적어 주세요."))
    day = today()
    if not round.takes_objections(day):
        raise Rejected(_too_late(round))
    try:
        with transaction.atomic():
            made = Objection.objects.create(
                round=round,
                entry=entry,
                reason=reason,
                asked_at=now(),
                due=preview(day, ANSWER_DAYS.on(day)).due,
                **columns(actor, "asked_by"),
            )
    except IntegrityError:
        raise Rejected(_("이 대상에는 이미 이의를 신청하셨습니다. 한 번만 신청할 수 있습니다.")) from None
    record(made, "ask", actor=actor)
    notices.objected(made)
    return made


def _too_late(round: Round) -> str:
    last = round.objections_until
    if round.state == RoundState.ANNOUNCED and last:
        return _("%(day)s까지 신청할 수 있었습니다.") % {"day": date_weekday(last)}
    return _("지금은 이의를 받지 않습니다.")


def _locked(objection: Objection, seen: int | None) -> Objection:
    """With its round, which is locked first. Raises: Outdated."""
    round = ROUNDS.locked(objection.round)
    rows = Objection.objects.select_for_update(of=("self",)).select_related("entry")
    fresh = rows.get(pk=objection.pk)
    check_seen(fresh, seen)
    fresh.round = fresh.entry.round = round
    return fresh


@transaction.atomic
def withdraw(objection: Objection, *, version: int | None = None, actor: Any) -> Objection:
    """Whoever asked takes it back, and may ask anew until the last day.

    Locks: round, objection. Raises: Refused, Rejected once answered, Outdated.
    """
    objection = _locked(objection, version)
    perform(objection, "withdraw", actor=actor)
    return objection


@transaction.atomic
def answer(
    objection: Objection, *, uphold: bool, answer: str, version: int | None = None, actor: Any
) -> Objection:
    """Upheld: what was announced goes back to a draft with the reason, and is resolved on anew. Refused: it stands.

    Locks: round, objection. Raises: Refused to who judged, ran, or entered (D9); Rejected without an answer; Outdated.
    """
    objection = _locked(objection, version)
    ensure(actor, "evaluations.answer", objection)
    objection.answer = needed(answer, _("답변을 입력해 주세요."))
    objection.answered_by, objection.answered_at = actor, now()
    perform(objection, "uphold" if uphold else "refuse", actor=actor, reason=objection.answer)
    if uphold and objection.round.state == RoundState.ANNOUNCED:
        drafts.back_to_draft(objection.round, reason=objection.answer, actor=actor)
    notices.answered(objection)
    kind_of(objection.round).objection_answered(objection)
    return objection


@transaction.atomic
def uphold(objection: Objection, *, reason: str, version: int | None = None, actor: Any) -> Objection:
    return answer(objection, uphold=True, answer=reason, version=version, actor=actor)


@transaction.atomic
def refuse(objection: Objection, *, reason: str, version: int | None = None, actor: Any) -> Objection:
    return answer(objection, uphold=False, answer=reason, version=version, actor=actor)
