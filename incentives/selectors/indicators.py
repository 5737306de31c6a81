"""What is known of indicators at a moment, what that scores, and what the year will end with (I3, I3a, I3b).

However many indicators there are, the same few questions are asked: the rows, what was known of each, and of those that
go on from the year before how that year went."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction
from functools import cached_property

from django.db.models import F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import ExtractMonth, RowNumber
from django.utils import timezone

from core.now import now, today
from incentives.enums import DivisionState, Shape
from incentives.models import Division, Indicator, Value
from incentives.policies import BEST_PACE, LEVEL_CHANGE, WEAK, WORST_PACE
from incentives.reckoning import tree
from incentives.reckoning.attainment import Fault, Scored, scored
from incentives.reckoning.forecast import MONTHS, Course, Path, course_of, is_behind, straight
from incentives.reckoning.outlook import Assumed, Outlook, goal_of, outlook

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Leaf:
    """An indicator that is measured: what is known of it, what that scores, and where it leads. `fault`: why it cannot
    be reckoned."""

    indicator: Indicator
    value: Value | None
    fault: Fault | None
    scored: Scored | None
    outlook: Outlook | None
    course: Path
    weak: bool

    @property
    def weight(self) -> Fraction:
        return Fraction(self.indicator.weight)

    @property
    def pace(self) -> Fraction | None:
        return self.outlook.pace if self.outlook else None


@dataclass(frozen=True)
class Expected:
    """Scores at the year's end; `known`: the weight of what they are reckoned from."""

    bright: Fraction = NOTHING
    plain: Fraction = NOTHING
    gloomy: Fraction = NOTHING


@dataclass(frozen=True)
class Standing:
    """A division at a moment: its indicators in their order, the leaves by key, and the sum of each node."""

    division: Division
    rows: Sequence[Indicator]
    leaves: Mapping[int, Leaf] = field(default_factory=dict)

    @cached_property
    def sums(self) -> dict[int, tree.Sum]:
        own = {pk: tree.leaf(leaf.weight, leaf.scored) for pk, leaf in self.leaves.items()}
        return tree.sums({one.pk: one.parent_id for one in self.rows}, own)

    @cached_property
    def total(self) -> tree.Sum:
        return tree.whole(tree.leaf(leaf.weight, leaf.scored) for leaf in self.leaves.values())

    @cached_property
    def expected(self) -> Expected:
        looks = [leaf.outlook for leaf in self.leaves.values() if leaf.outlook]
        return Expected(
            sum((one.bright.score for one in looks), NOTHING),
            sum((one.plain.score for one in looks), NOTHING),
            sum((one.gloomy.score for one in looks), NOTHING),
        )

    @property
    def full_marks(self) -> Fraction:
        return Fraction(self.division.full_marks)

    @property
    def fits(self) -> bool:
        """Whether the weights sum to the full marks."""
        return self.total.weight == self.full_marks

    @property
    def weak(self) -> list[Leaf]:
        return [leaf for leaf in self.leaves.values() if leaf.weak]

    @property
    def missing(self) -> list[Leaf]:
        """Of which nothing is known yet."""
        return [leaf for leaf in self.leaves.values() if leaf.value is None]


def standing(year: int, moment: datetime | None = None) -> list[Standing]:
    """All divisions of a year that are evaluated, with their owners, in the order of the plan."""
    rows = Division.objects.filter(project__year=year).exclude(state=DivisionState.DROPPED)
    rows = rows.select_related("project").prefetch_related("parts")
    return standing_of(rows.order_by("project__kind", "project__number", "order"), moment)


def standing_of(divisions: Iterable[Division], moment: datetime | None = None) -> list[Standing]:
    """These divisions as they were known at the moment, or are now."""
    at, wanted = moment or now(), list(divisions)
    keys = [one.pk for one in wanted]
    rows: dict[int, list[Indicator]] = defaultdict(list)
    places = {one.pk: one for one in wanted}
    for one in indicators_on(timezone.localdate(at), keys):
        one.division = places[one.division_id]
        rows[one.division_id].append(one)
    leaves = leaves_of([one for kept in rows.values() for one in kept if one.shape], at)
    return [
        Standing(
            division,
            rows[division.pk],
            {one.pk: leaves[one.pk] for one in rows[division.pk] if one.shape},
        )
        for division in wanted
    ]


def indicators_on(day: date, divisions: Sequence[int]) -> QuerySet[Indicator]:
    rows = Indicator.objects.filter(division__in=divisions).exclude(ended_on__lte=day)
    return rows.select_related("person__department").order_by("division", "order", "pk")


def leaves_of(indicators: Sequence[Indicator], moment: datetime) -> dict[int, Leaf]:
    """What is known of each and where it leads; its division comes with it."""
    known = known_of([one.pk for one in indicators], moment)
    before = {
        one.pk: one.before_id for one in indicators if one.before_id and one.cumulative and not one.path
    }
    last = months_of(set(before.values()), moment) if before else {}
    day = timezone.localdate(moment)
    return {
        one.pk: leaf_of(one, known.get(one.pk), last.get(before.get(one.pk) or 0, {}), day)
        for one in indicators
    }


def known_of(indicators: Iterable[int], moment: datetime) -> dict[int, Value]:
    """Of each the latest value that was known at the moment."""
    held = Value.objects.filter(indicator=OuterRef("pk")).known(moment).order_by("-as_of", "-pk")
    latest = Indicator.objects.filter(pk__in=list(indicators)).annotate(last=Subquery(held.values("pk")[:1]))
    rows = Value.objects.filter(pk__in=latest.values("last"))
    return {one.indicator_id: one for one in rows}


def months_of(indicators: Iterable[int], moment: datetime) -> dict[int, dict[int, Fraction]]:
    """The last value of each month in the indicator's own year."""
    last = Window(
        RowNumber(),
        partition_by=[F("indicator"), ExtractMonth("as_of")],
        order_by=[F("as_of").desc(), F("pk").desc()],
    )
    rows = Value.objects.filter(indicator__in=list(indicators)).known(moment)
    rows = (
        rows.filter(as_of__year=F("indicator__division__project__year")).annotate(place=last).filter(place=1)
    )
    found: dict[int, dict[int, Fraction]] = defaultdict(dict)
    for pk, as_of, value in rows.values_list("indicator", "as_of", "value"):
        found[pk][as_of.month] = Fraction(value)
    return found


# -- one indicator
def leaf_of(one: Indicator, value: Value | None, last: Mapping[int, Fraction], day: date) -> Leaf:
    measure = one.measure
    fault = measure.fault()
    course = course_for(one, last)
    if value is None or fault is not None:
        return Leaf(one, value, fault, None, None, course.kind, weak=False)
    found = outlook(
        measure,
        Fraction(value.value),
        grows=one.cumulative,
        done=done_by(value.as_of, one.division.project.year, course),
        expected=expected_by(value.as_of, one),
        assumed=assumed_on(day),
    )
    weak = is_behind(found.pace, Fraction(WEAK.on(day), 100))
    return Leaf(one, value, None, scored(measure, Fraction(value.value)), found, course.kind, weak)


def assumed_on(day: date) -> Assumed:
    return Assumed(
        Fraction(BEST_PACE.on(day), 100),
        Fraction(WORST_PACE.on(day), 100),
        Fraction(LEVEL_CHANGE.on(day), 100),
    )


def course_for(one: Indicator, last: Mapping[int, Fraction]) -> Course:
    """Typed, else as the year before went, else straight. From a base: the way that lies between."""
    typed = path_of(one)
    from_base = one.shape == Shape.BASE and one.base is not None
    base = Fraction(one.base or 0) if from_base else NOTHING
    goal = goal_of(one.measure)
    if goal is not None and goal < base:
        typed = [None if value is None else base - value for value in typed]
    elif base:
        typed = [None if value is None else value - base for value in typed]
    found = course_of(typed, Path.TYPED) if one.cumulative or from_base else None
    if found is None and last:
        found = course_of([last.get(month) for month in range(1, MONTHS + 1)], Path.LAST_YEAR)
    return found or straight()


def path_of(one: Indicator) -> list[Fraction | None]:
    """What is to be reached by the end of each month; all None where nothing was typed."""
    typed = [None if text in ("", None) else Fraction(text) for text in one.path]
    return typed if len(typed) == MONTHS else [None] * MONTHS


def done_by(day: date, year: int, course: Course) -> Fraction:
    """The part of the path that lies behind at the end of the day."""
    if day.year != year:
        return Fraction(int(day.year > year))
    return course.at(day.month, Fraction(day.day, calendar.monthrange(day.year, day.month)[1]))


def expected_by(day: date, one: Indicator) -> Fraction | None:
    """What was typed for the last month that is over by the day, or for the day's own where none is before it."""
    year = one.division.project.year
    if day.year < year:
        return None
    last = MONTHS if day.year > year else day.month
    whole = day.year > year or day.day == calendar.monthrange(day.year, day.month)[1]
    typed = path_of(one)[: last if whole else last - 1]
    return next((value for value in reversed(typed) if value is not None), None)


# -- for briefings and weekly reports
def weak_of(divisions: Iterable[Division], day: date | None = None) -> list[Leaf]:
    """What is 부진 in these divisions (with their project) as known at the end of the day, or now."""
    at = now() if day is None or day >= today() else end_of(day)
    return [leaf for one in standing_of(divisions, at) for leaf in one.weak]


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))
