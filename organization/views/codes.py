"""The second step of the log-in: giving the code, turning it on and off (D4)."""

import time
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from django_otp.util import random_hex

from basis.errors import Rejected
from core.page import Request
from core.views.forms import FormPage, reject
from organization.forms import CodeForm, OwnPasswordForm
from organization.models import User
from organization.services import codes, tries

PENDING, KEY = "second_step", "second_step_key"
SECONDS = 300  # to fetch the phone
BACKEND = "organization.backends.Backend"


def ask_for_code(request: HttpRequest, user: User, target: str) -> HttpResponse:
    """The password was right; nobody is logged in yet."""
    request.session[PENDING] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "at": time.time(),
        "target": target,
    }
    return HttpResponseRedirect(reverse("login_code"))


def _who_waits(pending: dict[str, Any] | None) -> User | None:
    """Whose password was right a moment ago, and still is."""
    if pending is None or time.time() - pending["at"] > SECONDS:
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    if user is None or not constant_time_compare(pending["hash"], user.get_session_auth_hash()):
        return None
    return user


class CodeView(FormView):
    form_class = CodeForm
    template_name = "registration/code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.user = _who_waits(request.session.get(PENDING))
        if self.user is None:
            request.session.pop(PENDING, None)
            return HttpResponseRedirect(reverse("login"))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        assert self.user is not None
        if not codes.fits(self.user, form.cleaned_data["code"]):
            form.add_error(
                "code", _("인증 번호가 맞지 않거나 이미 쓴 번호입니다. 잠시 뒤 새 번호를 입력해 주세요.")
            )
            return self.form_invalid(form)
        target = self.request.session.pop(PENDING)["target"]
        login(self.request, self.user, backend=BACKEND)
        response = HttpResponseRedirect(target)
        tries.remember(self.request, response, self.user.employee_number)
        return response


class CodeOn(FormPage):
    permission = "organization.second_step"
    form_class = CodeForm
    template_name = "organization/code_on.html"
    title = gettext_lazy("2단계 인증 켜기")
    lead = gettext_lazy("로그인할 때 비밀번호에 더해 휴대전화 인증 앱의 번호를 입력하게 됩니다.")
    submit = gettext_lazy("2단계 인증 켜기")
    crumbs = ((gettext_lazy("내 정보"), reverse_lazy("me")), (gettext_lazy("2단계 인증"), None))

    def get_cancel_url(self) -> str:
        return reverse("me")

    def begin(self) -> HttpResponse | None:
        return HttpResponseRedirect(reverse("me_code_off")) if codes.asked_of(self.request.user) else None

    def get_context(self) -> dict[str, Any]:
        key = self.request.session.setdefault(KEY, random_hex(20))
        address = codes.address_of(self.request.user, key)
        picture = segno.make(address, error="m").svg_data_uri(scale=4, light="#fff")
        return {"picture": picture, "secret": address.partition("secret=")[2].partition("&")[0]}

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """The recovery codes go into this answer and nowhere else."""
        if answer := self.begin():
            return answer
        form = CodeForm(request.POST)
        if form.is_valid():
            try:
                recovery = codes.turn_on(
                    request.user, request.session.get(KEY, ""), form.cleaned_data["code"]
                )
            except Rejected as error:
                reject(form, error)
            else:
                del request.session[KEY]
                context = {"title": _("2단계 인증을 켰습니다"), "codes": recovery}
                return self.render(context, template="organization/recovery_codes.html")
        return self.page(form, status=422)


class CodeOff(FormPage):
    permission = "organization.self"
    form_class = OwnPasswordForm
    title = gettext_lazy("2단계 인증 끄기")
    lead = gettext_lazy(
        "2단계 인증을 쓰고 있습니다. 휴대전화를 바꾸려면 껐다가 새 휴대전화로 다시 켜 주세요."
    )
    submit = gettext_lazy("2단계 인증 끄기")
    danger = True
    crumbs = ((gettext_lazy("내 정보"), reverse_lazy("me")), (gettext_lazy("2단계 인증"), None))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def get_cancel_url(self) -> str:
        return reverse("me")

    def begin(self) -> HttpResponse | None:
        return None if codes.asked_of(self.request.user) else HttpResponseRedirect(reverse("me"))

    def act(self, form: OwnPasswordForm) -> str:
        codes.turn_off(self.request.user, actor=self.actor)
        messages.success(self.request, _("2단계 인증을 껐습니다."))
        return reverse("me")
