"""Whether the result hangs on one sheet or one judge: what planning and the committee read before they decide (E8).
Judges are numbers here, never names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from evaluations.models import Division, Entry, Grade, Result, Round, Stability, Stage
from evaluations.reckoning.grades import Outcome
from evaluations.reckoning.results import Terms
from evaluations.reckoning.sheets import Sheet, table
from evaluations.reckoning.stability import judge_views
from evaluations.reckoning.swings import Swing, swings
from evaluations.reckoning.ways import Way, shown
from evaluations.selectors.scores import DIGITS, Reading, decides, grades_of, plans, ties_of

MOST = 40  # sheets and judges that are told in full


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
class View:
    """What is read of what was found. `more`: how many more sheets would change a grade than are told."""

    judges: list[JudgeLine]
    sheets: list[Said]
    whole: list[Said]
    moving: frozenset[int]  # numbers of entries
    more: int

    @property
    def holds(self) -> bool:
        return not self.sheets and not self.whole


def deciding_of(round: Round) -> list[Stage]:
    """Of a round that came with its stages and their criteria."""
    return _deciding(round.stages.all())


def _deciding(stages: Iterable[Stage]) -> list[Stage]:
    return [stage for stage in sorted(stages, key=lambda one: one.order) if decides(stage)]


# ------------------------------------------------------------------------------------------------- reckoning


def found_of(reading: Reading, division: Division, stage: Stage) -> dict[str, Any]:
    """What is kept of one division by the sheets of one stage; those of the other stages stand as they are. Entries and
    judges go by their numbers, grades by their keys."""
    marked, terms = reading.marked[stage.pk], _terms(reading, division, stage)
    sheets: Sequence[Sheet] = marked.all() if terms.way is Way.CORRECTED else marked.of.get(division.pk, [])
    judges, numbers = reading.judges, reading.numbers
    views = judge_views(terms.way, table(terms.criteria, sheets)) if sheets else []
    return {
        "swings": [_kept(one, judges, numbers) for one in (swings(terms, sheets) if sheets else [])],
        "judges": [
            [
                judges[one.judge],
                one.sheets,
                None if one.severity is None else str(shown(one.severity, DIGITS)),
            ]
            for one in views
        ],
    }


def _kept(one: Swing, judges: Mapping[int, int], numbers: Mapping[int, int]) -> list[Any]:
    changes = [[numbers[entry], list(before), list(after)] for entry, (before, after) in one.changes.items()]
    return [judges[one.judge], None if one.entry is None else numbers[one.entry], changes]


def _terms(reading: Reading, division: Division, stage: Stage) -> Terms:
    deciding = _deciding(reading.stages)
    whole = sum(one.share for one in deciding)
    carried: dict[int, Fraction] | None = None
    for other in deciding:
        if other.pk == stage.pk:
            continue
        found = reading.marked[other.pk].scores(division.pk)
        part = {entry: Fraction(other.share, whole) * score for entry, score in found.items()}
        carried = part if carried is None else {pk: carried[pk] + part[pk] for pk in carried if pk in part}
    parting = ties_of(deciding)
    return Terms(
        way=Way(stage.way),
        criteria=reading.marked[stage.pk].criteria,
        digits=reading.round.decimals,
        ties=tuple(stage.ties) if parting and parting.pk == stage.pk else (),
        grades=tuple(plans(division)),
        least=reading.round.least,
        share=Fraction(stage.share, whole),
        carried=carried,
        among=frozenset(pk for pk, of in reading.entries.items() if of == division.pk),
    )


# --------------------------------------------------------------------------------------------------- reading


def view(looked: Stability, division: Division) -> View:
    """`looked` with something found; `division` came with its grades."""
    found, words = looked.found, _Words(division)
    assert found is not None
    sheets = [one for one in found["swings"] if one[1] is not None]
    judges = [
        JudgeLine(number, count, None if severity is None else Decimal(severity))
        for number, count, severity in found["judges"]
    ]
    return View(
        sorted(judges, key=lambda one: one.number),
        [words.said(*one) for one in sheets[:MOST]],
        [words.said(*one) for one in found["swings"] if one[1] is None],
        frozenset(number for _judge, _entry, changes in found["swings"] for number, *_change in changes),
        max(0, len(sheets) - MOST),
    )


def results_in(division: Division, stage: Stage) -> QuerySet[Result]:
    """Of the entries that were scored in the stage, the best first."""
    rows = Result.objects.filter(entry__division=division, parts__has_key=str(stage.order))
    return rows.select_related("entry", "grade").order_by("place", "entry__number")


def lines_of(results: Iterable[Result], stage: Stage, moving: frozenset[int]) -> list[Line]:
    return [_line(one, one.parts[str(stage.order)], one.entry.number in moving) for one in results]


def _line(result: Result, part: Mapping[str, Any], moves: bool) -> Line:
    mean, spread, low, high = (Decimal(part.get(name, 0)) for name in ("mean", "spread", "low", "high"))
    return Line(
        result.entry, result.place, result.score, result.grade, part.get("sheets", 0), mean, spread, low, high,
        moves,
    )  # fmt: skip


class _Words:
    """Swings as sentences: which sheet would change which grade."""

    def __init__(self, division: Division) -> None:
        self.grades = {str(grade.pk): grade.name for grade in grades_of(division)}

    def said(self, judge: int, entry: int | None, changes: Sequence[Any]) -> Said:
        if entry is None:
            without = _("심사자 %(judge)d의 채점을 모두 빼면") % {"judge": judge}
        else:
            without = _("심사자 %(judge)d이(가) %(entry)d번에 한 채점을 빼면") % {
                "judge": judge,
                "entry": entry,
            }
        told = [
            _("%(entry)d번: %(before)s → %(after)s")
            % {"entry": number, "before": self.outcome(before), "after": self.outcome(after)}
            for number, before, after in changes[:MOST]
        ]
        return Said(without, told)

    def outcome(self, found: Outcome) -> str:
        names = [self.grades[key] if key else str(_("등급 없음")) for key in found]
        if len(names) == 1:
            return names[0]
        return _("%(grades)s 가운데 미정") % {"grades": ", ".join(names)}
