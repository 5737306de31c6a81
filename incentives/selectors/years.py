"""What years brought, beside each other and beside what the office's own papers say of them (I6)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from rapidfuzz import fuzz

from basis.formats import number
from incentives.enums import Kind
from incentives.models import Result, YearSum
from incentives.selectors.results import grade_counts

MILLION = 1_000_000
YEARS = 4
_NAMED = re.compile(r"([가-힣A-Za-z·\s]+(?:\([^()]*\))?)\s*(\d+)")
_ALIKE = 85  # of 100: 좋은자치단체상, 좋은자치단체장상


@dataclass(frozen=True)
class YearLine:
    """A year's joint projects: by the office's own paper where there is one, else counted."""

    year: int
    rank: int | None
    amount: int
    wins: int | None
    named: str

    @property
    def million(self) -> str:
        return millions(self.amount)


def millions(amount: int) -> str:
    """`509.2`, `517`."""
    found = Decimal(amount) / MILLION
    whole = found == found.to_integral_value()
    return number(int(found)) if whole else f"{found.normalize():,f}"


def years_of(last: int, count: int = YEARS, kind: str = Kind.JOINT) -> list[YearLine]:
    """The latest first; years of which nothing is known are left out. Two questions."""
    first = last - count + 1
    sums = {one.year: one for one in YearSum.objects.filter(kind=kind, year__range=(first, last))}
    counted = _counted(first, last, kind)
    return [
        _line(year, sums.get(year), counted.get(year, []))
        for year in range(last, first - 1, -1)
        if year in sums or year in counted
    ]


def _counted(first: int, last: int, kind: str) -> dict[int, list[Any]]:
    rows = Result.objects.filter(division__project__kind=kind, division__project__year__range=(first, last))
    found: dict[int, list[Any]] = {}
    for one in rows.select_related("division__project").annotate(won=Sum("prizes__amount")):
        found.setdefault(one.division.project.year, []).append(one)
    return found


def _line(year: int, told: YearSum | None, results: Sequence[Any]) -> YearLine:
    amount = sum(one.won or 0 for one in results)
    wins = len(results) or None
    counted = ", ".join(f"{one.grade}{one.count}" for one in grade_counts(results))
    if told is None:
        return YearLine(year, None, amount, wins, counted)
    return YearLine(year, told.rank, told.amount, told.wins or wins, told.named or counted)


def last_year() -> int | None:
    """The latest of which anything is known."""
    told = YearSum.objects.order_by("-year").values_list("year", flat=True).first()
    own = Result.objects.order_by("-division__project__year")
    won = own.values_list("division__project__year", flat=True).first()
    return max((year for year in (told, won) if year is not None), default=None)


# -- the office's own counts
@dataclass(frozen=True)
class Told:
    """A grade as a paper counts it, and how often it stands here."""

    name: str
    said: int
    here: int


@dataclass(frozen=True)
class Compared:
    """A paper's count of grades beside the one here: `named` as it says it; `lines` grade by grade; `missing`: what
    stands here and not in it."""

    named: str
    lines: Sequence[Told]
    missing: Sequence[tuple[str, int]]

    @property
    def differs(self) -> bool:
        return bool(self.missing) or any(one.said != one.here for one in self.lines)

    def words(self) -> str:
        """`모범 1: 계획서에 없음`."""
        found = [
            f"{one.name}: 계획서 {one.said}, 결과 {one.here}" for one in self.lines if one.said != one.here
        ]
        return ", ".join([*found, *(f"{grade} {count}: 계획서에 없음" for grade, count in self.missing)])


def compared(named: str, results: Iterable[Result]) -> Compared:
    """`최우수1, 우수(수상)8, 노력3`: what is in brackets is another name for the same."""
    left = {one.grade: one.count for one in grade_counts(results)}
    told = [(name.strip(), int(count)) for name, count in _NAMED.findall(named)]
    lines = []
    for name, said in told:
        meant = [grade for grade in left if _means(name, grade, [other for other, _n in told])]
        lines.append(Told(name, said, sum(left.pop(grade) for grade in meant)))
    return Compared(named, lines, sorted(left.items()))


def _means(name: str, grade: str, others: Sequence[str]) -> bool:
    """Whether the grade is counted under this name: the same, one in brackets, or the only one like it."""
    names, bare = _names(name), _names(grade)
    if names & bare:
        return True
    if any(_names(other) & bare for other in others):
        return False
    return any(b.startswith(n) or fuzz.ratio(n, b) >= _ALIKE for n in names for b in bare if len(n) > 1)


def _names(text: str) -> set[str]:
    whole = "".join(text.split())
    outer, _bracket, inner = whole.partition("(")
    return {part for part in (outer, inner.rstrip(")")) if part}


@dataclass(frozen=True)
class KindLine:
    """What a kind of evaluations brought in a year, beside what the paper says."""

    kind: str
    results: Sequence[Result]
    amount: int
    told: YearSum | None

    @property
    def named(self) -> str:
        return ", ".join(f"{one.grade}{one.count}" for one in grade_counts(self.results))

    @property
    def compared(self) -> Compared | None:
        return compared(self.told.named, self.results) if self.told and self.told.named else None


def kinds_of(year: int, results: Sequence[Result]) -> list[KindLine]:
    told: Mapping[str, YearSum] = {one.kind: one for one in YearSum.objects.filter(year=year)}
    lines = []
    for kind in Kind.values:
        own = [one for one in results if one.division.project.kind == kind]
        amount = sum(prize.amount for one in own for prize in one.prizes.all())
        if own or kind in told:
            lines.append(KindLine(kind, own, amount, told.get(kind)))
    return lines
