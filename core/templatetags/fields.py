"""The fields of forms, drawn in Python: as templates they cost more than the list that they filter (core.drawing)."""

from collections.abc import Callable
from typing import Any

from django import template
from django.forms import BoundField, widgets
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from basis.formats import unit_name
from core.drawing import safe

register = template.Library()

_KINDS: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.CheckboxInput, "checkbox"),
    (widgets.RadioSelect, "choices"),  # CheckboxSelectMultiple is one too
    (widgets.Select, "select"),
    (widgets.FileInput, "file"),
    (widgets.Textarea, "textarea"),
    (widgets.PasswordInput, "password"),
    (widgets.MultiWidget, "several"),
)
_COLUMNS = 4  # choices; more stand in columns


@register.simple_tag
def form_field(
    field: BoundField, size: str = "", wrapper: str = "", labels: bool = True, errors: bool = True
) -> SafeString:
    """One field with label, input, help and errors. `size` "small" for filters."""
    if field.is_hidden:
        return field.as_widget()
    kind, names = widget_kind(field), f"form-group {wrapper}".rstrip()
    draw = _CONTROLS.get(kind)
    control = draw(field, size or "medium") if draw else _by_template(field, kind)
    wrong = " is-error" if field.errors else ""
    inside = f'<div class="form-conts{wrong}">{control}</div>{field_hints(field, errors)}'
    opening = f'id="div_{safe(field.auto_id)}" class="{safe(names)}"'
    label = label_text(field) if labels else ""
    if field.use_fieldset:
        told = f' aria-describedby="{safe(told)}"' if (told := field.aria_describedby) else ""
        legend = f'<legend class="form-tit">{label}</legend>' if labels else ""
        return SafeString(f"<fieldset {opening}{told}>{legend}{inside}</fieldset>")
    if labels and kind != "checkbox":
        inside = (
            f'<div class="form-tit"><label for="{safe(field.id_for_label)}">{label}</label></div>{inside}'
        )
    return SafeString(f"<div {opening}>{inside}</div>")


@register.simple_tag(takes_context=True)
def crispy_field(context: template.Context) -> SafeString:
    """A field of a crispy form, as its helper and layout want it."""
    look = (context.get(name) for name in ("form_show_labels", "form_show_errors"))
    return form_field(context["field"], "", context.get("wrapper_class") or "", *map(bool, look))


@register.filter
def widget_kind(field: BoundField) -> str:
    """How the field is drawn. A widget may say so itself with `kind`: then krds/<kind>.html has its input."""
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
def choices(field: BoundField) -> SafeString:
    """Boxes or buttons to tick, each with its label."""
    options = "".join(
        f'<div class="krds-form-check medium">{option.tag()}'
        f'<label for="{safe(option.id_for_label)}">{safe(option.choice_label)}</label></div>'
        for option in field.subwidgets
    )
    columns = " columns" if len(field.subwidgets) > _COLUMNS else ""
    return SafeString(f'<div class="krds-check-area{columns}">{options}</div>')


@register.simple_tag
def label_text(field: BoundField) -> SafeString:
    """The field's label, marked where an answer is required."""
    if not (field.field.required or field.name in getattr(field.form, "marked", ())):
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


def _input(field: BoundField, size: str) -> str:
    drawn, unit = control(field, f"krds-input {size}"), unit_name(getattr(field.field, "unit", ""))
    return (
        f'<div class="input-unit">{drawn}<span aria-hidden="true">{safe(unit)}</span></div>'
        if unit
        else drawn
    )


def _checkbox(field: BoundField, _size: str) -> str:
    label = f'<label for="{safe(field.id_for_label)}">{label_text(field)}</label>'
    return f'<div class="krds-form-check medium">{control(field)}{label}</div>'


def _several(field: BoundField, size: str) -> str:
    return f'<div class="input-several">{control(field, f"krds-input {size}")}</div>'


def _by_template(field: BoundField, kind: str) -> str:
    return render_to_string(f"krds/{kind}.html", {"field": field})


_CONTROLS: dict[str, Callable[[BoundField, str], Any]] = {
    "input": _input,
    "select": lambda field, size: control(field, f"krds-form-select {size}"),
    "checkbox": _checkbox,
    "several": _several,
    "choices": lambda field, _size: choices(field),
}
