"""The steps of a contest and of a department's practice, and what their states ask of whom (E5)."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from contests.enums import WRITTEN
from contests.enums import ContestState as C
from contests.enums import PracticeState as P
from contests.models import Contest, Practice
from contests.policies import REMIND
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow

PLAN, WRITE, ENTER, ALLOW = "contests.plan", "contests.write", "contests.enter", "contests.allow"


def _preparer(contest: Contest) -> Iterable[str]:
    return [holders.person(contest.prepared_by_id)]


def _leaders(practice: Practice) -> Iterable[str]:
    return [holders.leaders(practice.department_id)]


def _writer(practice: Practice) -> Iterable[str]:
    """Who began it while still in the department, else its head."""
    pk = practice.written_by_id
    if pk is None:
        return _leaders(practice)
    return [holders.person(pk)] if practice.writer_here else [*_leaders(practice), holders.concerns(pk)]


def _told(practice: Practice) -> Iterable[str]:
    """The writer as well as whoever reads what is sent to the department."""
    return [*_writer(practice), holders.readers(practice.department_id)]


CONTEST = Workflow(
    Contest,
    C,
    [
        Transition("publish", (C.DRAFT,), C.OPEN, PLAN, verb("경진대회 공고")),
        Transition("judge", (C.OPEN,), C.JUDGED, None, done("시상 확정")),
        Transition(
            "withdraw", (C.DRAFT, C.OPEN), C.WITHDRAWN, PLAN, verb("경진대회 거두기"), needs_reason=True
        ),
    ],
    _("우수사례 경진대회"),
    {"create": done("경진대회 준비"), "edit": done("경진대회 고침")},
    Work(
        lambda contest: Face(contest.title, contest.get_absolute_url(), contest.period_label),
        [Ask("prepare", [C.DRAFT], _("경진대회 공고하기"), _preparer, due=lambda contest: contest.opens_on)],
    ),
    prefix="contests:contest_",
    offers=[
        Button("publish", primary=True),
        Button("edit", verb("고치기"), (C.DRAFT,), PLAN, beside=True),
        Button("edit", verb("고치기"), (C.OPEN,), PLAN),
        Button("withdraw"),
    ],
)

_LADDER = [Rung("before", REMIND, to=_told)]


def _ask(name: str, state: str, label: Any, who: Callable[[Any], Iterable[str]]) -> Ask:
    return Ask(
        name,
        [state],
        label,
        who,
        due=lambda practice: practice.due_on,
        begun=lambda practice: practice.contest.opens_on,
        ladder=_LADDER,
    )


PRACTICE = Workflow(
    Practice,
    P,
    [
        Transition("begin", (P.ASKED,), P.DRAFT, WRITE, verb("우수사례 쓰기")),
        Transition("ask", (P.DRAFT,), P.WAITING, WRITE, verb("부서장 확인 요청"), undo="take_back"),
        Transition("enter", (P.DRAFT, P.WAITING), P.ENTERED, ENTER, verb("우수사례 제출"), undo="take_back"),
        Transition("take_back", (P.WAITING, P.ENTERED), P.DRAFT, WRITE, verb("제출 거두기")),
        Transition(
            "send_back", (P.WAITING,), P.DRAFT, ENTER, verb("다시 쓰기 요청"), needs_reason=True, returns=True
        ),
        Transition(
            "give_back",
            (P.ENTERED,),
            P.DRAFT,
            ALLOW,
            verb("우수사례 보완 요청"),
            needs_reason=True,
            returns=True,
        ),
        Transition("lapse", (P.ASKED, P.DRAFT, P.WAITING), P.MISSED, None, done("기한까지 내지 않음")),
        Transition("fold", (P.ASKED, P.DRAFT, P.WAITING), P.MISSED, None, done("부서 통합으로 내지 않음")),
        Transition("allow_late", (P.MISSED,), P.DRAFT, ALLOW, verb("늦은 제출 허용"), needs_reason=True),
    ],
    _("우수사례"),
    {"asked": done("우수사례 요청"), "edit": done("우수사례 고침"), "merged": done("부서 통합에 따른 이관")},
    Work(
        lambda practice: Face(
            practice.title or practice.contest.title,
            practice.get_absolute_url(),
            practice.department_name,
            practice.department_id,
        ),
        [
            _ask("begin", P.ASKED, _("우수사례 내기"), _leaders),
            _ask("write", P.DRAFT, _("우수사례 쓰기"), _writer),
            _ask("confirm", P.WAITING, _("우수사례 확인하고 제출하기"), _leaders),
        ],
        ["contest", "written_by"],
    ),
    prefix="contests:practice_",
    offers=[
        Button("enter", states=[P.WAITING], primary=True),
        Button("edit", _("우수사례 쓰기"), [P.ASKED], WRITE, primary=True),
        Button("ask", primary=True, post=True),
        Button("enter", states=[P.DRAFT], beside=True),
        Button("edit", verb("고치기"), WRITTEN[1:], WRITE, beside=True),
        Button("send_back", beside=True),
        Button("take_back", when=lambda practice: not practice.is_past, post=True),
        Button("give_back", when=lambda practice: not practice.is_past),
        Button("allow_late", primary=True, when=lambda practice: practice.contest.state == C.OPEN),
    ],
)
