"""How many have scored an entry, and how far apart they are; of the few entries of a page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluations.enums import SheetState
from evaluations.models import Mark, Stage
from evaluations.reckoning import sheets as pure
from evaluations.reckoning.stability import entry_spreads
from evaluations.reckoning.ways import shown
from evaluations.selectors.scores import criteria_of

DIGITS = 2


@dataclass(frozen=True)
class Spread:
    sheets: int
    spread: Decimal


def spreads(stages: Sequence[Stage], wanted: Collection[int]) -> dict[int, Spread]:
    """By the entry's key, in the last stage that scored it; one query for the marks."""
    criteria = {one.pk: (stage, one) for stage in stages for one in stage.criteria.all()}
    rows = Mark.objects.filter(sheet__entry__in=wanted, sheet__state=SheetState.DONE).order_by()
    marks: dict[int, dict[tuple[int, int], dict[str, Decimal]]] = {}
    for entry, judge, criterion, value in rows.values_list(
        "sheet__entry_id", "sheet__judge_id", "criterion_id", "value"
    ):
        stage, one = criteria[criterion]
        marks.setdefault(stage.pk, {}).setdefault((entry, judge), {})[one.key] = value
    found: dict[int, Spread] = {}
    for stage in stages:
        whole, plan = len(stage.criteria.all()), criteria_of(stage)
        given = marks.get(stage.pk, {})
        sheets = [pure.Sheet(entry, judge, row) for (entry, judge), row in given.items() if len(row) == whole]
        for spread in entry_spreads(pure.table(plan, sheets)) if sheets else ():
            found[spread.entry] = Spread(len(spread.sheets), shown(Fraction(spread.spread), DIGITS))
    return found
