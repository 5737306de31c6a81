"""Sending cases to departments: a line for each case (B3)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from basis.errors import Rejected
from basis.official import check_document_number
from benchmarking.models import Case
from benchmarking.policies import REVIEW_DAYS
from benchmarking.selectors.naming import Departments
from benchmarking.services.dispatch import Order
from core.forms import Form
from organization.models import Department

OPTIONS = "department-options"  # id of the datalist (benchmarking/department_options.html)


class DepartmentsField(forms.CharField):
    """Departments by their names with commas between them; chips with script. Cleans to a list."""

    def __init__(self, known: Departments | None = None, **kwargs: Any) -> None:
        self.known = known
        look = {"list": OPTIONS, "data-chips": "", "autocomplete": "off"}
        help_text = kwargs.pop("help_text", _("부서명을 입력하세요. 여럿이면 쉼표로 나눕니다."))
        super().__init__(max_length=1000, widget=forms.TextInput(look), help_text=help_text, **kwargs)

    def clean(self, value: Any) -> list[Department]:
        text = super().clean(value)
        try:
            return (self.known or Departments()).read(text) if text else []
        except Rejected as error:
            raise forms.ValidationError(error.message) from error


class SheetForm(Form):
    """What goes to whom: for each case its departments and days, for all of them more departments, a covering note and
    the number of the letter. One case alone has only the departments of all."""

    cases: ClassVar[Sequence[Case]] = ()
    alone: ClassVar[bool] = False
    departments = DepartmentsField(label=_("모든 사례에 함께 보낼 부서"), required=False)
    note = forms.CharField(
        label=_("요청 사항"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("부서에 함께 전할 말이 있으면 적어 주세요."),
    )
    document = forms.CharField(
        label=_("통보 문서번호"),
        required=False,
        max_length=60,
        validators=[check_document_number],
        help_text=_("전자결재로 함께 보낸 문서가 있으면 적어 주세요. 예: 기획예산과-1131"),
    )

    def rows(self) -> list[tuple[Case, Any, Any]]:
        """Case, and its fields for departments (none if it is alone) and days."""
        return [
            (case, None if self.alone else self[f"departments_{case.pk}"], self[f"days_{case.pk}"])
            for case in self.cases
        ]

    def orders(self) -> list[Order]:
        data, found = self.cleaned_data, []
        for case in self.cases:
            asked = [*data.get(f"departments_{case.pk}", ()), *data["departments"]]
            found.append(Order(case, list(dict.fromkeys(asked)), data[f"days_{case.pk}"]))
        return found


def sheet_of(cases: Sequence[Case]) -> type[SheetForm]:
    """The sheet with the lines of these cases."""
    known, alone = Departments(), len(cases) == 1
    shows_the_day = {
        "hx-get": reverse("benchmarking:due"),
        "hx-trigger": "change",
        "hx-target": "next output",
    }
    made: dict[str, Any] = {
        "cases": cases,
        "alone": alone,
        "departments": DepartmentsField(known, label=_("모든 사례에 함께 보낼 부서"), required=False),
    }
    for case in cases:
        planned = ", ".join(department.name for department in case.suggested_departments.all())
        asked = DepartmentsField(known, label=_("검토 부서"), initial=planned, required=alone)
        made["departments" if alone else f"departments_{case.pk}"] = asked
        made[f"days_{case.pk}"] = days = _days()
        days.widget.attrs |= {"aria-label": f"{case.title} {days.label}", **shows_the_day}
        if not alone:
            asked.help_text = ""
            asked.widget.attrs["aria-label"] = f"{case.title} {asked.label}"
    return type("Sheet", (SheetForm,), made)


def _days() -> forms.IntegerField:
    least, most = REVIEW_DAYS.minimum, REVIEW_DAYS.maximum
    return forms.IntegerField(
        label=_("검토 기한(일)"),
        initial=REVIEW_DAYS.current(),
        min_value=least,
        max_value=most,
        required=False,
    )
