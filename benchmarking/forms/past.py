"""The form in which a case of earlier years is put right (N1)."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from basis.days import Day, Precision
from basis.errors import Rejected
from benchmarking.enums import Decision, Field, SourceKind
from benchmarking.models import Case, Review
from benchmarking.services.past_corrections import FIELDS, Correction, Told
from core.forms import DayField, Form, KrdsFormHelper
from core.now import today
from organization.naming import NamesThen

UNKNOWN = ("", _("기록 없음"))
AS_KNOWN = _("아는 만큼 적어 주세요. 예: 2015-03-05, 2015-03, 2015")


def _decision(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[UNKNOWN, *Decision.choices])


class CorrectionForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    year = forms.IntegerField(label=_("연도"), min_value=1900)
    number = forms.IntegerField(label=_("번호"), min_value=1, max_value=10**8 - 1)
    title = forms.CharField(label=_("사례명"), min_length=4, max_length=200)
    source_kind = forms.ChoiceField(
        label=_("기관 구분"), required=False, choices=[UNKNOWN, *SourceKind.choices]
    )
    source_name = forms.CharField(label=_("기관명"), required=False, max_length=100)
    field = forms.ChoiceField(label=_("분야"), required=False, choices=[UNKNOWN, *Field.choices])
    found = DayField(label=_("발굴일"), required=False, help_text=AS_KNOWN)
    decided = DayField(label=_("결정일"), required=False, help_text=AS_KNOWN)
    decision = _decision(_("검토 결과"))
    added = forms.CharField(
        label=_("더할 검토 부서"),
        required=False,
        max_length=300,
        help_text=_("그때의 부서명입니다. 여럿이면 쉼표로 나누어 적어 주세요."),
    )
    added_decision = _decision(_("더할 부서의 검토 결과"))
    followed = forms.BooleanField(label=_("업무에 반영함"), required=False)
    implemented = DayField(label=_("반영일"), required=False, help_text=AS_KNOWN)
    result = forms.CharField(
        label=_("반영 내용"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    reason = forms.CharField(
        label=_("정정 사유"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("고치기 전과 뒤의 내용과 함께 기록에 남습니다."),
    )

    def __init__(self, *args: Any, reviews: Sequence[Review], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reviews = reviews
        if reviews:
            del self.fields["decision"]
        else:
            del self.fields["result"]  # no department's
        for review in reviews:
            name, key = review.department_name, review.pk
            own = {
                f"decision_{key}": _decision(_("검토 결과")),
                f"reason_{key}": forms.CharField(
                    label=_("검토 의견"), required=False, max_length=4000, widget=forms.Textarea({"rows": 2})
                ),
                f"gone_{key}": forms.BooleanField(label=_("이 부서에는 묻지 않았습니다"), required=False),
            }
            for field_name, field in own.items():
                field.widget.attrs["aria-label"] = f"{name} {field.label}"
                self.fields[field_name] = field

    @cached_property
    def helper(self) -> KrdsFormHelper:
        return KrdsFormHelper(
            Layout(
                "version",
                Fieldset(
                    _("사례"),
                    Div("year", "number", css_class="form-row"),
                    "title",
                    Div("source_kind", "source_name", "field", css_class="form-row"),
                    Div("found", "decided", css_class="form-row"),
                    *(() if self.reviews else ("decision",)),
                ),
                *(
                    Fieldset(
                        review.department_name,
                        f"decision_{review.pk}",
                        f"reason_{review.pk}",
                        f"gone_{review.pk}",
                    )
                    for review in self.reviews
                ),
                Fieldset(_("다른 부서"), Div("added", "added_decision", css_class="form-row")),
                Fieldset(_("업무반영"), "followed", "implemented", *(("result",) if self.reviews else ())),
                "reason",
            )
        )

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > today().year:
            raise forms.ValidationError(_("올해 또는 지난 연도를 입력해 주세요."))
        return year

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("found", "decided", "implemented"):
            if (day := found.get(name)) and day.date > today():
                self.add_error(name, _("오늘 또는 이전의 날짜를 입력해 주세요."))
        found["named"] = []
        if found.get("added") and found.get("year"):
            try:
                found["named"] = NamesThen().read(found["added"], self._then(found))
            except Rejected as error:
                self.add_error("added", error.message)
        return found

    @staticmethod
    def _then(found: dict[str, Any]) -> Day:
        """When the departments were asked, as well as it is known."""
        year = Day(today().replace(year=found["year"], month=1, day=1), Precision.YEAR)
        return found.get("found") or found.get("decided") or year

    def said(self) -> Correction:
        data = self.cleaned_data
        return Correction(
            values={name: data[name] for name in FIELDS},
            found=data["found"],
            decided=data["decided"],
            decision=data.get("decision", ""),
            told={
                review.pk: Told(data[f"decision_{review.pk}"], data[f"reason_{review.pk}"])
                for review in self.reviews
                if not data[f"gone_{review.pk}"]
            },
            added=tuple((named, Told(data["added_decision"])) for named in data["named"]),
            followed=data["followed"],
            implemented=data["implemented"],
            result=data.get("result", ""),
        )


def as_it_is(case: Case, reviews: Sequence[Review]) -> dict[str, Any]:
    """What the form shows first."""
    follow_ups = [review.follow_up for review in reviews if hasattr(review, "follow_up")]
    first = follow_ups[0] if follow_ups else None
    return {
        **{name: getattr(case, name) for name in (*FIELDS, "version")},
        "found": case.day("found_on"),
        "decided": case.day("decided_on"),
        "decision": case.outcome,
        "followed": case.state == "implemented",
        "implemented": first.day("implemented_on") if first else case.day("implemented_on"),
        "result": first.result if first else "",
        **{f"decision_{review.pk}": review.decision for review in reviews},
        **{f"reason_{review.pk}": review.reason for review in reviews},
    }
