"""One letter and its steps."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.response import document_response
from basis.formats import date_weekday
from core.access import Look
from core.components import Badge
from core.page import BaseView, Crumbs, Request
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from letters.channels import channel_of
from letters.documents import paper
from letters.enums import WHERE, State, Way
from letters.forms import LetterForm, RedirectForm
from letters.models import Letter
from letters.selectors import TONES
from letters.services import sending, writing
from letters.sockets import KINDS
from letters.texts import Text, on_paper, to_read
from letters.views.lists import HOME, kind_label, moment
from letters.workflow import LETTER
from notifications.bar import bar_of
from notifications.standing import why


def get_letter(user: Any, pk: int) -> Letter:
    """404 for what one may not know."""
    rows = Letter.objects.visible_to(user).select_related("mail", "sent_by__department")
    return get_object_or_404(rows, pk=pk)


class LetterPage(BaseView):
    permission = "letters.read"
    section = "letters"
    template_name = "letters/letter.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.letter.about, None)]

    def get_look(self) -> Look:
        return Look(str(self.letter), self.letter.pk)

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.letter = letter = get_letter(request.user, pk)
        by_hand = channel_of(letter.way).by_hand
        return self.render(
            {
                "title": letter.title,
                "lead": kind_label(letter.kind),
                "badges": [Badge(letter.get_state_display(), TONES.get(State(letter.state), "neutral"))],
                **bar_of(request.user, letter),
                "letter": letter,
                "text": on_paper(letter) if by_hand else to_read(letter),
                "facts": [(label, value) for label, value in _facts(letter) if value],
                "waits": channel_of(letter.way).waits if by_hand and letter.state == State.READY else "",
                "events": [event_of(row) for row in latest_first(letter)],
            }
        )


def _facts(letter: Letter) -> list[tuple[Any, Any]]:
    mail = letter.mail
    underway = why(mail.state, mail.error, mail.next_try_at) if mail and letter.state != State.SENT else ""
    return [
        (_("받는 사람"), letter.name),
        (WHERE[Way(letter.way)], letter.to),
        (_("보내는 방법"), letter.get_way_display()),
        (_("보낼 기한"), date_weekday(letter.due) if letter.due else ""),
        (_("작성 일시"), moment(letter.created_at)),
        (_("발송 일시"), moment(letter.sent_at)),
        (_("발송 처리한 직원"), letter.sent_by.full_label if letter.sent_by else ""),
        (_("시도"), letter.attempts),
        (_("보내지 못한 까닭"), letter.error),
        (_("발송 상황"), underway),
        (_("파기일"), date_weekday(letter.forgotten_on) if letter.forgotten_on else ""),
    ]


class Paper(BaseView):
    """The letter on paper: to print, or as a file of 한글."""

    permission = "letters.read"

    def get(self, request: Request, pk: int) -> HttpResponse:
        letter = get_letter(request.user, pk)
        self.looked = name = f"{letter.about}_{kind_label(letter.kind)}"
        return document_response(
            paper([letter]), request.GET.get("format", "html"), name, back=letter.get_absolute_url()
        )


class Step(StepPage):
    workflow = LETTER
    find = staticmethod(get_letter)
    section = "letters"
    permission = "letters.read"
    above = (HOME,)

    def get_name(self) -> str:
        return str(self.object.about)


class Release(Step, ConfirmStep):
    step = "release"
    success = gettext_lazy("안내를 보냅니다.")
    service = staticmethod(sending.release)


class Retry(Step, ConfirmStep):
    step = "retry"
    success = gettext_lazy("다시 보냅니다.")
    service = staticmethod(sending.retry)


class Redirect(Step, FormPage):
    step = "redirect"
    binds = True
    form_class = RedirectForm
    lead = gettext_lazy(
        "받는 곳이 거절한 안내입니다. 맞는 주소나 우편으로 다시 보냅니다. 링크는 새로 만들어 담습니다."
    )
    success = gettext_lazy("다른 곳으로 보냅니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"way": self.object.way}

    def act(self, form: RedirectForm) -> str:
        data = form.cleaned_data
        sending.redirect(self.object, data["way"], data["to"], actor=self.actor, version=self.seen)
        return self.get_success_url()


class Mark(Step, ConfirmStep):
    step = "mark"
    success = gettext_lazy("발송 처리했습니다.")
    service = staticmethod(sending.mark)


class Cancel(Step, ReasonStep):
    step = "cancel"
    danger = True
    lead = gettext_lazy("받는 사람에게 알릴 다른 방법이 있는지 먼저 확인해 주세요.")
    success = gettext_lazy("이 안내는 보내지 않습니다.")
    service = staticmethod(sending.cancel)


class Edit(Step, FormPage):
    step = "edit"
    binds = True
    submit = gettext_lazy("저장")
    form_class = LetterForm
    template_name = "letters/edit.html"
    success = gettext_lazy("안내를 고쳤습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"instance": get_letter(self.actor, self.object.pk)}

    def get_context(self) -> dict[str, Any]:
        kind = KINDS[self.object.kind]
        return {"slots": [slot for slot in kind.slots if slot.name in kind.secrets]}

    def act(self, form: LetterForm) -> str:
        data = form.cleaned_data
        writing.edit(
            self.object,
            Text(data["title"], data["body"]),
            data["name"],
            data["to"],
            actor=self.actor,
            version=self.seen,
        )
        return self.get_success_url()
