"""From counted sheets to the scores of stages and rounds, exactly: what `services.results` writes down, and what the
pages of a closed round reckon from (E4, E8)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from evaluations.enums import Body, SheetState
from evaluations.models import Division, Entry, Grade, Judge, Mark, Round, Stage
from evaluations.reckoning import ranking, sheets, ways
from evaluations.reckoning.grades import Grade as Plan
from evaluations.reckoning.grades import Graded, graded
from evaluations.reckoning.ranking import Placed, Tie
from evaluations.reckoning.stability import EntrySpread, entry_spreads
from evaluations.reckoning.ways import Way

DIGITS = 2  # of what is read beside a score
Scores = dict[int, Fraction]  # by the entry's key


def counted(stage: Stage) -> list[sheets.Sheet]:
    """Sheets that are done, with a mark for each criterion, of entries that are in; one query for the marks."""
    keys = {one.pk: one.key for one in stage.criteria.all()}
    rows = Mark.objects.filter(
        sheet__judge__stage=stage,
        sheet__state=SheetState.DONE,
        sheet__entry__out=False,
        sheet__entry__stage__gte=stage.order,
    ).order_by()
    marks: dict[tuple[int, int], dict[str, Decimal]] = defaultdict(dict)
    for entry, judge, criterion, value in rows.values_list(
        "sheet__entry_id", "sheet__judge_id", "criterion_id", "value"
    ):
        marks[entry, judge][keys[criterion]] = value
    whole = len(keys)
    return [
        sheets.Sheet(entry, judge, given)
        for (entry, judge), given in sorted(marks.items())
        if len(given) == whole
    ]


def criteria_of(stage: Stage) -> tuple[sheets.Criterion, ...]:
    rows = sorted(stage.criteria.all(), key=lambda one: one.order)
    return tuple(sheets.Criterion(one.key, one.weight, Decimal(one.most)) for one in rows)


def decides(stage: Stage) -> bool:
    """Its scores enter the result; one whose best go on only chooses them."""
    return stage.passes is None and stage.share > 0


def ties_of(stages: Sequence[Stage]) -> Stage | None:
    """The stage whose criteria part equal scores: the last of a panel that decides, else the last that does."""
    deciding = [stage for stage in stages if decides(stage)]
    panels = [stage for stage in deciding if stage.body == Body.PANEL]
    return next(iter([*reversed(panels), *reversed(deciding)]), None)


@dataclass
class Marked:
    """The sheets of one stage by division, read once."""

    stage: Stage
    of: dict[int, list[sheets.Sheet]] = field(default_factory=dict)
    criteria: tuple[sheets.Criterion, ...] = ()

    def scores(self, division: int, way: str = "") -> Scores:
        mine, chosen = self.of.get(division, ()), Way(way or self.stage.way)
        if chosen is Way.CORRECTED:
            return {one.entry: self.corrected[one.entry] for one in mine}
        table = sheets.table(self.criteria, mine)
        return ways.scores(chosen, table) if table else {}

    @cached_property
    def corrected(self) -> Scores:
        """How severe a judge is shows in all that the judge scored, in whatever division (E4)."""
        table = sheets.table(self.criteria, self.all())
        return ways.scores(Way.CORRECTED, table) if table else {}

    def spreads(self, division: int) -> dict[int, dict[str, str | int]]:
        mine = self.of.get(division, ())
        table = sheets.table(self.criteria, mine) if mine else {}
        return {one.entry: _spread(one) for one in entry_spreads(table)}

    def all(self) -> list[sheets.Sheet]:
        return [one for of in self.of.values() for one in of]

    def ties(self, division: int) -> list[Tie]:
        return [Tie(key, sheets.means(key, self.of.get(division, ()))) for key in self.stage.ties]


def _spread(one: EntrySpread) -> dict[str, str | int]:
    exact = {"mean": one.mean, "spread": Fraction(one.spread), "low": one.lowest, "high": one.highest}
    return {
        "sheets": len(one.sheets),
        **{name: str(ways.shown(each, DIGITS)) for name, each in exact.items()},
    }


def marked(stage: Stage, divisions: Mapping[int, int]) -> Marked:
    """`divisions`: that of each entry."""
    found: dict[int, list[sheets.Sheet]] = {}
    for sheet in counted(stage):
        found.setdefault(divisions[sheet.entry], []).append(sheet)
    return Marked(stage, found, criteria_of(stage))


@dataclass(frozen=True)
class Outcome:
    """What comes of one division. `parts`: score and place of each entry in each stage, by the stage's order, and how
    far apart its sheets lie."""

    placed: list[Placed]
    graded: Graded
    parts: dict[int, dict[str, dict[str, str | int]]]


@dataclass(frozen=True)
class Reading:
    """All that a round's results are reckoned from: a query for each table, however many entries there are."""

    round: Round
    stages: list[Stage]
    divisions: list[Division]
    marked: dict[int, Marked]  # by the stage's key
    entries: dict[int, int]  # division by entry

    def outcome(self, division: Division, before: bool = False) -> Outcome:
        """`before`: by the ways that stood before they were changed (E2)."""
        scores: dict[int, Scores] = {}
        places: dict[int, list[Placed]] = {}
        parts: dict[int, dict[str, dict[str, str | int]]] = defaultdict(dict)
        for stage in self.stages:
            way = stage.way_before if before and stage.way_before else stage.way
            scores[stage.pk] = found = self.marked[stage.pk].scores(division.pk, way)
            ties = self.marked[stage.pk].ties(division.pk)
            places[stage.pk] = ranking.places(found, self.round.decimals, ties)
            spreads = {} if before else self.marked[stage.pk].spreads(division.pk)
            for one in places[stage.pk]:
                part: dict[str, str | int] = {"score": str(one.score), "place": one.place}
                parts[one.entry][str(stage.order)] = part | spreads.get(one.entry, {})
        placed = self._placed(division, scores, places)
        return Outcome(placed, graded(placed, plans(division), self.round.least), dict(parts))

    def _placed(
        self, division: Division, scores: Mapping[int, Scores], places: Mapping[int, list[Placed]]
    ) -> list[Placed]:
        deciding = [stage for stage in self.stages if decides(stage)]
        if len(deciding) == 1:
            return places[deciding[0].pk]
        if not deciding:
            return []
        final = ways.combined((Decimal(stage.share), scores[stage.pk]) for stage in deciding)
        parting = ties_of(self.stages)
        ties = self.marked[parting.pk].ties(division.pk) if parting else []
        return ranking.places(final, self.round.decimals, ties)

    @cached_property
    def numbers(self) -> dict[int, int]:
        """By which people know the entries."""
        return dict(Entry.objects.filter(round=self.round).values_list("pk", "number"))

    @cached_property
    def judges(self) -> dict[int, int]:
        """By which people know the judges."""
        return dict(Judge.objects.filter(stage__round=self.round).values_list("pk", "number"))

    @property
    def was_changed(self) -> bool:
        return any(stage.way_before for stage in self.stages)


def read(round: Round) -> Reading:
    stages = list(round.stages.prefetch_related("criteria").order_by("order"))
    divisions = list(round.divisions.prefetch_related("grades"))
    entries = dict(Entry.objects.filter(round=round).values_list("pk", "division"))
    return Reading(round, stages, divisions, {one.pk: marked(one, entries) for one in stages}, entries)


def plans(division: Division) -> list[Plan]:
    return [Plan(str(grade.pk), grade.at_most) for grade in grades_of(division)]


def grades_of(division: Division) -> list[Grade]:
    return sorted(division.grades.all(), key=lambda grade: grade.order)


def standing(stage: Stage) -> list[tuple[int, Decimal, int]]:
    """The entry's key, score and place within its division, the best first; who has no counted sheet is left out."""
    entries = dict(Entry.objects.filter(round=stage.round_id).values_list("pk", "division"))
    of = marked(stage, entries)
    decimals = stage.round.decimals
    return [
        (one.entry, one.score, one.place)
        for division in _in_order(of.of)
        for one in ranking.places(of.scores(division), decimals, of.ties(division))
    ]


def _in_order(divisions: Iterable[int]) -> list[int]:
    known = Division.objects.filter(pk__in=list(divisions)).order_by("order", "pk")
    return list(known.values_list("pk", flat=True))
