"""Reviews in tests: as they stand now, asking for more time (O9), what is told."""

import datetime as dt

from benchmarking.models import Review
from core.models import ClockAdjustment
from notifications.models import Notice
from organization.models import User
from reviews.services import clocks
from tests.factories import head, planner

DAY = dt.date(2026, 11, 20)  # a Friday; + 14 days is Friday 4 December (O6)
DUE = dt.date(2026, 12, 4)
LATEST = dt.date(2026, 12, 18)  # the cap: 14 days after the original deadline


def again(review: Review) -> Review:
    return Review.objects.select_related("case", "clock", "round", "reviewer", "department").get(pk=review.pk)


def ask(review: Review, to: dt.date = LATEST, reason: str = "자료 확인") -> ClockAdjustment:
    return clocks.ask_extension(review, until=to, reason=reason, actor=head(review))


def ask_pause(review: Review, start: dt.date, end: dt.date | None = None) -> ClockAdjustment:
    return clocks.ask_pause(review, start=start, end=end, reason="○○시 회신 대기", actor=head(review))


def approve(adjustment: ClockAdjustment, note: str = "") -> None:
    clocks.decide(adjustment, approve=True, note=note, actor=planner())


def told(kind: str) -> list[User]:
    return [n.recipient for n in Notice.objects.filter(kind=f"benchmarking.{kind}").order_by("pk")]
