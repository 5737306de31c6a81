"""Which department a name meant on a day (N4): names change, departments end, records keep what they were called."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from basis.days import Day
from basis.errors import Rejected
from basis.folding import fold
from organization.enums import ChangeType, DepartmentKind
from organization.models import Department, DepartmentChange

_ASIDE = re.compile(r"\([^()]*\)")
_BETWEEN = re.compile(r"[,;/|\n、，]+")
_WITHIN = re.compile(r"[\s·&+]+")
_LONGEST = 6  # words of one name
_AND = ("및", "와", "과", "등")


class Named(NamedTuple):
    """`name` is what the department was called."""

    department: Department
    name: str


class _Span(NamedTuple):
    """A department bore a name from..to; None: since ever, or still."""

    first: date | None
    last: date | None
    named: Named

    def within(self, day: Day) -> bool:
        begun = self.first is None or self.first <= day.last
        return begun and (self.last is None or self.last >= day.date)


class NamesThen:
    """All departments that there ever were, by the names they ever had. Teams are left out: they share names."""

    def __init__(self) -> None:
        self.spans: dict[str, list[_Span]] = {}
        self._of: dict[int, list[_Span]] = {}
        renames: dict[int, list[DepartmentChange]] = {}
        applied = DepartmentChange.objects.filter(kind=ChangeType.RENAME).exclude(applied_at=None)
        for change in applied.order_by("effective_on", "pk"):
            renames.setdefault(change.department_id, []).append(change)
        for department in Department.objects.exclude(kind=DepartmentKind.TEAM):
            since: date | None = department.valid_from
            for change in renames.get(department.pk, ()):
                before = change.effective_on - timedelta(days=1)
                self._add(department, change.old_name, since, before)
                since = change.effective_on
            self._add(department, department.name, since, department.valid_to)

    def _add(self, department: Department, name: str, first: date | None, last: date | None) -> None:
        span = _Span(first, last, Named(department, name))
        self.spans.setdefault(name_key(name), []).append(span)
        self._of.setdefault(department.pk, []).append(span)

    def name_of(self, department: Department, day: date) -> str:
        """What it was called then; what it is called where nobody knows."""
        spans = self._of.get(department.pk, ())
        return next((span.named.name for span in spans if span.within(Day(day))), department.name)

    def since(self, department: Department) -> date:
        """When it was given its name."""
        return self._of[department.pk][-1].first or department.valid_from

    def read(self, text: str, day: Day | None) -> list[Named]:
        """All departments of a cell, however they are kept apart. Rejected names what was no department, or several."""
        found: list[Named] = []
        unknown: list[str] = []
        for part in _BETWEEN.split(_ASIDE.sub(" ", text)):
            if name_key(part):
                one = self.find(part, day)
                for item in [one] if one else self._words(part, day):
                    if isinstance(item, str):
                        unknown.append(item)
                    elif item.department not in (known.department for known in found):
                        found.append(item)
        if unknown:
            listed = ", ".join(f"‘{name}’" for name in unknown)
            raise Rejected(
                _(
                    "그때 없던 부서입니다: %(names)s. 부서 연혁을 먼저 등록하거나 그때의 부서명을 입력해 주세요."
                )
                % {"names": listed}
            )
        return found

    def find(self, name: str, day: Day | None) -> Named | None:
        """The department that bore this name then; where none did, the only one that ever has: an office's history
        seldom goes back as far as its records. Rejected where it could be several."""
        ever = self.spans.get(name_key(name), [])
        then = [span for span in ever if day and span.within(day)]
        if day and len({span.named.department.pk for span in then}) > 1:
            last = Day(day.last)
            then = [span for span in then if span.within(last)] or then
        meant = {span.named.department.pk: span.named for span in then or ever}
        if len(meant) > 1:
            raise Rejected(
                _("‘%(name)s’인 부서가 여럿이어서 날짜가 있어야 알 수 있습니다.") % {"name": name.strip()}
            )
        return next(iter(meant.values()), None)

    def _words(self, part: str, day: Day | None) -> list[Named | str]:
        """Several names without anything but spaces or dots between them, the longest first."""
        words = [word for word in _WITHIN.split(fold(part)) if word and word not in _AND]
        result: list[Named | str] = []
        start = 0
        while start < len(words):
            for end in range(min(len(words), start + _LONGEST), start, -1):
                if named := self.find("".join(words[start:end]), day):
                    result.append(named)
                    break
            else:
                result.append(words[start])
                end = start + 1
            start = end
        return result if any(isinstance(item, Named) for item in result) else [part.strip()]


def name_key(name: str) -> str:
    """Names as they are compared: folded, without spaces and dots."""
    return _WITHIN.sub("", fold(name))
