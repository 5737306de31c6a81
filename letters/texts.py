"""From wordings to texts: which words a kind has here, and what stands in their places."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from basis.official import in_office_language
from letters.enums import Way
from letters.models import Letter, Wording
from letters.sockets import KINDS, LetterKind

PLACE = re.compile(r"\{([a-z_]+)\}")
GAP = re.compile(r"\n{3,}")
MOBILE = re.compile(r"(\+?82|0)1[016789]")


@dataclass(frozen=True)
class Recipient:
    """Who a letter is for, and the ways there are."""

    name: str
    email: str = ""
    phone: str = ""
    address: str = ""

    def way(self) -> tuple[Way, str]:
        """The quickest, and where it leads. A telephone without messages is better than nothing: somebody calls."""
        if self.email:
            return Way.MAIL, self.email
        if MOBILE.match(re.sub(r"[\s().-]", "", self.phone)) or not self.address:
            return Way.TEXT, self.phone
        return Way.POST, self.address


@dataclass(frozen=True)
class Text:
    title: str
    body: str


def filled(text: str, values: Mapping[str, str]) -> str:
    """With what stands in its places; places of which nothing is known stay, and values are no templates. Where a
    value is empty no more than one line stays empty."""
    return GAP.sub("\n\n", PLACE.sub(lambda place: values.get(place[1], place[0]), text)).strip()


@in_office_language
def wording_of(kind: LetterKind) -> Text:
    """As this office words it."""
    changed = Wording.objects.filter(kind=kind.key).first()
    return Text(changed.title, changed.body) if changed else default_of(kind)


@in_office_language
def default_of(kind: LetterKind) -> Text:
    return Text(str(kind.title), str(kind.body))


@in_office_language
def example_of(kind: LetterKind, words: Text) -> Text:
    """As a recipient would read it."""
    values = {
        slot.name: str(slot.example() if callable(slot.example) else slot.example) for slot in kind.all_slots
    }
    return Text(filled(words.title, values), filled(words.body, values))


def unknown_places(kind: LetterKind, words: Text) -> list[str]:
    """Places of a text that nothing would fill."""
    known = {slot.name for slot in kind.all_slots}
    found = PLACE.findall(f"{words.title} {words.body}")
    return sorted({f"{{{name}}}" for name in found if name not in known})


@in_office_language
def to_deliver(letter: Letter) -> tuple[Text, dict[str, str]]:
    """The letter with what only its recipient may know, and that alone by its places. Each call issues it anew; nothing
    keeps it."""
    secrets = KINDS[letter.kind].secrets
    asked = {name for name in PLACE.findall(letter.body) if name in secrets}
    issued = {name: secrets[name].issue(letter) for name in asked}
    return Text(letter.title, filled(letter.body, issued)), issued


def take_back(letter: Letter, issued: Mapping[str, str]) -> None:
    """It has reached nobody: what was issued for it opens nothing any more."""
    secrets = KINDS[letter.kind].secrets
    for name, value in issued.items():
        secrets[name].take_back(value)


@in_office_language
def on_paper(letter: Letter) -> Text:
    """The letter as people carry it: it holds no secret."""
    secrets = KINDS[letter.kind].secrets
    asked = {name for name in PLACE.findall(letter.body) if name in secrets}
    return Text(letter.title, filled(letter.body, {name: secrets[name].on_paper(letter) for name in asked}))


def to_read(letter: Letter) -> Text:
    """The letter as the office reads it before it goes: of a secret, what will stand there."""
    secrets = KINDS[letter.kind].secrets
    named = {
        name: _("[%(label)s: 보낼 때 채워집니다]") % {"label": secret.label}
        for name, secret in secrets.items()
    }
    return Text(letter.title, filled(letter.body, named))
