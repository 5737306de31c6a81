"""The steps of a round and what its states ask of whom (E2, E4)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from evaluations.enums import RoundState as R
from evaluations.models import Round
from organization.enums import DepartmentRole, Role

RUN, CONFIRM = "evaluations.run", "evaluations.confirm"


def _planning(round: Round) -> Iterable[str]:
    return holders.deciders(RUN, round, holders.role(Role.PLANNING))


def _second(round: Round) -> Iterable[str]:
    """Planning and its head, but neither who ran the round nor who judged in it."""
    keys = holders.role(Role.PLANNING), holders.heads(DepartmentRole.PLANNING)
    return holders.deciders(CONFIRM, round, *keys)


def may_be_confirmed(round: Round) -> bool:
    """The committee has resolved; what is announced, its days are over and all objections answered."""
    return round.session_id is not None and round.state == R.ANNOUNCED


ROUND = Workflow(
    Round,
    R,
    [
        Transition("open", (R.PREPARING,), R.RUNNING, RUN, verb("심사 시작")),
        Transition("draft", (R.RUNNING,), R.DRAFT, None, done("채점을 모두 마침")),
        Transition("judge_again", (R.DRAFT,), R.RUNNING, RUN, verb("채점 다시 열기"), needs_reason=True),
        Transition("resolve", (R.DRAFT,), None, RUN, verb("심의 결과 기록")),
        Transition("announce", (R.DRAFT,), R.ANNOUNCED, RUN, verb("결과 예정 공개")),
        Transition("confirm", (R.DRAFT, R.ANNOUNCED), R.CONFIRMED, CONFIRM, verb("결과 확정")),
        Transition("cancel", (R.ANNOUNCED,), R.DRAFT, RUN, verb("예정 거두기"), needs_reason=True),
        Transition(
            "abandon",
            (R.PREPARING, R.RUNNING, R.DRAFT),
            R.ABANDONED,
            RUN,
            verb("심사 중단"),
            needs_reason=True,
        ),
    ],
    _("심사"),
    {"make": done("심사 준비"), "edit": done("심사 준비 내용 수정"), "correct": done("확정한 결과 정정")},
    Work(
        lambda round: Face(round.title, round.get_absolute_url()),
        [
            Ask("open", [R.PREPARING], _("심사 준비하기"), _planning),
            Ask("announce", [R.DRAFT], _("심사 결과 정리하기"), _planning),
            Ask(
                "confirm",
                [R.ANNOUNCED],
                _("심사 결과 확정하기"),
                _second,
                when=may_be_confirmed,
                personal=True,
            ),
        ],
        parts=("stages__judges",),
    ),
    prefix="evaluations:round_",
    offers=[
        Button("open", primary=True),
        Button("entries", _("심사 대상 고르기"), [R.PREPARING], RUN, beside=True),
        Button("edit", _("심사 고치기"), [R.PREPARING], RUN),
        Button("grades", _("시상 등급 고치기"), [R.PREPARING], RUN),
        Button("resolve", primary=True),
        Button("announce", primary=True),
        Button("confirm", primary=True),
        Button("judge_again"),
        Button("cancel"),
        Button("abandon"),
    ],
)
