"""What is said of a deadline, to whom, on which day."""

from dataclasses import dataclass
from datetime import date

from organization.models import User


@dataclass(frozen=True)
class Reminder:
    """`key` names deadline and event, so a moved deadline reminds anew."""

    key: str
    day: date
    people: tuple[User, ...]
    title: str
    detail: str
    url: str
