"""By number and code of the receipt to the own proposal, where the link is not at hand (P3)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.codes import open_with
from core.permissions import NOBODY
from core.views.coded import CodePage
from core.views.forms import FormPage
from core.views.guarded import GuardedForm
from proposals.forms.lookup import AgainForm, LookupForm
from proposals.services import receiving


class Lookup(CodePage):
    """The link keeps working while wrong codes are slowed down."""

    section = "proposals_lookup"
    template_name = "proposals/public/lookup.html"
    form_class = LookupForm
    title = gettext_lazy("내 제안 보기")
    lead = gettext_lazy("나의 제안 링크가 있으면 그 링크를 여는 것이 가장 빠릅니다.")
    submit = gettext_lazy("보기")

    def enter(self, form: LookupForm) -> str:
        data = form.cleaned_data
        proposal = open_with(self.request, data["number"], data["code"], receiving.of_receipt)
        return receiving.open_by_code(proposal)


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
