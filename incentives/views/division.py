"""A division of a project: who does what until when, its departments and people, its plan, its years (I1, I2)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.response import document_response
from basis.formats import date_weekday, won
from core.attachments import files_of, link_of
from core.cells import Cell
from core.components import Badge
from core.editing import label_of
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.held import HoldsFiles
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from incentives.documents import plan_paper
from incentives.enums import ContactState, DivisionState, Post
from incentives.forms.projects import (
    ApproveForm,
    ContactsForm,
    DivisionForm,
    NotifyForm,
    PlanForm,
    SubmitForm,
    given,
)
from incentives.models import Division, Part, Plan, Project
from incentives.policies import SUBMIT_BY, day_of
from incentives.selectors.projects import cases_for, line_of, owners_of, rewarding
from incentives.selectors.tones import DIVISION_TONES
from incentives.services import contacts, plans, projects
from incentives.views.indicator_card import card_of
from incentives.views.lists import HOME, LIST, SECTION
from incentives.views.results import results_of
from incentives.views.week_reports import marks_card
from incentives.workflow import DIVISION
from notifications.bar import bar_of
from organization.views.tables import table


def get_division(user: Any, pk: int) -> Division:
    """404 for what one may not know."""
    rows = Division.objects.visible_to(user).select_related("project", "clock", "plan")
    rows = rows.prefetch_related("parts__contacts__user__department", "parts__department")
    return get_object_or_404(rows, pk=pk)


class ProjectPage(BaseView):
    """A project of one division is that; of several the first, which leads to the others."""

    permission = "incentives.view"
    section = SECTION

    def get(self, request: Request, pk: int) -> HttpResponse:
        project = get_object_or_404(Project.objects.visible_to(request.user), pk=pk)
        first = get_object_or_404(project.divisions.order_by("order")[:1])
        return HttpResponseRedirect(first.get_absolute_url())


class DivisionPage(BaseView):
    permission = "incentives.view"
    section = SECTION
    template_name = "incentives/division.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (str(self.division), None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.division = division = get_division(request.user, pk)
        plan = getattr(division, "plan", None)
        return self.render(
            {
                **bar_of(request.user, division),
                "division": division,
                "title": str(division),
                "lead": f"{division.project.year} · {owners_of(division.parts.all())}",
                "badges": [Badge(division.get_state_display(), DIVISION_TONES[division.state])],
                "warning": self.warning(),
                "facts": self.facts(),
                "people": people_of(division.parts.all()),
                "plan": plan_texts(plan) if plan else [],
                "cases": self.cases(plan),
                "files": [link_of(file) for file in files_of(division)],
                "plan_files": [link_of(file) for file in files_of(plan)] if plan else [],
                "siblings": self.siblings(),
                **marks_card(division),
                "years": years_of(division.project),
                **card_of(division),
                **results_of(request.user, division),
                "events": [event_of(row) for row in latest_first(division)],
            }
        )

    def warning(self) -> str:
        """Said early: what was not told brings no bonus (I2)."""
        division = self.division
        if rewarding(division) or division.state in (DivisionState.DROPPED, DivisionState.JUDGED):
            return ""
        return _(
            "평가계획이 통보되지 않았습니다. 통보하지 않은 사업에는 결과가 좋아도 포상금을 지급하지 않습니다."
        )

    def facts(self) -> list[tuple[Any, Any]]:
        one = self.division
        found = [
            (_("평가 구분"), one.project.get_kind_display()),
            (_("평가 부서"), one.evaluator),
            (_("평가 방법"), one.get_way_display()),
            (_("사업비"), won(one.budget) if one.budget else ""),
            (_("시 담당자"), " ".join(filter(None, [one.contact, one.phone]))),
            (_("평가계획 통보일"), _day(one.notified_on)),
            (_("자체 추진계획 기한"), _day(one.clock.due) if one.clock else ""),
            (_("평가자료 제출 기한"), _day(one.submit_on)),
            (_("국장 검토일"), _day(one.director_on)),
            (_("부구청장 보고일"), _day(one.deputy_on)),
            (_("평가자료 제출일"), _day(one.submitted_on)),
        ]
        return [(label, text) for label, text in found if text]

    def cases(self, plan: Plan | None) -> list[Any]:
        if plan is None:
            return []
        rows = plan.cases.visible_to(self.request.user)
        return [(f"{one.code} {one.title}", one.get_absolute_url()) for one in rows]

    def siblings(self) -> list[tuple[str, str]]:
        rows = self.division.project.divisions.exclude(pk=self.division.pk).select_related("project")
        return [(str(one), one.get_absolute_url()) for one in rows]


def _day(value: Any) -> str:
    return date_weekday(value) if value else ""


def people_of(parts: Sequence[Part] | Any) -> dict[str, Any]:
    """The contact table: a line a department, a column a post."""
    rows: list[list[Cell | str]] = []
    for part in parts:
        named = {one.post: one for one in part.contacts.all() if one.state != ContactState.ENDED}
        rows.append([str(part), *(_person(named.get(post)) for post in Post.values)])
    return table(_("부서와 담당자"), [_("부서"), *(str(label) for label in Post.labels)], rows)


def _person(contact: Any) -> Cell | str:
    if contact is None:
        return "–"
    sub = _("부서를 떠났습니다. 새 담당자를 적어 주세요.") if contact.state == ContactState.MOVED else None
    return Cell(contact.user.name, sub=sub)


def plan_texts(plan: Plan) -> list[tuple[Any, str]]:
    found = [(label_of(plan, name), getattr(plan, name)) for name in plans.TEXTS]
    return [(label, text) for label, text in found if text]


def years_of(project: Project) -> dict[str, Any] | None:
    lines = line_of(project)
    rows: list[list[Cell | str]] = [
        [
            Cell(str(line.project.year), url=line.project.get_absolute_url()),
            line.project.name,
            ", ".join(one.grade for one in line.results) or "–",
            won(line.prize) if line.prize else "–",
        ]
        for line in lines
    ]
    heads = [_("연도"), _("사업명"), _("평가 결과"), _("수상금")]
    return table(_("연도별 결과"), heads, rows, right=[3]) if len(lines) > 1 or lines[0].results else None


class PlanPaper(BaseView):
    """The own plan for printing, as HWPX (`?format=hwpx`) and Excel."""

    permission = "incentives.view"

    def get(self, request: Request, pk: int) -> HttpResponse:
        division = get_division(request.user, pk)
        plan = get_object_or_404(Plan, division=division)
        title = _("자체 추진계획")
        name = f"{division.project.year}_{division}_{title}".replace(" ", "_")
        paper = plan_paper(plan, division)
        return document_response(
            paper, request.GET.get("format", "html"), name, back=division.get_absolute_url()
        )


class DivisionStep(StepPage):
    workflow = DIVISION
    find = staticmethod(get_division)
    section = SECTION
    permission = "incentives.view"
    above = (HOME, LIST)


class DivisionEdit(DivisionStep, FormPage):
    step = "edit"
    form_class = DivisionForm
    submit = gettext_lazy("저장")
    success = gettext_lazy("저장했습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        project = self.object.project
        return {"year": project.year, "own": project, "parts": self.object.parts.all()}

    def get_initial(self) -> dict[str, Any]:
        return given(self.object)

    def act(self, form: DivisionForm) -> str:
        version = form.cleaned_data["version"]
        projects.edit(self.object, form.values(), form.parts(), version=version, actor=self.actor)
        return self.get_success_url()


class DivisionContacts(DivisionStep, FormPage):
    step = "contacts"
    form_class = ContactsForm
    submit = gettext_lazy("담당자 저장")
    lead = gettext_lazy("직원번호나 이름을 적어 주세요. 그 부서 직원만 적을 수 있습니다.")
    success = gettext_lazy("담당자를 저장했습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"parts": self.object.parts.all()}

    def get_initial(self) -> dict[str, Any]:
        return ContactsForm.given(self.object.parts.all())

    def act(self, form: ContactsForm) -> str:
        contacts.name(self.object, form.people(), actor=self.actor)
        return self.get_success_url()


class DivisionNotify(DivisionStep, HoldsFiles, FormPage):
    step = "notify"
    form_class = NotifyForm
    binds = True
    lead = gettext_lazy(
        "시의 평가계획이 왔음을 기획예산과에 알립니다. 이날부터 자체 추진계획의 기한을 셉니다. "
        "통보하지 않은 사업에는 포상금을 지급하지 않습니다."
    )
    success = gettext_lazy("통보했습니다. 기한 안에 자체 추진계획을 써서 내 주세요.")

    def get_draft_key(self) -> str:
        return f"incentives.notify.{self.object.pk}"

    def get_initial(self) -> dict[str, Any]:
        return {"on": today()}

    def act(self, form: NotifyForm) -> str:
        with self.files(form) as files:
            plans.notify(
                self.object, on=form.cleaned_data["on"], files=files, version=self.seen, actor=self.actor
            )
        return self.get_success_url()


class DivisionWrite(DivisionStep, HoldsFiles, FormPage):
    step = "write"
    title = gettext_lazy("자체 추진계획 쓰기")
    form_class = PlanForm
    submit = gettext_lazy("자체 추진계획 저장")
    success = gettext_lazy("저장했습니다. 지표별 대응 방안까지 쓰고 제출해 주세요.")

    def get_draft_key(self) -> str:
        return f"incentives.plan.{self.object.pk}"

    @property
    def chosen(self) -> list[int]:
        return list(self.object.plan.cases.values_list("pk", flat=True))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "cases": cases_for(self.actor, self.chosen)}

    def get_initial(self) -> dict[str, Any]:
        plan = self.object.plan
        return {name: getattr(plan, name) for name in (*plans.TEXTS, "version")} | {"cases": self.chosen}

    def get_context(self) -> dict[str, Any]:
        return {"years": years_of(self.object.project)}

    def act(self, form: PlanForm) -> str:
        with self.files(form) as files:
            plans.write(
                self.object,
                form.values(),
                form.cleaned_data["cases"],
                files=files,
                version=form.cleaned_data["version"],
                actor=self.actor,
            )
        return self.get_success_url()


class DivisionSend(DivisionStep, ConfirmStep):
    step = "send"
    success = gettext_lazy("자체 추진계획을 제출했습니다.")
    service = staticmethod(plans.send)


class DivisionTakeBack(DivisionStep, ConfirmStep):
    step = "take_back"
    success = gettext_lazy("거두었습니다. 고친 뒤 다시 제출해 주세요.")
    service = staticmethod(plans.take_back)


class DivisionGiveBack(DivisionStep, ReasonStep):
    step = "give_back"
    success = gettext_lazy("보완을 요청했습니다.")
    service = staticmethod(plans.give_back)


class DivisionReopen(DivisionStep, ReasonStep):
    step = "reopen"
    lead = gettext_lazy("시의 평가계획이 바뀌었을 때 자체 추진계획을 다시 쓰게 합니다.")
    success = gettext_lazy("자체 추진계획을 다시 쓰게 했습니다.")
    service = staticmethod(plans.reopen)


class DivisionApprove(DivisionStep, FormPage):
    step = "approve"
    form_class = ApproveForm
    binds = True
    success = gettext_lazy("자체 추진계획을 승인했습니다.")

    def get_initial(self) -> dict[str, Any]:
        division = self.object
        usual = day_of(division.project.year, SUBMIT_BY.on(today()))
        return {"submit_on": division.submit_on or usual}

    def act(self, form: ApproveForm) -> str:
        plans.approve(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()


class DivisionSubmit(DivisionStep, HoldsFiles, FormPage):
    step = "submit"
    form_class = SubmitForm
    binds = True
    lead = gettext_lazy("국장이 검토하고 부구청장에게 보고한 뒤 낸 평가자료를 기록합니다.")
    success = gettext_lazy("평가자료 제출을 기록했습니다.")

    def get_draft_key(self) -> str:
        return f"incentives.submit.{self.object.pk}"

    def get_initial(self) -> dict[str, Any]:
        return {"on": today()}

    def act(self, form: SubmitForm) -> str:
        data = form.cleaned_data
        days = {name: data[name] for name in ("on", "director_on", "deputy_on")}
        with self.files(form) as files:
            plans.submit(self.object, **days, files=files, version=self.seen, actor=self.actor)
        return self.get_success_url()


class DivisionTakeNoticeBack(DivisionStep, ReasonStep):
    step = "take_notice_back"
    success = gettext_lazy("통보를 취소했습니다.")
    service = staticmethod(plans.take_notice_back)


class DivisionUndoSubmit(DivisionStep, ReasonStep):
    step = "undo_submit"
    success = gettext_lazy("제출 기록을 취소했습니다.")
    service = staticmethod(plans.undo_submit)


class DivisionDrop(DivisionStep, ReasonStep):
    step = "drop"
    lead = gettext_lazy("시나 평가기관이 올해 평가하지 않는 사업을 뺍니다. 기록은 남습니다.")
    success = gettext_lazy("대상에서 뺐습니다.")
    service = staticmethod(projects.drop)


class DivisionRestore(DivisionStep, ReasonStep):
    step = "restore"
    success = gettext_lazy("다시 대상으로 했습니다.")
    service = staticmethod(projects.restore)
