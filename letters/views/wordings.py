"""안내문: how letters are worded here."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy

from core.page import BaseView, Crumbs, Request
from core.views.forms import ConfirmPage, PreviewPage
from letters.forms import WordingForm
from letters.models import Wording
from letters.selectors import worded
from letters.services import writing
from letters.sockets import KINDS, LetterKind
from letters.texts import Text, example_of, wording_of
from letters.views.lists import HOME

ALL = (gettext_lazy("안내문"), reverse_lazy("letters:wordings"))


class Wordings(BaseView):
    permission = "letters.plan"
    section = "letters"
    template_name = "letters/wordings.html"
    crumbs = (HOME, (gettext_lazy("안내문"), None))

    def get(self, request: Request) -> HttpResponse:
        lead = gettext_lazy(
            "구민에게 보내는 안내의 제목과 내용입니다. 고치면 그 뒤에 쓰는 안내부터 고친 대로 나갑니다."
        )
        return self.render({"title": gettext_lazy("안내문"), "lead": lead, "groups": list(worded().items())})


class OfKind:
    """A page about one kind."""

    kwargs: dict[str, Any]

    @property
    def kind(self) -> LetterKind:
        if found := KINDS.get(self.kwargs["kind"]):
            return found
        raise Http404

    def get_cancel_url(self) -> str:
        return reverse("letters:wordings")

    def get_crumbs(self) -> Crumbs:
        return [HOME, ALL, (self.kind.label, None)]


class Reword(OfKind, PreviewPage):
    """Shown filled with examples before it is saved."""

    permission = "letters.plan"
    section = "letters"
    form_class = WordingForm
    template_name = "letters/wording.html"
    check = gettext_lazy("예시로 미리 보기")
    submit = gettext_lazy("이대로 저장")
    success = gettext_lazy("안내문을 고쳤습니다. 앞으로 쓰는 안내부터 이대로 나갑니다.")

    def get_title(self) -> Any:
        return self.kind.label

    def get_initial(self) -> dict[str, Any]:
        words = wording_of(self.kind)
        return {"title": words.title, "body": words.body}

    def get_context(self) -> dict[str, Any]:
        changed = Wording.objects.filter(kind=self.kind.key).exists()
        return {"kind": self.kind, "changed": changed, "slots": self.kind.all_slots}

    def foresee(self, form: WordingForm) -> Sequence[Any]:
        words = _words(form)
        writing.check_places(self.kind.key, words)
        shown = example_of(self.kind, words)
        return [shown.title, shown.body]

    def act(self, form: WordingForm) -> str:
        writing.reword(self.kind.key, _words(form), actor=self.actor)
        return self.get_cancel_url()


def _words(form: WordingForm) -> Text:
    return Text(form.cleaned_data["title"], form.cleaned_data["body"])


class Reset(OfKind, ConfirmPage):
    permission = "letters.plan"
    section = "letters"
    title = gettext_lazy("처음 안내문으로 되돌리기")
    success = gettext_lazy("처음 안내문으로 되돌렸습니다.")

    def get_text(self) -> str:
        return str(gettext_lazy("고친 내용을 지우고 처음 안내문을 다시 씁니다. 계속할까요?"))

    def act(self) -> str:
        writing.reset(self.kind.key, actor=self.actor)
        return self.get_cancel_url()
