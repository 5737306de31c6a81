"""Caps and counts hold when many come at once (M4, K5)."""

import datetime as dt
from collections.abc import Callable

import pytest

from core.now import now, pretend
from knowledge.models import Opinion, Post, Reading
from knowledge.services import opinions, ratings, readings
from mileage.models import Account, Entry
from organization.models import User
from tests.knowledge import made
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.slow]
THREADS = 20


def amounts(user: User, rule: str) -> list[int]:
    return list(Entry.objects.filter(account__user=user, rule=rule).values_list("amount", flat=True))


def in_turns(works: list[Callable[[], object]]) -> list[Callable[[], object]]:
    """All of them, twenty at once."""

    def some(first: int) -> Callable[[], object]:
        return lambda: [work() for work in works[first::THREADS]]

    return [some(first) for first in range(THREADS)]


def standing(count: int, writer: User) -> list[Post]:
    """Each another text, so that none is the like of another."""
    places = "주차 청소 복지 세무 민원 건축 위생 공원 도로 하수".split()
    things = "신고 접수 조사 결재 통지 정산 점검 보고".split()
    texts = [f"{place} {thing} {place}{thing} {n}" for n, (place, thing) in
             enumerate((p, t) for p in places for t in things)]  # fmt: skip
    return [made.standing(writer, title=text, text=text * 2) for text in texts[:count]]


def test_m4_sixty_readings_at_once_give_twenty_points() -> None:
    writer, reader = made.staff(), made.staff()
    posts = standing(60, writer)
    opened = {post.pk: readings.opening(post, reader) for post in posts}
    moment = now() + dt.timedelta(minutes=1)

    def read(post: Post) -> bool:
        with pretend(moment):
            return readings.read(post, opened[post.pk], actor=reader)

    twice = [lambda post=post: read(post) for post in [*posts, *reversed(posts)]]
    at_once(*in_turns(twice))
    given = amounts(reader, "viewing")
    assert (len(given), sum(given), Reading.objects.count()) == (60, 2000, 60)
    assert given.count(0) == 20
    assert set(Post.objects.values_list("views", flat=True)) == {1}
    assert Account.objects.get(user=reader).balance == 2000


def test_m4_twenty_five_opinions_settled_at_once_give_forty_points() -> None:
    writer, speaker = made.staff(), made.staff()
    post = made.standing(writer)

    def say(n: int) -> Opinion:
        return opinions.say(post, f"이관 자료의 {n}번째 칸을 먼저 견주어 보면 빠릅니다.", actor=speaker)

    at_once(*in_turns([lambda n=n: say(n) for n in range(25)]))
    post.refresh_from_db()
    assert post.opinions == 25
    moment = now() + dt.timedelta(days=1)

    def settle() -> int:
        with pretend(moment):
            return opinions.settle(moment.date())

    assert sum(at_once(*[settle] * THREADS)) == 25
    given = amounts(speaker, "opinion")
    assert (len(given), sum(given), given.count(0)) == (25, 4000, 5)
    assert [entry.capped for entry in Entry.objects.filter(rule="opinion", amount=0)] == [200] * 5


def test_k2_stars_of_many_at_once_are_all_counted() -> None:
    post = made.standing()
    people = [made.staff() for _n in range(THREADS)]
    at_once(
        *(lambda one=one: [ratings.rate(post, stars, actor=one) for stars in (1, 5, 3)] for one in people)
    )
    post.refresh_from_db()
    assert (post.raters, post.stars) == (THREADS, THREADS * 3)
