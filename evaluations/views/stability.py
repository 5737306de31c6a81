"""Whether the result hangs on one sheet or judge, for planning and the committee, once scoring is over (E8)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.components import Badge
from core.listed import Tab
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from evaluations.drawing import MOST, drawings
from evaluations.enums import RoundState
from evaluations.models import Round
from evaluations.selectors.outcome import divisions_of
from evaluations.selectors.stability import deciding_of, stability
from evaluations.views.lists import HOME, TONES
from evaluations.views.results import RESULTS, above_of, results_url
from evaluations.views.results_find import SEE, get_in_session
from evaluations.views.rounds import page_of

TITLE = gettext_lazy("결과가 흔들리는지 보기")


class StabilityPage(BaseView):
    permission = "evaluations.view"
    section = "evaluations"
    template_name = "evaluations/stability.html"
    round: Round

    def get_crumbs(self) -> Crumbs:
        if not can(self.actor, SEE, self.round):
            return [HOME, (self.round.title, None)]
        return [*above_of(self.round), (RESULTS, results_url(self.round)), (TITLE, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.round = round = get_in_session(request.user, pk)
        divisions, stages = divisions_of(round), deciding_of(round)
        division = _chosen(divisions, request.GET.get("division", ""))
        stage = _chosen(stages[::-1], request.GET.get("stage", ""))
        found = stability(round, division, stage, stages) if division and stage else None
        lines = found.lines if found else []
        rows, pages = page_of(lines, request.GET.get("page", ""))
        return self.render(
            {
                "title": round.title,
                "lead": TITLE,
                "badges": [Badge(round.get_state_display(), TONES[RoundState(round.state)])],
                "round": round,
                "found": found,
                "lines": rows,
                "pages": pages,
                "query": f"division={division.pk}&stage={stage.pk}&" if division and stage else "",
                "drawings": drawings(lines),
                "most": MOST,
                "division_tabs": _tabs(
                    divisions, division, "division", f"&stage={stage.pk}" if stage else ""
                ),
                "stage_tabs": _tabs(stages, stage, "stage", f"&division={division.pk}" if division else ""),
                "back": results_url(round) if can(request.user, SEE, round) else "",
                "note": _("심사자는 번호로만 나타냅니다."),
            }
        )


def _chosen(rows: list[Any], asked: str) -> Any:
    """The one asked for, else the first."""
    return next((one for one in rows if one.pk == whole(asked)), rows[0] if rows else None)


def _tabs(rows: list[Any], chosen: Any, name: str, rest: str) -> list[Tab]:
    if len(rows) < 2:
        return []
    return [Tab(one.title, f"?{name}={one.pk}{rest}", one == chosen) for one in rows]
