"""What proposers ask to be looked at again, and what is recorded of it (P5, P7, P8)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, Form, ReasonForm
from proposals.forms.handling import AdoptForm
from proposals.models import Fingerprint, Objection, Proposal
from proposals.services.objecting import LEAST_PRESENT, MOST_PRESENT, Session

LONG = 4_000


class ObjectForm(Form):
    reason = forms.CharField(
        label=_("신청 사유"),
        max_length=LONG,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("결정의 어느 부분이 왜 다르다고 생각하는지 적어 주세요. 공개되지 않습니다."),
    )


class LaterForm(ObjectForm):
    work = forms.CharField(
        label=_("실시된 사업"), max_length=200, help_text=_("어떤 사업으로 실시되었는지 적어 주세요.")
    )
    field_order = ("work", "reason")


def _session_day() -> forms.DateField:
    return forms.DateField(label=_("위원회 개최일"), widget=DateInput())


def _present() -> forms.IntegerField:
    return forms.IntegerField(label=_("출석 위원 수"), min_value=LEAST_PRESENT, max_value=MOST_PRESENT)


def _minutes() -> forms.CharField:
    return forms.CharField(label=_("회의록 문서번호"), max_length=60, help_text=_("예: 기획예산과-1131"))


class AdoptAgainForm(AdoptForm):
    """A new decision with what the committee did. What was carried out already has its day in the past."""

    session_on, present_members, minutes = _session_day(), _present(), _minutes()

    def __init__(self, *args: Any, objection: Objection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.objection = objection
        self.order_fields(["session_on", "present_members", "minutes"])

    def clean_carry_out_on(self) -> Any:
        day = self.cleaned_data["carry_out_on"]
        return day if self.objection.work else super().clean_carry_out_on()

    def session(self) -> Session:
        data = self.cleaned_data
        return Session(data["session_on"], data["present_members"], data["minutes"])


class KeepForm(ReasonForm):
    session_on, present_members, minutes = _session_day(), _present(), _minutes()
    field_order = ("session_on", "present_members", "minutes", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("제안자에게 알릴 까닭")

    def session(self) -> Session:
        data = self.cleaned_data
        return Session(data["session_on"], data["present_members"], data["minutes"])


class CreditForm(Form):
    """Earlier ones like this: those found, and one more by its number."""

    found = forms.MultipleChoiceField(
        label=_("비슷한 먼저 낸 제안"), required=False, widget=forms.CheckboxSelectMultiple
    )
    number = forms.CharField(
        label=_("다른 제안의 번호"), max_length=20, required=False, help_text=_("예: 2026-00012")
    )

    def __init__(
        self, *args: Any, proposals: list[Proposal], marks: list[Fingerprint], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = {f"p{one.pk}": one for one in proposals}
        self.marks = {f"m{one.pk}": one for one in marks}
        field: Any = self.fields["found"]
        field.choices = [
            *(
                (key, f"{one.code} {one.title} · {one.get_state_display()}")
                for key, one in self.proposals.items()
            ),
            *(
                (key, f"{one.code} {one.title} · {one.get_state_display()}")
                for key, one in self.marks.items()
            ),
        ]
        if not field.choices:
            del self.fields["found"]

    def clean_number(self) -> Proposal | Fingerprint | None:
        text = self.cleaned_data["number"].strip()
        if not text:
            return None
        if found := Proposal.objects.public().of_code(text).first():
            return found
        raise forms.ValidationError(_("그런 번호의 제안이 없습니다. 번호를 확인해 주세요."))

    def earlier(self) -> list[Proposal]:
        named: Any = self.cleaned_data.get("number")
        chosen = [self.proposals[key] for key in self._chosen() if key in self.proposals]
        return [*chosen, *([named] if named else [])]

    def fingerprints(self) -> list[Fingerprint]:
        return [self.marks[key] for key in self._chosen() if key in self.marks]

    def _chosen(self) -> list[str]:
        return list(self.cleaned_data.get("found", []))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data.get("found") and not data.get("number"):
            raise forms.ValidationError(_("먼저 낸 제안을 하나 이상 골라 주세요."))
        return data
