"""Table lines and the marks of charts as HTML. Joined here: as template nodes they cost more than all their figures."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

from basis.documents.present import CellView
from basis.documents.svg import Box, Drawing, Label, Line, Path


def table_line(cells: Iterable[CellView]) -> SafeString:
    return SafeString(f"<tr>{''.join(map(_cell, cells))}</tr>")


def _cell(cell: CellView) -> str:
    name, scope = ("th", f' scope="{cell.scope}"') if cell.scope else ("td", "")
    css = f"doc-{cell.align}{' doc-strong' * cell.strong}"
    spans = "".join(
        f' {span}="{number}"'
        for span, number in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
        if number > 1
    )
    text = escape(cell.text)
    if cell.url:
        text = f'<a href="{escape(cell.url)}">{text}</a>'
    return f'<{name}{scope} class="{css}"{spans}>{text}</{name}>'


def chart_marks(drawing: Drawing) -> SafeString:
    """What stands in the picture, back to front."""
    marks = [
        *map(_line, drawing.grid),
        *map(_path, drawing.paths),
        *map(_box, drawing.boxes),
        *map(_label, drawing.labels),
    ]
    return SafeString("".join(marks))


def _line(line: Line) -> str:
    ends = f'x1="{line.x1}" y1="{line.y1}" x2="{line.x2}" y2="{line.y2}"'
    return f'<line class="doc-chart__grid" {ends} stroke="#cdd1d5" stroke-width="1" />'


def _path(path: Path) -> str:
    dash = f' stroke-dasharray="{path.dash}"' if path.dash else ""
    look = f'fill="none" stroke="{path.stroke}" stroke-width="2.5"{dash}'
    return f'<polyline class="doc-stroke-{path.number}" points="{path.points}" {look} />'


def _box(box: Box) -> str:
    place = f'x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}"'
    look = f'fill="{box.fill}" stroke="#ffffff" stroke-width="1"'
    title = f"<title>{escape(box.title)}</title>" if box.title else ""
    return f'<rect class="doc-fill-{box.number}" {place} {look}>{title}</rect>'


def _label(label: Label) -> str:
    css, fill = ("doc-chart__inside", "#ffffff") if label.inside else ("doc-chart__text", "#1e2124")
    place = f'x="{label.x}" y="{label.y}" text-anchor="{label.anchor}"'
    return f'<text class="{css}" {place} fill="{fill}">{escape(label.text)}</text>'
