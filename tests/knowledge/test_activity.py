"""Readings, opinions and stars: who may, once, when they earn, and what is taken back (K2, K3, K5, M4)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from basis.errors import Refused, Rejected
from core.now import now, pretend
from core.work.verify import differences
from knowledge.enums import Area
from knowledge.enums_activity import OpinionState
from knowledge.models import Opinion, Post, Rating, Reading
from knowledge.services import looking, opinions, ratings, readings
from knowledge.weighing import digest, weight
from mileage.models import Entry
from notifications.models import Notice
from organization.models import User
from tests import factories as make
from tests.knowledge import made

pytestmark = pytest.mark.django_db
NINE = dt.datetime(2026, 9, 14, 9, tzinfo=timezone.get_default_timezone())
SAID = "단속 자료가 이관되는 날짜는 차고지 담당에게 먼저 물어보면 빠릅니다."


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(NINE):
        yield


def later(**time: int) -> Any:
    return pretend(NINE + dt.timedelta(**time))


def points(user: User) -> list[tuple[str, int, int]]:
    found = Entry.objects.filter(account__user=user).order_by("pk")
    return [(one.rule, one.asked, one.amount) for one in found]


def has_read(post: Post, user: User, **time: int) -> bool:
    opened = readings.opening(post, user)
    with later(**(time or {"seconds": 10})):
        return readings.read(post, opened, actor=user)


def counted(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


# ---------------------------------------------------------------------------------------------------- readings
def test_k5_a_post_is_read_once_and_worth_a_half_to_the_reader() -> None:
    post, reader = made.standing(), made.staff()
    assert has_read(post, reader)
    assert not has_read(post, reader)
    assert counted(post).views == Reading.objects.count() == 1
    assert points(reader) == [("viewing", 50, 50)]
    assert points(post.writer) == [("post_work", 500, 500)]


def test_k5_neither_writer_nor_owner_counts() -> None:
    post, heir = made.standing(), made.staff()
    looking.hand_over([post], heir, actor=post.writer)
    post.refresh_from_db()
    for own in (post.writer, heir):
        with pytest.raises(Refused):
            has_read(post, own)
        with pytest.raises(Refused):
            ratings.rate(post, 5, actor=own)
    assert counted(post).views == 0


def test_k5_too_early_is_too_early() -> None:
    post, reader = made.standing(text="가" * 2000), made.staff()
    with pytest.raises(Rejected):
        has_read(post, reader, seconds=9)
    opened = readings.opening(post, reader)
    assert readings.seconds_of(post) == 120
    with later(seconds=119), pytest.raises(Rejected):
        readings.read(post, opened, by_itself=True, actor=reader)
    with later(seconds=120):
        assert readings.read(post, opened, by_itself=True, actor=reader)


def test_k5_the_moment_of_opening_is_ones_own_and_of_this_post() -> None:
    post, reader, other = made.standing(), made.staff(), made.staff()
    another = made.standing(title="당직 순서", text="당직은 두 사람이 선다.")
    wrong = ("", "x", readings.opening(post, other), readings.opening(another, reader))
    for opened in wrong:
        with later(minutes=5), pytest.raises(Rejected):
            readings.read(post, opened, actor=reader)
    assert not Reading.objects.exists()


@pytest.mark.parametrize("area", Area.values)
def test_k3_shared_files_earn_their_readers_nothing(area: str) -> None:
    post, reader = made.standing(area=area), made.staff()
    has_read(post, reader)
    opinions.say(post, SAID, actor=reader)
    with later(days=1):
        opinions.settle(dt.date(2026, 9, 15))
    earned = [rule for rule, _asked, _amount in points(reader)]
    assert earned == ([] if area == Area.FILE else ["viewing", "opinion"])


def test_m4_sixty_readings_give_twenty_points() -> None:
    reader, writer = made.staff(), made.staff()
    for n in range(60):
        has_read(made.standing(writer, title=f"{n}번째 글", text=f"{n} " * 9), reader)
    given = points(reader)
    assert len(given) == 60
    assert sum(amount for _rule, _asked, amount in given) == 2000
    assert sum(1 for _rule, asked, amount in given if amount < asked) == 20


def test_k5_forty_looks_of_a_prefetching_browser_are_no_reading(client: Client) -> None:
    post, reader = made.standing(), made.staff()
    client.force_login(reader)
    for n in range(40):
        headers = {"Sec-Purpose": "prefetch;prerender", "Purpose": "prefetch"} if n % 2 else {}
        assert client.get(post.get_absolute_url(), headers=headers).status_code == 200
        assert client.get(reverse("knowledge:read", args=[post.pk]), headers=headers).status_code == 405
        assert client.head(post.get_absolute_url(), headers=headers).status_code == 200
    assert (Reading.objects.count(), counted(post).views) == (0, 0)


def test_k5_two_tabs_are_one_reading(client: Client) -> None:
    post, reader = made.standing(), made.staff()
    client.force_login(reader)
    tabs = [client.get(post.get_absolute_url()).context["read"]["opening"] for _tab in range(2)]
    address = reverse("knowledge:read", args=[post.pk])
    early = client.post(address, {"opening": tabs[0]}, follow=True)
    assert "아직 읽는 중입니다" in early.content.decode()
    with later(seconds=30):
        for opened in tabs:
            assert (
                "읽은 것으로 기록했습니다"
                in client.post(address, {"opening": opened}, follow=True).content.decode()
            )
        page = client.get(post.get_absolute_url()).content.decode()
    assert "읽은 지식입니다" in page
    assert "data-reading" not in page
    assert counted(post).views == 1


def test_k5_what_was_in_sight_long_enough_is_read(client: Client) -> None:
    post, reader = made.standing(), made.staff()
    client.force_login(reader)
    opened = client.get(post.get_absolute_url()).context["read"]["opening"]
    address, script = reverse("knowledge:read", args=[post.pk]), {"HX-Request": "true"}
    early = client.post(address, {"opening": opened}, headers=script).content.decode()
    assert "읽었습니다" in early
    assert opened in early
    with later(minutes=1):
        assert "읽은 지식입니다" in client.post(address, {"opening": opened}, headers=script).content.decode()
    assert counted(post).views == 1


def test_k5_the_writers_page_has_no_button(client: Client) -> None:
    post = made.standing()
    client.force_login(post.writer)
    assert (
        reverse("knowledge:read", args=[post.pk]) not in client.get(post.get_absolute_url()).content.decode()
    )


# ---------------------------------------------------------------------------------------------------- opinions
@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("좋은 자료입니다", False),
        ("ㅋ" * 200, False),
        ("좋아요 " * 50, False),
        ("가 나 다 라 마 바 사 아 자", False),
        ("!@#$ … --- !!! ??? ,,, ... !!! ~~~~", False),
        ("장애인 차량은 의견 진술 없이도 면제되는지요?", False),
        ("장애인 차량은 의견 진술 없이도 바로 면제되는지요?", True),
        (SAID, True),
    ],
)
def test_k5_twenty_letters_are_twenty_that_say_something(text: str, worth: bool) -> None:
    assert (weight(text) >= 20) is worth


def test_k5_pasted_texts_are_the_same_whatever_is_put_between() -> None:
    assert digest("좋은 글 감사합니다. 1") == digest("좋은글 감사합니다!! 27")
    assert digest("좋은 글 감사합니다") != digest("나쁜 글 감사합니다")
    assert digest("123") != digest("456")


@pytest.mark.dialect
def test_k5_an_opinion_earns_once_it_has_stood_a_day() -> None:
    post, reader = made.standing(), made.staff()
    opinion = opinions.say(post, SAID, actor=reader)
    assert counted(post).opinions == 1
    assert Notice.objects.filter(recipient=post.owner, kind="knowledge.opinion_said").count() == 1
    with later(hours=23):
        assert opinions.settle(dt.date(2026, 9, 15)) == 0
    with later(hours=24):
        assert opinions.settle(dt.date(2026, 9, 15)) == 1
        assert opinions.settle(dt.date(2026, 9, 15)) == 0
    assert points(reader) == [("opinion", 200, 200)]
    entry = Entry.objects.get(account__user=reader)
    assert (entry.source_id, entry.day, entry.title) == (opinion.pk, made.DAY, post.title)
    assert not list(differences())


def test_k5_what_is_short_or_said_to_ones_own_earns_nothing() -> None:
    post, reader, heir = made.standing(), made.staff(), made.staff()
    opinions.say(post, "잘 읽었습니다", actor=reader)
    opinions.say(post, SAID, actor=post.writer)
    looking.hand_over([post], heir, actor=post.writer)
    opinions.say(post, SAID, actor=heir)
    with later(days=1):
        assert opinions.settle(dt.date(2026, 9, 15)) == 3
    assert points(reader) == points(heir) == []
    assert [rule for rule, *_amounts in points(post.writer)] == ["post_work"]


def test_k5_withdrawn_within_the_day_earns_nothing_and_later_gives_back() -> None:
    post, reader = made.standing(), made.staff()
    first, second = (opinions.say(post, SAID, actor=reader) for _n in range(2))
    opinions.withdraw(first, actor=reader)
    with pytest.raises(Refused):
        opinions.withdraw(second, actor=make.planner())
    with later(days=1):
        opinions.settle(dt.date(2026, 9, 15))
        assert points(reader) == [("opinion", 200, 200)]
        opinions.withdraw(second, actor=reader)
    assert sum(amount for *_rule, amount in points(reader)) == 0
    assert counted(post).opinions == 0


def test_k5_hidden_gives_back_with_the_reason_and_shown_earns_again() -> None:
    post, reader, planner = made.standing(), made.staff(), make.planner()
    opinion = opinions.say(post, SAID, actor=reader)
    with later(days=1):
        opinions.settle(dt.date(2026, 9, 15))
        with pytest.raises(Rejected):
            opinions.hide(opinion, reason=" ", actor=planner)
        with pytest.raises(Refused):
            opinions.hide(opinion, reason="욕설", actor=post.owner)
        opinion = opinions.hide(opinion, reason="다른 직원을 헐뜯는 글", actor=planner)
    back = Entry.objects.exclude(reverses=None).get(account__user=reader)
    assert (back.reason, back.amount) == ("다른 직원을 헐뜯는 글", -200)
    told = Notice.objects.get(recipient=reader, kind="knowledge.opinion_hidden")
    assert "헐뜯는" in told.body
    assert (opinion.state, counted(post).opinions) == (OpinionState.HIDDEN, 0)
    assert Opinion.objects.visible_to(reader).filter(pk=opinion.pk).exists()
    assert not Opinion.objects.visible_to(made.staff()).filter(pk=opinion.pk).exists()
    with later(days=1):
        opinions.show(opinion, actor=planner)
        assert opinions.settle(dt.date(2026, 9, 15)) == 1
    assert sum(amount for *_rule, amount in points(reader)) == 200
    assert counted(post).opinions == 1


def test_m4_twenty_five_opinions_give_forty_points_and_five_are_recorded_as_capped() -> None:
    reader, post = made.staff(), made.standing()
    for n in range(25):
        opinions.say(post, f"{SAID} {n}", actor=reader)
    with later(days=1):
        assert opinions.settle(dt.date(2026, 9, 15)) == 25
    given = points(reader)
    assert sum(amount for *_rule, amount in given) == 4000
    assert [one for one in given if one[2] == 0] == [("opinion", 200, 0)] * 5


def test_k2_pages_of_opinions(client: Client, django_assert_max_num_queries: Any) -> None:
    post, reader = made.standing(), made.staff()
    client.force_login(reader)
    new = reverse("knowledge:opinion_new", args=[post.pk])
    empty = client.post(new, {"text": "  "})
    assert empty.status_code == 422
    answer = client.post(new, {"text": SAID}, follow=True)
    assert SAID in answer.content.decode()
    first = Opinion.objects.get()
    for n in range(24):
        opinions.say(post, f"{SAID} {n}", actor=made.staff())
    page = client.get(post.get_absolute_url())
    assert len(page.context["opinions"].rows) == 20
    assert "지난 의견" in page.content.decode()
    led = client.get(first.get_absolute_url())
    assert led.url == f"{post.get_absolute_url()}?opinions=2#opinion-{first.pk}"
    last = client.get(led.url).content.decode()
    assert reverse("knowledge:opinion_withdraw", args=[first.pk]) in last
    assert reverse("knowledge:opinion_hide", args=[first.pk]) not in last
    client.post(reverse("knowledge:opinion_withdraw", args=[first.pk]), {"version": first.version})
    first.refresh_from_db()
    assert first.state == OpinionState.WITHDRAWN
    client.force_login(make.planner())
    one = Opinion.objects.first()
    client.post(
        reverse("knowledge:opinion_hide", args=[one.pk]), {"version": one.version, "reason": "같은 말 되풀이"}
    )
    assert "같은 말 되풀이" in client.get(post.get_absolute_url()).content.decode()
    for odd in ("0", "-1", "x", "99999999999999999999"):
        assert client.get(post.get_absolute_url(), {"opinions": odd}).status_code == 200


# ----------------------------------------------------------------------------------------------------- ratings
def test_k2_stars_once_a_person_and_changed_as_one_likes(client: Client) -> None:
    post, one, other = made.standing(), made.staff(), made.staff()
    ratings.rate(post, 5, actor=one)
    ratings.rate(post, 2, actor=one)
    ratings.rate(post, 4, actor=other)
    assert (counted(post).stars, counted(post).raters, Rating.objects.count()) == (6, 2, 2)
    for wrong in (0, 6, -1):
        with pytest.raises(Rejected):
            ratings.rate(post, wrong, actor=one)
    client.force_login(one)
    address = reverse("knowledge:rate", args=[post.pk])
    client.post(address, {"stars": "x"})
    page = client.post(address, {"stars": "3"}, follow=True).content.decode()
    assert "3.5" in page
    assert "2명 평가" in page


def test_k2_what_does_not_stand_is_neither_read_nor_rated_nor_commented_on() -> None:
    post, reader = made.standing(), made.staff()
    post = looking.archive(post, reason="겹침", actor=make.planner())
    with pytest.raises(Rejected):
        has_read(post, reader)
    with pytest.raises(Rejected):
        ratings.rate(post, 5, actor=reader)
    with pytest.raises(Rejected):
        opinions.say(post, SAID, actor=reader)
    assert now() == NINE
