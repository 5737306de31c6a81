"""The table of indicators as texts: what a cell shows, and what changes in it (I3; `sheet_reading`: what a text means).

A row is a mapping of column to text. A row without a shape is a group: a field or an item with others below it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incentives.enums import Level, Shape
from incentives.models import Indicator
from incentives.reckoning.attainment import Fault
from incentives.reckoning.forecast import MONTHS
from organization.forms import named

GROWS = (("1", gettext_lazy("누계")), ("0", gettext_lazy("현재값")))
GROUP = gettext_lazy("묶음")
PERCENT = Decimal(100)

# What is wrong with a row, and under which column it is said.
FAULTS: Mapping[Fault, tuple[str, Any]] = {
    Fault.TARGET: (
        "target",
        gettext_lazy("목표는 0보다 커야 합니다. 목표가 0이면 달성률을 계산할 수 없습니다."),
    ),
    Fault.BASE: ("terms", gettext_lazy("기준값은 목표와 달라야 합니다.")),
    Fault.RANGE: ("terms", gettext_lazy("범위는 작은 값부터 적어 주세요(예: 10~20).")),
    Fault.STEPS: ("terms", gettext_lazy("구간은 작은 값부터 한 번씩 적어 주세요(예: 80:50, 100:100).")),
    Fault.BOUNDS: ("bounds", gettext_lazy("하한은 0 이상, 상한은 하한 이상이어야 합니다.")),
    Fault.WEIGHT: ("weight", gettext_lazy("배점은 0 이상이어야 합니다.")),
}


@dataclass(frozen=True)
class Column:
    """`kind`: how the cell is drawn and aligned: text, number, choice, long."""

    key: str
    label: Any
    kind: str = "text"
    options: Callable[[], Sequence[tuple[str, Any]]] | None = None
    most: int = 60
    help: Any = ""


def _shapes() -> list[tuple[str, Any]]:
    return [("", GROUP), *Shape.choices]


COLUMNS = (
    Column("level", gettext_lazy("구분"), "choice", lambda: Level.choices),
    Column("name", gettext_lazy("지표"), most=200),
    Column("weight", gettext_lazy("배점"), "number"),
    Column("unit", gettext_lazy("단위"), most=20),
    Column("shape", gettext_lazy("산식"), "choice", _shapes),
    Column("target", gettext_lazy("목표"), "number"),
    Column("terms", gettext_lazy("조건"), most=400),
    Column("bounds", gettext_lazy("하한~상한(%)"), most=20),
    Column("grows", gettext_lazy("실적 구분"), "choice", lambda: GROWS),
    Column("person", gettext_lazy("담당자"), most=80),
    Column("response", gettext_lazy("대응 방안"), "long", most=2_000),
)
PATHS = tuple(
    Column(f"p{month}", format_lazy(gettext_lazy("{month}월"), month=month), "number")
    for month in range(1, MONTHS + 1)
)
ALL = {column.key: column for column in (*COLUMNS, *PATHS)}
TERMS = (
    "name", "weight", "unit", "shape", "target", "terms", "bounds", "grows", *(column.key for column in PATHS)
)  # fmt: skip  # what a score is reckoned with
Texts = Mapping[str, str]


# -- as texts
def plain(value: Decimal | None) -> str:
    """`1250`, `12.5`: as one types it."""
    return "" if value is None else f"{value.normalize():f}"


def texts_of(one: Indicator) -> dict[str, str]:
    months = [str(text or "") for text in one.path] or [""] * MONTHS
    return {
        "level": one.level,
        "name": one.name,
        "weight": plain(one.weight) if one.shape else "",
        "unit": one.unit,
        "shape": one.shape,
        "target": plain(one.target),
        "terms": terms_of(one),
        "bounds": f"{plain(one.floor * PERCENT)}~{plain(one.cap * PERCENT)}" if one.shape else "",
        "grows": "1" if one.cumulative else "0",
        "person": named(one.person) if one.person else "",
        "response": one.response,
        **{column.key: text for column, text in zip(PATHS, months, strict=True)},
    }


def terms_of(one: Indicator) -> str:
    match one.shape:
        case Shape.BASE:
            return plain(one.base)
        case Shape.RANGE if one.low is not None and one.high is not None:
            return f"{plain(one.low)}~{plain(one.high)}"
        case Shape.STEPS:
            return ", ".join(f"{start}:{plain(Decimal(share) * PERCENT)}" for start, share in one.steps)
        case _other:
            return ""


def shown(key: str, text: str) -> str:
    """A cell for people: the label of a choice."""
    options = ALL[key].options
    return str(dict(options()).get(text, text)) if options else text


FIELDS = (
    "level", "name", "weight", "unit", "shape", "target", "base", "low", "high", "steps", "cap", "floor", "cumulative",
    "person", "response", "path",
)  # fmt: skip


# -- what changes
@dataclass(frozen=True)
class Change:
    """A cell that will say something else."""

    name: str
    column: Column
    before: str
    after: str

    def __str__(self) -> str:
        told = {
            "name": self.name,
            "column": self.column.label,
            "before": self.before or "–",
            "after": self.after or "–",
        }
        return _("%(name)s · %(column)s: %(before)s → %(after)s") % told


def changes(one: Indicator | None, values: Mapping[str, Any], keys: Iterable[str]) -> list[Change]:
    """Cells of the row that these values change, in the order of the table."""
    after = _with(one, values)
    old, new = texts_of(one) if one else {}, texts_of(after)
    name = (one or after).name
    return [
        Change(name, column, shown(key, old.get(key, "")), shown(key, new[key]))
        for key, column in ALL.items()
        if key in set(keys) and old.get(key, "") != new[key]
    ]


def _with(one: Indicator | None, values: Mapping[str, Any]) -> Indicator:
    made = Indicator()
    for name in FIELDS:
        if name in values:
            setattr(made, name, values[name])
        elif one is not None:
            setattr(made, name, getattr(one, name))
    return made
