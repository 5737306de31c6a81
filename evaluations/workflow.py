"""The steps of a round and what its states ask of whom (E2, E4)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from evaluations.enums import RoundState as R
from evaluations.kinds import kind_of
from evaluations.models import Round
from evaluations.selectors import outcome
from organization.enums import DepartmentRole, Role

RUN, CONFIRM, TAKE_BACK = "evaluations.run", "evaluations.confirm", "evaluations.take_back"
SEE = "evaluations.results"
AFTER = (R.DRAFT, R.ANNOUNCED, R.CONFIRMED)


def _planning(round: Round) -> Iterable[str]:
    return holders.deciders(RUN, round, holders.role(Role.PLANNING))


def _second(round: Round) -> Iterable[str]:
    """Planning and its head, but neither who ran the round nor who judged in it."""
    keys = holders.role(Role.PLANNING), holders.heads(DepartmentRole.PLANNING)
    return holders.deciders(CONFIRM, round, *keys)


def is_resolved(round: Round) -> bool:
    return round.session_id is not None or not kind_of(round).needs_session


def _is_unresolved(round: Round) -> bool:
    return not is_resolved(round)


def _is_next_to_announce(round: Round) -> bool:
    return is_resolved(round) and outcome.must_announce(round)


def confirmable_on(round: Round) -> date | None:
    """The day after the last on which objections are taken."""
    return round.objections_until and round.objections_until + timedelta(days=1)


ROUND = Workflow(
    Round,
    R,
    [
        Transition("open", (R.PREPARING,), R.RUNNING, RUN, verb("심사 시작")),
        Transition("draft", (R.RUNNING,), R.DRAFT, None, done("채점을 모두 마침")),
        Transition("judge_again", (R.DRAFT,), R.RUNNING, RUN, verb("채점 다시 열기"), needs_reason=True),
        Transition("reckon", (R.DRAFT,), None, RUN, verb("결과 다시 계산")),
        Transition("change_way", (R.DRAFT,), None, RUN, verb("점수 계산 방식 변경"), needs_reason=True),
        Transition("resolve", (R.DRAFT,), None, RUN, verb("심의 결과 기록")),
        Transition("announce", (R.DRAFT,), R.ANNOUNCED, RUN, verb("결과 예정 공개")),
        Transition("confirm", (R.DRAFT, R.ANNOUNCED), R.CONFIRMED, CONFIRM, verb("결과 확정")),
        Transition("cancel", (R.ANNOUNCED,), R.DRAFT, TAKE_BACK, verb("예정 거두기"), needs_reason=True),
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
            Ask("resolve", [R.DRAFT], _("심사 결과 심의하고 기록하기"), _planning, when=_is_unresolved),
            Ask("announce", [R.DRAFT], _("심사 결과 예정으로 알리기"), _planning, when=_is_next_to_announce),
            Ask(
                "confirm",
                [R.DRAFT, R.ANNOUNCED],
                _("심사 결과 확정하기"),
                _second,
                when=outcome.is_ready,
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
        Button("confirm", primary=True, when=outcome.is_ready),
        Button(
            "announce", primary=True, when=lambda round: is_resolved(round) and outcome.may_announce(round)
        ),
        Button("resolve", primary=True, beside=True),
        Button("results", _("심사 결과"), AFTER, SEE, beside=True, address="evaluations:results"),
        Button("stability", _("결과가 흔들리는지 보기"), AFTER, SEE, address="evaluations:stability"),
        Button("reckon"),
        Button("change_way"),
        Button("judge_again"),
        Button("cancel"),
        Button("abandon"),
    ],
)
