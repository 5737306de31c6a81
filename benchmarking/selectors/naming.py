"""Departments and people as they are written in fields and in Excel."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.folding import fold
from core.now import today
from organization.models import Department, User


def names(text: str) -> list[str]:
    """What stands between commas or on lines of its own, each once however it is spelled."""
    parts = (part.strip() for part in text.replace("\n", ",").split(","))
    return list({fold(part): part for part in parts if part}.values())


class Departments:
    """The departments that can be asked for a review today, by name."""

    def __init__(self) -> None:
        self.by_name = {fold(d.name): d for d in Department.objects.open_on(today()).reviewing()}

    def read(self, text: str) -> list[Department]:
        """Rejected names those that there are not."""
        found = names(text)
        if unknown := [name for name in found if fold(name) not in self.by_name]:
            listed = ", ".join(f"‘{name}’" for name in unknown)
            raise Rejected(
                _("없는 부서입니다: %(names)s. 지금 쓰는 부서명을 정확히 입력해 주세요.") % {"names": listed}
            )
        return [self.by_name[fold(name)] for name in found]


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
