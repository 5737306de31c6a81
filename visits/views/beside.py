"""Field visits on the pages of their case and review."""

from typing import Any

from benchmarking.models import Case, Review
from benchmarking.sockets import Card
from visits.selectors.page import visits_of


def card(user: Any, case: Case, review: Review | None) -> Card | None:
    found = [pair for pair in visits_of(case, user) if review is None or pair[0].review_id == review.pk]
    return Card("visits/card.html", {"visits": found}) if found else None
