"""Who had the idea first is named: when it is adopted, or later (P8)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from proposals.forms.handling import AdoptForm
from proposals.models import Fingerprint, Proposal


def found_field(help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("비슷한 먼저 낸 제안"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class NamesEarlier:
    """Offers the earlier ones that are like it: proposals, and fingerprints of those that are gone."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(
        self, *args: Any, proposals: list[Proposal], marks: list[Fingerprint], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = {f"p{one.pk}": one for one in proposals}
        self.marks = {f"m{one.pk}": one for one in marks}
        field: Any = self.fields["found"]
        offered: dict[str, Any] = {**self.proposals, **self.marks}
        field.choices = [
            (key, f"{one.code} {one.title} · {one.get_state_display()}") for key, one in offered.items()
        ]
        if not offered:
            del self.fields["found"]

    def earlier(self) -> list[Proposal]:
        return [self.proposals[key] for key in self._chosen() if key in self.proposals]

    def fingerprints(self) -> list[Fingerprint]:
        return [self.marks[key] for key in self._chosen() if key in self.marks]

    def _chosen(self) -> list[str]:
        return list(self.cleaned_data.get("found", []))


class AdoptNamingForm(NamesEarlier, AdoptForm):
    """A decision to adopt, with those that had the idea before."""

    found = found_field(_("같은 생각이면 골라 주세요. 두 제안에 함께 보이고 먼저 낸 사람에게 알립니다."))

    class Meta(AdoptForm.Meta):
        pass


class CreditForm(NamesEarlier, Form):
    """Those found, and one more by its number."""

    found = found_field()
    number = forms.CharField(
        label=_("다른 제안의 번호"), max_length=20, required=False, help_text=_("예: 2026-00012")
    )

    def clean_number(self) -> Proposal | None:
        text = self.cleaned_data["number"].strip()
        if not text:
            return None
        if found := Proposal.objects.public().of_code(text).first():
            return found
        raise forms.ValidationError(_("그런 번호의 제안이 없습니다. 번호를 확인해 주세요."))

    def earlier(self) -> list[Proposal]:
        named: Any = self.cleaned_data.get("number")
        return [*super().earlier(), *([named] if named else [])]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data.get("found") and not data.get("number"):
            raise forms.ValidationError(_("먼저 낸 제안을 하나 이상 골라 주세요."))
        return data
