"""A review in somebody else's hands: whoever asks for more time waits until they are done (O9)."""

import datetime as dt
from collections.abc import Callable

import pytest

from benchmarking.models import Case, Review
from core.now import pretend
from reviews.services import clocks
from tests.factories import ReviewFactory, head
from tests.threads import in_hand

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
DAY = dt.date(2026, 11, 20)
ASKED: dict[str, Callable[[Review], object]] = {
    "extension": lambda review: clocks.ask_extension(
        review, until=dt.date(2026, 12, 11), reason="자료 확인", actor=head(review)
    ),
    "pause": lambda review: clocks.ask_pause(
        review, start=DAY, end=None, reason="회신 대기", actor=head(review)
    ),
}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("model", [Case, Review])
def test_o9_who_asks_for_time_waits_for_whoever_has_the_review(asked: str, model: type) -> None:
    with pretend(DAY):
        review = ReviewFactory()

    def ask() -> None:
        with pretend(DAY):
            ASKED[asked](review)

    pk = review.case_id if model is Case else review.pk
    with in_hand(model.objects.filter(pk=pk), ask) as waits:
        assert waits
        assert not review.clock.adjustments.exists()
    assert review.clock.adjustments.count() == 1
