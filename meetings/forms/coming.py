"""Forms of a year's sessions, of answers to invitations, of signing in (C2, C7)."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.forms import ChoiceCards, Form
from core.now import today
from meetings.enums import Reply, Sort
from meetings.kinds import PanelKind
from meetings.planning import LAST, Month, Monthly, months
from meetings.policies import AHEAD_MONTHS
from organization.forms import NamedPersonField
from organization.models import User

NTH = ((1, _("첫째")), (2, _("둘째")), (3, _("셋째")), (4, _("넷째")), (LAST, _("마지막")))
WEEKDAYS = tuple(enumerate((_("월요일"), _("화요일"), _("수요일"), _("목요일"), _("금요일"))))
DAYS = tuple((day, _("%(day)d일")) for day in range(1, 32))


def _months() -> list[tuple[str, str]]:
    """From this month on as far as sessions can be planned."""
    first = today().replace(day=1)
    ahead = first.year * 12 + first.month - 1 + AHEAD_MONTHS.current()
    asked = months((first.year, first.month), (ahead // 12, ahead % 12 + 1))
    words = _now("%(year)d년 %(month)d월")
    return [(f"{year}-{month:02}", words % {"year": year, "month": month}) for year, month in asked]


class YearForm(Form):
    sort = forms.ChoiceField(label=_("모임 구분"), choices=Sort.choices, initial=Sort.REGULAR)
    first = forms.ChoiceField(label=_("첫 달"), choices=_months)
    last = forms.ChoiceField(label=_("마지막 달"), choices=_months)
    how = forms.ChoiceField(
        label=_("매월 언제"),
        choices=(("nth", _("정한 주의 요일")), ("day", _("정한 날짜"))),
        initial="nth",
        widget=forms.RadioSelect,
    )
    nth = forms.TypedChoiceField(label=_("몇째 주"), choices=NTH, coerce=int, initial=2)
    weekday = forms.TypedChoiceField(label=_("요일"), choices=WEEKDAYS, coerce=int, initial=3)
    day = forms.TypedChoiceField(
        label=_("날짜"), coerce=int, initial=15, help_text=_("그 달에 없는 날이면 그 달의 마지막 날입니다.")
    )
    begins_at = forms.TimeField(label=_("시작 시각"))
    ends_at = forms.TimeField(label=_("마칠 시각"), required=False)
    place = forms.CharField(label=_("장소"), max_length=100)
    layout = Layout(
        "sort",
        Div("first", "last", css_class="form-row"),
        "how",
        Fieldset("", Div("nth", "weekday", css_class="form-row"), data_when="how:nth"),
        Fieldset("", "day", data_when="how:day"),
        Div("begins_at", "ends_at", css_class="form-row"),
        "place",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: Any = self.fields["day"]
        day.choices = [(one, words % {"day": one}) for one, words in DAYS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("first") and data.get("last") and data["first"] > data["last"]:
            self.add_error("last", _("마지막 달을 첫 달이나 그 뒤의 달로 골라 주세요."))
        return data

    def rule(self) -> Monthly:
        data = self.cleaned_data
        if data["how"] == "day":
            return Monthly(day=data["day"])
        return Monthly(nth=data["nth"], weekday=data["weekday"])

    def months(self) -> list[Month]:
        return list(months(*(_month(self.cleaned_data[name]) for name in ("first", "last"))))

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("sort", "begins_at", "ends_at", "place")}


def _month(text: str) -> Month:
    found = dt.date.fromisoformat(f"{text}-01")
    return found.year, found.month


class AnswerForm(Form):
    reply = forms.ChoiceField(label=_("참석 여부"), widget=ChoiceCards())
    reason = forms.CharField(
        label=_("사유"),
        max_length=200,
        required=False,
        help_text=_("참석하지 못하면 사유를 적어 주세요. 준비하는 사람이 봅니다."),
    )
    stand_in = NamedPersonField(
        label=_("대신 참석할 직원"),
        queryset=User.objects.exclude(department=None),
        required=False,
        help_text=_(
            "회원이 아닌 직원의 직원번호나 이름입니다. 알림과 일정을 보내고, 시간은 온 사람에게 인정됩니다."
        ),
    )

    def __init__(self, *args: Any, kind: PanelKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["reply"]
        choice.choices = [(one, one.label) for one in Reply if one != Reply.OTHER or kind.stand_ins]
        if not kind.stand_ins:
            del self.fields["stand_in"]


class SignForm(Form):
    code = forms.CharField(
        label=_("화면의 숫자 6자리"),
        max_length=20,
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "room-code"}
        ),
    )
