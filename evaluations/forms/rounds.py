"""What planning fills in while a round is prepared. Forms check shape, services check rules."""

from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from basis.errors import Rejected
from basis.periods import parse
from core.forms import DateInput, Form, ModelForm, ReasonForm, WonField
from core.numbers import whole
from evaluations.enums import Body, Ground, Way
from evaluations.kinds import KINDS
from evaluations.models import Grade, Round, Stage
from evaluations.services.rounds import FIELDS, STAGE_FIELDS, CriterionRow, Thing
from meetings.models import Panel, Seat

MOST_CRITERIA = 20
SPARE_ROWS = 3


class NewRoundForm(Form):
    """Of which kind, which period, and where a period has several: of what."""

    kind = forms.ChoiceField(label=_("심사 종류"))
    period = forms.CharField(
        label=_("기간"), max_length=8, help_text=_("예: 2026-H1(상반기), 2026-Q3(3분기), 2026(연간)")
    )
    subject = forms.ChoiceField(label=_("대상"), required=False, choices=[("", _("선택 안 함"))])

    def __init__(self, *args: Any, period: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("선택해 주세요")), *((one.key, one.label) for one in KINDS)]
        subject: Any = self.fields["subject"]
        found = [pair for one in KINDS for pair in one.subjects(period)]
        subject.choices = [*subject.choices, *found]
        if not found:
            subject.widget = forms.HiddenInput()

    def clean_period(self) -> str:
        try:
            return parse(self.cleaned_data["period"]).key
        except Rejected as error:
            raise forms.ValidationError(error.message) from error


class RoundForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Round
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blind"].help_text = _("심사위원에게 누구의 것인지 보이지 않습니다.")
        self.fields["least"].help_text = _("이 점수보다 낮으면 시상하지 않습니다. 없으면 비워 두세요.")


class StageForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ties = forms.MultipleChoiceField(
        label=_("동점일 때 보는 기준"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("위에 있는 기준부터 비교합니다."),
    )

    class Meta:
        model = Stage
        fields = STAGE_FIELDS
        widgets = {"opens_on": DateInput(), "closes_on": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["per_entry"].help_text = _("비워 두면 모든 위원이 모든 대상을 채점합니다.")
        self.fields["most_per_judge"].help_text = _("나누어 심사할 때만 씁니다.")
        self.fields["passes"].help_text = _(
            "부문마다 이만큼 올립니다. 점수를 결과에 반영하는 단계는 비워 둡니다."
        )
        ties: Any = self.fields["ties"]
        ties.choices = [(one.key, one.title) for one in self.instance.criteria.order_by("order")]
        panel: Any = self.fields["panel"]
        panel.queryset = Panel.objects.committees().filter(ended_on=None)
        if self.instance.body == Body.RESIDENTS:
            for name in ("panel", "per_entry", "most_per_judge"):
                del self.fields[name]


class RowForm(Form):
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    title = forms.CharField(label=_("기준"), max_length=40, required=False)
    weight = forms.IntegerField(label=_("비중"), min_value=1, max_value=1_000, required=False)
    most = forms.IntegerField(label=_("만점"), min_value=1, max_value=999, required=False)
    low = forms.CharField(label=_("낮은 점수의 뜻"), max_length=100, required=False)
    high = forms.CharField(label=_("높은 점수의 뜻"), max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("title"):
            for name in ("weight", "most"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return data


class GradeRow(Form):
    pk = forms.IntegerField(widget=forms.HiddenInput)
    division = forms.CharField(label=_("부문"), required=False, disabled=True)
    name = forms.CharField(label=_("등급 이름"), max_length=20)
    at_most = forms.IntegerField(label=_("시상 수"), min_value=0, max_value=100)
    prize = WonField(label=_("시상금(원)"), max_value=1_000_000_000)
    leave_days = forms.IntegerField(label=_("특별휴가(일)"), min_value=0, max_value=100)
    other = forms.CharField(label=_("그 밖의 시상"), max_length=100, required=False)


class Rows(forms.BaseFormSet):
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.template = "krds/table_inline_formset.html"


CriterionSet = forms.formset_factory(RowForm, formset=Rows, extra=SPARE_ROWS, max_num=MOST_CRITERIA)
GradeSet = forms.formset_factory(GradeRow, formset=Rows, extra=0, max_num=100)


class TableForm(Form):
    """A form that is a table: its rows are checked with it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    rows_class: Any = CriterionSet

    def __init__(self, *args: Any, rows: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        data = self.data if self.is_bound else None
        self.rows = self.rows_class(data, initial=rows, prefix="rows")

    def is_valid(self) -> bool:
        whole: bool = self.rows.is_valid()
        return super().is_valid() and whole


class CriteriaForm(TableForm):
    def values(self) -> list[CriterionRow]:
        return [
            CriterionRow(row["title"], row["weight"], row["most"], row["low"], row["high"], row["key"])
            for row in (form.cleaned_data for form in self.rows)
            if row.get("title")
        ]


class GradesForm(TableForm):
    rows_class = GradeSet

    def values(self) -> dict[int, dict[str, Any]]:
        names = ("name", "at_most", "prize", "leave_days", "other")
        rows = [form.cleaned_data for form in self.rows]
        return {row["pk"]: {name: row[name] for name in names} for row in rows}


def grade_rows(grades: Sequence[Grade]) -> list[dict[str, Any]]:
    names = ("pk", "name", "at_most", "prize", "leave_days", "other")
    return [
        {"division": grade.division.title, **{name: getattr(grade, name) for name in names}}
        for grade in grades
    ]


def things_of(values: Iterable[str]) -> list[Thing]:
    """`12-340`: the content type and the key of a candidate; what is none is left out."""
    pairs = (value.partition("-") for value in values)
    numbers = ((whole(kind), whole(pk)) for kind, _dash, pk in pairs)
    return [(kind, pk) for kind, pk in numbers if kind is not None and pk is not None]


class WindowForm(ReasonForm):
    opens_on = forms.DateField(label=_("채점 시작일"))
    closes_on = forms.DateField(label=_("채점 마감일"))
    field_order = ("opens_on", "closes_on", "reason")


class WayForm(ReasonForm):
    way = forms.ChoiceField(label=_("점수 계산"), choices=Way.choices)
    field_order = ("way", "reason")


class SeatForm(Form):
    seat = forms.ModelChoiceField(label=_("위원"), queryset=Seat.objects.none())

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat: Any = self.fields["seat"]
        seat.queryset = Seat.objects.filter(pk__in=[one.pk for one in seats]).select_related(
            "user__department"
        )
        seat.label_from_instance = lambda one: str(one.user)


class ReleaseForm(ReasonForm):
    void = forms.TypedChoiceField(
        label=_("이미 채점한 것"),
        choices=[("", _("그대로 반영합니다")), ("1", _("모두 무효로 합니다"))],
        coerce=bool,
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )
    field_order = ("void", "reason")


class SlipsForm(Form):
    count = forms.IntegerField(label=_("쪽지 수(장)"), min_value=1, max_value=500)


class ChallengeForm(ReasonForm):
    """Whom an entrant does not want to judge, of those who sit in the panel."""

    judge = forms.TypedChoiceField(label=_("위원"), coerce=int)
    field_order = ("judge", "reason")

    def __init__(self, *args: Any, panel: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        judge: Any = self.fields["judge"]
        judge.choices = [("", _("선택해 주세요")), *((one.pk, str(one.user)) for one in panel)]
        self.fields["reason"].label = _("기피하는 까닭")


class DeclareForm(Form):
    ground = forms.ChoiceField(
        label=_("사유"),
        choices=[(one.value, one.label) for one in (Ground.DECLARED, Ground.RELATIVE, Ground.ADVISED)],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("설명"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )


class AbstainForm(ReasonForm):
    """Why one gives no mark: it stands on the sheet alone."""
