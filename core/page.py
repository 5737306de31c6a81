"""What every page has: a declared permission, a section of the menu, a path back."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from core.permissions import ensure

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


class BaseView(View):
    """`permission` is checked before anything; what an object adds is checked with the object. `base`: the shell its
    template stands in."""

    permission: ClassVar[str] = ""
    section: ClassVar[str] = ""
    template_name: ClassVar[str] = ""
    crumbs: ClassVar[Crumbs] = ()
    base: ClassVar[str] = "base.html"
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
        return super().dispatch(request, *args, **kwargs)

    def get_crumbs(self) -> Crumbs:
        return self.crumbs

    def render(self, context: dict[str, Any], *, status: int = 200, template: str = "") -> HttpResponse:
        return render(self.request, template or self.template_name, {"view": self, **context}, status=status)
