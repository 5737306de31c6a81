"""Tags of the user interface. Built in: templates need no `load`."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django import template
from django.forms import BoundField, widgets
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core import formats
from core.components import HeatRow
from core.drawing import safe

register = template.Library()
register.filter("day", formats.date_weekday)
register.filter("day_short", formats.date_short)
register.filter("moment", formats.datetime_ko)
register.filter("number", formats.number)
register.filter("won", formats.won)

_BADGES = {
    "neutral": "bg-light-gray",
    "primary": "bg-light-primary",
    "info": "bg-light-information",
    "success": "bg-light-success",
    "warning": "bg-light-warning",
    "danger": "bg-light-danger",
}
_KINDS: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.CheckboxInput, "checkbox"),
    (widgets.RadioSelect, "choices"),  # CheckboxSelectMultiple is one too
    (widgets.Select, "select"),
    (widgets.FileInput, "file"),
    (widgets.Textarea, "textarea"),
    (widgets.PasswordInput, "password"),
    (widgets.MultiWidget, "several"),
)
_HEAT_STEPS = 4
_SHORT = 16  # characters that are never broken over two lines


@register.simple_tag
def badge(text: Any, tone: str = "neutral") -> SafeString:
    """A state in words; the colour only repeats it."""
    return format_html('<span class="krds-badge {}">{}</span>', _BADGES[tone or "neutral"], text)


@register.simple_tag
def deadline(due: Any) -> SafeString:
    """The badge of a deadline (an object with `text` and `tone`); nothing for None."""
    if not due:
        return SafeString()
    return format_html(
        '<span class="krds-badge deadline {}">{}</span>', _BADGES[due.tone or "neutral"], due.text
    )


@register.filter
def person(user: Any) -> str:
    """`부서 직위`; a dash where nobody stands."""
    return str(user) if user else "–"


@register.filter
def widget_kind(field: BoundField) -> str:
    """Which part of krds/field.html draws the field. A widget may say so itself with `kind`."""
    widget = field.field.widget
    if kind := getattr(widget, "kind", ""):
        return str(kind)
    return next((kind for cls, kind in _KINDS if isinstance(widget, cls)), "input")


@register.filter
def first_input(field: BoundField) -> str:
    """The id that an error's link leads to: of groups the first choice."""
    if field.id_for_label:
        return field.id_for_label
    if isinstance(field.field.widget, widgets.MultiWidget):
        return f"{field.auto_id}_0"
    return field.subwidgets[0].id_for_label if field.subwidgets else f"div_{field.auto_id}"


@register.simple_tag
def control(field: BoundField, css: str = "") -> SafeString:
    """The field's own input with these classes added."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{css} {own}".strip()})


@register.simple_tag
def label_text(field: BoundField) -> SafeString:
    """The field's label, marked where an answer is required."""
    if not field.field.required:
        return conditional_escape(field.label)
    mark = '{}<span class="required" aria-hidden="true">*</span><span class="sr-only"> {}</span>'
    return format_html(mark, field.label, _("필수"))


@register.simple_tag
def field_hints(field: BoundField, show_errors: bool = True) -> SafeString:
    """Help and errors under the ids that Django names in the input's aria-describedby."""
    parts = []
    if field.help_text:
        parts.append(
            format_html('<div class="form-hint" id="{}_helptext">{}</div>', field.auto_id, field.help_text)
        )
    if show_errors and field.errors:
        errors = format_html_join("", '<p class="form-hint-invalid">{}</p>', ((e,) for e in field.errors))
        parts.append(format_html('<div id="{}_error">{}</div>', field.auto_id, errors))
    return SafeString("".join(parts))


@register.simple_tag
def list_rows(listing: Any) -> SafeString:
    """The rows of a list. Joined here: as template nodes the cells alone would cost more than the query."""
    frames = [_cell_frames(column) for column in listing.columns]
    choose = _checkbox_frame() if listing.selectable else ""
    return mark_safe("".join(_row(row, frames, choose) for row in listing.rows))  # noqa: S308  escaped below


def _cell_frames(column: Any) -> tuple[str, str, str, bool]:
    """Opening tags of a short and of a long cell, the closing tag, and whether the column names the row."""
    tag, scope = ("th", ' scope="row"') if column.primary else ("td", "")
    hides = [css for css, on in (("hide-mobile", column.hide_mobile), ("no-print", column.no_print)) if on]
    names = [column.align if column.align != "left" else "", *hides]
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
        text = f'<span class="krds-badge {_BADGES[cell.tone]}">{text}</span>'
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


@register.inclusion_tag("shell/breadcrumb.html", takes_context=True)
def breadcrumb(context: template.Context) -> dict[str, Any]:
    """The way here: `crumbs` of the context, else what the view says. [(label, address or None)]"""
    view: Any = context.get("view")
    return {"path": context.get("crumbs") or (view.get_crumbs() if hasattr(view, "get_crumbs") else ())}


@register.inclusion_tag("components/heat_table.html")
def heat_table(caption: Any, columns: Iterable[Any], rows: Sequence[HeatRow]) -> dict[str, Any]:
    """Departments × states: the darker, the more. The number always stands in the field."""
    highest = max((number for row in rows for number, _url in row.cells), default=0)
    shown = [
        {
            "label": row.label,
            "url": row.url,
            "cells": [(n, url, -(-n * _HEAT_STEPS // highest) if highest else 0) for n, url in row.cells],
        }
        for row in rows
    ]
    return {"caption": caption, "columns": columns, "rows": shown}


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: Any = "") -> SafeString:
    """A box that tells something beside the work: `{% notice "warning" %}…{% endnotice %}`."""
    head = format_html('<strong class="notice-title">{}</strong>', title) if title else ""
    return format_html('<div class="notice notice-{}">{}{}</div>', tone or "info", head, content)


@register.simple_block_tag
def card(content: str, title: Any = "", tone: str = "", level: int = 2) -> SafeString:
    """A framed part of a page: `{% card "부서별 검토" %}…{% endcard %}`."""
    head = format_html("<h{0}>{1}</h{0}>", level, title) if title else ""
    return format_html(
        '<section class="card{}">{}{}</section>', f" tone-{tone}" if tone else "", head, content
    )


@register.simple_block_tag
def disclosure(content: str, label: Any, is_open: bool = False) -> SafeString:
    """What is unfolded on demand: `{% disclosure "기한 계산 보기" %}…{% enddisclosure %}`."""
    return format_html(
        '<details class="disclosure"{}><summary>{}</summary><div class="disclosure-body">{}</div></details>',
        mark_safe(" open") if is_open else "",
        label,
        content,
    )


@register.simple_block_tag
def dialog(content: str, key: str, title: Any) -> SafeString:
    """A window over the page, opened by an element with `data-dialog="key"`."""
    return format_html(
        '<dialog class="dialog" id="{0}" aria-labelledby="{0}-title"><div class="dialog-head">'
        '<h2 id="{0}-title">{1}</h2>'
        '<button type="button" class="krds-btn medium icon" data-close><span class="sr-only">{2}</span>'
        '<i class="svg-icon ico-popup-close" aria-hidden="true"></i></button></div>'
        '<div class="dialog-body">{3}</div></dialog>',
        key,
        title,
        _("닫기"),
        content,
    )


@register.simple_block_tag
def tab_panel(content: str, key: str, current: bool = False) -> SafeString:
    """The part of a page that the tab `key` of components/tabs.html shows."""
    return format_html(
        '<section class="tab-panel{1}" id="{0}" role="tabpanel" aria-labelledby="{0}-tab">{2}</section>',
        key,
        " active" if current else "",
        content,
    )
