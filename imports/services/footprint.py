"""What hangs on the rows that an import has made: what it made beside them, and what has been made or done since."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from auditlog.models import LogEntry
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from core.models import AccessLog, Gram, OpenWork, TransitionLog

Key = tuple[type[models.Model], Any]
LOGS = (AccessLog, LogEntry, TransitionLog)  # tell of things; nothing hangs by them
DERIVED = (Gram, OpenWork)  # kept by mechanisms, from the things themselves
BATCH = 500
GENERIC = ("content_type", "object_id")


def hanging(roots: Iterable[Key]) -> dict[Key, Key]:
    """Each row that leads to one of these by its keys, directly or through others, with that one: the nearest
    first. None of the roots is among them."""
    known = {root: root for root in roots}
    found: dict[Key, Key] = {}
    level = dict(known)
    while level:
        below: dict[Key, Key] = {}
        for key, above in _children(level):
            if key not in known:
                known[key] = below[key] = known[above]
        found |= below
        level = below
    return found


def _children(level: Mapping[Key, Key]) -> Iterator[tuple[Key, Key]]:
    by_model: dict[type[models.Model], list[Any]] = {}
    for model, pk in level:
        by_model.setdefault(model, []).append(pk)
    for model, pks in by_model.items():
        for start in range(0, len(pks), BATCH):
            yield from _of(model, pks[start : start + BATCH])


def _of(model: type[models.Model], pks: list[Any]) -> Iterator[tuple[Key, Key]]:
    for relation in model._meta.get_fields(include_hidden=True):
        if (
            not (relation.one_to_many or relation.one_to_one)
            or relation.concrete
            or not relation.auto_created
        ):
            continue
        child: Any = relation.related_model
        if child in LOGS:
            continue
        by = relation.field.attname  # type: ignore[union-attr]  # relations of rows have columns
        for pk, parent in child._base_manager.filter(**{f"{by}__in": pks}).values_list("pk", by):
            yield (child, pk), (model, parent)
    kind = ContentType.objects.get_for_model(model)
    for child in _generic():
        rows = child._base_manager.filter(content_type=kind, object_id__in=pks).values_list("pk", "object_id")
        for pk, parent in rows:
            yield (child, pk), (model, parent)


def _generic() -> list[Any]:
    """Models that point at things of any kind."""
    return [
        model
        for model in apps.get_models()
        if model not in (*LOGS, *DERIVED) and {field.name for field in model._meta.fields}.issuperset(GENERIC)
    ]


def forget(model: type[models.Model], pks: list[Any]) -> None:
    """What mechanisms keep of these rows goes; before they do."""
    kind = ContentType.objects.get_for_model(model)
    for derived in DERIVED:
        derived._base_manager.filter(content_type=kind, object_id__in=pks).delete()


def log_marks() -> dict[str, int]:
    """The last log rows of this moment."""
    return {
        "steps": TransitionLog.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
        "changes": LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
    }


def logged_since(keys: Iterable[Key], marks: Mapping[str, int]) -> set[Key]:
    """Those of the rows of which the logs tell something newer."""
    by_model: dict[type[models.Model], list[Any]] = {}
    for model, pk in keys:
        by_model.setdefault(model, []).append(pk)
    found: set[Key] = set()
    for model, pks in by_model.items():
        kind = ContentType.objects.get_for_model(model)
        steps = TransitionLog.objects.filter(content_type=kind, pk__gt=marks.get("steps", 0))
        changes = LogEntry.objects.filter(content_type=kind, pk__gt=marks.get("changes", 0))
        since = {*steps.values_list("object_id", flat=True), *changes.values_list("object_id", flat=True)}
        found |= {(model, pk) for pk in since.intersection(pks)}
    return found
