"""Coverage for planning, and typing sheets from paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.access import Look
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.permissions import can, ensure
from evaluations.enums import JudgeState, SheetState, StageState
from evaluations.models import Judge, Sheet, Stage
from evaluations.selectors.coverage import grid, people
from evaluations.selectors.entries import entries_of
from evaluations.services import judges, paper
from evaluations.services.paper import Outcome
from evaluations.views.asking import AskingPage, told
from evaluations.views.find import get_seated, get_stage
from evaluations.views.lists import HOME, LIST
from evaluations.views.rounds import page_of
from evaluations.views.signing import ENTRANTS, look_of, said_in, signing

PAGE = 50


def above(stage: Stage, title: Any) -> Crumbs:
    round = stage.round
    return [
        HOME,
        LIST,
        (round.title, round.get_absolute_url()),
        (stage.title, stage.get_absolute_url()),
        (title, None),
    ]


class Coverage(BaseView):
    """Judge × entry: there or not, abstained, kept away. Never a mark."""

    permission = "evaluations.see"
    section = "evaluations"
    template_name = "evaluations/coverage.html"
    stage: Stage

    def get_crumbs(self) -> Crumbs:
        return above(self.stage, _("채점 현황"))

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.stage = stage = get_stage(request.user, pk)
        behind = request.GET.get("behind") == "1"
        shown = people(stage, behind)
        whole: Any = stage  # its number of entries came with it
        page, count = request.GET.get("page", ""), whole.entry_count
        entries, pages = page_of(entries_of(stage), page, PAGE, count=count)
        return self.render(
            {
                "title": _("채점 현황"),
                "lead": str(stage),
                "stage": stage,
                "people": shown,
                "lines": grid(stage, list(entries), [one.judge for one in shown]),
                "pages": pages,
                "behind": behind,
                "query": "behind=1&" if behind else "",
                "nudge": reverse("notifications:nudge", args=["evaluations.judge"])
                if can(request.user, "notifications.nudge")
                else "",
                "done": sum(one.ready for one in shown),
                "all": sum(one.count for one in shown),
            }
        )


class PaperList(BaseView):
    """Whose sheets may be typed from paper: one judge's at a time, with what is still to be typed."""

    permission = "evaluations.run"
    section = "evaluations"
    template_name = "evaluations/paper.html"
    stage: Stage

    def get_crumbs(self) -> Crumbs:
        return above(self.stage, _("종이 채점표 입력"))

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.stage = stage = get_stage(request.user, pk)
        ensure(request.user, "evaluations.run", stage)
        if stage.state != StageState.SCORING:
            raise Http404
        signed = list(stage.judges.filter(state=JudgeState.SIGNED).select_related("user__department"))
        chosen = next((one for one in signed if one.pk == whole(request.GET.get("judge", ""))), None)
        rows, pages = (
            page_of(self.open_of(chosen), request.GET.get("page", ""), PAGE) if chosen else ([], None)
        )
        typed = dict(
            Sheet.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "typings__typed_by")
        )
        return self.render(
            {
                "title": _("종이 채점표 입력"),
                "lead": str(stage),
                "stage": stage,
                "judges": signed,
                "unsigned": stage.judges.filter(state=JudgeState.INVITED, user__isnull=False).select_related(
                    "user__department"
                ),
                "chosen": chosen,
                "query": f"judge={chosen.pk}&" if chosen else "",
                "rows": [(row, self.turn(typed.get(row.pk))) for row in rows],
                "pages": pages,
            }
        )

    def open_of(self, judge: Judge) -> Any:
        rows = Sheet.objects.filter(judge=judge, state=SheetState.OPEN, entry__out=False)
        return rows.select_related("entry").order_by("entry__number")

    def turn(self, typed_by: int | None) -> str:
        if typed_by is None:
            return _("첫 번째 입력")
        return "" if typed_by == self.request.user.pk else _("두 번째 입력")


class PaperType(AskingPage):
    """One of the two typings. Nothing is shown of the other."""

    permission = "evaluations.run"
    section = "evaluations"
    template_name = "evaluations/typing.html"
    sheet: Sheet

    def get_crumbs(self) -> Crumbs:
        return above(self.sheet.judge.stage, _("종이 채점표 입력"))

    def prepare(self) -> None:
        rows = Sheet.objects.select_related("judge__stage__round", "judge__user", "entry")
        self.sheet = get_object_or_404(rows, pk=self.kwargs["pk"])
        stage = get_stage(self.actor, self.sheet.judge.stage_id)
        ensure(self.actor, "evaluations.run", stage)
        if stage.state != StageState.SCORING or self.sheet.state != SheetState.OPEN:
            raise Http404

    def get_back(self) -> str:
        judge = self.sheet.judge
        return f"{reverse('evaluations:stage_paper', args=[judge.stage_id])}?judge={judge.pk}"

    def get(self, request: Request, **_address: Any) -> HttpResponse:
        self.prepare()
        if not paper.turn_of(self.sheet, self.actor):
            messages.info(request, _("이미 입력했습니다. 다른 직원이 한 번 더 입력해야 합니다."))
            return HttpResponseRedirect(self.get_back())
        return self.show()

    def show(self, error: Rejected | None = None, status: int = 200) -> HttpResponse:
        sheet, sent = self.sheet, self.request.POST
        return self.render(
            {
                "title": _("종이 채점표 입력"),
                "lead": f"{sheet.judge.user or sheet.judge} · {sheet.entry}",
                "rows": [
                    (one, f"c{one.pk}", sent.get(f"c{one.pk}", ""))
                    for one in sheet.judge.stage.criteria.order_by("order")
                ],
                **told(error),
                "back": self.get_back(),
                **self.carried(),
            },
            status=status,
        )

    def act(self) -> str:
        sent = self.request.POST
        values = {pk: value for name, value in sent.items() if name[:1] == "c" and (pk := whole(name[1:]))}
        outcome, apart = paper.type_in(self.sheet, values, actor=self.actor)
        if outcome == Outcome.FIRST:
            messages.success(self.request, _("입력했습니다. 다른 직원이 한 번 더 입력하면 확정됩니다."))
        elif outcome == Outcome.AGREED:
            messages.success(self.request, _("두 입력이 같아 확정했습니다."))
        else:
            messages.error(
                self.request,
                _("두 입력이 다릅니다(%(criteria)s). 두 사람 모두 다시 입력해 주세요.")
                % {"criteria": ", ".join(apart)},
            )
        return self.get_back()


class PaperSign(AskingPage):
    """A judge has signed on paper: planning types which entrants they named."""

    permission = "evaluations.run"
    section = "evaluations"
    template_name = "evaluations/sign.html"
    reveals = ENTRANTS
    judge: Judge

    def get_look(self) -> Look | None:
        return look_of(self.judge.stage.round, self.judge)

    def get_crumbs(self) -> Crumbs:
        return above(self.judge.stage, _("종이 서약 기록"))

    def prepare(self) -> None:
        self.judge = get_seated(self.actor, self.kwargs["pk"])
        ensure(self.actor, "evaluations.run", self.judge)
        if self.judge.state != JudgeState.INVITED or self.judge.user_id is None:
            raise Http404

    def show(self, error: Rejected | None = None, status: int = 200) -> HttpResponse:
        lead = f"{self.judge.user} · {self.judge.stage}"
        context = signing(self.judge, self.request.POST)
        return self.render(
            {"title": _("종이 서약 기록"), "lead": lead, **told(error), **context, **self.carried()},
            status=status,
        )

    def act(self) -> str:
        sent = self.request.POST
        judges.sign_on_paper(self.judge, said_in(self.judge, sent), agreed="agreed" in sent, actor=self.actor)
        messages.success(self.request, _("종이로 받은 서약을 기록했습니다."))
        return f"{reverse('evaluations:stage_paper', args=[self.judge.stage_id])}?judge={self.judge.pk}"
