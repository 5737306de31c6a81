"""What the office's words mean in files of a kind: learned from what is answered, corrected, forgotten."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.excel.columns import clean_text, head_key
from core.actors import user_of
from core.now import now
from imports.meanings import meanings
from imports.models import WRITTEN, Intake, Word
from imports.sockets import IMPORT_PAGES
from organization.services import authorise


def learn(intake: Intake, actor: Any) -> None:
    """What was said of heads and values in this file is known from now on; the last word counts."""
    freed = intake.answers.get("freed", ())
    columns = intake.answers.get("columns", {})
    said = [("", text, key) for text, key in columns.items() if key or text not in freed]
    for column, values in intake.answers.get("values", {}).items():
        said += [(column, text, code) for text, code in values.items()]
    known = {(word.column, word.written): word.means for word in Word.objects.filter(kind=intake.kind)}
    for column, text, means in said:
        key = head_key(text)
        if len(key) > WRITTEN or known.get((column, key)) == str(means):
            continue
        told = {"means": str(means), "said_by": actor, "said_at": now(), "shown": clean_text(text)[:WRITTEN]}
        Word.objects.update_or_create(kind=intake.kind, column=column, written=key, defaults=told)


@transaction.atomic
def correct(word: Word, means: str, *, actor: Any) -> None:
    """It means this from now on; what was saved before stays as it is.

    Locks: the word. Raises: Rejected if it was forgotten meanwhile or cannot mean this.
    """
    word = _locked(word, actor)
    if means not in dict(meanings(word.kind, word.column, word.means)):
        raise Rejected(_("목록에서 골라 주세요."), field="means")
    word.means, word.said_by, word.said_at = means, user_of(actor), now()
    word.save(update_fields=["means", "said_by", "said_at"])


@transaction.atomic
def forget(word: Word, *, actor: Any) -> None:
    """Ask again what it means when it comes the next time.

    Locks: the word. Raises: Rejected if it was forgotten meanwhile.
    """
    _locked(word, actor).delete()


def _locked(word: Word, actor: Any) -> Word:
    authorise(actor, IMPORT_PAGES[word.kind].permission)
    found = Word.objects.select_for_update(of=("self",)).filter(pk=word.pk).first()
    if found is None:
        raise Rejected(_("이미 지운 말입니다."))
    return found
