"""Where entries lead: the things that earned them, if the reader may see those."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Value

Key = tuple[int, int]  # content type, id


def links(user: Any, wanted: Iterable[tuple[int | None, int | None]]) -> dict[Key, str]:
    """Addresses, by one question for all kinds (more only if an address is made of more than the id)."""
    by_kind: dict[int, set[int]] = defaultdict(set)
    for kind, pk in wanted:
        if kind is not None and pk is not None:
            by_kind[kind].add(pk)
    models: dict[int, Any] = {}
    asked = []
    for kind, pks in by_kind.items():
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        if model is None or not hasattr(model, "get_absolute_url"):
            continue
        models[kind] = model
        rows = model._default_manager
        rows = rows.visible_to(user) if hasattr(rows, "visible_to") else rows.all()
        asked.append(rows.order_by().filter(pk__in=pks).values_list(Value(kind), "pk"))
    if not asked:
        return {}
    first, *others = asked
    found = first.union(*others, all=True) if others else first
    return {(kind, pk): _without_fields(models[kind], pk, found.db).get_absolute_url() for kind, pk in found}


def _without_fields(model: Any, pk: int, using: str) -> Any:
    """The row with nothing read of it but its id."""
    return model.from_db(using, [model._meta.pk.attname], [pk])
