"""The department that a cell of a staff file means: by code, by the name of that day, by a path that ends in it."""

from datetime import date

from basis.days import Day
from basis.errors import Rejected
from basis.folding import fold
from organization.enums import DepartmentKind
from organization.models import Department
from organization.naming import NamesThen


class Places:
    """`D0101`, `복지정책과`, its name of then, `복지국 복지정책과`; `복지정책과 생활보장팀` is the team where it is
    registered, else its department."""

    def __init__(self) -> None:
        standing = list(Department.objects.filter(valid_to=None))
        self.by_code = {fold(one.code): one for one in standing}
        self.teams = {
            (one.parent_id, fold(one.name)): one for one in standing if one.kind == DepartmentKind.TEAM
        }
        self.then = NamesThen()
        self.known: dict[tuple[str, date], Department | None] = {}

    def find(self, text: str, day: date) -> Department | None:
        """None where nothing of that name was there. Rejected where it could be several."""
        key = (text, day)
        if key not in self.known:
            self.known[key] = self.by_code.get(fold(text)) or self._named(text.split(), day)
        return self.known[key]

    def _named(self, words: list[str], day: date) -> Department | None:
        """The whole, else what is left when a bureau before it or a team behind it is taken away."""
        for last in range(len(words), 0, -1):
            for first in range(last):
                if found := self.then.find("".join(words[first:last]), Day(day)):
                    team = self.teams.get((found.department.pk, fold("".join(words[last:]))))
                    return self._standing(team or found.department)
        return None

    @staticmethod
    def _standing(department: Department) -> Department:
        """One that has ended leads to whoever carries on its work."""
        for _step in range(10):
            if department.successor is None:
                return department
            department = department.successor
        raise Rejected(department.name)
