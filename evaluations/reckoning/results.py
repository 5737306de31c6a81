"""The result of one division from its sheets: score, place, grade (E2, E4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluations.reckoning.grades import Grade, Graded, graded
from evaluations.reckoning.ranking import Placed, Tie, places
from evaluations.reckoning.sheets import Criterion, Entry, Sheet, Table, means, table
from evaluations.reckoning.ways import Way, scores


@dataclass(frozen=True)
class Terms:
    """How a division is reckoned; fixed before its window opens.

    `digits`: digits behind the point of a shown score. `ties`: criteria of the tie rule in order. `least`: the
    shown score below which there is no grade. Where earlier stages count, this one counts with `share`, 0–1,
    and `carried` is what each entry brings along, its share taken; an entry that is not in it is out.
    """

    way: Way
    criteria: tuple[Criterion, ...]
    digits: int = 2
    ties: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = ()
    least: Decimal | None = None
    share: Fraction = Fraction(1)
    carried: Mapping[Entry, Fraction] | None = None

    def final(self, of_stage: Mapping[Entry, Fraction]) -> dict[Entry, Fraction]:
        """The exact scores with what was carried along."""
        if self.carried is None:
            return {entry: self.share * score for entry, score in of_stage.items()}
        carried = self.carried
        return {
            entry: self.share * of_stage[entry] + carried[entry] for entry in of_stage if entry in carried
        }


@dataclass(frozen=True)
class Result:
    """`table`: the sheets' scores; `scores`: the exact ones of the entries; an entry without a sheet has none."""

    table: Table
    scores: dict[Entry, Fraction]
    placed: list[Placed]
    graded: Graded


def reckon(terms: Terms, sheets: Iterable[Sheet]) -> Result:
    """Everything from the sheets of one division. ValueError as `sheets.table` has it."""
    sheets = list(sheets)
    marked = table(terms.criteria, sheets)
    final = terms.final(scores(terms.way, marked))
    placed = places(final, terms.digits, tie_rule(terms, sheets))
    return Result(marked, final, placed, graded(placed, terms.grades, terms.least))


def tie_rule(terms: Terms, sheets: Sequence[Sheet]) -> list[Tie]:
    return [Tie(criterion, means(criterion, sheets)) for criterion in terms.ties]
