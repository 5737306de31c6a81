"""Proposals of earlier years put right (N1)."""

from typing import Any

from django.utils.translation import gettext_lazy

from core.views.forms import FormPage
from proposals.forms.past import CorrectionForm, as_it_is
from proposals.services import past_corrections
from proposals.views.steps import Step


class CorrectRecord(Step, FormPage):
    step = "correct_record"
    form_class = CorrectionForm
    lead = gettext_lazy(
        "지난 자료에서 옮긴 제안의 번호, 날, 결과, 부서, 내용을 고칩니다. 통계에 바로 반영되고, "
        "고치기 전과 뒤가 기록에 남습니다."
    )
    submit = gettext_lazy("정정 내용 저장")
    success = gettext_lazy("정정되었습니다. 통계에 바로 반영됩니다.")

    def get_initial(self) -> dict[str, Any]:
        return as_it_is(self.object)

    def get_draft_key(self) -> str:
        """A name that was typed stands in no draft (D3)."""
        return ""

    def act(self, form: CorrectionForm) -> str:
        data = form.cleaned_data
        past_corrections.correct(
            self.object, form.said(), reason=data["reason"], actor=self.actor, version=data["version"]
        )
        return self.get_success_url()
