"""What was confirmed is corrected: asked by one, made by another, a session behind it; the original stays (E4)."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from awards.models import Award
from awards.services.granting import revoke
from basis.errors import Rejected
from core.editing import check_seen
from core.now import now
from core.permissions import ensure
from core.transition import perform, record
from evaluations import notifications_results as notices
from evaluations.enums import CorrectionState, RoundState
from evaluations.kinds import kind_of
from evaluations.models import Correction, Grade, Result, Round
from evaluations.publication import ROUNDS
from evaluations.selectors.corrected import grade_now
from evaluations.services.confirming import give
from evaluations.services.texts import needed
from meetings.models import Session
from meetings.selectors import resolved

ASK = "evaluations.ask_correction"


@transaction.atomic
def ask(result: Result, after: Grade | None, *, reason: str, actor: Any) -> Correction:
    """Ask that a confirmed result gets another grade, or none, as the committee resolved after it was confirmed.

    Locks: the round. Raises: Refused, Rejected where nothing changes, no session stands behind it, or one is asked for.
    """
    round = _round_of(result)
    principal = ensure(actor, ASK, result)
    reason = needed(reason, _("정정 사유를 입력해 주세요."))
    if round.state != RoundState.CONFIRMED:
        raise Rejected(_("확정한 결과만 정정할 수 있습니다."))
    before = grade_now(result)
    if (after and after.pk) == (before and before.pk):
        raise Rejected(_("지금과 다른 등급을 골라 주세요."), field="after")
    if after is not None and after.division_id != result.entry.division_id:
        raise Rejected(_("이 부문의 등급을 골라 주세요."), field="after")
    try:
        with transaction.atomic():
            made = Correction.objects.create(
                result=result,
                before=before,
                after=after,
                reason=reason[:1_000],
                session=session_of(round),
                asked_by=actor,
            )
    except IntegrityError:
        raise Rejected(_("이 결과의 정정을 이미 요청했습니다.")) from None
    record(made, "ask", actor=actor, principal=principal)
    return made


def _round_of(result: Result) -> Round:
    round = ROUNDS.locked(result.entry.round)
    result.entry.round = round
    return round


def session_of(round: Round) -> Session:
    """The session after the confirmation that resolved on the round anew. Raises: Rejected if there is none."""
    item = resolved(round)
    day = localdate(round.confirmed_at) if round.confirmed_at else None
    if item is None or item.session_id == round.session_id or (day and item.session.held_on < day):
        raise Rejected(
            _("확정한 뒤에 이 심사를 다시 의결한 회의가 없습니다. 회의록을 확정한 뒤 정정을 요청해 주세요.")
        )
    return item.session


def _locked(correction: Correction, seen: int | None) -> Correction:
    """With its round, which is locked first. Raises: Outdated."""
    round = _round_of(correction.result)
    rows = Correction.objects.select_for_update(of=("self",)).select_related(
        "result__entry__division", "result__grade", "before", "after", "session", "asked_by"
    )
    fresh = rows.get(pk=correction.pk)
    check_seen(fresh, seen)
    fresh.result.entry.round = round
    return fresh


@transaction.atomic
def make(correction: Correction, *, version: int | None = None, actor: Any) -> Correction:
    """It holds: the award given is revoked, what is due instead is granted, everybody reads both with the reason.

    Locks: round, correction, then those of `revoke` and `grant`, then the accounts. Raises: Refused to who asked,
    judged or entered; Outdated; Rejected by the purse.
    """
    one = _locked(correction, version)
    one.made_at = now()
    perform(one, "make", actor=actor)
    result = one.result
    for award in _standing(result):
        revoke(award, actor=actor, reason=one.reason, note=one.reason, asked_by=one.asked_by)
    if one.after is not None:
        result.grade = one.after  # as it is given now; the frozen row keeps what was confirmed
        give([result], result.entry.round, actor=actor, event=f"evaluations.correction:{one.pk}")
    record(result.entry.round, "correct", actor=actor, data={"text": f"{result.entry.number}: {one}"})
    kind_of(result.entry.round).corrected(result)
    return one


def _standing(result: Result) -> list[Award]:
    return list(Award.objects.standing().filter(pk__in=result.awarded.values("award")).order_by("pk"))


@transaction.atomic
def reject(correction: Correction, *, reason: str, version: int | None = None, actor: Any) -> Correction:
    """It stays as it was confirmed.

    Locks: round, correction. Raises: Refused, Outdated.
    """
    one = _locked(correction, version)
    perform(one, "reject", actor=actor, reason=reason)
    notices.correction_rejected(one, reason)
    return one


def open_of(round: Round) -> int:
    return int(Correction.objects.filter(result__entry__round=round, state=CorrectionState.ASKED).count())
