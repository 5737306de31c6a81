from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse

from core import access, attachments
from core.forms import Form
from core.held import files_field, held_field, offer_held
from core.models import AccessLog, Attachment
from core.page import Request
from core.transition import history
from core.views.bearer import BearerPage
from core.views.held import HoldsFiles
from tests.throwaway import services


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
        access.log(request, AccessLog.Action.VIEW, kind="slip", label=slip.title, pk=slip.pk)
        return self.render(
            {
                "title": slip.title,
                "slip": slip,
                "files": [self.file_link(file) for file in attachments.of(slip)],
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
