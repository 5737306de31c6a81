"""Where entries lead: the things that earned them, if the reader may see those."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType

Key = tuple[int, int]  # content type, id


def links(user: Any, wanted: Iterable[tuple[int | None, int | None]]) -> dict[Key, str]:
    """Addresses, one question a kind."""
    by_kind: dict[int, set[int]] = {}
    for kind, pk in wanted:
        if kind is not None and pk is not None:
            by_kind.setdefault(kind, set()).add(pk)
    found: dict[Key, str] = {}
    for kind, pks in by_kind.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is None or not hasattr(model, "get_absolute_url"):
            continue
        rows: Any = model._default_manager
        rows = rows.visible_to(user) if hasattr(rows, "visible_to") else rows.all()
        found |= {(kind, row.pk): row.get_absolute_url() for row in rows.filter(pk__in=pks)}
    return found
