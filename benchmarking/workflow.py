"""The transition tables of cases, reviews and follow-ups, and what their states ask of whom (B3–B7, R5)."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from benchmarking.enums import CaseState as C
from benchmarking.enums import Decision
from benchmarking.enums import FollowUpState as F
from benchmarking.models import Case, FollowUp, Review
from benchmarking.policies import FIGURES, FOLLOW_UP_REMIND
from benchmarking.sockets import BUTTONS
from core.asks import Ask, Bundle, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from organization.enums import Role
from reviews.workflow import leaders, planning, reader, review_workflow, reviewer


def _follower(follow_up: FollowUp) -> Iterable[str]:
    """The reviewer while still in the department, and who leads it."""
    review = follow_up.review
    return [*leaders(review), *(reviewer(review) if review.reviewer_here else [])]


def _confirmers(follow_up: FollowUp) -> Iterable[str]:
    return holders.deciders("benchmarking.confirm_follow_up", follow_up, holders.role(Role.PLANNING))


def _of_case(case: Case) -> list[Any]:
    """Reviews and follow-ups are named after their case."""
    reviews = Review.objects.filter(case=case).select_related(*REVIEW_RELATED)
    follow_ups = FollowUp.objects.filter(review__case=case)
    return [*reviews, *follow_ups.select_related(*FOLLOW_UP_RELATED)]


def _reporter(case: Case) -> Iterable[str]:
    who = case.created_by_id or case.found_by_id
    return [holders.person(who)] if who else []


RECORDS = (C.RECORDED, C.DECIDED, C.IMPLEMENTED)  # in which cases of earlier years stand
DISPATCH = "benchmarking:dispatch"
REVIEW_RELATED = ("case", "clock", "reviewer")
FOLLOW_UP_RELATED = ("review__case", "review__reviewer")

CASE = Workflow(
    Case,
    C,
    [
        Transition(
            "dispatch",
            (C.REGISTERED, C.DECIDED, C.RECORDED),
            C.IN_REVIEW,
            "benchmarking.dispatch",
            verb("부서에 보내기"),
        ),
        Transition("take_in", (C.REPORTED,), C.REGISTERED, "benchmarking.take_in", verb("접수")),
        Transition(
            "return_report",
            (C.REPORTED,),
            C.RETURNED,
            "benchmarking.take_in",
            verb("반려"),
            needs_reason=True,
            returns=True,
        ),
        Transition("report_again", (C.RETURNED,), C.REPORTED, "benchmarking.report_again", verb("다시 제보")),
        Transition("add_departments", (C.IN_REVIEW,), None, "benchmarking.dispatch", verb("부서 추가")),
        Transition("decide", (C.IN_REVIEW,), C.DECIDED, None, done("결정")),
        Transition("reopen", (C.DECIDED, C.IMPLEMENTED), C.IN_REVIEW, None, done("결정 되돌림")),
        Transition("all_recalled", (C.IN_REVIEW,), C.REGISTERED, None, done("모두 회수")),
        Transition("earlier_decision", (C.IN_REVIEW,), C.DECIDED, None, done("재검토 회수")),
        Transition("implement", (C.DECIDED,), C.IMPLEMENTED, None, done("업무반영")),
        Transition("undo_implement", (C.IMPLEMENTED,), C.DECIDED, None, done("업무반영 되돌림")),
        Transition(
            "cancel",
            (C.REGISTERED, C.REPORTED, C.RETURNED),
            C.CANCELLED,
            "benchmarking.edit_case",
            verb("등록 취소"),
            needs_reason=True,
            undo="restore",
        ),
        Transition(
            "restore", (C.CANCELLED,), C.REGISTERED, "benchmarking.restore", verb("등록 취소 되돌리기")
        ),
        Transition(
            "correct_record",
            RECORDS,
            None,
            "benchmarking.correct_record",
            verb("기록 정정"),
            needs_reason=True,
        ),
        Transition(
            "withdraw_record",
            RECORDS,
            C.CANCELLED,
            "benchmarking.correct_record",
            verb("거두기"),
            needs_reason=True,
            undo="restore_record",
        ),
        Transition(
            "restore_record",
            (C.CANCELLED,),
            C.RECORDED,
            "benchmarking.correct_record",
            verb("거둔 것 되돌리기"),
        ),
        Transition("decide_record", (C.RECORDED,), C.DECIDED, None, done("결정 기록")),
        Transition("undecide_record", (C.DECIDED,), C.RECORDED, None, done("결정 기록 없음")),
    ],
    _("사례"),
    {
        "register": done("사례 등록"),
        "report": done("사례 제보"),
        "record": done("지난 자료 등록"),
        "edit": done("내용 수정"),
    },
    Work(
        lambda case: Face(case.title, case.get_absolute_url()),
        [
            Ask(
                "dispatch",
                [C.REGISTERED],
                _("부서에 보내기"),
                planning,
                bundle=Bundle(
                    lambda count: _now("아직 보내지 않은 사례 %(count)d건") % {"count": count},
                    lambda: reverse("benchmarking:cases") + "?state=registered",
                ),
            ),
            Ask(
                "take_in",
                [C.REPORTED],
                _("제보 접수하기"),
                lambda case: holders.deciders("benchmarking.take_in", case, holders.role(Role.PLANNING)),
                bundle=Bundle(
                    lambda count: _now("접수를 기다리는 제보 %(count)d건") % {"count": count},
                    lambda: reverse("benchmarking:cases") + "?state=reported",
                ),
            ),
            Ask("report_again", [C.RETURNED], _("제보 고쳐서 다시 보내기"), _reporter),
        ],
        touches={"edit": _of_case},
    ),
    prefix="benchmarking:case_",
    offers=[
        Button("take_in", primary=True, post=True),
        Button("return_report", beside=True),
        Button("report_again", primary=True),
        Button("dispatch", states=[C.REGISTERED], primary=True, address=DISPATCH),
        Button("add_departments", address=DISPATCH),
        Button(
            "dispatch",
            _("다시 검토 보내기"),
            states=[C.DECIDED, C.RECORDED],
            when=lambda case: case.outcome != Decision.ADOPT,
            address=DISPATCH,
        ),
        Button(
            "edit",
            _("내용 수정"),
            states=[state for state in C if state != C.CANCELLED],
            permission="benchmarking.edit_case",
        ),
        Button("cancel"),
        Button("restore", primary=True, post=True),
        Button("correct_record"),
        Button("withdraw_record", danger=True),
        Button("restore_record", primary=True, post=True),
        Button("report", _("인쇄용 검토보고"), permission="benchmarking.view"),
    ],
)

REVIEW = review_workflow(
    "benchmarking",
    Review,
    FIGURES,
    face=lambda review: f"{review.case.title} ({review.case.source_name})",
    beside=[BUTTONS],
    papers=[
        Button("report", _("검토보고서"), permission="benchmarking.view"),
        Button("report", _("검토보고서 한글(HWPX)"), permission="benchmarking.view", query="?format=hwpx"),
    ],
    reopens=lambda review: review.round.number == review.case.round_number,
)

FOLLOW_UP = Workflow(
    FollowUp,
    F,
    [
        Transition(
            "move", (F.PLANNED,), None, "benchmarking.follow_up", verb("예정일 변경"), needs_reason=True
        ),
        Transition(
            "report",
            (F.PLANNED,),
            F.REPORTED,
            "benchmarking.follow_up",
            verb("업무반영 보고"),
            undo="withdraw",
        ),
        Transition("withdraw", (F.REPORTED,), F.PLANNED, "benchmarking.follow_up", verb("보고 취소")),
        Transition(
            "send_back",
            (F.REPORTED,),
            F.PLANNED,
            "benchmarking.confirm_follow_up",
            verb("보완 요청"),
            needs_reason=True,
            returns=True,
        ),
        Transition(
            "confirm",
            (F.REPORTED,),
            F.CONFIRMED,
            "benchmarking.confirm_follow_up",
            verb("업무반영 확인"),
            undo="undo_confirm",
        ),
        Transition(
            "undo_confirm",
            (F.CONFIRMED,),
            F.REPORTED,
            "benchmarking.confirm_follow_up",
            verb("확인 되돌리기"),
            needs_reason=True,
        ),
        Transition(
            "drop",
            (F.PLANNED,),
            F.DROPPED,
            "benchmarking.follow_up",
            verb("추진 중단"),
            needs_reason=True,
            undo="resume",
        ),
        Transition(
            "resume", (F.DROPPED,), F.PLANNED, "benchmarking.follow_up", verb("추진 재개"), needs_reason=True
        ),
        Transition("suspend", (F.PLANNED, F.REPORTED), F.DROPPED, None, done("결정 정정으로 중단")),
        Transition("revive", (F.DROPPED,), F.PLANNED, None, done("다시 도입")),
    ],
    _("업무반영"),
    work=Work(
        lambda follow_up: Face(
            follow_up.review.case.title,
            follow_up.get_absolute_url(),
            follow_up.review.department_name,
            follow_up.review.department_id,
        ),
        [
            Ask(
                "report",
                [F.PLANNED],
                _("업무반영 보고하기"),
                _follower,
                due=lambda follow_up: follow_up.planned_on,
                begun=lambda follow_up: follow_up.review.completed_on,
                ladder=[Rung("before", FOLLOW_UP_REMIND, to=lambda follow_up: reader(follow_up.review))],
                title=lambda follow_up: (
                    _now("업무반영 예정: %(title)s") % {"title": follow_up.review.case.title}
                ),
                due_label=_("예정일"),
            ),
            Ask("confirm", [F.REPORTED], _("업무반영 확인하기"), _confirmers),
        ],
        FOLLOW_UP_RELATED,
    ),
    prefix="benchmarking:follow_up_",
    offers=[
        Button("report", primary=True),
        Button("move"),
        Button("drop"),
        Button("confirm", primary=True, post=True),
        Button("send_back", beside=True),
        Button("withdraw", post=True),
        Button("undo_confirm"),
        Button("resume", when=lambda follow_up: follow_up.review.is_adopted),
    ],
)
