"""How severe each judge is, and the scores with that taken out by least squares (E4, E8).

The model: score of a sheet = entry + judge. Entries are eliminated by hand, so that a system of the size of the
panel is left, the Laplacian of the graph in which two judges hang together by the entries both have marked. It is
solved in whole numbers, so nothing is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from evaluations.reckoning.sheets import Entry, Judge, Table

Matrix = list[list[int]]


@dataclass(frozen=True)
class Part:
    """Entries and judges that hang together by sheets; between two parts no sheet tells who is more severe."""

    entries: tuple[Entry, ...]
    judges: tuple[Judge, ...]


@dataclass(frozen=True)
class Fit:
    """One part, fitted. `effects`: points a judge gives above the panel, sum 0; `scores`: without these.

    `scale` × the Laplacian is whole; `laplacian` is that, without the row and column of the last judge.
    """

    part: Part
    scores: dict[Entry, Fraction]
    effects: dict[Judge, Fraction]
    scale: int
    laplacian: Matrix

    @cached_property
    def inverse(self) -> tuple[int, Matrix]:
        """Determinant and adjugate of `laplacian`, padded with zeros for the last judge."""
        size = len(self.laplacian)
        units = [[int(row == column) for column in range(size)] for row in range(size)]
        determinant, columns = solved(self.laplacian, units)
        return determinant, [[*row, 0] for row in columns] + [[0] * (size + 1)]


def parts(table: Table) -> list[Part]:
    """The connected parts of a round by their first judge; more than one is to be warned of before correcting."""
    heads: dict[Judge, Judge] = {}

    def head(judge: Judge) -> Judge:
        while (above := heads.setdefault(judge, judge)) != judge:
            heads[judge] = heads[above]
            judge = above
        return judge

    for row in table.values():
        first, *others = row
        for judge in others:
            low, high = sorted((head(first), head(judge)))
            heads[high] = low
    entries: dict[Judge, list[Entry]] = {}
    judges: dict[Judge, list[Judge]] = {}
    for entry, row in table.items():
        entries.setdefault(head(next(iter(row))), []).append(entry)
    for judge in sorted({judge for row in table.values() for judge in row}):
        judges.setdefault(head(judge), []).append(judge)
    return [Part(tuple(sorted(entries[each])), tuple(judges[each])) for each in judges]


def fits(table: Table) -> list[Fit]:
    """The least squares fit of each connected part by itself, exact (E4)."""
    return [_fit(part, table) for part in parts(table)]


def _fit(part: Part, table: Table) -> Fit:
    rows = [(entry, table[entry]) for entry in part.entries]
    number = {judge: place for place, judge in enumerate(part.judges)}
    size = len(number)
    unit = lcm(*{score.denominator for _entry, row in rows for score in row.values()})
    scale = lcm(*{len(row) for _entry, row in rows})
    laplacian = [[0] * size for _judge in number]
    above = [[0] for _judge in number]  # what a judge gave above the means of the entries, × scale × unit
    sums: dict[Entry, int] = {}
    for entry, row in rows:
        marks = [
            (number[judge], score.numerator * (unit // score.denominator)) for judge, score in row.items()
        ]
        share = scale // len(marks)
        sums[entry] = whole = sum(mark for _place, mark in marks)
        for place, mark in marks:
            above[place][0] += scale * mark - share * whole
            line = laplacian[place]
            line[place] += scale
            for other, _mark in marks:
                line[other] -= share
    laplacian = [line[:-1] for line in laplacian[:-1]]
    determinant, columns = solved(laplacian, above[:-1])
    found = [column[0] for column in columns] + [0]  # the last judge as nought; then their mean is taken out
    mean = sum(found)
    effects = {judge: size * found[place] - mean for judge, place in number.items()}
    below = unit * determinant * size
    scores = {
        entry: Fraction(
            determinant * size * sums[entry] - sum(effects[judge] for judge in row), len(row) * below
        )
        for entry, row in rows
    }
    exact = {judge: Fraction(effect, below) for judge, effect in effects.items()}
    return Fit(part, scores, exact, scale, laplacian)


def solved(matrix: Sequence[Sequence[int]], right: Sequence[Sequence[int]]) -> tuple[int, Matrix]:
    """(d, X) with matrix × X = d × right, d the determinant: Gauss and Jordan without fractions (Bareiss).

    For a positive definite matrix, n × n; `right` n × any.
    """
    size = len(matrix)
    rows = [[*line, *more] for line, more in zip(matrix, right, strict=True)]
    before = 1
    for step in range(size):
        line = rows[step]
        pivot = line[step]
        for place, row in enumerate(rows):
            if place != step:
                first = row[step]
                rows[place] = [
                    (pivot * own - first * other) // before for own, other in zip(row, line, strict=True)
                ]
        before = pivot
    return before, [row[size:] for row in rows]


def severity(table: Table) -> dict[Judge, Fraction]:
    """Points each judge gave above the mean of the others on the same entries, on average; below 0 is severe (E8).

    A judge who was nowhere beside another is left out: nothing can be said.
    """
    above: dict[Judge, list[Fraction]] = {}
    for row in table.values():
        if (others := len(row) - 1) > 0:
            whole = sum(row.values(), Fraction())
            for judge, score in row.items():
                above.setdefault(judge, []).append(score - (whole - score) / others)
    return {judge: sum(each, Fraction()) / len(each) for judge, each in sorted(above.items())}


def effects(table: Table) -> dict[Judge, Fraction]:
    """Points each judge gives above the panel by least squares, sum 0 in each part; below 0 is severe (E4)."""
    return dict(sorted((judge, each) for fit in fits(table) for judge, each in fit.effects.items()))


def may_correct(table: Table, least: int) -> bool:
    """Whether the corrected way is offered: entries were split and each judge has `least` sheets or more (E4)."""
    counts: dict[Judge, int] = {}
    for row in table.values():
        for judge in row:
            counts[judge] = counts.get(judge, 0) + 1
    return any(count < len(table) for count in counts.values()) and min(counts.values()) >= least
