"""The results of a round for who reads all, once its scoring is over. The page is not there before, for nobody (E3)."""

from collections.abc import Sequence
from decimal import Decimal
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
from evaluations.documents import result_sheet
from evaluations.enums import RoundState
from evaluations.filters_results import ResultFilter
from evaluations.models import Result, Round, Stage
from evaluations.selectors import outcome
from evaluations.views.lists import HOME, LIST, TONES
from evaluations.views.results_find import get_results
from notifications.bar import bar_of

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

    def get_filter_kwargs(self) -> dict[str, Any]:
        return {"round": self.round}

    def count(self, queryset: QuerySet[Result]) -> int:
        """Each entry has one: their number came with the round."""
        whole: Any = self.round
        return super().count(queryset) if self.narrowed() else int(whole.entry_count)

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
                ("parts",),
                lambda parts: str(_last_of(parts).get("sheets", NOTHING)),
                align="right",
                kind="int",
                excel=lambda parts: _last_of(parts).get("sheets", 0),
                hide_mobile=True,
                width=8,
            ),
            Column(
                "spread",
                gettext_lazy("흩어짐"),
                ("parts",),
                lambda parts: _last_of(parts).get("spread", NOTHING),
                align="right",
                kind="decimal",
                excel=lambda parts: (
                    Decimal(_last_of(parts)["spread"]) if "spread" in _last_of(parts) else None
                ),
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


def _last_of(parts: dict[str, Any]) -> dict[str, Any]:
    """What stands of the last stage that scored the entry."""
    return parts[max(parts, key=int)] if parts else {}


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
