"""A round: made, prepared, opened (E1, E2)."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.components import Badge
from core.forms import ReasonForm
from core.now import today
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.permissions import can, ensure
from core.views.forms import ConfirmPage, FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from evaluations.enums import ENTERED, RoundState
from evaluations.forms.rounds import GradesForm, NewRoundForm, RoundForm, grade_rows, things_of
from evaluations.kinds import kind_of
from evaluations.models import Entry, Grade, Judge, Round, Stage
from evaluations.selectors.faults import faults_of_round, warnings_of
from evaluations.selectors.page import counts_of, log_of
from evaluations.services import rounds
from evaluations.views.find import get_entry, get_round
from evaluations.views.lists import HOME, LIST, TONES
from evaluations.views.results_find import outcome_of
from evaluations.workflow import ROUND
from notifications.bar import bar_of

SHOWN = 50  # entries on a page


class RoundNew(FormPage):
    permission = "evaluations.run"
    section = "evaluations"
    form_class = NewRoundForm
    title = gettext_lazy("심사 만들기")
    submit = gettext_lazy("만들기")
    lead = gettext_lazy(
        "부문과 단계, 심사 기준, 시상 등급은 방침대로 만들어집니다. 시작하기 전에 고칠 수 있습니다."
    )
    crumbs = (HOME, LIST, (gettext_lazy("심사 만들기"), None))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"period": self.request.POST.get("period", "") or str(today().year)}

    def get_cancel_url(self) -> str:
        return reverse("evaluations:list")

    def act(self, form: NewRoundForm) -> str:
        data = form.cleaned_data
        made = rounds.make(data["kind"], data["period"], data["subject"], actor=self.actor)
        return made.get_absolute_url()


def page_of(
    rows: Sequence[Any] | QuerySet[Any], asked: str, size: int = SHOWN, *, count: int | None = None
) -> tuple[Any, dict[str, Any]]:
    """The rows of the page asked for, and how to come to the others. `count`: how many there are, if that is known."""
    if count is None:
        count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    last = max(1, -(-count // size))
    number = min(max(1, whole(asked) or 1), last)
    shown = rows[(number - 1) * size : number * size]
    return shown, {
        "count": count,
        "number": number,
        "last": last,
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < last else None,
    }


class RoundPage(BaseView):
    """For who runs or watches it; a judge is led to the own sheets, and to what came of it once that is told."""

    permission = "evaluations.view"
    section = "evaluations"
    template_name = "evaluations/round.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.round.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        user = request.user
        with suppress(Http404):
            self.round = get_round(user, pk)
            return self.show(user)
        mine = Judge.objects.of(user).filter(stage__round=pk).order_by("-stage__order").first()
        elsewhere = outcome_of(user, pk) or (mine and mine.get_absolute_url())
        if not elsewhere:
            raise Http404
        return HttpResponseRedirect(elsewhere)

    def show(self, user: Any) -> HttpResponse:
        round = self.round
        stages = list(Stage.objects.filter(round=round).select_related("panel").prefetch_related("criteria"))
        for stage in stages:
            stage.round = round
        divisions = list(round.divisions.prefetch_related("grades"))
        counts = counts_of(round)
        entries, pages = page_of(
            round.entries.select_related("division", "department"), self.request.GET.get("page", "")
        )
        may_take_out = round.state in ENTERED and can(user, "evaluations.run", round)
        faults = faults_of_round(round) if round.state == RoundState.PREPARING else []
        return self.render(
            {
                "round": round,
                "title": round.title,
                "lead": f"{kind_of(round).label} · {round.span.label}",
                "badges": [Badge(round.get_state_display(), TONES[RoundState(round.state)])],
                **bar_of(user, round, *stages, without={"open"} if faults else ()),
                "facts": [
                    (_("심사 담당자"), str(round.run_by)),
                    (_("제안자"), _("가리고 심사") if round.blind else _("보이고 심사")),
                    (_("점수 소수 자리"), round.decimals),
                    (_("시상 최저 점수"), round.least if round.least is not None else _("없음")),
                    (_("공개 검증"), _("%(count)d일") % {"count": round.verification_days}),
                ],
                "stages": stages,
                "divisions": [(one, counts.get(one.pk, 0)) for one in divisions],
                "entries": entries,
                "pages": pages,
                "may_take_out": may_take_out,
                "takes": may_take_out or any(entry.out for entry in entries),
                "faults": faults,
                "events": log_of(round, stages),
            }
        )


class RoundStep(StepPage):
    workflow = ROUND
    find = staticmethod(get_round)
    section = "evaluations"
    permission = "evaluations.view"
    above = (HOME, LIST)

    def get_name(self) -> str:
        return str(self.object.title)


class RoundEdit(RoundStep, FormPage):
    step = "edit"
    form_class = RoundForm
    submit = gettext_lazy("저장")
    success = gettext_lazy("저장했습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"instance": Round.objects.get(pk=self.object.pk)}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.object.version}

    def act(self, form: RoundForm) -> str:
        data = form.cleaned_data
        rounds.edit(self.object, data, version=data["version"], actor=self.actor)
        return self.get_success_url()


class RoundGrades(RoundStep, FormPage):
    step = "grades"
    form_class = GradesForm
    template_name = "evaluations/table_form.html"
    submit = gettext_lazy("저장")
    success = gettext_lazy("저장했습니다.")
    lead = gettext_lazy(
        "부문마다 등급의 이름과 수, 시상금을 정합니다. 시상하지 않을 등급은 수를 0으로 둡니다."
    )

    def grades(self) -> list[Grade]:
        rows = Grade.objects.filter(division__round=self.object).select_related("division")
        return list(rows.order_by("division__order", "order"))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"rows": grade_rows(self.grades())}

    def act(self, form: GradesForm) -> str:
        rounds.edit_grades(self.object, form.values(), actor=self.actor)
        return self.get_success_url()


class RoundEntries(RoundStep, ConfirmPage):
    """Who may enter, with what speaks against it; chosen ones, or all against whom nothing speaks, come in."""

    step = "entries"
    template_name = "evaluations/entries.html"
    submit = gettext_lazy("고른 것 넣기")

    def get_context(self) -> dict[str, Any]:
        self.candidates = rounds.candidates(self.object)
        titles = dict(self.object.divisions.values_list("key", "title"))
        shown = [
            {
                "value": f"{kind}-{pk}",
                "title": one.title,
                "division": titles.get(one.division, one.division),
                "why_not": one.why_not,
                "inside": inside,
            }
            for one, (kind, pk), inside in self.candidates
        ]
        rows, pages = page_of(shown, self.request.GET.get("page", ""), 200)
        return {"candidates": rows, "pages": pages}

    def act(self) -> str:
        sent = self.request.POST
        chosen = None
        if "all" not in sent:
            chosen = things_of(sent.getlist("thing"))
        count = rounds.take_in(self.object, chosen, actor=self.actor)
        self.success = _("심사 대상 %(count)d건을 넣었습니다.") % {"count": count}  # type: ignore[misc]  # of this answer
        return self.get_success_url()


class RoundOpen(RoundStep, ConfirmStep):
    step = "open"
    template_name = "evaluations/open.html"
    success = gettext_lazy("심사를 시작했습니다. 위원에게 서약을 요청했습니다.")
    service = staticmethod(rounds.open)

    def get_context(self) -> dict[str, Any]:
        return {"faults": faults_of_round(self.object)}

    def foresee(self) -> list[str]:
        first = self.object.stages.select_related("panel").order_by("order").first()
        return warnings_of(first) if first else []

    def get_text(self) -> str:
        return _("점수 계산 방식과 심사 기준은 시작하면 정해집니다. 심사를 시작할까요?")


class RoundAbandon(RoundStep, ReasonStep):
    step = "abandon"
    success = gettext_lazy("심사를 중단했습니다.")
    service = staticmethod(rounds.abandon)
    binds = False


class EntryOut(FormPage):
    """One entry is taken out, with the reason."""

    permission = "evaluations.run"
    section = "evaluations"
    title = submit = gettext_lazy("심사에서 빼기")
    danger = True
    form_class = ReasonForm
    entry: Entry

    def prepare(self) -> None:
        self.entry = get_entry(self.actor, self.kwargs["pk"])
        ensure(self.actor, "evaluations.run", self.entry.round)

    def get_crumbs(self) -> Crumbs:
        round = self.entry.round
        return [HOME, LIST, (round.title, round.get_absolute_url()), (str(self.entry), None)]

    def get_cancel_url(self) -> str:
        return self.entry.round.get_absolute_url()

    def get_context(self) -> dict[str, Any]:
        return {"lead": str(self.entry)}

    def act(self, form: Any) -> str:
        rounds.take_out(self.entry, reason=form.cleaned_data["reason"], actor=self.actor)
        return self.get_cancel_url()
