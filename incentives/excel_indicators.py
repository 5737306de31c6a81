"""A table of indicators as a workbook or a pasted block, and back: the same heads as on the page (I3)."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.excel.columns import display, head_key, spellings
from basis.excel.writer import ExportColumn, Sheet, write_workbook
from basis.tables.containers import open_book
from core.numbers import whole
from incentives import sheet
from incentives.models import Indicator
from incentives.services.indicators import MOST, Typed

NUMBER = gettext_lazy("번호")
_HEAD_ROWS = 10  # among which the heads are looked for
_LEAST_HEADS = 2
_MOST_COLUMNS = 60
MOST_CHARACTERS = 400_000
Block = Sequence[Sequence[str]]


# -- out
def workbook(rows: Iterable[Indicator]) -> bytes:
    """With the number of each, by which it is known again."""
    columns = [ExportColumn(str(NUMBER), "int", 8, "0")]
    columns += [_column(column) for column in sheet.ALL.values()]
    lines = [[one.pk, *_line(one)] for one in rows]
    target = io.BytesIO()
    write_workbook(target, [Sheet(_("지표"), columns, lines)])
    return target.getvalue()


def _column(column: sheet.Column) -> ExportColumn:
    if column.kind == "number":
        return ExportColumn(str(column.label), "decimal", 10, "General")
    return ExportColumn(str(column.label), "text", 36 if column.kind == "long" else 14)


def _line(one: Indicator) -> list[Any]:
    texts = sheet.texts_of(one)
    return [
        Decimal(texts[key])
        if column.kind == "number" and texts[key]
        else sheet.shown(key, texts[key]) or None
        for key, column in sheet.ALL.items()
    ]


# -- in
def block_of_file(file: BinaryIO, name: str) -> list[list[str]]:
    """The cells of the first visible sheet. Raises: ExcelRefused for what cannot be read."""
    book = open_book(file, name)
    grid = next((one for one in book.grids if not one.hidden), None)
    if grid is None:
        return []
    wide, high = min(grid.width, _MOST_COLUMNS), min(grid.height, MOST + _HEAD_ROWS)
    return [
        [display(grid.cell(row, column).value) for column in range(1, wide + 1)] for row in range(1, high + 1)
    ]


def block_of_text(text: str) -> list[list[str]]:
    """Cells as a spreadsheet puts them to the clipboard."""
    return [list(line) for line in csv.reader(io.StringIO(text), delimiter="\t")]


def text_of_block(block: Block) -> str:
    target = io.StringIO()
    csv.writer(target, delimiter="\t", lineterminator="\n").writerows(block)
    return target.getvalue()


def typed_of(
    block: Block, indicators: Sequence[Indicator], first: int | None = None, column: str = "name"
) -> dict[str, Typed]:
    """What the block says of which row. With heads, by their names: rows are known by their number, else by their name
    if it is there once, else they are new. Without, the block begins at the row `first` and at `column`.

    Raises: Rejected for a block without anything, a number of another table, too many rows.
    """
    lines = [line for line in block if any(cell.strip() for cell in line)]
    if not lines:
        raise Rejected(
            _("붙여 넣은 내용이 없습니다. 엑셀에서 칸을 골라 복사한 뒤 붙여 넣어 주세요."), field="block"
        )
    if len(lines) > MOST + _HEAD_ROWS:
        raise Rejected(_("한 부문에는 지표를 %(most)d줄까지 둘 수 있습니다.") % {"most": MOST}, field="block")
    found = _headed(lines, indicators)
    return found if found is not None else _placed(lines, indicators, first, column)


def _names() -> dict[str, str]:
    known = {name: key for key, column in sheet.ALL.items() for name in spellings(column.label)}
    return known | dict.fromkeys(spellings(NUMBER), "number")


def _headed(lines: Block, indicators: Sequence[Indicator]) -> dict[str, Typed] | None:
    names = _names()
    for place, line in enumerate(lines[:_HEAD_ROWS]):
        heads = {n: names[head_key(cell)] for n, cell in enumerate(line) if head_key(cell) in names}
        if len(heads) >= _LEAST_HEADS:
            return _by_heads(heads, lines[place + 1 :], indicators)
    return None


def _by_heads(heads: Mapping[int, str], lines: Block, indicators: Sequence[Indicator]) -> dict[str, Typed]:
    if len(set(heads.values())) < len(heads):
        raise Rejected(_("같은 제목의 열이 두 번 있습니다. 하나만 남겨 주세요."), field="block")
    by_pk = {one.pk: one for one in indicators}
    names = [one.name for one in indicators]
    by_name = {one.name: one for one in indicators if names.count(one.name) == 1}
    found: dict[str, Typed] = {}
    for number, line in enumerate(lines):
        texts = {key: line[place].strip() if place < len(line) else "" for place, key in heads.items()}
        given = texts.pop("number", "")
        one = by_pk.get(whole(given) or 0) if given else by_name.get(texts.get("name", ""))
        if given and one is None:
            text = _("번호 %(number)s은(는) 이 표의 지표가 아닙니다. 새 줄이면 번호를 비워 주세요.")
            raise Rejected(text % {"number": given[:20]}, field="block")
        typed = _typed(one, number, texts)
        if typed.key in found:
            text = _("‘%(name)s’ 지표가 두 번 있습니다. 한 줄만 남겨 주세요.")
            raise Rejected(text % {"name": one}, field="block")
        found[typed.key] = typed
    return found


def _placed(
    lines: Block, indicators: Sequence[Indicator], first: int | None, column: str
) -> dict[str, Typed]:
    keys = list(sheet.ALL)
    start = keys.index(column)
    at = next((n for n, one in enumerate(indicators) if one.pk == first), len(indicators))
    if max(len(line) for line in lines) > len(keys) - start:
        raise Rejected(_("붙여 넣은 열이 표보다 많습니다. 시작 열을 확인해 주세요."), field="column")
    found = {}
    for number, line in enumerate(lines):
        one = indicators[at + number] if at + number < len(indicators) else None
        texts = {keys[start + n]: cell.strip() for n, cell in enumerate(line)}
        typed = _typed(one, number, texts)
        found[typed.key] = typed
    return found


def _typed(one: Indicator | None, number: int, texts: dict[str, str]) -> Typed:
    if one is not None:
        return Typed(f"r{one.pk}", one.pk, one.version, texts)
    return Typed(f"n{number}", None, None, texts)
