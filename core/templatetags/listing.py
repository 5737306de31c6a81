"""Rows, heads and pages of a list, drawn in Python: as template nodes they would cost more than the query (ADR 6)."""

from collections.abc import Sequence
from html import escape
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.drawing import safe
from core.templatetags.ui import BADGES

register = template.Library()

_IN_SIGHT = 3  # conditions that need no unfolding
_SHORT = 16  # characters that are never broken over two lines


@register.filter
def in_sight(form: BaseForm) -> list[BoundField]:
    """Up to three conditions; of more, the search and the first."""
    fields = form.visible_fields()
    few = len(fields) <= _IN_SIGHT
    return [field for n, field in enumerate(fields) if few or n == 0 or field.name == "q"]


@register.filter
def folded(form: BaseForm) -> list[BoundField]:
    shown = in_sight(form)
    return [field for field in form.visible_fields() if field not in shown]


@register.simple_tag
def list_heads(listing: Any) -> SafeString:
    return SafeString("".join(_head(column) for column in listing.columns))


def _head(column: Any) -> str:
    order = f' aria-sort="{column.sort_state}ending"' if column.sort_state else ""
    text = safe(column.label)
    if column.sort_url:
        link = f'href="{escape(column.sort_url)}" id="sort-{column.key}"'
        text = f'<a {link} class="sort {column.sort_state}">{text}</a>'
    names = " ".join([column.align, *_hides(column)])
    return f'<th scope="col" class="{names}"{order}>{text}</th>'


def _hides(column: Any) -> list[str]:
    return [css for css, on in (("hide-mobile", column.hide_mobile), ("no-print", column.no_print)) if on]


@register.simple_tag
def page_links(pages: Any) -> SafeString:
    unit, drawn = escape(_("쪽")), []
    for link in pages.links:
        if link is None:
            drawn.append('<span class="page-link link-dot" aria-hidden="true"></span>')
            continue
        number, url, current = link
        names, mark = ("page-link active", ' aria-current="page"') if current else ("page-link", "")
        text = f'{number}<span class="sr-only">{unit}</span>'
        drawn.append(f'<a class="{names}" href="{escape(url)}"{mark}>{text}</a>')
    return SafeString("".join(drawn))


@register.simple_tag
def list_rows(listing: Any) -> SafeString:
    frames = [_cell_frames(column) for column in listing.columns]
    choose = _checkbox_frame() if listing.selectable else ""
    return SafeString("".join(_row(row, frames, choose) for row in listing.rows))


def _cell_frames(column: Any) -> tuple[str, str, str, bool]:
    """Opening tags of a short and of a long cell, the closing tag, and whether the column names the row."""
    tag, scope = ("th", ' scope="row"') if column.primary else ("td", "")
    names = [column.align if column.align != "left" else "", *_hides(column)]
    short, long = (" ".join(filter(None, [*names, more])) for more in ("short", ""))
    label = safe(column.label)
    opening = [f'<{tag}{scope} class="{css}" data-label="{label}">' for css in (short, long)]
    return opening[0], opening[1], f"</{tag}>", column.primary


def _row(row: Any, frames: Sequence[tuple[str, str, str, bool]], choose: str) -> str:
    cells, name = [], ""
    for (short, long, closing, primary), cell in zip(frames, row.cells, strict=True):
        text = str(cell.text)
        opening = short if len(text) <= _SHORT else long
        text = safe(cell.text)
        if primary:
            name = text
        cells.append(f"{opening}{_content(cell, text, row.url if primary else None)}{closing}")
    box = choose.format(pk=row.pk, name=name) if choose else ""
    return f"<tr>{box}{''.join(cells)}</tr>"


def _content(cell: Any, text: str, row_url: str | None) -> str:
    if cell.tone:
        text = f'<span class="krds-badge {BADGES[cell.tone]}">{text}</span>'
    if url := cell.url or row_url:
        text = f'<a href="{escape(url)}">{text}</a>'
    return f'{text}<span class="sub">{safe(cell.sub)}</span>' if cell.sub else text


def _checkbox_frame() -> str:
    """With places for `pk` and `name`."""
    label = escape(_("%(name)s 선택")) % {"name": "{name}"}
    return (
        '<td class="choose"><span class="krds-form-check medium">'
        '<input type="checkbox" id="row-{pk}" name="pk" value="{pk}" data-row>'
        f'<label for="row-{{pk}}"><span class="sr-only">{label}</span></label></span></td>'
    )
