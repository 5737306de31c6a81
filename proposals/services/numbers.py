"""Receipt numbers: one row of them for each year."""

from collections.abc import Iterable, Sequence

from django.db.models import Max

from core.once import give_back, next_numbers, numbers_taken
from proposals.models import Proposal


def number_key(year: int) -> str:
    return f"proposals.{year}"


def numbers_for(wanted: Iterable[tuple[int, int | None]]) -> list[int]:
    """The number that each brings with it, else the next of its year, after all of those.

    Locks: the numbers of the years.
    """
    rows = list(wanted)
    most: dict[int, int] = {}
    for year, number in rows:
        most[year] = max(most.get(year, 0), number or 0)
    missing = dict.fromkeys(most, 0)
    for year, number in rows:
        missing[year] += number is None
    given = {}
    for year in sorted(most):
        if most[year]:
            numbers_taken(number_key(year), most[year])
        given[year] = iter(next_numbers(number_key(year), missing[year]) if missing[year] else ())
    return [number or next(given[year]) for year, number in rows]


def numbers_back(gone: Sequence[Proposal]) -> None:
    """These are about to be deleted: numbers after the last that stays are given again.

    Locks: the numbers of the years.
    """
    for year in sorted({one.year for one in gone}):
        numbers = [one.number for one in gone if one.year == year]
        stay = Proposal.objects.filter(year=year).exclude(number__in=numbers)
        last = stay.aggregate(last=Max("number"))["last"] or 0
        give_back(number_key(year), range(last + 1, max(numbers) + 1))
