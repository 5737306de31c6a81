"""Before past cases are saved: the statistics that will result, beside the workbook's own total (N1, B9)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from basis.documents.model import Cell, Column, Document, Paragraph, Table, row
from benchmarking.excel.results import RESULTS
from benchmarking.selectors.statistics import Outcomes
from benchmarking.services.past import Record
from core.now import today
from core.office import office_name


def proof_of(records: Sequence[Record], source: Any) -> Document:
    """B9 of these records; each difference from a total row of the workbook (`source.totals`, if it has any) named."""
    by_year: dict[int, Counter[str]] = {}
    for one in records:
        by_year.setdefault(one.year, Counter())[one.outcome] += 1
    lines = {str(year): Outcomes.from_counts(counts) for year, counts in sorted(by_year.items())}
    whole = sum(lines.values(), Outcomes())
    blocks: list[Any] = [_table({**lines, _("계"): whole} if len(lines) > 1 else lines)]
    told = list(_differences(whole, getattr(source, "totals", ())))
    blocks += [Paragraph(text, "note") for text in told]
    return Document(
        title=_("저장하면 만들어질 통계"), office=office_name(), made_on=today(), blocks=tuple(blocks)
    )


def _table(lines: dict[str, Outcomes]) -> Table:
    names = (
        _("합계"), _("도입"), _("미도입"), _("현행유지·장기검토 등"), _("기시행 중"), _("결정 기록 없음"),
    )  # fmt: skip
    return Table(
        columns=(Column(_("연도"), align="center", width=1.2), *(Column(name, "int") for name in names)),
        rows=tuple(_row(label, counts) for label, counts in lines.items()),
        caption=_("연도별 벤치마킹 결과"),
        unit=_("건"),
    )


def _row(label: str, c: Outcomes) -> tuple[Cell, ...]:
    return row(label, c.total, c.adopted, c.rejected, c.kept, c.in_force, c.pending)


def _differences(whole: Outcomes, totals: Iterable[Any]) -> Iterable[str]:
    """Of the workbook's last total row: what it says of each result, where that is another number."""
    said: Mapping[str, Any] = next(iter(reversed(list(totals))), {})
    counted = {"adopted": whole.adopted, "kept": whole.kept, "in_force": whole.in_force}
    for key, mine in counted.items():
        text = str(said.get(key) or "")
        if text.isdecimal() and int(text) != mine:
            values = {"name": RESULTS[key][0], "own": int(text), "mine": mine}
            yield _("※ %(name)s: 파일의 합계 행은 %(own)s건, 읽은 행은 %(mine)s건입니다.") % values
