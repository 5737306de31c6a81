"""The steps of a week, and of what each division reports of it (I4)."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.now import today
from core.permissions import kept_from
from core.work import holders
from core.workflow import Button, Transition, Workflow
from incentives.enums import DivisionState as D
from incentives.enums import Post
from incentives.enums import WeeklyState as R
from incentives.enums import WeekState as S
from incentives.models import Week, WeekReport
from incentives.policies import REMIND_WEEK
from incentives.workflow import PLAN, WORK, charged, heads, people_of

VIEW, CONFIRM = "incentives.view", "incentives.confirm"
REPORTING = (D.NOTIFIED, D.PLANNED, D.RUNNING, D.SUBMITTED)  # from the notification to the result

WEEK = Workflow(
    Week,
    S,
    [
        Transition("freeze", (S.OPEN,), S.FROZEN, PLAN, verb("주간 보고 마감"), undo="unfreeze"),
        Transition("close", (S.OPEN,), S.FROZEN, None, done("마감일이 되어 마감함")),
        Transition("unfreeze", (S.FROZEN,), S.OPEN, PLAN, verb("마감 취소"), needs_reason=True),
    ],
    _("공동협력사업 주간 보고"),
    {"open": done("주간 보고 시작")},
    prefix="incentives:week_",
    offers=[
        Button("freeze", when=lambda week: today() >= week.due_on),
        Button("paper", _("취합 인쇄"), permission=VIEW),
        Button("paper", _("취합 한글(HWPX)"), permission=VIEW, query="?format=hwpx"),
        Button("paper", _("취합 엑셀"), permission=VIEW, query="?format=xlsx"),
        Button("compare", _("다른 주와 비교"), permission=VIEW),
        Button("unfreeze", when=lambda week: week.frozen_on == today()),
    ],
)


def _due(report: WeekReport) -> date:
    return report.week.due_on


def _begun(report: WeekReport) -> date:
    return report.week.period.start


def _writers(report: WeekReport) -> Iterable[str]:
    return charged(report.division)


def _leaders(report: WeekReport) -> Iterable[str]:
    """The team leaders named; where they wrote it themselves, or none is named, who leads the department (D9)."""
    kept = kept_from(CONFIRM, report)
    named = [pk for pk in people_of(report.division, Post.LEADER) if pk not in kept]
    keys = [holders.person(pk) for pk in named] or heads(report.division)
    return holders.deciders(CONFIRM, report, *keys)


def _still_owed(report: WeekReport) -> bool:
    return report.division.state in REPORTING


REPORT = Workflow(
    WeekReport,
    R,
    [
        Transition("write", (R.DUE,), R.WRITTEN, WORK, verb("주간 보고 제출"), undo="take_back"),
        Transition("unchanged", (R.DUE,), R.WRITTEN, WORK, verb("변동 없음"), undo="take_back"),
        Transition("take_back", (R.WRITTEN,), R.DUE, WORK, verb("주간 보고 거두기")),
        Transition(
            "give_back",
            (R.WRITTEN,),
            R.DUE,
            CONFIRM,
            verb("주간 보고 보완 요청"),
            needs_reason=True,
            returns=True,
        ),
        Transition("confirm", (R.WRITTEN,), R.CONFIRMED, CONFIRM, verb("주간 보고 확인"), undo="unconfirm"),
        Transition("unconfirm", (R.CONFIRMED,), R.WRITTEN, CONFIRM, verb("주간 보고 확인 취소")),
        Transition("miss", (R.DUE, R.WRITTEN), R.MISSED, None, done("확인 없이 마감됨")),
        Transition("ask_again", (R.MISSED,), R.DUE, None, done("마감이 취소되어 다시 보고받음")),
        Transition("await_again", (R.MISSED,), R.WRITTEN, None, done("마감이 취소되어 확인을 기다림")),
    ],
    _("공동협력사업 부문별 주간 보고"),
    {"asked": done("주간 보고 시작")},
    Work(
        lambda report: Face(
            str(report),
            report.get_absolute_url(),
            ", ".join(part.department_name for part in report.division.parts.all() if part.role == "owner"),
        ),
        [
            Ask(
                "write",
                [R.DUE],
                _("주간 보고 내기"),
                _writers,
                due=_due,
                begun=_begun,
                when=_still_owed,
                ladder=[Rung("before", REMIND_WEEK)],
            ),
            Ask(
                "confirm",
                [R.WRITTEN],
                _("주간 보고 확인하기"),
                _leaders,
                due=_due,
                begun=_begun,
                when=_still_owed,
                ladder=[Rung("confirm", REMIND_WEEK)],
            ),
        ],
        ("week", "division__project"),
        ("division__parts__contacts",),
    ),
    prefix="incentives:report_",
    offers=[
        Button("write", verb("주간 보고 쓰기"), primary=True),
        Button(
            "unchanged",
            beside=True,
            post=True,
            confirm=lambda report: _("바뀐 실적과 새로 생긴 문제가 없다고 보고할까요?"),
        ),
        Button("confirm", primary=True, post=True),
        Button("give_back", beside=True),
        Button("take_back", post=True),
        Button("unconfirm", post=True),
    ],
)
