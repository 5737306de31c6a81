"""What planning fills in once scoring is over. Forms check shape, services check rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form, ReasonForm
from evaluations.enums import Way
from evaluations.models import Grade, Result, Stage

NOTHING = ("", _("등급 없음"))


class ResolveForm(Form):
    """For each result that may come to a grade: which, and why where it is not by the order."""

    def __init__(
        self, *args: Any, results: Sequence[Result], grades: Sequence[Grade], tied: set[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.results, self.tied = results, tied
        for one in results:
            mine = [(grade.pk, grade.name) for grade in grades if grade.division_id == one.entry.division_id]
            self.fields[f"grade_{one.pk}"] = forms.TypedChoiceField(
                label=_("%(entry)s의 등급") % {"entry": one.entry},
                choices=[NOTHING, *mine],
                coerce=int,
                empty_value=None,
                required=False,
                initial=one.grade_id or "",
            )
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=_("%(entry)s의 사유") % {"entry": one.entry},
                max_length=500,
                required=False,
                initial=one.reason,
            )

    def lines(self) -> list[tuple[Result, bool, Any, Any]]:
        return [
            (one, one.pk in self.tied, self[f"grade_{one.pk}"], self[f"reason_{one.pk}"])
            for one in self.results
        ]

    def choices(self) -> dict[int, tuple[int | None, str]]:
        data = self.cleaned_data
        return {one.pk: (data[f"grade_{one.pk}"], data[f"reason_{one.pk}"]) for one in self.results}


class ChangeWayForm(ReasonForm):
    stage = forms.ModelChoiceField(label=_("단계"), queryset=Stage.objects.none(), empty_label=None)
    way = forms.ChoiceField(label=_("점수 계산"), choices=Way.choices)
    field_order = ("stage", "way", "reason")

    def __init__(self, *args: Any, stages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage: Any = self.fields["stage"]
        stage.queryset = stages
        stage.label_from_instance = lambda one: f"{one.title} ({one.get_way_display()})"


class ObjectionForm(Form):
    reason = forms.CharField(
        label=_("이의가 있는 까닭"),
        max_length=4_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("어느 부분이 왜 잘못되었다고 보는지 적어 주세요. 주민등록번호나 연락처는 적지 마세요."),
    )


class CorrectForm(ReasonForm):
    after = forms.ModelChoiceField(
        label=_("정정 뒤 등급"), queryset=Grade.objects.none(), required=False, empty_label=_("등급 없음")
    )
    field_order = ("after", "reason")

    def __init__(self, *args: Any, grades: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after: Any = self.fields["after"]
        after.queryset = grades
        self.fields["reason"].help_text = _("확정한 결과와 함께 누구나 읽습니다.")
