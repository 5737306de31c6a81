"""Posts: written, approved by others, earning once, changed with what they said before kept (K1, K2, K3)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core.editing import Conflict
from core.models import OpenWork
from core.now import pretend
from core.work import keep
from core.work.verify import differences
from knowledge.enums import Area, PostState, Validity
from knowledge.models import Edition, Post
from knowledge.selectors.editions import pieces_of, versions_of
from knowledge.selectors.home import home
from knowledge.services import fields, looking, posts, questions
from mileage.models import Entry
from mileage.services.awards import reverse as take_back
from notifications.models import Notice
from tests import factories as make
from tests.knowledge import made

pytestmark = pytest.mark.django_db
AFTER_CHUSEOK = dt.date(2027, 9, 17)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(made.DAY):
        yield


def points(post: Post) -> list[tuple[str, int]]:
    entries = Entry.objects.filter(source_id=post.pk, account__user=post.writer).order_by("pk")
    return [(entry.rule, entry.amount) for entry in entries]


def test_k2_a_post_is_approved_by_planning_and_earns_then() -> None:
    post = made.waiting()
    assert points(post) == []
    assert post.due_on == dt.date(2026, 9, 21)
    post = posts.approve(post, actor=make.planner())
    assert (post.state, post.approved_on, post.validity) == (PostState.STANDING, made.DAY, Validity.VALID)
    assert points(post) == [("post_work", 500)]
    assert Notice.objects.filter(recipient=post.writer, kind="knowledge.approved").exists()


@pytest.mark.parametrize(
    ("area", "amount"), [(Area.IDEA, 5000), (Area.CLUB, 1000), (Area.WORK, 500), (Area.FILE, 500)]
)
def test_k3_each_area_gives_its_points(area: Area, amount: int) -> None:
    assert [given for _rule, given in points(made.standing(area=area))] == [amount]


def test_d9_nobody_approves_their_own() -> None:
    planner = make.planner()
    post = made.waiting(planner)
    with pytest.raises(Refused):
        posts.approve(post, actor=planner)
    given = made.waiting()
    looking.hand_over([given], planner, actor=given.writer)
    with pytest.raises(Refused):
        posts.approve(given, actor=planner)


def test_k2_a_fields_keeper_approves_in_the_field_alone() -> None:
    keeper = made.staff()
    field = made.field(keeper=keeper)
    assert posts.approve(made.waiting(field=field), actor=keeper).state == PostState.STANDING
    with pytest.raises(Refused):
        posts.approve(made.waiting(field=made.field("복지"), title="복지 급여 조사 순서"), actor=keeper)


def test_k2_what_waits_follows_the_keeper() -> None:
    field = made.field()
    post = made.waiting(field=field)
    keeper = made.staff()
    fields.save(field, {"keeper": keeper}, actor=make.planner())
    held = OpenWork.objects.get(object_id=post.pk, ask="approve").holders.values_list("key", flat=True)
    assert f"u:{keeper.pk}" in held
    assert not list(differences())


def test_k2_returned_with_a_reason_and_asked_for_again() -> None:
    post = made.waiting()
    with pytest.raises(Rejected):
        posts.send_back(post, reason=" ", actor=make.planner())
    post = posts.send_back(post, reason="근거 조항을 적어 주세요.", actor=make.planner())
    assert post.state == PostState.DRAFT
    assert OpenWork.objects.filter(object_id=post.pk, ask="write").exists()
    assert posts.submit(post, actor=post.writer).state == PostState.WAITING
    post = posts.reject(post, reason="이미 폐지된 제도입니다.", actor=make.planner())
    assert posts.reopen(post, actor=post.writer).state == PostState.DRAFT
    assert posts.drop(post, actor=post.writer).state == PostState.DROPPED
    assert not list(differences())


def test_k2_what_was_said_before_earns_nothing_and_says_so() -> None:
    first = made.standing()
    copy = made.standing(title="과태료 의견진술 정리", text=made.TEXT.replace("사흘", "3일"))
    assert copy.alike == first
    assert points(copy) == []
    said = Notice.objects.get(recipient=copy.writer, kind="knowledge.approved")
    assert first.title in said.body
    other = made.standing(
        title="거주자우선주차 배정", text="배정 신청은 분기마다 받는다. 순위는 거주 기간과 차량 수로 매긴다."
    )
    assert other.alike is None
    assert points(other)


def test_k2_the_first_of_two_that_wait_is_the_first() -> None:
    first = made.waiting()
    second = made.waiting()
    assert second.alike == first
    assert posts.approve(second, actor=make.planner()).alike == first
    assert posts.approve(first, actor=make.planner()).alike is None
    assert points(first)


def test_m3_an_approval_earns_once_even_after_it_was_taken_back_by_hand() -> None:
    post = made.standing()
    take_back(
        Entry.objects.filter(source_id=post.pk).select_related("account"), reason="착오", actor=make.planner()
    )
    posts.pin(post, actor=make.planner())
    assert sum(amount for _rule, amount in points(post)) == 0


def test_k2_a_change_keeps_what_it_said() -> None:
    post = made.standing(tags="주차, #과태료 주차")
    assert post.tags == "주차 과태료"
    with pytest.raises(Rejected) as refused:
        posts.edit(post, made.values(text="새로"), actor=post.writer)
    assert refused.value.field == "note"
    post = posts.edit(post, made.values(text="새로 적었다"), note="법이 바뀜", actor=post.writer)
    kept = Edition.objects.get(post=post)
    assert (kept.number, kept.text, kept.note, post.edition) == (1, made.TEXT, "법이 바뀜", 2)
    new, old = versions_of(post)
    assert (new.number, new.note, old.number) == (2, "법이 바뀜", 1)
    assert [text for kind, text in new.pieces if kind == "ins"]
    assert points(post) == [("post_work", 500)]
    with pytest.raises(Conflict):
        posts.edit(post, made.values(), note="다시", version=post.version - 1, actor=post.writer)
    with pytest.raises(Refused):
        posts.edit(post, made.values(), note="다시", actor=made.staff())


def test_k2_a_difference_is_told_word_by_word() -> None:
    assert pieces_of("수수료는 500원 이다", "수수료는 600원 이다") == [
        ("", "수수료는 "), ("del", "500원"), ("ins", "600원"), ("", " 이다"),
    ]  # fmt: skip


@pytest.mark.dialect
def test_k6_a_post_comes_due_is_looked_at_or_is_old() -> None:
    post, manual = (
        made.standing(),
        made.standing(type="manual", title="당직 편람", text="당직은 두 사람이 선다."),
    )
    assert (post.review_on, manual.review_on) == (AFTER_CHUSEOK, dt.date(2027, 3, 15))
    with pretend(dt.date(2027, 3, 15)):
        assert looking.come_due(dt.date(2027, 3, 15)) == 1
        manual.refresh_from_db()
        assert (manual.validity, manual.due_on) == (Validity.CHECK, dt.date(2027, 3, 29))
        assert OpenWork.objects.filter(object_id=manual.pk, ask="look").exists()
        assert looking.come_due(dt.date(2027, 3, 15)) == 0
        manual = looking.confirm(manual, actor=manual.owner)
        assert (manual.validity, manual.review_on) == (Validity.VALID, AFTER_CHUSEOK)
        post = looking.outdate(post, reason="조례가 바뀌었습니다.", actor=make.planner())
    assert (post.validity, post.review_on) == (Validity.OLD, None)
    assert Notice.objects.filter(recipient=post.owner, kind="knowledge.outdated").exists()
    assert not list(differences())


def test_k6_posts_are_handed_over_to_who_stays() -> None:
    writer, heir = made.staff(), made.staff()
    mine = [made.standing(writer), made.written(writer, title="쓰다 만 글", text="아직")]
    with pytest.raises(Refused):
        looking.hand_over(mine, heir, actor=heir)
    assert looking.hand_over(mine, heir, actor=writer) == 2
    mine[0].refresh_from_db()
    assert (mine[0].owner, mine[0].writer, mine[0].department) == (heir, writer, heir.department)
    with pytest.raises(Rejected):
        looking.hand_over(mine, heir, actor=make.planner())
    assert not list(differences())


def test_k6_who_has_left_is_followed_by_the_head() -> None:
    post = made.standing()
    boss = make.head_of(post.department)
    with pretend(AFTER_CHUSEOK):
        looking.come_due(AFTER_CHUSEOK)
        post.owner.is_active = False
        post.owner.save()
        keep.refresh(Post.objects.select_related("owner", "field").get(pk=post.pk))
        held = OpenWork.objects.get(object_id=post.pk, ask="look").holders.values_list("key", flat=True)
    assert f"d:{boss.department_id}" in held


def test_k1_who_may_read_what() -> None:
    writer, other, keeper = made.staff(), made.staff(), made.staff()
    field = made.field(keeper=keeper)
    draft = made.written(writer)
    waits = made.waiting(writer, field=field, title="기다리는 글", text="기다린다")
    stands = made.standing(writer, title="서 있는 글", text="서 있다")

    def seen(user: object) -> set[int]:
        return set(Post.objects.visible_to(user).values_list("pk", flat=True))

    assert seen(writer) == {draft.pk, waits.pk, stands.pk}
    assert seen(other) == {stands.pk}
    assert seen(keeper) == {waits.pk, stands.pk}
    assert seen(make.planner()) == {waits.pk, stands.pk}


def test_k2_pages_of_a_post(client: Client) -> None:
    post = made.waiting()
    client.force_login(make.planner())
    page = client.get(post.get_absolute_url())
    assert "지식 승인" in page.content.decode()
    answer = client.post(
        reverse("knowledge:post_approve", args=[post.pk]),
        {"reason": "잘 썼습니다", "version": post.version},
        follow=True,
    )
    assert "승인했습니다" in answer.content.decode()
    post.refresh_from_db()
    posts.edit(post, made.values(text="새로 적었다"), note="법이 바뀜", actor=post.writer)
    changed = client.get(reverse("knowledge:editions", args=[post.pk])).content.decode()
    assert "<ins>" in changed
    assert "법이 바뀜" in changed
    like = client.get(
        reverse("knowledge:similar"), {"title": "주정차 과태료 의견 진술"}, headers={"HX-Request": "true"}
    )
    assert post.title in like.content.decode()
    assert client.get(reverse("knowledge:list")).status_code == 200
    looking.outdate(post, reason="조례가 바뀌었습니다.", actor=make.planner())
    assert "옛 자료입니다" in client.get(post.get_absolute_url()).content.decode()


def test_k1_a_post_is_written_in_the_browser(client: Client) -> None:
    writer = made.staff()
    client.force_login(writer)
    sent = {**made.values(field=""), "version": ""}
    answer = client.post(reverse("knowledge:new"), sent)
    post = Post.objects.get()
    assert answer.url == post.get_absolute_url()
    assert post.owner == writer
    bad = client.post(reverse("knowledge:new"), {**sent, "title": ""})
    assert bad.status_code == 422
    assert made.TEXT[:20] in bad.content.decode()


def test_k1_planning_keeps_the_fields(client: Client) -> None:
    client.force_login(make.planner())
    sent = {"name": "교통", "order": 1, "keeper": "", "version": ""}
    client.post(reverse("knowledge:field_new"), sent)
    again = client.post(reverse("knowledge:field_new"), sent)
    assert again.status_code == 422
    assert "이미" in again.content.decode()
    client.force_login(made.staff())
    assert client.get(reverse("knowledge:fields")).status_code == 403


def test_k1_the_first_page_shows_what_runs_and_what_is_asked(
    client: Client, django_assert_num_queries: Any
) -> None:
    writer = made.staff()
    post = made.standing(writer)
    question = questions.ask({"title": "무엇을 먼저 하나요?"}, actor=made.staff())
    client.force_login(writer)
    page = client.get(reverse("knowledge:home")).content.decode()
    assert post.title in page
    assert question.title in page
    assert "1건을 맡고 있습니다" in page
    with django_assert_num_queries(6):
        home(writer)


def test_k2_what_waits_is_approved_by_the_page_with_a_result_for_each(client: Client) -> None:
    planner = make.planner()
    own = made.waiting(planner, title="제 글", text="제가 쓴 글이다")
    others = [
        made.waiting(title=text, text=f"{text}. " * 3)
        for text in ("당직은 두 사람이 선다", "여권은 사진이 든다")
    ]
    client.force_login(planner)
    page = client.get(reverse("knowledge:list"), {"state": "waiting"}).content.decode()
    assert "선택한 항목 처리" in page
    assert "선택한 항목 처리" not in client.get(reverse("knowledge:list")).content.decode()
    keys = [own.pk, *(post.pk for post in others)]
    said = client.post(
        reverse("knowledge:bulk"), {"pk": keys, "action": "approve"}, follow=True
    ).content.decode()
    assert "지식 2건을 승인했습니다." in said
    assert "제 글: " in said
    own.refresh_from_db()
    assert own.state == PostState.WAITING
