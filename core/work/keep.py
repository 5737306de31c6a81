"""Keeping the table of open work: after every step and event, and when deadlines or people move.

Called by `core.transition`, `core.deadlines` and the services that move people; a service calls `refresh` itself only
after it has made a thing without a log row, and `forget` before it deletes one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from basis.official import in_office_language
from core.asks import Ask, Face, Work
from core.models import Clock, OpenWork, WorkHolder
from core.now import today
from core.rows import Statement, columns, execute, fetch, insert, insert_plain, instance, statement
from core.work import holders
from core.workflow import Workflow, workflow_of

BATCH = 500


@dataclass(frozen=True)
class Row:
    """What stands in the table for one ask of one thing: the columns by name, and the holders' keys."""

    values: dict[str, Any]
    keys: frozenset[str]


Place = tuple[int, str]  # the thing's key, the ask's name


def wanted(work: Work, obj: Any) -> dict[Place, Row]:
    """What the state of this thing asks today."""
    asks = [ask for ask in work.asks if obj.state in ask.states and ask.when(obj)]
    if not asks:
        return {}
    face = work.face(obj)
    return {(obj.pk, ask.name): _row(ask, face, obj) for ask in asks}


def _row(ask: Ask, face: Face, obj: Any) -> Row:
    due = ask.due(obj)
    clock = due if isinstance(due, Clock) else None
    values = {
        "due": clock.due if clock else due,
        "paused": clock.paused if clock else False,
        "begun": ask.begun(obj),
        "clock_id": clock.pk if clock else None,
        "department": face.department,
        "title": face.title[:400],
        "detail": face.detail[:200],
        "day": face.day,
        "url": face.url,
        "personal": ask.personal,
        "bundled": ask.bundle is not None,
    }
    return Row(values, frozenset(ask.who(obj)))


@in_office_language
def refresh(*objects: Any) -> int:
    """Bring the work of these things in line with their states; the number of rows that had to change. The caller
    holds their locks."""
    kinds: dict[type[models.Model], list[Any]] = {}
    for obj in objects:
        kinds.setdefault(type(obj), []).append(obj)
    changed = 0
    for kind, things in kinds.items():
        if work := workflow_of(kind).work:
            for start in range(0, len(things), BATCH):
                changed += _write(kind, work, things[start : start + BATCH])
    return changed


def after(obj: Any, name: str) -> None:
    """A step or event of this name was logged."""
    work = workflow_of(obj).work
    if work is None:
        return
    refresh(obj)
    if name in work.touches:
        refresh(*work.touches[name](obj))


def standing(kind: type[models.Model], pks: Sequence[int] | None = None) -> dict[Place, tuple[OpenWork, Row]]:
    """What stands in the table for things of a kind; `pks` None: for all of them."""
    type_ = ContentType.objects.get_for_model(kind)
    works: dict[int, OpenWork] = {}
    held: dict[int, set[str]] = {}
    for *values, key in fetch(
        _STANDING if pks is None else _STANDING + _OF_THESE,
        columns=columns(OpenWork, "work"),
        table=OpenWork,
        holder=WorkHolder,
        kind=type_.pk,
        pks=list(pks or ()),
    ):
        if values[0] not in works:
            works[values[0]], held[values[0]] = instance(OpenWork, values), set()
        if key is not None:
            held[values[0]].add(key)
    return {
        (work.object_id, work.ask): (
            work,
            Row({name: getattr(work, name) for name in COLUMNS}, frozenset(held[pk])),
        )
        for pk, work in works.items()
    }


_STANDING = """
SELECT {columns}, holder.key FROM {table} AS work LEFT JOIN {holder} AS holder ON holder.work_id = work.id
WHERE work.content_type_id = {kind}"""
_OF_THESE = " AND work.object_id IN ({pks})"


COLUMNS = (
    "due",
    "paused",
    "begun",
    "clock_id",
    "department",
    "title",
    "detail",
    "day",
    "url",
    "personal",
    "bundled",
)


def _write(kind: type[models.Model], work: Work, things: Sequence[Any]) -> int:
    before = standing(kind, [obj.pk for obj in things])
    after_: dict[Place, Row] = {}
    for obj in things:
        after_ |= wanted(work, obj)
    same = {place for place, (_row_, row) in before.items() if after_.get(place) == row}
    gone = [row.pk for place, (row, _) in before.items() if place not in same]
    new = {place: row for place, row in after_.items() if place not in same}
    removal = [statement(sql, table=table, gone=gone) for sql, table in _REMOVAL] if gone else []
    if new:
        since = {place: before[place][0].since for place in new if place in before}
        _insert(kind, new, since, removal)
    elif removal:
        execute(removal)
    return len(gone) + len(new)


_REMOVAL = (
    ("DELETE FROM {table} WHERE work_id IN ({gone})", WorkHolder),
    ("DELETE FROM {table} WHERE id IN ({gone}) RETURNING id", OpenWork),
)


def _insert(
    kind: type[models.Model],
    new: dict[Place, Row],
    since: dict[Place, date | None],
    after: Sequence[Statement],
) -> None:
    type_ = ContentType.objects.get_for_model(kind)
    made = [
        OpenWork(
            content_type=type_,
            object_id=place[0],
            ask=place[1],
            since=since.get(place, today()),
            **row.values,
        )
        for place, row in new.items()
    ]
    insert(made, after=after)
    held = [(work.pk, key) for work, row in zip(made, new.values(), strict=True) for key in sorted(row.keys)]
    insert_plain(WorkHolder, ("work", "key"), held)


def forget(*objects: Any) -> None:
    """Things that are about to be deleted ask nothing more."""
    for obj in objects:
        OpenWork.objects.about(type(obj)).filter(object_id=obj.pk).delete()


def clock_moved(clock: Clock) -> None:
    """The deadline of whatever goes by this clock is another, or stands still."""
    OpenWork.objects.filter(clock=clock).update(due=clock.due, paused=clock.paused)


def people_moved(pks: Iterable[int]) -> None:
    """These people serve elsewhere now, or no longer: who holds what they held or hold."""
    keys = [key(pk) for pk in pks for key in (holders.person, holders.never, holders.concerns)]
    concerned: dict[int, set[int]] = {}
    for start in range(0, len(keys), BATCH):
        rows = OpenWork.objects.held_by(keys[start : start + BATCH])
        for kind, pk in rows.values_list("content_type", "object_id"):
            concerned.setdefault(kind, set()).add(pk)
    for kind, found in concerned.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        assert model is not None
        refresh(*loaded(workflow_of(model)).filter(pk__in=found))


def loaded(workflow: Workflow) -> models.QuerySet[Any]:
    """The things of a workflow with all that their work reads."""
    assert workflow.work is not None
    rows = workflow.model._default_manager.select_related(*workflow.work.related)
    return rows.prefetch_related(*workflow.work.parts)
