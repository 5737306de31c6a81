"""Passages said to be wrong are answered in time, and what is right earns (K6)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core.models import OpenWork
from core.now import pretend
from core.work.verify import differences
from knowledge.enums import FlawState, Validity
from knowledge.models import Flaw, Post
from knowledge.services import flaws, looking, posts
from mileage.models import Account
from notifications.models import Notice
from organization.services import holidays
from tests import factories as make
from tests.knowledge import made

pytestmark = pytest.mark.django_db
PASSAGE = "결과는 사흘 안에 문자로 알린다"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(dt.date(2026, 9, 10)):
        yield


def flaw(post: Post | None = None) -> Flaw:
    return flaws.report(post or made.standing(), passage=PASSAGE, remark="닷새입니다.", actor=made.staff())


def points(one: Flaw) -> int:
    found = Account.objects.filter(user=one.reporter, scheme="knowledge").first()
    return found.balance if found else 0


def test_k6_a_flaw_is_answered_within_14_days() -> None:
    one = flaw()
    assert one.clock.due == dt.date(2026, 9, 28)  # over Chuseok
    assert OpenWork.objects.get(object_id=one.pk, ask="answer").due == dt.date(2026, 9, 28)
    assert Notice.objects.filter(recipient=one.post.owner, kind="knowledge.flaw_reported").exists()
    assert not list(differences())


def test_k6_an_accepted_one_earns_and_the_post_is_to_be_checked() -> None:
    one = flaw()
    one = flaws.accept(one, reason="닷새로 고치겠습니다.", actor=one.post.owner)
    post = Post.objects.get(pk=one.post_id)
    assert (one.state, points(one), post.validity) == (FlawState.ACCEPTED, 500, Validity.CHECK)
    assert one.clock.closed_on
    post = posts.edit(
        post, made.values(text=made.TEXT.replace("사흘", "닷새")), note="기한", actor=post.owner
    )
    assert post.validity == Validity.VALID
    assert not list(differences())


def test_k6_one_that_is_declined_earns_nothing() -> None:
    one = flaw()
    with pytest.raises(Rejected):
        flaws.decline(one, reason="", actor=one.post.owner)
    one = flaws.decline(one, reason="조례 제5조에 사흘입니다.", actor=make.planner())
    assert (one.state, points(one)) == (FlawState.DECLINED, 0)
    with pytest.raises(Rejected):
        flaws.accept(one, reason="다시", actor=make.planner())


def test_d9_who_reported_never_answers() -> None:
    one = flaw()
    with pytest.raises(Refused):
        flaws.report(one.post, passage=PASSAGE, remark="제 글", actor=one.post.owner)
    looking.hand_over([one.post], one.reporter, actor=one.post.owner)
    with pytest.raises(Refused):
        flaws.accept(one, reason="인정", actor=one.reporter)


def test_k6_only_what_stands_there_is_reported_and_once() -> None:
    one = flaw()
    with pytest.raises(Rejected) as refused:
        flaws.report(one.post, passage="없는 말", remark="무엇", actor=made.staff())
    assert refused.value.field == "passage"
    with pytest.raises(Rejected):
        flaws.report(one.post, passage=f" {PASSAGE}  ", remark="또", actor=made.staff())
    flaws.take_back(one, actor=one.reporter)
    assert flaws.report(one.post, passage=PASSAGE, remark="다시", actor=one.reporter).pk != one.pk


def test_o7_a_late_holiday_moves_the_answer() -> None:
    one = flaw()
    holidays.declare(day=dt.date(2026, 9, 28), kind="temporary", name="임시공휴일", actor=make.planner())
    one.clock.refresh_from_db()
    assert one.clock.due == dt.date(2026, 9, 29)
    assert Notice.objects.filter(recipient=one.post.owner, kind="knowledge.flaw_due").exists()


def test_k6_told_and_answered_in_the_browser(client: Client) -> None:
    post, reader = made.standing(), made.staff()
    client.force_login(reader)
    assert "잘못 알림" in client.get(post.get_absolute_url()).content.decode()
    address = reverse("knowledge:flaw_new", args=[post.pk])
    bad = client.post(address, {"passage": "없는 말", "remark": "무엇이"})
    assert bad.status_code == 422
    assert "무엇이" in bad.content.decode()
    client.post(address, {"passage": PASSAGE, "remark": "닷새입니다."})
    one = Flaw.objects.get()
    client.force_login(post.owner)
    page = client.get(one.get_absolute_url()).content.decode()
    assert PASSAGE in page
    sent = {"reason": "고치겠습니다.", "version": one.version}
    client.post(reverse("knowledge:flaw_accept", args=[one.pk]), sent)
    one.refresh_from_db()
    assert one.state == FlawState.ACCEPTED
    assert "다시 확인할 때" in client.get(post.get_absolute_url()).content.decode()
