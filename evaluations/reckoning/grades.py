"""From places to grades (E2): so many of each at most, in order; what the rules leave open stays open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TypeAlias

from evaluations.reckoning.ranking import Placed
from evaluations.reckoning.sheets import Entry

# The grades an entry may get: one if that is clear, several if a tie leaves it open; None is no grade.
Outcome: TypeAlias = tuple[str | None, ...]
NOTHING: Outcome = (None,)


@dataclass(frozen=True)
class Grade:
    """`at_most`: how many get it; 0 leaves it empty."""

    key: str
    at_most: int

    def __post_init__(self) -> None:
        if self.at_most < 0:
            raise ValueError(f"grade {self.key} cannot be given {self.at_most} times")


@dataclass(frozen=True)
class Undecided:
    """Entries of one place for which there are too few of `grade`. `among`: how many of each grade fall to them."""

    entries: tuple[Entry, ...]
    among: Mapping[str | None, int]

    @property
    def grade(self) -> str:
        grade = next(iter(self.among))
        assert grade is not None  # the best of them comes first
        return grade


@dataclass(frozen=True)
class Graded:
    """`grades`: each entry's grade, None if it gets none or that is open; `undecided` says what is open."""

    grades: dict[Entry, str | None]
    undecided: tuple[Undecided, ...]
    outcomes: dict[Entry, Outcome]


def graded(placed: Sequence[Placed], grades: Sequence[Grade], least: Decimal | None = None) -> Graded:
    """The grades filled in order of places; below `least`, compared with the shown score, there is none.

    A tie over the last place of a grade is not broken: its entries are reported with what falls to them. They
    take these places all the same, so that what comes after them is clear.
    """
    groups = [
        (each[0].score, [one.entry for one in each])
        for each in (list(group) for _place, group in groupby(placed, lambda one: one.place))
    ]
    outcomes, undecided = awarded(groups, grades, least)
    everyone = {one.entry: outcomes.get(one.entry, NOTHING) for one in placed}
    clear = {entry: outcome[0] if len(outcome) == 1 else None for entry, outcome in everyone.items()}
    return Graded(clear, tuple(undecided), everyone)


def awarded(
    groups: Iterable[tuple[Decimal, Sequence[Entry]]],
    grades: Sequence[Grade],
    least: Decimal | None,
    before: int = 0,
) -> tuple[dict[Entry, Outcome], list[Undecided]]:
    """Outcomes and open ties of tied groups with their shown scores, the best first, `before` being before them.

    It stops when nothing is left to give: an entry that is not in the outcomes gets nothing.
    """
    outcomes: dict[Entry, Outcome] = {}
    undecided: list[Undecided] = []
    left: list[tuple[str, int]] = []
    for grade in grades:
        taken = min(before, grade.at_most)
        before -= taken
        if taken < grade.at_most:
            left.insert(0, (grade.key, grade.at_most - taken))
    for score, entries in groups:
        if not left or (least is not None and score < least):
            break
        among: dict[str | None, int] = {}
        wanted = len(entries)
        while wanted and left:
            key, count = left.pop()
            among[key] = taken = min(wanted, count)
            wanted -= taken
            if taken < count:
                left.append((key, count - taken))
        if wanted:
            among[None] = wanted
        outcomes.update(dict.fromkeys(entries, tuple(among)))
        if len(among) > 1:
            undecided.append(Undecided(tuple(entries), among))
    return outcomes, undecided
