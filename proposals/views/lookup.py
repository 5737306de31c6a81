"""By number and code of the receipt to the own proposal, where the link is not at hand (P3)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from core import passes
from core.codes import Slowed, open_with
from core.permissions import NOBODY
from core.views.bearer import hand_over
from core.views.forms import FormPage
from proposals.forms.lookup import LookupForm
from proposals.services import receiving


class Lookup(FormPage):
    """Wrong codes slow down; the link keeps working meanwhile."""

    public = True
    reveals = NOBODY
    base = "base_public.html"
    section = "proposals"
    form_class = LookupForm
    title = gettext_lazy("내 제안 보기")
    lead = gettext_lazy("나의 제안 링크가 있으면 그 링크를 여는 것이 가장 빠릅니다.")
    submit = gettext_lazy("보기")
    token = ""
    wait = 0

    def admit(self) -> None:
        """Everybody may try."""

    def get_cancel_url(self) -> str:
        return ""

    def once(self, make: Callable[[], str]) -> HttpResponse:
        """In no transaction: a wrong try stays counted though it is refused. Opened twice, nothing is made twice."""
        return self.done(make(), fresh=True)

    def act(self, form: LookupForm) -> str:
        data = form.cleaned_data
        try:
            proposal = open_with(self.request, data["number"], data["code"], receiving.of_receipt)
        except Slowed as slowed:
            self.wait = slowed.seconds
            raise
        self.token = receiving.open_by_code(proposal)
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
