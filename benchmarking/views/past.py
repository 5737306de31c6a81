"""Cases of earlier years put right: corrected, no longer counted, counted again (N1)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from benchmarking.forms.past import CorrectionForm, as_it_is
from benchmarking.selectors.cases import recorded_reviews
from benchmarking.services import past_corrections as services
from benchmarking.views.cases import CaseStep
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep


class CaseCorrectRecord(CaseStep, FormPage):
    step = "correct_record"
    permission = "benchmarking.plan"
    form_class = CorrectionForm
    submit = _("정정 내용 저장")
    success = _("정정되었습니다. 통계에 바로 반영됩니다.")
    lead = _(
        "지난 자료에서 옮긴 사례의 연도, 부서, 결정, 날짜를 고칩니다. 주요 내용과 발굴자는 ‘내용 수정’에서 고칩니다."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"reviews": recorded_reviews(self.object)}

    def get_initial(self) -> dict[str, Any]:
        return as_it_is(self.object, recorded_reviews(self.object))

    def act(self, form: CorrectionForm) -> str:
        data = form.cleaned_data
        services.correct(
            self.object, form.said(), reason=data["reason"], actor=self.request.user, version=data["version"]
        )
        return self.get_success_url()


class CaseWithdrawRecord(CaseStep, ReasonStep):
    step = "withdraw_record"
    permission = "benchmarking.plan"
    lead = _("통계와 목록의 건수에서 빠집니다. 기록과 거둔 사유는 남고, 되돌릴 수 있습니다.")
    success = _("사례를 거두었습니다.")
    service = staticmethod(services.withdraw)


class CaseRestoreRecord(CaseStep, ConfirmStep):
    step = "restore_record"
    permission = "benchmarking.plan"
    success = _("거둔 사례를 되돌렸습니다.")
    service = staticmethod(services.restore)
