"""What one sheet moves under the corrected way (E4, E8): the fit without it, from the fit with it.

Without the sheet of judge j on an entry of n sheets, the Laplacian loses n / (n - 1) × v vᵀ, where v is 1 for j, less
1 / n for each judge of the entry. So (Sherman and Morrison) all effects move along one direction, its length told by
how far the sheet lay from the fit. Exact where asked; a bound in floats tells where nobody needs to ask.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evaluations.reckoning.effects import Fit
from evaluations.reckoning.sheets import Entry, Judge, Table

SLACK = 1e-9  # points; far more than floats lose here


@dataclass(frozen=True)
class Move:
    """The fit without the sheet of `judge` on `entry`, which has others.

    No score of another entry moves by more than `most` points; its own comes to lie within `most` of `near`.
    `pull`: the direction of the effects by judge, up to a constant, on a scale of `length` × the residual.
    """

    fit: Fit
    table: Table
    entry: Entry
    judge: Judge
    near: float
    most: float
    pull: list[int]
    length: tuple[int, int]

    def scores(self, entries: set[Entry]) -> dict[Entry, Fraction]:
        """The exact scores of some entries of the fit after it."""
        fit, row = self.fit, self.table[self.entry]
        step = Fraction(*self.length) * (row[self.judge] - fit.scores[self.entry] - fit.effects[self.judge])
        size, whole = len(self.pull), sum(self.pull)
        # By how many steps each effect goes up, and with it the scores of the judge's entries down.
        steps = dict(zip(fit.part.judges, (size * pull - whole for pull in self.pull), strict=True))
        moved = {}
        for entry in entries:
            judges = set(self.table[entry])
            before = fit.scores[entry]
            if entry == self.entry:
                judges.remove(self.judge)
                before = sum((row[each] - fit.effects[each] for each in judges), Fraction()) / len(judges)
            moved[entry] = before - step * Fraction(sum(steps[judge] for judge in judges), len(judges))
        return moved


def moves(fit: Fit, table: Table) -> Iterator[tuple[Entry, Judge, Move | None]]:
    """Each sheet of an entry that has others; None where the part falls apart without it and is to be fitted anew."""
    size = len(fit.part.judges)
    number = {judge: place for place, judge in enumerate(fit.part.judges)}
    effects = {judge: float(effect) for judge, effect in fit.effects.items()}
    determinant, inverse = fit.inverse
    for entry in fit.part.entries:
        row = table[entry]
        count = len(row)
        if count == 1:
            continue
        seats = [number[judge] for judge in row]
        beside = [sum(line[seat] for seat in seats) for line in inverse]
        plain = [float(score) - effects[judge] for judge, score in row.items()]
        whole = sum(plain)
        for judge, seat, mark in zip(row, seats, plain, strict=True):
            pull = [count * own - other for own, other in zip(inverse[seat], beside, strict=True)]
            own = count * pull[seat] - sum(pull[each] for each in seats)
            rest = determinant * count * (count - 1) - fit.scale * own
            if rest == 0:
                yield entry, judge, None
                continue
            total = sum(pull)
            widest = max(size * max(pull) - total, total - size * min(pull))
            # Whole numbers of many digits are divided before they become floats, which could not hold them.
            most = abs(mark - whole / count) * (count * fit.scale * widest / (rest * size)) + SLACK
            length = (-count * fit.scale, rest * size)
            near = (whole - mark) / (count - 1)
            yield entry, judge, Move(fit, table, entry, judge, near, most, pull, length)
