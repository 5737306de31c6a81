"""People as they are written in fields and in Excel."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.folding import fold
from organization.models import User


class Roster:
    """Who is meant by a name or an employee number (`김민수`, `E00012`, `김민수 E00012`)."""

    def __init__(self, people: Iterable[User]) -> None:
        self.known: dict[str, list[User]] = {}
        for person in people:
            for key in (person.name, person.employee_number):
                self.known.setdefault(fold(key), []).append(person)

    @classmethod
    def of(cls, text: str) -> "Roster":
        words = [*text.split()[:10], *unicodedata.normalize("NFKC", text).split()[:10]]
        return cls(_staff().filter(Q(name__in=[text, *words]) | Q(employee_number__in=words)))

    @classmethod
    def of_all(cls) -> "Roster":
        return cls(_staff())

    def read(self, text: str) -> User:
        """Rejected if nobody is meant, or more than one could be."""
        text = text.strip()
        found = [set(self.known.get(fold(word), ())) for word in (text, *text.split())]
        found = [people for people in found if people]
        if not found:
            raise Rejected(
                _("‘%(text)s’ 직원이 없습니다. 이름이나 직원번호를 확인해 주세요.") % {"text": text}
            )
        meant = set.intersection(*found)
        if len(meant) != 1:
            raise Rejected(_("‘%(text)s’ 직원이 여럿입니다. 직원번호를 입력해 주세요.") % {"text": text})
        return meant.pop()


def _staff() -> Any:
    return User.objects.filter(is_active=True).exclude(department=None)
