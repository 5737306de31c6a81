"""The first page: the next seven days, the department of who leads it, what was done lately, what failed (R5)."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from benchmarking.models import FollowUp, Review
from benchmarking.services import follow_ups
from core.models import Job
from core.now import pretend
from notifications.care import care
from notifications.done import done_lately
from notifications.selectors import grouped_todos, todos_of
from notifications.team import team_of
from reviews.services import reviews
from tests import factories as make
from tests.shared import lived_on

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
_today = lived_on(DAY)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def adopted() -> tuple[FollowUp, Any]:
    review = make.answered(make.ReviewFactory(), "adopt", plan_on=dt.date(2026, 12, 1))
    return FollowUp.objects.get(review=review), make.head(review)


def test_r5_what_has_no_day_says_how_long_it_has_waited() -> None:
    follow_up, head = adopted()
    follow_ups.report(
        follow_up,
        implemented_on=DAY,
        result="했습니다.",
        files=[ContentFile(b"%PDF-1.4 test", name="a.pdf")],
        actor=head,
    )
    with pretend(DAY + dt.timedelta(days=5)):
        planner = make.fresh(make.planner())
        (row,) = [
            row
            for row in grouped_todos(todos_of(planner))["undated"].rows
            if row.todo.kind == "benchmarking.followup"
        ]
        assert row.waited == 5
        assert "5일째" in client_of(planner).get(reverse("home")).content.decode()


def test_r5_a_head_sees_who_of_the_department_has_what() -> None:
    late = make.ReviewFactory()
    head, reviewer = make.head(late), make.UserFactory(department=late.department)
    reviews.assign(late, reviewer, actor=head)
    make.ReviewFactory(department=late.department)
    make.ReviewFactory()  # of another department
    with pretend(DAY + dt.timedelta(days=15)):
        team = team_of(make.fresh(head))
        assert team is not None
        assert (team.late, dict(team.counts)) == (2, {"검토하기": 1, "검토자 지정하기": 1})
        # what waits for the head stands above
        assert [(row.verb, row.who) for row in team.rows] == [("검토하기", reviewer.full_label)]
        assert "우리 부서" in client_of(head).get(reverse("home")).content.decode()
        assert team_of(make.fresh(reviewer)) is None


def test_r5_what_was_done_says_with_whom_it_is_and_is_undone_from_there() -> None:
    review = make.ReviewFactory()
    head, reviewer = make.head(review), make.UserFactory(department=review.department)
    reviews.assign(review, reviewer, actor=head)
    reviews.submit(Review.objects.get(pk=review.pk), make.answer(), actor=make.fresh(reviewer))
    (done,) = done_lately(make.fresh(reviewer))
    assert (done.url, [line.who for line in done.waits]) == (review.get_absolute_url(), [head.full_label])
    assert done.undo is not None
    client = client_of(reviewer)
    assert done.undo.href in client.get(reverse("done")).content.decode()
    client.post(done.undo.href)
    assert Review.objects.get(pk=review.pk).state == "assigned"
    assert done_lately(make.fresh(reviewer))[0].undo is None


def test_r5_who_looks_after_the_system_sees_what_failed() -> None:
    Job.objects.create(kind="x", label="긴 작업", state=Job.State.FAILED)
    admin = make.UserFactory(roles=["system_admin"])
    found = care(make.fresh(admin))
    assert found is not None
    assert str(found.figures[0].value) == "1"
    assert care(make.fresh(make.planner())) is None


def test_r5_the_first_page_asks_as_often_for_a_busy_department_as_for_an_idle_one(
    django_assert_max_num_queries: Any,
) -> None:
    first = make.ReviewFactory()
    head, counts = make.head(first), []
    client = client_of(head)
    for more in (0, 12):
        for _n in range(more):
            make.ReviewFactory(department=first.department)
        client.get(reverse("home"))
        with django_assert_max_num_queries(13) as seen:
            client.get(reverse("home"))
        counts.append(len(seen))
    assert counts[0] == counts[1]
