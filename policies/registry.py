"""Declaring and reading policy values. `REVIEW_DAYS.on(day)` gives what was in force that day."""

import time
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext_lazy as _

from core.now import today
from policies.models import PolicyValue

T = TypeVar("T")
USUAL = _("운영 기본값")  # where no document says anything
CACHE_SECONDS = 5  # how long another process may go on with the old value

_policies: dict[str, "Policy[Any]"] = {}
_cache: tuple[float, dict[str, list[tuple[date, Any]]]] | None = None


@dataclass(frozen=True)
class Policy(Generic[T]):
    """One figure of the rules.

    `kind`: int, bool, days (list of int), months (list of 1–12), weeks (list of 1–5), month_day ("07-01"), date, money
    (won), points (Decimal, two places), networks (list of `203.0.113.0/24`), text.
    `section`: of the menu, whose page shows it; the first part of the key unless said.
    `sentence` is the rule in words with `{value}` inside. `source` names the document of the default. `earlier` is
    what the documents say of the time before: (day, value until the day before), in order.
    """

    key: str
    kind: str
    default: T
    unit: Any
    label: Any
    sentence: Any
    source: Any
    process: Any
    minimum: int | None = None
    maximum: int | None = None
    earlier: tuple[tuple[date, T], ...] = ()
    section: str = ""

    def __post_init__(self) -> None:
        assert self.key not in _policies, self.key
        _policies[self.key] = self

    def on(self, day: date) -> T:
        """The value in force on this day."""
        value: Any = self.declared(day)
        for effective_from, changed in _values().get(self.key, ()):
            if effective_from > day:
                break
            value = changed
        if self.kind == "date" and isinstance(value, str):
            value = date.fromisoformat(value)
        if self.kind == "points":
            value = Decimal(value)
        return value

    def declared(self, day: date) -> T:
        """What holds that day as long as no row says otherwise."""
        return next((before for until, before in self.earlier if day < until), self.default)

    def current(self) -> T:
        return self.on(today())


@dataclass(frozen=True)
class Policies:
    """Declares those of one app: what they have in common is said once."""

    app: str  # keys begin with it
    process: Any
    section: str = ""

    def number(
        self,
        key: str,
        default: int,
        unit: Any,
        *words: Any,
        least: int,
        most: int,
        source: Any = USUAL,
        earlier: tuple[tuple[date, int], ...] = (),
    ) -> Policy[int]:
        """`words`: label and sentence."""
        return self._declare(
            "int", key, default, unit, *words, source=source, minimum=least, maximum=most, earlier=earlier
        )

    def money(
        self,
        key: str,
        default: int,
        *words: Any,
        most: int,
        source: Any = USUAL,
        earlier: tuple[tuple[date, int], ...] = (),
    ) -> Policy[int]:
        """In won."""
        rest: dict[str, Any] = {"minimum": 0, "maximum": most, "earlier": earlier}
        return self._declare("money", key, default, _("원"), *words, source=source, **rest)

    def switch(self, key: str, default: bool, *words: Any, source: Any = USUAL) -> Policy[bool]:
        return self._declare("bool", key, default, "", *words, source=source)

    def days_before(
        self, key: str, default: list[int], *words: Any, source: Any = USUAL
    ) -> Policy[list[int]]:
        """When to remind of a deadline; 0 is the day itself."""
        return self._declare("days", key, default, _("일 전"), *words, source=source)

    def hours_before(
        self, key: str, default: list[int], *words: Any, source: Any = USUAL
    ) -> Policy[list[int]]:
        """When to remind of a deadline with an hour; 0 is the hour itself."""
        return self._declare("days", key, default, _("시간 전"), *words, source=source)

    def months(self, key: str, default: list[int], *words: Any, source: Any = USUAL) -> Policy[list[int]]:
        return self._declare("months", key, default, _("월"), *words, source=source, minimum=1, maximum=12)

    def weeks(self, key: str, default: list[int], *words: Any, source: Any = USUAL) -> Policy[list[int]]:
        """Which of a month's weeks, or of its Thursdays; all five: every one."""
        return self._declare("weeks", key, default, "", *words, source=source, minimum=1, maximum=5)

    def month_day(self, key: str, default: str, *words: Any, source: Any = USUAL) -> Policy[str]:
        return self._declare("month_day", key, default, "", *words, source=source)

    def day(self, key: str, default: date, *words: Any, source: Any = USUAL) -> Policy[date]:
        return self._declare("date", key, default, "", *words, source=source)

    def points(
        self,
        key: str,
        default: Decimal,
        unit: Any,
        *words: Any,
        most: int,
        source: Any = USUAL,
        earlier: tuple[tuple[date, Decimal], ...] = (),
    ) -> Policy[Decimal]:
        rest: dict[str, Any] = {"minimum": 0, "maximum": most, "earlier": earlier}
        return self._declare("points", key, default, unit, *words, source=source, **rest)

    def networks(self, key: str, *words: Any, source: Any = USUAL) -> Policy[list[str]]:
        """Of the internet: `203.0.113.0/24`; at first none."""
        return self._declare("networks", key, [], "", *words, source=source)

    def _declare(
        self,
        kind: str,
        key: str,
        default: T,
        unit: Any,
        label: Any,
        sentence: Any,
        *,
        source: Any,
        **rest: Any,
    ) -> Policy[T]:
        return Policy(
            key=f"{self.app}.{key}",
            kind=kind,
            default=default,
            unit=unit,
            label=label,
            sentence=sentence,
            source=source,
            process=self.process,
            section=self.section,
            **rest,
        )


def all_policies() -> list[Policy[Any]]:
    return list(_policies.values())


def get_policy(key: str) -> Policy[Any] | None:
    return _policies.get(key)


def known() -> dict[str, list[tuple[date, Any]]]:
    """The values as last read, without asking."""
    return _cache[1] if _cache else {}


def refresh(**_signal: Any) -> None:
    """What a worker does next goes by the values of now: pages read some anyhow."""
    _values()


def _values() -> dict[str, list[tuple[date, Any]]]:
    global _cache
    if _cache is None or time.monotonic() - _cache[0] > CACHE_SECONDS:
        values: dict[str, list[tuple[date, Any]]] = {}
        rows = PolicyValue.objects.filter(withdrawn_at=None).order_by("key", "effective_from")
        for key, day, value in rows.values_list("key", "effective_from", "value"):
            values.setdefault(key, []).append((day, value))
        _cache = (time.monotonic(), values)
    return _cache[1]


def cache_clear() -> None:
    global _cache
    _cache = None
