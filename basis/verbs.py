"""What a step is called: on a button it says what it does, in a log what happened. Korean says both alike, English
"Approve" and "Approved"; so each has a text of its own in the catalogues, and a state's name another ("Approved")."""

from typing import Any

from django.utils.translation import pgettext, pgettext_lazy

BUTTON, LOG = "button", "log"  # the contexts of the two (scripts/messages.py)


class Verb:
    """`str()` is for buttons and titles, `done` for logs; both in the language of the moment."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return pgettext(BUTTON, self.text)

    @property
    def done(self) -> str:
        return pgettext(LOG, self.text)


def verb(text: str) -> Any:
    return Verb(text)


def done(text: str) -> Any:
    """What a log says of an event that nobody presses a button for."""
    return pgettext_lazy(LOG, text)


def logged(label: Any) -> Any:
    """What the log calls a step with this label."""
    return label.done if isinstance(label, Verb) else label
