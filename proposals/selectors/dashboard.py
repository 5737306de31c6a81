"""What planning and executives see of proposals at a glance (R4), in two questions."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextField, Value
from django.db.models.functions import Cast

from basis.periods import Period, PeriodKind, containing
from proposals.selectors import statistics
from proposals.selectors.reviewing import Asked, in_hand, loads_of
from proposals.selectors.statistics import Counts, FieldCounts, Month

MONTHS = 12  # of the chart
FIELDS = 5  # named first
FIELD, LOAD = "field", "load"


@dataclass(frozen=True)
class Overview:
    """`months`: the last twelve with what came; `now`, `before`: this half-year and the one before; `fields`: most
    proposed of this half-year; `loads`: what departments have in hand, the latest first."""

    day: date
    half: Period
    months: dict[Month, Counts]
    now: Counts
    before: Counts
    fields: list[FieldCounts]
    loads: list[Asked]


def overview(day: date) -> Overview:
    half = containing(day, PeriodKind.HALF)
    counted = statistics.by_month((_months_before(day, MONTHS - 1), half.end), day)
    last = list(_last_months(day))
    fields, loads = _fields_and_loads(half.days, day)
    return Overview(
        day=day,
        half=half,
        months={month: counted.get(month, Counts()) for month in last},
        now=statistics.within(counted, half.days),
        before=statistics.within(counted, half.previous().days),
        fields=fields[:FIELDS],
        loads=loads,
    )


def _fields_and_loads(span: statistics.Span, day: date) -> tuple[list[FieldCounts], list[Asked]]:
    """One question for both."""
    fields = statistics.field_rows(span).annotate(what=Value(FIELD), name=Value(""))
    loads = in_hand(day).annotate(
        what=Value(LOAD), key=Cast("department_id", TextField()), third=Value(0), fourth=Value(0)
    )
    rows = fields.values_list("what", "field", "name", "n", "citizen", "staff", "adopted").union(
        loads.values_list("what", "key", "department__name", "n", "late", "third", "fourth"), all=True
    )
    found = list(rows)
    return (
        statistics.most_first(
            FieldCounts(key, *counts) for what, key, _name, *counts in found if what == FIELD
        ),
        loads_of((int(key), name, n, late) for what, key, name, n, late, *_rest in found if what == LOAD),
    )


def _months_before(day: date, n: int) -> date:
    months = day.year * 12 + day.month - 1 - n
    return date(months // 12, months % 12 + 1, 1)


def _last_months(day: date) -> list[Month]:
    found = [_months_before(day, n) for n in range(MONTHS - 1, -1, -1)]
    return [(one.year, one.month) for one in found]
