"""The states of an intake."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.now import now
from core.workflow import Button, Transition, Workflow
from imports import rules  # noqa: F401  declares the permissions
from imports.enums import IntakeState as S
from imports.models import Intake
from imports.policies import UNDO_HOURS


def undone_until(saved_at: datetime | None) -> datetime | None:
    return saved_at + timedelta(hours=UNDO_HOURS.current()) if saved_at else None


def can_be_undone(intake: Intake) -> bool:
    until = undone_until(intake.saved_at)
    return until is not None and now() < until


INTAKE = Workflow(
    Intake,
    S,
    (
        Transition("save", (S.OPEN,), S.SAVED, "imports.own", verb("저장")),
        Transition("undo", (S.SAVED,), S.UNDONE, "imports.own", verb("되돌리기")),
        Transition("drop", (S.OPEN,), S.DROPPED, "imports.own", verb("그만두기")),
        Transition("lapse", (S.OPEN,), S.DROPPED, None, done("기한이 지나 지움")),
    ),
    _("엑셀 등록"),
    {"upload": done("파일 올림")},
    prefix="import_",
    offers=[
        Button("undo", when=can_be_undone, danger=True),
        Button("drop"),
    ],
)
