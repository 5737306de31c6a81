"""News by mail: asked for by anybody, confirmed and stopped by the link that went to the address."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from core.forms import Form
from core.page import Request
from core.permissions import NOBODY
from core.views.bearer import BearerPage
from core.views.forms import ConfirmPage, FormPage
from core.views.guarded import GuardedForm
from proposals.models import Follower, Proposal
from proposals.services import followers


class FollowForm(Form):
    email = forms.EmailField(
        label=gettext_lazy("전자우편"), widget=forms.EmailInput({"autocomplete": "email"})
    )
    agreed = forms.BooleanField(label=gettext_lazy("소식을 보내는 데 이 주소를 쓰는 것에 동의합니다"))


class Follow(GuardedForm, FormPage):
    """The answer is the same whether the address follows already."""

    public = True
    reveals = NOBODY
    base = "base_public.html"
    section = "proposals"
    form_class = FollowForm
    template_name = "proposals/public/follow.html"
    title = gettext_lazy("이 제안 소식 받기")
    submit = gettext_lazy("확인 메일 받기")
    success = gettext_lazy("확인 메일을 보냈습니다. 메일의 링크를 열어 확인하면 소식을 보내 드립니다.")
    gate_key = "follow"
    contact_fields = ("email",)

    def admit(self) -> None:
        """Everybody may."""

    def prepare(self) -> None:
        self.proposal = get_object_or_404(Proposal.objects.shown(), **self.kwargs)

    def get_context(self) -> dict[str, Any]:
        return {"proposal": self.proposal}

    def get_cancel_url(self) -> str:
        return self.proposal.public_url

    def act(self, form: FollowForm) -> str:
        followers.ask(self.proposal, form.cleaned_data["email"])
        return self.proposal.public_url


class Following(BearerPage):
    """What the link opens. Looking confirms nothing: programs look at links, too."""

    permission = "proposals.news"
    template_name = "proposals/public/following.html"

    def get(self, request: Request, **_above: Any) -> HttpResponse:
        follower: Follower = self.subject
        return self.render(
            {
                "title": gettext_lazy("제안 소식 받기"),
                "follower": follower,
                "proposal": follower.proposal,
                "root": self.root,
            }
        )


class Confirm(BearerPage, ConfirmPage):
    permission = "proposals.news"
    title = gettext_lazy("소식 받기")
    success = gettext_lazy("새 소식이 있을 때 메일로 알려 드립니다.")

    def get_subject(self) -> None:
        return None

    def act(self) -> str:
        followers.confirm(self.subject, actor=self.actor)
        return self.root


class Stop(Confirm):
    title = gettext_lazy("그만 받기")
    success = gettext_lazy("소식을 더 보내지 않습니다. 주소를 지웠습니다.")

    def act(self) -> str:
        proposal = self.subject.proposal
        followers.stop(self.subject, actor=self.actor)
        return str(proposal.public_url)
