"""The words of the office that imports remember: seen, corrected, forgotten by who may take in files of the kind."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import datetime_ko
from core.cells import Column
from core.components import Action
from core.lists import ListView
from core.page import Crumbs
from core.views.forms import ConfirmPage, FormPage
from core.views.seen import SeenPage
from imports.filters import WordFilter
from imports.forms import WordForm
from imports.meanings import Meanings
from imports.models import Word
from imports.selectors import importable, known_words
from imports.services import words as services
from imports.views.listed import kind_text

HOME = (gettext_lazy("엑셀로 등록한 자료"), reverse_lazy("imports"))
TITLE = gettext_lazy("기억한 말")


class WordList(ListView):
    permission = "organization.self"
    title = file_name = TITLE
    filter_class = WordFilter
    default_order = ("-said_at",)
    crumbs = (HOME, (TITLE, None))
    empty_message = gettext_lazy(
        "기억한 말이 없습니다. 엑셀로 등록하며 열과 값에 답하면 저장할 때 여기에 남습니다."
    )

    def admit(self) -> None:
        super().admit()
        if not importable(self.actor):
            raise Http404

    def get_queryset(self, user: Any) -> Any:
        return known_words(user)

    @cached_property
    def words(self) -> Meanings:
        return Meanings()

    def get_columns(self) -> list[Column]:
        place, means = self.words.place, self.words.meaning
        return [
            Column(
                "written",
                _("적힌 말"),
                ("shown", "written"),
                _written,
                sort=("written",),
                primary=True,
                width=30,
            ),
            Column("means", _("뜻"), ("kind", "column", "means"), means, excel=means, width=30),
            Column("place", _("열·값"), ("kind", "column"), place, excel=place, sort=("column",)),
            Column("kind", _("자료"), ("kind",), kind_text, excel=kind_text, sort=("kind",)),
            Column("by", _("답한 사람"), ("said_by__name",), sort=("said_by__name",), hide_mobile=True),
            Column(
                "at",
                _("답한 때"),
                ("said_at",),
                datetime_ko,
                kind="datetime",
                sort=("said_at",),
                hide_mobile=True,
            ),
        ]

    def row_url(self, pk: Any) -> str:
        return reverse("import_known_word", args=[pk])


def _written(shown: str, written: str) -> str:
    return shown or written


class _OfWord(SeenPage):
    """404 for a word of files that one may not take in."""

    permission = "organization.self"
    word: Word

    def prepare(self) -> None:
        self.word = get_object_or_404(known_words(self.actor), pk=self.kwargs["pk"])

    def get_crumbs(self) -> Crumbs:
        return [HOME, (TITLE, reverse("import_known")), (self.word.text, None)]


class WordPage(_OfWord, FormPage):
    form_class = WordForm
    template_name = "imports/word.html"
    submit = gettext_lazy("뜻 고치기")
    success = gettext_lazy("고쳤습니다. 다음 파일부터 이렇게 읽습니다.")

    def get_title(self) -> Any:
        return self.word.text

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"word": self.word}

    def get_cancel_url(self) -> str:
        return reverse("import_known")

    def get_context(self) -> dict[str, Any]:
        word, words = self.word, Meanings()
        facts = [
            (_("자료"), kind_text(word.kind)),
            (_("열·값"), words.place(word.kind, word.column)),
            (_("답한 사람"), word.said_by.name if word.said_by else ""),
            (_("답한 때"), datetime_ko(word.said_at)),
        ]
        url = reverse("import_known_forget", args=[word.pk])
        return {"facts": facts, "actions": [Action(_("잊기"), url, style="danger")]}

    def act(self, form: WordForm) -> str:
        services.correct(self.word, form.cleaned_data["means"], actor=self.actor)
        return reverse("import_known")


class WordForget(_OfWord, ConfirmPage):
    title = submit = gettext_lazy("잊기")
    danger = True
    success = gettext_lazy("잊었습니다. 다음 파일에 나오면 다시 묻습니다.")

    def get_text(self) -> str:
        return _("‘%(word)s’의 뜻을 잊을까요? 이미 저장한 자료는 그대로입니다.") % {"word": self.word.text}

    def get_cancel_url(self) -> str:
        return self.word.get_absolute_url()

    def act(self) -> str:
        services.forget(self.word, actor=self.actor)
        return reverse("import_known")
