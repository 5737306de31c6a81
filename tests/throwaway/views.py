from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from basis.errors import Rejected
from core import attachments
from core.actors import SYSTEM
from core.cells import Column, choice, day
from core.forms import Form
from core.held import files_field, held_field, offer_held
from core.lists import ListView
from core.models import Attachment
from core.page import BaseView, Request
from core.permissions import NOBODY
from core.steps import steps_for
from core.transition import history
from core.views.bearer import BearerPage
from core.views.forms import FormPage
from core.views.guarded import GuardedForm
from core.views.held import HoldsFiles
from core.views.steps import ConfirmStep
from notifications.bar import bar_of
from tests.throwaway import services
from tests.throwaway.models import Slip, SlipState
from tests.throwaway.workflow import SLIP


class SlipList(ListView):
    permission = "throwaway.list"
    title = file_name = "회신표"
    default_order = ("answer_by",)
    columns = (
        Column("title", "제목", ("title",), sort=("title",), primary=True),
        Column("state", "상태", ("state",), choice(SlipState), excel=choice(SlipState)),
        Column("answer_by", "회신 기한", ("answer_by",), day, sort=("answer_by",), kind="date"),
    )

    def get_queryset(self, user: Any) -> Any:
        return Slip.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("throwaway:desk", args=[pk])


def get_slip(user: Any, pk: int) -> Slip:
    return get_object_or_404(Slip.objects.visible_to(user), pk=pk)


class SlipDesk(BaseView):
    permission = "throwaway.list"
    template_name = "throwaway/desk.html"

    def get(self, request: Request, pk: int) -> HttpResponse:
        slip = get_slip(request.user, pk)
        return self.render(
            {
                "title": slip.title,
                "slip": slip,
                **bar_of(request.user, slip, without={"answer"}),  # is the bearer's
                "files": [attachments.link_of(file) for file in attachments.files_of(slip)],
                "log": history(slip),
            }
        )


class Close(ConfirmStep):
    workflow, step, find = SLIP, "close", staticmethod(get_slip)
    permission = "throwaway.list"
    service = staticmethod(services.close)


class AnswerForm(Form):
    text = forms.CharField(label="회신 내용", max_length=200, widget=forms.Textarea)
    held = held_field()
    attachments = files_field()

    def __init__(self, *args: Any, held: Sequence[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(held)

    def offer(self, held: Sequence[Attachment]) -> None:
        offer_held(self, held)


class SlipPage(BearerPage):
    permission = "throwaway.view"
    template_name = "throwaway/slip.html"

    def get(self, request: Request, **_above: Any) -> HttpResponse:
        slip = self.subject
        primary, actions = steps_for(self.actor, slip, address=lambda step: f"{self.root}{step}/")
        return self.render(
            {
                "title": slip.title,
                "slip": slip,
                "primary": primary,
                "actions": actions,
                "files": [self.file_link(file) for file in attachments.files_of(slip)],
                "log": history(slip),
            }
        )


class AnswerPage(BearerPage, HoldsFiles):
    permission = "throwaway.answer"
    form_class = AnswerForm
    title = submit = "회신"
    success = "회신했습니다."

    def act(self, form: AnswerForm) -> str:
        with self.files(form) as files:
            services.answer(self.subject, form.cleaned_data["text"], actor=self.actor, files=files)
        return self.root


class AskForm(Form):
    title = forms.CharField(label="제목", max_length=100)
    email = forms.EmailField(label="전자우편", required=False)


class Ask(GuardedForm, FormPage):
    """Anybody asks for a slip."""

    public = True
    reveals = NOBODY
    base = "base_public.html"
    form_class = AskForm
    title = "회신표 신청"
    gate_key = "ask"
    contact_fields = ("email",)

    def admit(self) -> None:
        pass

    def act(self, form: AskForm) -> str:
        title = form.cleaned_data["title"]
        if title == "안 됨":
            raise Rejected("다른 제목을 써 주세요.", field="title")
        doubtful = bool(self.verdict and self.verdict.is_doubtful)
        services.send(f"{'확인 필요: ' if doubtful else ''}{title}", actor=SYSTEM)
        return reverse("throwaway:ask")
