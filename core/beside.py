"""What hangs on a thing and mostly is not there: whether there is any comes with the thing, so that its page asks only
for what there is."""

from functools import cache, reduce
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Prefetch, QuerySet, prefetch_related_objects

Rows = TypeVar("Rows", bound=QuerySet[Any])


def asking(rows: Rows, *paths: str, **others: QuerySet[Any]) -> Rows:
    """With whether there is anything along each of these paths of related managers, and in each of `others`: rows that
    hang on a thing by kind and key (files, letters, open work)."""
    kind = ContentType.objects.get_for_model(rows.model)
    found = {_flag(path): _any(rows.model, path) for path in paths}  # type: ignore[arg-type]
    for name, hanging in others.items():
        found[_flag(name)] = Exists(hanging.order_by().filter(content_type=kind, object_id=OuterRef("pk")))
    return rows.annotate(**found)


def has(thing: Model, path: str) -> bool:
    """False if it was seen that there is none; a thing that was fetched otherwise may have some."""
    return bool(getattr(thing, _flag(path), True))


def fetch(thing: Any, *lookups: str | Prefetch) -> None:
    """What there is along these paths; nothing is asked for the others."""
    there = []
    for lookup in lookups:
        path = lookup if isinstance(lookup, str) else lookup.prefetch_to
        if has(thing, path):
            there.append(lookup)
            continue
        *above, name = path.split("__")
        holder = reduce(getattr, above, thing)
        if holder is not None:
            known = holder.__dict__.setdefault("_prefetched_objects_cache", {})
            known[name] = getattr(holder, name).none()
    prefetch_related_objects([thing], *there)


def _flag(path: str) -> str:
    return f"has_{path.replace('__', '_')}"


@cache  # to build a question takes longer than to ask it
def _any(model: type[Model], path: str) -> Exists:
    """Whether something hangs on `model` by this path, which leads there by single keys but for its last step."""
    *above, name = path.split("__")
    owner: Any = model
    for step in above:
        owner = owner._meta.get_field(step).related_model
    relation = owner._meta.get_field(name)
    key = OuterRef("__".join([*above, "pk"]) if above else "pk")
    return Exists(relation.related_model._base_manager.filter(**{relation.field.name: key}).order_by())
