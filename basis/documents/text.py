"""Documents as plain text, for the text part of mails."""

from django.utils.translation import gettext as _

from basis.documents.model import (
    Block,
    Chart,
    Document,
    Figures,
    Heading,
    KeyValues,
    PageBreak,
    Paragraph,
    SignatureLine,
    Table,
)
from basis.documents.present import (
    CellView,
    as_table,
    column_names,
    depth,
    display,
    head_of_rows,
    row_views,
    unit_note,
    width_of,
)
from basis.formats import date_ko

TEXT_ROWS = 50
_LINE = 100  # half-width characters


def render_text(document: Document) -> str:
    """Lines of text; tables in columns where they fit a mail's width, else one named value a line."""
    head = [document.title, document.subtitle, f"{document.office} · {date_ko(document.made_on)}"]
    parts = ["\n".join(filter(None, head)), *(_block(block) for block in document.blocks)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading():
            return block.text
        case Paragraph():
            return " " * depth(block.text) + block.text
        case Table() | Chart() | Figures():
            return _table(as_table(block))
        case KeyValues():
            entries = [entry for line in block.rows for entry in line]
            return "\n".join(f"{entry.label}: {display(entry.value, entry.kind)}" for entry in entries)
        case SignatureLine():
            return "\n".join(f"{person.role} {person.name}" for person in block.people)
        case PageBreak():
            return ""


def _table(table: Table) -> str:
    names = column_names(table)
    shown = head_of_rows(table.rows, TEXT_ROWS)
    rows = [_line(views, len(names)) for part in (shown, table.totals) for views in row_views(table, part)]
    widths = [max(width_of(cell) for cell in column) for column in zip(names, *rows, strict=True)]
    fits = sum(widths) + 2 * len(widths) <= _LINE and not any("\n" in cell for line in rows for cell in line)
    lines = [" ".join(filter(None, [table.caption, unit_note(table.unit)]))]
    if not rows:
        lines.append(_("해당 자료가 없습니다."))
    elif fits:
        rights = [column.alignment == "right" for column in table.columns]
        lines += [
            _aligned(line, widths, rights) for line in (names, ["-" * width for width in widths], *rows)
        ]
    else:
        lines += [_named(line, names) for line in rows]
    if left_out := len(table.rows) - len(shown):
        lines.append(_("나머지 %(count)s줄은 첨부 파일에서 보실 수 있습니다.") % {"count": left_out})
    return "\n".join(filter(None, lines))


def _line(views: list[CellView], columns: int) -> list[str]:
    """The texts of a row, empty where a merged cell reaches over."""
    line = [""] * columns
    for view in views:
        line[view.column] = view.text
    return line


def _aligned(line: list[str], widths: list[int], rights: list[bool]) -> str:
    cells = []
    for text, width, right in zip(line, widths, rights, strict=True):
        space = " " * (width - width_of(text))
        cells.append(space + text if right else text + space)
    return "  ".join(cells).rstrip()


def _named(line: list[str], names: list[str]) -> str:
    return "- " + " / ".join(f"{name}: {text}" for name, text in zip(names, line, strict=True) if text)
