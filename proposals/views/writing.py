"""Writing a proposal in four short steps, back and forth without loss (P2, P3)."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.files.base import File
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from core import codes, passes
from core.attachments import files_of
from core.numbers import whole
from core.page import Request
from core.views.bearer import COOKIE, BearerPage, cookie_of, hand_over
from core.views.forms import FormPage
from core.views.guarded import GuardedForm
from core.views.held import HoldsFiles
from core.views.seen import AGAIN
from proposals.enums import Kind
from proposals.forms.writing import ChangeForm, DifferenceForm, IdeaForm, SendForm
from proposals.models import Writing
from proposals.policies import WRITING_DAYS
from proposals.selectors import proposals as selectors
from proposals.services import calls, receiving
from proposals.views.joint import JointPage

STEPS = 4
FOLLOWS, DIFFERS = "follows", "differs"  # the two ways on from what is alike
CODE = "receipt_code"  # a cookie of minutes: the code is shown after sending and stands nowhere else
CODE_SHOWN = 600  # seconds


def receipt(request: HttpRequest, *, again: bool = True) -> HttpResponse | None:
    """To what became of the writing that this browser has sent, with the private link and the code that follow from
    its pass; the tables keep their hashes alone. None if nothing was sent."""
    pass_of_writing = request.COOKIES.get(COOKIE, "")
    token = passes.token_after(pass_of_writing)
    bearer = passes.bearer_of(token)
    if bearer is None:
        return None
    response = HttpResponseRedirect(passes.page_of(bearer) + ("?receipt=1" if again else ""))
    hand_over(response, request, token, bearer)
    if again:
        code = codes.code_after(pass_of_writing)
        response.set_cookie(CODE, code, **cookie_of(request, bearer, CODE_SHOWN))
    return response


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

    def unknown(self) -> HttpResponse:
        """What was sent leads to what it became: after going back, from another tab, or pressed twice. Then the answer
        to the first may have been lost, and the receipt with it."""
        answer = receipt(self.request, again=self.request.method == "POST")
        if answer is None:
            return super().unknown()
        messages.info(self.request, AGAIN)
        return answer

    def address(self, number: int) -> str:
        return self.root if number == 1 else f"{self.root}{number}/"

    def get_cancel_url(self) -> str:
        return self.address(self.number - 1) if self.number > 1 else reverse("proposals:start")

    def get_context(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "count": STEPS,
            "days": WRITING_DAYS.current(),
            "call": self.subject.call,
            "answers": calls.answered(self.subject.call, Kind.CITIZEN, self.subject.begun_at),
            "files": [self.file_link(f) for f in files_of(self.subject)],
        }

    def act(self, form: Any) -> str:
        return self.note_down(form)

    def note_down(self, form: Any, files: Sequence[File] = ()) -> str:
        """Keep what was written; the address of the next step."""
        values = {name: form.cleaned_data[name] for name in form._meta.fields if name in form.cleaned_data}
        receiving.note_down(self.subject, values, actor=self.actor, files=files)
        return self.address(self.number + 1)


class Idea(WritingStep):
    form_class = IdeaForm
    title = gettext_lazy("무엇이 문제인가요")


class Change(WritingStep, HoldsFiles):
    number = 2
    form_class = ChangeForm
    title = gettext_lazy("어떻게 바꿀까요")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), **HoldsFiles.get_form_kwargs(self)}

    def act(self, form: ChangeForm) -> str:
        with self.files(form) as files:
            return self.note_down(form, files)


class Difference(WritingStep):
    number = 3
    form_class = DifferenceForm
    title = gettext_lazy("비슷한 제안이 있는지 보세요")

    def get_context(self) -> dict[str, Any]:
        more = {"submit": gettext("다른 점을 적고 계속 쓰기")} if self.alike else {}
        return {**super().get_context(), "alike": self.alike, **more}

    def prepare(self) -> None:
        self.alike = selectors.alike(self.subject.title) if self.subject.title else []

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "asked": bool(self.alike)}

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """To the news of one of them instead, if that is what was chosen; what was written stays for its days."""
        self.prepare()
        chosen = whole(request.POST.get("follow", ""))
        one = next((one.proposal for one in self.alike if one.proposal.pk == chosen), None)
        if one is None or not one.is_shown:
            return super().post(request, *args, **kwargs)
        self.keep(FOLLOWS, one.pk)
        return HttpResponseRedirect(reverse("proposals:follow", args=[one.year, one.number]))

    def keep(self, choice: str, chosen: int = 0) -> None:
        """What was shown, and which way on was taken."""
        shown = [
            [one.proposal.pk, one.proposal.state, choice if chosen in (0, one.proposal.pk) else ""]
            for one in self.alike
        ]
        receiving.note_down(self.subject, {"similar": shown}, actor=self.actor)

    def act(self, form: Any) -> str:
        self.keep(DIFFERS)
        return super().act(form)


class Send(GuardedForm, JointPage, WritingStep):
    number = STEPS
    form_class = SendForm
    title = gettext_lazy("누가 제안하나요")
    submit = gettext_lazy("제안 보내기")
    gate_key = "proposal"
    contact_fields = ("email", "phone")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {}

    def get_context(self) -> dict[str, Any]:
        found = selectors.personal_in(self.subject)
        return {**super().get_context(), "notices": selectors.notices(), "found": found}

    def act(self, form: SendForm) -> str:
        doubtful = bool(self.verdict and self.verdict.is_doubtful)
        own = self.request.COOKIES[COOKIE]
        made, _token = receiving.send(
            self.subject,
            form.people(),
            actor=self.actor,
            token=passes.token_after(own),
            code=codes.code_after(own),
            doubtful=doubtful,
        )
        return reverse("proposals:mine", args=[made.pk])

    def done(self, target: str, *, fresh: bool) -> HttpResponse:
        """Sent twice at once, the browser shows the answer to the second: both say the same."""
        return receipt(self.request) or super().done(target, fresh=fresh)

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        missing = [
            name for name in ("title", "field", "problem", "improvement") if not getattr(self.subject, name)
        ]
        return super().page(form, status, **{"missing": bool(missing), **extra})
