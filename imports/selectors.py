"""Where an intake stands."""

from core.models import Job
from imports.enums import IntakeState, Step
from imports.models import Intake

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


def is_running(intake: Intake) -> bool:
    return intake.job is not None and intake.job.state in (Job.State.QUEUED, Job.State.RUNNING)
