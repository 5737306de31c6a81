"""The steps from a draft of results to what is confirmed (E4, E7)."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from core.page import Crumbs
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from evaluations.forms.results import ChangeWayForm, ResolveForm
from evaluations.models import Grade, Result, Round, Stage
from evaluations.selectors import outcome
from evaluations.services import confirming, drafts
from evaluations.views.results import RESULTS, above_of, results_url
from evaluations.views.results_find import get_results
from evaluations.workflow import ROUND

NEAR = 15  # entries after the last that gets a grade, offered to the committee


class ResultStep(StepPage):
    """A step of a round whose scoring is over; leads back to its results."""

    workflow = ROUND
    find = staticmethod(get_results)
    section = "evaluations"
    permission = "evaluations.view"
    object: Round

    def get_crumbs(self) -> Crumbs:
        return [*above_of(self.object), (RESULTS, results_url(self.object)), (self.title, None)]

    def get_cancel_url(self) -> str:
        return results_url(self.object)


class Reckon(ResultStep, ConfirmStep):
    step = "reckon"
    success = gettext_lazy("결과를 다시 계산했습니다.")
    service = staticmethod(drafts.reckon_again)

    def get_text(self) -> str:
        return _("채점표에서 결과를 다시 계산합니다. 기록한 심의 결과가 있으면 지워집니다. 계속할까요?")


class ChangeWay(ResultStep, FormPage):
    step = "change_way"
    binds = True
    form_class = ChangeWayForm
    lead = gettext_lazy(
        "바꾼 사유와 바꾸기 전·뒤의 결과가 함께 남고, 누구나 읽습니다. 기록한 심의 결과는 지워집니다."
    )
    success = gettext_lazy("다시 계산했습니다. 바꾸기 전의 결과와 나란히 볼 수 있습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"stages": Stage.objects.filter(round=self.object).order_by("order")}

    def act(self, form: ChangeWayForm) -> str:
        data = form.cleaned_data
        drafts.change_way(
            data["stage"], data["way"], reason=data["reason"], version=self.seen, actor=self.actor
        )
        return self.get_success_url()


class JudgeAgain(ResultStep, ReasonStep):
    step = "judge_again"
    danger = True
    lead = gettext_lazy(
        "위원회가 채점한 마지막 단계를 다시 엽니다. 지금의 결과는 지워지고 채점을 다시 마감하면 새로 계산합니다."
    )
    success = gettext_lazy("채점을 다시 열었습니다.")
    service = staticmethod(drafts.judge_again)

    def get_success_url(self) -> str:
        return self.object.get_absolute_url()


class Resolve(ResultStep, FormPage):
    """What the committee resolved: by the order, unless another grade or none has its reason."""

    step = "resolve"
    binds = True
    template_name = "evaluations/resolve.html"
    form_class = ResolveForm
    submit = gettext_lazy("의결 기록")
    success = gettext_lazy("위원회의 의결을 기록했습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        divisions = outcome.divisions_of(self.object)
        results: list[Result] = []
        for division in divisions:
            most = sum(grade.at_most for grade in division.grades.all()) + NEAR
            rows = Result.objects.filter(entry__division=division, entry__out=False)
            near = (
                rows.filter(place__lte=most)
                | rows.filter(grade__isnull=False)
                | rows.filter(pk__in=self.also)
            )
            related = near.select_related("entry__division", "by_order", "grade")
            results += related.order_by("place", "entry__number")[: most + NEAR]
        self.ties = outcome.open_ties(self.object, divisions)
        return {
            "results": results,
            "grades": list(Grade.objects.filter(division__round=self.object).order_by("order")),
            "tied": {one.pk for tie in self.ties for one in tie.results},
        }

    @cached_property
    def also(self) -> list[int]:
        """Entries further down, asked for by their number."""
        asked = [text for text in self.request.GET.getlist("number") if text.isdecimal() and len(text) < 7]
        rows = Result.objects.filter(entry__round=self.object, entry__number__in=map(int, asked))
        return list(rows.values_list("pk", flat=True))

    def get_context(self) -> dict[str, Any]:
        item = outcome.session_item(self.object)
        return {"item": item, "ties": self.ties, "near": NEAR, "panel": self.panel()}

    def panel(self) -> Any:
        """Whose session resolves: the panel of the last stage that has one."""
        rows = Stage.objects.filter(round=self.object, panel__isnull=False).select_related("panel")
        last = rows.order_by("-order").first()
        return last.panel if last else None

    def act(self, form: ResolveForm) -> str:
        drafts.resolve(self.object, form.choices(), version=self.seen, actor=self.actor)
        return self.get_success_url()


class Announce(ResultStep, ConfirmStep):
    step = "announce"
    success = gettext_lazy("결과를 예정으로 알렸습니다.")
    service = staticmethod(drafts.announce)

    def get_text(self) -> str:
        return _("누구나 결과를 읽고, 심사 대상을 낸 사람은 이의를 신청할 수 있습니다. 알릴까요?")

    def foresee(self) -> Sequence[Any]:
        if not outcome.may_announce(self.object):
            return [_("공개 검증을 하지 않는 심사입니다.")]
        rows = [f"{one.entry}: {one.grade}" for one in outcome.awarded_of(self.object)]
        until = date_weekday(outcome.until(self.object))
        return [_("이의 신청: %(day)s까지") % {"day": until}, *rows]


class Confirm(ResultStep, ConfirmStep):
    step = "confirm"
    success = gettext_lazy("결과를 확정했습니다. 시상과 점수를 기록하고 알렸습니다.")
    service = staticmethod(confirming.confirm)
    reveals = "award"

    def get_text(self) -> str:
        return _("확정하면 결과와 채점표가 굳어지고, 아래의 시상과 점수가 한 번에 기록됩니다. 확정할까요?")

    def foresee(self) -> Sequence[Any]:
        return confirming.foreseen(self.object)


class Cancel(ResultStep, ReasonStep):
    step = "cancel"
    danger = True
    lead = gettext_lazy("결과를 초안으로 되돌립니다. 위원회가 다시 의결해야 합니다.")
    success = gettext_lazy("예정을 거두었습니다.")
    service = staticmethod(drafts.cancel)
