"""First passwords for all or for chosen staff, their slips, and the way in of who is invited (D4)."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.response import document_response
from basis.errors import Rejected
from basis.formats import date_ko, datetime_ko, number
from core.access import Look
from core.cells import Cell
from core.components import Action, Progress
from core.models import AccessLog, Job
from core.numbers import whole, wholes
from core.page import BaseView, Crumbs, Request
from core.views.bearer import BearerPage
from core.views.forms import FormPage, PreviewPage
from organization.documents import password_book, password_slips
from organization.enums import IssueWay
from organization.forms import FirstPasswordsForm, NewPasswordForm
from organization.models import PasswordIssue, User
from organization.selectors import without_password
from organization.services import passwords as services
from organization.views.tables import table

STAFF = (gettext_lazy("직원"), reverse_lazy("staff"))
HOME = (gettext_lazy("처음 비밀번호"), reverse_lazy("staff_passwords"))


class PasswordsPage(PreviewPage):
    """For all who have none yet, for all, or for a department; what was given lately stands beneath."""

    permission = "organization.manage"
    section = "manage"
    form_class = FirstPasswordsForm
    template_name = "organization/passwords.html"
    title = gettext_lazy("처음 비밀번호")
    lead = gettext_lazy(
        "발급은 뒤에서 이어지고, 화면을 떠나도 잃지 않습니다. 인쇄물은 발급한 사람만 볼 수 있습니다."
    )
    check = gettext_lazy("대상 확인")
    submit = gettext_lazy("발급하기")
    crumbs = (STAFF, (HOME[0], None))

    def get_cancel_url(self) -> str:
        return reverse("staff")

    def get_context(self) -> dict[str, Any]:
        issues = PasswordIssue.objects.visible_to(self.request.user)[:10]
        rows = [
            (
                Cell(datetime_ko(one.made_at), url=one.get_absolute_url()),
                number(len(one.people)),
                str(one.get_way_display()),
            )
            for one in issues
        ]
        heads = [_("발급 일시"), _("인원"), _("방법")]
        return {"issues": table(_("내가 발급한 처음 비밀번호"), heads, rows, right=[1])}

    def people(self, form: FirstPasswordsForm) -> QuerySet[User]:
        data = form.cleaned_data
        found = without_password() if data["who"] == "none" else User.objects.filter(is_active=True)
        if data["department"]:
            found = found.filter(department=data["department"])
        return found.exclude(pk=self.request.user.pk)

    def foresee(self, form: FirstPasswordsForm) -> list[str]:
        people = list(self.people(form))
        reached = [one for one in people if one.email]
        if form.cleaned_data["way"] == IssueWay.PAPER:
            lines = [
                _("%(count)d명의 비밀번호가 새로 정해지고, 부서마다 나눠 줄 인쇄물이 만들어집니다.")
                % {"count": len(people)}
            ]
            if others := sum(not one.must_change_password for one in people):
                lines.append(
                    _("그 가운데 %(count)d명은 지금 쓰는 비밀번호로 로그인할 수 없게 됩니다.")
                    % {"count": others}
                )
            return lines
        return [
            _("%(count)d명에게 비밀번호를 정하는 링크를 보냅니다.") % {"count": len(reached)},
            _("전자우편이 없는 %(count)d명은 제외됩니다.") % {"count": len(people) - len(reached)},
        ]

    def act(self, form: FirstPasswordsForm) -> str:
        way = IssueWay(form.cleaned_data["way"])
        return services.ask(self.people(form), way, actor=self.request.user).get_absolute_url()


class PasswordsOfChosen(BaseView):
    """From the ticks of the list of staff."""

    permission = "organization.manage"

    def post(self, request: Request) -> HttpResponse:
        people = User.objects.filter(pk__in=wholes(request.POST.getlist("pk")))
        way = IssueWay.MAIL if request.POST.get("action") == IssueWay.MAIL else IssueWay.PAPER
        try:
            issue = services.ask(people, way, actor=request.user)
        except Rejected as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(reverse("staff"))
        return HttpResponseRedirect(issue.get_absolute_url())


class _OfIssue(BaseView):
    """404 for whoever did not give them out."""

    permission = "organization.manage"
    section = "manage"
    issue: PasswordIssue

    def find(self, pk: int) -> None:
        rows = PasswordIssue.objects.visible_to(self.request.user).select_related("job")
        self.issue = get_object_or_404(rows, pk=pk)

    def get_crumbs(self) -> Crumbs:
        return [STAFF, HOME, (datetime_ko(self.issue.made_at), None)]

    def get_look(self) -> Look:
        return Look(str(self.issue), self.issue.pk)


class IssuePage(_OfIssue):
    """How far it is, then a sheet for each department."""

    template_name = "organization/password_issue.html"

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.find(pk)
        job = self.issue.job
        running = job is not None and job.state in (Job.State.QUEUED, Job.State.RUNNING)
        slips = [] if running or self.issue.way == IssueWay.MAIL else services.slips(self.issue)
        return self.render(
            {
                "title": str(self.issue),
                "lead": str(self.issue.get_way_display()),
                "progress": self.progress(job) if job and running else None,
                "failed": job.error if job else "",
                "by_mail": self.issue.way == IssueWay.MAIL,
                "sheets": self.sheets(slips),
                "actions": [
                    Action(_("모두 인쇄"), self.url()),
                    Action(_("모두 엑셀"), self.url(format="xlsx"), icon="down"),
                ]
                if slips
                else [],
            }
        )

    @staticmethod
    def progress(job: Job) -> Progress:
        state = str(job.get_state_display())
        return Progress(job.label, job.done_units, job.total_units, state, reverse("job", args=[job.pk]))

    def url(self, **query: Any) -> str:
        return reverse("password_slips", args=[self.issue.pk], query=query)

    def sheets(self, slips: list[tuple[User, str]]) -> dict[str, Any]:
        rows = []
        for department, found in groupby(slips, key=lambda one: one[0].department):
            pk = department.pk if department else 0
            rows.append(
                (
                    str(department or _("소속 없음")),
                    number(sum(1 for _one in found)),
                    Cell(_("인쇄"), url=self.url(department=pk)),
                    Cell(_("한글(HWPX)"), url=self.url(department=pk, format="hwpx")),
                )
            )
        return table(_("부서별 인쇄물"), [_("부서"), _("인원"), _("인쇄"), _("한글(HWPX)")], rows, right=[1])


class SlipsPage(_OfIssue):
    """`?department=` one department's, `?format=` as page, HWPX or Excel. Nothing on the way keeps it."""

    file_action = AccessLog.Action.EXPORT

    def get_look(self) -> Look:
        return Look(_("처음 비밀번호 인쇄물 %(count)d명") % {"count": self.count}, self.issue.pk)

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        self.find(pk)
        slips = services.slips(self.issue)
        if asked := request.GET.get("department"):
            slips = [one for one in slips if (one[0].department_id or 0) == whole(asked)]
        self.count, fmt = len(slips), request.GET.get("format", "html")
        response: HttpResponseBase
        if fmt == "xlsx":
            response = password_book(slips)
        else:
            document = password_slips(slips, services.last_day(self.issue))
            response = document_response(
                document, fmt, _("처음 비밀번호"), back=self.issue.get_absolute_url()
            )
        response["Cache-Control"] = "no-store"
        return response


class WelcomePage(BearerPage, FormPage):
    """Where the link of an invitation leads. Looking changes nothing; sending the form does, once."""

    permission = "organization.accept_invitation"
    form_class = NewPasswordForm
    title = gettext_lazy("비밀번호 정하기")
    submit = gettext_lazy("비밀번호 정하기")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.subject}

    def get_draft_key(self) -> str:
        return ""

    def get_cancel_url(self) -> str:
        return ""

    def get_context(self) -> dict[str, Any]:
        words = _("%(name)s님의 직원번호는 %(number)s입니다. 링크는 %(day)s까지 한 번 쓸 수 있습니다.")
        held = self.actor.held
        person = self.subject
        names = {
            "name": person.name,
            "number": person.employee_number,
            "day": date_ko(held.expires_at.date()),
        }
        return {"lead": words % names}

    def act(self, form: NewPasswordForm) -> str:
        services.accept(self.subject, form.cleaned_data["new_password1"], actor=self.actor)
        messages.success(self.request, _("비밀번호가 정해졌습니다. 직원번호로 로그인해 주세요."))
        return reverse("login")
