"""The arithmetic of contests: scores, places, grades, what would turn them, who judges what (E2–E4, E8; P13).

Pure: no database, no time of its own. All is exact (`Fraction`) until a score is shown, which rounds it once.
Entries and judges are whole numbers, the keys of their rows; criteria and grades go by texts.
"""

from evaluations.reckoning.assignment import Impossible, KeptConflict, NoRoom, TooFewJudges, assign
from evaluations.reckoning.effects import Part, effects, may_correct, parts, severity
from evaluations.reckoning.grades import NOTHING, Grade, Graded, Outcome, Undecided, graded
from evaluations.reckoning.ranking import Placed, Tie, places
from evaluations.reckoning.results import Result, Terms, reckon
from evaluations.reckoning.shares import split
from evaluations.reckoning.sheets import Criterion, Sheet, Table, means, table
from evaluations.reckoning.stability import EntrySpread, JudgeView, entry_spreads, judge_views
from evaluations.reckoning.swings import Swing, swings
from evaluations.reckoning.ways import Way, combined, scores, shown

__all__ = [
    "NOTHING",
    "Criterion",
    "EntrySpread",
    "Grade",
    "Graded",
    "Impossible",
    "JudgeView",
    "KeptConflict",
    "NoRoom",
    "Outcome",
    "Part",
    "Placed",
    "Result",
    "Sheet",
    "Swing",
    "Table",
    "Terms",
    "Tie",
    "TooFewJudges",
    "Undecided",
    "Way",
    "assign",
    "combined",
    "effects",
    "entry_spreads",
    "graded",
    "judge_views",
    "may_correct",
    "means",
    "parts",
    "places",
    "reckon",
    "scores",
    "severity",
    "shown",
    "split",
    "swings",
    "table",
]
