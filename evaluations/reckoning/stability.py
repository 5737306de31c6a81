"""What the page before confirmation shows of each entry and each judge (E8). What would turn is in `swings`."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from evaluations.reckoning.effects import effects, severity
from evaluations.reckoning.sheets import Entry, Judge, Table
from evaluations.reckoning.ways import Way


@dataclass(frozen=True)
class EntrySpread:
    """The sheets of an entry, 0–100 by judge, their mean, standard deviation (of these sheets, not a sample),
    lowest and highest."""

    entry: Entry
    sheets: Mapping[Judge, Fraction]
    mean: Fraction
    spread: Decimal
    lowest: Fraction
    highest: Fraction


@dataclass(frozen=True)
class JudgeView:
    """`severity`: points above the others, None where no sheet stood beside another's; below 0 is severe."""

    judge: Judge
    sheets: int
    severity: Fraction | None


def entry_spreads(table: Table) -> list[EntrySpread]:
    """By entry."""
    return [_spread(entry, table[entry]) for entry in sorted(table)]


def _spread(entry: Entry, row: Mapping[Judge, Fraction]) -> EntrySpread:
    scores = row.values()
    mean = sum(scores, Fraction()) / len(row)
    variance = sum((score**2 for score in scores), Fraction()) / len(row) - mean**2
    with localcontext(prec=28):
        spread = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
    return EntrySpread(entry, row, mean, spread, min(scores), max(scores))


def judge_views(way: Way, table: Table) -> list[JudgeView]:
    """By judge. Under the corrected way the severity is the one that was taken out of the scores."""
    counts: dict[Judge, int] = {}
    for row in table.values():
        for judge in row:
            counts[judge] = counts.get(judge, 0) + 1
    severe = effects(table) if way is Way.CORRECTED else severity(table)
    return [JudgeView(judge, counts[judge], severe.get(judge)) for judge in sorted(counts)]
