"""Makes indicators and their values, as services make them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from core.now import pretend
from incentives.enums import Level, Shape
from incentives.models import Division, Indicator, Value
from incentives.services import indicators, values
from incentives.services.indicators import Typed
from tests import factories as make

MEASURED = {
    "level": Level.ITEM,
    "name": "지표",
    "weight": "10",
    "unit": "건",
    "shape": Shape.HIGHER,
    "target": "100",
}


def row(pk: int | None = None, version: int | None = None, key: str = "", **texts: str) -> Typed:
    return Typed(key or str(pk or "new"), pk, version, texts)


def written(division: Division, rows: Sequence[Mapping[str, str]], actor: Any = None) -> list[Indicator]:
    """These rows, in this order."""
    typed = [Typed(f"n{n}", None, None, one) for n, one in enumerate(rows)]
    return indicators.save_rows(division, typed, actor=actor or make.planner())


def indicator(division: Division, **texts: str) -> Indicator:
    return written(division, [{**MEASURED, **texts}])[0]


def tree(division: Division, leaves: int = 4, weight: str = "25") -> list[Indicator]:
    """A field with two items of as many details together as are wanted; gives the details."""
    rows: list[dict[str, str]] = [{"level": Level.FIELD, "name": "분야"}]
    for item in range(2):
        rows.append({"level": Level.ITEM, "name": f"항목 {item + 1}"})
        rows += [
            {**MEASURED, "level": Level.DETAIL, "name": f"세부 {item + 1}-{n + 1}", "weight": weight}
            for n in range(leaves // 2 + (leaves % 2 if item else 0))
        ]
    return [one for one in written(division, rows) if one.shape]


def known(one: Indicator, value: str, as_of: dt.date, at: dt.date | dt.datetime | None = None) -> Value:
    """Recorded on that day itself, or `at` another moment."""
    with pretend(at or as_of):
        return values.record(one, as_of=as_of, value=Decimal(value), actor=make.planner())


def corrected(old: Value, value: str, at: dt.date | dt.datetime, reason: str = "집계가 틀림") -> Value:
    with pretend(at):
        return values.correct(old, value=Decimal(value), reason=reason, actor=make.planner())
