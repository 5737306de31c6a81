"""The gate: nobody unknown comes in, refusals are explained."""

import re
from collections.abc import Callable

from auditlog.middleware import AuditlogMiddleware
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from basis.errors import Gone, Refused, Rejected
from core.addresses import client_address
from core.numbers import DIGITS
from core.page import keep_private

# What no page of ours asks a browser for.
NOT_USED = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
TOO_LONG = re.compile(rf"/[0-9]{{{DIGITS + 1},}}(?:/|$)")  # a key larger than any database has
Next = Callable[[HttpRequest], HttpResponse]


class TextMiddleware:
    """An address is UTF-8 without NUL, for no database stores anything else, and its keys are such as there are."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (request.encoding or "utf-8").lower() not in ("utf-8", "utf8"):
            raise BadRequest("charset")
        if "\0" in request.path_info or TOO_LONG.search(request.path_info):
            raise Http404
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "+")
        return self.get_response(request)


class LanguageMiddleware:
    """Korean unless the person has chosen otherwise in the header; what the browser was bought with decides nothing."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class LoginRequiredMiddleware:
    """Deny by default: a view without a declared `permission` (or `public = True`) is a mistake. Pages of
    bearers have a permission and know their bearer themselves (core.views.bearer)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # An address may answer with a page or, to htmx, with a part of it: whoever keeps answers keeps both apart.
        # Back from a row would else show the part alone.
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        if getattr(request, "personal", False):
            keep_private(response)
        response.headers["Permissions-Policy"] = NOT_USED
        return response

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        view_class = getattr(view, "view_class", view)
        if getattr(view, "public", False) or getattr(view_class, "public", False):
            return None
        if not getattr(view_class, "permission", None):
            raise ImproperlyConfigured(f"{view_class} declares neither `permission` nor `public`")
        request.personal = True  # type: ignore[attr-defined]  # nothing of it stays in a shared machine's browser
        if request.user.is_authenticated or getattr(view_class, "bearer", False):
            return None
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=204)
            response["HX-Redirect"] = reverse("login")
            return response
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)


class LogMiddleware(AuditlogMiddleware):
    """The log of changes knows addresses as the others do; auditlog would believe what the browser says."""

    @staticmethod
    def _get_remote_addr(request: HttpRequest) -> str | None:
        return client_address(request)

    @staticmethod
    def _get_remote_port(request: HttpRequest) -> None:
        return None


class RefusalMiddleware:
    """Turns what services refuse into pages: 403 says who can, 409 says what to do; what is gone leads to what is
    left."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return render(request, "403.html", {"message": error.message}, status=403)
        if isinstance(error, Rejected):
            messages.error(request, error.message)
            return render(request, "409.html", {"message": error.message}, status=409)
        if isinstance(error, Gone):
            messages.info(request, error.message)
            return HttpResponseRedirect(error.url)
        return None
