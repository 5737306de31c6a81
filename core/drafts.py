"""Drafts: what somebody typed and has not sent, kept per person and form."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone

from core.models import Draft

MAX_FIELD = 20_000  # characters; longer than any field of ours
SKIPPED = {"csrfmiddlewaretoken", "password"}


def save(user: Any, key: str, data: QueryDict) -> str:
    """Keep the fields; gives the time as 14:03."""
    kept = {
        name: [value[:MAX_FIELD] for value in data.getlist(name)]
        for name in list(data)[:100]
        if name not in SKIPPED
    }
    draft, _created = Draft.objects.update_or_create(user=user, key=key[:80], defaults={"data": kept})
    return timezone.localtime(draft.saved_at).strftime("%H:%M")


def load(user: Any, key: str) -> tuple[dict[str, Any], Any] | None:
    """Form initial values and when they were saved, or None."""
    draft = Draft.objects.filter(user=user, key=key).first()
    if draft is None:
        return None
    return {k: v[0] if len(v) == 1 else v for k, v in draft.data.items() if v}, draft.saved_at


def discard(user: Any, key: str) -> None:
    Draft.objects.filter(user=user, key=key).delete()
