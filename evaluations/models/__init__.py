from evaluations.models.judging import Conflict, Judge, Mark, Sheet, Typing
from evaluations.models.results import Awarded, Correction, Objection, Result
from evaluations.models.round import Division, Entry, Grade, Round
from evaluations.models.stability import Stability
from evaluations.models.stage import Criterion, Stage

__all__ = [
    "Awarded",
    "Conflict",
    "Correction",
    "Criterion",
    "Division",
    "Entry",
    "Grade",
    "Judge",
    "Mark",
    "Objection",
    "Result",
    "Round",
    "Sheet",
    "Stability",
    "Stage",
    "Typing",
]
