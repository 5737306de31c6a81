"""Forms of indicators and their values. The services check the rules."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from basis.excel.safety import ExcelRefused
from core.forms import DateInput, Form
from core.held import files_field
from incentives import sheet, sheet_reading
from incentives.enums import Shape
from incentives.excel_indicators import MOST_CHARACTERS, block_of_file, text_of_block
from incentives.forms.projects import WithFiles
from incentives.models import Indicator, Value


class PasteForm(Form):
    """A block of cells, or the workbook they stand in; a workbook becomes the block."""

    block = forms.CharField(
        label=_("붙여 넣을 칸"),
        required=False,
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea({"rows": 10, "wrap": "off"}),
        help_text=_(
            "엑셀에서 제목 줄까지 골라 복사해 붙여 넣으면 제목으로 열을 찾습니다. "
            "제목이 없으면 아래에서 고른 곳부터 채웁니다."
        ),
    )
    book = forms.FileField(
        label=_("또는 엑셀 파일"),
        required=False,
        help_text=_("이 화면에서 내려받은 엑셀을 고쳐 올리면 번호로 줄을 찾습니다."),
    )
    first = forms.ChoiceField(label=_("제목이 없을 때 시작 줄"), required=False)
    column = forms.ChoiceField(
        label=_("제목이 없을 때 시작 열"),
        required=False,
        choices=[(key, column.label) for key, column in sheet.ALL.items()],
    )
    layout = Layout("block", "book", Div("first", "column", css_class="form-row"))

    def __init__(self, *args: Any, rows: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["first"]
        field.choices = [("", _now("새 줄")), *((str(one.pk), one.name) for one in rows)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if file := data.get("book"):
            try:
                data["block"] = text_of_block(block_of_file(file, file.name))
            except ExcelRefused as error:
                raise ValidationError({"book": str(error.message)}) from error
            if len(data["block"]) > MOST_CHARACTERS:
                raise ValidationError(
                    {"book": _now("파일의 내용이 너무 많습니다. 지표 표만 남겨 올려 주세요.")}
                )
        return data


class ValueForm(WithFiles):
    """A value as of a day, from where, with what shows it."""

    as_of = forms.DateField(label=_("기준일"), widget=DateInput())
    value = forms.CharField(label=_("실적"), max_length=40)
    source = forms.CharField(
        label=_("출처(선택)"),
        max_length=120,
        required=False,
        help_text=_("통계 이름이나 문서 번호를 적어 주세요."),
    )
    note = forms.CharField(label=_("비고(선택)"), max_length=200, required=False)
    sure = forms.BooleanField(label=_("다시 확인했고, 이 값이 맞습니다."), required=False)
    attachments = files_field(_("증빙 파일(선택)"))
    layout = Layout(
        Div("as_of", "value", css_class="form-row"), "sure", "source", "note", "held", "attachments"
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if indicator.shape == Shape.YES:
            self.fields["value"] = forms.ChoiceField(
                label=_("실적"), choices=(("1", _("이행")), ("0", _("미이행"))), widget=forms.RadioSelect
            )
        elif indicator.unit:
            self.fields["value"].help_text = _now("단위: %(unit)s") % {"unit": indicator.unit}
        self.ask("")

    def ask(self, question: str) -> None:
        """Whether it is right is asked only where there is a doubt; once asked, the box stays."""
        field = self.fields["sure"]
        if question or self.data.get("sure"):
            field.widget = forms.CheckboxInput()
            field.help_text = question
        else:
            field.widget = forms.HiddenInput()

    def clean_value(self) -> Any:
        try:
            found = sheet_reading.decimal(str(self.cleaned_data["value"]))
        except sheet_reading.CellFault as fault:
            raise ValidationError(str(fault)) from fault
        if found is None:
            raise ValidationError(_now("숫자만 적어 주세요."))
        return found


class CorrectForm(ValueForm):
    """What it should have been, and why."""

    reason = forms.CharField(label=_("정정한 까닭"), max_length=200)
    layout = Layout(
        Div("as_of", "value", css_class="form-row"), "sure", "reason", "source", "held", "attachments"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"]

    @staticmethod
    def given(old: Value) -> dict[str, Any]:
        return {"as_of": old.as_of, "value": sheet.plain(old.value), "source": old.source}
