"""The bar on top of a thing: who must do what until when, its buttons, and why it came back (R5, B3, B5, O9, D9)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.formats import date_short, date_weekday
from benchmarking.models import Review
from core.models import ClockAdjustment
from core.now import pretend
from core.permissions import can
from notifications.bar import Bar, bar_of
from reviews.services import clocks, reviews
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 6)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def bar(user: Any, thing: Any) -> Bar:
    found: Bar = bar_of(make.fresh(user), thing)["action_bar"]
    return found


def submitted() -> tuple[Review, Any, Any]:
    review = make.ReviewFactory()
    head, reviewer = make.head(review), make.UserFactory(department=review.department)
    reviews.assign(review, reviewer, actor=head)
    return reviews.submit(review, make.answer(), actor=make.fresh(reviewer)), head, reviewer


def test_r5_it_says_who_must_do_what_until_when_and_whether_that_is_me() -> None:
    review, head, reviewer = submitted()
    (line,) = bar(head, review).lines
    assert (str(line.verb), line.who) == ("확인하기", head.full_label)
    assert line.due == f"{date_weekday(review.clock.due)}까지"
    assert [str(action.label) for action in bar(head, review).actions] == ["검토 결과 확인", "다시 검토 요청"]
    assert (bar(head, review).mine, bar(reviewer, review).mine) == (True, False)
    assert not bar(reviewer, review).actions


def test_r5_a_case_says_what_waits_on_its_reviews() -> None:
    review, head, _reviewer = submitted()
    page = client_of(head).get(review.case.get_absolute_url()).content.decode()
    assert f'<a href="{review.get_absolute_url()}">{review.department_name}</a>' in page
    assert head.full_label in page


def test_b3_a_reviewer_is_named_in_it_with_load_and_absence_beside_the_name() -> None:
    review, other = make.ReviewFactory(), make.ReviewFactory()
    head, person = make.head(review), make.UserFactory(department=review.department)
    Review.objects.filter(pk=other.pk).update(reviewer=person)
    make.away(person, head, DAY, DAY + dt.timedelta(days=2))
    client = client_of(head)
    page = client.get(review.get_absolute_url()).content.decode()
    assert "진행 1" in page
    assert f"부재 {date_short(DAY)}~" in page
    answer = client.post(reverse("benchmarking:review_assign", args=[review.pk]), {"reviewer": person.pk})
    assert answer.url == review.get_absolute_url()
    review.refresh_from_db()
    assert review.reviewer == person
    assert "candidates" not in client.get(review.get_absolute_url()).content.decode()


def extension(review: Review, days: int) -> ClockAdjustment:
    until = review.clock.due + dt.timedelta(days=days)
    return clocks.ask_extension(review, until=until, reason="자료를 기다립니다.", actor=make.head(review))


def test_o9_an_extension_is_decided_in_it_with_what_is_used_up() -> None:
    review, planner = make.ReviewFactory(), make.planner()
    first = extension(review, 7)
    page = client_of(planner).get(review.get_absolute_url()).content.decode()
    assert "14일 중 0일 사용" in page
    assert "자료를 기다립니다." in page
    decide = reverse("benchmarking:clock_decide", args=[first.pk])
    assert client_of(planner).post(decide, {"approve": "yes", "note": ""}).status_code == 302
    review = Review.objects.get(pk=review.pk)
    second = extension(review, 7)
    page = client_of(planner).get(review.get_absolute_url()).content.decode()
    assert "14일 중 7일 사용" in page
    decide = reverse("benchmarking:clock_decide", args=[second.pk])
    refused = client_of(planner).post(decide, {"approve": "no", "note": ""})
    assert (refused.status_code, "반려 사유를 입력해 주세요." in refused.content.decode()) == (422, True)


def test_d9_who_may_not_decide_is_offered_nothing() -> None:
    review = make.ReviewFactory()
    asked = extension(review, 7)
    page = client_of(make.head(review)).get(review.get_absolute_url()).content.decode()
    assert reverse("benchmarking:clock_decide", args=[asked.pk]) not in page
    assert not can(make.head(review), "benchmarking.decide_clock", review)


def test_b5_why_it_came_back_stands_above_the_form_until_it_is_sent_on() -> None:
    review, head, reviewer = submitted()
    reviews.send_back(review, reason="비용을 다시 따져 주세요.", version=review.version, actor=head)
    client = client_of(reviewer)

    def boxed() -> bool:
        page = client.get(review.get_absolute_url()).content.decode()
        return "비용을 다시 따져 주세요." in page.partition('class="with-aside"')[0]

    assert boxed()
    reviews.submit(Review.objects.get(pk=review.pk), make.answer(), actor=make.fresh(reviewer))
    assert not boxed()


def test_r5_after_acting_the_way_leads_to_the_next_thing_and_in_the_end_home() -> None:
    first, head, _reviewer = submitted()
    second = make.ReviewFactory(department=first.department)
    client = client_of(head)
    confirm = reverse("benchmarking:review_confirm", args=[first.pk])
    page = client.post(confirm, {"version": first.version}, follow=True).content.decode()
    way = f"{reverse('next')}?from={first.get_absolute_url()}"
    assert way in page
    assert client.get(way).url == second.get_absolute_url()
    assert client.get(reverse("next"), {"from": second.get_absolute_url()}).url == reverse("home")


def test_a_case_with_many_departments_asks_as_little(django_assert_max_num_queries: Any) -> None:
    user, counts = make.planner(), []
    for count in (1, 6):
        case = make.CaseFactory()
        for _n in range(count):
            make.ReviewFactory(case=case)
        client = client_of(user)
        client.get(case.get_absolute_url())
        with django_assert_max_num_queries(40) as seen:
            client.get(case.get_absolute_url())
        counts.append(len(seen))
    assert counts[0] == counts[1]
