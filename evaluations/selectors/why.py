"""`왜 이 순위인가`: what an entrant reads of the own entry, once everybody may know the outcome. Never who judged, nor
what any one of them gave (E3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import reverse

from core.now import today
from evaluations.enums import TOLD, ObjectionState, SheetState
from evaluations.kinds import kind_of
from evaluations.models import Entry, Grade, Mark, Objection, Result, Stage
from evaluations.reckoning.ways import shown
from evaluations.selectors.corrected import grade_now

FEWEST = 2  # sheets that a mean is of: one alone would be somebody's sheet
DIGITS = 2


@dataclass(frozen=True)
class OfStage:
    """The own means by criterion (title, mean, full marks); none where too few have scored. `place` among `count`."""

    stage: Stage
    score: str
    place: int | None
    count: int
    criteria: Sequence[tuple[str, Decimal, int]]


@dataclass(frozen=True)
class Why:
    entry: Entry
    result: Result
    grade: Grade | None
    count: int
    stages: Sequence[OfStage]
    above: Grade | None  # the next better grade, and the least score that got it
    line: Decimal | None
    objection: Objection | None
    may_object: bool


def entries_of_thing(thing: Model) -> list[Entry]:
    """The entries of a thing in rounds of which everybody may know the outcome, the latest first."""
    kind = ContentType.objects.get_for_model(thing)
    rows = Entry.objects.filter(content_type=kind, object_id=thing.pk, round__state__in=TOLD)
    return list(rows.select_related("round", "division").order_by("-round__last_on", "-pk"))


def why(entry: Entry, actor: Any) -> Why | None:
    """None for whoever it does not belong to, and before everybody may know. `actor` may be a bearer."""
    round = entry.round
    if not round.is_told or not kind_of(round).may_object(actor, entry):
        return None
    result = Result.objects.select_related("grade", "by_order").filter(entry=entry).first()
    if result is None:
        return None
    ranked = Result.objects.filter(entry__division=entry.division_id, place__isnull=False)
    grade = grade_now(result)
    above, line = _above(ranked, grade)
    objection = Objection.objects.filter(entry=entry).exclude(state=ObjectionState.WITHDRAWN).first()
    return Why(
        entry,
        result,
        grade,
        ranked.count(),
        _stages(entry, result),
        above,
        line,
        objection,
        objection is None and round.takes_objections(today()),
    )


@dataclass(frozen=True)
class Judged:
    """Why one's own entry has its place, and what may be done about it, with where."""

    why: Why
    object: str
    withdraw: str


def for_staff(entry: Entry, step: str) -> str:
    """Where one of the staff does what may be done about the result of the own entry."""
    if step == "object":
        return reverse("evaluations:entry_object", args=[entry.pk])
    return str(entry.objections.latest("pk").get_absolute_url())


def own(thing: Model, actor: Any, address: Callable[[Entry, str], str] = for_staff) -> list[Judged]:
    """Of the contests in which a thing was judged, for its own page, whatever its kind. `address(entry, step)`: where
    whose it is does what may be done: `object`, `withdraw`."""
    found = []
    for entry in entries_of_thing(thing):
        if one := why(entry, actor):
            asked = one.objection is not None and one.objection.state == ObjectionState.ASKED
            found.append(
                Judged(
                    one,
                    address(entry, "object") if one.may_object else "",
                    address(entry, "withdraw") if asked else "",
                )
            )
    return found


def _above(ranked: Any, grade: Grade | None) -> tuple[Grade | None, Decimal | None]:
    """The worst grade that is better than the own, and the least score with it."""
    better = ranked.filter(grade__isnull=False).select_related("grade")
    if grade is not None:
        better = better.filter(grade__order__lt=grade.order)
    last = better.order_by("-grade__order", "score", "-place").first()
    return (last.grade, last.score) if last else (None, None)


def _stages(entry: Entry, result: Result) -> list[OfStage]:
    rows = Mark.objects.filter(sheet__entry=entry, sheet__state=SheetState.DONE).order_by()
    marks: dict[int, list[Decimal]] = {}
    for criterion, value in rows.values_list("criterion", "value"):
        marks.setdefault(criterion, []).append(value)
    found = []
    for stage in entry.round.stages.prefetch_related("criteria").order_by("order"):
        part = result.parts.get(str(stage.order))
        if part is None:
            continue
        means = [
            (one.title, shown(Fraction(sum(given)) / len(given), DIGITS), one.most)
            for one in stage.criteria.all()
            if len(given := marks.get(one.pk, [])) >= FEWEST
        ]
        reached = Entry.objects.filter(division=entry.division_id, out=False, stage__gte=stage.order)
        found.append(OfStage(stage, str(part["score"]), int(part["place"]), reached.count(), means))
    return found
