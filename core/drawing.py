"""Widgets drawn in Python: as templates the selects of a filter alone cost more than the list they filter.

The markup is that of Django's own widget templates (a test compares them); every other template is left to it.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]


class Renderer(TemplatesSetting):
    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if draw := _DRAWN.get(template_name):
            return SafeString(draw(context["widget"]))
        return super().render(template_name, context, request)


def safe(value: Any) -> str:
    """The text of a value as it may stand in a page; what is marked as safe stays."""
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def _attributes(widget: Widget) -> str:
    given = [(name, value) for name, value in widget["attrs"].items() if value is not False]
    return "".join(f" {name}" if value is True else f' {name}="{safe(value)}"' for name, value in given)


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{safe(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{safe(widget["name"])}"{value}{_attributes(widget)}>'


def _input_option(widget: Widget) -> str:
    if not widget.get("wrap_label"):
        return _input(widget)
    target = f' for="{safe(widget["attrs"]["id"])}"' if widget["attrs"].get("id") else ""
    return f"<label{target}>{_input(widget)} {safe(widget['label'])}</label>"


def _option(widget: Widget) -> str:
    return f'<option value="{safe(widget["value"])}"{_attributes(widget)}>{safe(widget["label"])}</option>'


def _select(widget: Widget) -> str:
    groups = []
    for name, options, _index in widget["optgroups"]:
        drawn = "\n".join(_option(option) for option in options)
        groups.append(f'<optgroup label="{safe(name)}">\n{drawn}\n</optgroup>' if name else drawn)
    inside = "\n".join(groups)
    return f'<select name="{safe(widget["name"])}"{_attributes(widget)}>\n{inside}\n</select>'


_DRAWN: dict[str, Callable[[Widget], str]] = {
    **dict.fromkeys(
        (
            f"django/forms/widgets/{kind}.html"
            for kind in ("input", "text", "number", "email", "date", "datetime", "time", "hidden", "checkbox")
        ),
        _input,
    ),
    **dict.fromkeys(
        (f"django/forms/widgets/{kind}_option.html" for kind in ("input", "checkbox", "radio")), _input_option
    ),
    "django/forms/widgets/select.html": _select,
}
