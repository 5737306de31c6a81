"""What is known of indicators at a moment, what that scores, and what the year will end with (I3, I3a, I3b).

However many indicators there are, the same few questions are asked: the rows, what was known of each, and of those that
go on from the year before how that year went."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Cast, RowNumber, Substr
from django.utils import timezone

from core.now import now, today
from incentives.enums import DivisionState
from incentives.models import Division, Indicator, Value
from incentives.policies import BEST_PACE, LEVEL_CHANGE, WEAK, WORST_PACE
from incentives.reckoning import attainment, tree
from incentives.reckoning.attainment import Fault, Measure, Scored, scored
from incentives.reckoning.forecast import MONTHS, Course, Path, course_of, is_behind, straight
from incentives.reckoning.outlook import Assumed, Outlook, goal_of, outlook
from incentives.selectors.known import Definitions, there

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Leaf:
    """An indicator that is measured: what is known of it, what that scores, and where it leads. `fault`: why it cannot
    be reckoned."""

    indicator: Indicator
    measure: Measure
    value: Value | None
    outlook: Outlook | None
    course: Path
    weak: bool

    @property
    def weight(self) -> Fraction:
        return self.measure.weight

    @property
    def fault(self) -> Fault | None:
        return self.measure.fault()

    @cached_property
    def scored(self) -> Scored | None:
        return scored(self.measure, Fraction(self.value.value)) if self.value and self.outlook else None

    @property
    def pace(self) -> Fraction | None:
        return self.outlook.pace if self.outlook else None


@dataclass(frozen=True)
class Expected:
    """Scores at the year's end, each summed where it is asked for."""

    looks: Sequence[Outlook]

    @cached_property
    def bright(self) -> Fraction:
        return tree.total(one.bright.score for one in self.looks)

    @cached_property
    def plain(self) -> Fraction:
        return tree.total(one.plain.score for one in self.looks)

    @cached_property
    def gloomy(self) -> Fraction:
        return tree.total(one.gloomy.score for one in self.looks)


@dataclass(frozen=True)
class Standing:
    """A division at a moment: its indicators in their order, the leaves by key, and the sum of each node."""

    division: Division
    rows: Sequence[Indicator]
    leaves: Mapping[int, Leaf] = field(default_factory=dict)

    @cached_property
    def sums(self) -> dict[int, tree.Sum]:
        own = {pk: tree.leaf(leaf.weight, leaf.scored) for pk, leaf in self.leaves.items()}
        return tree.sums(self._parents, own)

    @cached_property
    def _parents(self) -> dict[int, int | None]:
        """Under what each stands; what stood under a group that came later stood by itself."""
        here = {one.pk for one in self.rows}
        return {one.pk: one.parent_id if one.parent_id in here else None for one in self.rows}

    @cached_property
    def total(self) -> tree.Sum:
        return tree.whole(self.sums[pk] for pk, above in self._parents.items() if above is None)

    @cached_property
    def expected(self) -> Expected:
        return Expected([leaf.outlook for leaf in self.leaves.values() if leaf.outlook])

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
    """These divisions as they were known at the moment, with the targets and weights of then; or are now."""
    at, wanted = moment or now(), list(divisions)
    rows: dict[int, list[Indicator]] = defaultdict(list)
    places = {one.pk: one for one in wanted}
    for one in indicators_now(places) if moment is None else indicators_at(moment, places):
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


def indicators_now(divisions: Iterable[int]) -> QuerySet[Indicator]:
    return _of(divisions).exclude(ended_on__lte=today())


def indicators_at(moment: datetime, divisions: Iterable[int]) -> list[Indicator]:
    """Those of then, with the terms that they had then."""
    rows = list(_of(divisions))
    terms = Definitions([one.pk for one in rows], moment)
    return [one for one in (terms.at(row, moment) for row in rows) if there(one, moment)]


def _of(divisions: Iterable[int]) -> QuerySet[Indicator]:
    rows = Indicator.objects.filter(division__in=list(divisions))
    return rows.select_related("person__department").order_by("division", "order", "pk")


def leaves_of(indicators: Sequence[Indicator], moment: datetime) -> dict[int, Leaf]:
    """What is known of each and where it leads; its division comes with it."""
    known = known_of([one.pk for one in indicators], moment)
    before = {
        one.pk: one.before_id
        for one in indicators
        if one.before_id and one.pk in known and one.cumulative and not one.path
    }
    last = months_of(set(before.values()), moment) if before else {}
    terms = terms_on(timezone.localdate(moment))
    return {
        one.pk: leaf_of(one, known.get(one.pk), last.get(before.get(one.pk) or 0, {}), terms)
        for one in indicators
    }


def known_of(indicators: Iterable[int], moment: datetime) -> dict[int, Value]:
    """Of each the latest value that was known at the moment."""
    held = Value.objects.filter(indicator=OuterRef("pk")).known(moment).order_by("-as_of", "-pk")
    latest = Indicator.objects.filter(pk__in=list(indicators)).annotate(last=Subquery(held.values("pk")[:1]))
    rows = Value.objects.filter(pk__in=latest.values("last")).order_by()
    return {one.indicator_id: one for one in rows}


def months_of(indicators: Iterable[int], moment: datetime) -> dict[int, dict[int, Decimal]]:
    """The last value of each month in the indicator's own year. The month is the text `2026-03`: every row of the year
    is looked at for it, and a text costs no call into Python where SQLite would extract the month there."""
    month = Substr(Cast("as_of", CharField()), 1, 7)
    last = Window(
        RowNumber(), partition_by=[F("indicator"), month], order_by=[F("as_of").desc(), F("pk").desc()]
    )
    rows = Value.objects.filter(indicator__in=list(indicators)).known(moment)
    rows = rows.annotate(place=last, month=month).filter(place=1).order_by()
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    year = "indicator__division__project__year"
    for pk, own, known, value in rows.values_list("indicator", year, "month", "value"):
        if known[:4] == str(own):
            found[pk][int(known[5:])] = value
    return found


# -- one indicator
@dataclass(frozen=True)
class Terms:
    """What policies say of all indicators on a day."""

    assumed: Assumed
    least: Fraction


def terms_on(day: date) -> Terms:
    best, worst, change, least = (
        Fraction(policy.on(day), 100) for policy in (BEST_PACE, WORST_PACE, LEVEL_CHANGE, WEAK)
    )
    return Terms(Assumed(best, worst, change), least)


def leaf_of(one: Indicator, value: Value | None, last: Mapping[int, Decimal], terms: Terms) -> Leaf:
    measure = one.measure
    course = course_for(one, measure, last)
    if value is None or measure.fault() is not None:
        return Leaf(one, measure, value, None, course.kind, weak=False)
    found = outlook(
        measure,
        Fraction(value.value),
        grows=one.cumulative,
        done=done_by(value.as_of, one.division.project.year, course),
        expected=expected_by(value.as_of, one),
        assumed=terms.assumed,
    )
    return Leaf(one, measure, value, found, course.kind, is_behind(found.pace, terms.least))


def course_for(one: Indicator, measure: Measure, last: Mapping[int, Decimal]) -> Course:
    """Typed, else as the year before went, else straight. From a base: the way that lies between."""
    found = None
    if one.path and (one.cumulative or measure.shape is attainment.Shape.BASE):
        found = course_of(_from_base(path_of(one), measure), Path.TYPED)
    if found is None and last:
        found = course_of([last.get(month) for month in range(1, MONTHS + 1)], Path.LAST_YEAR)
    return found or straight()


def _from_base(typed: list[Fraction | None], measure: Measure) -> list[Fraction | None]:
    base = (measure.base or NOTHING) if measure.shape is attainment.Shape.BASE else NOTHING
    goal = goal_of(measure)
    sign = -1 if goal is not None and goal < base else 1
    return [None if value is None else (value - base) * sign for value in typed]


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
    if day.year < year or not one.path:
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
