"""The form of a visit's report, with a table of expenses. Files of a report that could not be sent are offered again:
pictures above, receipts in the row of their expense."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.official import check_document_number
from core.attachments import ACCEPT, validate
from core.forms import Form, WonField
from core.held import files_field, held_field, offer_held
from core.models import Attachment
from core.numbers import whole
from organization.models import User
from visits.enums import ExpenseKind
from visits.rates import MOST
from visits.services import reports

MOST_ROWS = 100  # of expenses
SPARE_ROWS = 2  # of expenses, beside those of the estimate
PREFIX = reports.ROW
TABLE = "expenses-title"  # where the summary leads to for what concerns the whole table
SEVERAL = ("put", "held")


def several(value: Any) -> list[str]:
    """Ids of files as a form or a draft gives them: one alone comes as it is."""
    return [value] if value and isinstance(value, str) else list(value or ())


class ExpenseForm(Form):
    """One expense; a row without amount says nothing."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    put = forms.Field(required=False, widget=forms.MultipleHiddenInput)  # files of the draft that belong here
    kind = forms.ChoiceField(label=gettext_lazy("비목"), choices=ExpenseKind.choices)
    user = forms.TypedChoiceField(label=gettext_lazy("직원"), coerce=int, required=False)
    amount = WonField(label=gettext_lazy("금액(원)"), required=False, max_value=MOST)
    receipt = forms.CharField(label=gettext_lazy("영수증 번호"), max_length=40, required=False)
    note = forms.CharField(label=gettext_lazy("비고"), max_length=200, required=False)
    file = forms.FileField(
        label=gettext_lazy("영수증 파일"),
        required=False,
        widget=forms.FileInput({"accept": ACCEPT}),
        validators=[validate],
    )
    held = held_field(gettext_lazy("올려 둔 영수증"))  # of `put`, those to be sent

    def __init__(
        self,
        *args: Any,
        people: Mapping[int, User],
        kept: Mapping[int, Sequence[Attachment]],
        held: Sequence[Attachment],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        choice: Any = self.fields["user"]
        # The name first: a narrow list cuts the end.
        named = ((pk, f"{user.name}({user.label})") for pk, user in people.items())
        choice.choices = [("", _("선택해 주세요")), *named]
        pk = self["pk"].value()
        if files := kept.get(whole(pk) or 0):
            self.fields["file"].help_text = format_html("{} {}", _("올린 파일:"), _links(files))
        self.offer(held)

    def offer(self, held: Sequence[Attachment]) -> None:
        """Of the files put to the draft those that belong here."""
        offer_held(self, [file for file in held if str(file.pk) in self.files_put()])

    def files_put(self) -> list[str]:
        return several(self["put"].value())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("amount") is not None and not data.get("user"):
            self.add_error("user", _("직원을 선택해 주세요."))
        if data.get("amount", 0) is None and (data.get("file") or data.get("held")):
            self.add_error("amount", _("영수증을 올린 줄에는 금액을 입력해 주세요."))
        return data


class RepaymentForm(Form):
    """Who pays back what was claimed falsely (V4b)."""

    user = forms.TypedChoiceField(label=gettext_lazy("직원"), coerce=int)
    amount = WonField(label=gettext_lazy("거짓으로 받은 금액(원)"), max_value=MOST)
    document = forms.CharField(
        label=gettext_lazy("결정 문서번호"),
        max_length=60,
        validators=[check_document_number],
        help_text=gettext_lazy("예: 기획예산과-1131"),
    )
    reason = forms.CharField(label=gettext_lazy("사유"), max_length=200, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, people: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["user"]
        choice.choices = [("", _("선택해 주세요")), *people.items()]


class BaseExpenses(forms.BaseFormSet):
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.template = "krds/table_inline_formset.html"


ExpenseSet = forms.formset_factory(ExpenseForm, formset=BaseExpenses, extra=0, max_num=MOST_ROWS)


class VisitReportForm(Form):
    """What was seen, what is taken over, who went; the expenses are a table of their own below."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    took_part = forms.TypedMultipleChoiceField(
        label=gettext_lazy("다녀온 직원"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    findings = forms.CharField(
        label=gettext_lazy("보고 들은 내용"), max_length=4000, widget=forms.Textarea({"rows": 6})
    )
    taken_over = forms.CharField(
        label=gettext_lazy("우리 구에 적용할 내용"),
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("그대로 들여올 것과 우리 구에 맞게 바꿀 것을 나누어 적으면 좋습니다."),
    )
    held = held_field()
    attachments = files_field(gettext_lazy("사진과 자료"))

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        people: Mapping[int, User],
        rows: Sequence[Mapping[str, Any]],
        kept: Mapping[int, Sequence[Attachment]],
        sent: Sequence[Attachment] = (),
        held: Sequence[Attachment] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """`people`: the team by id; `rows`: the expenses to begin with; `sent`: files of the report that was sent
        before; `kept`: its receipts by row; `held`: files put to the draft."""
        super().__init__(data, files, initial=initial)
        took_part: Any = self.fields["took_part"]
        took_part.choices = [(pk, user.full_label) for pk, user in people.items()]
        self.people = people
        if sent:
            field = self.fields["attachments"]
            said = _("앞서 올린 파일은 그대로 있어 다시 올리지 않아도 됩니다:")
            field.help_text = format_html("{}<br>{} {}", field.help_text, said, _links(sent))
        self.expenses = ExpenseSet(
            data,
            files,
            prefix=PREFIX,
            initial=[dict(row) for row in rows],
            form_kwargs={"people": people, "kept": kept, "held": held},
        )
        self.expenses.extra = 0 if data is not None else SPARE_ROWS
        self.expense_errors: list[str] = []  # of the table as a whole
        self.offer(held)

    def offer(self, held: Sequence[Attachment]) -> None:
        """Files put to the draft, to be sent with the report; receipts with their expense."""
        receipts: set[str] = set()
        for row in self.expenses:
            row.offer(held)
            receipts.update(row.files_put())
        receipts.difference_update(several(self["held"].value()))  # the same file may be both
        offer_held(self, [file for file in held if str(file.pk) not in receipts])

    def is_valid(self) -> bool:
        expenses = self.expenses.is_valid()
        if not expenses:
            self.point_to_expenses()
        return super().is_valid() and expenses

    def point_to_expenses(self) -> None:
        """The table stands far below the head of the page."""
        self.add_error(None, _("집행 경비에서 표시된 곳을 고쳐 주세요."))

    def filled(self) -> list[ExpenseForm]:
        """The rows with an amount, as the service gets them."""
        return [form for form in self.expenses if form.cleaned_data.get("amount") is not None]

    def spent(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.filled()]

    def total(self) -> int:
        """What the amounts add up to as far as they are typed."""
        return sum(amount for form in self.expenses if (amount := _amount(form)) is not None)

    def reject(self, field: str | None, message: str) -> None:
        """`expense-2-receipt`: the receipt of the third of the rows with an amount."""
        part, _dash, rest = (field or "").partition("-")
        place, _dash, name = rest.partition("-")
        if field == reports.EXPENSES:
            self.expense_errors.append(message)
        elif part == PREFIX and (row := whole(place)) is not None and name in ExpenseForm.base_fields:
            self.filled()[row].add_error(name, message)
        else:
            super().reject(field, message)
            return
        self.point_to_expenses()

    def errors_of_parts(self) -> Iterator[tuple[str, str]]:
        for said in self.expense_errors:
            yield TABLE, said
        for place, row in enumerate(self.expenses if self.is_bound else (), start=1):
            for name, errors in row.errors.items():
                for said in errors:
                    yield (
                        row[name].id_for_label if name in row.fields else TABLE,
                        _("집행 경비 %(place)d번째 줄: %(error)s") % {"place": place, "error": said},
                    )


def _links(files: Sequence[Attachment]) -> SafeString:
    named = ((reverse("attachment", args=[file.pk]), file.name) for file in files)
    return format_html_join(", ", '<a href="{}" download>{}</a>', named)


def _amount(form: ExpenseForm) -> int | None:
    """As it stands in the row, if it can be read."""
    try:
        found: int | None = form.fields["amount"].clean(form["amount"].value())
    except forms.ValidationError:
        return None
    return found


def drafted_rows(initial: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The expenses as they were typed into a draft, without the rows left empty."""
    count = whole(initial.get(f"{PREFIX}-TOTAL_FORMS", "")) or 0
    names = [name for name in ExpenseForm.base_fields if name != "file"]
    found: list[dict[str, Any]] = []
    for place in range(min(count, MOST_ROWS)):
        row = {name: initial.get(f"{PREFIX}-{place}-{name}", "") for name in names}
        row |= {name: several(row[name]) for name in SEVERAL}
        if any(row[name] for name in names if name != "kind"):
            found.append(row)
    return found
