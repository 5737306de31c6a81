"""A question, its answers, and the post that the best one becomes (K1, K5)."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core.models import OpenWork
from core.now import pretend
from core.work.verify import differences
from knowledge.enums import PostState, QuestionState
from knowledge.models import Post, Question
from knowledge.services import posts, questions
from mileage.models import Account
from notifications.models import Notice
from organization.models import User
from tests import factories as make
from tests.knowledge import made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(made.DAY):
        yield


def asked(**given: object) -> Question:
    usual = {"title": "이중주차 과태료는 누구에게 묻나요?", "text": "민원이 자주 옵니다.", "field": None}
    return questions.ask({**usual, **given}, actor=made.staff())


def points(user: User) -> int:
    found = Account.objects.filter(user=user, scheme="knowledge").first()
    return found.balance if found else 0


def test_k1_a_question_goes_to_the_fields_keeper() -> None:
    keeper = made.staff()
    question = asked(field=made.field(keeper=keeper))
    work = OpenWork.objects.get(object_id=question.pk, ask="reply")
    assert list(work.holders.values_list("key", flat=True)) == [f"u:{keeper.pk}"]
    assert Notice.objects.filter(recipient=keeper, kind="knowledge.question_asked").exists()
    questions.reply(question, text="교통행정과 단속팀입니다.", actor=keeper)
    asks = OpenWork.objects.filter(object_id=question.pk).values_list("ask", flat=True)
    assert "choose" in asks
    assert "reply" not in asks
    assert not list(differences())


def test_k1_the_best_answer_becomes_a_post_that_waits() -> None:
    question = asked()
    first = questions.reply(question, text="단속팀에 물어보세요.", actor=made.staff())
    best = questions.reply(question, text="차 주인에게 부과한다. 근거는 도로교통법이다.", actor=made.staff())
    post = questions.choose(question, best, actor=question.asker)
    assert (post.state, post.writer, post.owner) == (PostState.WAITING, best.writer, best.writer)
    assert "도로교통법" in post.text
    posts.approve(post, actor=make.planner())
    assert (points(best.writer), points(first.writer), points(question.asker)) == (500, 0, 0)
    question.refresh_from_db()
    with pytest.raises(Rejected):
        questions.unchoose(question, actor=question.asker)
    assert not list(differences())


def test_k1_another_answer_may_be_chosen_until_the_post_stands() -> None:
    question = asked()
    one = questions.reply(question, text="첫째 답", actor=made.staff())
    other = questions.reply(question, text="둘째 답", actor=made.staff())
    first = questions.choose(question, one, actor=question.asker)
    questions.unchoose(question, actor=question.asker)
    first.refresh_from_db()
    assert first.state == PostState.DROPPED
    second = questions.choose(question, other, actor=question.asker)
    assert second.writer == other.writer
    assert Post.objects.filter(source_id=question.pk).count() == 1
    assert not list(differences())


def test_d9_nobody_answers_or_chooses_for_another() -> None:
    question = asked()
    with pytest.raises(Refused):
        questions.reply(question, text="제가 답합니다", actor=question.asker)
    answer = questions.reply(question, text="답", actor=made.staff())
    with pytest.raises(Refused):
        questions.choose(question, answer, actor=answer.writer)
    elsewhere = questions.reply(asked(title="다른 질문"), text="다른 답", actor=made.staff())
    with pytest.raises(Rejected):
        questions.choose(question, elsewhere, actor=question.asker)


def test_k1_each_has_one_answer_which_they_may_change() -> None:
    question, writer = asked(), made.staff()
    questions.reply(question, text="처음", actor=writer)
    questions.reply(question, text="다시", actor=writer)
    question.refresh_from_db()
    assert (question.answers_count, question.answers.get().text) == (1, "다시")
    with pytest.raises(Rejected):
        questions.edit(question, {"title": "바꾼 질문"}, actor=question.asker)


def test_k1_asked_answered_and_chosen_in_the_browser(client: Client) -> None:
    asker, helper = made.staff(), made.staff()
    client.force_login(asker)
    form = client.get(reverse("knowledge:ask"), {"q": "이중주차 과태료"}).content.decode()
    assert "이중주차 과태료" in form
    client.post(reverse("knowledge:ask"), {"title": "이중주차", "field": "", "text": "", "version": ""})
    question = Question.objects.get()
    client.force_login(helper)
    client.post(reverse("knowledge:question_reply", args=[question.pk]), {"text": "차 주인입니다."})
    answer = question.answers.get()
    client.force_login(asker)
    assert "이 답 고르기" in client.get(question.get_absolute_url()).content.decode()
    question.refresh_from_db()
    address = reverse("knowledge:question_choose", args=[question.pk, answer.pk])
    client.post(address, {"version": question.version})
    question.refresh_from_db()
    assert question.state == QuestionState.CHOSEN
    assert question.post
    assert "고른 답이 지식으로" in client.get(question.get_absolute_url()).content.decode()
