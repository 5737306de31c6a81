"""Documents as HTML: in a page, as a printable page of their own, as mail."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from basis.documents.marks import chart_marks, table_line
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
    as_table,
    depth,
    display,
    head_of_rows,
    head_views,
    row_views,
    unit_note,
)
from basis.documents.svg import NARROW, WIDTH, draw
from basis.formats import date_ko

MAIL_ROWS = 50  # mail programs cut a long mail; the files that go with it hold everything
_WIDTH_STEP = 5
_SIZES = (("wide", WIDTH), ("narrow", NARROW))  # the style sheet shows the one that fits
_BOX = "padding:6px 8px;border:1px solid #b1b8be;"
_MAIL_STYLES = {
    "mail": "font-family:'Malgun Gothic','Apple SD Gothic Neo',sans-serif;font-size:14px;line-height:1.6;"
    "color:#1e2124",
    "page": "padding:16px",
    "title": "margin:0 0 4px;font-size:20px",
    "heading": "margin:20px 0 8px;font-size:16px",
    "text": "margin:4px 0;white-space:pre-line;padding-left:",
    "subtle": "margin:0 0 8px;color:#58616a",
    "caption": "margin:12px 0 4px",
    "table": "border-collapse:collapse;font-size:14px;line-height:1.6;color:#1e2124;margin:0 0 12px",
    "head": _BOX + "background:#eef2f7;text-align:center",
    "label": _BOX + "background:#eef2f7;text-align:left;white-space:nowrap",
    "cell": _BOX + "white-space:pre-line;",
    "total": "background:#f4f5f6;font-weight:bold",
    "signature": "margin:4px 0;text-align:right",
    "rule": "border:0;border-top:1px solid #cdd1d5;margin:16px 0",
}


def render_html(document: Document, heading_offset: int = 0) -> SafeString:
    """The document for a place within a page. Its title is `h1` moved down by `heading_offset`."""
    context = {
        "document": document,
        "made_on": date_ko(document.made_on),
        "title_level": _level(0, heading_offset),
        "blocks": [_view(block, heading_offset) for block in document.blocks],
    }
    return render_to_string("documents/document.html", context)


def render_blocks(blocks: Sequence[Block], heading_offset: int = 0) -> SafeString:
    """Single blocks, such as the one chart of a dashboard, without the title of a document."""
    context = {"blocks": [_view(block, heading_offset) for block in blocks]}
    return render_to_string("documents/blocks.html", context)


def render_chart(chart: Chart) -> SafeString:
    """The picture alone, for a page where its table stands beneath anyway."""
    return render_to_string("documents/chart.html", {"block": {**_chart_view(chart), "table": None}})


def render_print(document: Document, back: str = "") -> SafeString:
    """A page of its own, made for paper; `back`: where it was opened, if in the browser."""
    context = {"document": document, "content": render_html(document), "back": back}
    return render_to_string("documents/print.html", context)


def render_mail_html(document: Document, base_url: str = "") -> SafeString:
    """The document for mail programs: tables and inline styles only, long tables shortened.

    Links within the system need `base_url` (`https://…`, no slash at its end); without it they are text.
    """
    context = {
        "document": document,
        "made_on": date_ko(document.made_on),
        "styles": _MAIL_STYLES,
        "blocks": [_mail_view(block, base_url) for block in document.blocks],
    }
    return render_to_string("documents/mail.html", context)


def _level(level: int, offset: int) -> int:
    return min(level + 1 + offset, 6)


def _view(block: Block, offset: int) -> dict[str, Any]:
    """What the block's template places."""
    match block:
        case Heading():
            level = _level(block.level, offset)
            return {
                "template": "documents/heading.html",
                "text": block.text,
                "level": level,
                "rank": block.level,
            }
        case Paragraph():
            return {"template": "documents/paragraph.html", "paragraph": block, "depth": depth(block.text)}
        case Table():
            return {"template": "documents/table.html"} | _table_view(block)
        case Figures():
            items = [(item, display(item.value, item.kind)) for item in block.items]
            return {"template": "documents/figures.html", "items": items}
        case KeyValues():
            return {"template": "documents/key_values.html", "rows": _key_value_rows(block)}
        case Chart():
            return _chart_view(block) | {"table": _table_view(block.table())}
        case PageBreak():
            return {"template": "documents/page_break.html"}
        case SignatureLine():
            return {"template": "documents/signature_line.html", "people": block.people}


def _chart_view(chart: Chart) -> dict[str, Any]:
    return {
        "template": "documents/chart.html",
        "chart": chart,
        "name": chart.caption or _("그림"),
        "unit": unit_note(chart.unit),
        "drawings": [
            (size, drawing, chart_marks(drawing))
            for size, width in _SIZES
            if chart.categories
            for drawing in [draw(chart, width)]
        ],
    }


def _table_view(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "unit": unit_note(table.unit),
        "name": table.caption or _("표"),
        "widths": _width_classes(table),
        "columns": len(table.columns),
        "head": head_views(table),
        "rows": [table_line(cells) for cells in row_views(table, table.rows)],
        "totals": [table_line(cells) for cells in row_views(table, table.totals)],
    }


def _width_classes(table: Table) -> list[int]:
    """Percentages in steps of 5 for the col classes; none when all columns weigh the same."""
    weights = [column.width for column in table.columns]
    if len(set(weights)) == 1:
        return []
    return [max(1, round(100 * w / sum(weights) / _WIDTH_STEP)) * _WIDTH_STEP for w in weights]


def _key_value_rows(block: KeyValues) -> list[list[tuple[str, str, int]]]:
    """Label, value, columns the value takes."""
    paired = any(len(entries) == 2 for entries in block.rows)
    return [
        [
            (entry.label, display(entry.value, entry.kind), 3 if paired and len(entries) == 1 else 1)
            for entry in entries
        ]
        for entries in block.rows
    ]


def _mail_table_view(table: Table, base_url: str) -> dict[str, Any]:
    def link(url: str) -> str:
        return url if url.startswith("http") else base_url and url and base_url + url

    rows = head_of_rows(table.rows, MAIL_ROWS)
    shown = {"rows": row_views(table, rows, link), "totals": row_views(table, table.totals, link)}
    return _table_view(replace(table, rows=())) | shown | {"left_out": len(table.rows) - len(rows)}


def _mail_view(block: Block, base_url: str) -> dict[str, Any]:
    match block:
        case Table() | Chart() | Figures():
            return {"kind": "table"} | _mail_table_view(as_table(block), base_url)
        case Heading() | Paragraph():
            heading = isinstance(block, Heading)
            return {"kind": "text", "text": block.text, "heading": heading, "depth": depth(block.text)}
        case KeyValues():
            return {"kind": "key_values", "rows": _key_value_rows(block)}
        case SignatureLine():
            return {"kind": "signature_line", "people": block.people}
        case PageBreak():
            return {"kind": "page_break"}
