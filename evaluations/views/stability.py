"""Whether the result hangs on one sheet or judge, for planning and the committee, once scoring is over (E8)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from core.components import Badge, Progress
from core.listed import Tab
from core.models import Job
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from evaluations.drawing import MOST, drawings
from evaluations.enums import RoundState
from evaluations.models import Division, Round, Stability, Stage
from evaluations.selectors import stability as reading
from evaluations.selectors.outcome import divisions_of
from evaluations.services.stability import looks_at
from evaluations.views.lists import HOME, TONES
from evaluations.views.results import RESULTS, above_of, results_url
from evaluations.views.results_find import SEE, get_in_session
from evaluations.views.rounds import page_of

TITLE = gettext_lazy("결과가 흔들리는지 보기")
NOTE = gettext_lazy("심사자는 번호로만 나타냅니다.")


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
        divisions, stages = divisions_of(round), reading.deciding_of(round)
        division = _chosen(divisions, request.GET.get("division", ""))
        stage = _chosen(stages[::-1], request.GET.get("stage", ""))
        looks = looks_at(round)
        look = next((one for one in looks if (one.stage_id, one.division_id) == _keys(stage, division)), None)
        progress = self.progress(looks, look, divisions, stages)
        if request.headers.get("HX-Request"):
            return self.asked_again(progress)
        return self.render(
            {
                "title": round.title,
                "lead": TITLE,
                "badges": [Badge(round.get_state_display(), TONES[RoundState(round.state)])],
                "round": round,
                "progress": progress,
                "failed": look.job.error if look and look.job and look.found is None else "",
                **self.found(look, division, stage),
                "division_tabs": _tabs(
                    divisions, division, "division", f"&stage={stage.pk}" if stage else ""
                ),
                "stage_tabs": _tabs(stages, stage, "stage", f"&division={division.pk}" if division else ""),
                "back": results_url(round) if can(request.user, SEE, round) else "",
                "note": NOTE,
            }
        )

    def found(self, look: Stability | None, division: Division, stage: Stage) -> dict[str, Any]:
        if look is None or look.found is None:
            return {"found": None}
        view = reading.view(look, division)
        rows, pages = page_of(reading.results_in(division, stage), self.request.GET.get("page", ""), MOST)
        lines = reading.lines_of(rows, stage, view.moving)
        return {
            "found": view,
            "lines": lines,
            "pages": pages,
            "query": f"division={division.pk}&stage={stage.pk}&",
            "drawings": drawings(lines),
        }

    def progress(
        self,
        looks: Sequence[Stability],
        look: Stability | None,
        divisions: Sequence[Any],
        stages: Sequence[Any],
    ) -> Progress | None:
        """How far the reckoning is, and what is being reckoned; None where there is nothing to wait for."""
        job = look.job if look is not None and look.found is None else None
        if job is None or job.state not in (Job.State.QUEUED, Job.State.RUNNING):
            return None
        at = looks[min(job.done_units, len(looks) - 1)]
        titles = {one.pk: one.title for one in stages}, {one.pk: one.title for one in divisions}
        what = f"{titles[0].get(at.stage_id, '')} · {titles[1].get(at.division_id, '')}"
        state = (
            f"{job.get_state_display()}: {what}"
            if job.state == Job.State.RUNNING
            else job.get_state_display()
        )
        return Progress(TITLE, job.done_units, len(looks), state, self.request.get_full_path())

    def asked_again(self, progress: Progress | None) -> HttpResponse:
        """The bar alone; once there is none, the whole page."""
        if progress is None:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return self.render({"progress": progress}, template="components/progress.html")


def _keys(stage: Stage | None, division: Division | None) -> tuple[int | None, int | None]:
    return stage.pk if stage else None, division.pk if division else None


def _chosen(rows: list[Any], asked: str) -> Any:
    """The one asked for, else the first."""
    return next((one for one in rows if one.pk == whole(asked)), rows[0] if rows else None)


def _tabs(rows: list[Any], chosen: Any, name: str, rest: str) -> list[Tab]:
    if len(rows) < 2:
        return []
    return [Tab(one.title, f"?{name}={one.pk}{rest}", one == chosen) for one in rows]
