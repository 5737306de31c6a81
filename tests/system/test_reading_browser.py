"""A post is read in a browser: by itself once it was in sight long enough, else by its button (K5)."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from knowledge.models import Post, Reading
from knowledge.policies_activity import READ_LEAST
from mileage.models import Entry
from organization.models import User
from tests.knowledge import made

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_k5_what_stays_in_sight_is_read_by_itself(person: Callable[..., Any]) -> None:
    post, reader = made.standing(), made.staff()
    page = person(reader)
    page.goto(post.get_absolute_url())
    page.get_by_role("button", name="읽었습니다").wait_for()
    assert not Reading.objects.exists()
    page.get_by_text("읽은 지식입니다.").wait_for(timeout=60_000)
    assert Post.objects.get(pk=post.pk).views == 1
    assert Entry.objects.get(account__user=reader).amount == 50
    page.get_by_label("별 4개").check(force=True)
    page.get_by_role("button", name="평가하기").click()
    page.get_by_text("5점 만점 · 1명 평가").wait_for()
    page.get_by_label("의견", exact=True).fill("이관되는 날짜는 차고지 담당에게 먼저 물어보면 빠릅니다.")
    page.get_by_role("button", name="의견 쓰기").click()
    page.get_by_text("추가의견 1건").wait_for()


def test_k5_without_script_there_is_the_button(plain: Callable[[User], Any]) -> None:
    post, reader = made.standing(), made.staff()
    page = plain(reader)
    page.goto(post.get_absolute_url())
    page.get_by_role("button", name="읽었습니다").click()
    page.get_by_text("아직 읽는 중입니다").wait_for()
    time.sleep(READ_LEAST.current() + 1)
    page.get_by_role("button", name="읽었습니다").click()
    page.get_by_text("읽은 것으로 기록했습니다.").wait_for()
    assert Post.objects.get(pk=post.pk).views == 1
