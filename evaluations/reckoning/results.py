"""The result of one division: score, place, grade, from its sheets and, where judges are corrected, those of the whole
stage (E2, E4)."""

from collections.abc import Iterable, Mapping, Sequence, Set
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
    and `carried` is what each entry brings along, its share taken; an entry that is not in it is out. `among`: the
    entries of the division where there are sheets of others too, which tell no more than how severe their judges are.
    """

    way: Way
    criteria: tuple[Criterion, ...]
    digits: int = 2
    ties: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = ()
    least: Decimal | None = None
    share: Fraction = Fraction(1)
    carried: Mapping[Entry, Fraction] | None = None
    among: Set[Entry] | None = None

    def final(self, of_stage: Mapping[Entry, Fraction]) -> dict[Entry, Fraction]:
        """The exact scores of the division with what was carried along."""
        carried, among = self.carried, self.among
        return {
            entry: self.share * score + (carried[entry] if carried is not None else 0)
            for entry, score in of_stage.items()
            if (carried is None or entry in carried) and (among is None or entry in among)
        }


@dataclass(frozen=True)
class Result:
    """`table`: the sheets' scores; `scores`: the exact ones of the division; an entry without a sheet has none."""

    table: Table
    scores: dict[Entry, Fraction]
    placed: list[Placed]
    graded: Graded


def reckon(terms: Terms, sheets: Iterable[Sheet]) -> Result:
    """Everything from the sheets of one division, or of the whole stage with `terms.among`. ValueError as
    `sheets.table` has it."""
    sheets = list(sheets)
    marked = table(terms.criteria, sheets)
    final = terms.final(scores(terms.way, marked))
    placed = places(final, terms.digits, tie_rule(terms, sheets))
    return Result(marked, final, placed, graded(placed, terms.grades, terms.least))


def tie_rule(terms: Terms, sheets: Sequence[Sheet]) -> list[Tie]:
    return [Tie(criterion, means(criterion, sheets)) for criterion in terms.ties]
