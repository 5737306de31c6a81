"""Judges: they sign before content opens, decline, are released, and others are asked instead (E3)."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import in_office_language
from core.actors import SYSTEM
from core.editing import check_seen
from core.now import now, today
from core.permissions import ensure
from core.transition import perform, record
from evaluations import notifications
from evaluations.enums import JudgeState, SheetState, StageState
from evaluations.models import Judge, Sheet, Stage
from evaluations.pledge import digest
from evaluations.selectors.panels import seats_of
from evaluations.services import conflicts, locks, stages
from evaluations.services.conflicts import Said
from meetings.models import Seat
from organization.enums import Role
from organization.selectors import holders_of

_digest = in_office_language(digest)


@transaction.atomic
def sign(judge: Judge, said: Said, *, agreed: bool, version: int | None = None, actor: Any) -> Judge:
    """No interest, confidentiality, and the conflicts one knows of: once, in person.

    Locks: the judge. Raises: Refused, Rejected, Outdated.
    """
    return _signed(judge, "sign", said, agreed=agreed, version=version, actor=actor)


@transaction.atomic
def sign_on_paper(judge: Judge, said: Said, *, agreed: bool, version: int | None = None, actor: Any) -> Judge:
    """Planning records what a judge signed on paper, who scores on paper as well.

    Locks: the judge. Raises: Refused, Rejected, Outdated.
    """
    return _signed(judge, "sign_paper", said, agreed=agreed, version=version, actor=actor)


def _signed(judge: Judge, step: str, said: Said, *, agreed: bool, version: int | None, actor: Any) -> Judge:
    fresh = locks.judge(judge)
    check_seen(fresh, version)
    if fresh.stage.state not in (StageState.SIGNING, StageState.SCORING):
        raise Rejected(_("서약을 받고 있지 않은 심사입니다."))
    if not agreed:
        raise Rejected(_("서약에 동의해 주세요."), field="agreed")
    fresh.signed_at, fresh.pledge = now(), _digest()
    perform(fresh, step, actor=actor)
    conflicts.note_said(fresh, said)
    if fresh.stage.state == StageState.SCORING and not fresh.stage.is_split:
        stages.deal(fresh.stage, [fresh])
    return fresh


@transaction.atomic
def decline(judge: Judge, *, reason: str, version: int | None = None, actor: Any) -> None:
    """Somebody does not judge after all. What was scored so far counts for nothing; planning asks another.

    Locks: the judge. Raises: Refused, Rejected, Outdated.
    """
    fresh = locks.judge(judge)
    check_seen(fresh, version)
    _check_open(fresh)
    _void_all(fresh)
    perform(fresh, "decline", actor=actor, reason=reason)
    notifications.left(fresh, holders_of(Role.PLANNING), released=False)


@transaction.atomic
def release(judge: Judge, *, void: bool, reason: str, version: int | None = None, actor: Any) -> None:
    """Planning releases a judge. `void`: what was scored counts for nothing; else what is done stays.

    Locks: the judge. Raises: Refused, Rejected, Outdated.
    """
    fresh = locks.judge(judge)
    check_seen(fresh, version)
    ensure(actor, "evaluations.run", fresh)
    _check_open(fresh)
    _void_all(fresh, but=() if void else (SheetState.DONE,))
    perform(fresh, "release", actor=actor, reason=reason, data={"void": void})
    notifications.left(fresh, holders_of(Role.PLANNING), released=True)


def _check_open(judge: Judge) -> None:
    if judge.stage.state == StageState.CLOSED:
        raise Rejected(_("채점을 마감한 심사입니다."))


def _void_all(judge: Judge, but: tuple[str, ...] = ()) -> None:
    rows = Sheet.objects.select_for_update(of=("self",)).filter(judge=judge).select_related("entry")
    for sheet in rows.exclude(state__in=(SheetState.VOID, *but)).order_by("pk"):
        sheet.judge = judge
        perform(sheet, "void", actor=SYSTEM)


def free_seats(stage: Stage) -> list[Seat]:
    """Of the panel as it is today: who has no part in the stage yet, and may be asked instead."""
    there = set(stage.judges.values_list("user", flat=True))
    day = max(stage.opens_on or today(), today())
    return [seat for seat in seats_of(stage, day) if seat.user_id not in there]


@transaction.atomic
def ask_instead(stage: Stage, seat: Seat, *, actor: Any) -> Judge:
    """Another member of the panel judges as well; the sheets come by `stages.reassign`, or on signing.

    Locks: round, stage. Raises: Refused, Rejected.
    """
    fresh = locks.stage(stage)
    principal = ensure(actor, "evaluations.run", fresh)
    if fresh.state not in (StageState.SIGNING, StageState.SCORING):
        raise Rejected(_("심사하고 있는 단계가 아닙니다."))
    if seat.pk not in {one.pk for one in free_seats(fresh)}:
        raise Rejected(_("지금 이 위원회의 위원이 아니거나 이미 심사하고 있습니다."), field="seat")
    if seat.user_id == fresh.round.run_by_id:
        raise Rejected(_("심사를 진행하는 사람은 심사할 수 없습니다."), field="seat")
    number = (fresh.judges.aggregate(last=Max("number"))["last"] or 0) + 1
    judge = Judge(stage=fresh, user=seat.user, seat=seat, number=number)
    stages.called([judge], actor=actor)
    record(fresh, "edit", actor=actor, principal=principal)
    return judge


def unsigned(stage: Stage) -> int:
    return int(stage.judges.filter(state=JudgeState.INVITED).count())
