"""Where an intake stands."""

from typing import Any

from django.db.models import QuerySet

from core.models import Job
from core.permissions import can
from imports.enums import IntakeState, Step
from imports.models import Intake, Word
from imports.sockets import IMPORT_PAGES, ImportPage

WORDS = ("unsure", "twice", "lacking", "values", "notes")  # parts of the questions


def stage(intake: Intake) -> Step:
    """The step at which something is to be said or done next."""
    result = intake.result
    questions = result.get("questions", {})
    if intake.state == IntakeState.SAVED:
        return Step.SAVE
    if not result or result.get("refused"):
        return Step.FILE
    if questions.get("tables"):
        return Step.TABLES
    if any(questions.get(part) for part in WORDS):
        return Step.WORDS
    return Step.ROWS if result.get("error_count") else Step.SAVE


def importable(user: Any) -> list[ImportPage]:
    """The kinds that somebody may take in."""
    return [page for page in IMPORT_PAGES if can(user, page.permission)]


def known_words(user: Any) -> QuerySet[Word]:
    """What the office's words mean in the files that somebody may take in."""
    return Word.objects.filter(kind__in=[page.kind for page in importable(user)])


def skipped(intake: Intake) -> list[str]:
    """The rows that are left out, as answers call them."""
    return [place for place, said in intake.answers.get("rows", {}).items() if said.get("skip")]


def is_running(intake: Intake) -> bool:
    return intake.job is not None and intake.job.state in (Job.State.QUEUED, Job.State.RUNNING)
