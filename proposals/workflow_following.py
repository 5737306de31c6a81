"""The steps of what was adopted and of what a proposer asks to be looked at again, and what they ask of whom (P5, P7,
P8, P14)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from organization.enums import Role
from proposals.enums import FOLLOWED, MilestoneKind
from proposals.enums import ObjectionState as O
from proposals.enums import UndertakingState as U
from proposals.models import Objection, Undertaking
from proposals.policies import FOLLOW_LATE, FOLLOW_REMIND, OVERDUE, REMIND_BEFORE

FOLLOW, CONFIRM, GRADE = "proposals.follow", "proposals.confirm_following", "proposals.grade_effect"
MANAGE, SAY, OBJECTION = (
    "proposals.manage_following",
    "proposals.say_done",
    "proposals.decide_objection",
)


def _department(undertaking: Undertaking) -> Iterable[str]:
    """The person named while still there, and who leads the department."""
    person = undertaking.person
    keys = [holders.leaders(undertaking.department_id)]
    if person is None:
        return keys
    return [*keys, (holders.person if undertaking.person_here else holders.concerns)(person.pk)]


def _readers(undertaking: Undertaking) -> Iterable[str]:
    person = undertaking.person
    if person and undertaking.person_here:
        return [holders.person(person.pk)]
    return [holders.readers(undertaking.department_id)]


def _deciders(permission: str) -> Any:
    return lambda thing: holders.deciders(permission, thing, holders.role(Role.PLANNING))


def _next_step(undertaking: Undertaking) -> date | None:
    """The day of the earliest step before 시행 that is not done."""
    days = [
        one.planned_on
        for one in undertaking.milestones.all()
        if one.kind != MilestoneKind.CARRY_OUT and one.done_on is None
    ]
    return min(days, default=None)


def open_check(undertaking: Undertaking) -> Any:
    """The latest check, unless it is answered; earlier ones without an answer are missing for good."""
    latest = max(undertaking.checks.all(), key=lambda one: (one.year, one.quarter), default=None)
    return latest if latest and latest.answered_on is None else None


def effect_of(undertaking: Undertaking) -> Any:
    return getattr(undertaking, "effect", None)


def effect_is_asked(undertaking: Undertaking) -> bool:
    effect = effect_of(undertaking)
    return effect is not None and effect.reported_on is None


def effect_is_reported(undertaking: Undertaking) -> bool:
    effect = effect_of(undertaking)
    return effect is not None and effect.reported_on is not None and not effect.grade


def _ladder(name: str) -> list[Rung]:
    return [
        Rung(f"{name}_before", FOLLOW_REMIND, to=_readers),
        Rung(f"{name}_late", FOLLOW_LATE, after=True, to=_readers),
    ]


def _title(undertaking: Undertaking) -> str:
    return _now("제안 이행: %(title)s") % {"title": undertaking.proposal.title}


def _ask(name: str, states: Iterable[str], words: Any, due: Any, when: Any, begun: Any) -> Ask:
    """What the department has to do."""
    return Ask(
        name,
        list(states),
        words,
        _department,
        due=due,
        when=when,
        begun=begun,
        ladder=_ladder(name),
        title=_title,
    )


UNDERTAKING = Workflow(
    Undertaking,
    U,
    [
        Transition("assign", FOLLOWED, None, FOLLOW, verb("담당자 지정")),
        Transition("schedule", (U.PLANNED,), None, FOLLOW, verb("일정 정하기")),
        Transition("move", (U.PLANNED,), None, FOLLOW, verb("예정일 변경"), needs_reason=True),
        Transition("reach", (U.PLANNED,), None, FOLLOW, verb("단계 마침 적기")),
        Transition("check", FOLLOWED, None, FOLLOW, verb("이행 점검 답하기")),
        Transition("report", (U.PLANNED,), U.REPORTED, FOLLOW, verb("시행 보고"), undo="withdraw"),
        Transition("withdraw", (U.REPORTED,), U.PLANNED, FOLLOW, verb("보고 취소")),
        Transition(
            "send_back", (U.REPORTED,), U.PLANNED, CONFIRM, verb("보완 요청"), needs_reason=True, returns=True
        ),
        Transition("confirm", (U.REPORTED,), U.CARRIED_OUT, CONFIRM, verb("시행 확인")),
        Transition("ask_proposer", (U.CARRIED_OUT,), None, None, done("제안자에게 되었는지 물음")),
        Transition("answer", (U.CARRIED_OUT,), None, SAY, verb("제안자 답변")),
        Transition("deny", (U.CARRIED_OUT,), U.PLANNED, SAY, verb("제안자 답변: 안 되었다")),
        Transition("ask_effect", (U.CARRIED_OUT,), None, None, done("시행 효과 요청")),
        Transition("report_effect", (U.CARRIED_OUT,), None, FOLLOW, verb("시행 효과 제출")),
        Transition("return_effect", (U.CARRIED_OUT,), None, GRADE, verb("효과 보완 요청"), needs_reason=True),
        Transition("grade", (U.CARRIED_OUT,), None, GRADE, verb("효과 등급 정하기")),
        Transition("name", (U.CARRIED_OUT, U.CLOSED), None, MANAGE, verb("적극행정 추천"), needs_reason=True),
        Transition(
            "drop", (U.PLANNED,), U.DROPPED, MANAGE, verb("이행 중단"), needs_reason=True, undo="resume"
        ),
        Transition("resume", (U.DROPPED,), U.PLANNED, MANAGE, verb("이행 재개"), needs_reason=True),
        Transition("widen", tuple(U), U.PLANNED, None, done("재심사로 이행할 내용 더함")),
        Transition("close", FOLLOWED, U.CLOSED, None, done("이행 관리 기간 끝")),
    ],
    _("제안 이행"),
    {
        "begin": done("이행 시작"),
        "open_check": done("분기 점검 시작"),
        "merged": done("부서 통합에 따른 이관"),
    },
    Work(
        lambda undertaking: Face(
            undertaking.proposal.title,
            undertaking.get_absolute_url(),
            undertaking.department_name,
            undertaking.department_id,
        ),
        [
            _ask(
                "reach",
                [U.PLANNED],
                _("계획과 예산 단계 마치기"),
                _next_step,
                lambda one: _next_step(one) is not None,
                lambda one: one.begun_on,
            ),
            _ask(
                "report",
                [U.PLANNED],
                _("시행하고 보고하기"),
                lambda one: one.planned_on,
                lambda one: _next_step(one) is None,
                lambda one: one.begun_on,
            ),
            Ask("confirm", [U.REPORTED], _("시행 확인하기"), _deciders(CONFIRM)),
            _ask(
                "check",
                FOLLOWED,
                _("분기 이행 점검 답하기"),
                lambda one: open_check(one).due,
                lambda one: open_check(one) is not None,
                lambda one: open_check(one).opened_on,
            ),
            _ask(
                "report_effect",
                [U.CARRIED_OUT],
                _("시행 효과 제출하기"),
                lambda one: one.effect.due,
                effect_is_asked,
                lambda one: one.effect.asked_on,
            ),
            Ask("grade", [U.CARRIED_OUT], _("효과 등급 정하기"), _deciders(GRADE), when=effect_is_reported),
        ],
        ("proposal", "person", "effect"),
        ("milestones", "checks", "proposal__proposers"),
        touches={
            name: lambda one: [one.proposal]
            for name in ("ask_proposer", "answer", "deny", "close", "begin", "widen")
        },
    ),
    prefix="proposals:undertaking_",
    offers=[
        Button("grade", when=effect_is_reported, primary=True),
        Button("check", when=lambda one: open_check(one) is not None, primary=True),
        Button("report_effect", when=effect_is_asked, primary=True),
        Button("return_effect", when=effect_is_reported, beside=True),
        Button("confirm", primary=True, post=True),
        Button("send_back", beside=True),
        Button("report", primary=True),
        Button("reach", when=lambda one: _next_step(one) is not None, beside=True),
        Button("schedule"),
        Button("move"),
        Button("assign"),
        Button("withdraw", post=True),
        Button("name", when=lambda one: one.named_on is None and one.person_id is not None),
        Button("drop", danger=True),
        Button("resume", primary=True),
    ],
)

OBJECTIONS = Workflow(
    Objection,
    O,
    [
        Transition("uphold", (O.ASKED,), O.UPHELD, OBJECTION, verb("이의 받아들이기"), needs_reason=True),
        Transition(
            "refuse", (O.ASKED,), O.REFUSED, OBJECTION, verb("이의 받아들이지 않기"), needs_reason=True
        ),
        Transition("adopt", (O.ASKED,), O.UPHELD, OBJECTION, verb("재심사로 채택")),
        Transition("withdraw", (O.ASKED,), O.WITHDRAWN, "proposals.withdraw_objection", verb("신청 취하")),
        Transition(
            "enter_withdrawal", (O.ASKED,), O.WITHDRAWN, OBJECTION, verb("서면 취하 등록"), needs_reason=True
        ),
        Transition("keep", (O.ASKED,), O.REFUSED, OBJECTION, verb("처음 결정 유지"), needs_reason=True),
    ],
    _("이의·재심사"),
    {"ask": done("신청")},
    Work(
        lambda objection: Face(
            objection.proposal.title, objection.get_absolute_url(), objection.get_kind_display()
        ),
        [
            Ask(
                "decide",
                [O.ASKED],
                _("이의·재심사 처리하기"),
                _deciders(OBJECTION),
                due=lambda objection: objection.clock,
                begun=lambda objection: objection.asked_on,
                ladder=[Rung("before", REMIND_BEFORE), Rung("late", OVERDUE, after=True)],
            )
        ],
        ("proposal", "clock"),
        ("proposal__proposers",),
    ),
    prefix="proposals:objection_",
    offers=[
        Button("uphold", when=lambda one: not one.for_committee, primary=True),
        Button("refuse", when=lambda one: not one.for_committee, beside=True),
        Button("adopt", when=lambda one: one.for_committee, primary=True),
        Button("keep", when=lambda one: one.for_committee, beside=True),
        Button("enter_withdrawal"),
    ],
)
