"""The forms in which a session is written down. They check shape; the services check the rules (E7, C7)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, Form
from meetings.enums import Outcome, Presence
from meetings.models import Item, Seat
from meetings.services.decisions import Given
from meetings.services.minutes import Outcomes
from organization.forms import NamedPersonField
from organization.models import Department, User

MOST_VOTES = 10_000


class BaseMinutes(Form):
    """Who was there, what became of each item, what was said, what somebody is to do. Committees and groups say each in
    their own way who was there (`roll`) and what became of the items."""

    said: ClassVar[Any] = _("회의 내용")  # what the minutes are called
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
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
        self.seats, self.items, self.lines = seats, items, lines
        self.holders: dict[str, User | Department] = {
            **{f"person:{seat.user_id}": seat.user for seat in seats},
            **{f"department:{one.pk}": one for one in departments},
        }
        own = {f"item-{item.pk}-{name}": field for item in items for name, field in self.of_item().items()}
        own |= {
            f"seat-{seat.pk}-{name}": field for seat in seats for name, field in self.of_seat(seat).items()
        }
        own |= {
            f"decision-{line}-{name}": field
            for line in range(lines)
            for name, field in _decision(seats, departments).items()
        }
        # Among the others before they are bound, so that they are worded as all are.
        self.base_fields = {**type(self).base_fields, **own}  # type: ignore[misc]  # a class attribute, here of the one form
        super().__init__(*args, **kwargs)
        self.fields["minutes"].label = self.said

    def of_item(self) -> dict[str, forms.Field]:
        raise NotImplementedError

    def of_seat(self, seat: Seat) -> dict[str, forms.Field]:
        return {}

    def who(self) -> list[Any]:
        """The fields of who was there."""
        raise NotImplementedError

    def roll(self) -> dict[str, Any]:
        """As `sessions.hold` takes it."""
        raise NotImplementedError

    def outcomes(self) -> Outcomes:
        raise NotImplementedError

    @property
    def layout(self) -> Layout:  # type: ignore[override]  # crispy's helper has an attribute of that name
        return Layout(
            "version",
            Fieldset(_("누가 왔나요"), *self.who()),
            *(self._fieldset(item) for item in self.items),
            Fieldset(self.said, "ends_at", "minutes"),
            *([Fieldset(_("결정 사항(선택)"), *map(self._line, range(self.lines)))] if self.lines else []),
        )

    @staticmethod
    def _line(line: int) -> Div:
        return Div(
            *(f"decision-{line}-{name}" for name in ("text", "who", "until")), css_class="form-row decision"
        )

    def _fieldset(self, item: Item) -> Fieldset:
        at = f"item-{item.pk}-"
        # A title is text and no template: braces would be read by the layout.
        title = f"{item.order}. {item.title}".replace("{", "(").replace("}", ")")
        return Fieldset(title, *self.rows_of(at))

    def rows_of(self, at: str) -> list[Any]:
        """The fields of the item whose names begin so."""
        raise NotImplementedError

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


class MinutesForm(BaseMinutes):
    """Of a committee: who was there and who was kept from the matter, outcomes with votes."""

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

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, seats=seats, **kwargs)
        choices = [(seat.pk, f"{seat.label} ({seat.chair_label})") for seat in seats]
        for name in ("present", "excused"):
            field: Any = self.fields[name]
            field.choices = choices

    def of_item(self) -> dict[str, forms.Field]:
        return _fields()

    def who(self) -> list[Any]:
        return ["present", "excused", "note"]

    def rows_of(self, at: str) -> list[Any]:
        votes = (f"{at}{name}" for name in ("yes", "no", "abstained"))
        return [f"{at}outcome", Div(*votes, css_class="form-row"), f"{at}resolution"]

    def roll(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"present": set(data["present"]), "excused": dict.fromkeys(data["excused"], data["note"])}

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


class GroupMinutesForm(BaseMinutes):
    """Of a group: how each was there, who came instead; of each item what was said."""

    said: ClassVar[Any] = _("모임 내용")

    def of_item(self) -> dict[str, forms.Field]:
        return {
            "resolution": forms.CharField(
                label=_("논의한 내용"), max_length=4_000, required=False, widget=forms.Textarea({"rows": 3})
            )
        }

    def of_seat(self, seat: Seat) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {
            "presence": forms.ChoiceField(label=f"{seat.label} ({seat.place})", choices=Presence.choices),
        }
        if seat.panel.kind_of.stand_ins:
            fields["stand_in"] = NamedPersonField(
                label=_("대신 온 직원"), queryset=User.objects.exclude(department=None), required=False
            )
        fields["note"] = forms.CharField(label=_("사유·비고"), max_length=100, required=False)
        return fields

    def who(self) -> list[Any]:
        return [
            Div(
                *(name for name in self.fields if name.startswith(f"seat-{seat.pk}-")),
                css_class="form-row roll",
            )
            for seat in self.seats
        ]

    def rows_of(self, at: str) -> list[Any]:
        return [f"{at}resolution"]

    def roll(self) -> dict[str, Any]:
        data = self.cleaned_data
        instead = {seat.pk: data.get(f"seat-{seat.pk}-stand_in") for seat in self.seats}
        return {
            "present": {seat.pk: data[f"seat-{seat.pk}-presence"] for seat in self.seats},
            "absent": {seat.pk: data[f"seat-{seat.pk}-note"] for seat in self.seats},
            "stand_ins": {pk: person for pk, person in instead.items() if person},
        }

    def outcomes(self) -> Outcomes:
        texts = {item.pk: self.cleaned_data[f"item-{item.pk}-resolution"] for item in self.items}
        return {pk: ("", text, None, None, None) for pk, text in texts.items()}


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
        (
            seats[0].panel.kind_of.member if seats else _("위원"),
            [(f"person:{seat.user_id}", seat.label) for seat in seats],
        ),
        (_("부서"), [(f"department:{one.pk}", one.name) for one in departments]),
    ]
    return {
        "text": forms.CharField(label=_("할 일"), max_length=200, required=False),
        "who": forms.ChoiceField(label=_("맡을 사람이나 부서"), choices=who, required=False),
        "until": forms.DateField(label=_("기한"), required=False, widget=DateInput()),
    }
