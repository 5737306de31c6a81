"""A judge's own pages: signing before content opens, the own sheets, one sheet beside its entry (E3)."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from core.access import Look
from core.components import Badge
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.views.forms import FormPage
from core.views.pages import SendsFile
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from evaluations.enums import JudgeState, SheetState, StageState
from evaluations.forms.rounds import AbstainForm, DeclareForm
from evaluations.models import Judge, Sheet
from evaluations.notifications import days_of
from evaluations.selectors import judging as reading
from evaluations.services import conflicts, judges, sheets
from evaluations.views.asking import AskingPage, told
from evaluations.views.find import get_judge, get_sheet
from evaluations.views.lists import HOME
from evaluations.views.marks import row_of
from evaluations.views.rounds import page_of
from evaluations.views.signing import ENTRANT, ENTRANTS, look_of, said_in, signing
from evaluations.workflow_judging import JUDGE, SHEET

SHEET_TONES = {
    SheetState.OPEN: "warning",
    SheetState.DONE: "success",
    SheetState.ABSTAINED: "neutral",
    SheetState.VOID: "neutral",
}


class Mine(BaseView):
    """Where somebody judges, with what is left."""

    permission = "evaluations.judge"
    section = "evaluations"
    template_name = "evaluations/mine.html"
    crumbs = (HOME, (gettext_lazy("내 심사"), None))

    def get(self, request: Request) -> HttpResponse:
        rows = Judge.objects.of(request.user).exclude(state=JudgeState.DECLINED)
        found = rows.select_related("stage__round").order_by("-stage__closes_on", "-pk")
        shown = [(judge, reading.progress_of(judge), days_of(judge.stage)) for judge in found]
        return self.render({"title": _("내 심사"), "shown": shown})


class JudgePage(BaseView):
    """One's own sheets of a stage; whoever has not signed signs first."""

    permission = "evaluations.judge"
    section = "evaluations"
    template_name = "evaluations/judge.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (_("내 심사"), reverse("evaluations:mine")), (self.judge.stage.round.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.judge = judge = get_judge(request.user, pk)
        stage = judge.stage
        if judge.state == JudgeState.INVITED and stage.state in (StageState.SIGNING, StageState.SCORING):
            return HttpResponseRedirect(reverse("evaluations:judge_sign", args=[pk]))
        if judge.state != JudgeState.SIGNED:
            raise Http404
        states = reading.states_of(judge)
        rows, pages = page_of(reading.own_sheets(judge), request.GET.get("page", ""), count=len(states))
        return self.render(
            {
                "title": stage.round.title,
                "lead": f"{stage.title} · {days_of(stage)}",
                "judge": judge,
                "stage": stage,
                "progress": reading.progress_in(states),
                "next": reading.first_open(states),
                "pages": pages,
                "query": "",
                "rows": [(row, SHEET_TONES[SheetState(row.state)]) for row in rows],
                "apart": judge.conflicts.standing().count(),
                "may_decline": stage.state != StageState.CLOSED,
            }
        )


class JudgeStep(StepPage):
    workflow = JUDGE
    find = staticmethod(get_judge)
    section = "evaluations"
    permission = "evaluations.judge"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (_("내 심사"), reverse("evaluations:mine")), (self.object.stage.round.title, None)]

    def get_cancel_url(self) -> str:
        return reverse("evaluations:mine")


class JudgeSign(JudgeStep, AskingPage):
    """The pledge, and whose the entries are: names and departments alone. Nothing of what they say."""

    step = "sign"
    title = gettext_lazy("심사 서약")
    template_name = "evaluations/sign.html"
    reveals = ENTRANTS

    def get_look(self) -> Look | None:
        return look_of(self.object.stage.round, self.object)

    def prepare(self) -> None:
        super().prepare()
        judge = self.object
        if judge.state != JudgeState.INVITED or judge.stage.state == StageState.WAITING:
            raise Http404

    def show(self, error: Rejected | None = None, status: int = 200) -> HttpResponse:
        return self.render(
            {
                "title": _("심사 서약"),
                "lead": self.object.stage.round.title,
                **told(error),
                "decline_url": reverse("evaluations:judge_decline", args=[self.object.pk]),
                **signing(self.object, self.request.POST),
                **self.carried(),
            },
            status=status,
        )

    def act(self) -> str:
        sent = self.request.POST
        said = said_in(self.object, sent)
        judges.sign(self.object, said, agreed="agreed" in sent, actor=self.actor)
        messages.success(self.request, _("서약했습니다."))
        return str(self.object.get_absolute_url())


class JudgeDecline(JudgeStep, ReasonStep):
    step = "decline"
    success = gettext_lazy("심사를 맡지 않는다고 알렸습니다.")
    service = staticmethod(judges.decline)


class SheetPage(AskingPage):
    """An entry and the sheet beside it. Each mark is saved as it is made; the form does all of it without script."""

    permission = "evaluations.judge"
    section = "evaluations"
    template_name = "evaluations/sheet.html"
    reveals = ENTRANT
    sheet: Sheet

    def get_look(self) -> Look | None:
        round = self.sheet.judge.stage.round
        return None if round.blind else look_of(round, self.sheet.entry)

    def get_crumbs(self) -> Crumbs:
        judge = self.sheet.judge
        return [
            HOME,
            (_("내 심사"), reverse("evaluations:mine")),
            (judge.stage.round.title, judge.get_absolute_url()),
            (str(self.sheet.entry), None),
        ]

    def prepare(self) -> None:
        self.sheet = get_sheet(self.actor, self.kwargs["pk"])

    def show(self, error: Rejected | None = None, status: int = 200) -> HttpResponse:
        sheet, judge = self.sheet, self.sheet.judge
        stage, entry = judge.stage, sheet.entry
        entry.round = stage.round
        content, states = reading.content_of(entry), reading.states_of(judge)
        marks = dict(sheet.marks.values_list("criterion", "value"))
        sent = self.request.POST
        return self.render(
            {
                "title": str(entry),
                "lead": f"{stage.round.title} · {entry.division.title}",
                "badges": [Badge(sheet.get_state_display(), SHEET_TONES[SheetState(sheet.state)])],
                "sheet": sheet,
                "entry": entry,
                "content": content,
                "files": [
                    {
                        "name": name,
                        "url": reverse("evaluations:sheet_file", args=[sheet.pk, file.pk]),
                        "size": file.size,
                    }
                    for name, file in reading.named_files(content, blind=stage.round.blind)
                ],
                "place": reading.place_of(sheet, states),
                "progress": reading.progress_in(states),
                "open": stage.takes_marks_today and sheet.state != SheetState.ABSTAINED,
                "abstained": sheet.state == SheetState.ABSTAINED,
                "takes": stage.takes_marks_today,
                "days": days_of(stage),
                "criteria": [
                    row_of(one, f"c{one.pk}", sent, marks.get(one.pk), error) for one in stage.criteria.all()
                ],
                "comment": sent.get("comment", "") if error else sheet.comment,
                **told(error),
                "version": sheet.version,
                **self.carried(),
            },
            status=status,
        )

    def refused(self, error: Rejected) -> HttpResponse:
        self.sheet.refresh_from_db()
        return super().refused(error)

    def act(self) -> str:
        sent = self.request.POST
        values = {pk: value for name, value in sent.items() if name[:1] == "c" and (pk := whole(name[1:]))}
        said: dict[str, Any] = {
            "comment": sent.get("comment", ""),
            "version": whole(sent.get("sheet_version", "")),
            "actor": self.actor,
        }
        if "finish" not in sent:
            sheets.save(self.sheet, values, **said)
            messages.success(self.request, _("저장했습니다."))
            return str(self.sheet.get_absolute_url())
        sheets.finish(self.sheet, values, **said)
        following = reading.place_of(self.sheet, reading.states_of(self.sheet.judge)).next_open
        if following is None:
            messages.success(self.request, _("배정된 것을 모두 채점했습니다."))
            return str(self.sheet.judge.get_absolute_url())
        messages.success(self.request, _("채점을 마쳤습니다. 다음 대상입니다."))
        return reverse("evaluations:sheet", args=[following])


class SheetFile(SendsFile):
    """What belongs to an entry, for whoever scores it."""

    permission = "evaluations.judge"

    def get_look(self) -> Look:
        return Look(f"{self.sheet.entry}: {self.name}", self.file.pk)

    def get(self, request: Request, pk: int, file: Any) -> FileResponse:
        self.sheet = sheet = get_sheet(request.user, pk)
        round = sheet.entry.round = sheet.judge.stage.round
        found = reading.named_files(reading.content_of(sheet.entry), blind=round.blind)
        self.name, given = next(((name, one) for name, one in found if one.pk == file), ("", None))
        if given is None:
            raise Http404
        return self.give(given, self.name)


class SheetMark(BaseView):
    """One mark, saved as it is made; answers with what stands beside it."""

    permission = "evaluations.judge"
    section = "evaluations"
    http_method_names = ["post"]

    def post(self, request: Request, pk: int) -> HttpResponse:
        sheet = get_sheet(request.user, pk)
        criterion = whole(request.POST.get("criterion", "")) or 0
        problem = ""
        try:
            sheet = sheets.save_mark(
                sheet, criterion, request.POST.get(f"c{criterion}", ""), actor=request.user
            )
        except Rejected as error:
            problem = error.message
        context = {"problem": problem, "criterion": criterion, "version": sheet.version}
        return self.render(context, template="evaluations/mark.html")


class SheetStep(StepPage):
    workflow = SHEET
    find = staticmethod(get_sheet)
    section = "evaluations"
    permission = "evaluations.judge"

    def get_crumbs(self) -> Crumbs:
        judge = self.object.judge
        return [
            HOME,
            (_("내 심사"), reverse("evaluations:mine")),
            (judge.stage.round.title, judge.get_absolute_url()),
            (str(self.object.entry), self.object.get_absolute_url()),
            (self.title, None),
        ]


class SheetAbstain(SheetStep, FormPage):
    step = "abstain"
    form_class = AbstainForm
    lead = gettext_lazy("이 대상에는 점수를 주지 않습니다. 적어 둔 점수는 지워집니다.")
    success = gettext_lazy("기권했습니다.")

    def act(self, form: AbstainForm) -> str:
        sheets.abstain(self.object, reason=form.cleaned_data["reason"], actor=self.actor)
        return str(self.object.judge.get_absolute_url())


class SheetResume(SheetStep, ConfirmStep):
    step = "resume"
    success = gettext_lazy("다시 채점할 수 있습니다.")
    service = staticmethod(sheets.resume)
    binds = False


class SheetDeclare(FormPage):
    """회피: something keeps the judge from this entry."""

    permission = "evaluations.judge"
    section = "evaluations"
    form_class = DeclareForm
    title = submit = gettext_lazy("이해충돌 밝히기")
    lead = gettext_lazy("밝히면 이 대상을 심사하지 않고, 적어 둔 점수는 쓰이지 않습니다.")
    danger = True
    success = gettext_lazy("이 대상은 심사하지 않습니다.")
    sheet: Sheet

    def prepare(self) -> None:
        self.sheet = get_sheet(self.actor, self.kwargs["pk"])

    def get_crumbs(self) -> Crumbs:
        judge = self.sheet.judge
        above = (judge.stage.round.title, judge.get_absolute_url())
        return [HOME, above, (str(self.sheet.entry), self.sheet.get_absolute_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.sheet.get_absolute_url()

    def act(self, form: DeclareForm) -> str:
        data = form.cleaned_data
        conflicts.declare(
            self.sheet.judge, self.sheet.entry, data["ground"], data["reason"], actor=self.actor
        )
        return str(self.sheet.judge.get_absolute_url())
