"""The steps of stages, judges, sheets and challenges, and what their states ask of whom (E2, E3). Steps of sheets are
logged without anything that they say."""

from collections.abc import Iterable

from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.deadlines import preview
from core.work import holders
from core.workflow import Button, Transition, Workflow
from evaluations.enums import Body
from evaluations.enums import ConflictState as C
from evaluations.enums import JudgeState as J
from evaluations.enums import RoundState as R
from evaluations.enums import SheetState as S
from evaluations.enums import StageState as T
from evaluations.models import Conflict, Judge, Sheet, Stage
from evaluations.policies import REMIND_BEFORE, SIGN_DAYS
from organization.enums import Role

RUN, SCORE, DECIDE = "evaluations.run", "evaluations.score", "evaluations.decide_challenge"


def _planning(stage: Stage) -> Iterable[str]:
    return holders.deciders(RUN, stage, holders.role(Role.PLANNING))


def _runs(stage: Stage) -> bool:
    return stage.round.state == R.RUNNING


def _is_next(stage: Stage) -> bool:
    """Those before it that select are closed."""
    before = [one for one in stage.round.stages.all() if one.order < stage.order and one.passes is not None]
    return _runs(stage) and all(one.state == T.CLOSED for one in before)


def _has_slips(stage: Stage) -> bool:
    return bool(stage.judges.all())


STAGE = Workflow(
    Stage,
    T,
    [
        Transition("invite", (T.WAITING,), T.SIGNING, RUN, verb("심사 요청")),
        Transition("start", (T.WAITING, T.SIGNING), T.SCORING, RUN, verb("배정하고 채점 시작")),
        Transition("reassign", (T.SCORING,), None, RUN, verb("다시 배정"), needs_reason=True),
        Transition("extend", (T.SIGNING, T.SCORING), None, RUN, verb("채점 기간 변경"), needs_reason=True),
        Transition(
            "change_way", (T.SIGNING, T.SCORING), None, RUN, verb("계산 방식 변경"), needs_reason=True
        ),
        Transition("close", (T.SCORING,), T.CLOSED, RUN, verb("채점 마감")),
        Transition("reopen", (T.CLOSED,), T.SCORING, None, done("채점을 다시 엶")),
    ],
    _("심사 단계"),
    {"edit": done("심사 단계 수정"), "slips": done("쪽지 발급"), "typed": done("종이 채점표 입력")},
    Work(
        lambda stage: Face(str(stage), stage.get_absolute_url()),
        [
            Ask("invite", [T.WAITING], _("다음 단계 시작하기"), _planning, when=_is_next),
            Ask(
                "start",
                [T.SIGNING],
                _("채점 시작하기"),
                _planning,
                due=lambda stage: stage.opens_on,
                when=_runs,
            ),
            Ask(
                "close",
                [T.SCORING],
                _("채점 마감하기"),
                _planning,
                due=lambda stage: stage.closes_on,
                when=_runs,
            ),
        ],
        ["round"],
        ["round__stages__judges"],
    ),
    prefix="evaluations:stage_",
    offers=[
        Button("invite", states=[T.WAITING], primary=True, when=lambda stage: stage.body == Body.PANEL),
        Button(
            "start",
            primary=True,
            when=lambda stage: (
                _has_slips(stage) if stage.body == Body.RESIDENTS else stage.state == T.SIGNING
            ),
        ),
        Button(
            "slips",
            _("쪽지 만들기"),
            [T.WAITING],
            RUN,
            primary=True,
            when=lambda stage: stage.body == Body.RESIDENTS and not _has_slips(stage),
        ),
        Button("close", primary=True),
        Button("edit", _("단계 고치기"), [T.WAITING], RUN),
        Button("criteria", _("심사 기준 고치기"), [T.WAITING], RUN),
        Button(
            "slips",
            _("쪽지 만들기"),
            [T.WAITING, T.SCORING],
            RUN,
            when=lambda stage: stage.body == Body.RESIDENTS and _has_slips(stage),
        ),
        Button(
            "wall", _("벽에 띄울 번호"), [T.SCORING], RUN, when=lambda stage: stage.body == Body.RESIDENTS
        ),
        Button(
            "ask", _("다른 위원에게 요청"), [T.SIGNING, T.SCORING], RUN, when=lambda stage: stage.panel_id
        ),
        Button("paper", _("종이 채점표 입력"), [T.SCORING], RUN, when=lambda stage: stage.panel_id),
        Button("extend"),
        Button("change_way"),
        Button("reassign", when=lambda stage: stage.body == Body.PANEL),
    ],
)


def _judge(judge: Judge) -> Iterable[str]:
    return [] if judge.user_id is None else [holders.person(judge.user_id)]


def _is_on(judge: Judge) -> bool:
    return judge.stage.round.state == R.RUNNING


def _has_open(judge: Judge) -> bool:
    return (
        _is_on(judge)
        and judge.stage.state == T.SCORING
        and any(sheet.state == S.OPEN for sheet in judge.sheets.all())
    )


JUDGE = Workflow(
    Judge,
    J,
    [
        Transition("sign", (J.INVITED,), J.SIGNED, SCORE, verb("서약")),
        Transition("sign_paper", (J.INVITED,), J.SIGNED, RUN, verb("종이 서약 기록")),
        Transition("enter", (J.INVITED,), J.SIGNED, None, done("쪽지로 참여")),
        Transition("decline", (J.INVITED, J.SIGNED), J.DECLINED, SCORE, verb("맡지 않음"), needs_reason=True),
        Transition("release", (J.INVITED, J.SIGNED), J.RELEASED, RUN, verb("해촉"), needs_reason=True),
    ],
    _("심사자"),
    {"called": done("심사 요청"), "score": done("배정이나 채점이 바뀜")},
    Work(
        lambda judge: Face(judge.stage.round.title, judge.get_absolute_url(), judge.stage.title),
        [
            Ask(
                "sign",
                [J.INVITED],
                _("서약하기"),
                _judge,
                due=lambda judge: (
                    preview(localdate(judge.invited_at), SIGN_DAYS.on(localdate(judge.invited_at))).due
                ),
                when=lambda judge: _is_on(judge) and judge.stage.state in (T.SIGNING, T.SCORING),
                begun=lambda judge: localdate(judge.invited_at),
                personal=True,
                title=lambda judge: _now("심사 서약: %(title)s") % {"title": judge.stage.round.title},
            ),
            Ask(
                "score",
                [J.SIGNED],
                _("채점하기"),
                _judge,
                due=lambda judge: judge.stage.closes_on,
                when=_has_open,
                begun=lambda judge: judge.stage.opens_on,
                ladder=[Rung("before", REMIND_BEFORE)],
                personal=True,
                title=lambda judge: _now("심사 채점: %(title)s") % {"title": judge.stage.round.title},
                due_label=_("채점 마감"),
            ),
        ],
        ["stage__round"],
        ["sheets"],
    ),
    prefix="evaluations:judge_",
    offers=[
        Button("sign", primary=True),
        Button("decline", danger=True),
    ],
)

SHEET = Workflow(
    Sheet,
    S,
    [
        Transition("finish", (S.OPEN,), S.DONE, SCORE, verb("채점 완료")),
        Transition("abstain", (S.OPEN,), S.ABSTAINED, SCORE, verb("기권")),
        Transition("resume", (S.ABSTAINED, S.DONE), S.OPEN, SCORE, verb("다시 채점")),
        Transition("type", (S.OPEN,), S.DONE, RUN, verb("종이 채점표 확정")),
        Transition("void", (S.OPEN, S.DONE, S.ABSTAINED), S.VOID, None, done("무효 처리")),
        Transition("restore", (S.VOID,), S.OPEN, None, done("다시 배정")),
    ],
    _("채점표"),
    prefix="evaluations:sheet_",
)


def _deciders(conflict: Conflict) -> Iterable[str]:
    return [holders.person(pk) for pk in conflict.deciders()]


CONFLICT = Workflow(
    Conflict,
    C,
    [
        Transition("uphold", (C.ASKED,), C.STANDS, DECIDE, verb("기피 받아들임"), needs_reason=True),
        Transition("refuse", (C.ASKED,), C.REFUSED, DECIDE, verb("기피 받아들이지 않음"), needs_reason=True),
    ],
    _("이해충돌"),
    {"challenge": done("기피 신청"), "declare": done("회피")},
    Work(
        lambda conflict: Face(
            _now("기피 신청: %(title)s") % {"title": conflict.judge.stage.round.title},
            conflict.get_absolute_url(),
        ),
        [Ask("decide", [C.ASKED], _("기피 신청 결정하기"), _deciders, personal=True)],
        ["judge__stage__round", "entry"],
    ),
    prefix="evaluations:challenge_",
    offers=[Button("uphold", primary=True), Button("refuse", beside=True)],
)
