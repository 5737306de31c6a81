"""What a judge marks on one entry, brought to a scale of 100 (E2, E4). Nothing is rounded here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TypeAlias

Entry: TypeAlias = int
Judge: TypeAlias = int
# The scores of all sheets, 0–100: entry → judge → score. An entry without a sheet is not in it.
Table: TypeAlias = dict[Entry, dict[Judge, Fraction]]


@dataclass(frozen=True)
class Criterion:
    """`weight`: its part of the whole, any positive number, often percent. `most`: the best mark; the worst is 0."""

    key: str
    weight: int
    most: Decimal

    def __post_init__(self) -> None:
        if self.weight <= 0 or not self.most.is_finite() or self.most <= 0:
            raise ValueError(f"weight and best mark of {self.key} must be above 0")


@dataclass(frozen=True)
class Sheet:
    """The marks of one judge on one entry, criterion → mark. Who abstains has no sheet."""

    entry: Entry
    judge: Judge
    marks: Mapping[str, Decimal]


def table(criteria: Sequence[Criterion], sheets: Iterable[Sheet]) -> Table:
    """Each sheet's exact score: the sum of weight × mark / best mark over the sum of weights, times 100 (E4).

    ValueError for a sheet that lacks a mark, marks something unknown or out of range, or comes twice; and
    for criteria that are none or named twice.
    """
    most = {criterion.key: criterion.most for criterion in criteria}
    if not criteria or len(most) < len(criteria):
        raise ValueError("a round needs criteria, each with a key of its own")
    factors, denominator = _factors(criteria)
    scores: Table = {}
    for sheet in sheets:
        _check(sheet, most)
        row = scores.setdefault(sheet.entry, {})
        if sheet.judge in row:
            raise ValueError(f"judge {sheet.judge} has two sheets on entry {sheet.entry}")
        above, below = 0, 1
        for key, factor in factors.items():
            number, parts = sheet.marks[key].as_integer_ratio()
            if parts == below:
                above += factor * number
            else:
                above, below = above * parts + factor * number * below, below * parts
        row[sheet.judge] = Fraction(above, below * denominator)
    return scores


def _factors(criteria: Sequence[Criterion]) -> tuple[dict[str, int], int]:
    """What a mark of 1 is worth by criterion, over one denominator."""
    whole = sum(criterion.weight for criterion in criteria)
    exact = {c.key: Fraction(100 * c.weight, whole) / Fraction(c.most) for c in criteria}
    denominator = lcm(*(each.denominator for each in exact.values()))
    return {key: int(each * denominator) for key, each in exact.items()}, denominator


def _check(sheet: Sheet, most: Mapping[str, Decimal]) -> None:
    if sheet.marks.keys() != most.keys():
        raise ValueError(f"sheet of judge {sheet.judge} on entry {sheet.entry} does not mark each criterion")
    for key, mark in sheet.marks.items():
        if not mark.is_finite() or not 0 <= mark <= most[key]:
            raise ValueError(f"mark {mark} of {key} on entry {sheet.entry} is not between 0 and {most[key]}")


def means(criterion: str, sheets: Iterable[Sheet]) -> dict[Entry, Fraction]:
    """Each entry's exact mean mark of one criterion over all its sheets, for the tie rule (E4)."""
    marks: dict[Entry, list[Fraction]] = {}
    for sheet in sheets:
        marks.setdefault(sheet.entry, []).append(Fraction(sheet.marks[criterion]))
    return {entry: sum(each, Fraction()) / len(each) for entry, each in marks.items()}


def without(scores: Table, judge: Judge, entry: Entry | None = None) -> Table:
    """The table without a judge's sheet on one entry, or without any sheet of the judge."""
    left: Table = {}
    for each, row in scores.items():
        if judge in row and entry in (None, each):
            row = {who: score for who, score in row.items() if who != judge}
        if row:
            left[each] = row
    return left
