"""The residents' panel: each has a slip with a code, and on the day the code on the wall; no account, one sheet a slip.
Nothing is known of who holds a slip (E3)."""

import datetime as dt
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core import passes, roomcode, tries
from core.actors import SYSTEM
from core.addresses import network_of
from core.codes import Slowed, new_code, plain
from core.limits import limit
from core.now import now
from core.permissions import ensure
from core.transition import perform, record
from evaluations.enums import Body, JudgeState, SheetState, StageState
from evaluations.models import Judge, Stage
from evaluations.rules import BALLOT
from evaluations.services import locks, stages

SALT = "evaluations.slip"
MOST = 500  # slips at once
HOURS = 6  # a phone keeps its slip


def room(stage: Stage) -> str:
    return f"evaluations.stage:{stage.pk}"


def seal_of(code: str) -> str:
    return salted_hmac(SALT, plain(code), algorithm="sha256").hexdigest()


@transaction.atomic
def make(stage: Stage, count: int, *, actor: Any) -> list[tuple[int, str]]:
    """So many slips more: number and code of each, told this once.

    Locks: round, stage. Raises: Refused, Rejected.
    """
    fresh = locks.stage(stage)
    principal = ensure(actor, "evaluations.run", fresh)
    if fresh.body != Body.RESIDENTS or fresh.state == StageState.CLOSED:
        raise Rejected(_("구민 평가단이 채점할 단계가 아닙니다."))
    if not 1 <= count <= MOST:
        raise Rejected(_("한 번에 1장부터 %(most)d장까지 만들 수 있습니다.") % {"most": MOST}, field="count")
    last = fresh.judges.aggregate(last=Max("number"))["last"] or 0
    made = [(last + place, new_code()) for place in range(1, count + 1)]
    Judge.objects.bulk_create(
        [Judge(stage=fresh, number=number, slip_seal=seal_of(code)) for number, code in made]
    )
    record(fresh, "slips", actor=actor, principal=principal, data={"count": count})
    return made


def enter(code: str, wall: str, address: str) -> tuple[Judge, str]:
    """The slip's code and the one on the wall open its ballot; the token is for the browser alone. A slip opened on
    another phone leaves the first: it has one ballot, whoever holds it.

    Wrong tries are counted by slip and by network, in no transaction. Raises: Slowed, Rejected.
    """
    attempt = _attempt(code, address)
    try:
        tries.count(attempt)
    except tries.Waiting as waiting:
        raise Slowed(waiting.until - now()) from None
    found = (
        Judge.objects.filter(slip_seal=seal_of(code)).exclude(slip_seal="").select_related("stage").first()
    )
    on_wall = found is not None and roomcode.accepts(room(found.stage), wall)
    if found is None or not on_wall or found.stage.state != StageState.SCORING:
        raise Rejected(
            _("쪽지 번호나 화면의 숫자가 맞지 않습니다. 확인하고 다시 입력해 주세요."), field="code"
        )
    tries.succeed(attempt)
    return _opened(found)


@transaction.atomic
def _opened(judge: Judge) -> tuple[Judge, str]:
    fresh = locks.judge(judge)
    stage = fresh.stage
    if stage.state != StageState.SCORING or fresh.state not in (JudgeState.INVITED, JudgeState.SIGNED):
        raise Rejected(_("채점이 끝났거나 쓸 수 없는 쪽지입니다."), field="code")
    if fresh.state == JudgeState.INVITED:
        perform(fresh, "enter", actor=SYSTEM)
        stages.deal(stage, [fresh])
    elif is_done(fresh):
        raise Rejected(_("이미 채점을 마친 쪽지입니다."), field="code")
    for held in passes.passes_for(fresh):
        passes.revoke(held)
    until = now() + timedelta(hours=HOURS)
    _pass, token = passes.issue(fresh, kind=BALLOT, label=str(fresh), until=until, actor=SYSTEM)
    return fresh, token


def is_done(judge: Judge) -> bool:
    states = set(judge.sheets.values_list("state", flat=True))
    return bool(states) and SheetState.OPEN not in states


def _attempt(code: str, address: str) -> list[tries.Counted]:
    longest = dt.timedelta(minutes=limit("code_wait"))
    return [
        tries.Counted("", f"slip:{network_of(address) or '?'}", limit("gate_known"), longest=longest),
        tries.Counted(tries.digest(SALT, plain(code)), "slip", limit("code_tries"), longest=longest),
    ]
