"""The results of a round for who reads all, once its scoring is over; and the steps from a draft to what is confirmed
(E4, E7). The page is not there before, for nobody (E3)."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.response import document_response
from basis.formats import NOTHING, date_weekday
from core.cells import Cell, Column
from core.components import Action, Badge
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from evaluations.documents import result_sheet
from evaluations.enums import RoundState
from evaluations.filters_results import ResultFilter
from evaluations.forms.results import ChangeWayForm, ResolveForm
from evaluations.models import Grade, Result, Round, Stage
from evaluations.selectors import outcome
from evaluations.selectors.spread import spreads
from evaluations.services import confirming, drafts
from evaluations.views.lists import HOME, LIST, TONES
from evaluations.views.results_find import get_results
from evaluations.workflow import ROUND
from notifications.bar import bar_of

NEAR = 15  # entries after the last that gets a grade, offered to the committee
RESULTS = gettext_lazy("심사 결과")


def above_of(round: Round) -> Crumbs:
    return [HOME, LIST, (round.title, round.get_absolute_url())]


def results_url(round: Round) -> str:
    return reverse("evaluations:results", args=[round.pk])


class ResultList(ListView):
    """Every entry with place, score, parts, sheets, spread, grade; both ways where one was changed."""

    permission = "evaluations.view"
    section = "evaluations"
    title = RESULTS
    file_name = gettext_lazy("심사_결과")
    filter_class = ResultFilter
    template_name = "evaluations/results.html"
    default_order = ("entry__division__order", "place", "entry__number")
    empty_message = gettext_lazy("조건에 맞는 심사 대상이 없습니다.")

    @cached_property
    def round(self) -> Round:
        return get_results(self.actor, self.kwargs["pk"])

    @cached_property
    def stages(self) -> list[Stage]:
        return sorted(self.round.stages.all(), key=lambda stage: stage.order)

    def get_title(self) -> Any:
        return self.round.title

    def get_crumbs(self) -> Crumbs:
        return [*above_of(self.round), (RESULTS, None)]

    def get_queryset(self, user: Any) -> QuerySet[Result]:
        return Result.objects.filter(entry__round=self.round)

    def get_columns(self) -> Sequence[Column]:
        return [*self._first(), *self._parts(), *self._last()]

    def _first(self) -> list[Column]:
        return [
            Column("division", gettext_lazy("부문"), ("entry__division__title",), width=10),
            Column(
                "place",
                gettext_lazy("순위"),
                ("place",),
                _place,
                sort=("place",),
                align="right",
                kind="int",
                excel=_same,
            ),
            Column(
                "number",
                gettext_lazy("번호"),
                ("entry__number",),
                sort=("entry__number",),
                align="right",
                kind="int",
                excel=_same,
                width=8,
            ),
            Column(
                "title",
                gettext_lazy("제목"),
                ("entry__title",),
                sort=("entry__title",),
                primary=True,
                width=50,
            ),
            Column(
                "score",
                gettext_lazy("점수"),
                ("score", "tie"),
                self._score,
                sort=("-score",),
                align="right",
                kind="decimal",
                excel=_same,
                width=10,
            ),
        ]

    def _score(self, score: Any, tie: str) -> Cell:
        """With the criterion that parted it from its equals."""
        if score is None:
            return Cell(NOTHING)
        titles = {one.key: one.title for stage in self.stages for one in stage.criteria.all()} if tie else {}
        by = _("동점: %(criterion)s") % {"criterion": titles.get(tie, tie)} if tie else None
        return Cell(f"{score:.{self.round.decimals}f}", sub=by)

    def _parts(self) -> list[Column]:
        """The score in each stage, where there are several; place and score by the way before, where it was changed."""
        found = []
        if len(self.stages) > 1:
            for stage in self.stages:
                found.append(_part(f"part{stage.order}", stage.title, "parts", str(stage.order)))
        if any(stage.way_before for stage in self.stages):
            found.append(
                Column(
                    "before",
                    gettext_lazy("바꾸기 전"),
                    ("by_way_before",),
                    lambda before: (
                        Cell(str(before["score"]), sub=_nth(before["place"])) if before else Cell(NOTHING)
                    ),
                    align="right",
                    excel=lambda before: f"{before['score']} ({before['place']})" if before else "",
                    width=14,
                )
            )
        return found

    def _last(self) -> list[Column]:
        return [
            Column(
                "sheets",
                gettext_lazy("채점"),
                ("entry_id",),
                lambda entry: str(self.found[entry].sheets) if entry in self.found else NOTHING,
                align="right",
                kind="int",
                excel=lambda entry: self.found[entry].sheets if entry in self.found else 0,
                hide_mobile=True,
                width=8,
            ),
            Column(
                "spread",
                gettext_lazy("흩어짐"),
                ("entry_id",),
                lambda entry: str(self.found[entry].spread) if entry in self.found else NOTHING,
                align="right",
                kind="decimal",
                excel=lambda entry: self.found[entry].spread if entry in self.found else None,
                hide_mobile=True,
                width=10,
            ),
            Column("by_order", gettext_lazy("점수 순 등급"), ("by_order__name",), width=12),
            Column(
                "grade",
                gettext_lazy("등급"),
                ("grade__name", "by_order__name"),
                _grade,
                excel=_same,
                width=12,
            ),
            Column(
                "reason",
                gettext_lazy("사유"),
                ("reason", "entry__out", "entry__out_reason"),
                _reason,
                excel=_reason,
                width=40,
            ),
        ]

    def enrich(self, rows: list[Any], paths: list[str]) -> list[Any]:
        place = paths.index("entry_id")
        self.found = spreads(self.stages, [row[place] for row in rows])
        return rows

    def row_url(self, pk: Any) -> str | None:
        if self.round.state == RoundState.CONFIRMED and can(
            self.actor, "evaluations.ask_correction", self.round
        ):
            return reverse("evaluations:result_correct", args=[pk])
        return None

    def get_tools(self) -> Sequence[Action]:
        sheet = reverse("evaluations:result_sheet", args=[self.round.pk])
        return [
            Action(_("인쇄"), sheet, icon="print"),
            Action(_("한글(HWPX)"), f"{sheet}?format=hwpx", icon="down"),
        ]

    def get_context(self) -> dict[str, Any]:
        round = self.round
        bar = bar_of(self.actor, round, without={"results", "abandon"})
        return {
            "round": round,
            "lead": RESULTS,
            "badges": [Badge(round.get_state_display(), TONES[RoundState(round.state)])],
            **bar,
            "ties": [tie for tie in outcome.open_ties(round) if not tie.is_decided]
            if round.state == RoundState.DRAFT
            else [],
            "needs_session": round.state == RoundState.DRAFT and round.session_id is None,
            "facts": self._facts(),
        }

    def _facts(self) -> list[tuple[Any, Any]]:
        round, facts = self.round, []
        for stage in self.stages:
            way = str(stage.get_way_display())
            if stage.way_before:
                way = _("%(now)s (처음에는 %(before)s, 바꾼 사유: %(reason)s)") % {
                    "now": way,
                    "before": stage.get_way_before_display(),
                    "reason": stage.way_reason,
                }
            facts.append((stage.title, way))
        if round.session:
            held = f"{round.session.panel} {round.session.title}, {date_weekday(round.session.held_on)}"
            facts.append((_("의결한 회의"), held))
        if round.objections_until:
            facts.append((_("이의 신청"), _("%(day)s까지") % {"day": date_weekday(round.objections_until)}))
        return facts


def _same(value: Any, *_rest: Any) -> Any:
    return value


def _nth(place: Any) -> str:
    return _("%(place)s위") % {"place": place}


def _place(place: int | None) -> str:
    return NOTHING if place is None else str(place)


def _part(key: str, label: Any, path: str, order: str) -> Column:
    return Column(
        key,
        label,
        (path,),
        lambda parts: (
            Cell(str(parts[order]["score"]), sub=_nth(parts[order]["place"])) if order in parts else NOTHING
        ),
        align="right",
        excel=lambda parts: str(parts[order]["score"]) if order in parts else "",
        width=12,
        hide_mobile=True,
    )


def _grade(grade: str | None, by_order: str | None) -> Cell:
    if not grade:
        return Cell(NOTHING)
    return Cell(grade, tone="success" if grade == by_order else "warning")


def _reason(reason: str, out: bool, out_reason: str) -> str:
    return _("심사에서 뺌: %(reason)s") % {"reason": out_reason} if out else reason


class ResultSheet(BaseView):
    """Print page, Excel, HWPX."""

    permission = "evaluations.view"
    section = "evaluations"

    def get(self, request: Request, pk: int) -> HttpResponse:
        round = get_results(request.user, pk)
        self.looked = f"{round.title} {RESULTS}"
        name = "_".join([_("심사_결과"), round.period])
        back = results_url(round)
        return document_response(result_sheet(round), request.GET.get("format", "html"), name, back=back)


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
