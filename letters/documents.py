"""Letters as they are posted."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from basis.documents.model import Document, Entry, Heading, KeyValues, PageBreak, Paragraph
from basis.official import in_office_language
from core.office import office_name
from letters.enums import WHERE, Way
from letters.models import Letter
from letters.texts import on_paper


@in_office_language
def paper(letters: Sequence[Letter]) -> Document:
    """One letter, or several with each on a page of its own."""
    first = letters[0]
    blocks: list[Any] = []
    for letter in letters:
        if blocks:
            blocks += [PageBreak(), Heading(letter.title)]
        blocks += _letter(letter)
    made_on = timezone.localtime(first.created_at).date()
    return Document(title=first.title, office=office_name(), made_on=made_on, blocks=tuple(blocks))


def _letter(letter: Letter) -> list[Any]:
    who = Entry(_("받는 사람"), letter.name)
    to = Entry(str(WHERE[Way(letter.way)]), letter.to or "–")
    lines = on_paper(letter).body.split("\n")
    return [KeyValues(((who,), (to,), (Entry(_("번호"), letter.about),))), *map(Paragraph, lines)]
