"""The form in which a proposal of earlier years is put right (N1)."""

from contextlib import suppress
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from basis.days import Day, Precision
from basis.errors import Rejected
from core.forms import DateInput, DayField, Form, KrdsFormHelper
from core.now import today
from organization.naming import NamesThen
from organization.roster import Roster
from proposals.enums import RECORDS, Channel, Field, Kind, State
from proposals.models import Proposal
from proposals.models.proposal import TEXT
from proposals.services.past import CONTENT, Record

UNKNOWN = ("", _("기록 없음"))
AS_KNOWN = _("아는 만큼 적어 주세요. 예: 2015-03-05, 2015-03, 2015")
OUTCOMES = [UNKNOWN, *((state.value, state.label) for state in RECORDS if state != State.RECORDED)]


def _text(label: Any, most: int = TEXT) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, widget=forms.Textarea({"rows": 3}))


class CorrectionForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    year = forms.IntegerField(label=_("연도"), min_value=1900)
    number = forms.IntegerField(label=_("번호"), min_value=1, max_value=10**8 - 1)
    title = forms.CharField(label=_("제목"), min_length=4, max_length=100)
    kind = forms.ChoiceField(label=_("구분"), choices=Kind.choices)
    channel = forms.ChoiceField(label=_("접수 경로"), required=False, choices=[UNKNOWN, *Channel.choices])
    field = forms.ChoiceField(label=_("분야"), required=False, choices=[UNKNOWN, *Field.choices])
    problem = _text(_("지금의 문제"))
    improvement = _text(_("이렇게 바꾸고 싶어요"))
    effect = _text(_("좋아지는 점"))
    hidden = forms.BooleanField(label=_("내용을 공개하지 않음"), required=False)
    received = DayField(label=_("접수일"), required=False, help_text=AS_KNOWN)
    decided = DayField(label=_("결정일"), required=False, help_text=AS_KNOWN)
    outcome = forms.ChoiceField(label=_("결과"), required=False, choices=OUTCOMES)
    department = forms.CharField(
        label=_("담당 부서"), required=False, max_length=60, help_text=_("그때의 부서명입니다.")
    )
    said_why = _text(_("검토 의견"))
    carry_out = forms.DateField(label=_("시행할 날"), required=False, widget=DateInput())
    proposer = forms.CharField(
        label=_("제안자"),
        required=False,
        max_length=40,
        help_text=_("고칠 때에만 이름이나 직원번호를 적어 주세요. 비워 두면 그대로 둡니다."),
    )
    reason = forms.CharField(
        label=_("정정 사유"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("고치기 전과 뒤의 내용과 함께 기록에 남습니다."),
    )

    helper = KrdsFormHelper(
        Layout(
            "version",
            Fieldset(
                _("제안"),
                Div("year", "number", css_class="form-row"),
                "title",
                Div("kind", "channel", "field", css_class="form-row"),
                "problem",
                "improvement",
                "effect",
                "hidden",
            ),
            Fieldset(
                _("처리"),
                Div("received", "decided", css_class="form-row"),
                Div("outcome", "department", "carry_out", css_class="form-row"),
                "said_why",
            ),
            "proposer",
            "reason",
        )
    )

    def clean(self) -> dict[str, Any]:
        """Departments by their names of then, people as far as they are here."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        found["named"], found["user"] = None, None
        if found.get("department") and found.get("year"):
            try:
                found["named"] = self._department(found)
            except Rejected as error:
                self.add_error("department", error.message)
        if text := found.get("proposer", ""):
            with suppress(Rejected):  # a name of somebody who is not, or no longer, here
                found["user"], found["proposer"] = Roster.of(text).read(text), ""
        return found

    @staticmethod
    def _department(found: dict[str, Any]) -> Any:
        year = Day(today().replace(year=found["year"], month=1, day=1), Precision.YEAR)
        then = found.get("received") or found.get("decided") or year
        named = NamesThen().read(found["department"], then)
        if len(named) > 1:
            raise Rejected(str(_("담당 부서를 하나만 남겨 주세요.")))
        return named[0] if named else None

    def said(self) -> Record:
        data = self.cleaned_data
        return Record(
            year=data["year"],
            number=data["number"],
            values={name: data[name] for name in CONTENT},
            outcome=data["outcome"],
            department=data["named"],
            reason=data["said_why"],
            received=data["received"],
            decided=data["decided"],
            carry_out_on=data["carry_out"],
            user=data["user"],
            name=data["proposer"],
        )


def as_it_is(proposal: Proposal) -> dict[str, Any]:
    """What the form shows first; who made it is shown elsewhere, with a reason (D3)."""
    decision = getattr(proposal, "decision", None)
    received = proposal.day("received_on")
    return {
        **{name: getattr(proposal, name) for name in (*CONTENT, "year", "number", "version")},
        "received": None if received and received.precision == Precision.YEAR else received,
        "decided": proposal.day("closed_on"),
        "outcome": "" if proposal.state == State.RECORDED else proposal.state,
        "department": decision.department_name if decision else "",
        "said_why": (decision.taken or decision.reason) if decision else "",
        "carry_out": decision.carry_out_on if decision else None,
    }
