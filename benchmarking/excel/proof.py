"""Before past cases are saved: the statistics that will result, beside the workbook's own total (N1, B9)."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from basis.documents.model import Cell, Column, Table, row
from benchmarking.enums import Decision
from benchmarking.selectors.statistics import Outcomes
from benchmarking.services.past import Record

_COUNT = re.compile(r"([\d,]+)\s*건?")
# Where a total row may tell each figure: under a ○ of ours, or of a choice; all of them beside the titles.
_TOLD = {
    "total": ("title",),
    "adopted": ("adopted", f"decision:{Decision.ADOPT}"),
    "rejected": ("declined", f"decision:{Decision.DECLINED}"),
    "kept": ("kept",),
    "in_force": ("in_force", f"decision:{Decision.IN_FORCE}"),
}


def proof_of(records: Sequence[Record], totals: Iterable[Mapping[str, Any]]) -> Table:
    """B9 of these records; `totals`: the workbook's own total rows, by column. What differs is named below."""
    by_year: dict[int, Counter[str]] = {}
    for one in records:
        by_year.setdefault(one.year, Counter())[one.outcome] += 1
    lines = {str(year): Outcomes.from_counts(counts) for year, counts in sorted(by_year.items())}
    whole = sum(lines.values(), Outcomes())
    names = (
        _("합계"), _("도입"), _("미도입"), _("현행유지·장기검토 등"), _("기시행 중"), _("결정 기록 없음"),
    )  # fmt: skip
    return Table(
        columns=(Column(_("연도"), align="center", width=1.2), *(Column(name, "int") for name in names)),
        rows=tuple(_line(label, counts) for label, counts in lines.items()),
        totals=(_line(_("계"), whole), *_beside(whole, list(totals))),
        caption=_("저장하면 만들어질 통계"),
        unit=_("건"),
    )


def _line(label: str, c: Outcomes) -> tuple[Cell, ...]:
    return row(label, c.total, c.adopted, c.rejected, c.kept, c.in_force, c.pending)


def _beside(whole: Outcomes, totals: Sequence[Mapping[str, Any]]) -> Iterable[tuple[Cell, ...]]:
    """What the workbook's total rows say together, and by how much the rows that were read differ from it."""
    told = {name: _sum([_count(total, keys) for total in totals]) for name, keys in _TOLD.items()}
    if any(value is not None for value in told.values()):
        yield row(_("파일의 합계"), *told.values(), None)
        mine = {"total": whole.total + whole.pending, **{n: getattr(whole, n) for n in _TOLD if n != "total"}}
        off = {name: mine[name] - said for name, said in told.items() if said is not None}
        if any(off.values()):
            yield row(_("차이"), *(off.get(name) for name in _TOLD), None, emphasis=True)


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
