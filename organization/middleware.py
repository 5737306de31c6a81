"""Sessions of people: idle ones end, first passwords are changed (D4)."""

import time
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.addresses import client_address
from organization.policies import IDLE_MINUTES, SESSION_HOURS

Next = Callable[[HttpRequest], HttpResponse]


class IdleSessionMiddleware:
    """A session unused for the policy's minutes ends, and so does any after its hours, however busy (D4). Written at
    most once a minute."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        active_at = request.session.get("active_at")
        if active_at is not None:
            at = int(time.time())
            if at - active_at > IDLE_MINUTES.current() * 60:
                self._end(request, _("오랫동안 사용하지 않아 로그아웃되었습니다. 다시 로그인해 주세요."))
            elif at - request.session.setdefault("started_at", at) > SESSION_HOURS.current() * 3600:
                self._end(request, _("로그인한 지 오래되어 로그아웃되었습니다. 다시 로그인해 주세요."))
            elif at - active_at > 60:
                request.session["active_at"] = at
        elif request.session.get(SESSION_KEY):
            request.session["started_at"] = request.session["active_at"] = int(time.time())
            request.session["address"] = client_address(request)
            request.session["browser"] = request.headers.get("User-Agent", "")[:200]
        return self.get_response(request)

    def _end(self, request: HttpRequest, note: str) -> None:
        logout(request)
        request.session["login_note"] = note


class PasswordChangeRequiredMiddleware:
    """A first or reset password must be changed before anything else."""

    OPEN = {"password_change", "password_change_done", "logout", "set_language", "display"}

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        if not getattr(request.user, "must_change_password", False):
            return None
        if request.resolver_match and request.resolver_match.url_name in self.OPEN:
            return None
        return redirect("password_change")
