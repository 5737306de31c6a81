"""Tags of the user interface. Built in: templates need no `load`."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from basis import formats
from core.components import HeatRow
from core.models import TransitionLog
from core.returned import returned
from core.workflow import workflow_of

register = template.Library()
register.filter("day", formats.date_weekday)
register.filter("day_short", formats.date_short)
register.filter("until", formats.days_between)
register.filter("moment", formats.datetime_ko)
register.filter("number", formats.number)
register.filter("won", formats.won)
register.filter("counted", formats.counted)
register.filter("unit_after", lambda unit, amount: formats.unit_of(amount, unit))

BADGES = {
    "neutral": "bg-light-gray",
    "primary": "bg-light-primary",
    "info": "bg-light-information",
    "success": "bg-light-success",
    "warning": "bg-light-warning",
    "danger": "bg-light-danger",
}
_HEAT_STEPS = 4


@register.simple_tag
def badge(text: Any, tone: str = "neutral") -> SafeString:
    """A state in words; the colour only repeats it."""
    return format_html('<span class="krds-badge {}">{}</span>', BADGES[tone or "neutral"], text)


@register.simple_tag
def deadline(due: Any) -> SafeString:
    """The badge of a deadline (an object with `text` and `tone`); nothing for None."""
    if not due:
        return SafeString()
    return format_html(
        '<span class="krds-badge deadline {}">{}</span>', BADGES[due.tone or "neutral"], due.text
    )


@register.filter
def person(user: Any) -> str:
    """`부서 직위`; a dash where nobody stands."""
    return str(user) if user else "–"


@register.inclusion_tag("shell/breadcrumb.html", takes_context=True)
def breadcrumb(context: template.Context) -> dict[str, Any]:
    """The way here: `crumbs` of the context, else what the view says. [(label, address or None)]"""
    view: Any = context.get("view")
    return {"path": context.get("crumbs") or (view.get_crumbs() if hasattr(view, "get_crumbs") else ())}


@register.inclusion_tag("components/returned.html")
def returned_box(thing: Any, back: TransitionLog | None = None) -> dict[str, Any]:
    """Why the thing was given back, if it was; `back` where that is known."""
    back = back or returned(thing)
    if back is None:
        return {"back": None}
    when = formats.datetime_ko(timezone.localtime(back.at))
    return {"back": back, "label": workflow_of(thing).label_of(back.name), "when": when}


@register.inclusion_tag("components/heat_table.html")
def heat_table(caption: Any, columns: Iterable[Any], rows: Sequence[HeatRow]) -> dict[str, Any]:
    """Departments × states: the darker, the more. The number always stands in the field."""
    highest = max((number for row in rows for number, _url in row.cells), default=0)
    shown: list[dict[str, Any]] = [
        {
            "label": row.label,
            "url": row.url,
            "cells": [(n, url, -(-n * _HEAT_STEPS // highest) if highest else 0) for n, url in row.cells],
        }
        for row in rows
    ]
    for row in shown:
        row["fields"] = SafeString("".join(_heat_field(*cell) for cell in row["cells"]))
    return {"caption": caption, "columns": columns, "rows": shown}


def _heat_field(number: int, url: str, level: int) -> str:
    text = f'<a href="{escape(url)}">{number}</a>' if number and url else number
    return f'<td class="right heat-{level}">{text}</td>'


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
