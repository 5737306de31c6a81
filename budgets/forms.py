"""Forms of budgets. They check shape; the services check the rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from basis.official import check_document_number
from budgets.purses import Purse
from core.forms import Form, WonField


class BudgetForm(Form):
    """The first allocation of a year."""

    amount = WonField(label=_("편성액"), min_value=1)
    code = forms.CharField(
        label=_("예산과목"), max_length=200, help_text=_("정책사업부터 통계목까지 ‘>’로 나누어 적습니다.")
    )
    document = forms.CharField(
        label=_("결정 문서번호"),
        max_length=60,
        validators=[check_document_number],
        help_text=_("예: 기획예산과-1131"),
    )
    reason = forms.CharField(label=_("편성 사유"), max_length=300)

    def __init__(self, *args: Any, purse: Purse, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.explain(purse)

    def explain(self, purse: Purse) -> None:
        self.fields["amount"].help_text = purse.words.whole_help


class BudgetChangeForm(BudgetForm):
    """More or less of what there is."""

    MORE, LESS = "more", "less"
    direction = forms.ChoiceField(
        label=_("바꿀 방향"),
        choices=((MORE, _("증액")), (LESS, _("감액"))),
        widget=forms.RadioSelect,
        initial=MORE,
    )
    amount = WonField(label=_("증감액"), min_value=1)
    reason = forms.CharField(label=_("변경 사유"), max_length=300)
    field_order = ["direction", "amount", "code", "document", "reason"]

    def explain(self, purse: Purse) -> None:
        """More or less of what is known."""
