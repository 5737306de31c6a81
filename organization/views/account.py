"""Logging in, one's own password, one's own page."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.components import Action
from core.office import office
from core.page import BaseView, Request
from core.permissions import can
from core.views.forms import FormPage
from organization import selectors
from organization.enums import Role
from organization.forms import ChangePasswordForm, EmailForm, SignInForm
from organization.models import User
from organization.services import accounts, codes, tries
from organization.views.codes import ask_for_code
from organization.views.staff import absence_table, duty_table


class SignInView(LoginView):
    """Wrong passwords make wait (D4, organization.services.tries)."""

    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Why the last session ended is said once."""
        response = super().get(request, *args, **kwargs)
        if isinstance(response, TemplateResponse):
            response.render()
            request.session.pop("login_note", None)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except tries.Locked as locked:
            context = {"message": locked.message}
            response = render(request, "registration/locked_out.html", context, status=429)
            response["Retry-After"] = str(locked.seconds)
            return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """On an empty system there is nobody to log in: what to do first is said here."""
        return super().get_context_data(**kwargs, is_empty=not User.objects.exists())

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        if codes.asked_of(user):
            return ask_for_code(self.request, user, self.get_success_url())
        response = super().form_valid(form)
        tries.remember(self.request, response, user.employee_number)
        return response


class ChangePasswordView(FormPage):
    permission = "organization.self"
    form_class = ChangePasswordForm
    template_name = "registration/password_change_form.html"
    title = gettext_lazy("비밀번호 바꾸기")
    submit = gettext_lazy("비밀번호 바꾸기")
    success = gettext_lazy("비밀번호가 변경되었습니다.")
    crumbs = ((gettext_lazy("비밀번호 바꾸기"), None),)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def get_cancel_url(self) -> str:
        return "" if self.request.user.must_change_password else reverse("me")

    def act(self, form: ChangePasswordForm) -> str:
        user = self.request.user
        accounts.change_password(user, form.cleaned_data["new_password1"])
        update_session_auth_hash(self.request, user)
        setting_up = office().set_up_since is not None and can(user, "organization.manage")
        return reverse("setup" if setting_up else "home")


class MePage(BaseView):
    """What the system knows about me, and who stands in for whom."""

    permission = "organization.self"
    template_name = "organization/me.html"
    crumbs = ((gettext_lazy("내 정보"), None),)

    def get(self, request: Request) -> HttpResponse:
        user = request.user
        roles = [Role(role).label for role in sorted(user.roles)]
        facts = [
            (_("직원번호"), user.employee_number),
            (_("이름"), user.name),
            (_("부서"), user.department.name if user.department else ""),
            (_("직위"), user.get_position_display()),
            (_("직급"), user.rank),
            (_("역할"), ", ".join(map(str, roles))),
            (_("전자우편"), user.email),
        ]
        absences = selectors.coming_absences(user) if user.department_id else []
        duties = selectors.coming_duties(user)
        return self.render(
            {
                "title": _("내 정보"),
                "lead": user.label,
                "primary": Action(_("부재·대직 설정"), reverse("me_absence"))
                if can(user, "organization.absence_self")
                else None,
                "actions": [
                    Action(_("전자우편 바꾸기"), reverse("me_email")),
                    Action(_("비밀번호 바꾸기"), reverse("password_change")),
                    Action(_("로그인한 기기"), reverse("me_sessions")),
                    *(
                        [Action(_("2단계 인증"), reverse("me_code"))]
                        if can(user, "organization.second_step")
                        else []
                    ),
                ],
                "facts": facts,
                "absences": absence_table(absences, own=True),
                "duties": duty_table(duties),
                "chained": _chained(user, {a.user_id for a in duties}),
            }
        )


def _chained(user: User, direct: Collection[int]) -> str:
    """Whom the reader stands in for today only because somebody between is away too."""
    return ", ".join(one.full_label for one in selectors.principals(user) if one.pk not in direct)


class EmailPage(FormPage):
    """The office address that notices and reports go to."""

    permission = "organization.self"
    form_class = EmailForm
    title = gettext_lazy("전자우편 바꾸기")
    lead = gettext_lazy(
        "알림과 보고서를 받을 업무용 전자우편 주소입니다. 직원 명부에도 이 주소가 표시됩니다."
    )
    submit = gettext_lazy("전자우편 저장")
    crumbs = ((gettext_lazy("내 정보"), reverse_lazy("me")), (gettext_lazy("전자우편 바꾸기"), None))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"email": self.request.user.email}

    def get_cancel_url(self) -> str:
        return reverse("me")

    def act(self, form: EmailForm) -> str:
        accounts.change_email(self.request.user, form.cleaned_data["email"])
        messages.success(self.request, _("전자우편 주소가 변경되었습니다."))
        return reverse("me")
