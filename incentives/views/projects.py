"""Projects come into being: one by one, a further division, or from the year before (I1)."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.now import today
from core.page import Crumbs
from core.views.forms import FormPage
from incentives.enums import Kind, Way
from incentives.forms.projects import CopyForm, DivisionForm, given
from incentives.models import Division, Project
from incentives.services import projects
from incentives.views.lists import HOME, LIST, SECTION

FULL_MARKS = 100


class _Writing(FormPage):
    permission = "incentives.plan"
    section = SECTION
    form_class = DivisionForm

    def get_cancel_url(self) -> str:
        return reverse("incentives:list")


class ProjectNew(_Writing):
    title = gettext_lazy("사업 등록")
    submit = gettext_lazy("사업 등록")
    success = gettext_lazy("사업을 등록했습니다. 담당자를 적어 주세요.")
    crumbs = (HOME, LIST, (title, None))

    def get_draft_key(self) -> str:
        return "incentives.division.new"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"year": today().year + 1}

    def get_initial(self) -> dict[str, Any]:
        return {"year": today().year, "kind": Kind.JOINT, "way": Way.ABSOLUTE, "full_marks": FULL_MARKS}

    def act(self, form: DivisionForm) -> str:
        return projects.register(form.values(), form.parts(), actor=self.actor).get_absolute_url()


class DivisionNew(_Writing):
    """One more division of a project, with the departments of the one it is added beside."""

    title = gettext_lazy("부문 추가")
    submit = gettext_lazy("부문 추가")
    success = gettext_lazy("부문을 더했습니다. 담당자를 적어 주세요.")
    division: Division

    def prepare(self) -> None:
        rows = Division.objects.visible_to(self.actor).select_related("project").prefetch_related("parts")
        self.division = get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (str(self.division), self.division.get_absolute_url()), (self.title, None)]

    def get_form_kwargs(self) -> dict[str, Any]:
        project = self.division.project
        return {"year": project.year, "own": project, "parts": self.division.parts.all()}

    def get_initial(self) -> dict[str, Any]:
        return {**given(self.division), "name": "", "budget": None, "version": None}

    def get_cancel_url(self) -> str:
        return self.division.get_absolute_url()

    def act(self, form: DivisionForm) -> str:
        project = self.division.project
        made = projects.add_division(project, form.values(), form.parts(), actor=self.actor)
        return made.get_absolute_url()


class YearCopy(FormPage):
    permission = "incentives.plan"
    section = SECTION
    form_class = CopyForm
    title = gettext_lazy("지난해에서 이어 오기")
    submit = gettext_lazy("고른 사업 이어 오기")
    lead = gettext_lazy(
        "사업 이름과 부문, 주관·협조 부서, 아직 그 부서에 있는 담당자, 지표를 옮깁니다. 결과와 실적은 옮기지 않습니다."
    )
    crumbs = (HOME, LIST, (title, None))

    def get_initial(self) -> dict[str, Any]:
        """What of last year goes on; once all of that does, this year's for the next."""
        year, there = today().year, Project.objects.filter(after=None)
        if not there.filter(year=year - 1).exists():
            year += 1
        return {"year": year, "projects": list(there.filter(year=year - 1).values_list("pk", flat=True))}

    def get_cancel_url(self) -> str:
        return reverse("incentives:list")

    def act(self, form: CopyForm) -> str:
        data = form.cleaned_data
        made = projects.copy_year(data["year"], list(data["projects"]), actor=self.actor)
        said = _("%(count)d개 부문을 %(year)d년으로 이어 왔습니다.")
        messages.success(self.request, said % {"count": len(made), "year": data["year"]})
        return reverse("incentives:list")
