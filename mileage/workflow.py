"""The transition tables of rankings, handovers and requests."""

from django.utils.translation import gettext_lazy as _

from core.transition import Transition, Workflow
from mileage.enums import HandoverState as H
from mileage.enums import RankingState as R
from mileage.enums import RequestState as Q
from mileage.models import Handover, Ranking, Request

RANKING = Workflow(
    Ranking,
    R,
    [
        Transition("recompute", (R.DRAFT,), None, "mileage.rank", _("다시 계산")),
        Transition("confirm", (R.DRAFT,), R.CONFIRMED, "mileage.rank", _("확정")),
        Transition("discard", (R.DRAFT,), None, "mileage.rank", _("초안 지우기")),
        Transition("cancel", (R.CONFIRMED,), R.DRAFT, "mileage.rank", _("확정 취소"), needs_reason=True),
        Transition("give", (R.CONFIRMED,), None, "mileage.rank", _("시상")),
        Transition(
            "take_back", (R.CONFIRMED,), None, "mileage.rank", _("시상 기록 되돌리기"), needs_reason=True
        ),
    ],
    _("순위"),
    {"make": _("초안 작성")},
)

HANDOVER = Workflow(
    Handover,
    H,
    [
        Transition(
            "withdraw", (H.MADE,), H.WITHDRAWN, "mileage.hand_over", _("인계 취소"), needs_reason=True
        ),
    ],
    _("상시학습 인계"),
    {"make": _("인계")},
)

REQUEST = Workflow(
    Request,
    Q,
    [
        Transition("confirm", (Q.REQUESTED,), Q.CONFIRMED, "mileage.confirm", _("확인")),
        Transition("reject", (Q.REQUESTED,), Q.REJECTED, "mileage.confirm", _("반려"), needs_reason=True),
        Transition("withdraw", (Q.REQUESTED,), Q.WITHDRAWN, "mileage.withdraw", _("요청 취소")),
    ],
    _("점수 등록·취소 요청"),
    {"request": _("요청")},
)
