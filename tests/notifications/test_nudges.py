"""`독촉하기`: whoever is waited for is told by notice and mail, once a day, after a preview, and logged (R5, B5)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused
from benchmarking.models import Review
from core.models import TransitionLog
from core.now import pretend
from core.work.keep import refresh
from notifications.models import Mail, Notice
from notifications.nudges import nudges, send_nudges
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 6)
URL = "/nudge/benchmarking.review/"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told() -> list[tuple[int, str]]:
    rows = Notice.objects.filter(kind="notifications.nudge").order_by("pk")
    return list(rows.values_list("recipient", "title"))


def test_b5_the_preview_tells_nobody_and_the_button_tells_whoever_is_waited_for() -> None:
    review = make.ReviewFactory()
    head, client = make.head(review), client_of(make.planner())
    listed = reverse("benchmarking:reviews")
    page = client.post(
        URL, {"pk": review.pk, "action": "nudge"}, headers={"referer": listed}
    ).content.decode()
    assert head.full_label in page
    assert not told()
    sent = {"pk": review.pk, "send": "1", "back": listed, "once": "x" * 22}
    assert client.post(URL, sent).url == listed
    assert [pk for pk, title in told() if "검토자 지정하기" in title] == [head.pk]
    assert Mail.objects.filter(kind="notifications.nudge", recipient=head).count() == 1
    assert TransitionLog.objects.filter(name="nudge", object_id=review.pk).get().actor == make.planner()
    assert "독촉" in client.get(review.get_absolute_url()).content.decode()


def test_b5_at_most_once_a_day_and_thing() -> None:
    review, planner = make.ReviewFactory(), make.planner()
    make.head(review)
    assert send_nudges(Review, [review.pk], actor=planner) == 1
    assert send_nudges(Review, [review.pk], actor=planner) == 0
    assert [bool(nudge.why_not) for nudge in nudges(Review, [review.pk], actor=planner)] == [True]
    with pretend(DAY + dt.timedelta(days=1)):
        assert send_nudges(Review, [review.pk], actor=planner) == 1


def test_o3_a_head_nudges_the_own_department_and_staff_nobody() -> None:
    review, other = make.ReviewFactory(), make.ReviewFactory()
    head, reviewer = make.head(review), make.UserFactory(department=review.department)
    Review.objects.filter(pk=review.pk).update(reviewer=reviewer, state="assigned")
    refresh(Review.objects.get(pk=review.pk))
    assert send_nudges(Review, [review.pk, other.pk], actor=head) == 1
    assert {pk for pk, _title in told()} == {reviewer.pk}
    with pytest.raises(Refused):
        send_nudges(Review, [review.pk], actor=reviewer)
    assert client_of(reviewer).post(URL, {"pk": review.pk}).status_code == 403


def test_the_preview_asks_as_little_for_many(django_assert_max_num_queries: Any) -> None:
    planner, first = make.planner(), make.ReviewFactory()
    make.head(first)
    counts, pks = [], [first.pk]
    for more in (0, 6):
        pks += [make.ReviewFactory(department=first.department).pk for _n in range(more)]
        nudges(Review, pks, actor=planner)  # fills the caches of content types
        with django_assert_max_num_queries(30) as seen:
            nudges(Review, pks, actor=planner)
        counts.append(len(seen))
    assert counts[0] == counts[1]
