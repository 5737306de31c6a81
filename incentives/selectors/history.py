"""All that was ever known of an indicator, and its course against the path (I3b)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.attachments import files_of_each
from core.models import Attachment
from core.now import now
from incentives.models import Indicator, Value
from incentives.models.indicator import exact
from incentives.reckoning.forecast import MONTHS
from incentives.reckoning.outlook import Way, goal_of, way_of
from incentives.selectors.indicators import course_for, months_of, path_of


@dataclass(frozen=True)
class Line:
    """A value, what corrected it if anything did, and what shows it."""

    value: Value
    corrected_by: Value | None
    files: Sequence[Attachment]


def lines_of(one: Indicator) -> list[Line]:
    """The latest first; what was corrected stands below its correction."""
    rows = list(
        Value.objects.filter(indicator=one)
        .select_related("recorded_by__department", "corrects")
        .order_by("-as_of", "-recorded_at", "-pk")
    )
    by = {row.corrects_id: row for row in rows if row.corrects_id}
    files = files_of_each(rows)
    return [Line(row, by.get(row.pk), files.get(row, ())) for row in rows]


@dataclass(frozen=True)
class Course:
    """By the end of each month: what was known, and what was to be reached."""

    known: Sequence[Fraction | None]
    due: Sequence[Fraction | None]


def course_of(one: Indicator) -> Course:
    months = months_of([one.pk], now()).get(one.pk, {})
    known = [exact(months.get(month)) for month in range(1, MONTHS + 1)]
    typed, measure = path_of(one), one.measure
    if any(value is not None for value in typed):
        return Course(known, typed)
    goal = goal_of(measure)
    if goal is None or measure.fault() is not None or way_of(measure, one.cumulative) is Way.LEVEL:
        return Course(known, [goal] * MONTHS if goal is not None else [])
    before = (
        months_of([one.before_id], now()).get(one.before_id, {}) if one.before_id and one.cumulative else {}
    )
    base = Fraction(one.base) if one.base is not None else Fraction(0)
    shares = course_for(one, measure, before).shares
    return Course(known, [base + (goal - base) * share for share in shares])
