"""The table of a division's indicators, drawn: one labelled input per cell, the same with and without script (I3)."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.drawing import safe
from core.numbers import whole
from incentives import sheet
from incentives.enums import Level
from incentives.models import Indicator
from incentives.services.indicators import Trouble, Typed, depth

NEW = 3  # empty rows at the end
_SHOWN = 40


@dataclass(frozen=True)
class Row:
    """`key` names its fields; `texts` as they are to stand, `was` a mark of what was there when the page was made."""

    key: str
    name: str
    texts: Mapping[str, str]
    one: Indicator | None = None
    version: str = ""
    was: str = ""
    trouble: Trouble = field(default_factory=Trouble)
    changed: frozenset[str] = frozenset()


def mark_of(texts: Mapping[str, str], columns: Sequence[sheet.Column]) -> str:
    """Says whether a row was touched."""
    told = "\x1f".join(texts.get(column.key, "").replace("\r\n", "\n").strip() for column in columns)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def rows_of(
    indicators: Sequence[Indicator],
    columns: Sequence[sheet.Column],
    typed: Mapping[str, Typed] | None = None,
    troubles: Mapping[str, Trouble] | None = None,
) -> list[Row]:
    """Of the indicators, and some empty ones; what was typed stands where it was."""
    given, wrong = typed or {}, troubles or {}
    found = [_row(f"r{one.pk}", one, columns, given, wrong) for one in indicators]
    if columns is sheet.COLUMNS:
        found += [_row(f"n{n}", None, columns, given, wrong) for n in range(NEW)]
    return found


def _row(
    key: str,
    one: Indicator | None,
    columns: Sequence[sheet.Column],
    given: Mapping[str, Typed],
    wrong: Mapping[str, Trouble],
) -> Row:
    now = sheet.texts_of(one) if one else {}
    typed, trouble = given.get(key), wrong.get(key, Trouble())
    texts = {**now, **(typed.texts if typed else {})}
    version = trouble.version or (typed.version if typed else None) or (one.version if one else "")
    changed = frozenset(c.key for c in columns if texts.get(c.key, "") != now.get(c.key, ""))
    name = one.name if one else _("새 줄 %(number)d") % {"number": int(key[1:]) + 1}
    return Row(key, name, texts, one, str(version), mark_of(now, columns), trouble, changed)


def typed_of(data: QueryDict, columns: Sequence[sheet.Column]) -> dict[str, Typed]:
    """The rows that somebody touched, by key: what stands as it was shown is left out."""
    found: dict[str, Typed] = {}
    for name in data:
        key, _sep, last = name.rpartition("-")
        pk = whole(key[1:])
        if last != "was" or key[:1] not in ("r", "n") or pk is None:
            continue
        texts = {c.key: str(data[f"{key}-{c.key}"]) for c in columns if f"{key}-{c.key}" in data}
        untouched = mark_of(texts, columns) == data[name]
        if untouched or (key[0] == "n" and not any(text.strip() for text in _own(texts))):
            continue
        version = whole(data.get(f"{key}-version", ""))
        found[key] = Typed(key, pk if key[0] == "r" else None, version, texts)
    return found


def _own(texts: Mapping[str, str]) -> Iterator[str]:
    """Of a new row, what is there only if somebody typed it: choices stand on something from the beginning."""
    return (text for key, text in texts.items() if not sheet.ALL[key].options)


# -- drawing
def draw(rows: Sequence[Row], columns: Sequence[sheet.Column], url: str, *, editable: bool) -> SafeString:
    return SafeString("".join(_draw_row(row, columns, url, editable) for row in rows))


def _draw_row(row: Row, columns: Sequence[sheet.Column], url: str, editable: bool) -> str:
    level = f" level-{depth(row.one)}" if row.one else " is-new"
    group = " is-group" if row.one and not row.one.shape else ""
    if not editable:
        cells = "".join(_shown(row, column) for column in columns)
        return f'<tr class="{level.strip()}{group}">{_head(row, columns)}{cells}</tr>'
    cells = "".join(_cell(row, column) for column in columns)
    live = ""
    if row.one:
        live = (
            f' hx-post="{escape(url)}" hx-trigger="save-row" hx-include="this" hx-target="#{row.key}-saved"'
            f' hx-swap="innerHTML" hx-vals=\'{{"row": "{row.key}"}}\''
        )
    kept = hidden(row.key, row.version, row.was)
    return (
        f'<tr class="{level.strip()}{group}{" has-changes" if row.changed else ""}" data-row="{row.key}"{live}>'
        f"{_head(row, columns)}{cells}"
        f'<td class="row-state"><span id="{row.key}-saved" role="status">{said(row.trouble)}</span>{kept}</td></tr>'
    )


def hidden(key: str, version: str, was: str, *, oob: bool = False) -> str:
    swap = ' hx-swap-oob="true"' if oob else ""
    return (
        f'<input type="hidden" name="{key}-version" id="{key}-version" value="{safe(version)}"{swap}>'
        f'<input type="hidden" name="{key}-was" id="{key}-was" value="{safe(was)}"{swap}>'
    )


def said(trouble: Trouble) -> str:
    """What stands at the end of a row."""
    if trouble.conflict:
        return f'<span class="mark-problem" role="alert">{safe(trouble.conflict)}</span>'
    if trouble.cells:
        mend = _("고쳐 주세요")
        return f'<span class="mark-problem">{safe(mend)}</span>'
    return ""


def _head(row: Row, columns: Sequence[sheet.Column]) -> str:
    """The row's head leads to the indicator; where the name is a cell of its own it only numbers."""
    named = columns is not sheet.COLUMNS
    text = safe(row.name if named or not row.one else str(row.one.order))
    if row.one:
        name = "" if named else f' <span class="row-name">{safe(row.name)}</span>'
        text = f'<a href="{escape(row.one.get_absolute_url())}">{text}{name}</a>'
    elif not named:
        text = f'<span class="sr-only">{text}</span><span aria-hidden="true">＋</span>'
    return f'<th scope="row" class="row-head{" named" if named else ""}">{text}</th>'


def _shown(row: Row, column: sheet.Column) -> str:
    right = ' class="right"' if column.kind == "number" else ""
    return f"<td{right}>{safe(sheet.shown(column.key, row.texts.get(column.key, '')))}</td>"


def _cell(row: Row, column: sheet.Column) -> str:
    name, text = f"{row.key}-{column.key}", row.texts.get(column.key, "")
    fault = row.trouble.cells.get(column.key, "")
    label = safe(_("%(row)s · %(column)s") % {"row": row.name[:_SHOWN], "column": column.label})
    wrong = ' aria-invalid="true"' if fault else ""
    common = f'name="{name}" id="{name}" aria-label="{label}" aria-describedby="{name}-error"{wrong}'
    match column.kind:
        case "choice":
            control = _select(row, column, text, common)
        case "long":
            control = f'<textarea rows="1" class="krds-input small" {common}>\n{safe(text)}</textarea>'
        case kind:
            number = ' inputmode="decimal"' if kind == "number" else ""
            control = f'<input type="text" class="krds-input small" {common}{number} value="{safe(text)}">'
    classes = " ".join(filter(None, [f"col-{column.key}", "changed" if column.key in row.changed else ""]))
    error = f'<span class="cell-error" id="{name}-error">{safe(fault)}</span>'
    return f'<td class="{classes}" data-label="{safe(column.label)}">{control}{error}</td>'


def _select(row: Row, column: sheet.Column, text: str, common: str) -> str:
    assert column.options is not None
    chosen = text
    if not row.one and not text:
        chosen = {"level": str(Level.ITEM), "grows": "1"}.get(column.key, "")
    options = "".join(
        f'<option value="{safe(code)}"{" selected" if code == chosen else ""}>{safe(label)}</option>'
        for code, label in column.options()
    )
    return f'<select class="krds-form-select small" {common}>{options}</select>'


def answer(row: Row, columns: Sequence[sheet.Column], *, saved: bool) -> SafeString:
    """What htmx places beside a row that was sent: its state, what is wrong in each cell, its new version."""
    done = _("저장됨")
    state = f'<span class="mark-saved">{safe(done)}</span>' if saved else said(row.trouble)
    errors = "".join(
        f'<span class="cell-error" id="{row.key}-{c.key}-error" hx-swap-oob="true">'
        f"{safe(row.trouble.cells.get(c.key, ''))}</span>"
        for c in columns
    )
    return SafeString(state + errors + hidden(row.key, row.version, row.was, oob=True))
