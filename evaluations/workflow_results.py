"""The steps of objections and corrections, and what they ask of whom (E4)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from evaluations.enums import CorrectionState as C
from evaluations.enums import ObjectionState as O
from evaluations.models import Correction, Objection
from evaluations.policies import ANSWER_REMIND
from organization.enums import DepartmentRole, Role

ANSWER, OWN, MAKE = "evaluations.answer", "evaluations.own_objection", "evaluations.make_correction"


def _second(permission: str, thing: Objection | Correction) -> Iterable[str]:
    """Planning and its head, but nobody whom the right keeps out (D9)."""
    keys = holders.role(Role.PLANNING), holders.heads(DepartmentRole.PLANNING)
    return holders.deciders(permission, thing, *keys)


OBJECTION = Workflow(
    Objection,
    O,
    [
        Transition("uphold", (O.ASKED,), O.UPHELD, ANSWER, verb("이의 받아들임"), needs_reason=True),
        Transition("refuse", (O.ASKED,), O.REFUSED, ANSWER, verb("이의 받아들이지 않음"), needs_reason=True),
        Transition("withdraw", (O.ASKED,), O.WITHDRAWN, OWN, verb("이의 취하")),
    ],
    _("심사 결과 이의"),
    {"ask": done("이의 신청")},
    Work(
        lambda one: Face(
            _now("심사 결과 이의: %(title)s") % {"title": one.round.title},
            one.get_absolute_url(),
            one.entry.title,
        ),
        [
            Ask(
                "answer",
                [O.ASKED],
                _("이의에 답하기"),
                lambda one: _second(ANSWER, one),
                due=lambda one: one.due,
                begun=lambda one: one.asked_on,
                ladder=[Rung("before", ANSWER_REMIND)],
                personal=True,
                due_label=_("답변 기한"),
            )
        ],
        ["round", "entry"],
    ),
    prefix="evaluations:objection_",
    offers=[
        Button("uphold", primary=True),
        Button("refuse", beside=True),
        Button("withdraw"),
    ],
)

CORRECTION = Workflow(
    Correction,
    C,
    [
        Transition("make", (C.ASKED,), C.MADE, MAKE, verb("정정 확인")),
        Transition("reject", (C.ASKED,), C.REJECTED, MAKE, verb("정정 반려"), needs_reason=True),
    ],
    _("심사 결과 정정"),
    {"ask": done("정정 요청")},
    Work(
        lambda one: Face(
            _now("심사 결과 정정: %(title)s") % {"title": one.result.entry.round.title},
            one.get_absolute_url(),
            one.result.entry.title,
        ),
        [Ask("make", [C.ASKED], _("정정 확인하기"), lambda one: _second(MAKE, one), personal=True)],
        ["result__entry__round"],
    ),
    prefix="evaluations:correction_",
    offers=[Button("make", primary=True), Button("reject", beside=True)],
)
