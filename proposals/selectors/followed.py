"""The figures of what was adopted (P8, P14): by the day from which it is followed."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from proposals.models import Undertaking
from proposals.selectors.statistics import Span

UNSAID = "none"  # in the list's address: the proposer has said nothing


@dataclass(frozen=True)
class Followed:
    """By state, and by what the proposers said whether it was done ("" = nothing)."""

    states: Counter[str]
    verdicts: Counter[str]

    @property
    def total(self) -> int:
        return self.states.total()


def followed_in(span: Span) -> Followed:
    rows = Undertaking.objects.filter(begun_on__range=span).order_by().values_list("state", "verdict")
    found = Followed(Counter(), Counter())
    for state, verdict, n in rows.annotate(n=Count("pk")):
        found.states[state] += n
        found.verdicts[verdict] += n
    return found


def followed_filter(span: Span, **more: Any) -> dict[str, Any]:
    """Parameters of the list that shows the same rows."""
    return {"begun_from": span[0].isoformat(), "begun_to": span[1].isoformat(), **more}
