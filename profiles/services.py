"""Comparing this office with a profile, and making it so."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import counted, date_ko
from clubs.enums import ClubKind
from core.actors import SYSTEM
from core.now import today
from core.permissions import can
from organization.models import Department
from organization.services import authorise, departments
from policies import loading
from policies.selectors import display
from profiles.offices import Office

PEOPLE = gettext_lazy("명")


@dataclass(frozen=True)
class Difference:
    """One thing that is otherwise in the profile: `since` when it will be so, empty for at once."""

    label: str
    present: str
    wanted: str
    since: str
    document: str

    def __str__(self) -> str:
        days = f" ({self.since})" if self.since else ""
        change = self.wanted if self.present == self.wanted else f"{self.present} → {self.wanted}"
        return f"{self.label}: {change}{days}"


def compare(office: Office, *, actor: Any) -> list[Difference]:
    """What `apply` would change. Names of departments are left to whoever may rename them."""
    changes = [_difference(change) for change in loading.plan(office.values)]
    return [*(_name(one, name, office) for one, name in _renamed(office, actor)), *changes]


@transaction.atomic
def apply(office: Office, *, actor: Any) -> int:
    """Words, policies and names of departments as in the profile; gives how many things were changed.

    Locks: the departments. Raises: as `departments.rename`.
    """
    authorise(actor, "policies.load")
    changes = loading.load(office.values, author=actor)
    renamed = _renamed(office, actor)
    for department, name in renamed:
        departments.rename(department, actor=actor, name=name, effective_on=today(), document=office.document)
    return len(changes) + len(renamed)


def missing(office: Office) -> list[str]:
    """Names of departments of the profile whose function nobody has here yet: they are named when they are founded."""
    held = set(Department.objects.filter(valid_to=None).exclude(role="").values_list("role", flat=True))
    return [name for role, name in office.departments.items() if role not in held]


def groups(office: Office) -> list[str]:
    """The clubs of its document in words: as its lines add up, beside what it counts itself (C6)."""
    found = []
    for one in office.groups:
        kind = ClubKind(one.kind).label
        names = ", ".join(f"{name} {counted(people, PEOPLE)}" for name, people in one.members.items())
        words = {"kind": kind, "n": len(one.members), "people": counted(one.people, PEOPLE), "names": names}
        line = _("%(kind)s %(n)d개 %(people)s(%(names)s)") % words
        if one.said is not None and one.said != one.people:
            line += " · " + _("문서에는 %(said)s으로 적혀 있음") % {"said": counted(one.said, PEOPLE)}
        found.append(line)
    return found


def _renamed(office: Office, actor: Any) -> list[tuple[Department, str]]:
    if actor is not SYSTEM and not can(actor, "organization.manage"):
        return []
    found = Department.objects.filter(valid_to=None, role__in=office.departments).order_by("order", "pk")
    return [(one, name) for one in found if (name := office.departments[one.role]) != one.name]


def _name(department: Department, name: str, office: Office) -> Difference:
    label = _("%(function)s 부서의 이름") % {"function": department.get_role_display()}
    return Difference(label, department.name, name, _since([today()]), office.document)


def _difference(change: loading.Change) -> Difference:
    policy = change.policy
    last = change.added[-1] if change.added else None
    return Difference(
        str(policy.label),
        display(policy, change.before),
        display(policy, change.after),
        _since([dated.since for dated in change.added]),
        last.document if last else str(policy.source),
    )


def _since(days: list[Any]) -> str:
    return ", ".join(_("%(day)s부터") % {"day": date_ko(day)} for day in days)
