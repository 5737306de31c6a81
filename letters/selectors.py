"""What pages read of letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from letters.enums import State
from letters.models import Letter, Wording
from letters.sockets import KINDS, LetterKind

TONES = {
    State.DRAFT: "warning",
    State.READY: "info",
    State.SENT: "success",
    State.FAILED: "danger",
}


def letters_about(user: Any, subject: models.Model) -> Sequence[Letter]:
    """As far as the user may see them, the latest first."""
    return list(Letter.objects.visible_to(user).about(subject).order_by("-created_at", "-pk"))


@dataclass(frozen=True)
class Worded:
    """A kind, and how this office has changed its words."""

    kind: LetterKind
    changed: Wording | None


def worded() -> dict[Any, list[Worded]]:
    """All kinds by whose they are."""
    changed = {row.kind: row for row in Wording.objects.select_related("edited_by__department")}
    found: dict[Any, list[Worded]] = {}
    for kind in KINDS:
        found.setdefault(str(kind.group), []).append(Worded(kind, changed.get(kind.key)))
    return found
