"""A project over the years, and what of benchmarking it may take up (I1, I2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from benchmarking.models import Case
from incentives.enums import Role
from incentives.models import Division, Part, Prize, Project, Result

MOST_YEARS = 10
CASES = 40


def first_owner(path: str = "pk") -> Subquery:
    """The name of the department that answers for the division that `path` leads to."""
    rows = Part.objects.filter(division=OuterRef(path), role=Role.OWNER).order_by("order")
    return Subquery(rows.values("department_name")[:1])


def names_of(parts: Iterable[Part], role: str) -> str:
    return ", ".join(one.department_name for one in parts if one.role == role)


def owners_of(parts: Iterable[Part]) -> str:
    return names_of(parts, Role.OWNER)


@dataclass(frozen=True)
class YearLine:
    """A project in one of its years: what it was called, and how it did."""

    project: Project
    results: Sequence[Result]
    prize: int


def line_of(project: Project) -> list[YearLine]:
    """The project and what it was in the years before, the latest first, at most so many."""
    found: list[Project] = [project]
    while found[-1].before_id and len(found) < MOST_YEARS:
        found.append(Project.objects.get(pk=found[-1].before_id))
    rows = Result.objects.filter(division__project__in=found).select_related("division")
    results: dict[int, list[Result]] = {}
    for one in rows.prefetch_related("prizes").order_by("number", "pk"):
        results.setdefault(one.division.project_id, []).append(one)
    return [YearLine(one, results.get(one.pk, ()), _prize(results.get(one.pk, ()))) for one in found]


def _prize(results: Iterable[Result]) -> int:
    return sum(prize.amount for one in results for prize in one.prizes.all())


def prize_of(project: int) -> int:
    """What the project with this key won."""
    rows = Prize.objects.filter(result__division__project=project)
    return rows.aggregate(won=Sum("amount"))["won"] or 0


def prizes(year: int) -> tuple[int, int]:
    """Won that the year's results brought, and what may still be expected: of projects that go on and have no result
    yet, what they brought the year before."""
    own = Prize.objects.filter(result__division__project__year=year)
    open_ = Project.objects.filter(year=year, before__isnull=False).exclude(divisions__results__isnull=False)
    before = Prize.objects.filter(result__division__project__in=open_.values("before"))
    sums = (rows.aggregate(sum=Sum("amount"))["sum"] or 0 for rows in (own, before))
    received, expected = sums
    return received, expected


def cases_for(user: Any, chosen: Iterable[int]) -> QuerySet[Case]:
    """The latest cases that one may see, and those chosen already."""
    known = Case.objects.visible_to(user)
    latest = list(known.order_by("-pk").values_list("pk", flat=True)[:CASES])
    return known.filter(Q(pk__in=latest) | Q(pk__in=list(chosen))).order_by("-pk")


def rewarding(division: Division) -> bool:
    """Whether a result of it can bring a bonus: the evaluation plan was told (I2)."""
    return division.notified_on is not None
