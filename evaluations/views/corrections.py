"""Corrections of what was confirmed: asked by one, made by another (E4, D9)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import NOTHING, date_weekday
from core.cells import Column, badge_cell, choice, day
from core.components import Badge, Way
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from core.permissions import ensure
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from evaluations.enums import CorrectionState
from evaluations.filters_results import CorrectionFilter
from evaluations.forms.results import CorrectForm
from evaluations.models import Correction, Grade, Result
from evaluations.selectors.corrected import grade_now
from evaluations.services import corrections
from evaluations.views.lists import HOME
from evaluations.views.results import RESULTS, above_of, results_url
from evaluations.views.results_find import get_correction, get_result
from evaluations.workflow_results import CORRECTION
from notifications.bar import bar_of

TITLE = gettext_lazy("심사 결과 정정")
LIST = (TITLE, reverse_lazy("evaluations:corrections"))
TONES = {CorrectionState.ASKED: "info", CorrectionState.MADE: "success"}


def _named(grade: str | None) -> str:
    return grade or str(_("등급 없음"))


class CorrectionList(ListView):
    permission = "evaluations.results"
    section = "evaluations"
    title = TITLE
    file_name = gettext_lazy("심사_결과_정정")
    filter_class = CorrectionFilter
    open_states = (CorrectionState.ASKED,)
    urgent_order = ("asked_on",)
    default_order = ("-asked_on", "-pk")
    crumbs = (HOME, (TITLE, None))
    empty_message = gettext_lazy("조건에 맞는 정정이 없습니다.")
    columns = (
        Column("round", gettext_lazy("심사"), ("result__entry__round__title",), sort=("result__entry__round__title",),
               primary=True, width=40),
        Column("entry", gettext_lazy("심사 대상"), ("result__entry__number", "result__entry__title"),
               lambda n, t: f"{n}. {t}", excel=lambda n, t: f"{n}. {t}", width=50),
        Column("before", gettext_lazy("정정 전"), ("before__name",), _named, excel=_named, width=12),
        Column("after", gettext_lazy("정정 뒤"), ("after__name",), _named, excel=_named, width=12),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(CorrectionState, TONES), sort=("state",),
               excel=choice(CorrectionState)),
        Column("asked", gettext_lazy("요청일"), ("asked_on",), day, sort=("asked_on",), kind="date"),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Correction]:
        return Correction.objects.visible_to(user).exclude(result__entry__round__stages__judges__user=user)

    def row_url(self, pk: Any) -> str:
        return reverse("evaluations:correction", args=[pk])


class CorrectionPage(BaseView):
    permission = "evaluations.results"
    section = "evaluations"
    template_name = "evaluations/correction.html"
    correction: Correction

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.correction.result.entry.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.correction = one = get_correction(request.user, pk)
        entry = one.result.entry
        return self.render(
            {
                "title": entry.title,
                "lead": TITLE,
                "badges": [Badge(one.get_state_display(), TONES.get(CorrectionState(one.state), "neutral"))],
                "ways": [
                    Way(_("심사"), entry.round.title, results_url(entry.round)),
                    Way(_("회의"), str(one.session), one.session.get_absolute_url()),
                ],
                **bar_of(request.user, one),
                "facts": [
                    (_("심사 대상"), str(entry)),
                    (_("정정 전 등급"), _named(str(one.before) if one.before else None)),
                    (_("정정 뒤 등급"), _named(str(one.after) if one.after else None)),
                    (_("정정 사유"), one.reason),
                    (_("의결한 회의"), f"{one.session}, {date_weekday(one.session.held_on)}"),
                    (_("요청자"), str(one.asked_by)),
                ],
                "events": [event_of(row) for row in latest_first(one)],
            }
        )


class CorrectionStep(StepPage):
    workflow = CORRECTION
    find = staticmethod(get_correction)
    section = "evaluations"
    permission = "evaluations.results"
    above = (HOME, LIST)

    def get_name(self) -> str:
        return str(self.object.result.entry.title)


class Make(CorrectionStep, ConfirmStep):
    step = "make"
    success = gettext_lazy("정정했습니다. 확정한 결과와 정정한 결과를 함께 알립니다.")
    service = staticmethod(corrections.make)
    reveals = "award"

    def get_text(self) -> str:
        one = self.object
        return _(
            "%(before)s → %(after)s. 이미 준 시상은 취소하고, 새 등급의 시상을 결정합니다. 사유는 누구나 읽습니다. "
            "정정할까요?"
        ) % {"before": one.before or NOTHING, "after": one.after or NOTHING}


class Reject(CorrectionStep, ReasonStep):
    step = "reject"
    success = gettext_lazy("정정 요청을 반려했습니다.")
    service = staticmethod(corrections.reject)


class ResultCorrect(FormPage):
    """Planning asks that a confirmed result be corrected, as a second session resolved."""

    permission = "evaluations.ask_correction"
    section = "evaluations"
    form_class = CorrectForm
    title = submit = gettext_lazy("정정 요청")
    lead = gettext_lazy("확정한 결과는 그대로 남고, 정정한 내용과 사유가 그 옆에 공개됩니다.")
    success = gettext_lazy("정정을 요청했습니다. 다른 담당자나 과장이 확인합니다.")
    result: Result

    def prepare(self) -> None:
        self.result = get_result(self.actor, self.kwargs["pk"])
        ensure(self.actor, "evaluations.ask_correction", self.result)

    def get_crumbs(self) -> Crumbs:
        round = self.result.entry.round
        return [*above_of(round), (RESULTS, results_url(round)), (str(self.result.entry), None)]

    def get_cancel_url(self) -> str:
        return results_url(self.result.entry.round)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"grades": Grade.objects.filter(division=self.result.entry.division_id).order_by("order")}

    def get_context(self) -> dict[str, Any]:
        now = grade_now(self.result)
        entry = _("%(entry)s, 지금 등급: %(grade)s")
        return {"lead": entry % {"entry": self.result.entry, "grade": now or _("등급 없음")}}

    def act(self, form: CorrectForm) -> str:
        data = form.cleaned_data
        made = corrections.ask(self.result, data["after"], reason=data["reason"], actor=self.actor)
        return made.get_absolute_url()
