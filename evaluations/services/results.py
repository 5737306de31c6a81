"""What comes of the sheets of a stage: scores and places by division (E4)."""

from collections.abc import Sequence
from decimal import Decimal

from evaluations.models import Entry, Mark, Round, Sheet, Stage
from evaluations.reckoning import sheets as pure
from evaluations.reckoning.results import Terms
from evaluations.reckoning.results import reckon as reckoned
from evaluations.reckoning.ways import Way
from evaluations.selectors.entries import entries_of


def counted(stage: Stage) -> list[pure.Sheet]:
    """Sheets that are done with a mark for each criterion, of entries that are still in."""
    keys = dict(stage.criteria.values_list("pk", "key"))
    marks: dict[int, dict[str, Decimal]] = {}
    rows = Mark.objects.filter(sheet__judge__stage=stage).values_list("sheet", "criterion", "value")
    for sheet, criterion, value in rows:
        marks.setdefault(sheet, {})[keys[criterion]] = value
    done = Sheet.objects.counted().filter(judge__stage=stage, entry__in=entries_of(stage).values("pk"))
    return [
        pure.Sheet(entry, judge, marks[pk])
        for pk, entry, judge in done.values_list("pk", "entry", "judge")
        if len(marks.get(pk, ())) == len(keys)
    ]


def standing(stage: Stage) -> list[tuple[Entry, Decimal, int]]:
    """Entries with score and place in their division, the best first; without a counted sheet they are left out."""
    criteria = tuple(
        pure.Criterion(one.key, one.weight, Decimal(one.most)) for one in stage.criteria.order_by("order")
    )
    by_division: dict[int, list[pure.Sheet]] = {}
    entries = {entry.pk: entry for entry in entries_of(stage)}
    for sheet in counted(stage):
        by_division.setdefault(entries[sheet.entry].division_id, []).append(sheet)
    found = []
    for _division, sheets in sorted(by_division.items()):
        terms = Terms(Way(stage.way), criteria, stage.round.decimals, tuple(stage.ties))
        found += [(entries[one.entry], one.score, one.place) for one in reckoned(terms, sheets).placed]
    return found


def reckon(round: Round) -> Sequence[Entry]:
    """Called by: stages.close, for the last stage."""
    return []
