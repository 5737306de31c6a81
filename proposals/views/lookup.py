"""By number and code of the receipt to the own proposal, where the link is not at hand (P3)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core import passes
from core.codes import Slowed, open_with
from core.permissions import NOBODY
from core.views.bearer import hand_over
from core.views.forms import FormPage
from core.views.guarded import GuardedForm
from proposals.forms.lookup import AgainForm, LookupForm
from proposals.services import receiving


class Lookup(FormPage):
    """Wrong codes slow down; the link keeps working meanwhile."""

    public = True
    reveals = NOBODY
    base = "base_public.html"
    section = "proposals_lookup"
    template_name = "proposals/public/lookup.html"
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


class Again(GuardedForm, FormPage):
    """A new link by mail for who has lost it. The answer is the same whether anything belongs together or not."""

    public = True
    reveals = NOBODY
    base = "base_public.html"
    section = "proposals_lookup"
    form_class = AgainForm
    title = gettext_lazy("링크를 다시 받기")
    lead = gettext_lazy("접수번호와 제안할 때 적은 전자우편이 맞으면 그 전자우편으로 새 링크를 보냅니다.")
    submit = gettext_lazy("링크 보내기")
    success = gettext_lazy(
        "접수번호와 전자우편이 맞으면 몇 분 안에 링크가 도착합니다. 오지 않으면 스팸함을 보거나 구청에 물어보세요."
    )
    gate_key = "proposal-link"
    contact_fields = ("email",)

    def admit(self) -> None:
        """Everybody may ask."""

    def get_cancel_url(self) -> str:
        return reverse("proposals:lookup")

    def act(self, form: AgainForm) -> str:
        if not (self.verdict and self.verdict.is_doubtful):
            receiving.send_link_again(form.cleaned_data["number"], form.cleaned_data["email"])
        return reverse("proposals:lookup")
