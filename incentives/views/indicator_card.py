"""What a division's page says of its indicators."""

from typing import Any

from django.urls import reverse

from core.components import Badge
from incentives.models import Division
from incentives.selectors.indicators import standing_of
from incentives.selectors.wording import measured, percent, standing_words
from incentives.views.sums import sums_of

SHOWN = 10  # weak ones


def card_of(division: Division) -> dict[str, Any]:
    found = standing_of([division])[0]
    pk = [division.pk]
    weak = []
    for leaf in found.weak[:SHOWN]:
        word, sign, tone = standing_words(leaf)
        badge = Badge(f"{sign} {word}", tone)
        name, url = leaf.indicator.name, leaf.indicator.get_absolute_url()
        weak.append((name, url, measured(leaf), percent(leaf.pace), badge))
    return {
        "measured": {
            "count": len(found.leaves),
            "sums": sums_of(found) if found.leaves else None,
            "weak": weak,
            "more": max(0, len(found.weak) - SHOWN),
            "missing": len(found.missing),
            "table": reverse("incentives:indicators", args=pk),
            "scores": reverse("incentives:scores", args=pk),
        }
    }
