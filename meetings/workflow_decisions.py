"""The steps of what a session gave somebody to do, and whose work it is (C8)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from meetings.enums import DecisionState as D
from meetings.models import Decision
from meetings.policies import DECISION_LATE, REMIND_DECISION

DO, RUN = "meetings.do", "meetings.run"


def _doers(decision: Decision) -> Iterable[str]:
    """The person; of a department whoever leads it."""
    if decision.person_id is not None:
        return [holders.person(decision.person_id)]
    return [holders.leaders(decision.department_id or 0)]


def _told(decision: Decision) -> Iterable[str]:
    if decision.person_id is not None:
        return _doers(decision)
    return [holders.readers(decision.department_id or 0)]


DECISION = Workflow(
    Decision,
    D,
    [
        Transition("open", (D.DRAFT,), D.OPEN, None, done("회의에서 결정")),
        Transition("recall", (D.OPEN,), D.DRAFT, None, done("회의록 확정이 취소됨")),
        Transition("finish", (D.OPEN,), D.DONE, DO, verb("결정 사항 처리")),
        Transition("move", (D.OPEN,), None, RUN, verb("결정 기한 변경"), needs_reason=True),
        Transition("drop", (D.OPEN,), D.DROPPED, RUN, verb("결정 거두기"), needs_reason=True),
        Transition(
            "reopen",
            (D.DONE, D.DROPPED),
            D.OPEN,
            RUN,
            verb("다시 처리하게 하기"),
            needs_reason=True,
            returns=True,
        ),
    ],
    _("결정 사항"),
    {},
    Work(
        lambda decision: Face(
            decision.text, decision.get_absolute_url(), str(decision.session), decision.department_id
        ),
        [
            Ask(
                "do",
                [D.OPEN],
                _("회의 결정 처리하기"),
                _doers,
                due=lambda decision: decision.until,
                begun=lambda decision: decision.session.held_on,
                ladder=[
                    Rung("before", REMIND_DECISION, to=_told),
                    Rung("late", DECISION_LATE, after=True, to=_told),
                ],
            )
        ],
        ("session__panel",),
    ),
    prefix="meetings:decision_",
    offers=[
        Button("finish", primary=True),
        Button("move"),
        Button("reopen"),
        Button("drop", danger=True),
    ],
)
