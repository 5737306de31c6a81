"""How results are written down, corrected and deleted (I6, I7)."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from core.forms import ReasonForm
from core.now import today
from core.page import Crumbs
from core.permissions import ensure
from core.views.forms import FormPage
from core.views.held import HoldsFiles
from incentives.forms.projects import given_parts
from incentives.forms.results import CorrectForm, PrizesForm, ResultNewForm, given_prizes
from incentives.models import Division, Result
from incentives.selectors.grades import tiers
from incentives.services import results
from incentives.services.results import FIELDS
from incentives.views.lists import HOME, SECTION
from incentives.views.results import LIST, get_result


class _Writing(HoldsFiles, FormPage):
    permission = "incentives.plan"
    section = SECTION

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "known": sorted(tiers())}


class ResultNew(_Writing):
    """Of a division; what its parts say is offered."""

    form_class = ResultNewForm
    title = gettext_lazy("평가 결과 적기")
    submit = gettext_lazy("평가 결과 기록")
    success = gettext_lazy("결과를 기록했습니다. 포상금을 산정했습니다.")
    division: Division

    def prepare(self) -> None:
        rows = Division.objects.visible_to(self.actor).select_related("project").prefetch_related("parts")
        self.division = get_object_or_404(rows, pk=self.kwargs["pk"])
        ensure(self.actor, "incentives.plan", self.division)

    def get_draft_key(self) -> str:
        return f"incentives.result.new.{self.division.pk}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "parts": self.division.parts.all()}

    def get_crumbs(self) -> Crumbs:
        return [HOME, (str(self.division), self.division.get_absolute_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.division.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        usual = {"title": str(self.division)[:120], "decided_on": today()}
        return usual | given_parts(self.division.parts.all())

    def act(self, form: ResultNewForm) -> str:
        with self.files(form) as files:
            made = results.add(
                self.division,
                form.values(),
                form.parts(),
                form.prizes(),
                form.cleaned_data["others"],
                files=files,
                actor=self.actor,
            )
        return made.get_absolute_url()


class OfResult(FormPage):
    permission = "incentives.plan"
    section = SECTION
    result: Result

    def prepare(self) -> None:
        self.result = get_result(self.actor, self.kwargs["pk"])

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.result.title, self.result.get_absolute_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.result.get_absolute_url()


class ResultCorrect(OfResult, _Writing):
    form_class = CorrectForm
    title = gettext_lazy("결과 정정")
    submit = gettext_lazy("결과 정정")
    lead = gettext_lazy("정정하면 포상금을 다시 산정합니다. 포상금을 배분한 뒤에는 정정할 수 없습니다.")
    success = gettext_lazy("결과를 정정했습니다.")

    def get_draft_key(self) -> str:
        return f"incentives.result.{self.result.pk}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "parts": self.result.shares.all()}

    def get_initial(self) -> dict[str, Any]:
        one = self.result
        found = {name: getattr(one, name) for name in (*FIELDS, "grade", "version")}
        return found | given_parts(one.shares.all()) | {"others": list(one.elsewhere.all())}

    def act(self, form: CorrectForm) -> str:
        data = form.cleaned_data
        with self.files(form) as files:
            results.correct(
                self.result,
                form.values(),
                form.parts(),
                data["others"],
                reason=data["reason"],
                files=files,
                version=data["version"],
                actor=self.actor,
            )
        return self.get_cancel_url()


class ResultPrizes(OfResult):
    form_class = PrizesForm
    title = gettext_lazy("수상금 적기")
    submit = gettext_lazy("수상금 저장")
    lead = gettext_lazy(
        "받을 돈은 금액만 먼저 적고, 들어오면 받은 날을 적습니다. 들어오지 않은 돈으로는 포상금을 지급하지 않습니다."
    )
    success = gettext_lazy("수상금을 저장했습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"prizes": self.result.prizes.count()}

    def get_initial(self) -> dict[str, Any]:
        return given_prizes(self.result) | {"version": self.result.version}

    def act(self, form: PrizesForm) -> str:
        results.set_prizes(self.result, form.prizes(), version=form.cleaned_data["version"], actor=self.actor)
        return self.get_cancel_url()


class ResultDelete(OfResult):
    form_class = ReasonForm
    title = gettext_lazy("결과 삭제")
    submit = gettext_lazy("결과 삭제")
    danger = True
    lead = gettext_lazy(
        "결과와 수상금, 유공 직원을 지웁니다. 사업에 다른 결과가 없으면 결과가 나오기 전으로 돌아갑니다."
    )
    success = gettext_lazy("결과를 지웠습니다.")

    def act(self, form: Any) -> str:
        division = results.delete(self.result, reason=form.cleaned_data["reason"], actor=self.actor)
        return division.get_absolute_url()
