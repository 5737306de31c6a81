"""Whom a leak concerns: found in the access log and counted (D7)."""

from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import counted
from basis.official import in_office_language
from core.permissions import ensure
from core.transition import record
from leaks.models import Leak, LeakGroup, LeakPerson
from leaks.selectors import Concerned, concerned, contacts, is_reachable, key_of
from leaks.services.locking import locked, need_open


def find(leak: Leak) -> None:
    """Whom the log names, each once, and the lists whose people it does not name. Who was told stays; so do lists of
    which somebody has said how many. The caller holds the leak and saves it."""
    found = concerned(leak)
    _keep_persons(leak, found)
    _keep_lists(leak, found)
    recount(leak)


def _keep_persons(leak: Leak, found: Concerned) -> None:
    there = {key_of(person): person for person in leak.persons.all()}
    who = contacts(found.people.keys())
    gone = [one.pk for key, one in there.items() if key not in found.people and one.told_at is None]
    LeakPerson.objects.filter(pk__in=gone).delete()
    new: list[LeakPerson] = []
    changed: list[LeakPerson] = []
    for key, seen in found.people.items():
        person = there.get(key)
        if person is None:
            user, source, pk = key
            person = LeakPerson(leak=leak, user_id=user, source=source, key=pk)
        (changed if person.pk else new).append(person)
        person.looks, person.last_at = seen.looks, seen.last_at
        person.reachable = is_reachable(who.get(key))
    LeakPerson.objects.bulk_create(new, batch_size=500)
    LeakPerson.objects.bulk_update(changed, ["looks", "last_at", "reachable"], batch_size=500)


def _keep_lists(leak: Leak, found: Concerned) -> None:
    there = {group.title: group for group in leak.groups.filter(from_log=True)}
    for title, group in there.items():
        if title not in found.lists and group.people is None:
            group.delete()
    for title, looks in found.lists.items():
        group = there.get(title) or LeakGroup(leak=leak, title=title, from_log=True)
        if group.looks != looks:
            group.looks = looks
            group.save()


def recount(leak: Leak) -> None:
    """The caller holds the leak and saves it."""
    leak.from_log = leak.persons.count()
    leak.from_groups = leak.groups.aggregate(n=Sum("people"))["n"] or 0


@transaction.atomic
def gather(leak: Leak, *, actor: Any, version: int | None = None) -> Leak:
    """Look into the log again.

    Locks: the leak. Raises: Outdated, Rejected once it is closed.
    """
    leak = locked(leak, version)
    ensure(actor, "leaks.act", leak)
    need_open(leak)
    find(leak)
    _note(leak, "gather", actor, {})
    return leak


@transaction.atomic
def count(
    leak: Leak,
    *,
    people: int,
    actor: Any,
    title: str = "",
    estimated: bool = False,
    note: str = "",
    group: LeakGroup | None = None,
) -> LeakGroup:
    """How many people of a kind there were: of those on paper (a new group), or of a list that the log shows. 0 says
    that all of them are among those counted already, and needs a note.

    Locks: the leak. Raises: Rejected beside the field, or once it is closed.
    """
    leak = locked(leak)
    ensure(actor, "leaks.act", leak)
    need_open(leak)
    if people == 0 and not note.strip():
        raise Rejected(_("인원이 0명인 까닭을 적어 주세요. 예: 이미 센 사람들과 같음"), field="note")
    if group is None:
        group = LeakGroup(leak=leak)
    if not group.from_log:
        group.title = title.strip()
    before = group.people
    group.people, group.estimated, group.note = people, estimated, note.strip()
    group.save()
    recount(leak)
    _note(leak, "count", actor, {"text": _said(group), "before": before})
    return group


@transaction.atomic
def uncount(group: LeakGroup, *, actor: Any) -> None:
    """A group typed by hand was none; of a list of the log the number is asked for again.

    Locks: the leak. Raises: Rejected once it is closed.
    """
    leak = locked(group.leak)
    ensure(actor, "leaks.act", leak)
    need_open(leak)
    said = _said(group)
    if group.from_log:
        group.people, group.estimated, group.note = None, False, ""
        group.save()
    else:
        group.delete()
    recount(leak)
    _note(leak, "uncount", actor, {"text": said})


@in_office_language
def _said(group: LeakGroup) -> str:
    """As the log reads it."""
    people = counted(group.people or 0, _("명"))
    return f"{group.title} {people}"


def _note(leak: Leak, event: str, actor: Any, data: dict[str, Any]) -> None:
    leak.version += 1
    leak.save()
    record(leak, event, actor=actor, data={**data, "people": leak.people})
