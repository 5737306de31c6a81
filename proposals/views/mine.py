"""The proposer's own pages, opened by the private link: where it is, what is asked, taking it back (P3)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from core import codes
from core.attachments import files_of
from core.page import Request
from core.passes import path_of
from core.steps import steps_for
from core.views.bearer import COOKIE, BearerPage
from core.views.forms import ConfirmPage, FormPage
from proposals.forms.handling import SupplementForm
from proposals.models import Proposal
from proposals.selectors import proposals as selectors
from proposals.services import handling
from proposals.views.writing import CODE


class Mine(BearerPage):
    permission = "proposals.own"
    template_name = "proposals/public/mine.html"

    def get(self, request: Request, **_above: Any) -> HttpResponse:
        proposal: Proposal = self.subject
        own = selectors.told_to_proposer(proposal)
        primary, actions = steps_for(self.actor, proposal, address=lambda step: f"{self.root}{step}/")
        link = (
            request.build_absolute_uri(path_of(request.COOKIES[COOKIE])) if "receipt" in request.GET else ""
        )
        code = codes.shown(request.COOKIES[CODE]) if link and CODE in request.COOKIES else ""
        files = [self.file_link(file) for file in files_of(proposal)]
        return self.render(
            {**own, "primary": primary, "actions": actions, "link": link, "code": code, "files": files}
        )


class Supplement(BearerPage, FormPage):
    permission = "proposals.own"
    form_class = SupplementForm
    template_name = "proposals/public/supplement.html"
    title = gettext_lazy("보완하기")
    submit = gettext_lazy("보완한 내용 보내기")
    success = gettext_lazy("보완되었습니다. 결정 기한이 다시 흐릅니다.")

    def get_context(self) -> dict[str, Any]:
        return {"asked": self.subject.supplements.filter(answered_on=None).first()}

    def act(self, form: SupplementForm) -> str:
        data = form.cleaned_data
        handling.supplement(self.subject, answer=data["answer"], actor=self.actor, files=data["attachments"])
        return self.root


class Withdraw(BearerPage, ConfirmPage):
    permission = "proposals.own"
    danger = True
    title = gettext_lazy("제안 취하")
    success = gettext_lazy("제안이 취하되었습니다.")

    def get_text(self) -> str:
        return str(gettext_lazy("취하하면 되돌릴 수 없습니다. 계속할까요?"))

    def act(self) -> str:
        handling.withdraw(self.subject, actor=self.actor)
        return self.root
