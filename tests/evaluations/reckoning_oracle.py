"""A second reckoning of contests, to compare the first one with: slow, dense, and one pair of entries at a time.

It shares nothing with evaluations.reckoning but the shapes of what comes in. Each entry is compared with each other;
nothing is sorted into groups. The corrected scores come from the normal equations of all entries and judges at once.
"""

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from evaluations.reckoning.grades import Grade
from evaluations.reckoning.results import Terms
from evaluations.reckoning.sheets import Criterion, Sheet
from evaluations.reckoning.ways import Way


def random_terms(rng: random.Random, way: Way) -> Terms:
    """Few and coarse, so that ties are common."""
    criteria = tuple(
        Criterion(key, rng.choice([1, 20, 30, 50]), Decimal(rng.choice(["4", "5", "10", "2.5"])))
        for key in "abc"[: rng.randint(1, 3)]
    )
    keys = [criterion.key for criterion in criteria]
    grades = tuple(Grade(name, rng.randint(0, 2)) for name in ("최우수", "우수", "장려")[: rng.randint(1, 3)])
    return Terms(
        way,
        criteria,
        digits=rng.randint(0, 2),
        ties=tuple(rng.sample(keys, rng.randint(0, len(keys)))),
        grades=grades,
        least=Decimal(rng.choice([40, 50, 60])) if rng.random() < 0.4 else None,
    )


def random_sheets(
    rng: random.Random, terms: Terms, entries: Sequence[int], judges: int, first: int = 101
) -> list[Sheet]:
    """Some judges have a conflict or abstain, on some rounds each entry was given to a few only."""
    absent = rng.choice([0.0, 0.15, 0.5])
    return [
        Sheet(entry, judge, {each.key: each.most * rng.randint(1, 4) / 4 for each in terms.criteria})
        for entry in entries
        for judge in range(first, first + judges)
        if rng.random() >= absent
    ]


@dataclass(frozen=True)
class Line:
    score: Fraction
    shown: Decimal
    place: int
    tied_with: set[int]
    decided_by: str | None
    outcome: tuple[str | None, ...]


def lines(terms: Terms, sheets: list[Sheet]) -> dict[int, Line]:
    exact = {
        entry: score
        for entry, score in scores(terms, sheets).items()
        if terms.among is None or entry in terms.among
    }
    shown = {entry: rounded(score, terms.digits) for entry, score in exact.items()}
    found = {}
    for entry in exact:
        differs = {other: first_difference(terms, sheets, shown, entry, other) for other in exact}
        better = [other for other, (_criterion, sign) in differs.items() if sign < 0]
        equal = [other for other, (_criterion, sign) in differs.items() if sign == 0]
        decisive = [criterion for criterion, sign in differs.values() if sign and criterion >= 0]
        found[entry] = Line(
            exact[entry],
            shown[entry],
            len(better) + 1,
            {*equal} - {entry},
            terms.ties[max(decisive)] if decisive else None,
            outcome(terms, shown[entry], len(better), len(equal)),
        )
    return found


def first_difference(
    terms: Terms, sheets: list[Sheet], shown: dict[int, Decimal], entry: int, other: int
) -> tuple[int, int]:
    """Number of the tie criterion that tells them apart, -1 for the score; above 0 if the entry is the better."""
    if shown[entry] != shown[other]:
        return -1, 1 if shown[entry] > shown[other] else -1
    for number, criterion in enumerate(terms.ties):
        mine, its = (
            statistics.mean(Fraction(sheet.marks[criterion]) for sheet in sheets if sheet.entry == each)
            for each in (entry, other)
        )
        if mine != its:
            return number, 1 if mine > its else -1
    return 0, 0


def outcome(terms: Terms, shown: Decimal, better: int, equal: int) -> tuple[str | None, ...]:
    if terms.least is not None and shown < terms.least:
        return (None,)
    to_give: list[str | None] = [grade.key for grade in terms.grades for _one in range(grade.at_most)]
    mine = [*to_give, *[None] * (better + equal)][better : better + equal]
    return tuple(dict.fromkeys(mine))


def rounded(score: Fraction, digits: int) -> Decimal:
    with localcontext(prec=80):
        exact = Decimal(score.numerator) / Decimal(score.denominator)
        up = ROUND_HALF_UP if score >= 0 else ROUND_HALF_DOWN
        return exact.quantize(Decimal(1).scaleb(-digits), up)


def sheet_score(terms: Terms, sheet: Sheet) -> Fraction:
    parts = [c.weight * Fraction(sheet.marks[c.key]) / Fraction(c.most) for c in terms.criteria]
    return 100 * sum(parts, Fraction()) / sum(c.weight for c in terms.criteria)


def scores(terms: Terms, sheets: list[Sheet]) -> dict[int, Fraction]:
    if terms.way is Way.CORRECTED:
        return normal_equations(terms, sheets)[0]
    found = {}
    for entry in {sheet.entry for sheet in sheets}:
        marks = sorted(sheet_score(terms, sheet) for sheet in sheets if sheet.entry == entry)
        if terms.way is Way.TRIMMED and len(marks) > 2:
            marks = marks[1:-1]
        found[entry] = statistics.median(marks) if terms.way is Way.MEDIAN else statistics.mean(marks)
    return found


def normal_equations(terms: Terms, sheets: list[Sheet]) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
    """Entries and judges; what hangs together gets one more equation, that its judges add up to nothing."""
    entries = sorted({sheet.entry for sheet in sheets})
    judges = sorted({sheet.judge for sheet in sheets})
    names = [*(("entry", each) for each in entries), *(("judge", each) for each in judges)]
    matrix = [[Fraction(0)] * (len(names) + 1) for _name in names]
    for sheet in sheets:
        ones = [names.index(("entry", sheet.entry)), names.index(("judge", sheet.judge))]
        for row in ones:
            for column in ones:
                matrix[row][column] += 1
            matrix[row][-1] += sheet_score(terms, sheet)
    for group in together(sheets):
        for one in group:
            for other in group:
                matrix[names.index(("judge", one))][names.index(("judge", other))] += 1
    found = dict(zip(names, eliminated(matrix), strict=True))
    return {each: found["entry", each] for each in entries}, {each: found["judge", each] for each in judges}


def together(sheets: list[Sheet]) -> list[set[int]]:
    groups: list[set[int]] = []
    for entry in {sheet.entry for sheet in sheets}:
        group = {sheet.judge for sheet in sheets if sheet.entry == entry}
        for other in [each for each in groups if each & group]:
            groups.remove(other)
            group |= other
        groups.append(group)
    return groups


def eliminated(matrix: list[list[Fraction]]) -> list[Fraction]:
    size = len(matrix)
    for step in range(size):
        pivot = next(row for row in range(step, size) if matrix[row][step])
        matrix[step], matrix[pivot] = matrix[pivot], matrix[step]
        for row in range(step + 1, size):
            if factor := matrix[row][step] / matrix[step][step]:
                for column in range(step, size + 1):
                    matrix[row][column] -= factor * matrix[step][column]
    found = [Fraction(0)] * size
    for row in reversed(range(size)):
        known = sum((matrix[row][column] * found[column] for column in range(row + 1, size)), Fraction())
        found[row] = (matrix[row][-1] - known) / matrix[row][row]
    return found
