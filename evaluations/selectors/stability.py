"""Whether the result hangs on one sheet or one judge: what planning and the committee read before they decide (E8).
Judges are numbers here, never names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from evaluations.models import Division, Entry, Grade, Round, Stage
from evaluations.reckoning import stability as pure
from evaluations.reckoning.grades import Outcome
from evaluations.reckoning.results import Terms
from evaluations.reckoning.sheets import table as pure_table
from evaluations.reckoning.swings import Swing, swings
from evaluations.reckoning.ways import Way, shown
from evaluations.selectors import scores
from evaluations.selectors.scores import decides, grades_of, plans, ties_of

DIGITS = 2  # of what is read beside the score itself


@dataclass(frozen=True)
class Line:
    """An entry with the sheets of one stage. `moves`: leaving out one sheet or judge changes its grade."""

    entry: Entry
    place: int | None
    score: Decimal | None
    grade: Grade | None
    sheets: int
    mean: Decimal
    spread: Decimal
    lowest: Decimal
    highest: Decimal
    moves: bool = False


@dataclass(frozen=True)
class JudgeLine:
    """`severity`: points above (lenient) or below (severe) the others on the same entries."""

    number: int
    sheets: int
    severity: Decimal | None


@dataclass(frozen=True)
class Said:
    """What leaving out a sheet, or all of one judge, would change, in words."""

    without: str
    changes: list[str]


@dataclass(frozen=True)
class Stability:
    stage: Stage
    division: Division
    lines: list[Line]
    judges: list[JudgeLine]
    sheets: list[Said]
    whole: list[Said]

    @property
    def holds(self) -> bool:
        return not self.sheets and not self.whole


def deciding_of(round: Round) -> list[Stage]:
    """Of a round that came with its stages, their criteria and judges."""
    return [stage for stage in sorted(round.stages.all(), key=lambda one: one.order) if decides(stage)]


def stability(round: Round, division: Division, stage: Stage, deciding: Sequence[Stage]) -> Stability:
    """One stage of one division; the sheets of the other stages stand as they are."""
    entries = Entry.objects.filter(division=division).select_related("result__grade").in_bulk()
    read = {one.pk: _of(one, entries, division) for one in deciding}
    terms, sheets = _terms(round, division, stage, deciding, read), read[stage.pk].of.get(division.pk, [])
    table = pure_table(terms.criteria, sheets) if sheets else {}
    found = swings(terms, sheets) if sheets else []
    moving = {pk for one in found for pk in one.changes}
    lines = [_line(one, entries[one.entry], one.entry in moving) for one in pure.entry_spreads(table)]
    lines.sort(key=lambda line: (line.place or len(lines) + 1, line.entry.number))
    numbers = {judge.pk: judge.number for judge in stage.judges.all()}
    judges = [
        JudgeLine(
            numbers[one.judge], one.sheets, None if one.severity is None else shown(one.severity, DIGITS)
        )
        for one in pure.judge_views(Way(stage.way), table)
    ]
    words = _Words(numbers, {pk: one.number for pk, one in entries.items()}, division)
    return Stability(
        stage,
        division,
        lines,
        sorted(judges, key=lambda one: one.number),
        [words.said(one) for one in found if one.entry is not None],
        [words.said(one) for one in found if one.entry is None],
    )


def _of(stage: Stage, entries: Mapping[int, Entry], division: Division) -> scores.Marked:
    sheets = [one for one in scores.counted(stage) if one.entry in entries]
    return scores.Marked(stage, {division.pk: sheets}, scores.criteria_of(stage))


def _terms(
    round: Round,
    division: Division,
    stage: Stage,
    deciding: Sequence[Stage],
    read: Mapping[int, scores.Marked],
) -> Terms:
    whole = sum(one.share for one in deciding)
    others = [one for one in deciding if one.pk != stage.pk]
    carried: dict[int, Fraction] | None = None
    for other in others:
        part = {
            entry: Fraction(other.share, whole) * score
            for entry, score in read[other.pk].scores(division.pk).items()
        }
        carried = part if carried is None else {pk: carried[pk] + part[pk] for pk in carried if pk in part}
    parting = ties_of(deciding)
    return Terms(
        way=Way(stage.way),
        criteria=scores.criteria_of(stage),
        digits=round.decimals,
        ties=tuple(stage.ties) if parting and parting.pk == stage.pk else (),
        grades=tuple(plans(division)),
        least=round.least,
        share=Fraction(stage.share, whole),
        carried=carried,
    )


def _line(one: pure.EntrySpread, entry: Entry, moves: bool) -> Line:
    result = entry.result
    return Line(
        entry,
        result.place,
        result.score,
        result.grade,
        len(one.sheets),
        shown(one.mean, DIGITS),
        shown(Fraction(one.spread), DIGITS),
        shown(one.lowest, DIGITS),
        shown(one.highest, DIGITS),
        moves,
    )


class _Words:
    """Swings as sentences: which sheet would change which grade."""

    def __init__(self, judges: Mapping[int, int], entries: Mapping[int, int], division: Division) -> None:
        self.judges, self.entries = judges, entries
        self.grades = {str(grade.pk): grade.name for grade in grades_of(division)}

    def said(self, one: Swing) -> Said:
        judge = self.judges[one.judge]
        if one.entry is None:
            without = _("심사자 %(judge)d의 채점을 모두 빼면") % {"judge": judge}
        else:
            without = _("심사자 %(judge)d이(가) %(entry)d번에 한 채점을 빼면") % {
                "judge": judge,
                "entry": self.entries[one.entry],
            }
        changes = [
            _("%(entry)d번: %(before)s → %(after)s")
            % {"entry": self.entries[pk], "before": self.outcome(before), "after": self.outcome(after)}
            for pk, (before, after) in one.changes.items()
        ]
        return Said(without, changes)

    def outcome(self, found: Outcome) -> str:
        names = [self.grades[key] if key else str(_("등급 없음")) for key in found]
        if len(names) == 1:
            return names[0]
        return _("%(grades)s 가운데 미정") % {"grades": ", ".join(names)}
