"""From the sheets of an entry to its score: mean, median, trimmed, judge-corrected (E4)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from evaluations.reckoning.effects import fits
from evaluations.reckoning.sheets import Entry, Table


class Way(StrEnum):
    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED = "trimmed"
    CORRECTED = "corrected"


def scores(way: Way, table: Table) -> dict[Entry, Fraction]:
    """Each entry's exact score; 0–100, but a corrected one may lie a little beyond."""
    if way is Way.CORRECTED:
        return {entry: score for fit in fits(table) for entry, score in fit.scores.items()}
    return {entry: middle(way, list(row.values())) for entry, row in table.items()}


def middle(way: Way, marks: Sequence[Fraction]) -> Fraction:
    """The middle of the scores of one entry, at least one, for the ways that look at no other entry.

    Trimmed: one highest and one lowest are dropped; of fewer than three sheets it is the mean.
    """
    count = len(marks)
    if way is Way.MEDIAN:
        ordered = sorted(marks)
        return (ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    if way is Way.TRIMMED and count >= 3:
        return (sum(marks, Fraction()) - max(marks) - min(marks)) / (count - 2)
    if way is Way.CORRECTED:
        raise ValueError("a corrected score is found from all entries together")
    return sum(marks, Fraction()) / count


def combined(stages: Iterable[tuple[Decimal, Mapping[Entry, Fraction]]]) -> dict[Entry, Fraction]:
    """The exact scores of several stages, each with its share of the whole: Σ share × score / Σ share.

    Only entries that have a score in every stage: who fell out early has no result. ValueError for a share
    that is not above 0, or no stage at all.
    """
    shared = [(Fraction(share), each) for share, each in stages]
    if not shared or any(share <= 0 for share, _each in shared):
        raise ValueError("a stage counts with a share above 0")
    whole = sum((share for share, _each in shared), Fraction())
    first, *others = [each for _share, each in shared]
    return {
        entry: sum((share * each[entry] for share, each in shared), Fraction()) / whole
        for entry in first
        if all(entry in each for each in others)
    }


def shown(score: Fraction, digits: int) -> Decimal:
    """The score rounded, once and at the end, to so many digits behind the point; a half goes up (E4)."""
    tens = 10**digits
    doubled = 2 * score.numerator * tens + score.denominator
    return Decimal(doubled // (2 * score.denominator)).scaleb(-digits)
