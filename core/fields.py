"""What the models say of their fields: whether they may be empty, whether they tell rows apart."""

from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist


@cache
def is_total(model: Any, paths: frozenset[str]) -> bool:
    """Whether no two rows are alike in these fields; empty ones would not count as alike."""
    filled = {f.name: f for f in model._meta.concrete_fields if not f.null and f.name in paths}
    if any(f.unique for f in filled.values()):
        return True
    return any(filled.keys() >= set(c.fields) for c in model._meta.total_unique_constraints)


@cache
def is_nullable(model: Any, path: str) -> bool:
    nullable = False
    for part in path.split("__"):
        try:
            found = model._meta.get_field("id" if part == "pk" else part)
        except FieldDoesNotExist:  # an annotation
            return True
        nullable = nullable or getattr(found, "null", False)
        model = getattr(found, "related_model", None) or model
    return nullable
