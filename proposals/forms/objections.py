"""What proposers ask to be looked at again, and what is recorded of it (P5, P7, P8)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, Form, ReasonForm
from proposals.forms.handling import AdoptForm
from proposals.models import Objection
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
