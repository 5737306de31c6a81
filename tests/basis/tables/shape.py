"""What a shape of table is: a workbook made by code, what it means, and the answers somebody would give."""

import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from basis.days import Day, Precision
from basis.excel.columns import ImportColumn
from tests.basis.excel_files import saved

RESULTS = (("adopted", "도입"), ("rejected", "미도입"), ("pending", "검토중"))
CHANNELS = (("press", "언론"), ("visit", "현장 방문"), ("open", "공모·제안"))
COLUMNS = (
    ImportColumn("title", "사례명", required=True, max_length=200, synonyms=("제목", "사업명", "건명", "정책명")),
    ImportColumn("organ", "기관명", max_length=100, synonyms=("대상기관", "기관", "우수기관", "지자체")),
    ImportColumn("departments", "검토부서", kind="departments", synonyms=("담당부서", "부서명", "소관부서", "부서")),
    ImportColumn("result", "검토결과", kind="choice", choices=RESULTS, synonyms=("결과", "도입여부")),
    ImportColumn("found", "발굴일", kind="day", synonyms=("발굴일자", "일자", "등록일", "발굴시기")),
    ImportColumn("visited", "방문일", kind="date", synonyms=("방문일자",)),
    ImportColumn("cost", "소요예산", kind="int", synonyms=("예산", "사업비", "예산액")),
    ImportColumn("cases", "건수", kind="int"),
    ImportColumn("channel", "발굴경로", kind="choice", choices=CHANNELS, may_lack=True),
)  # fmt: skip
EMPTY: dict[str, Any] = {
    c.key: "" if c.kind in ("text", "departments") else False if c.kind == "mark" else None for c in COLUMNS
}


def day(year: int, month: int = 0, date: int = 0) -> Day:
    precision = Precision.DAY if date else Precision.MONTH if month else Precision.YEAR
    return Day(dt.date(year, month or 1, date or 1), precision)


@dataclass
class Shape:
    """`rows`: what each row means, less what is empty. `answers`: at most five. `says`: words about what was left
    out. `fault`: for shapes that cannot be read whole, the cell and words of the reason."""

    file: io.BytesIO
    rows: Sequence[Mapping[str, Any]]
    answers: Mapping[str, Any] = field(default_factory=dict)
    says: Sequence[str] = ()
    fault: tuple[str, str] | None = None

    @property
    def given(self) -> int:
        """How many answers were needed."""
        return sum(
            sum(map(len, value.values())) if kind == "values" else len(value)
            for kind, value in self.answers.items()
        )


SHAPES: dict[str, Callable[[], Shape]] = {}


def shape(make: Callable[[], Shape]) -> Callable[[], Shape]:
    """Adds the shape to the corpus under the name of the function: what is odd about it."""
    SHAPES[make.__name__.replace("_", " ")] = make
    return make


def book(rows: Sequence[Sequence[Any]], *merged: str, name: str = "자료", **more: Any) -> io.BytesIO:
    """An .xlsx of one sheet with these merged cells."""
    workbook = Workbook()
    fill(workbook.active, rows, *merged)
    workbook.active.title = name
    if more:
        more["change"](workbook)
    return saved(workbook)


def fill(page: Worksheet, rows: Sequence[Sequence[Any]], *merged: str) -> None:
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
