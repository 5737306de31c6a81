"""What processes declare of the letters they have the office write."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from basis.sockets import Socket
from core.office import office_name
from letters.models import Letter


@dataclass(frozen=True)
class Slot:
    """A place in a text, written `{name}`: what planning reads of it, and an example for the preview."""

    name: str
    label: Any
    example: Any


@dataclass(frozen=True)
class Secret(Slot):
    """What only the recipient may know: `issue(letter)` gives it at the moment of delivery, and it is kept nowhere.
    What was issued and has reached nobody goes to `take_back`. `on_paper(letter)` stands there instead where people
    carry the letter."""

    issue: Callable[[Letter], str] = lambda letter: ""
    take_back: Callable[[str], None] = lambda issued: None
    on_paper: Callable[[Letter], str] = lambda letter: ""


@dataclass(frozen=True)
class LetterKind:
    """A letter that a process has written. `reviewed`: planning looks at each before it goes. `group`: whose it is."""

    key: str
    label: Any
    title: Any
    body: Any
    slots: Sequence[Slot] = ()
    reviewed: bool = False
    group: Any = ""

    @property
    def all_slots(self) -> Sequence[Slot]:
        return (*ALWAYS, *self.slots)

    @property
    def secrets(self) -> Mapping[str, Secret]:
        return {slot.name: slot for slot in self.slots if isinstance(slot, Secret)}


# In whatever letter.
ALWAYS = (
    Slot("name", _("받는 사람 이름"), _("김구민")),
    Slot("office", _("우리 구청 이름"), office_name),
)
KINDS: Socket[LetterKind] = Socket("letters", key=lambda kind: kind.key)
