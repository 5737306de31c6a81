"""What every page has: a declared permission, a section of the menu, a path back."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from core import access
from core.models import AccessLog
from core.permissions import ensure, reveals

Crumbs = Sequence[tuple[Any, Any]]  # label, address (None: this page); both may be lazy


class Request(HttpRequest):
    """A request past the gate: `user` is one of ours; `section` where not the view's class says it. For annotations
    only."""

    user: Any
    section: str


def public(view: Any) -> Any:
    """Mark a view as open to everyone (log-in, health)."""
    view.public = True
    return view


def keep_private(response: HttpResponseBase) -> None:
    """Kept by nobody on the way, found by no search."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")


class BaseView(View):
    """`permission` is checked before anything; what an object adds is checked with the object. What shows or hands out
    personal data is logged (core.access). `base`: the shell its template stands in."""

    permission: ClassVar[str] = ""
    section: ClassVar[str] = ""
    template_name: ClassVar[str] = ""
    crumbs: ClassVar[Crumbs] = ()
    base: ClassVar[str] = "base.html"
    file_action: ClassVar[AccessLog.Action] = AccessLog.Action.DOWNLOAD
    looked: str = ""  # at what, for the log, where no crumbs say it: the name of a paper
    request: Request

    @property
    def actor(self) -> Any:
        """Who is at work here: what services and permissions are given."""
        return self.request.user

    def admit(self) -> None:
        """Refused (or more) for whoever has no business here."""
        ensure(self.actor, self.permission)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.admit()
        response = super().dispatch(request, *args, **kwargs)
        access.note(self, response)
        return response

    @property
    def reveals(self) -> str:
        """The kind of personal data shown here: as the permission says, where the page does not know better."""
        return reveals(self.permission)

    def get_look(self) -> access.Look | None:
        """At what one looks here, after it was answered; None for one's own."""
        crumbs = self.get_crumbs()
        label = crumbs[-1][0] if crumbs else self.looked or type(self).__name__
        return access.Look(label, self.kwargs.get("pk", ""))

    def get_crumbs(self) -> Crumbs:
        return self.crumbs

    def render(self, context: dict[str, Any], *, status: int = 200, template: str = "") -> HttpResponse:
        return render(self.request, template or self.template_name, {"view": self, **context}, status=status)
