"""Patterns for planning to look at: all farms, few honest people, and nothing taken away by itself (K5)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from basis.errors import Refused, Rejected
from basis.periods import parse
from core.now import pretend
from knowledge.models import Cleared, Opinion, Post
from knowledge.policies_oddities import REWORDED_MONTHS
from knowledge.selectors.oddities import Pattern, findings, open_and_cleared, rows_of
from knowledge.selectors.reworded import groups
from knowledge.services import oddities, opinions, readings
from mileage.models import Entry
from notifications.models import Notice
from organization.models import User
from policies.services import change
from tests import factories as make
from tests.knowledge import history, made

pytestmark = pytest.mark.django_db
PERIOD = parse("2026-Q3")
NINE = dt.datetime(2026, 9, 14, 9, tzinfo=timezone.get_default_timezone())
WORDS = "거주자 우선 주차 배정 신청은 분기마다 받고 순위는 거주 기간과 차량 수로 매긴다".split()


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(NINE):
        yield


@pytest.mark.dialect
def test_k5_all_farms_are_shown_and_hardly_anybody_else() -> None:
    story = history.written()
    entries = Entry.objects.count()
    found = findings(PERIOD)
    shown = {(one.pattern.value, frozenset(one.who)) for one in found}
    farms = {
        (kind, frozenset(one.pk for one in group)) for kind, all_of in story.farms.items() for group in all_of
    }
    assert len(farms) == 12
    assert farms <= shown
    farmers = {pk for _kind, group in farms for pk in group}
    honest = {pk for one in found for pk in one.who} - farmers
    assert len(story.honest) == 200
    assert len(honest) <= 4, honest
    assert Entry.objects.count() == entries, "nothing is taken away by itself"
    assert all(rows_of(one).exists() for one in found)
    assert findings(parse("2026-Q2")) == findings(parse("2025")) == []


def test_k5_looking_asks_the_same_however_much_there_is(django_assert_num_queries: Any) -> None:
    history.written(seed=3, honest=60)
    findings(PERIOD)  # policies and holidays are read once
    with CaptureQueriesContext(connection) as few:
        assert findings(PERIOD)
    history.written(seed=4, honest=120)
    with django_assert_num_queries(len(few)):
        assert findings(PERIOD)
    assert len(few) <= 12


def test_k5_words_in_another_order_are_the_same_words() -> None:
    same = " ".join(reversed(WORDS))
    other = "당직은 두 사람이 서고 인계는 아침 아홉 시에 한다"
    texts = [(1, " ".join(WORDS)), (2, other), (3, same), (4, f"{same} 꼭"), (5, "짧다")]
    assert list(groups(texts, 85)) == [[1, 3, 4]]
    assert list(groups(texts, 100)) == [[1, 3]]


def test_k5_a_post_of_the_year_before_in_another_order_is_shown_where_it_came_again() -> None:
    """In the quarter in which it came, not in those with nothing new of it; with the months before as long as the
    policy says."""
    text = (
        "당직은 두 사람이 서고 인계는 아침 아홉 시에 한다. 순찰은 밤 열 시와 새벽 두 시에 돌고 일지에 적는다."
    )
    with pretend(dt.datetime(2026, 5, 12, 10, tzinfo=timezone.get_default_timezone())):
        first = made.standing(title="당직 요령", text=text)
    again = made.standing(title="당직 서는 법", text=" ".join(reversed(text.split())))
    (one,) = findings(PERIOD)
    assert (one.pattern, list(rows_of(one))) == (Pattern.REWORDED, [first, again])
    assert findings(PERIOD.previous()) == []
    of = {"document": "기획예산과-7", "reason": "기준 변경", "author": make.planner()}
    change(REWORDED_MONTHS, value=1, effective_from=PERIOD.end, **of)
    assert findings(PERIOD) == []


def pasted(speaker: User, count: int = 6) -> list[Opinion]:
    posts = [made.standing(title=f"{n} 글", text=f"{n} 하나 둘 셋") for n in range(count)]
    text = "업무를 하면서 꼭 알아 두어야 할 좋은 내용이라고 생각합니다"
    return [opinions.say(post, f"{text} {post.pk}", actor=speaker) for post in posts]


def test_k5_nothing_wrong_is_recorded_and_comes_again_with_something_new() -> None:
    speaker, planner = made.staff(), make.planner()
    pasted(speaker)
    (one,) = findings(PERIOD)
    assert one.pattern == Pattern.PASTED
    with pytest.raises(Rejected):
        oddities.clear(one, reason=" ", actor=planner)
    with pytest.raises(Refused):
        oddities.clear(one, reason="x", actor=speaker)
    cleared = oddities.clear(one, reason="교육 뒤 소감으로 쓴 글", actor=planner)
    shown, looked_at = open_and_cleared(PERIOD)
    assert (shown, [found for found, _record in looked_at]) == ([], [one])
    oddities.look_again(cleared, actor=planner)
    assert open_and_cleared(PERIOD)[0] == [one]
    oddities.clear(one, reason="교육 뒤 소감으로 쓴 글", actor=planner)
    pasted(speaker, 1)
    shown, looked_at = open_and_cleared(PERIOD)
    assert (len(shown), looked_at) == (1, [])


def test_k5_points_are_taken_back_with_a_reason_by_hand_alone() -> None:
    speaker, planner = made.staff(), make.planner()
    pasted(speaker)
    with pretend(NINE + dt.timedelta(days=1)):
        opinions.settle(dt.date(2026, 9, 15))
    (one,) = findings(PERIOD)
    entries = list(oddities.entries_of(one))
    assert len(entries) == 6
    chosen = [entry.pk for entry in entries[:4]]
    with pytest.raises(Rejected):
        oddities.take_back(one, chosen, reason="", actor=planner)
    with pytest.raises(Rejected):
        oddities.take_back(one, [], reason="붙여 넣은 글", actor=planner)
    assert oddities.take_back(one, chosen, reason="붙여 넣은 글", actor=planner) == 4
    assert len(oddities.entries_of(one)) == 2
    told = Notice.objects.get(recipient=speaker, kind="knowledge.points_taken_back")
    assert ("8점" in told.title, told.body) == (True, "붙여 넣은 글")


def test_k5_a_burst_gives_back_what_its_reader_earned() -> None:
    reader, writer = made.staff(), made.staff()
    posts = [made.standing(writer, title=f"{n} 글", text=f"{n} 하나 둘") for n in range(41)]
    other = made.staff()
    for person in (reader, other):
        for n, post in enumerate(posts if person is reader else posts[:3]):
            opened = readings.opening(post, person)
            with pretend(NINE + dt.timedelta(seconds=10 + n)):
                readings.read(post, opened, actor=person)
    (one,) = findings(PERIOD)
    assert (one.pattern, one.count, one.who) == (Pattern.BURST, 41, (reader.pk,))
    entries = list(oddities.entries_of(one))
    assert {entry.account.user for entry in entries} == {reader}
    oddities.take_back(one, [entry.pk for entry in entries], reason="열지 않고 누름", actor=make.planner())
    assert sum(entry.amount for entry in Entry.objects.filter(account__user=reader)) == 0
    assert sum(entry.amount for entry in Entry.objects.filter(account__user=other)) == 150


def test_d9_nobody_looks_at_their_own_case() -> None:
    planner = make.planner()
    pasted(planner)
    (one,) = findings(PERIOD)
    with pytest.raises(Rejected):
        oddities.clear(one, reason="괜찮음", actor=planner)
    with pytest.raises(Rejected):
        oddities.take_back(one, [1], reason="괜찮음", actor=planner)


def test_k2_what_a_post_earned_is_taken_back_with_a_reason() -> None:
    post, planner = made.standing(), make.planner()
    with pytest.raises(Rejected):
        oddities.revoke(post, reason=" ", actor=planner)
    with pytest.raises(Refused):
        oddities.revoke(post, reason="베낀 글", actor=post.writer)
    post = oddities.revoke(post, reason="베낀 글", archive=True, actor=planner)
    back = Entry.objects.exclude(reverses=None).get(account__user=post.writer)
    assert (back.amount, back.reason, post.state) == (-500, "베낀 글", "archived")
    assert Notice.objects.filter(recipient=post.writer, kind="knowledge.revoked").exists()
    with pytest.raises(Rejected):
        oddities.revoke(post, reason="다시", actor=planner)
    other = made.standing(title="당직", text="당직은 두 사람이 선다.")
    assert oddities.revoke(other, reason="잘못 승인", actor=planner).state == "standing"


def test_k5_pages_of_planning(client: Client) -> None:
    speaker = made.staff()
    pasted(speaker)
    with pretend(NINE + dt.timedelta(days=1)):
        opinions.settle(dt.date(2026, 9, 15))
    (one,) = findings(PERIOD)
    client.force_login(make.planner())
    listed = client.get(reverse("knowledge:oddities")).content.decode()
    assert speaker.full_label in listed
    assert client.get(reverse("knowledge:oddities"), {"period": "2026-M07"}).context["count"] == 0
    query = {"period": "2026-Q3", "case": one.key}
    case = client.get(reverse("knowledge:oddity"), query).content.decode()
    assert Opinion.objects.first().get_absolute_url() in case
    assert client.get(reverse("knowledge:oddity"), {**query, "case": "x"}).status_code == 404
    for fmt, kind in (("xlsx", "spreadsheetml"), ("html", "text/html")):
        answer = client.get(reverse("knowledge:oddities"), {"period": "2026-Q3", "format": fmt})
        assert kind in answer["Content-Type"]
    back = reverse("knowledge:oddity_take_back", query=query)
    entries = [entry.pk for entry in oddities.entries_of(one)]
    assert client.post(back, {"reason": "붙여 넣음"}).status_code == 422
    client.post(back, {"reason": "붙여 넣음", "entries": entries[:2]})
    assert len(oddities.entries_of(one)) == 4
    client.post(reverse("knowledge:oddity_clear", query=query), {"reason": "살펴봄"})
    page = client.get(reverse("knowledge:oddities")).content.decode()
    assert "살펴봄" in page
    client.post(reverse("knowledge:oddity_again", args=[Cleared.objects.get().pk]))
    assert not Cleared.objects.exists()
    post = Post.objects.first()
    client.post(reverse("knowledge:post_revoke", args=[post.pk]), {"reason": "베낌", "version": post.version})
    assert not Entry.objects.standing().filter(rule="post_work", source_id=post.pk).exists()
    client.force_login(speaker)
    assert client.get(reverse("knowledge:oddities")).status_code == 403
