"""Pages without an account: an address with a token opens them once, then a cookie for their addresses alone."""

from typing import Any, ClassVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.views import View

from core import drafts, passes
from core.actors import Bearer
from core.models import Attachment
from core.now import now
from core.page import BaseView, Request, keep_private
from core.permissions import can
from core.views.pages import SendsFile, saved

COOKIE = "pass"
LONGEST = 30 * 24 * 3600  # seconds until the address with the token must be opened again


class NoPass(Http404):
    """There is no pass, no longer, or not for this: all the same to whoever asks."""


def _no_pass(request: HttpRequest) -> HttpResponse:
    return render(request, "core/no_pass.html", status=404)


def hand_over(response: HttpResponseBase, request: HttpRequest, token: str, bearer: Bearer) -> None:
    """The browser knows its pass from now on, for the addresses of the one thing alone."""
    keep_private(response)
    response.set_cookie(COOKIE, token, **cookie_of(request, bearer, LONGEST))


def cookie_of(request: HttpRequest, bearer: Bearer, seconds: int) -> dict[str, Any]:
    """How a cookie is kept that a bearer's pages alone may read, at most as long as the pass stands."""
    left = int((bearer.held.expires_at - now()).total_seconds())
    return {
        "max_age": min(seconds, left),
        "path": passes.page_of(bearer),
        "httponly": True,
        "samesite": "Lax",
        "secure": request.is_secure(),
    }


class OpenPass(View):
    """The address that was handed out. It changes nothing but the browser's cookie: programs that look at links before
    people do no harm."""

    public: ClassVar[bool] = True
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        bearer = passes.bearer_of(token)
        if bearer is None:
            keep_private(response := _no_pass(request))
            return response
        response = HttpResponseRedirect(passes.page_of(bearer))
        hand_over(response, request, token, bearer)
        # Only here is the token in the address. Pages with forms need the sender's address: Django compares it.
        response["Referrer-Policy"] = "no-referrer"
        return response


class BearerPage(BaseView):
    """A page below the address of a pass. `permission` is checked on the pass's subject, which is `self.subject`; where
    the address would name another, there is nothing. Stands before FormPage and the like among the bases."""

    bearer: ClassVar[bool] = True
    base = "base_public.html"

    @cached_property
    def actor(self) -> Bearer:  # read once a request
        bearer = passes.bearer_of(self.request.COOKIES.get(COOKIE, ""))
        if bearer is None or not self.request.path.startswith(passes.page_of(bearer)):
            raise NoPass
        return bearer

    @property
    def subject(self) -> Any:
        return self.actor.subject

    def get_subject(self) -> Any:
        """For pages that keep a draft and send the version that was seen."""
        return self.subject

    def get_cancel_url(self) -> str:
        return self.root

    @property
    def root(self) -> str:
        return passes.page_of(self.actor)

    def get_draft_url(self, key: str) -> str:
        return f"{self.root}drafts/{drafts.signed(key)}/"

    def file_link(self, file: Attachment) -> dict[str, Any]:
        """For components/attachments.html."""
        return {"name": file.name, "url": f"{self.root}files/{file.pk}/", "size": file.size}

    def admit(self) -> None:
        if not can(self.actor, self.permission, self.subject):
            raise NoPass

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        except NoPass:
            return self.unknown()

    def unknown(self) -> HttpResponse:
        """What is answered without a pass that fits."""
        return _no_pass(self.request)


class BearerFile(BearerPage, SendsFile):
    permission = "core.bearer"

    def get(self, request: Request, file: Any, **_above: Any) -> FileResponse:
        return self.send(file)


class BearerDraft(BearerPage):
    permission = "core.bearer"

    def post(self, request: Request, draft: str, **_above: Any) -> HttpResponse:
        return saved(self.actor, draft, request)


def paths(page: str, prefix: str = "") -> list[URLPattern]:
    """Where the files and drafts of a bearer's page are, below the page's pattern; `prefix`: of their names."""
    return [
        path(f"{page}files/<uuid:file>/", BearerFile.as_view(), name=f"{prefix}file"),
        path(f"{page}drafts/<str:draft>/", BearerDraft.as_view(), name=f"{prefix}draft"),
    ]
