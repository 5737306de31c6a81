"""Who is concerned, as the access log says it (D7)."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from basis.formats import counted
from core.access import FILE
from core.models import AccessLog
from core.numbers import whole
from leaks.models import Leak, LeakPerson
from leaks.sockets import SHOWN, SOURCES, Key, ours, theirs
from letters.texts import Recipient
from organization.models import User


@dataclass
class Seen:
    """How often somebody was looked at, and when last."""

    looks: int
    last_at: datetime

    def add(self, looks: int, last_at: datetime) -> None:
        self.looks, self.last_at = self.looks + looks, max(self.last_at, last_at)


@dataclass
class Concerned:
    """`lists`: what was looked at without the log naming whom, and how often."""

    people: dict[Key, Seen] = field(default_factory=dict)
    lists: Counter[str] = field(default_factory=Counter)

    def saw(self, key: Key, looks: int, last_at: datetime) -> None:
        if key in self.people:
            self.people[key].add(looks, last_at)
        else:
            self.people[key] = Seen(looks, last_at)


def looks_of(leak: Leak) -> QuerySet[AccessLog]:
    """The looks from which it came: of the account, or of everybody within the time; none if neither is known. What
    bearers see is their own."""
    if leak.looks_from is None or leak.looks_to is None:
        return AccessLog.objects.none()
    rows = AccessLog.objects.filter(at__gte=leak.looks_from, at__lte=leak.looks_to, actor_pass=None)
    rows = rows.filter(actor=leak.account_id) if leak.account_id else rows
    return rows.exclude(subject_kind=FILE).order_by()


def concerned(leak: Leak) -> Concerned:
    """Everybody once: one of ours by the account, others by the socket of who keeps them; the rest are lists."""
    found, looks = Concerned(), looks_of(leak)
    counted = {"n": Count("pk"), "last": Max("at")}
    people: Any = looks.exclude(person=None).values("person").annotate(**counted)
    for row in people:
        found.saw(ours(row["person"]), row["n"], row["last"])
    rows: Any = looks.filter(person=None).values("subject_kind", "subject_id", "subject_label")
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for row in rows.annotate(**counted):
        by_kind.setdefault(row["subject_kind"], []).append(row)
    for kind, some in by_kind.items():
        _of_kind(found, kind, some)
    return found


def _of_kind(found: Concerned, kind: str, rows: list[dict[str, Any]]) -> None:
    shown = SHOWN.get(kind)
    things = {pk for row in rows if (pk := whole(row["subject_id"])) is not None}
    people: Mapping[int, Collection[Key]] = shown.people(things) if shown and things else {}
    for row in rows:
        keys = people.get(whole(row["subject_id"]) or 0, ())
        for key in keys:
            found.saw(key, row["n"], row["last"])
        if not keys:
            found.lists[row["subject_label"]] += row["n"]


def contacts(keys: Collection[Key]) -> dict[Key, Recipient]:
    """Who they are and how they are reached; of ours by their mail."""
    users = {user for user, _source, _key in keys if user is not None}
    found: dict[Key, Recipient] = {
        ours(user.pk): Recipient(user.full_label, user.email if user.is_active else "")
        for user in User.objects.filter(pk__in=users).select_related("department")
    }
    by_source: dict[str, set[int]] = {}
    for _user, source, key in keys:
        if key is not None:
            by_source.setdefault(source, set()).add(key)
    for source, some in by_source.items():
        named = SOURCES[source].named(some)
        found |= {theirs(source, key): person for key, person in named.items()}
    return found


def is_reachable(person: Recipient | None) -> bool:
    return person is not None and bool(person.email or person.phone or person.address)


def key_of(person: LeakPerson) -> Key:
    return person.user_id, person.source, person.key


def waiting(leak: Leak) -> QuerySet[LeakPerson]:
    """Whom the system can tell and has not told."""
    return leak.persons.filter(reachable=True, told_at=None)


def source_text(source: str) -> str:
    return str(SOURCES[source].label) if source else _("직원")


def grounds(leak: Leak) -> Iterator[str]:
    """Why the authority must be told, in words."""
    if leak.people >= leak.many:
        yield _("%(people)s 이상") % {"people": counted(leak.many, _("명"))}
    if leak.sensitive:
        yield _("민감정보·고유식별정보")
    if leak.intrusion:
        yield _("외부의 불법적인 접근")
