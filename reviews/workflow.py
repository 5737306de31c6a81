"""The transition table of a kind of review and what its states ask of whom (B3, B4, O9, R5)."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from basis.sockets import Socket
from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.models import ClockAdjustment
from core.work import holders
from core.workflow import Button, Transition, Workflow
from organization.enums import Role
from reviews.enums import OPEN_REVIEW_STATES
from reviews.enums import ReviewState as R
from reviews.figures import Figures
from reviews.models import DepartmentReview
from reviews.selectors.panels import assign_panel, decide_panel

EVENTS = {
    "ask_extension": done("기한 연장 신청"),
    "ask_pause": done("기한 정지 신청"),
    "approve_extension": done("기한 연장 승인"),
    "approve_pause": done("기한 정지 승인"),
    "reject_extension": done("기한 연장 반려"),
    "reject_pause": done("기한 정지 반려"),
    "withdraw_extension": done("기한 연장 신청 취하"),
    "withdraw_pause": done("기한 정지 신청 취하"),
    "resume": done("기한 정지 종료"),
    "merged": done("부서 통합에 따른 이관"),
}


def planning(obj: Any) -> Iterable[str]:
    return [holders.role(Role.PLANNING)]


def leaders(review: DepartmentReview) -> Iterable[str]:
    keys = [holders.leaders(review.department_id)]
    return keys + ([holders.concerns(review.reviewer_id)] if review.reviewer_id else [])


def reviewer(review: DepartmentReview) -> Iterable[str]:
    return [holders.person(review.reviewer_id)] if review.reviewer_id else []


def reader(review: DepartmentReview) -> Iterable[str]:
    """The reviewer, else whoever reads what is sent to the department."""
    return reviewer(review) if review.reviewer_here else [holders.readers(review.department_id)]


def review_workflow(
    prefix: str,
    model: type[DepartmentReview],
    figures: Figures,
    *,
    face: Callable[[Any], str],
    beside: Sequence[Button | Socket[Button]] = (),
    papers: Sequence[Button] = (),
    reopens: Callable[[Any], bool] = lambda review: True,
) -> Workflow:
    """`face(review)` is its title in lists of work; buttons `beside` stand before those of the deadline, `papers` at
    the end; `reopens`: whether a completed answer may still be corrected. The rights are those of
    `reviews.rules.permit_reviews`, with `.dispatch` to recall and `.plan` to reopen."""
    return Workflow(
        model,
        R,
        _transitions(prefix),
        _("부서 검토"),
        EVENTS,
        Work(
            lambda review: Face(
                face(review), review.get_absolute_url(), review.department_name, review.department_id
            ),
            _asks(prefix, figures),
            (model.SUBJECT, "clock", "reviewer"),
            ["clock__adjustments"],
        ),
        prefix=f"{prefix}:review_",
        offers=[
            *_first_buttons(prefix),
            *beside,
            *_clock_buttons(prefix),
            Button("recall", danger=True),
            Button("reopen", when=lambda review: not review.is_record and reopens(review)),
            *papers,
        ],
    )


def _transitions(prefix: str) -> list[Transition]:
    review, confirm = f"{prefix}.review", f"{prefix}.confirm"
    back = partial(Transition, needs_reason=True, returns=True)
    return [
        Transition("assign", (R.WAITING, R.ASSIGNED), R.ASSIGNED, f"{prefix}.assign", verb("검토자 지정")),
        Transition("take", (R.WAITING,), R.ASSIGNED, f"{prefix}.take", verb("직접 맡기")),
        Transition(
            "submit",
            (R.WAITING, R.ASSIGNED),
            R.SUBMITTED,
            review,
            verb("검토 결과 제출"),
            undo="withdraw",
        ),
        Transition("withdraw", (R.SUBMITTED,), R.ASSIGNED, review, verb("제출 취소")),
        back("send_back", (R.SUBMITTED,), R.ASSIGNED, confirm, verb("다시 검토")),
        Transition("confirm", (R.SUBMITTED,), R.COMPLETED, confirm, verb("확인")),
        Transition("complete", (R.SUBMITTED,), R.COMPLETED, None, done("완료")),
        back("reopen", (R.COMPLETED,), R.ASSIGNED, f"{prefix}.plan", verb("결정 정정")),
        Transition(
            "recall", OPEN_REVIEW_STATES, R.RECALLED, f"{prefix}.dispatch", verb("회수"), needs_reason=True
        ),
        Transition(
            "fold",
            OPEN_REVIEW_STATES,
            R.RECALLED,
            None,
            done("부서 통합으로 승계 부서의 검토와 합침"),
        ),
        Transition("drop", OPEN_REVIEW_STATES, R.RECALLED, None, done("검토할 일이 끝나 회수")),
    ]


def _asks(prefix: str, figures: Figures) -> list[Ask]:
    ladder = [
        Rung("before", figures.before, to=reader),
        Rung("reviewer", figures.reviewer, after=True, to=reader),
        Rung(
            "head",
            figures.head,
            after=True,
            to=lambda review: [holders.readers(review.department_id)],
            up=True,
        ),
        Rung("planning", figures.planning, after=True, to=planning, up=True),
    ]

    def ask(name: str, state: str, verb: Any, who: Any, when: Any = lambda review: True, **more: Any) -> Ask:
        """What the department has to do until the deadline."""
        return Ask(
            name,
            [state],
            verb,
            who,
            due=lambda review: review.clock,
            when=when,
            begun=lambda review: review.notified_on,
            ladder=ladder,
            title=lambda review: review.name,
            **more,
        )

    return [
        ask("assign", R.WAITING, _("검토자 지정하기"), leaders, panel=assign_panel),
        ask("review", R.ASSIGNED, _("검토하기"), reviewer, lambda review: review.reviewer_here),
        ask(
            "reassign",
            R.ASSIGNED,
            _("검토자 다시 지정하기"),
            leaders,
            lambda review: not review.reviewer_here,
            panel=assign_panel,
        ),
        ask("confirm", R.SUBMITTED, _("확인하기"), partial(_confirmers, prefix)),
        _decision(prefix, ClockAdjustment.Kind.EXTENSION, _("기한 연장 승인하기")),
        _decision(prefix, ClockAdjustment.Kind.PAUSE, _("기한 정지 승인하기")),
    ]


def _confirmers(prefix: str, review: DepartmentReview) -> Iterable[str]:
    return holders.deciders(f"{prefix}.confirm", review, *leaders(review))


def _decision(prefix: str, kind: str, verb: Any) -> Ask:
    """Planning has to decide on an extension or a pause."""

    def waits(review: DepartmentReview) -> bool:
        asked = ClockAdjustment.State.REQUESTED
        return any(a.kind == kind and a.state == asked for a in review.clock.adjustments.all())

    return Ask(
        f"decide_{kind}",
        OPEN_REVIEW_STATES,
        verb,
        lambda review: holders.deciders(f"{prefix}.decide_clock", review, holders.role(Role.PLANNING)),
        due=lambda review: review.clock,
        when=waits,
        panel=decide_panel(kind),
    )


def _first_buttons(prefix: str) -> list[Button]:
    return [
        Button("assign", states=[R.WAITING], permission=f"{prefix}.confirm", primary=True),
        Button("take", primary=True, post=True),
        Button("assign", _("검토자 바꾸기"), states=[R.ASSIGNED]),
        Button("confirm", _("검토 결과 확인"), primary=True, post=True),
        Button("send_back", _("다시 검토 요청"), beside=True),
        Button("withdraw", permission=f"{prefix}.withdraw", post=True),
    ]


def _clock_buttons(prefix: str) -> list[Button]:
    return [
        Button("extend", verb("기한 연장 신청"), OPEN_REVIEW_STATES, f"{prefix}.ask_clock"),
        Button(
            "pause",
            verb("기한 정지 신청"),
            OPEN_REVIEW_STATES,
            f"{prefix}.ask_clock",
            when=lambda review: not review.clock.paused,
        ),
        Button(
            "resume",
            verb("기한 정지 끝내기"),
            OPEN_REVIEW_STATES,
            f"{prefix}.resume_clock",
            when=lambda review: review.clock.paused,
            post=True,
        ),
    ]
