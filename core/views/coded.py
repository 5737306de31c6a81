"""Pages where a code opens a bearer's page, for whoever has no link at hand (core.codes)."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpResponse

from core import passes
from core.codes import Slowed
from core.permissions import NOBODY
from core.views.bearer import hand_over
from core.views.forms import FormPage


class CodePage(FormPage):
    """Wrong codes slow down. `enter(form)` gives the token of the pass that the code stands for."""

    public: ClassVar[bool] = True
    reveals = NOBODY
    base = "base_public.html"
    token = ""
    wait = 0  # seconds

    def admit(self) -> None:
        """Everybody may try."""

    def get_cancel_url(self) -> str:
        return ""

    def enter(self, form: Any) -> str:
        raise NotImplementedError

    def once(self, make: Callable[[], str]) -> HttpResponse:
        """In no transaction: a wrong try stays counted though it is refused. Opened twice, nothing is made twice."""
        return self.done(make(), fresh=True)

    def act(self, form: Any) -> str:
        try:
            self.token = self.enter(form)
        except Slowed as slowed:
            self.wait = slowed.seconds
            raise
        bearer = passes.bearer_of(self.token)
        assert bearer is not None
        return passes.page_of(bearer)

    def done(self, target: str, *, fresh: bool) -> HttpResponse:
        response = super().done(target, fresh=fresh)
        if self.token and (bearer := passes.bearer_of(self.token)):
            hand_over(response, self.request, self.token, bearer)
        return response

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        response = super().page(form, status, **extra)
        if self.wait:
            response.status_code = 429
            response["Retry-After"] = str(self.wait)
        return response
