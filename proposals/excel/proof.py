"""Before past proposals are saved: the figures that will result, beside the workbook's own total (N1, P10)."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from basis.documents.model import Cell, Column, Table, row
from proposals.enums import Kind, State
from proposals.services.past import Record

_COUNT = re.compile(r"([\d,]+)\s*건?")
# Where a total row may tell each figure: beside the titles, or under a head that is one of the choices.
_TOLD = {
    "total": ("title",),
    "citizen": (f"kind:{Kind.CITIZEN}",),
    "staff": (f"kind:{Kind.STAFF}",),
    "adopted": (f"outcome:{State.ADOPTED}",),
    "rejected": (f"outcome:{State.REJECTED}",),
}
Counts = Counter[str]


def proof_of(records: Sequence[Record], totals: Iterable[Mapping[str, Any]]) -> Table:
    """P10 of these records; `totals`: the workbook's own total rows, by column. What differs is named below."""
    by_year: dict[int, Counts] = {}
    for one in records:
        counts = by_year.setdefault(one.year, Counter())
        counts.update(["total", one.values["kind"], _group(one.state)])
    lines = {str(year): counts for year, counts in sorted(by_year.items())}
    whole = sum(lines.values(), Counter())
    return Table(
        columns=(
            Column(_("연도"), align="center", width=1.2),
            *(Column(name, "int") for name in _names().values()),
        ),
        rows=tuple(_line(label, counts) for label, counts in lines.items()),
        totals=(_line(_("계"), whole), *_beside(whole, list(totals))),
        caption=_("저장하면 만들어질 통계"),
        unit=_("건"),
    )


def _names() -> dict[str, str]:
    return {
        "total": _("합계"), "citizen": str(Kind.CITIZEN.label), "staff": str(Kind.STAFF.label),
        "adopted": str(State.ADOPTED.label), "rejected": str(State.REJECTED.label), "other": _("그 밖의 처리"),
        "recorded": _("결과 기록 없음"),
    }  # fmt: skip


def _group(state: str) -> str:
    return state if state in (State.ADOPTED, State.REJECTED, State.RECORDED) else "other"


def _line(label: str, counts: Counts) -> tuple[Cell, ...]:
    return row(label, *(counts[name] for name in _names()))


def _beside(whole: Counts, totals: Sequence[Mapping[str, Any]]) -> Iterable[tuple[Cell, ...]]:
    """What the workbook's total rows say together, and by how much the rows that were read differ from it."""
    told = {name: _sum([_count(total, keys) for total in totals]) for name, keys in _TOLD.items()}
    if any(value is not None for value in told.values()):
        yield row(_("파일의 합계"), *(told.get(name) for name in _names()))
        off = {name: whole[name] - said for name, said in told.items() if said is not None}
        if any(off.values()):
            yield row(_("차이"), *(off.get(name) for name in _names()), emphasis=True)


def _count(total: Mapping[str, Any], keys: Iterable[str]) -> int | None:
    for key in keys:
        found = _COUNT.fullmatch(str(total.get(key) or "").strip())
        if found:
            return int(found[1].replace(",", ""))
    return None


def _sum(said: Sequence[int | None]) -> int | None:
    """Of all tables; nothing unless each says it."""
    known = [value for value in said if value is not None]
    return sum(known) if said and len(known) == len(said) else None
