"""Field visits put right by planning: a decision taken back, and the visits of the time before the process."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from benchmarking.views.lists import HOME
from core.views.forms import FormPage
from core.views.steps import ReasonStep
from visits.forms.records import CorrectionForm, RecordForm
from visits.services import corrections
from visits.views.lists import LIST
from visits.views.steps import VisitStep


class VisitUndoApprove(VisitStep, ReasonStep):
    step = "undo_approve"
    lead = gettext_lazy("승인 대기로 돌아갑니다. 다시 결정할 때까지 잡아 둔 여비는 그대로 있습니다.")
    success = gettext_lazy("승인을 취소했습니다. 방문 부서와 총무과에 알렸습니다.")
    service = staticmethod(corrections.undo_approve)


class VisitRestore(VisitStep, ReasonStep):
    step = "restore"
    title = submit = gettext_lazy("취소·불승인 되돌리기")
    lead = gettext_lazy("승인 대기로 돌아갑니다. 여비는 다시 승인할 때 잡아 둡니다.")
    success = gettext_lazy("승인 대기로 되돌렸습니다. 방문 부서에 알렸습니다.")
    service = staticmethod(corrections.restore)


class VisitNew(FormPage):
    """Planning enters what was made before the process was kept here."""

    permission = "visits.record"
    section = "benchmarking"
    form_class = RecordForm
    title = gettext_lazy("지난 현장체험 기록")
    submit = gettext_lazy("기록 추가")
    success = gettext_lazy("현장체험 기록이 추가되었습니다.")
    crumbs = (HOME, LIST, (gettext_lazy("지난 현장체험 기록"), None))

    def get_cancel_url(self) -> str:
        return reverse("visits:list")

    def act(self, form: RecordForm) -> str:
        values = form.values()
        department = values.pop("department")
        corrections.record_visit(values, department=department, actor=self.request.user)
        return self.get_cancel_url()


class VisitCorrect(VisitStep, FormPage):
    step = "correct_record"
    form_class = CorrectionForm
    title = gettext_lazy("지난 기록 정정")
    submit = gettext_lazy("정정")
    success = gettext_lazy("기록을 정정했습니다.")

    def get_initial(self) -> dict[str, Any]:
        visit = self.visit
        return {
            "department": visit.department_id,
            "visited_on": visit.visited_on,
            "host": visit.host,
            "purpose": visit.purpose,
            "headcount": visit.headcount,
            "case_code": visit.case.code if visit.case else "",
            "version": visit.version,
        }

    def act(self, form: CorrectionForm) -> str:
        corrections.correct_record(
            self.visit,
            form.values(),
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            actor=self.request.user,
        )
        return self.get_success_url()


class VisitDropRecord(VisitStep, ReasonStep):
    step = "drop_record"
    lead = gettext_lazy("현장체험 건수에서 빠집니다. 지운 사유는 남습니다.")
    success = gettext_lazy("기록을 삭제했습니다.")
    service = staticmethod(corrections.drop_record)
