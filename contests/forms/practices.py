"""What a department writes of its practice, with those who did it and their shares (E5)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from contests.models import Practice
from contests.models.practice import TEXTS
from core.forms import KrdsFormHelper, ModelForm
from core.held import files_field, held_field, offer_held
from core.models import Attachment
from organization.forms import NamedPersonField
from organization.models import User

HELP = {
    "title": _("무엇을 어떻게 바꾸었는지 한 줄로 적어 주세요."),
    "before": _("무엇이 불편했거나 낭비되었나요?"),
    "done": _("언제부터 무엇을 어떻게 했나요?"),
    "outcome": _("누구에게 무엇이 좋아졌나요?"),
    "figures": _("처리 기간, 건수, 절감액처럼 하기 전과 뒤를 견줄 수 있는 숫자를 적어 주세요."),
}


class PeopleForm(ModelForm):
    """With files, and rows for those who did it and their shares; `with_people` gives it as many as there may be."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held = held_field()
    attachments = files_field()
    places: range

    def __init__(self, *args: Any, held: Sequence[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(held)

    def offer(self, held: Sequence[Attachment]) -> None:
        offer_held(self, held)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for n in self.places:
            person, share = data.get(f"person{n}"), data.get(f"share{n}")
            if person and share is None and f"share{n}" not in self.errors:
                self.add_error(f"share{n}", _("기여도를 입력해 주세요."))
            if share is not None and not person and f"person{n}" not in self.errors:
                self.add_error(f"person{n}", _("이 기여도가 누구의 것인지 입력해 주세요."))
        return data

    def reject(self, field: str | None, message: str) -> None:
        super().reject("person1" if field == "contributors" else field, message)

    def values(self) -> dict[str, Any]:
        """Of the thing itself."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def people(self) -> list[tuple[User, Decimal]]:
        pairs = [
            (self.cleaned_data.get(f"person{n}"), self.cleaned_data.get(f"share{n}")) for n in self.places
        ]
        return [(person, share) for person, share in pairs if person and share is not None]

    def rows(self) -> Fieldset:
        rows = [Div(f"person{n}", f"share{n}", css_class="form-row") for n in self.places]
        return Fieldset(_("기여한 직원(기여도의 합 100%)"), *rows)

    @staticmethod
    def given(people: Iterable[Any]) -> dict[str, Any]:
        """What the rows begin with."""
        found: dict[str, Any] = {}
        for n, one in enumerate(people, start=1):
            found |= {f"person{n}": one.user.employee_number, f"share{n}": one.share_text}
        return found


class PracticeForm(PeopleForm):
    """May be kept unfinished: what is missing is said when it is entered."""

    class Meta:
        model = Practice
        fields = TEXTS
        help_texts = HELP
        widgets = {
            **{name: forms.Textarea({"rows": 6}) for name in ("before", "done", "outcome")},
            "figures": forms.Textarea({"rows": 3}),
        }

    @cached_property
    def helper(self) -> KrdsFormHelper:
        return KrdsFormHelper(Layout("version", *TEXTS, self.rows(), "held", "attachments"))


def with_people(form: type[PeopleForm], places: int) -> type[PeopleForm]:
    """With so many places for those who did it."""
    fields: dict[str, Any] = {"places": range(1, places + 1)}
    for n in range(1, places + 1):
        fields[f"person{n}"] = NamedPersonField(
            label=_now("직원 %(number)d(직원번호나 이름)") % {"number": n},
            queryset=User.objects.exclude(department=None),
            required=False,
        )
        fields[f"share{n}"] = forms.DecimalField(
            label=_("기여도(%)"),
            required=False,
            min_value=Decimal("0.01"),
            max_value=100,
            decimal_places=2,
            widget=forms.TextInput({"inputmode": "decimal"}),
        )
    return type(form.__name__, (form,), fields)
