"""Contests: the list, one with how far departments are, preparing and announcing it (E5)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from contests.enums import ContestState
from contests.filters import ContestFilter
from contests.forms.contests import ContestForm
from contests.models import Contest, Practice
from contests.models.practice import CONTEST
from contests.selectors import CONTEST_TONES, contest_badge, counts_of
from contests.services import contests
from contests.workflow import CONTEST as WORKFLOW
from core.cells import Column, badge_cell, choice, day
from core.components import Action, Figure
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from notifications.bar import bar_of

SECTION = "contests"
HOME = (gettext_lazy("경진대회·성과금"), reverse_lazy("contests:list"))


def get_contest(user: Any, pk: int) -> Contest:
    """404 for what one may not know."""
    return get_object_or_404(Contest.objects.visible_to(user).select_related("prepared_by"), pk=pk)


class ContestList(ListView):
    permission = "contests.view"
    section = SECTION
    title = gettext_lazy("우수사례 경진대회")
    file_name = gettext_lazy("우수사례_경진대회")
    filter_class = ContestFilter
    default_order = ("-opens_on",)
    crumbs = (HOME, (gettext_lazy("우수사례 경진대회"), None))
    empty_message = gettext_lazy("조건에 맞는 경진대회가 없습니다.")
    columns = (
        Column("title", gettext_lazy("경진대회 이름"), ("title",), sort=("title",), primary=True, width=40),
        Column("period", gettext_lazy("기간"), ("period",), sort=("period",), width=12),
        Column("opens", gettext_lazy("접수 시작일"), ("opens_on",), day, sort=("opens_on",), kind="date",
               excel=lambda value: value),
        Column("closes", gettext_lazy("접수 마감일"), ("closes_on",), day, sort=("closes_on",), kind="date",
               excel=lambda value: value),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(ContestState, CONTEST_TONES), sort=("state",),
               excel=choice(ContestState)),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return Contest.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("contests:contest", args=[pk])

    def get_tools(self) -> list[Action]:
        if not can(self.actor, "contests.plan"):
            return []
        return [Action(_("경진대회 열기"), reverse("contests:contest_new"), "primary")]

    def get_empty_action(self) -> tuple[Any, str] | None:
        if not can(self.actor, "contests.plan"):
            return None
        return _("경진대회 열기"), reverse("contests:contest_new")


class ContestPage(BaseView):
    """What is asked for; beside it the own practice, and how far the departments are."""

    permission = "contests.view"
    section = SECTION
    template_name = "contests/contest.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.contest.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.contest = contest = get_contest(request.user, pk)
        own = Practice.objects.filter(contest=contest, department=request.user.department_id)
        plans = can(request.user, "notifications.nudge")
        return self.render(
            {
                **bar_of(request.user, contest),
                "contest": contest,
                "title": contest.title,
                "badges": [contest_badge(contest)],
                "facts": [
                    (_("기간"), contest.period_label),
                    (_("접수 기간"), contest.days),
                    *([(_("발표회"), date_weekday(contest.shown_on))] if contest.shown_on else []),
                ],
                "figures": self.figures() if plans else [],
                "own": own.first() if contest.state != ContestState.DRAFT else None,
                "practices_url": f"{reverse('contests:practices')}?contest={pk}&show=all",
                "round_url": self.round_url(),
                "events": [event_of(row) for row in latest_first(contest)],
            }
        )

    def figures(self) -> list[Figure]:
        """How many departments are where, for who asks the others."""
        if self.contest.state == ContestState.DRAFT:
            return []
        counts = counts_of(self.contest)
        listed = f"{reverse('contests:practices')}?contest={self.contest.pk}"
        return [
            Figure(_("제출한 부서"), str(counts.entered), _("곳"), f"{listed}&state=entered"),
            Figure(_("쓰고 있는 부서"), str(counts.begun), _("곳"), f"{listed}&state=draft&state=waiting"),
            Figure(_("내지 않은 부서"), str(counts.missing), _("곳"), f"{listed}&state=asked&state=missed"),
        ]

    def round_url(self) -> str:
        """Where planning goes on once it has closed."""
        waits = self.contest.state == ContestState.OPEN and self.contest.is_closed
        return reverse("evaluations:new") if waits and can(self.actor, "evaluations.run") else ""


class ContestNew(FormPage):
    permission = "contests.plan"
    section = SECTION
    form_class = ContestForm
    title = gettext_lazy("경진대회 열기")
    submit = gettext_lazy("저장")
    success = gettext_lazy("경진대회를 저장했습니다. 내용을 확인한 뒤 공고해 주세요.")
    crumbs = (HOME, (gettext_lazy("경진대회 열기"), None))

    def get_draft_key(self) -> str:
        return "contests.contest.new"

    def get_cancel_url(self) -> str:
        return reverse("contests:list")

    def act(self, form: ContestForm) -> str:
        return contests.prepare(form.values(), actor=self.actor).get_absolute_url()


class ContestStep(StepPage):
    workflow = WORKFLOW
    find = staticmethod(get_contest)
    section = SECTION
    permission = "contests.plan"
    above = (HOME,)


class ContestEdit(ContestStep, FormPage):
    step = "edit"
    form_class = ContestForm
    submit = gettext_lazy("수정 내용 저장")
    success = gettext_lazy("수정되었습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in (*CONTEST, "version")}

    def act(self, form: ContestForm) -> str:
        contests.edit(self.object, form.values(), version=form.cleaned_data["version"], actor=self.actor)
        return self.get_success_url()


class ContestPublish(ContestStep, ConfirmStep):
    step = "publish"
    success = gettext_lazy("공고했습니다. 모든 부서의 할 일에 우수사례 내기가 생겼습니다.")
    service = staticmethod(contests.publish)

    def get_text(self) -> str:
        said = {"title": self.object.title, "days": self.object.days}
        return (
            _("‘%(title)s’을(를) 공고하고 모든 부서에 우수사례를 내 달라고 알릴까요? 기간: %(days)s") % said
        )


class ContestWithdraw(ContestStep, ReasonStep):
    step = "withdraw"
    lead = gettext_lazy("우수사례를 더 받지 않습니다. 이미 쓴 것은 읽을 수 있게 남습니다.")
    success = gettext_lazy("경진대회를 거두었습니다.")
    service = staticmethod(contests.withdraw)
