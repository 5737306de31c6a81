"""Practices: the list with what is missing, one with its result, writing and entering it (E5)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from contests.enums import OPEN_PRACTICES, PracticeState
from contests.filters import PracticeFilter
from contests.forms.contests import LateForm
from contests.forms.practices import PracticeForm, with_people
from contests.models import Practice
from contests.models.practice import TEXTS
from contests.policies import CONTRIBUTORS
from contests.selectors import PRACTICE_TONES
from contests.services import practices
from contests.views.contests import HOME, SECTION
from contests.workflow import PRACTICE
from core.attachments import files_of, link_of
from core.cells import Column, badge_cell, choice, day
from core.components import Badge
from core.editing import label_of
from core.page import BaseView, Crumbs, Request
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.held import HoldsFiles
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from evaluations.selectors import why
from evaluations.services.conflicts import being_judged
from notifications.bar import bar_of
from notifications.lists import NudgingList

LIST = (gettext_lazy("우수사례"), reverse_lazy("contests:practices"))


def get_practice(user: Any, pk: int) -> Practice:
    """404 for what one may not know."""
    rows = Practice.objects.visible_to(user).select_related("contest", "department", "written_by__department")
    return get_object_or_404(rows.prefetch_related("contributors__user"), pk=pk)


class PracticeList(NudgingList):
    """With those not begun: planning sees who is missing, and asks for it."""

    permission = "contests.view"
    section = SECTION
    title = gettext_lazy("우수사례")
    file_name = gettext_lazy("우수사례")
    filter_class = PracticeFilter
    open_states = OPEN_PRACTICES
    urgent_order = ("due_on", "department__order")
    default_order = ("-contest__opens_on", "department__order")
    crumbs = (HOME, LIST)
    empty_message = gettext_lazy("조건에 맞는 우수사례가 없습니다.")
    columns = (
        Column("department", gettext_lazy("부서"), ("department_name",), sort=("department__order",),
               primary=True, width=18),
        Column("title", gettext_lazy("제목"), ("title",), lambda title: title or "–", sort=("title",),
               excel=lambda title: title, width=50),
        Column("contest", gettext_lazy("경진대회"), ("contest__title",), sort=("contest__opens_on",), width=30,
               hide_mobile=True),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(PracticeState, PRACTICE_TONES), sort=("state",),
               excel=choice(PracticeState)),
        Column("due", gettext_lazy("제출 기한"), ("due_on",), day, sort=("due_on",), kind="date",
               excel=lambda value: value),
        Column("entered", gettext_lazy("제출일"), ("entered_on",), day, sort=("entered_on",), kind="date",
               excel=lambda value: value, hide_mobile=True),
        Column("grade", gettext_lazy("시상"), ("grade",), sort=("grade",), width=10),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return Practice.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("contests:practice", args=[pk])


class PracticePage(BaseView):
    permission = "contests.view"
    section = SECTION
    template_name = "contests/practice.html"

    def get_crumbs(self) -> Crumbs:
        contest = self.practice.contest
        return [HOME, (contest.title, contest.get_absolute_url()), (self.practice.department_name, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.practice = practice = get_practice(request.user, pk)
        texts = [(label_of(practice, name), getattr(practice, name)) for name in TEXTS[1:]]
        return self.render(
            {
                **bar_of(request.user, practice),
                "practice": practice,
                "title": practice.title or _("아직 쓰지 않은 우수사례"),
                "lead": f"{practice.department_name} · {practice.contest.title}",
                "badges": self.badges(),
                "facts": self.facts(),
                "texts": [(label, text) for label, text in texts if text],
                "people": practice.contributors.all(),
                "files": [link_of(file) for file in files_of(practice)],
                "judged": why.own(practice, request.user),
                "challenges": [
                    (entry.round.title, reverse("evaluations:entry_challenge", args=[entry.pk]))
                    for entry in being_judged(practice)
                    if request.user.department_id == practice.department_id
                ],
                "events": [event_of(row) for row in latest_first(practice)],
            }
        )

    def badges(self) -> list[Badge]:
        practice = self.practice
        state = Badge(practice.get_state_display(), PRACTICE_TONES[practice.state])
        return [state, *([Badge(practice.grade, "success")] if practice.grade else [])]

    def facts(self) -> list[tuple[Any, Any]]:
        practice = self.practice
        found = [
            (_("제출 기한"), date_weekday(practice.due_on)),
            (_("늦게 받는 사유"), practice.late_reason),
            (_("제출일"), date_weekday(practice.entered_on) if practice.entered_on else ""),
            (_("쓴 직원"), str(practice.written_by or "")),
        ]
        return [(label, text) for label, text in found if text]


class PracticeStep(StepPage):
    workflow = PRACTICE
    find = staticmethod(get_practice)
    section = SECTION
    permission = "contests.view"
    above = (HOME, LIST)

    def get_name(self) -> str:
        return str(self.object.title or self.object.department_name)


class PracticeEdit(PracticeStep, HoldsFiles):
    step = "edit"
    title = gettext_lazy("우수사례 쓰기")
    submit = gettext_lazy("저장")
    success = gettext_lazy("저장했습니다. 다 쓰면 부서장 확인을 요청해 주세요.")

    def get_form_class(self) -> Any:
        return with_people(PracticeForm, CONTRIBUTORS.on(self.object.contest.opens_on))

    def get_draft_key(self) -> str:
        return f"contests.practice.{self.object.pk}"

    def get_initial(self) -> dict[str, Any]:
        found = {name: getattr(self.object, name) for name in (*TEXTS, "version")}
        if people := self.object.contributors.all():
            return found | PracticeForm.given(people)
        return found | {"person1": self.request.user.employee_number, "share1": 100}

    def act(self, form: PracticeForm) -> str:
        with self.files(form) as files:
            practices.write(
                self.object,
                form.values(),
                form.people(),
                files=files,
                version=form.cleaned_data["version"],
                actor=self.actor,
            )
        return self.get_success_url()


class PracticeAsk(PracticeStep, ConfirmStep):
    step = "ask"
    success = gettext_lazy("부서장에게 확인을 요청했습니다.")
    service = staticmethod(practices.ask)


class PracticeEnter(PracticeStep, ConfirmStep):
    step = "enter"
    success = gettext_lazy("우수사례를 제출했습니다.")
    service = staticmethod(practices.enter)

    def get_text(self) -> str:
        return _("%(department)s의 우수사례로 제출할까요? 마감일까지는 거두어 고칠 수 있습니다.") % {
            "department": self.object.department_name
        }


class PracticeTakeBack(PracticeStep, ConfirmStep):
    step = "take_back"
    success = gettext_lazy("거두었습니다. 고친 뒤 다시 제출해 주세요.")
    service = staticmethod(practices.take_back)


class PracticeSendBack(PracticeStep, ReasonStep):
    step = "send_back"
    success = gettext_lazy("다시 쓰도록 돌려보냈습니다.")
    service = staticmethod(practices.send_back)


class PracticeGiveBack(PracticeStep, ReasonStep):
    step = "give_back"
    success = gettext_lazy("보완을 요청했습니다.")
    service = staticmethod(practices.give_back)


class PracticeAllowLate(PracticeStep, FormPage):
    step = "allow_late"
    form_class = LateForm
    success = gettext_lazy("늦은 제출을 허용했습니다. 부서에 알렸습니다.")

    def act(self, form: LateForm) -> str:
        practices.allow_late(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()
