"""기피: an entrant of the staff asks, the panel's chair decides (E3). Citizens ask through the pages of their kind."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.components import Badge
from core.forms import ReasonForm
from core.page import BaseView, Crumbs, Request
from core.views.forms import FormPage
from core.views.steps import StepPage
from evaluations.enums import ConflictState
from evaluations.forms.rounds import ChallengeForm
from evaluations.kinds import kind_of
from evaluations.models import Conflict, Entry, Judge
from evaluations.services import conflicts
from evaluations.views.find import get_challenge
from evaluations.views.lists import HOME
from evaluations.workflow_judging import CONFLICT
from notifications.bar import bar_of

TONES = {ConflictState.ASKED: "warning", ConflictState.STANDS: "success", ConflictState.REFUSED: "neutral"}


class EntryChallenge(FormPage):
    """For who may object to what comes of the entry: of the panel, by name; who scores it is not told."""

    permission = "evaluations.judge"
    section = "evaluations"
    form_class = ChallengeForm
    title = submit = gettext_lazy("기피 신청")
    lead = gettext_lazy(
        "공정한 심사를 기대하기 어려운 위원이 있으면 까닭을 적어 신청합니다. 위원장이 결정합니다."
    )
    success = gettext_lazy("기피를 신청했습니다. 결정되면 알려 드립니다.")
    entry: Entry

    def prepare(self) -> None:
        rows = Entry.objects.select_related("round", "division")
        self.entry = get_object_or_404(rows.filter(out=False), pk=self.kwargs["pk"])
        self.panel = conflicts.panel_of(self.entry)
        if not self.panel or not kind_of(self.entry.round).may_object(self.actor, self.entry):
            raise Http404

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.entry.title, kind_of(self.entry.round).page_of(self.entry)), (self.title, None)]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"panel": self.panel}

    def get_cancel_url(self) -> str:
        return kind_of(self.entry.round).page_of(self.entry)

    def act(self, form: ChallengeForm) -> str:
        data = form.cleaned_data
        judge: Judge = next(one for one in self.panel if one.pk == data["judge"])
        conflicts.challenge(self.entry, judge, data["reason"], actor=self.actor)
        return self.get_cancel_url()


class ChallengePage(BaseView):
    """Who asks that whom does not judge what, for who decides."""

    permission = "evaluations.judge"
    section = "evaluations"
    template_name = "evaluations/challenge.html"
    conflict: Conflict

    def get_crumbs(self) -> Crumbs:
        return [HOME, (_("기피 신청"), None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.conflict = found = get_challenge(request.user, pk)
        stage = found.judge.stage
        return self.render(
            {
                "title": _("기피 신청"),
                "lead": str(stage),
                "badges": [Badge(found.get_state_display(), TONES[ConflictState(found.state)])],
                **bar_of(request.user, found),
                "facts": [
                    (_("심사 대상"), str(found.entry)),
                    (_("위원"), str(found.judge.user)),
                    (_("기피하는 까닭"), found.reason),
                    *([(_("결정 이유"), found.answer)] if found.answer else []),
                ],
            }
        )


class ChallengeStep(StepPage):
    workflow = CONFLICT
    find = staticmethod(get_challenge)
    section = "evaluations"
    permission = "evaluations.judge"
    above = (HOME,)
    form_class = ReasonForm
    binds = True
    uphold = False

    def get_name(self) -> str:
        return _("기피 신청")

    def act(self, form: ReasonForm) -> str:
        answer = form.cleaned_data["reason"]
        conflicts.decide(self.object, uphold=self.uphold, answer=answer, version=self.seen, actor=self.actor)
        return self.get_success_url()


class ChallengeUphold(ChallengeStep, FormPage):
    step = "uphold"
    uphold = True
    success = gettext_lazy("기피를 받아들였습니다. 이 위원은 이 대상을 심사하지 않습니다.")


class ChallengeRefuse(ChallengeStep, FormPage):
    step = "refuse"
    success = gettext_lazy("기피를 받아들이지 않았습니다.")
