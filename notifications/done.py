"""What somebody did lately, with whom it is now, and how it is undone where that is allowed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils import timezone

from basis.formats import datetime_ko
from core.components import Action
from core.models import TransitionLog
from core.now import now
from core.steps import step_action
from core.work.keep import loaded
from core.workflow import WORKFLOWS, workflow_of
from notifications.bar import BarLine, Key, lines_of
from organization.models import User

MOST = 8
LATELY = timedelta(days=14)
READ = 60  # rows of the log: several steps of one thing are told once


@dataclass(frozen=True)
class Done:
    """The last step of one thing; `waits`: what is open on it now."""

    what: str
    title: str
    url: str
    when: str
    waits: Sequence[BarLine]
    undo: Action | None


def done_lately(user: User) -> list[Done]:
    """The latest first, each thing once: one question for the log, one a kind of thing, three for what is open."""
    steps = TransitionLog.objects.filter(actor=user, at__gt=now() - LATELY).exclude(from_state=F("to_state"))
    rows = steps.order_by("-at", "-pk")[:READ]
    last: dict[tuple[int, int], TransitionLog] = {}
    for row in rows:
        if len(last) < MOST:
            last.setdefault((row.content_type_id, row.object_id), row)
    found = {}
    for kind in {kind for kind, _pk in last}:
        for thing in _known(user, kind, [pk for of, pk in last if of == kind]):
            found[kind, thing.pk] = thing
    waits: dict[Key, list[BarLine]] = {}
    for key, line in lines_of(user, list(found.values())) if found else ():
        waits.setdefault(key, []).append(line)
    return [_done(user, row, found[key], waits.get(key, ())) for key, row in last.items() if key in found]


def _known(user: User, kind: int, pks: Sequence[int]) -> Iterable[Any]:
    """Those that have work, as far as the person may still see them."""
    model: Any = ContentType.objects.get_for_id(kind).model_class()
    workflow = WORKFLOWS.get(model._meta.label_lower)
    if workflow is None or workflow.work is None:
        return ()
    visible = model._default_manager.visible_to(user).filter(pk__in=pks)
    return loaded(workflow).filter(pk__in=visible.values("pk"))


def _done(user: User, row: TransitionLog, thing: Any, waits: Sequence[BarLine]) -> Done:
    workflow = workflow_of(thing)
    assert workflow.work is not None
    step = workflow.table.get(row.name)
    undo = step_action(user, thing, step.undo) if step and step.undo and thing.state == row.to_state else None
    when = datetime_ko(timezone.localtime(row.at))
    title, url = workflow.work.face(thing).title, thing.get_absolute_url()
    return Done(str(workflow.label_of(row.name)), title, url, when, waits, undo)
