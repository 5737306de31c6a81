"""Writing a proposal in four short steps, back and forth without loss (P2, P3)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core import codes, passes
from core.actors import Bearer
from core.attachments import files_of
from core.views.bearer import BearerPage, cookie_of, hand_over
from core.views.forms import FormPage
from core.views.guarded import GuardedForm
from proposals.enums import Kind
from proposals.forms.writing import ChangeForm, DifferenceForm, IdeaForm, SendForm
from proposals.models import Writing
from proposals.selectors import proposals as selectors
from proposals.services import calls, receiving

STEPS = 4
CODE = "receipt_code"  # a cookie of minutes: the code is shown after sending and stands nowhere else
CODE_SHOWN = 600  # seconds


class WritingStep(BearerPage, FormPage):
    """One of the steps; each keeps what was typed and leads to the next."""

    permission = "proposals.write"
    template_name = "proposals/public/writing.html"
    submit = gettext_lazy("다음")
    number = 1

    @property
    def subject(self) -> Writing:
        found: Writing = super().subject
        return found

    def get_subject(self) -> None:
        return None

    def get_draft_key(self) -> str:
        return f"proposals.writing.{self.subject.pk}.{self.number}" if self.number < STEPS else ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"instance": self.subject}

    def address(self, number: int) -> str:
        return self.root if number == 1 else f"{self.root}{number}/"

    def get_cancel_url(self) -> str:
        return self.address(self.number - 1) if self.number > 1 else reverse("proposals:start")

    def get_context(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "count": STEPS,
            "call": self.subject.call,
            "answers": calls.answered(self.subject.call, Kind.CITIZEN, self.subject.begun_at),
            "files": [self.file_link(f) for f in files_of(self.subject)],
        }

    def act(self, form: Any) -> str:
        values = {name: form.cleaned_data[name] for name in form._meta.fields if name in form.cleaned_data}
        files = form.cleaned_data.get("attachments") or []
        receiving.note_down(self.subject, values, actor=self.actor, files=files)
        return self.address(self.number + 1)


class Idea(WritingStep):
    form_class = IdeaForm
    title = gettext_lazy("무엇이 문제인가요")


class Change(WritingStep):
    number = 2
    form_class = ChangeForm
    title = gettext_lazy("어떻게 바꿀까요")


class Difference(WritingStep):
    number = 3
    form_class = DifferenceForm
    title = gettext_lazy("비슷한 제안이 있는지 보세요")

    def prepare(self) -> None:
        self.alike = selectors.alike(self.subject.title) if self.subject.title else []

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "asked": bool(self.alike)}

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "alike": self.alike}

    def act(self, form: Any) -> str:
        shown = [[one.proposal.pk, one.proposal.state] for one in self.alike]
        receiving.note_down(self.subject, {"similar": shown}, actor=self.actor)
        return super().act(form)


class Send(GuardedForm, WritingStep):
    number = STEPS
    form_class = SendForm
    title = gettext_lazy("누가 제안하나요")
    submit = gettext_lazy("제안 보내기")
    gate_key = "proposal"
    contact_fields = ("email", "phone")
    token = ""

    def prepare(self) -> None:
        self.code = codes.new_code()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {}

    def get_context(self) -> dict[str, Any]:
        found = selectors.personal_in(self.subject)
        return {**super().get_context(), "notices": selectors.notices(), "found": found}

    def act(self, form: SendForm) -> str:
        doubtful = bool(self.verdict and self.verdict.is_doubtful)
        made, self.token = receiving.send(
            self.subject, [form.person()], actor=self.actor, code=self.code, doubtful=doubtful
        )
        self.held = passes.passes_for(made).get()
        return f"{passes.page_of(Bearer(self.held))}?receipt=1"

    def done(self, target: str, *, fresh: bool) -> HttpResponse:
        response = super().done(target, fresh=fresh)
        if self.token:  # told to this browser; the table keeps its hash alone
            request: HttpRequest = self.request
            hand_over(response, request, self.token, Bearer(self.held))
            response.set_cookie(CODE, self.code, **cookie_of(request, Bearer(self.held), CODE_SHOWN))
        return response

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        missing = [
            name for name in ("title", "field", "problem", "improvement") if not getattr(self.subject, name)
        ]
        return super().page(form, status, **{"missing": bool(missing), **extra})
