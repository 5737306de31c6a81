"""Deadlines that move with the holidays, and who waits for whom meanwhile (O7)."""

import datetime as dt
import threading

import pytest
from django.db import transaction

from benchmarking.models import Review
from core import deadlines
from core.models import Clock, Holiday
from core.now import pretend
from notifications.models import Notice
from organization.services import holidays
from reviews.services import reviews
from tests.benchmarking.reviewing import DAY, DUE, LATEST, again, approve, ask, ask_pause, told
from tests.factories import (
    ReviewFactory,
    UserFactory,
    answered,
    head,
    planner,
)
from tests.shared import lived_on
from tests.threads import at_once, wait_until_somebody_waits

pytestmark = pytest.mark.django_db
_today = lived_on(DAY)


@pytest.fixture
def review() -> Review:
    return ReviewFactory()


def test_o7_a_holiday_declared_late_moves_open_deadlines_only_and_tells_old_and_new(review: Review) -> None:
    officer = UserFactory(department=review.department)
    review = reviews.assign(review, officer, actor=head(review))
    done, recalled = answered(ReviewFactory()), ReviewFactory()
    reviews.recall(recalled, reason="잘못", actor=planner())
    paused = ReviewFactory()
    approve(ask_pause(paused, DAY))
    unmoved = {r.pk: again(r).clock.due for r in (done, recalled)}
    _holiday, moved = holidays.declare(
        actor=planner(), day=DUE, name="임시공휴일", kind=Holiday.Kind.TEMPORARY
    )
    assert moved == 2  # the paused one too, of which nobody need be told
    assert (again(review).clock.due, again(review).case.next_due) == (dt.date(2026, 12, 7),) * 2
    assert {r.pk: again(r).clock.due for r in (done, recalled)} == unmoved
    change = review.clock.changes.get()
    assert (change.old_due, change.new_due, change.actor) == (DUE, dt.date(2026, 12, 7), planner())
    assert "임시공휴일" in change.cause
    assert told("due_moved") == [officer, head(review)]
    body = Notice.objects.filter(kind="benchmarking.due_moved")[0].body
    assert body == "2026. 12. 4.(금) → 2026. 12. 7.(월) (공휴일 지정: 임시공휴일)"


def test_o7_a_holiday_taken_back_and_declared_again_is_told_each_time(review: Review) -> None:
    for _turn in range(2):
        holiday, _moved = holidays.declare(
            actor=planner(), day=DUE, name="임시공휴일", kind=Holiday.Kind.LOCAL
        )
        assert again(review).clock.due == dt.date(2026, 12, 7)
        holidays.remove(holiday, actor=planner())
        assert again(review).clock.due == DUE
    assert told("due_moved") == [head(review)] * 4
    assert review.clock.changes.count() == 4


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_o7_a_holiday_declared_while_a_deadline_is_being_decided_waits_for_it(review: Review) -> None:
    """Case before clock, whoever comes: the service holds the case and goes on to its clock meanwhile."""
    asked, held = ask(review), threading.Event()

    def decide() -> None:
        with pretend(DAY), transaction.atomic():
            reviews.locked(review)
            held.set()
            wait_until_somebody_waits()
            approve(asked)

    def declare() -> int:
        held.wait(10)
        with pretend(DAY):
            _holiday, moved = holidays.declare(
                actor=planner(), day=DUE, name="임시공휴일", kind=Holiday.Kind.TEMPORARY
            )
        return moved

    planner()
    assert at_once(decide, declare) == [None, 1]
    clock = again(review).clock
    assert (clock.due, clock.original_due) == (LATEST, dt.date(2026, 12, 7))
    assert again(review).case.next_due == LATEST


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_o9_the_daily_refresh_waits_for_nobody(review: Review) -> None:
    """A clock in other hands is left to them; the duty goes on."""
    other = ReviewFactory()
    for each in (review, other):
        approve(ask_pause(each, DAY))
    held, done = threading.Event(), threading.Event()

    def hold() -> int:
        with transaction.atomic():
            Clock.objects.select_for_update().get(pk=review.clock.pk)
            held.set()
            assert done.wait(10), "the duty waited"
        return 0

    def refresh() -> int:
        held.wait(10)
        with pretend(DAY + dt.timedelta(days=4)):
            moved = deadlines.refresh_paused()
        done.set()
        return moved

    assert at_once(hold, refresh) == [0, 1]
