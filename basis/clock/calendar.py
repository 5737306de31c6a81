"""Which days public offices are closed (O7, O7a): weekends, statutory holidays, and those declared later.

The statutory holidays are those of the `holidays` package (KR, category PUBLIC), which follows
공휴일에 관한 법률 and 관공서의 공휴일에 관한 규정. It is right about the two disputable days, by the law as
amended in 2026 and by the examples of O6:
- 1 May was a holiday for workers only until 2025; offices were open, so it does not count. From 2026
  노동절 is a public holiday with a substitute day (17 April 2026 + 14 days → 4 May).
- 제헌절 was a public holiday until 2007, and is one again, with a substitute day, from 2026
  (3 July 2026 + 14 days → 20 July).
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Protocol

from django.utils.translation import gettext as _
from holidays.countries.south_korea import SouthKorea

from basis.errors import Rejected

SATURDAY = 5
YEARS = SouthKorea.start_year, SouthKorea.end_year  # of which the holidays are known


class Calendar(Protocol):
    """Days on which an office is closed."""

    def closed_name(self, day: date) -> str | None:
        """Name of the public holiday on this day; None on any other day, plain weekends included."""

    def is_closed(self, day: date) -> bool:
        """Saturday, Sunday or public holiday (민법 161)."""


class KoreanCalendar:
    """Statutory holidays, their names in `language`, and `extra` ones: temporary and local, day → name."""

    def __init__(self, extra: Mapping[date, str] | None = None, language: str = "ko") -> None:
        self._extra = extra or {}
        self._language = language

    def closed_name(self, day: date) -> str | None:
        """Rejected outside 1948–2100, for which no holidays are known."""
        return _statutory(day.year, self._language).get(day) or self._extra.get(day)

    def is_closed(self, day: date) -> bool:
        return day.weekday() >= SATURDAY or self.closed_name(day) is not None


@cache
def _statutory(year: int, language: str) -> dict[date, str]:
    """The year's public holidays with their substitute days."""
    first, last = YEARS
    if not first <= year <= last:
        message = _("%(first)d년부터 %(last)d년까지의 날짜만 계산할 수 있습니다. 날짜를 확인해 주세요.")
        raise Rejected(message % {"first": first, "last": last})
    found = SouthKorea(years=year, language=language)
    return {day: "·".join(found.get_list(day)) for day in found}
