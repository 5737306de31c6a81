"""What is done with an account: entering, postings, roles, password, end of use (O2, O3, D4)."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.formats import date_weekday
from core.access import Look
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.permissions import NOBODY
from core.views.forms import ConfirmPage, FormPage, PreviewPage, reject
from core.views.seen import SeenPage
from organization import foresight
from organization.enums import Position, Role
from organization.forms import GrantForm, RevokeForm, StaffEditForm, StaffForm, TransferForm
from organization.models import RoleAssignment, User
from organization.services import accounts, roles
from organization.services import staff as services
from organization.views.staff import HOME


class StaffNew(FormPage):
    permission = "organization.manage"
    reveals = NOBODY
    section = "manage"
    form_class = StaffForm
    title = gettext_lazy("직원 등록")
    lead = gettext_lazy("등록하면 처음 비밀번호가 한 번만 표시됩니다. 여럿이면 엑셀로 등록해 주세요.")
    submit = gettext_lazy("직원 등록")
    crumbs = (HOME, (gettext_lazy("직원 등록"), None))

    def get_initial(self) -> dict[str, Any]:
        return {"valid_from": today(), "position": Position.OFFICER}

    def get_cancel_url(self) -> str:
        return reverse("staff")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """The password goes into this answer and nowhere else."""
        form = StaffForm(request.POST)
        if form.is_valid():
            try:
                account = services.create(actor=request.user, **form.cleaned_data)
            except Rejected as error:
                reject(form, error)
            else:
                return show_password(self, account.user, account.password, _("직원이 등록되었습니다."))
        return self.page(form, status=422)


def show_password(view: BaseView, person: User, password: str, message: str) -> HttpResponse:
    context = {"title": person.full_label, "person": person, "password": password, "message": message}
    response = view.render(context, template="organization/password.html")
    response["Cache-Control"] = "no-store"
    return response


class _AboutPerson(SeenPage):
    permission = "organization.manage"
    section = "manage"
    title: ClassVar[Any] = ""

    def prepare(self) -> None:
        self.person = get_object_or_404(User, pk=self.kwargs["pk"])

    def get_look(self) -> Look:
        return Look(f"{self.person.full_label}: {self.title}", self.person.pk, self.person)

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.person.full_label, self.person.get_absolute_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.person.get_absolute_url()


class _OfPerson(_AboutPerson, FormPage):
    """A form about one account."""


class StaffEdit(_OfPerson):
    form_class = StaffEditForm
    title = gettext_lazy("내용 수정")
    lead = gettext_lazy("부서·직위·직급은 전보 발령으로 바꿉니다.")
    submit = gettext_lazy("수정 내용 저장")
    success = gettext_lazy("수정되었습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.person, name) for name in (*services.EDITABLE, "version")}

    def act(self, form: StaffEditForm) -> str:
        values = {name: form.cleaned_data[name] for name in services.EDITABLE}
        version = form.cleaned_data["version"]
        services.edit(self.person, values, actor=self.request.user, version=version)
        return self.person.get_absolute_url()


class StaffTransfer(_OfPerson, PreviewPage):
    form_class = TransferForm
    title = gettext_lazy("전보 발령")
    lead = gettext_lazy("점수와 실적은 그날 소속된 부서의 것으로 계산됩니다.")
    submit = gettext_lazy("발령 등록")

    def get_initial(self) -> dict[str, Any]:
        person = self.person
        return {
            "department": person.department_id,
            "position": person.position,
            "rank": person.rank,
            "valid_from": today(),
        }

    def foresee(self, form: TransferForm) -> list[str]:
        services.check_transfer(self.person, actor=self.request.user, **form.cleaned_data)
        return foresight.of_transfer(self.person, **form.cleaned_data)

    def act(self, form: TransferForm) -> str:
        posting = services.transfer(self.person, actor=self.request.user, **form.cleaned_data)
        text = _("%(day)s자로 %(department)s 발령이 등록되었습니다.") % {
            "day": date_weekday(posting.valid_from),
            "department": posting.department.name,
        }
        messages.success(self.request, text)
        return self.person.get_absolute_url()


class StaffRoles(_OfPerson, PreviewPage):
    form_class = GrantForm
    title = gettext_lazy("역할 부여")
    submit = gettext_lazy("역할 부여")
    success = gettext_lazy("역할이 부여되었습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"valid_from": today()}

    def get_context(self) -> dict[str, Any]:
        held = ", ".join(str(Role(role).label) for role in sorted(self.person.roles))
        return {"lead": _("지금 역할: %(roles)s") % {"roles": held or _("없음")}}

    def foresee(self, form: GrantForm) -> list[str]:
        data = form.cleaned_data
        roles.check_grant(self.person, actor=self.request.user, **data)
        return foresight.of_role(self.person, data["role"], held=True, day=data["valid_from"])

    def act(self, form: GrantForm) -> str:
        roles.grant(self.person, actor=self.request.user, **form.cleaned_data)
        return self.person.get_absolute_url()


class StaffRoleRevoke(_OfPerson, PreviewPage):
    form_class = RevokeForm
    title = gettext_lazy("역할 해제")
    submit = gettext_lazy("역할 해제")
    danger = True
    success = gettext_lazy("역할이 해제되었습니다.")

    def prepare(self) -> None:
        self.assignment = get_object_or_404(
            RoleAssignment.objects.select_related("user"), pk=self.kwargs["pk"]
        )
        self.person = self.assignment.user

    def get_initial(self) -> dict[str, Any]:
        return {"on": today()}

    def get_context(self) -> dict[str, Any]:
        return {"lead": f"{self.person.full_label}: {self.assignment.get_role_display()}"}

    def foresee(self, form: RevokeForm) -> list[str]:
        data = form.cleaned_data
        roles.check_revoke(self.assignment, actor=self.request.user, **data)
        return foresight.of_role(self.person, self.assignment.role, held=False, day=data["on"])

    def act(self, form: RevokeForm) -> str:
        data = form.cleaned_data
        roles.revoke(self.assignment, actor=self.request.user, reason=data["reason"], on=data["on"])
        return self.person.get_absolute_url()


class _AskAboutPerson(_AboutPerson, ConfirmPage):
    """A question about one account."""


class StaffDisable(_AskAboutPerson):
    title = gettext_lazy("사용 중지")
    danger = True
    success = gettext_lazy("계정 사용이 중지되었습니다.")

    def get_text(self) -> str:
        text = _("%(name)s 계정을 중지하면 지금 쓰고 있는 화면에서도 바로 로그아웃됩니다. 중지할까요?")
        return text % {"name": self.person.full_label}

    def foresee(self) -> list[str]:
        return foresight.of_leaving(self.person)

    def act(self) -> str:
        accounts.disable(self.person, actor=self.request.user)
        return self.person.get_absolute_url()


class StaffEnable(_AskAboutPerson):
    title = gettext_lazy("사용 재개")
    success = gettext_lazy("계정을 다시 사용할 수 있습니다.")

    def get_text(self) -> str:
        return _("%(name)s 계정을 다시 사용하게 할까요?") % {"name": self.person.full_label}

    def act(self) -> str:
        accounts.enable(self.person, actor=self.request.user)
        return self.person.get_absolute_url()


class StaffTransferWithdraw(_AskAboutPerson):
    title = gettext_lazy("예정된 발령 취소")
    success = gettext_lazy("예정된 발령이 취소되었습니다.")

    def get_text(self) -> str:
        return _("%(name)s의 예정된 발령을 취소할까요?") % {"name": self.person.full_label}

    def act(self) -> str:
        services.withdraw_transfer(self.person, actor=self.request.user)
        return self.person.get_absolute_url()


class StaffResetPassword(_AskAboutPerson):
    title = gettext_lazy("비밀번호 초기화")

    def get_text(self) -> str:
        text = _("%(name)s의 비밀번호를 새로 정하고 로그인 잠금을 풉니다. 새 비밀번호는 한 번만 표시됩니다.")
        return text % {"name": self.person.full_label}

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """The password goes into this answer and nowhere else."""
        self.prepare()
        try:
            password = accounts.reset_password(self.person, actor=request.user)
        except Rejected as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(self.get_cancel_url())
        return show_password(self, self.person, password, _("비밀번호가 초기화되었습니다."))
