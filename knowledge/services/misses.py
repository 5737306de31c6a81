"""Searches that found nothing are counted, and offered as topics."""

from django.db import transaction
from django.db.models import F

from core.now import today
from knowledge.models import Miss


@transaction.atomic
def note(words: str) -> None:
    """Once more in this month. Called by: the page of a search, once a session for the same words."""
    day = today()
    miss, _new = Miss.objects.get_or_create(words=words, month=day.replace(day=1), defaults={"last_on": day})
    Miss.objects.filter(pk=miss.pk).update(times=F("times") + 1, last_on=day)
