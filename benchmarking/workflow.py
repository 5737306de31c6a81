"""The transition tables of cases, reviews and follow-ups."""

from django.utils.translation import gettext_lazy as _

from benchmarking.enums import CaseState as C
from benchmarking.enums import FollowUpState as F
from benchmarking.enums import ReviewState as R
from benchmarking.models import Case, FollowUp, Review
from core.transition import Transition, Workflow

CASE = Workflow(
    Case,
    C,
    [
        Transition(
            "dispatch", (C.REGISTERED, C.DECIDED), C.IN_REVIEW, "benchmarking.dispatch", _("부서에 보내기")
        ),
        Transition("add_departments", (C.IN_REVIEW,), None, "benchmarking.dispatch", _("부서 추가")),
        Transition("decide", (C.IN_REVIEW,), C.DECIDED, None, _("결정")),
        Transition("reopen", (C.DECIDED, C.IMPLEMENTED), C.IN_REVIEW, None, _("결정 되돌림")),
        Transition("all_recalled", (C.IN_REVIEW,), C.REGISTERED, None, _("모두 회수")),
        Transition("earlier_decision", (C.IN_REVIEW,), C.DECIDED, None, _("재검토 회수")),
        Transition("implement", (C.DECIDED,), C.IMPLEMENTED, None, _("업무반영")),
        Transition("undo_implement", (C.IMPLEMENTED,), C.DECIDED, None, _("업무반영 되돌림")),
        Transition(
            "cancel",
            (C.REGISTERED,),
            C.CANCELLED,
            "benchmarking.edit_case",
            _("등록 취소"),
            needs_reason=True,
        ),
        Transition("restore", (C.CANCELLED,), C.REGISTERED, "benchmarking.plan", _("등록 취소 되돌리기")),
    ],
    _("사례"),
    {"register": _("사례 등록"), "edit": _("내용 수정")},
)

REVIEW = Workflow(
    Review,
    R,
    [
        Transition("assign", (R.WAITING, R.ASSIGNED), R.ASSIGNED, "benchmarking.assign", _("검토자 지정")),
        Transition("take", (R.WAITING,), R.ASSIGNED, "benchmarking.take", _("직접 맡기")),
        Transition(
            "submit", (R.WAITING, R.ASSIGNED), R.SUBMITTED, "benchmarking.review", _("검토 결과 제출")
        ),
        Transition("withdraw", (R.SUBMITTED,), R.ASSIGNED, "benchmarking.review", _("제출 취소")),
        Transition(
            "send_back", (R.SUBMITTED,), R.ASSIGNED, "benchmarking.confirm", _("다시 검토"), needs_reason=True
        ),
        Transition("confirm", (R.SUBMITTED,), R.COMPLETED, "benchmarking.confirm", _("확인")),
        Transition("complete", (R.SUBMITTED,), R.COMPLETED, None, _("완료")),
        Transition(
            "reopen", (R.COMPLETED,), R.ASSIGNED, "benchmarking.plan", _("결정 정정"), needs_reason=True
        ),
        Transition(
            "recall",
            (R.WAITING, R.ASSIGNED, R.SUBMITTED),
            R.RECALLED,
            "benchmarking.dispatch",
            _("회수"),
            needs_reason=True,
        ),
        Transition(
            "fold",
            (R.WAITING, R.ASSIGNED, R.SUBMITTED),
            R.RECALLED,
            None,
            _("부서 통합으로 승계 부서의 검토와 합침"),
        ),
    ],
    _("부서 검토"),
    {
        "ask_extension": _("기한 연장 신청"),
        "ask_pause": _("기한 정지 신청"),
        "approve_extension": _("기한 연장 승인"),
        "approve_pause": _("기한 정지 승인"),
        "reject_extension": _("기한 연장 반려"),
        "reject_pause": _("기한 정지 반려"),
        "withdraw_extension": _("기한 연장 신청 취하"),
        "withdraw_pause": _("기한 정지 신청 취하"),
        "resume": _("기한 정지 종료"),
        "merged": _("부서 통합에 따른 이관"),
    },
)

FOLLOW_UP = Workflow(
    FollowUp,
    F,
    [
        Transition("move", (F.PLANNED,), None, "benchmarking.follow_up", _("예정일 변경"), needs_reason=True),
        Transition("report", (F.PLANNED,), F.REPORTED, "benchmarking.follow_up", _("업무반영 보고")),
        Transition("withdraw", (F.REPORTED,), F.PLANNED, "benchmarking.follow_up", _("보고 취소")),
        Transition(
            "send_back",
            (F.REPORTED,),
            F.PLANNED,
            "benchmarking.confirm_follow_up",
            _("보완 요청"),
            needs_reason=True,
        ),
        Transition(
            "confirm", (F.REPORTED,), F.CONFIRMED, "benchmarking.confirm_follow_up", _("업무반영 확인")
        ),
        Transition(
            "undo_confirm",
            (F.CONFIRMED,),
            F.REPORTED,
            "benchmarking.confirm_follow_up",
            _("확인 되돌리기"),
            needs_reason=True,
        ),
        Transition(
            "drop", (F.PLANNED,), F.DROPPED, "benchmarking.follow_up", _("추진 중단"), needs_reason=True
        ),
        Transition(
            "resume", (F.DROPPED,), F.PLANNED, "benchmarking.follow_up", _("추진 재개"), needs_reason=True
        ),
        Transition("suspend", (F.PLANNED, F.REPORTED), F.DROPPED, None, _("결정 정정으로 중단")),
        Transition("revive", (F.DROPPED,), F.PLANNED, None, _("다시 도입")),
    ],
    _("업무반영"),
)
