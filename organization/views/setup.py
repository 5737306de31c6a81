"""The first set-up: its steps with counts, the office's name and logo, the checks, functions and roles."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from basis.errors import Rejected
from core import attachments, pictures
from core.components import Action
from core.page import BaseView, Request
from core.permissions import NOBODY
from core.views.forms import ConfirmPage, FormPage
from organization import office, setup
from organization.forms_setup import OfficeForm, SetupRolesForm
from organization.models import Office
from organization.services import setup as services

HOME = (gettext_lazy("처음 설정"), reverse_lazy("setup"))


class _Setup(BaseView):
    permission = "organization.manage"
    section = "manage"

    @property
    def reveals(self) -> str:
        return NOBODY


class SetupPage(_Setup):
    """Every step with what stands there already; may be left and taken up again."""

    template_name = "organization/setup.html"
    crumbs = ((HOME[0], None),)

    def get(self, request: Request) -> HttpResponse:
        office.forget()  # another process may have named it a moment ago
        found = setup.standings()
        lasts = office.current().set_up_since is not None
        left = [one for one in found if not one.done]
        return self.render(
            {
                "title": HOME[0],
                "lead": _(
                    "%(all)d단계 가운데 %(done)d단계를 마쳤습니다. 언제든 떠났다가 이어서 할 수 있습니다."
                )
                % {"all": len(found), "done": len(found) - len(left)},
                "steps": found,
                "next": left[0].step.key if left else "",
                "lasts": lasts,
                "primary": Action(_("처음 설정 마치기"), reverse("setup_end"))
                if lasts and not left
                else None,
                "actions": [Action(_("처음 설정 마치기"), reverse("setup_end"))] if lasts and left else [],
            }
        )


class SetupPass(_Setup):
    """A step is said to be done, or not."""

    def post(self, request: Request, key: str) -> HttpResponse:
        try:
            services.passed(key, done=request.POST.get("done") == "1", actor=request.user)
        except Rejected as error:
            messages.error(request, error.message)
        return HttpResponseRedirect(reverse("setup"))


class SetupEnd(_Setup, ConfirmPage):
    title = gettext_lazy("처음 설정 마치기")
    success = gettext_lazy("처음 설정을 마쳤습니다.")
    crumbs = (HOME, (gettext_lazy("처음 설정 마치기"), None))

    def get_text(self) -> str:
        return _("마치면 안내가 사라지고, 방침은 기획 담당자만 바꿀 수 있습니다. 계속할까요?")

    def foresee(self) -> list[str]:
        left = [str(one.step.label) for one in setup.standings() if not one.done]
        return [_("남은 단계: %(left)s") % {"left": ", ".join(left)}] if left else []

    def get_cancel_url(self) -> str:
        return reverse("setup")

    def act(self) -> str:
        services.end(actor=self.request.user)
        return reverse("home")


class SetupOffice(_Setup, FormPage):
    form_class = OfficeForm
    title = gettext_lazy("기관 이름과 로고")
    submit = gettext_lazy("저장")
    success = gettext_lazy("저장되었습니다.")
    crumbs = (HOME, (title, None))

    def get_initial(self) -> dict[str, Any]:
        now = office.current()
        return {"name": now.name, "address": now.address}

    def get_cancel_url(self) -> str:
        return reverse("setup")

    def act(self, form: OfficeForm) -> str:
        services.name_office(actor=self.request.user, **form.cleaned_data)
        return reverse("setup")


class SetupChecks(_Setup):
    """The machine, in green and red."""

    template_name = "organization/setup_checks.html"
    crumbs = (HOME, (gettext_lazy("서버 점검"), None))

    def get(self, request: Request) -> HttpResponse:
        return self.render(
            {
                "title": _("서버 점검"),
                "lead": _("붉은 항목은 서버를 맡은 사람이 docs/operations.md를 보고 고칩니다."),
                "checks": setup.checks(),
            }
        )


class SetupRoles(FormPage):
    """Which department does what and who has which role; names are suggested."""

    permission = "organization.manage"
    section = "manage"
    form_class = SetupRolesForm
    title = gettext_lazy("기능과 역할")
    lead = gettext_lazy(
        "부서장은 직위에서 정해지므로 따로 부여하지 않습니다. 추천한 이름을 확인하고 저장해 주세요."
    )
    submit = gettext_lazy("저장")
    crumbs = (HOME, (title, None))

    def get_initial(self) -> dict[str, Any]:
        places = {role: setup.suggested_department(role) for role in setup.FUNCTIONS}
        people = {
            f"role_{role}": [user.pk for user in setup.suggested(role)] for role in SetupRolesForm.ROLES
        }
        return {**places, **people}

    def get_cancel_url(self) -> str:
        return reverse("setup")

    def act(self, form: SetupRolesForm) -> str:
        data = form.cleaned_data
        services.give_functions({role: data[role] for role in setup.FUNCTIONS}, actor=self.request.user)
        count = services.give_roles(
            {role: data[f"role_{role}"] for role in form.ROLES}, actor=self.request.user
        )
        messages.success(self.request, _("기능을 정하고 역할 %(count)d건을 부여했습니다.") % {"count": count})
        return reverse("setup")


class OfficeLogo(View):
    """Seen by whoever sees a page; drawn anew from what was uploaded."""

    public = True
    http_method_names = ["get", "head"]

    def get(self, request: Any) -> HttpResponse:
        row = Office.objects.first()
        kept = attachments.files_of(row).first() if row else None
        drawn = None
        if kept:
            with kept.file.open("rb") as file:
                drawn = pictures.small(file)
        if drawn is None:
            raise Http404
        response = HttpResponse(drawn, content_type="image/jpeg")
        response["Cache-Control"] = "public, max-age=86400"
        return response
