"""What a club writes: reports, requests for money, its account; what its president says of the best (C2, C4, C5)."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from clubs.models import Report, Support
from core.forms import Form, KrdsFormHelper, ModelForm, WonField
from core.held import files_field, held_field, offer_held
from core.models import Attachment
from meetings.models import Seat


class WithFiles(ModelForm):
    """Files that could not be sent wait beside the form."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held = held_field()
    attachments = files_field()

    def __init__(self, *args: Any, held: Sequence[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(held)

    def offer(self, held: Sequence[Attachment]) -> None:
        offer_held(self, held)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class ReportForm(WithFiles):
    """May be kept unfinished: what is missing is said when it is sent."""

    class Meta:
        model = Report
        fields = ("title", "done", "findings", "next")
        widgets = {
            "done": forms.Textarea({"rows": 16}),
            "findings": forms.Textarea({"rows": 8}),
            "next": forms.Textarea({"rows": 4}),
        }

    @cached_property
    def helper(self) -> KrdsFormHelper:
        return KrdsFormHelper(Layout("version", "title", "done", "findings", "next", "held", "attachments"))


class SupportForm(WithFiles):
    amount = WonField(label=_("신청액(원)"), min_value=1)

    class Meta:
        model = Support
        fields = ("purpose", "title", "detail", "payee", "day", "amount")
        widgets = {"detail": forms.Textarea({"rows": 4})}
        help_texts = {
            "title": _("예: 주차 수요 조사 자문 1회"),
            "detail": _("금액이 어떻게 나왔는지 적어 주세요. 예: 자문 1회 × 100,000원"),
            "payee": _("자문수당은 받을 사람의 이름과 소속을 적습니다. 주민등록번호는 적지 않습니다."),
            "day": _("돈을 쓸 날입니다."),
        }

    @cached_property
    def helper(self) -> KrdsFormHelper:
        amounts = Div("day", "amount", css_class="form-row")
        return KrdsFormHelper(
            Layout("version", "purpose", "title", "detail", "payee", amounts, "held", "attachments")
        )


class ClaimForm(Form):
    actual = WonField(label=_("쓴 금액(원)"), min_value=1)
    day = forms.DateField(label=_("사용일"))
    held = held_field()
    attachments = files_field(_("영수증"))

    def __init__(self, *args: Any, held: Sequence[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(held)

    def offer(self, held: Sequence[Attachment]) -> None:
        offer_held(self, held)

    @cached_property
    def helper(self) -> KrdsFormHelper:
        return KrdsFormHelper(Layout(Div("actual", "day", css_class="form-row"), "held", "attachments"))


class SeatChoice(forms.ModelChoiceField):
    def label_from_instance(self, seat: Any) -> str:
        return f"{seat.user.full_label} ({seat.chair_label})"


class BestForm(Form):
    seat = SeatChoice(label=_("최고 기여자"), queryset=Seat.objects.none(), empty_label=_("고르기"))
    reason = forms.CharField(
        label=_("추천 사유"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("한 해 동안 무엇에 기여했는지 적어 주세요."),
    )
    wish = forms.CharField(
        label=_("희망 부서"),
        max_length=100,
        required=False,
        help_text=_("본인에게 물어 적습니다. 전보 인사 때 희망 부서로 추천합니다. 없으면 비워 둡니다."),
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["seat"]
        rows = Seat.objects.filter(pk__in=[one.pk for one in seats])
        field.queryset = rows.select_related("user__department", "panel").order_by("team", "pk")
