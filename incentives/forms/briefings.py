"""Forms of briefings."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form, TimeInput, YearField
from meetings.planning import LAST, Monthly

NTH = [(1, _("첫째")), (2, _("둘째")), (3, _("셋째")), (4, _("넷째")), (LAST, _("마지막"))]
WEEKDAYS = [(0, _("월요일")), (1, _("화요일")), (2, _("수요일")), (3, _("목요일")), (4, _("금요일"))]


class YearForm(Form):
    """On which day of their months the briefings of the whole office are; bureaus have their Thursdays."""

    year = YearField(label=_("연도"))
    nth = forms.TypedChoiceField(label=_("몇째 주"), choices=NTH, coerce=int)
    weekday = forms.TypedChoiceField(label=_("요일"), choices=WEEKDAYS, coerce=int)
    begins_at = forms.TimeField(label=_("시작 시각"), widget=TimeInput())
    ends_at = forms.TimeField(label=_("마칠 시각"), widget=TimeInput())
    place = forms.CharField(label=_("장소"), max_length=100)
    layout = Layout(
        Div("year", "nth", "weekday", css_class="form-row"),
        Div("begins_at", "ends_at", "place", css_class="form-row"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begins, ends = data.get("begins_at"), data.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("마칠 시각은 시작 시각보다 늦어야 합니다."))
        return data

    def rule(self) -> Monthly:
        return Monthly(nth=self.cleaned_data["nth"], weekday=self.cleaned_data["weekday"])

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("begins_at", "ends_at", "place")}
