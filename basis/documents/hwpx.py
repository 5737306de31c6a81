"""Documents as HWPX, looking as Korean official papers do. Only this module knows python-hwpx (pinned)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from hwpx import HwpxDocument
from hwpx.oxml.paragraph import HwpxOxmlParagraph
from hwpx.oxml.table import HwpxOxmlTableCell

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
    depth,
    display,
    head_views,
    row_views,
    unit_note,
    width_of,
)
from basis.formats import date_ko

GOTHIC, BATANG = "맑은 고딕", "함초롬바탕"
_UNITS_PER_MM = 7200 / 25.4
_PAGE_WIDTHS_MM = {"portrait": 210, "landscape": 297}
_SIDE_MARGIN_MM = 20
# HWPUNIT, 1/7200 inch; cells are written in 10 points.
_ROW_HEIGHT = 1900  # one line with room
_LINE_HEIGHT = 1300
_HALF_LETTER = 500
_CELL_MARGINS = 1020
_TITLE_HEIGHT = 4200
_KEPT_WHOLE = 34_000  # a table up to this height moves to the next page rather than break
_LABEL_SHARE = 0.18  # of the page width, for the labels of a form
_HEAD_FILL, _TOTAL_FILL = "#E6ECF5", "#F4F5F6"


@dataclass(frozen=True)
class _Look:
    """Letters and paragraph of one kind of text; lengths in mm and points."""

    size: float = 11
    bold: bool = False
    font: str = BATANG
    align: str = "JUSTIFY"
    left: float = 0
    hanging: float = 0
    before: float = 0
    after: float = 3
    spacing: int = 160
    with_next: bool = False


_LOOKS: Mapping[str, _Look] = {
    "title": _Look(size=18, bold=True, font=GOTHIC, align="CENTER", after=0),
    "subtitle": _Look(size=12, align="CENTER", before=4),
    "origin": _Look(size=11, align="RIGHT", before=4, after=8),
    "heading1": _Look(size=15, bold=True, font=GOTHIC, before=14, after=5, with_next=True),
    "heading2": _Look(size=13, bold=True, font=GOTHIC, left=2, before=9, after=4, with_next=True),
    "heading3": _Look(size=12, bold=True, font=GOTHIC, left=5, before=6, with_next=True),
    "body": _Look(),
    "note": _Look(size=9.5, font=GOTHIC, left=4, hanging=4, spacing=140),
    "bullet0": _Look(),
    "bullet1": _Look(left=10, hanging=5),
    "bullet2": _Look(left=14, hanging=4),
    "bullet3": _Look(left=18, hanging=4),
    "caption": _Look(size=11, bold=True, font=GOTHIC, align="CENTER", before=6, after=1, with_next=True),
    "unit": _Look(size=9.5, font=GOTHIC, align="RIGHT", after=1, spacing=130, with_next=True),
    "anchor": _Look(size=10, after=6, spacing=130),
    "signature": _Look(size=12, align="RIGHT", before=8, after=4),
    **{
        f"cell-{align}{'-strong' if bold else ''}": _Look(
            size=10, bold=bold, font=GOTHIC, align=align.upper(), after=0, spacing=130
        )
        for align in ("left", "center", "right")
        for bold in (False, True)
    },
}


def render_hwpx(document: Document) -> bytes:
    """The document as an HWPX file on A4: page numbers below, the office above, table heads on each page."""
    paper = HwpxDocument.new()
    _Writer(paper, document).write()
    paper.parts.clear_preview()  # the blank document's own picture
    paper.parts.set_document_metadata(title=document.title, creator=document.office)
    return paper.to_bytes()


class _Writer:
    def __init__(self, paper: HwpxDocument, document: Document) -> None:
        self.paper = paper
        self.document = document
        self.ids: dict[str, tuple[str, str]] = {}
        self.break_next = False
        self.width = round((_PAGE_WIDTHS_MM[document.orientation] - 2 * _SIDE_MARGIN_MM) * _UNITS_PER_MM)
        self.line = paper.styles.ensure_border_fill(border_color="#000000")
        self.head_fill = paper.styles.ensure_border_fill(border_color="#000000", fill_color=_HEAD_FILL)
        self.total_fill = paper.styles.ensure_border_fill(border_color="#000000", fill_color=_TOTAL_FILL)

    def write(self) -> None:
        document, page = self.document, self.paper.page
        page.setup(
            paper_size="A4",
            orientation=document.orientation.upper(),
            margins_mm={"left": _SIDE_MARGIN_MM, "right": _SIDE_MARGIN_MM, "top": 20, "bottom": 15}
            | {"header": 10, "footer": 10},
        )
        office = {"type": "run", "text": document.office, "font": GOTHIC, "size": 9}
        page.set_header(content=[{"align": "RIGHT", "children": [office]}])
        page.set_page_number(target="footer", prefix="- ", suffix=" -")
        self._title()
        for block in document.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._text(block.text, f"heading{block.level}")
            case Paragraph():
                self._text(
                    block.text, f"bullet{depth(block.text)}" if block.style == "bullet" else block.style
                )
            case Table() | Chart() | Figures():
                self._table(as_table(block))
            case KeyValues():
                self._form(block)
            case SignatureLine():
                for person in block.people:
                    self._text("   ".join([person.role, person.name, _("(서명)")]), "signature")
            case PageBreak():
                self.break_next = True

    def _title(self) -> None:
        """A box with the title in the paragraph a new document begins with, then who and when."""
        first = self.paper.paragraphs[0]
        border = self._title_border()
        box = first.add_table(1, 1, width=self.width, height=_TITLE_HEIGHT, border_fill_id_ref=border)
        self._fill(box.rows[0].cells[0], self.document.title, "title", border, self.width, _TITLE_HEIGHT)
        if self.document.subtitle:
            self._text(self.document.subtitle, "subtitle")
        self._text(f"{date_ko(self.document.made_on)}   {self.document.office}", "origin")

    def _title_border(self) -> str:
        return self.paper.styles.ensure_border_fill(
            border_color="#1D3C78",
            border_width="0.5 mm",
            fill_color="#F2F5FA",
            active_borders=["top", "bottom"],
        )

    def _text(self, text: str, look: str) -> None:
        paragraph_id, run_id = self._style(look)
        paragraph = self.paper.add_paragraph(
            text, para_pr_id_ref=paragraph_id, char_pr_id_ref=run_id, inherit_style=False
        )
        self._begin(paragraph)

    def _table(self, table: Table) -> None:
        if table.caption:
            self._text(table.caption, "caption")
        if table.unit:
            self._text(unit_note(table.unit), "unit")
        head, rows, totals = head_views(table), row_views(table, table.rows), row_views(table, table.totals)
        if not rows:
            nothing = CellView(_("해당 자료가 없습니다."), column=0, colspan=len(table.columns), rowspan=1)
            rows = [[nothing]]
        widths = _shares([column.width for column in table.columns], self.width)
        self._grid([*head, *rows, *totals], widths, heads=len(head), totals=len(totals))

    def _form(self, block: KeyValues) -> None:
        """Label and value side by side, once or twice a row."""
        paired = any(len(entries) == 2 for entries in block.rows)
        shares = [_LABEL_SHARE, 0.5 - _LABEL_SHARE] * 2 if paired else [_LABEL_SHARE, 1 - _LABEL_SHARE]
        lines: list[list[CellView]] = []
        for entries in block.rows:
            lines.append([])
            for i, entry in enumerate(entries):
                rest = 1 if len(entries) == 2 else len(shares) - 1
                text = display(entry.value, entry.kind)
                label = CellView(entry.label, column=2 * i, colspan=1, rowspan=1, scope="row", strong=True)
                lines[-1] += [label, CellView(text, column=2 * i + 1, colspan=rest, rowspan=1, align="left")]
        self._grid(lines, _shares(shares, self.width), label_fill=True)

    def _grid(
        self,
        lines: Sequence[Sequence[CellView]],
        widths: Sequence[int],
        heads: int = 0,
        totals: int = 0,
        label_fill: bool = False,
    ) -> None:
        """Fills a table in one walk: cell by cell access of python-hwpx rebuilds its grid each time."""
        paragraph_id, run_id = self._style("anchor")
        heights = [_row_height(line, widths) for line in lines]
        table = self.paper.add_table(
            len(lines),
            len(widths),
            width=sum(widths),
            height=sum(heights),
            border_fill_id_ref=self.line,
            para_pr_id_ref=paragraph_id,
            char_pr_id_ref=run_id,
        )
        self._begin(table.paragraph)
        table.set_treat_as_char(sum(heights) <= _KEPT_WHOLE)  # such a table cannot run over a page's end
        for r, (row, line) in enumerate(zip(table.rows, lines, strict=True)):
            is_head, is_total = r < heads, r >= len(lines) - totals
            starts = {view.column: view for view in line}
            for column, cell in enumerate(row.cells):
                view = starts.get(column)
                if view is None:
                    cell.remove()  # covered by a merged cell; Hancom takes a kept one for damage
                    continue
                filled = is_head or (label_fill and view.scope)
                border = self.head_fill if filled else self.total_fill if is_total else self.line
                strong = is_head or is_total or view.strong
                look = f"cell-{view.align}{'-strong' if strong else ''}"
                width = sum(widths[column : column + view.colspan])
                cell.set_span(view.rowspan, view.colspan)
                height = sum(heights[r : r + view.rowspan])
                self._fill(cell, view.text, look, border, width, height)
                if is_head:
                    cell.element.set("header", "1")
        if heads:
            table.element.set("repeatHeader", "1")

    def _fill(
        self, cell: HwpxOxmlTableCell, text: str, look: str, border: str, width: int, height: int
    ) -> None:
        paragraph_id, run_id = self._style(look)
        cell.text = text
        cell.set_size(width=width, height=height)
        cell.element.set("borderFillIDRef", border)
        for paragraph in cell.paragraphs:
            paragraph.para_pr_id_ref, paragraph.char_pr_id_ref = paragraph_id, run_id

    def _begin(self, paragraph: HwpxOxmlParagraph) -> None:
        """On a new page if a page break stands before."""
        if self.break_next:
            paragraph.element.set("pageBreak", "1")
        self.break_next = False

    def _style(self, name: str) -> tuple[str, str]:
        """Ids of the paragraph and letter shapes of a look, made at its first use."""
        if name not in self.ids:
            look = _LOOKS[name]
            scratch = self.paper.add_paragraph("", inherit_style=False)
            self.paper.styles.apply_paragraph_format(
                paragraphs=[scratch],
                alignment=look.align,
                line_spacing_percent=look.spacing,
                indent_left_mm=look.left,
                first_line_indent_mm=-look.hanging,
                spacing_before_pt=look.before,
                spacing_after_pt=look.after,
                keep_with_next=look.with_next,
            )
            run_id = self.paper.styles.ensure_run(bold=look.bold, font=look.font, size=look.size)
            self.ids[name] = (scratch.para_pr_id_ref or "0", run_id)
            scratch.remove()
        return self.ids[name]


def _row_height(line: Sequence[CellView], widths: Sequence[int]) -> int:
    """About what the row takes with its texts wrapped; Hancom lays it out again."""
    most = 1
    for view in line:
        room = max(1, (sum(widths[view.column : view.column + view.colspan]) - _CELL_MARGINS) // _HALF_LETTER)
        lines = sum(max(1, -(-width_of(part) // room)) for part in view.text.split("\n"))
        most = max(most, -(-lines // view.rowspan))
    return _ROW_HEIGHT + _LINE_HEIGHT * (most - 1)


def _shares(weights: Sequence[float], total: int) -> list[int]:
    """Whole parts of `total` by weight, adding up exactly."""
    widths = [round(total * weight / sum(weights)) for weight in weights]
    widths[-1] += total - sum(widths)
    return widths
