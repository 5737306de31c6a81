"""Changes by hand that leave no trace in django-auditlog by themselves: a statement that changes many rows, a value
that is never written down."""

from collections.abc import Iterable, Mapping
from typing import Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.db import models

from basis.sockets import Socket
from core.actors import user_of

# Models whose changes are only noted: the schedule changes them all day, which is no news.
NOTED: Socket[type[models.Model]] = Socket("noted", key=lambda model: model)


def note(rows: Iterable[models.Model], changes: Mapping[str, tuple[Any, Any]], *, actor: Any) -> None:
    """Write into the change log what the actor has changed, from what to what, in each of these rows."""
    for row in rows:
        model = row._meta.model
        assert model in NOTED or auditlog.contains(model), f"nobody would read changes of {model}"
        LogEntry.objects.log_create(
            row,
            action=LogEntry.Action.UPDATE,
            changes={name: [str(before), str(after)] for name, (before, after) in changes.items()},
            serialized_data=None,
            actor=user_of(actor),
        )
