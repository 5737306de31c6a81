"""Forms of members, of looking after them, of topics, and of what planning changes."""

from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clubs.enums import TopicSource
from clubs.forms.applications import CHAIRS, TopicField
from clubs.models import Club, Topic, Upkeep
from clubs.policies import ALLOTMENT
from clubs.services import topics
from clubs.services.clubs import CHANGED
from clubs.services.founding import TeamPlan
from core.forms import DateInput, Form, ModelForm, WonField, YearField
from meetings.enums import Chair
from organization.forms import EMPTY, DepartmentField, StaffField

NO_TEAM = _("없음")


def team_choices(club: Club) -> list[tuple[str, Any]]:
    return [("", NO_TEAM), *((str(one.number), str(one)) for one in club.teams.all())]


class _PlaceForm(Form):
    """What somebody is in the club."""

    chair = forms.ChoiceField(label=_("직책"), choices=CHAIRS, initial=Chair.MEMBER)
    team = forms.ChoiceField(label=_("분임"), required=False)

    def __init__(self, *args: Any, club: Club, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["team"]
        field.choices = team_choices(club)

    def clean_team(self) -> int | None:
        team = self.cleaned_data["team"]
        return int(team) if team else None


class JoinForm(_PlaceForm):
    user = StaffField(label=_("직원"), help_text=_("직원번호나 이름을 적어 주세요."))
    since = forms.DateField(label=_("가입일"), widget=DateInput())
    layout = Layout("user", Div("chair", "team", "since", css_class="form-row"))


class PlaceForm(_PlaceForm):
    on = forms.DateField(
        label=_("바뀌는 날"), widget=DateInput(), help_text=_("이날부터 새 직책과 분임으로 활동합니다.")
    )
    layout = Layout(Div("chair", "team", "on", css_class="form-row"))


class LeaveForm(Form):
    on = forms.DateField(label=_("마지막 날"), widget=DateInput(), help_text=_("이날까지 회원으로 남습니다."))
    reason = forms.CharField(label=_("사유"), max_length=200, widget=forms.Textarea({"rows": 3}))


class EndForm(Form):
    on = forms.DateField(label=_("활동을 마치는 날"), widget=DateInput())
    reason = forms.CharField(label=_("사유"), max_length=200, widget=forms.Textarea({"rows": 3}))


NOTE = Upkeep._meta.get_field("note").max_length


class UpkeepLeaveForm(Form):
    on = forms.DateField(label=_("마지막 날"), widget=DateInput(), help_text=_("이날까지 회원으로 남습니다."))
    note = forms.CharField(
        label=_("비고(선택)"), max_length=NOTE, required=False, widget=forms.Textarea({"rows": 3})
    )


class UpkeepKeepForm(Form):
    note = forms.CharField(label=_("계속 참여하는 까닭"), max_length=NOTE, widget=forms.Textarea({"rows": 3}))


class ChangeForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    allotment = WonField(label=_("한 해 지원 한도(원)"), max_value=ALLOTMENT.maximum)
    reason = forms.CharField(
        label=_("바꾸는 까닭"),
        max_length=1_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("회원 모두에게 이 까닭을 알립니다."),
    )

    class Meta:
        model = Club
        fields = CHANGED
        widgets = {"goal": forms.Textarea({"rows": 5}), "plan": forms.Textarea({"rows": 5})}

    def __init__(self, *args: Any, club: Club, topics: list[Topic], **kwargs: Any) -> None:
        self.teams_there = list(club.teams.all())
        own: dict[str, forms.Field] = {}
        for one in self.teams_there:
            label = {"number": one.number}
            own[f"team-{one.number}-name"] = forms.CharField(
                label=_now("%(number)d분임 이름(선택)") % label, max_length=40, required=False
            )
            own[f"team-{one.number}-topic"] = TopicField(
                label=_now("%(number)d분임 연구 과제") % label,
                queryset=Topic.objects.filter(pk__in=[topic.pk for topic in topics]),
                empty_label=EMPTY,
                required=False,
            )
        self.base_fields = {**type(self).base_fields, **own}  # type: ignore[misc]  # of this one form
        super().__init__(*args, **kwargs)

    @property
    def layout(self) -> Layout:  # type: ignore[override]  # crispy's helper has an attribute of that name
        teams = [
            Div(f"team-{one.number}-name", f"team-{one.number}-topic", css_class="form-row")
            for one in self.teams_there
        ]
        own = [Fieldset(_("분임과 연구 과제"), *teams)] if teams else []
        return Layout("version", "name", "goal", "plan", "allotment", *own, "reason")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CHANGED}

    def teams(self) -> list[TeamPlan]:
        return [
            TeamPlan(
                one.number,
                self.cleaned_data[f"team-{one.number}-name"],
                self.cleaned_data[f"team-{one.number}-topic"],
            )
            for one in self.teams_there
        ]

    def reject(self, field: str | None, message: str) -> None:
        if field == "teams" and self.teams_there:
            field = f"team-{self.teams_there[0].number}-topic"
        super().reject(field, message)


class TopicForm(Form):
    """No form of the model: the service says beside the number what is taken."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    year = YearField(label=_("연도"))
    source = forms.ChoiceField(label=_("과제 구분"), choices=TopicSource.choices)
    number = forms.IntegerField(label=_("번호"), min_value=1, max_value=32_000)
    title = forms.CharField(label=_("과제"), max_length=120)
    department = DepartmentField(label=_("주관 부서"), required=False)
    is_open = forms.BooleanField(
        label=_("고를 수 있음"),
        required=False,
        help_text=_("끄면 새로 고를 수 없고, 이미 고른 동아리에는 그대로 남습니다."),
    )

    layout = Layout(
        "version", Div("year", "source", "number", css_class="form-row"), "title", "department", "is_open"
    )

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in topics.FIELDS}


class CopyForm(Form):
    year = YearField(label=_("가져올 해"))
    into = YearField(label=_("넣을 해"))
    layout = Layout(Div("year", "into", css_class="form-row"))
