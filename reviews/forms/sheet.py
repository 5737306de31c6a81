"""The sheet by which things are sent to departments: a line for each (B3)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from basis.errors import Rejected
from basis.official import check_document_number
from core.forms import Form
from organization.models import Department
from policies.registry import Policy
from reviews.kinds import ReviewKind
from reviews.selectors.naming import Departments
from reviews.services.sending import Order

OPTIONS = "department-options"  # id of the datalist (reviews/department_options.html)


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
    """What goes to whom: for each subject its departments and days, for all of them more departments, a covering note
    and the number of the letter. One alone has only the departments of all."""

    subjects: ClassVar[Sequence[Any]] = ()
    alone: ClassVar[bool] = False
    departments = DepartmentsField(required=False)
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

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Subject, and its fields for departments (none if it is alone) and days."""
        return [
            (one, None if self.alone else self[f"departments_{one.pk}"], self[f"days_{one.pk}"])
            for one in self.subjects
        ]

    def orders(self) -> list[Order]:
        data, found = self.cleaned_data, []
        for one in self.subjects:
            asked = [*data.get(f"departments_{one.pk}", ()), *data["departments"]]
            found.append(Order(one, list(dict.fromkeys(asked)), data[f"days_{one.pk}"]))
        return found


def sheet_of(
    kind: ReviewKind[Any],
    subjects: Sequence[Any],
    planned: Callable[[Any], Iterable[Department]],
    together: Any,
) -> type[SheetForm]:
    """The sheet with the lines of these subjects; `planned` are the departments thought of before, `together` names
    those that all go to."""
    known, alone = Departments(), len(subjects) == 1
    shows_the_day = {
        "hx-get": reverse(f"{kind.prefix}:due"),
        "hx-trigger": "change",
        "hx-target": "next output",
    }
    made: dict[str, Any] = {
        "subjects": subjects,
        "alone": alone,
        "departments": DepartmentsField(known, label=together, required=False),
    }
    for one in subjects:
        names = ", ".join(department.name for department in planned(one))
        asked = DepartmentsField(known, label=_("검토 부서"), initial=names, required=alone)
        made["departments" if alone else f"departments_{one.pk}"] = asked
        made[f"days_{one.pk}"] = days = _days(kind.figures.days)
        days.widget.attrs |= {"aria-label": f"{one.title} {days.label}", **shows_the_day}
        if not alone:
            asked.help_text = ""
            asked.widget.attrs["aria-label"] = f"{one.title} {asked.label}"
    return type("Sheet", (SheetForm,), made)


def _days(policy: Policy[int]) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("검토 기한(일)"),
        initial=policy.current(),
        min_value=policy.minimum,
        max_value=policy.maximum,
        required=False,
    )
