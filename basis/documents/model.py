"""The neutral report document: what a report says, independent of page, mail, Excel or HWPX.

Values are real Python values (int, Decimal, float, date, str, None); the renderers write them. Constructors
refuse what no renderer could draw (ValueError), so a stored document can always be rendered again.
Bullets and numerals (`Ⅰ.`, `□`, `○`, `-`, `※`) are part of the texts, as in official papers.
"""

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, Self, get_args

from django.utils.translation import gettext

from basis.documents.grid import place
from basis.documents.part import Part

Value = str | int | float | Decimal | dt.date | None
Number = int | float | Decimal | None
Kind = Literal["text", "int", "decimal", "percent", "money", "date"]
Align = Literal["", "left", "center", "right"]

_SAFE_URL = re.compile(r"(https?://|/(?!/))\S+$|/$")


def _require_choice(value: str, choices: Any, name: str) -> None:
    if value not in get_args(choices):
        raise ValueError(f"{name}: {value!r}은(는) 쓸 수 없습니다. 가능한 값: {', '.join(get_args(choices))}")


def _require_url(url: str) -> None:
    if url and not _SAFE_URL.match(url):
        raise ValueError(f"주소는 /, http://, https://로 시작해야 합니다: {url!r}")


def _require_span(colspan: int, rowspan: int) -> None:
    if colspan < 1 or rowspan < 1:
        raise ValueError("합친 칸의 수는 1 이상이어야 합니다.")


def require_value(value: Value, kind: Kind) -> None:
    """ValueError when a value cannot be written as its kind. A text is always possible (`해당 없음`)."""
    if value is None or isinstance(value, str):
        return
    if isinstance(value, bool | dt.datetime) or not isinstance(value, int | float | Decimal | dt.date):
        raise ValueError(f"문서에 쓸 수 없는 값입니다: {value!r}")
    if isinstance(value, dt.date):
        if kind not in ("date", "text"):
            raise ValueError(f"{kind} 칸에 날짜를 쓸 수 없습니다: {value!r}")
        return
    if not math.isfinite(value):
        raise ValueError(f"유한한 수가 아닙니다: {value!r}")
    if kind == "date" or (kind in ("int", "money") and value != int(value)):
        raise ValueError(f"{kind} 칸에 쓸 수 없는 수입니다: {value!r}")


@dataclass(frozen=True)
class Heading(Part):
    """`level` 1 = `Ⅰ.`, 2 = `□`, 3 = `○`."""

    text: str
    level: int = 1

    def check(self) -> None:
        if self.level not in (1, 2, 3):
            raise ValueError(f"제목 수준은 1, 2, 3입니다: {self.level}")


ParagraphStyle = Literal["body", "note", "bullet"]


@dataclass(frozen=True)
class Paragraph(Part):
    """`bullet` is indented by its own mark (`○` less than `-`); `note` is small (`※`)."""

    text: str
    style: ParagraphStyle = "body"

    def check(self) -> None:
        _require_choice(self.style, ParagraphStyle, "문단 종류")


@dataclass(frozen=True)
class Column(Part):
    """`width` is a weight among the columns; `align` is by kind when empty (numbers right, dates centred)."""

    label: str
    kind: Kind = "text"
    align: Align = ""
    width: float = 1.0

    def check(self) -> None:
        _require_choice(self.kind, Kind, "칸 종류")
        _require_choice(self.align, Align, "정렬")
        if not 0 < self.width < math.inf:
            raise ValueError(f"너비 비율은 0보다 커야 합니다: {self.width}")

    @property
    def alignment(self) -> str:
        return self.align or {"text": "left", "date": "center"}.get(self.kind, "right")


@dataclass(frozen=True)
class HeadCell(Part):
    text: str
    colspan: int = 1
    rowspan: int = 1

    def check(self) -> None:
        _require_span(self.colspan, self.rowspan)


@dataclass(frozen=True)
class Cell(Part):
    """`kind` overrides the column's; `url` leads to the rows behind the figure (page and mail only)."""

    value: Value
    kind: Kind | None = None
    colspan: int = 1
    rowspan: int = 1
    emphasis: bool = False
    url: str = ""

    def check(self) -> None:
        if self.kind is not None:
            _require_choice(self.kind, Kind, "칸 종류")
        _require_span(self.colspan, self.rowspan)
        _require_url(self.url)

    def to_json(self) -> Any:
        """A plain cell is its bare value: the figures in a stored document stay readable."""
        data = super().to_json()
        return data["value"] if data.keys() == {"type", "value"} else data


def row(*values: Value | Cell, emphasis: bool = False) -> tuple[Cell, ...]:
    """A table row from plain values; a Cell among them stays as it is."""
    return tuple(v if isinstance(v, Cell) else Cell(v, emphasis=emphasis) for v in values)


@dataclass(frozen=True)
class Table(Part):
    """`head_rows` empty: one row of the column labels. `totals` stand apart at the foot.

    `unit` (`건`) is printed right above as `(단위: 건)`. With `row_header` the first column names the row.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    unit: str = ""
    head_rows: tuple[tuple[HeadCell, ...], ...] = ()
    totals: tuple[tuple[Cell, ...], ...] = ()
    row_header: bool = True

    def check(self) -> None:
        if not self.columns:
            raise ValueError("표에 칸이 없습니다.")
        if not all(isinstance(cell, Cell) for line in self.rows + self.totals for cell in line):
            raise ValueError("표의 줄은 row()로 만들어 주세요.")
        place(self.heads, len(self.columns))
        for section in (self.rows, self.totals):
            for line in place(section, len(self.columns)):
                for placed in line:
                    require_value(placed.cell.value, placed.cell.kind or self.columns[placed.column].kind)

    @classmethod
    def revive(cls, values: dict[str, Any]) -> Self:
        """Bare values become cells again (see Cell.to_json)."""
        rows = {name: tuple(row(*line) for line in values.get(name, ())) for name in ("rows", "totals")}
        return cls(**{**values, **rows})

    @property
    def heads(self) -> tuple[tuple[HeadCell, ...], ...]:
        return self.head_rows or (tuple(HeadCell(column.label) for column in self.columns),)


@dataclass(frozen=True)
class Figure(Part):
    """One key figure: `기한 내 처리율 85.7 %`, with what it stands beside (`지난 반기 80.0%`)."""

    label: str
    value: Value
    unit: str = ""
    note: str = ""
    url: str = ""
    kind: Kind = "int"

    def check(self) -> None:
        _require_choice(self.kind, Kind, "칸 종류")
        require_value(self.value, self.kind)
        _require_url(self.url)


@dataclass(frozen=True)
class Figures(Part):
    items: tuple[Figure, ...]


@dataclass(frozen=True)
class Entry(Part):
    """A labelled box of a form."""

    label: str
    value: Value
    kind: Kind = "text"

    def check(self) -> None:
        _require_choice(self.kind, Kind, "칸 종류")
        require_value(self.value, self.kind)


@dataclass(frozen=True)
class KeyValues(Part):
    """A form: rows of one or two entries, a grid of 2 or 4 columns; a lone entry takes its whole row."""

    rows: tuple[tuple[Entry, ...], ...]

    def check(self) -> None:
        if not self.rows or any(len(entries) not in (1, 2) for entries in self.rows):
            raise ValueError("서식의 한 줄에는 항목이 하나나 둘 있어야 합니다.")


@dataclass(frozen=True)
class Series(Part):
    name: str
    values: tuple[Number, ...]


ChartKind = Literal["bar", "stacked", "line"]


@dataclass(frozen=True)
class Chart(Part):
    """A picture of a small table; every renderer gives the figures too."""

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    caption: str = ""

    def check(self) -> None:
        _require_choice(self.kind, ChartKind, "그림 종류")
        if not self.series:
            raise ValueError("그림에 계열이 없습니다.")
        for series in self.series:
            if len(series.values) != len(self.categories):
                raise ValueError(f"{series.name}: 값의 수가 항목의 수와 다릅니다.")
            for value in series.values:
                if isinstance(value, str | dt.date):
                    raise ValueError(f"{series.name}: 수가 아닙니다: {value!r}")
                require_value(value, "decimal")
                if self.kind == "stacked" and value is not None and value < 0:
                    raise ValueError(f"{series.name}: 쌓은 막대에는 음수를 쓸 수 없습니다.")

    def table(self) -> Table:
        """The figures of the chart as a table."""
        values = [value for series in self.series for value in series.values if value is not None]
        kind: Kind = "int" if all(value == int(value) for value in values) else "decimal"
        return Table(
            columns=(Column(gettext("구분")), *(Column(series.name, kind) for series in self.series)),
            rows=tuple(
                row(category, *(series.values[i] for series in self.series))
                for i, category in enumerate(self.categories)
            ),
            caption=self.caption,
            unit=self.unit,
        )


@dataclass(frozen=True)
class PageBreak(Part):
    pass


@dataclass(frozen=True)
class Signer(Part):
    """`role` (검토자), `name` as `부서 직위 성명`."""

    role: str
    name: str


@dataclass(frozen=True)
class SignatureLine(Part):
    people: tuple[Signer, ...]


Block = Heading | Paragraph | Table | Figures | KeyValues | Chart | PageBreak | SignatureLine
Orientation = Literal["portrait", "landscape"]


@dataclass(frozen=True)
class Document(Part):
    """One report or form. `office` is who made it (`한빛구청 기획예산과`)."""

    title: str
    office: str
    made_on: dt.date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    orientation: Orientation = "portrait"

    def check(self) -> None:
        if not self.title.strip():
            raise ValueError("문서에 제목이 없습니다.")
        if isinstance(self.made_on, dt.datetime) or not isinstance(self.made_on, dt.date):
            raise ValueError("작성일은 날짜여야 합니다.")
        _require_choice(self.orientation, Orientation, "용지 방향")
        if not all(isinstance(block, Block) for block in self.blocks):
            raise ValueError("문서의 내용은 문서 조각이어야 합니다.")
