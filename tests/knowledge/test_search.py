"""Posts are found by words anywhere in them and in their files; what nobody finds is a topic (K2, K6)."""

from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from basis.documents.hwpx import render_hwpx
from basis.documents.model import Document, Paragraph
from core import jobs
from core.attachments import files_of
from core.now import pretend
from knowledge.finding import POSTS
from knowledge.models import Miss, Post
from knowledge.navigation import find
from knowledge.services import looking, posts
from tests import factories as make
from tests.knowledge import made

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(made.DAY):
        yield


def post(title: str, text: str, **given: Any) -> Post:
    return made.standing(title=title, text=text, **given)


def titles(words: str) -> list[str]:
    found = POSTS.find(words, Post.objects.standing())
    return [Post.objects.get(pk=one.pk).title for one in found.found]


def test_k2_words_are_found_inside_others_and_across_spaces() -> None:
    parking = post("거주자우선주차구역 배정", "분기마다 신청을 받는다", tags="교통")
    town = post("동주민센터 무인발급기", "청년 창업 지원 안내문을 함께 둔다", tags="민원")
    assert titles("주차") == [parking.title]
    assert titles("거주자 우선 주차") == [parking.title]
    assert titles("주민센터") == [town.title]
    assert titles("청년창업") == [town.title]
    assert titles(normalize("NFD", "무인발급기")) == [town.title]
    assert titles("교통 배정") == [parking.title]
    assert titles("없는말") == []


def test_k6_what_holds_comes_before_what_is_old() -> None:
    old, new = post("당직 근무 안내", "두 사람이 선다"), post("당직 근무 요령", "밤새 선다")
    assert titles("당직 근무")[0] == new.title
    looking.outdate(new, reason="지침 개정", actor=make.planner())
    assert titles("당직 근무") == [old.title, new.title]


def test_k2_only_what_one_may_read_is_found() -> None:
    reader = made.staff()
    made.written(title="쓰다 만 비밀", text="아직 내지 않았다")
    stands = post("공개된 글", "비밀 아닌 것")
    hits, total = find(reader, "비밀").find(10)
    assert ([hit.title for hit in hits], total) == ([stands.title], 1)
    looking.archive(stands, reason="정리", actor=stands.owner)
    assert find(reader, "비밀").find(10) == ([], 0)


def test_k2_a_word_that_stands_only_in_an_attached_hwpx(django_capture_on_commit_callbacks: Any) -> None:
    content = render_hwpx(
        Document(
            title="점검표", office="시험구청", made_on=made.DAY, blocks=(Paragraph("염화칼슘 살포 순서"),)
        )
    )
    writer = made.staff()
    draft = posts.write(
        made.values(title="제설 준비", text="눈이 오기 전에 한다"),
        files=[ContentFile(content, name="점검표.hwpx")],
        actor=writer,
    )
    stands = posts.approve(posts.submit(draft, actor=writer), actor=make.planner())
    assert titles("염화칼슘") == []
    jobs.run_pending()
    assert titles("염화칼슘") == [stands.title]
    assert titles("점검표") == [stands.title]


def test_k2_a_file_taken_off_is_found_no_more(client: Client) -> None:
    writer = made.staff()
    draft = posts.write(
        made.values(), files=[ContentFile("염화칼슘".encode(), name="목록.txt")], actor=writer
    )
    stands = posts.approve(posts.submit(draft, actor=writer), actor=make.planner())
    assert titles("목록") == [stands.title]
    (file,) = files_of(stands)
    client.force_login(writer)
    sent = {**made.values(field=""), "version": stands.version, "note": "잘못 올림", "gone": [str(file.pk)]}
    client.post(reverse("knowledge:post_edit", args=[stands.pk]), sent)
    assert not files_of(stands)
    assert titles("목록") == []


def test_k2_found_with_its_surroundings_in_the_browser(client: Client) -> None:
    post("여권 발급", "사진은 여섯 달 안에 찍은 것을 받는다")
    client.force_login(made.staff())
    page = client.get(reverse("knowledge:search"), {"q": "여섯 달"}).content.decode()
    assert "<mark>여섯 달</mark>" in page
    assert "1건을 찾았습니다" in page


def test_k2_what_nobody_finds_is_counted_once_a_session_and_offered(client: Client) -> None:
    address = reverse("knowledge:search")
    for _n in range(2):
        client.force_login(made.staff())
        for _again in range(3):
            page = client.get(address, {"q": "전기차 충전"}).content.decode()
        client.get(address, {"q": "미리 보기"}, headers={"Sec-Purpose": "prefetch"})
        client.logout()
    assert "이 말로 물어보기" in page
    assert dict(Miss.objects.values_list("words", "times")) == {"전기차 충전": 2}
    client.force_login(made.staff())
    assert "전기차 충전" in client.get(reverse("knowledge:topics")).content.decode()


def test_k2_as_many_questions_for_one_hit_as_for_many(client: Client, django_assert_num_queries: Any) -> None:
    post("여권 발급", "사진을 붙인다", tags="")
    for n in range(30):
        post(f"주차 안내 {n}", f"{n}번째 글이다. 주차를 돕는다 {n * 7}")
    client.force_login(made.staff())
    address = reverse("knowledge:search")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        assert "1건을" in client.get(address, {"q": "여권"}).content.decode()
    with django_assert_num_queries(len(one)):
        many = client.get(address, {"q": "주차"}).content.decode()
    assert "30건" in many
    assert "1 / 2" in many
