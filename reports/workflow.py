"""The transition table of a report run."""

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.workflow import Button, Transition, Workflow
from reports.enums import RunState as S
from reports.models import ReportRun

RUN = Workflow(
    ReportRun,
    S,
    [
        Transition("make", (S.WAITING, S.FAILED), S.MADE, None, done("작성 완료")),
        Transition("fail", (S.WAITING,), S.FAILED, None, done("작성 실패")),
        Transition("retry", (S.FAILED,), S.WAITING, "reports.manage", verb("다시 시도")),
    ],
    _("보고서"),
    {"begin": done("작성 시작")},
    prefix="reports:",
    offers=[
        Button("retry", primary=True, post=True),
        Button("compare", _("지금 다시 계산"), [S.MADE], "reports.view"),
        Button("again", _("다시 만들기"), [S.MADE], "reports.manage"),
    ],
)
