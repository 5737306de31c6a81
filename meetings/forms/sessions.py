"""Forms of sessions and their minutes. They check shape; the services check the rules."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, Form, ModelForm, ReasonForm
from core.held import files_field
from meetings.kinds import PanelKind
from meetings.models import Session
from meetings.services.sessions import FIELDS, AgendaItem

OF_GROUPS = ("sort", "guest", "ends_at")
Offer = tuple[Model, str]


def key_of(thing: Model) -> str:
    """`evaluations.round:7`: how the form names what may stand on the agenda."""
    return f"{thing._meta.label_lower}:{thing.pk}"


class SessionForm(ModelForm):
    things = forms.MultipleChoiceField(
        label=_("의결을 기다리는 것"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("고른 것이 안건의 맨 앞에 놓입니다."),
    )
    agenda = forms.CharField(
        label=_("안건"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("한 줄에 하나씩 적어 주세요."),
    )
    reason = forms.CharField(
        label=_("날짜나 시각을 바꾸는 사유"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("날짜나 시각을 바꿀 때 적어 주세요. 참석할 사람에게 함께 알립니다."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Session
        fields = FIELDS
        help_texts = {"title": _("비워 두면 ‘제3회 회의’처럼 회차로 정합니다.")}

    def __init__(
        self,
        *args: Any,
        kind: PanelKind,
        offers: Sequence[Offer] = (),
        moving: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not moving:
            del self.fields["reason"]
        self.groups = not kind.resolves
        if self.groups:
            self.fields["ends_at"].label = _("마칠 시각")
            self.fields["title"].label = kind.words["title"]
            self.fields["things"].label = _("지난 모임에서 정한 일")
            self.fields["agenda"].help_text = _("한 줄에 하나씩 적어 주세요. 나중에 적어도 됩니다.")
            self.fields["title"].help_text = _("비워 두면 ‘제3회 정기모임’처럼 회차로 정합니다.")
            self.fields["guest"].help_text = _("모시는 전문가의 소속과 이름입니다. 없으면 비워 두세요.")
        else:
            for name in OF_GROUPS:
                del self.fields[name]
        self.offers = {key_of(thing): (thing, words) for thing, words in offers}
        self.fields["title"].required = False
        choice: Any = self.fields["things"]
        choice.choices = [(key, words) for key, (_thing, words) in self.offers.items()]
        if not self.offers:
            del self.fields["things"]

    @property
    def layout(self) -> Layout:  # type: ignore[override]  # crispy's helper has an attribute of that name
        return Layout(
            "version",
            *self.when(),
            Div("place", "title", css_class="form-row"),
            *(["guest"] if self.groups else []),
            *(["things"] if self.offers else []),
            "agenda",
            *(["reason"] if "reason" in self.fields else []),
        )

    def when(self) -> list[Div]:
        if not self.groups:
            return [Div("held_on", "begins_at", css_class="form-row")]
        rows = ("sort", "held_on"), ("begins_at", "ends_at")
        return [Div(*names, css_class="form-row") for names in rows]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.fields}

    def items(self) -> list[AgendaItem]:
        chosen = (self.offers[key] for key in self.cleaned_data.get("things") or ())
        lines = self.cleaned_data["agenda"].splitlines()
        return [
            *((words, thing) for thing, words in chosen),
            *((line, None) for line in lines if line.strip()),
        ]


class FilesForm(Form):
    attachments = files_field(_("회의 자료"))


class OutcomeForm(Form):
    outcome = forms.CharField(
        label=_("처리 결과"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("무엇을 어떻게 처리했는지 적어 주세요. 다음 회의에서 함께 봅니다."),
    )


class MoveForm(ReasonForm):
    until = forms.DateField(label=_("새 기한"), widget=DateInput())
    field_order = ("until", "reason")


class CorrectionForm(Form):
    minutes = forms.CharField(
        label=_("정정할 회의 내용"), max_length=20_000, widget=forms.Textarea({"rows": 14})
    )
    reason = forms.CharField(label=_("정정 사유"), max_length=1_000, widget=forms.Textarea({"rows": 3}))
