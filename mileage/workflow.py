"""The transition tables of rankings, handovers and requests, and what their states ask of whom (R5)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from basis.formats import counted
from basis.verbs import done, verb
from core.asks import Ask, Face, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from mileage.enums import HandoverState as H
from mileage.enums import RankingState as R
from mileage.enums import RequestKind
from mileage.enums import RequestState as Q
from mileage.models import Handover, Ranking, Request
from organization.enums import DepartmentRole, Role


def _planning(obj: Any) -> Iterable[str]:
    return [holders.role(Role.PLANNING)]


def chooses(ranking: Ranking) -> bool:
    """Whether anybody is chosen."""
    return ranking.rows.filter(wins=True).exists()


def _ranking_face(ranking: Ranking) -> Face:
    return Face(ranking.title, ranking.get_absolute_url())


def _second(request: Request) -> Iterable[str]:
    """Planning and its head, but nobody who asked or is concerned (M3, D9)."""
    keys = holders.role(Role.PLANNING), holders.heads(DepartmentRole.PLANNING)
    return holders.deciders("mileage.confirm", request, *keys)


def _request_ask(kind: RequestKind, verb: Any) -> Ask:
    return Ask(
        f"confirm_{kind}", [Q.REQUESTED], verb, _second, when=lambda r: bool(r.kind == kind), personal=True
    )


def discard_text(ranking: Ranking) -> str:
    return _now("‘%(title)s’ 초안을 지울까요? 자동으로 다시 만들어지지 않습니다.") % {"title": ranking.title}


def confirm_text(request: Request) -> str:
    if request.kind == RequestKind.REVERSE:
        return _now("이 기록을 취소할까요? 취소 기록이 남고, 본인에게 사유와 함께 알립니다.")
    return _now(
        "%s에게 점수를 기록할까요? 기록은 고치거나 지울 수 없고, 취소 기록만 남길 수 있습니다."
    ) % counted(len(request.receivers), _("명"))


RANKING = Workflow(
    Ranking,
    R,
    [
        Transition("recompute", (R.DRAFT,), None, "mileage.rank", verb("다시 계산")),
        Transition("confirm", (R.DRAFT,), R.CONFIRMED, "mileage.rank", verb("확정")),
        Transition("discard", (R.DRAFT,), None, "mileage.rank", verb("초안 지우기")),
        Transition("cancel", (R.CONFIRMED,), R.DRAFT, "mileage.rank", verb("확정 취소"), needs_reason=True),
    ],
    _("순위"),
    {
        "make": done("초안 작성"),
        "give": done("시상"),
        "take_back": done("시상 기록 되돌리기"),
        "revoke": done("시상 취소"),
    },
    Work(
        _ranking_face,
        [
            Ask("confirm", [R.DRAFT], _("순위 확정하기"), _planning, when=chooses),
        ],
    ),
    prefix="mileage:ranking_",
    offers=[
        Button("confirm", _("순위 확정"), primary=True),
        Button("recompute", primary=True, post=True),
        Button("discard", post=True, confirm=discard_text),
        Button("cancel"),
    ],
)

HANDOVER = Workflow(
    Handover,
    H,
    [
        Transition(
            "withdraw", (H.MADE,), H.WITHDRAWN, "mileage.hand_over", verb("인계 취소"), needs_reason=True
        ),
    ],
    _("상시학습 인계"),
    {"make": done("인계")},
    prefix="mileage:handover_",
    offers=[Button("withdraw", when=lambda handover: getattr(handover, "is_latest", False))],
)

REQUEST = Workflow(
    Request,
    Q,
    [
        Transition("confirm", (Q.REQUESTED,), Q.CONFIRMED, "mileage.confirm", verb("확인")),
        Transition("reject", (Q.REQUESTED,), Q.REJECTED, "mileage.confirm", verb("반려"), needs_reason=True),
        Transition("withdraw", (Q.REQUESTED,), Q.WITHDRAWN, "mileage.withdraw", verb("요청 취소")),
    ],
    _("점수 등록·취소 요청"),
    {"request": done("요청")},
    Work(
        lambda request: Face(request.title, request.get_absolute_url(), str(request.requested_by)),
        [
            _request_ask(RequestKind.GRANT, _("점수 등록 확인하기")),
            _request_ask(RequestKind.REVERSE, _("기록 취소 확인하기")),
        ],
        ["requested_by__department", "entry__account__user"],
    ),
    prefix="mileage:request_",
    offers=[
        Button("confirm", _("확인하고 기록"), primary=True, post=True, confirm=confirm_text),
        Button("reject", beside=True),
        Button("withdraw", post=True, confirm=lambda request: _("이 요청을 취소할까요?")),
    ],
)
