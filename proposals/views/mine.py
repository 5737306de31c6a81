"""The proposer's own pages, opened by the private link: where it is, what is asked, taking it back (P3)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from core import codes, passes
from core.attachments import files_of
from core.page import Request
from core.passes import path_of
from core.steps import steps_for
from core.views.bearer import COOKIE, BearerPage, hand_over
from core.views.forms import ConfirmPage
from core.views.held import HoldsFiles
from evaluations.selectors import why
from evaluations.services.conflicts import being_judged
from proposals.forms.handling import SupplementForm
from proposals.models import Proposal
from proposals.selectors import proposals as selectors
from proposals.services import handling, receiving
from proposals.views.writing import CODE


class Mine(BearerPage):
    permission = "proposals.own"
    template_name = "proposals/public/mine.html"

    def get(self, request: Request, **_above: Any) -> HttpResponse:
        proposal: Proposal = self.subject
        own = selectors.told_to_proposer(proposal)
        primary, actions = steps_for(self.actor, proposal, address=lambda step: f"{self.root}{step}/")
        told = "receipt" in request.GET or "renewed" in request.GET
        link = request.build_absolute_uri(path_of(request.COOKIES[COOKIE])) if told else ""
        code = codes.shown(request.COOKIES[CODE]) if link and CODE in request.COOKIES else ""
        files = [self.file_link(file) for file in files_of(proposal)]
        return self.render(
            {
                **own,
                "primary": primary,
                "actions": actions,
                "link": link,
                "renewed": "renewed" in request.GET,
                "mailed": bool(link) and proposal.proposers.exclude(email="").exists(),
                "code": code,
                "files": files,
                "judged": why.own(
                    proposal, self.actor, lambda entry, step: f"{self.root}entries/{entry.pk}/{step}/"
                ),
                "challenges": [
                    (entry.round.title, f"{self.root}entries/{entry.pk}/challenge/")
                    for entry in being_judged(proposal)
                ],
                "renew_url": f"{self.root}link/",
            }
        )


class Supplement(BearerPage, HoldsFiles):
    permission = "proposals.own"
    form_class = SupplementForm
    template_name = "proposals/public/supplement.html"
    title = gettext_lazy("보완하기")
    submit = gettext_lazy("보완한 내용 보내기")
    success = gettext_lazy("보완되었습니다. 결정 기한이 다시 흐릅니다.")

    def get_context(self) -> dict[str, Any]:
        return {"asked": self.subject.supplements.filter(answered_on=None).first()}

    def act(self, form: SupplementForm) -> str:
        with self.files(form) as files:
            handling.supplement(
                self.subject, answer=form.cleaned_data["answer"], actor=self.actor, files=files
            )
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


class RenewLink(BearerPage, ConfirmPage):
    """All links given out before open nothing any more; the new one is shown once."""

    permission = "proposals.own"
    danger = True
    title = gettext_lazy("링크 바꾸기")
    token = ""

    def get_text(self) -> str:
        return str(
            gettext_lazy(
                "지금까지의 링크는 모두 쓸 수 없게 되고, 그 링크로 열어 둔 다른 화면도 닫힙니다. "
                "새 링크는 이 화면에서 한 번 보여 드리고, 적어 주신 전자우편이 있으면 그리로도 보냅니다. 계속할까요?"
            )
        )

    def act(self) -> str:
        self.token = receiving.renew_link(self.subject, actor=self.actor)
        return f"{self.root}?renewed=1"

    def done(self, target: str, *, fresh: bool) -> HttpResponse:
        response = super().done(target, fresh=fresh)
        if self.token and (bearer := passes.bearer_of(self.token)):
            hand_over(response, self.request, self.token, bearer)
        return response
