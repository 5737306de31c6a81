"""Forms of sessions and their minutes. They check shape; the services check the rules."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, Form, ModelForm, ReasonForm
from core.held import files_field
from meetings.enums import Outcome
from meetings.models import Item, Seat, Session
from meetings.services.decisions import Given
from meetings.services.minutes import Outcomes
from meetings.services.sessions import FIELDS, AgendaItem
from organization.models import Department, User

MOST_VOTES = 10_000
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
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Session
        fields = FIELDS
        help_texts = {"title": _("비워 두면 ‘제3회 회의’처럼 회차로 정합니다.")}

    def __init__(self, *args: Any, offers: Sequence[Offer] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
            Div("held_on", "begins_at", css_class="form-row"),
            Div("place", "title", css_class="form-row"),
            *(["things"] if self.offers else []),
            "agenda",
        )

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}

    def items(self) -> list[AgendaItem]:
        chosen = (self.offers[key] for key in self.cleaned_data.get("things") or ())
        lines = self.cleaned_data["agenda"].splitlines()
        return [
            *((words, thing) for thing, words in chosen),
            *((line, None) for line in lines if line.strip()),
        ]


class FilesForm(Form):
    attachments = files_field(_("회의 자료"))


class MinutesForm(Form):
    """Who was there, what became of each item, what was said."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    present = forms.TypedMultipleChoiceField(
        label=_("출석"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    excused = forms.TypedMultipleChoiceField(
        label=_("제척·회피"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("안건에 이해관계가 있어 참여하지 않은 위원입니다. 출석에서는 빼 주세요."),
    )
    note = forms.CharField(label=_("제척·회피 사유"), max_length=100, required=False)
    ends_at = forms.TimeField(label=_("마친 시각"), required=False)
    minutes = forms.CharField(
        label=_("회의 내용"), max_length=20_000, widget=forms.Textarea({"rows": 14}), required=False
    )

    def __init__(
        self,
        *args: Any,
        seats: Sequence[Seat],
        items: Sequence[Item],
        departments: Sequence[Department] = (),
        lines: int = 0,
        **kwargs: Any,
    ) -> None:
        self.items, self.lines = items, lines
        self.holders: dict[str, User | Department] = {
            **{f"person:{seat.user_id}": seat.user for seat in seats},
            **{f"department:{one.pk}": one for one in departments},
        }
        own = {f"item-{item.pk}-{name}": field for item in items for name, field in _fields().items()}
        own |= {
            f"decision-{line}-{name}": field
            for line in range(lines)
            for name, field in _decision(seats, departments).items()
        }
        # Among the others before they are bound, so that they are worded as all are.
        self.base_fields = {**type(self).base_fields, **own}  # type: ignore[misc]  # a class attribute, here of the one form
        super().__init__(*args, **kwargs)
        choices = [(seat.pk, f"{seat.label} ({seat.get_chair_display()})") for seat in seats]
        for name in ("present", "excused"):
            field: Any = self.fields[name]
            field.choices = choices

    @property
    def layout(self) -> Layout:  # type: ignore[override]  # crispy's helper has an attribute of that name
        return Layout(
            "version",
            Fieldset(_("누가 왔나요"), "present", "excused", "note"),
            *(self._fieldset(item) for item in self.items),
            Fieldset(_("회의 내용"), "ends_at", "minutes"),
            *([Fieldset(_("결정 사항(선택)"), *map(self._line, range(self.lines)))] if self.lines else []),
        )

    @staticmethod
    def _line(line: int) -> Div:
        return Div(
            *(f"decision-{line}-{name}" for name in ("text", "who", "until")), css_class="form-row decision"
        )

    @staticmethod
    def _fieldset(item: Item) -> Fieldset:
        at = f"item-{item.pk}-"
        # A title is text and no template: braces would be read by the layout.
        title = f"{item.order}. {item.title}".replace("{", "(").replace("}", ")")
        votes = (f"{at}{name}" for name in ("yes", "no", "abstained"))
        return Fieldset(title, f"{at}outcome", Div(*votes, css_class="form-row"), f"{at}resolution")

    def decided(self) -> list[Given]:
        """The lines of which anything was filled in."""
        data, found = self.cleaned_data, []
        for line in range(self.lines):
            text, who, until = (data[f"decision-{line}-{name}"] for name in ("text", "who", "until"))
            if text or who or until:
                holder = self.holders.get(who)
                person = holder if isinstance(holder, User) else None
                department = holder if isinstance(holder, Department) else None
                found.append(Given(text, person, department, until, line))
        return found

    def excused_seats(self) -> dict[int, str]:
        return dict.fromkeys(self.cleaned_data["excused"], self.cleaned_data["note"])

    def outcomes(self) -> Outcomes:
        data = self.cleaned_data
        return {
            item.pk: (
                data[f"item-{item.pk}-outcome"],
                data[f"item-{item.pk}-resolution"],
                *(data[f"item-{item.pk}-{name}"] for name in ("yes", "no", "abstained")),
            )
            for item in self.items
        }


def _fields() -> dict[str, forms.Field]:
    votes = {"yes": _("찬성"), "no": _("반대"), "abstained": _("기권")}
    return {
        "outcome": forms.ChoiceField(
            label=_("의결"), choices=[("", _("선택해 주세요")), *Outcome.choices], required=False
        ),
        **{
            name: forms.IntegerField(label=label, min_value=0, max_value=MOST_VOTES, required=False)
            for name, label in votes.items()
        },
        "resolution": forms.CharField(
            label=_("의결 내용"), max_length=4_000, required=False, widget=forms.Textarea({"rows": 3})
        ),
    }


def _decision(seats: Sequence[Seat], departments: Sequence[Department]) -> dict[str, forms.Field]:
    who = [
        ("", _("선택해 주세요")),
        (_("위원"), [(f"person:{seat.user_id}", seat.label) for seat in seats]),
        (_("부서"), [(f"department:{one.pk}", one.name) for one in departments]),
    ]
    return {
        "text": forms.CharField(label=_("할 일"), max_length=200, required=False),
        "who": forms.ChoiceField(label=_("맡을 사람이나 부서"), choices=who, required=False),
        "until": forms.DateField(label=_("기한"), required=False, widget=DateInput()),
    }


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
