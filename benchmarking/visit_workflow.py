"""The transition table of field visits (V2)."""

from django.utils.translation import gettext_lazy as _

from benchmarking.enums import VisitState as V
from benchmarking.models import FieldVisit
from core.transition import Transition, Workflow

ASK, DECIDE, ORDER = "benchmarking.request_visit", "benchmarking.decide_visit", "benchmarking.order_visit"
REPORT = "benchmarking.report_visit"

VISIT = Workflow(
    FieldVisit,
    V,
    [
        Transition("submit", (V.DRAFT, V.RETURNED), V.SUBMITTED, ASK, _("현장체험 신청")),
        Transition("withdraw", (V.SUBMITTED,), V.DRAFT, ASK, _("신청 거두기")),
        Transition("approve", (V.SUBMITTED,), V.APPROVED, DECIDE, _("승인")),
        Transition("undo_approve", (V.APPROVED,), V.SUBMITTED, DECIDE, _("승인 취소"), needs_reason=True),
        Transition("send_back", (V.SUBMITTED,), V.RETURNED, DECIDE, _("보완 요청"), needs_reason=True),
        Transition("reject", (V.SUBMITTED,), V.REJECTED, DECIDE, _("불승인"), needs_reason=True),
        Transition(
            "amend",
            (V.APPROVED, V.ORDERED, V.TRAVELLED),
            V.SUBMITTED,
            ASK,
            _("계획 변경 신청"),
            needs_reason=True,
        ),
        Transition("order", (V.APPROVED,), V.ORDERED, ORDER, _("출장명령 기록")),
        Transition(
            "correct_order",
            (V.ORDERED, V.TRAVELLED, V.REPORTED, V.SETTLED),
            None,
            ORDER,
            _("출장명령 번호 정정"),
            needs_reason=True,
        ),
        Transition("void_order", (V.CANCELLED, V.REJECTED), None, ORDER, _("출장명령 취소")),
        Transition("travel", (V.ORDERED,), V.TRAVELLED, REPORT, _("다녀옴")),
        Transition(
            "travel_by_schedule", (V.ORDERED,), V.TRAVELLED, None, _("방문일이 지나 다녀온 것으로 처리")
        ),
        Transition("report", (V.TRAVELLED,), V.REPORTED, REPORT, _("결과보고")),
        Transition("withdraw_report", (V.REPORTED,), V.TRAVELLED, REPORT, _("결과보고 거두기")),
        Transition(
            "return_report",
            (V.REPORTED,),
            V.TRAVELLED,
            DECIDE,
            _("결과보고 보완 요청"),
            needs_reason=True,
        ),
        Transition("settle", (V.REPORTED,), V.SETTLED, DECIDE, _("정산")),
        Transition("undo_settle", (V.SETTLED,), V.REPORTED, DECIDE, _("정산 되돌리기"), needs_reason=True),
        Transition(
            "cancel",
            (V.DRAFT, V.SUBMITTED, V.RETURNED, V.APPROVED, V.ORDERED, V.TRAVELLED),
            V.CANCELLED,
            "benchmarking.cancel_visit",
            _("현장체험 취소"),
            needs_reason=True,
        ),
        Transition(
            "restore",
            (V.CANCELLED, V.REJECTED),
            V.SUBMITTED,
            DECIDE,
            _("취소·불승인 되돌리기"),
            needs_reason=True,
        ),
        Transition("correct_record", (V.RECORDED,), None, DECIDE, _("기록 정정"), needs_reason=True),
        Transition("drop_record", (V.RECORDED,), V.CANCELLED, DECIDE, _("기록 삭제"), needs_reason=True),
    ],
    _("현장체험"),
    {
        "write": _("신청서 작성"),
        "edit": _("신청서 수정"),
        "record": _("지난 현장체험 기록"),
        "review_recalled": _("검토 요청이 회수됨"),
        "merged": _("부서 통합에 따른 이관"),
    },
)
