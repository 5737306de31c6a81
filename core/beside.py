"""What hangs on a thing and mostly is not there: whether there is any comes with the thing, so that its page asks only
for what there is."""

import json
from collections.abc import Sequence
from functools import cache, reduce
from operator import attrgetter
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.db.models import (
    Aggregate,
    Exists,
    F,
    JSONField,
    Model,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    TextField,
    prefetch_related_objects,
)
from django.db.models.functions import JSONObject

Rows = TypeVar("Rows", bound=QuerySet[Any])


def asking(rows: Rows, *paths: str, **others: QuerySet[Any]) -> Rows:
    """With whether there is anything along each of these paths of related managers, and in each of `others`: rows that
    hang on a thing by kind and key (files, letters, open work)."""
    kind = ContentType.objects.get_for_model(rows.model)
    found = {_flag(path): _any(rows.model, path) for path in paths}  # type: ignore[arg-type]  # a class can be hashed
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
            _known(holder)[name] = getattr(holder, name).none()
    prefetch_related_objects([thing], *there)


def _known(holder: Model) -> dict[str, Any]:
    found: dict[str, Any] = holder.__dict__.setdefault("_prefetched_objects_cache", {})
    return found


def put(thing: Any, name: str, rows: Sequence[Model]) -> None:
    """These rows, which came otherwise, are all that hang on the thing by the related manager `name`."""
    found = getattr(thing, name).all()
    found._result_cache, found._prefetch_done = list(rows), True
    back = type(thing)._meta.get_field(name).field.name
    for row in rows:
        setattr(row, back, thing)
    _known(thing)[name] = found


class _Listed(Aggregate):
    """Rows of JSON as one list."""

    function = "JSON_GROUP_ARRAY"
    name = "Listed"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSONB_AGG", **context)


def gathering(rows: Rows, *paths: str, **some: QuerySet[Any]) -> Rows:
    """With all that hangs on each along these paths of related managers, in the same question: for a page of one thing
    on which few hang, of whose fields whole numbers, texts, days and JSON are read. A path may end with a key, as
    `teams__topic`. `gather` unpacks it. Of `some`, by names of related managers, only these rows come, without the
    fields they defer; `seen` unpacks them."""
    found = {_whole(path): _gathered(rows.model, path) for path in paths}  # type: ignore[arg-type]  # a class can be hashed
    found |= {_part(name): _listed(rows.model, name, hanging) for name, hanging in some.items()}
    return rows.annotate(**found)


def gather(thing: Any, *paths: str) -> None:
    """What came with the thing, put where the related managers look; a path after those it leads through."""
    for path in paths:
        *above, name = path.split("__")
        holders = [thing]
        for step in above:
            holders = [one for holder in holders for one in _led(holder, step)]
        if not holders:
            continue
        relation = type(holders[0])._meta.get_field(name)
        found = [_row(relation.related_model, values) for values in getattr(thing, _whole(path)) or ()]
        if not relation.one_to_many:
            by_key = {row.pk: row for row in found}
            for holder in holders:
                setattr(holder, name, by_key.get(getattr(holder, relation.attname)))
            continue
        found.sort(key=_order(relation.related_model))
        for holder in holders:
            put(holder, name, [one for one in found if getattr(one, relation.field.attname) == holder.pk])


def seen(thing: Any, name: str) -> list[Any]:
    """What came of `some`, in no order. They are not all there is, so the related manager does not know of them."""
    relation = type(thing)._meta.get_field(name)
    found = [_row(relation.related_model, values) for values in getattr(thing, _part(name)) or ()]
    for row in found:
        setattr(row, relation.field.name, thing)
    return found


def _led(holder: Any, step: str) -> Sequence[Any]:
    many: bool = type(holder)._meta.get_field(step).one_to_many
    return getattr(holder, step).all() if many else [getattr(holder, step)]


def _row(model: type[Model], values: dict[str, Any]) -> Model:
    fields = [field for field in model._meta.concrete_fields if field.attname in values]
    given = [_value(field, values[field.attname]) for field in fields]
    return model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in fields], given)


def _value(field: Any, value: Any) -> Any:
    if isinstance(field, JSONField):  # SQLite keeps it as a text
        return json.loads(value) if isinstance(value, str) else value
    return field.to_python(value)


def _order(model: Any) -> Any:
    """By what the model is ordered by within its owner, then by key."""
    related = {field.name for field in model._meta.concrete_fields if field.is_relation}
    names = [name for name in model._meta.ordering if name not in related]
    return attrgetter(*names, "pk")


def _whole(path: str) -> str:
    return f"all_{path}".replace("__", "_of_")


def _part(name: str) -> str:
    return f"some_{name}"


def _listed(model: Any, name: str, rows: QuerySet[Any]) -> Subquery:
    relation = model._meta.get_field(name)
    named, deferred = rows.query.deferred_loading
    fields = [one for one in rows.model._meta.concrete_fields if (one.name in named) != deferred]
    own = rows.filter(**{relation.field.name: OuterRef("pk")}).order_by().values(relation.field.name)
    return _as_list(own, fields)


def _as_list(rows: QuerySet[Any, Any], fields: Sequence[Any]) -> Subquery:
    listed = _Listed(JSONObject(**{field.attname: F(field.attname) for field in fields}))
    return Subquery(rows.annotate(listed=listed).values("listed"))


@cache
def _gathered(model: Any, path: str) -> Subquery:
    outer: list[str] = []
    back: list[str] = []
    owner = model
    for step in path.split("__"):
        relation = owner._meta.get_field(step)
        if relation.one_to_many:
            back.insert(0, relation.field.name)
        elif back:
            back.insert(0, relation.related_query_name())
        else:
            outer.append(step)
        owner = relation.related_model
    to = "__".join(back)
    rows = owner._base_manager.filter(**{to: OuterRef("__".join(outer) or "pk")}).order_by().values(to)
    return _as_list(rows, owner._meta.concrete_fields)


class Joined(Aggregate):
    """Keys as one text, apart by commas, so that many come with one thing; `keys` reads it."""

    function = "GROUP_CONCAT"
    name = "Joined"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "STRING_AGG((%(expressions)s)::text, ',')"
        return super().as_sql(compiler, connection, template=template, **context)


def keys(joined: str | None) -> list[int]:
    return [int(key) for key in joined.split(",")] if joined else []


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
