"""Forms of awards."""

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, Form, ReasonForm

RECEIPT = _("수령증 번호나 상품권 번호를 입력해 주세요. 예: 수령-2026-12")


class HandOverForm(Form):
    handed_on = forms.DateField(label=_("지급일"), widget=DateInput())
    receipt = forms.CharField(label=_("수령 확인"), max_length=60, help_text=RECEIPT)
    layout = Layout(Row("handed_on", "receipt"))


class ManyForm(Form):
    """What is the same for many at once."""

    handed_on = forms.DateField(label=_("지급일"), widget=DateInput())


class RevocationForm(ReasonForm):
    note = forms.CharField(
        label=_("공개할 취소 사유"),
        max_length=200,
        help_text=_("누구나 읽습니다. 사람의 이름을 적지 마세요. 예: 다른 곳의 제안을 옮긴 것으로 확인됨"),
    )


class ReturnForm(Form):
    returned_on = forms.DateField(label=_("환수일"), widget=DateInput())
