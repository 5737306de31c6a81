"""Which words are wanted most."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Sum

from core.now import today
from knowledge.models import Miss
from knowledge.policies import WANTED_MONTHS, WANTED_TIMES

MOST = 50


@dataclass(frozen=True)
class Wanted:
    words: str
    times: int
    last_on: date


def wanted() -> list[Wanted]:
    """Of the last months, those looked for often enough; most first."""
    day = today()
    months = day.year * 12 + day.month - WANTED_MONTHS.on(day)
    since = date(months // 12, months % 12 + 1, 1)
    rows = (
        Miss.objects.filter(month__gte=since)
        .values_list("words")
        .annotate(n=Sum("times"), last=Max("last_on"))
    )
    found = rows.filter(n__gte=WANTED_TIMES.on(day)).order_by("-n", "-last", "words")[:MOST]
    return [Wanted(*row) for row in found]
