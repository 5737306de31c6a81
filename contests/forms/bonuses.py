"""What a department writes of a savings bonus, and what planning records of it (E6)."""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from contests.forms.practices import PeopleForm
from contests.models import Bonus
from contests.models.bonus import BONUS
from core.forms import Form, KrdsFormHelper, WonField, YearField
from core.held import files_field
from organization.models import User


class BonusForm(PeopleForm):
    year = YearField(label=_("절감 연도"))
    claimed = WonField(label=_("절감·증대액(원)"), min_value=1)
    citizen_share = forms.DecimalField(
        label=_("제안이 채택된 구민의 기여도(%)"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=100,
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal"}),
        help_text=_("구민의 제안을 채택하여 아낀 경우에만 적습니다. 이름은 지급을 결정할 때 적습니다."),
    )
    attachments = files_field(_("증빙 자료"))

    class Meta:
        model = Bonus
        fields = BONUS
        widgets = {"reckoning": forms.Textarea({"rows": 6})}
        help_texts = {
            "cause": _("예: 청사 전기요금(일반운영비). 한 가지 원인으로 두 번 지급하지 않습니다."),
            "reckoning": _(
                "하기 전과 뒤의 금액, 기간, 어떻게 빼고 더했는지 적어 주세요. 인건비는 한 해분으로 계산합니다."
            ),
            "proposal_number": _("예: 2026-제안-0012"),
        }

    @cached_property
    def helper(self) -> KrdsFormHelper:
        return KrdsFormHelper(
            Layout(
                "version",
                Div("year", "kind", css_class="form-row"),
                "title",
                "cause",
                "claimed",
                "reckoning",
                self.rows(),
                Div("proposal_number", "proposal_title", css_class="form-row"),
                "citizen_share",
                "held",
                "attachments",
            )
        )

    def everybody(self) -> list[tuple[User | None, Decimal]]:
        share = self.cleaned_data.get("citizen_share")
        return [*self.people(), *([(None, share)] if share else [])]


class RecognisedForm(Form):
    recognised = WonField(label=_("인정한 금액(원)"), min_value=1)


class AmountForm(Form):
    amount = WonField(label=_("성과금(원)"), min_value=1)
    wide = forms.BooleanField(
        label=_("다른 기관까지 파급 효과가 큼"),
        required=False,
        help_text=_("위원회가 그렇게 의결한 경우에만 고릅니다."),
    )


class PayForm(Form):
    citizen = forms.CharField(
        label=_("성과금을 받을 구민"), max_length=40, required=False,
        help_text=_("주민등록번호는 묻지 않습니다. 이름은 시상 기록에만 남습니다."),
    )  # fmt: skip

    def __init__(self, *args: Any, asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asked:
            del self.fields["citizen"]
