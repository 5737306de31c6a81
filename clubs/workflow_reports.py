"""The steps of a paper that a club owes, and who is asked for it (C2)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from clubs.enums import ReportState as R
from clubs.holding import keepers, presidents
from clubs.models import Report
from clubs.policies import LATE_PRESIDENT, REMIND_REPORT, Weekly
from core.asks import Ask, Face, Rung, Work
from core.workflow import Button, Transition, Workflow

VIEW, WRITE, DECIDE = "clubs.view", "clubs.write", "clubs.report_decide"


def _keepers(report: Report) -> Iterable[str]:
    return keepers(report.club)


def _presidents(report: Report) -> Iterable[str]:
    return presidents(report.club)


REPORT = Workflow(
    Report,
    R,
    [
        Transition("send", (R.DUE,), R.SENT, WRITE, verb("보고서 제출"), undo="take_back"),
        Transition("take_back", (R.SENT,), R.DUE, WRITE, verb("보고서 거두기")),
        Transition(
            "give_back",
            (R.SENT,),
            R.DUE,
            DECIDE,
            verb("보고서 보완 요청"),
            needs_reason=True,
            returns=True,
        ),
        Transition(
            "waive",
            (R.DUE,),
            R.WAIVED,
            DECIDE,
            verb("보고서 받지 않기"),
            needs_reason=True,
            undo="ask_again",
        ),
        Transition("lapse", (R.DUE,), R.MISSED, None, done("내지 않은 채 활동이 끝남")),
        Transition("ask_again", (R.WAIVED,), R.DUE, DECIDE, verb("보고서 다시 받기")),
    ],
    _("동아리 보고서"),
    {"asked": done("제출할 보고서 생김"), "write": done("보고서 작성")},
    Work(
        lambda report: Face(str(report), report.get_absolute_url(), report.club.place),
        [
            Ask(
                "write",
                [R.DUE],
                _("동아리 보고서 내기"),
                _keepers,
                due=lambda report: report.due_on,
                begun=lambda report: report.begun_on,
                ladder=[
                    Rung("before", REMIND_REPORT),
                    Rung("late", Weekly(), after=True),
                    Rung("president", LATE_PRESIDENT, after=True, to=_presidents, up=True),
                ],
            )
        ],
        ["club__bureau", "club__panel"],
        ["club__panel__seats"],
    ),
    prefix="clubs:report_",
    offers=[
        Button(
            "edit", _("보고서 쓰기"), [R.DUE], WRITE, when=lambda one: not one.written_by_id, primary=True
        ),
        Button("send", primary=True, post=True, when=lambda one: bool(one.written_by_id)),
        Button("edit", verb("고치기"), [R.DUE], WRITE, when=lambda one: bool(one.written_by_id), beside=True),
        Button("give_back"),
        Button("waive"),
        Button("ask_again"),
        Button("take_back", post=True),
        Button("paper", _("보고서 인쇄"), permission=VIEW, when=lambda one: bool(one.written_by_id)),
        Button(
            "paper",
            _("보고서 한글(HWPX)"),
            permission=VIEW,
            when=lambda one: bool(one.written_by_id),
            query="?format=hwpx",
        ),
    ],
)
