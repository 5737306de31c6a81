"""Forms of points and hours. They check shape; the services check the rules."""

from datetime import date
from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, Form
from core.now import today
from core.official import check_document_number
from core.periods import Period, parse
from mileage.contests import Contest, contest_of, ended
from mileage.models import Ranking

YEARS_BACK = 3  # older ones are of no use to anybody


class ReasonForm(Form):
    reason = forms.CharField(label=_("사유"), max_length=1000, widget=forms.Textarea({"rows": 4}))


class DraftForm(Form):
    """A period that is over and has no ranking yet."""

    which = forms.ChoiceField(label=_("순위"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = set(Ranking.objects.values_list("kind", "period"))
        day = today()
        over = ended(date(day.year - YEARS_BACK, 1, 1), day)
        open_ = [(c, p) for c, p in over if (c.kind.value, p.key) not in made]
        open_.sort(key=lambda one: one[1].end, reverse=True)
        which = self.fields["which"]
        assert isinstance(which, forms.ChoiceField)
        which.choices = [(f"{c.kind}:{p.key}", c.title(p)) for c, p in open_]

    def chosen(self) -> tuple[Contest, Period]:
        kind, _colon, key = self.cleaned_data["which"].partition(":")
        return contest_of(kind), parse(key)


class PrizeForm(Form):
    given_on = forms.DateField(label=_("지급일"), widget=DateInput())
    receipt = forms.CharField(
        label=_("수령 확인"),
        max_length=60,
        help_text=_("수령증 번호나 상품권 번호를 입력해 주세요. 예: 수령-2026-12"),
    )
    layout = Layout(Row("given_on", "receipt"))


class HandoverForm(Form):
    handed_on = forms.DateField(label=_("인계일"), widget=DateInput())
    document = forms.CharField(
        label=_("문서번호"),
        max_length=60,
        validators=[check_document_number],
        help_text=_("명단을 붙여 보내는 문서의 번호입니다. 예: 총무과-1131"),
    )
    layout = Layout(Row("handed_on", "document"))
