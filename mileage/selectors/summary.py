"""Sums of everybody's points: by department held on the day and rule, by rule and month (O2, M6)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet, Sum
from django.db.models.functions import ExtractMonth

from mileage.enums import Scheme
from mileage.models import Entry
from mileage.selectors.served import with_posting
from organization.models import Department


@dataclass
class Line:
    """`sums` by rule or month, in hundredths."""

    key: int | str | None
    label: str
    sums: dict[int | str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def total(self) -> int:
        return sum(self.sums.values())


def by_department(scheme: Scheme, days: tuple[date, date] | None) -> list[Line]:
    """Departments held on the days of the events, the most first. Two questions."""
    rows = (
        with_posting(_entries(scheme, days)).values("served__department", "rule").annotate(sum=Sum("amount"))
    )
    found: dict[int | None, Line] = {}
    for department, rule, amount in rows.values_list("served__department", "rule", "sum"):
        line = found.setdefault(department, Line(department, ""))
        line.sums[rule] = amount
    names = dict(Department.objects.order_by().values_list("pk", "name"))
    for pk, line in found.items():
        line.label = names[pk] if pk is not None else ""
    return sorted(found.values(), key=lambda line: (-line.total, line.label))


def by_month(scheme: Scheme, days: tuple[date, date]) -> list[Line]:
    """Rules by month. One question."""
    rows = (
        _entries(scheme, days)
        .annotate(month=ExtractMonth("day"))
        .values("rule", "month")
        .annotate(sum=Sum("amount"))
    )
    found: dict[str, Line] = {}
    for rule, month, amount in rows.values_list("rule", "month", "sum"):
        found.setdefault(rule, Line(rule, "")).sums[month] = amount
    return sorted(found.values(), key=lambda line: (-line.total, str(line.key)))


def latest_day(scheme: Scheme, upto: date) -> date | None:
    """The day of the last event that has a line."""
    rows = _entries(scheme, None).filter(day__lte=upto)
    return rows.order_by("-day").values_list("day", flat=True).first()


def _entries(scheme: Scheme, days: tuple[date, date] | None) -> QuerySet[Entry]:
    rows = Entry.objects.filter(account__scheme=scheme).order_by()
    return rows.filter(day__range=days) if days else rows
