"""Seals: each entry is signed together with the seal before it, with the key of this installation.

Who can write to the tables but does not hold the key can neither alter a line nor put another in its place.
"""

import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models

from core.ledger.models import LedgerEntry


def seal(entry: LedgerEntry, before: str) -> str:
    """64 hexadecimal digits over every field of the entry but its key, and over the seal `before` it."""
    return sign([before, *texts(entry, _sealed(type(entry)))])


def sign(values: list[Any]) -> str:
    """64 hexadecimal digits that only the holder of this installation's key can make of these values."""
    return hmac.digest(_key(), json.dumps(values).encode(), "sha256").hex()


def texts(row: models.Model, names: Iterable[str]) -> list[str | None]:
    """The values of these fields, each as one text however the database gives it back."""
    return [_text(getattr(row, name)) for name in names]


@cache
def _sealed(model: type[LedgerEntry]) -> tuple[str, ...]:
    own = (f.attname for f in model._meta.concrete_fields if not f.primary_key and f.attname != "seal")
    return tuple(sorted(own))


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)


def _key() -> bytes:
    return settings.LEDGER_KEY.encode()
