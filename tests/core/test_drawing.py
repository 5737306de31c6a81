"""The widgets drawn in Python against the framework's own templates."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html
from django.utils.safestring import mark_safe

from core.drawing import Renderer

CHOICES = [("", "전체"), ("a&b", 'A "와" B <b>'), ("묶음", [(1, "하나"), (2, mark_safe("<둘>"))])]
FLAT = [("x", "가"), ("y<", "나 & 다")]
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput({"class": "krds-input", "required": True, "disabled": False}), 'a"<b>'),
    (forms.TextInput(), None),
    (forms.NumberInput({"min": 0, "step": "any"}), 3),
    (forms.EmailInput(), "a@b.kr"),
    (forms.DateInput(), "2026-11-21"),
    (forms.HiddenInput(), 7),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(), False),
    (forms.Select({"class": "small"}, choices=CHOICES), "a&b"),
    (forms.Select(choices=CHOICES), 2),
    (forms.SelectMultiple(choices=CHOICES), ["1", "2"]),
    (forms.RadioSelect(choices=FLAT), "x"),
    (forms.CheckboxSelectMultiple(choices=FLAT), ["x", "y<"]),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS, ids=lambda given: type(given).__name__)
def test_a_widget_looks_as_the_framework_draws_it(widget: forms.Widget, value: Any) -> None:
    drawn = [
        widget.render("field", value, {"id": "id_field"}, renderer=renderer)
        for renderer in (Renderer(), TemplatesSetting())
    ]
    assert parse_html(drawn[0]) == parse_html(drawn[1])
    assert hasattr(drawn[0], "__html__")


def test_single_options_look_as_the_framework_draws_them() -> None:
    class Some(forms.Form):
        several = forms.MultipleChoiceField(choices=FLAT, widget=forms.CheckboxSelectMultiple)
        one = forms.ChoiceField(choices=FLAT, widget=forms.RadioSelect)

    for name in ("several", "one"):
        ours, theirs = (
            [option.tag(wrap_label=wrap) for option in Some({}, renderer=renderer)[name] for wrap in (0, 1)]
            for renderer in (Renderer(), TemplatesSetting())
        )
        assert [parse_html(tag) for tag in ours] == [parse_html(tag) for tag in theirs]
