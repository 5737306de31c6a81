"""Reading policy values as people read them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from basis.formats import counted, date_weekday, won
from core import navigation
from core.now import today
from policies.models import PolicyValue
from policies.registry import Policy, all_policies
from policies.sockets import UNDERWAY


@dataclass(frozen=True)
class Sentence:
    """The rule in words, split where its value stands."""

    before: str
    value: str
    after: str


@dataclass(frozen=True)
class Standing:
    """A policy as it stands today: since when and by what, and what is planned."""

    policy: Policy[Any]
    sentence: Sentence
    since: dt.date | None
    source: str
    planned: list[PolicyValue]


def processes() -> dict[str, Any]:
    """Section of each process and its name, in the order of the main menu."""
    found = {process_of(policy): policy.process for policy in all_policies()}
    return dict(sorted(found.items(), key=lambda item: navigation.order_of(item[0])))


def process_of(policy: Policy[Any]) -> str:
    return policy.section or policy.key.partition(".")[0]


def display(policy: Policy[Any], value: Any) -> str:
    """The value with its unit: `14일`, `7·3·1·0일 전`, `4~12월`, `첫째·셋째`, `1,250,000원`, `예`, `7월 1일`,
    `2026. 1. 1.(목)`."""
    match policy.kind:
        case "text":
            return str(value)
        case "networks":
            return ", ".join(value) or _("없음")
        case "bool":
            return _("예") if value else _("아니요")
        case "money":
            return won(value)
        case "days":
            return counted("·".join(map(str, value)), policy.unit)
        case "months":
            return _months(value)
        case "weeks":
            return _weeks(value)
        case "month_day":
            month, day = map(int, value.split("-"))
            return _("%(month)d월 %(day)d일") % {"month": month, "day": day}
        case "date":
            return date_weekday(dt.date.fromisoformat(value) if isinstance(value, str) else value)
        case "points":
            return counted(Decimal(value), policy.unit)
        case _:
            return counted(value, policy.unit)


def _months(months: list[int]) -> str:
    first, last = min(months), max(months)
    if len(months) > 2 and len(months) == last - first + 1:
        return _("%(first)d~%(last)d월") % {"first": first, "last": last}
    return _("%(months)s월") % {"months": "·".join(map(str, sorted(months)))}


def _weeks(weeks: list[int]) -> str:
    names = (_("첫째"), _("둘째"), _("셋째"), _("넷째"), _("다섯째"))
    return _("모든") if len(weeks) == len(names) else "·".join(names[week - 1] for week in sorted(weeks))


def sentence(policy: Policy[Any], value: Any) -> Sentence:
    before, _mark, after = str(policy.sentence).partition("{value}")
    return Sentence(before, display(policy, value), after)


def standings(policies: Iterable[Policy[Any]]) -> list[Standing]:
    """All of them with two queries at most."""
    chosen = list(policies)
    rows = PolicyValue.objects.filter(key__in=[p.key for p in chosen], withdrawn_at=None)
    by_key: dict[str, list[PolicyValue]] = {}
    for row in rows.order_by("effective_from"):
        by_key.setdefault(row.key, []).append(row)
    return [_standing(policy, by_key.get(policy.key, [])) for policy in chosen]


def _standing(policy: Policy[Any], rows: list[PolicyValue]) -> Standing:
    day = today()
    in_force = [row for row in rows if row.effective_from <= day]
    last = in_force[-1] if in_force else None
    return Standing(
        policy=policy,
        sentence=sentence(policy, policy.current()),
        since=last.effective_from if last else _since(policy, day),
        source=last.document if last else str(policy.source),
        planned=[row for row in rows if row.effective_from > day],
    )


def _since(policy: Policy[Any], day: dt.date) -> dt.date | None:
    """When the declared value came into force; None: it has always been so."""
    return max((until for until, _value in policy.earlier if until <= day), default=None)


def history(policy: Policy[Any]) -> list[PolicyValue]:
    """Every value there was, is and is planned, withdrawn ones too; the latest first."""
    rows = PolicyValue.objects.filter(key=policy.key).select_related("author__department")
    return list(rows.order_by("-effective_from", "-pk"))


def value_before(policy: Policy[Any], day: dt.date) -> Any:
    """What a change on that day would replace."""
    return policy.on(day - dt.timedelta(days=1))


def keeps(policy: Policy[Any], day: dt.date) -> list[str]:
    """What goes on under the value of the day it began, when another comes into force on this day."""
    lines = []
    for work in UNDERWAY:
        if policy.key in {kept.key for kept in work.policies}:
            values = Counter(display(policy, policy.on(begun)) for begun in work.begun() if begun < day)
            lines += [
                _("%(work)s은 %(value)s 그대로") % {"work": str(work.text) % {"count": count}, "value": value}
                for value, count in sorted(values.items())
            ]
    return lines
