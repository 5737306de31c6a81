"""Planning says which tier a grade's name stands for (I9)."""

from typing import Any

from django.db import transaction

from core.permissions import ensure
from incentives.models import GradeName
from incentives.selectors.grades import bare


@transaction.atomic
def name(text: str, tier: str, *, actor: Any) -> GradeName:
    """A new name, or another tier for a known one. Results written down before keep theirs.

    Raises: Refused.
    """
    ensure(actor, "incentives.plan")
    found, _new = GradeName.objects.update_or_create(name=bare(text), defaults={"tier": tier})
    return found
