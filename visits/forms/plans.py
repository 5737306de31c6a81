"""Forms of field visits up to the journey. They check shape; the services check the rules."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.forms.utils import ErrorDict, ErrorList, flatatt
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import counted
from core.forms import KeysField, ModelForm, WonField
from core.now import today
from organization.forms import NamedPersonField
from organization.models import User
from visits.enums import ExpenseKind, VisitMeans, VisitPlace
from visits.models import FieldVisit
from visits.rates import MOST
from visits.services.plans import HOURS_A_DAY, Plan

KINDS_OF_ONE_DAY = tuple(kind for kind in ExpenseKind if kind != ExpenseKind.LODGING)
MOST_MEALS = 90  # of thirty days, the longest a visit may ever be
USUAL_HOURS = 8


class PeopleInput(forms.SelectMultiple):
    """As many lists as there may be people; empty ones are nobody."""

    kind = "people"
    use_fieldset = True
    places = 5

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        found = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [value for value in found if value]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attrs = {**self.attrs, **(attrs or {})}
        chosen = [str(one) for one in ([value] if isinstance(value, str | int) else value or ()) if one]
        chosen = chosen[: 2 * self.places]  # a draft may hold any number
        more = {key: attrs[key] for key in ("class", "aria-describedby", "aria-invalid") if attrs.get(key)}
        return format_html_join(
            "",
            '<select name="{}" id="{}" aria-label="{}"{}>{}</select>',
            (
                (
                    name,
                    f"{attrs['id']}_{place}" if place else attrs["id"],
                    _("직원 %(number)d") % {"number": place + 1},
                    flatatt(more),
                    self._options(chosen[place] if place < len(chosen) else ""),
                )
                for place in range(max(self.places, len(chosen)))
            ),
        )

    def _options(self, chosen: str) -> SafeString:
        return format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((pk, mark_safe(" selected") if str(pk) == chosen else "", label) for pk, label in self.choices),
        )


class PeopleField(KeysField):
    """People in the order in which they were chosen. Any staff will do; listed are those given."""

    widget = PeopleInput

    def clean(self, value: Any) -> Any:
        found = {user.pk: user for user in super().clean(value)}
        if len(value or ()) > len(found):
            raise forms.ValidationError(_("같은 직원을 두 번 골랐습니다."))
        return [found[int(pk)] for pk in value or ()]


class VisitPlanForm(ModelForm):
    """Where, why, when, who: the estimate stands beside it and follows what is chosen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    means = forms.ChoiceField(label=gettext_lazy("교통편"), choices=VisitMeans.choices)
    place = forms.ChoiceField(
        label=gettext_lazy("방문 지역"),
        choices=[("", gettext_lazy("선택해 주세요")), *VisitPlace.choices],
        help_text=gettext_lazy(
            "우리 구와 같은 특별시·광역시·시·군 안이거나 12km 미만이면 근무지 내입니다"
            "(서울의 다른 자치구도 근무지 내). 기관 이름으로 먼저 골라 두었으니 확인해 주세요."
        ),
    )
    hours = forms.IntegerField(
        label=gettext_lazy("하루 출장 시간(시간)"),
        required=False,
        min_value=1,
        max_value=HOURS_A_DAY,
        help_text=gettext_lazy(
            "근무지 내일 때만 적습니다. 오가는 시간을 넣고 1시간이 안 되는 것은 버립니다."
        ),
    )
    provided_meals = forms.IntegerField(
        label=gettext_lazy("제공받는 식사(1인, 끼)"),
        required=False,
        min_value=0,
        max_value=MOST_MEALS,
        help_text=gettext_lazy("방문 기관 등이 주는 식사가 있으면 적습니다."),
    )
    transport_each = WonField(
        label=gettext_lazy("1인 교통비(원)"),
        max_value=MOST,
        required=False,
        help_text=gettext_lazy("오가는 데 드는 비용의 합계. 관용차는 0원입니다."),
    )
    lodging_each = WonField(label=gettext_lazy("1인 1박 숙박비(원)"), required=False, max_value=MOST)
    members = PeopleField(label=gettext_lazy("현장체험단"), queryset=User.objects.none())
    guest = NamedPersonField(
        label=gettext_lazy("다른 부서 직원 더하기"),
        queryset=User.objects.exclude(department=None),
        required=False,
        help_text=gettext_lazy("직원번호나 이름을 적고 ‘더하기’를 눌러 주세요."),
    )
    transport = WonField(label=gettext_lazy("교통비 조정(원)"), required=False, max_value=MOST)
    transport_reason = forms.CharField(label=gettext_lazy("교통비 조정 사유"), required=False, max_length=200)
    daily = WonField(label=gettext_lazy("일비 조정(원)"), required=False, max_value=MOST)
    daily_reason = forms.CharField(label=gettext_lazy("일비 조정 사유"), required=False, max_length=200)
    meals = WonField(label=gettext_lazy("식비 조정(원)"), required=False, max_value=MOST)
    meals_reason = forms.CharField(label=gettext_lazy("식비 조정 사유"), required=False, max_length=200)
    lodging = WonField(label=gettext_lazy("숙박비 조정(원)"), required=False, max_value=MOST)
    lodging_reason = forms.CharField(label=gettext_lazy("숙박비 조정 사유"), required=False, max_length=200)
    local = WonField(label=gettext_lazy("근무지 내 여비 조정(원)"), required=False, max_value=MOST)
    local_reason = forms.CharField(
        label=gettext_lazy("근무지 내 여비 조정 사유"), required=False, max_length=200
    )
    reason = forms.CharField(
        label=gettext_lazy("변경 사유"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    class Meta:
        model = FieldVisit
        fields = ("host", "contact", "purpose", "look_at", "visited_on", "days")
        widgets = {"look_at": forms.Textarea({"rows": 4})}
        help_texts = {
            "host": gettext_lazy("예: ○○시청 교통정책과"),
            "contact": gettext_lazy("예: 교통정책팀 02-0000-0000"),
            "look_at": gettext_lazy("보고 물어볼 것을 적어 두면 결과보고를 쓰기 쉽습니다."),
        }

    def __init__(
        self,
        *args: Any,
        staff: Sequence[User],
        places: int,
        longest: int,
        chosen: Sequence[User] = (),
        amending: bool = False,
        **kwargs: Any,
    ) -> None:
        """`staff`: the department's own; `places`: how many may go, `longest`: for how many days; `chosen`: people
        from elsewhere to be listed."""
        super().__init__(*args, **kwargs)
        self.kinds = list(ExpenseKind) if longest > 1 else list(KINDS_OF_ONE_DAY)
        people: Any = self.fields["members"]
        people.queryset = User.objects.filter(is_active=True).exclude(department=None)
        known = {user.pk for user in staff}
        listed = [*staff, *(user for user in chosen if user.pk not in known)]
        people.widget.places = places
        people.widget.choices = [("", _("선택 안 함")), *((user.pk, user.full_label) for user in listed)]
        people.help_text = _("%s까지 갈 수 있습니다.") % counted(places, _("명"))
        if longest == 1:
            for name in ("days", "lodging_each", "lodging", "lodging_reason"):
                del self.fields[name]
        else:
            self.fields["days"].help_text = _("%s까지 갈 수 있습니다.") % counted(longest, _("일"))
        if not amending:
            del self.fields["reason"]
        self.longest = longest

    @property
    def layout(self) -> Layout:  # type: ignore[override]  # crispy has an attribute
        several = self.longest > 1
        when = ["visited_on", "days"] if several else ["visited_on"]
        cost = ["means", "transport_each", *(["lodging_each"] if several else []), "provided_meals"]
        adjust = [Div(kind.value, f"{kind.value}_reason", css_class="form-row") for kind in self.kinds]
        return Layout(
            "version",
            *(["reason"] if "reason" in self.fields else []),
            Fieldset(
                _("어디에 왜 가나요"), Div("host", "contact", css_class="form-row"), "purpose", "look_at"
            ),
            Fieldset(
                _("언제 어떻게 가나요"),
                Div(*when, "place", "hours", css_class="form-row"),
                Div(*cost, css_class="form-row"),
            ),
            Fieldset(
                _("누가 가나요"), "members", Div("guest", HTML(ADD_GUEST), css_class="form-row with-button")
            ),
            HTML("{% include 'visits/estimate.html' %}"),
            HTML(OPEN_ADJUSTMENT),
            *adjust,
            HTML("</div></details>"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("place") == VisitPlace.LOCAL and not data.get("hours") and "hours" not in self.errors:
            self.add_error("hours", _("근무지 내 출장은 하루에 몇 시간인지 적어 주세요."))
        return data

    def show_error(self, name: str, errors: ErrorList) -> None:
        """In a form that is shown as typed without being checked: what is wrong with this one field."""
        self._errors = ErrorDict({name: errors})

    def team(self) -> list[User]:
        """Those chosen and the one just named."""
        team, guest = list(self.cleaned_data.get("members") or ()), self.cleaned_data.get("guest")
        return [*team, guest] if guest and guest not in team else team

    def plan(self) -> Plan:
        """What is filled in so far; the day is today's until one is chosen, so that an estimate can be shown."""
        data = self.cleaned_data
        return {
            "visited_on": data.get("visited_on") or today(),
            "days": data.get("days") or 1,
            "host": data.get("host") or "",
            "contact": data.get("contact") or "",
            "purpose": data.get("purpose") or "",
            "look_at": data.get("look_at") or "",
            "means": data.get("means") or VisitMeans.PUBLIC,
            "place": data.get("place") or VisitPlace.ELSEWHERE,
            "hours": data.get("hours") or USUAL_HOURS,
            "transport_each": data.get("transport_each") or 0,
            "lodging_each": data.get("lodging_each") or 0,
            "provided_meals": data.get("provided_meals") or 0,
        }

    def adjustments(self) -> dict[str, tuple[int | None, str]]:
        """Kind → the sum instead, the reason. A night above the limit has a reason alone."""
        data = self.cleaned_data
        given = {
            kind.value: (data.get(kind.value), data.get(f"{kind.value}_reason") or "") for kind in self.kinds
        }
        return {
            kind: (to, reason)
            for kind, (to, reason) in given.items()
            if to is not None or (kind == ExpenseKind.LODGING and reason)
        }


ADD_GUEST = format_lazy(
    '<button type="submit" name="recalculate" value="guest" formnovalidate '
    'class="krds-btn medium secondary">{}</button>',
    gettext_lazy("더하기"),
)
OPEN_ADJUSTMENT = format_lazy(
    '<details class="disclosure"{{% if adjusting %}} open{{% endif %}}>'
    '<summary>{}</summary><div class="disclosure-body"><p class="sub">{}</p>',
    gettext_lazy("금액 조정"),
    gettext_lazy(
        "기준과 다르게 지급할 때만 그 비목의 합계와 사유를 적어 주세요. "
        "일비, 식비, 근무지 내 여비는 줄일 수만 있습니다."
    ),
)


def adjusted(visit: FieldVisit) -> dict[str, Any]:
    """Initial values of the lines that were lowered or raised."""
    found: dict[str, Any] = {}
    for row in visit.lines.all():
        if row.adjustment:
            found[row.kind] = row.as_line().sum
        if row.reason:
            found[f"{row.kind}_reason"] = row.reason
    return found
