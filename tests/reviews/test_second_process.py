"""A process made by docs/architecture.md ("Asking departments") has reviews by departments with all that belongs to
them, beside benchmarking, which it does not know (B3, B4, O1, O9)."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from basis.sockets import Socket
from core.deadlines import CLOCKS
from core.models import ClockAdjustment
from core.now import now, pretend
from core.workflow import WORKFLOWS
from notifications.models import Notice
from notifications.selectors import todos_of
from organization.enums import Role
from organization.models import Department
from organization.services import departments
from reviews.enums import ReviewState
from reviews.kinds import KINDS
from reviews.services import clocks, reviews
from reviews.services.sending import Order
from tests import factories as make
from tests.questions.kind import KIND, WORKFLOW, ask
from tests.questions.models import Question, QuestionReview

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.questions.urls")]
DAY = dt.date(2026, 11, 16)  # a Monday


ADDED: list[tuple[Socket[Any], Any]] = [
    (KINDS, KIND),
    (WORKFLOWS, WORKFLOW),
    (CLOCKS, clocks.clock_kind(KIND)),
]


@pytest.fixture(autouse=True)
def _declared() -> Iterator[None]:
    with ExitStack() as inside:
        for socket, item in ADDED:
            inside.enter_context(socket.only(*socket, item))
        inside.enter_context(pretend(DAY))
        yield


def asked(*places: Department) -> list[QuestionReview]:
    question = Question.objects.create(code="Q-1", title="육교 조명")
    (sent,) = ask([Order(question, places or [make.DepartmentFactory()])])
    return list(sent.reviews)


def again(review: QuestionReview) -> QuestionReview:
    return QuestionReview.objects.select_related("question", "clock").get(pk=review.pk)


def told(kind: str) -> list[str]:
    return [notice.title for notice in Notice.objects.filter(kind=f"questions.{kind}")]


def verbs(user: Any) -> list[str]:
    return [str(todo.verb) for todo in todos_of(make.fresh(user))]


def test_b3_b4_a_question_is_answered_confirmed_corrected_and_nobody_else_may(client: Client) -> None:
    (review,) = asked()
    head, reviewer = make.head_of(review.department), make.UserFactory(department=review.department)
    assert verbs(head) == ["검토자 지정하기"]
    client.force_login(head)
    page = client.get(review.get_absolute_url()).content.decode()
    assert reverse("questions:review_assign", args=[review.pk]) in page
    assert "통보 11. 16.(월) + 14일" in page
    client.post(reverse("questions:review_assign", args=[review.pk]), {"reviewer": reviewer.pk})
    assert again(review).state == ReviewState.ASSIGNED
    assert told("assigned") == ["검토자로 지정되었습니다: 육교 조명"]

    with pytest.raises(Rejected):
        reviews.submit(review, {"opinion": ""}, actor=reviewer)
    client.force_login(reviewer)
    typed = {"opinion": "바꿉니다.", "version": again(review).version}
    preview = client.post(review.get_absolute_url(), typed)
    assert ("의견", "바꿉니다.") in preview.context["foreseen"]
    client.post(review.get_absolute_url(), typed | {"preview": preview.context["preview"]})
    assert again(review).state == ReviewState.SUBMITTED
    with pytest.raises(Refused):
        reviews.confirm(review, actor=reviewer)
    reviews.confirm(review, actor=head)
    assert (again(review).in_time, again(review).question.followed) == (True, ["completed"])
    reviews.reopen(review, reason="빠진 것", actor=make.planner())
    assert again(review).question.followed == ["completed", "reopened"]


def test_o9_its_deadline_is_put_off_and_moves_with_a_pause(client: Client) -> None:
    (review,) = asked()
    head, planner = make.head_of(review.department), make.planner()
    row = clocks.ask_extension(review, until=dt.date(2026, 12, 7), reason="자료", actor=head)
    assert verbs(planner) == ["기한 연장 승인하기"]
    client.force_login(planner)
    client.post(reverse("questions:clock_decide", args=[row.pk]), {"approve": "yes", "note": ""})
    assert again(review).clock.due == dt.date(2026, 12, 7)
    row = clocks.ask_pause(again(review), start=DAY, end=None, reason="회신", actor=head)
    clocks.decide(row, approve=True, note="", actor=planner)
    with pretend(now() + dt.timedelta(days=7)):
        clocks.resume(again(review), actor=head)
    assert again(review).clock.due == dt.date(2026, 12, 14)
    assert ClockAdjustment.objects.filter(state="approved").count() == 2


def test_b3_the_sheet_sends_each_to_its_departments_and_says_what_became_of_it(client: Client) -> None:
    places = make.DepartmentFactory.create_batch(2)
    first, second = (Question.objects.create(code=f"Q-{n}", title=f"질문 {n}") for n in (1, 2))
    client.force_login(make.planner())
    url = f"{reverse('questions:dispatch_many')}?pk={first.pk}&pk={second.pk}"
    assert "질문 2" in client.get(url).content.decode()
    due = client.get(reverse("questions:due"), {"days": 14}).content.decode()
    typed = {"departments": places[0].name, f"departments_{first.pk}": places[1].name, f"days_{first.pk}": 7}
    page = client.post(url, typed, follow=True).content.decode()
    sent = QuestionReview.objects.order_by("question", "pk").values_list(
        "question", "department", "clock__due"
    )
    week, fortnight = dt.date(2026, 11, 23), dt.date(2026, 11, 30)
    assert set(sent) == {
        (first.pk, places[0].pk, week),
        (first.pk, places[1].pk, week),
        (second.pk, places[0].pk, fortnight),
    }
    assert "11. 30." in due
    assert "질문 1" in page


def test_b3_a_recall_is_told_and_follows() -> None:
    (review,) = asked()
    make.head_of(review.department)
    reviews.recall(review, reason="잘못 보냄", actor=make.planner())
    assert (again(review).state, again(review).question.followed) == (ReviewState.RECALLED, ["recalled"])
    assert told("recalled") == ["검토 요청이 회수되었습니다: 육교 조명"]


def test_o1_a_merger_hands_over_what_is_open_or_folds_it() -> None:
    old, new = make.DepartmentFactory.create_batch(2)
    (alone,) = asked(old)
    first, twin = asked(old, new)
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    departments.merge(old, actor=admin, successor=new, effective_on=DAY, document="조례")
    assert again(alone).department == new
    assert (again(first).state, again(twin).state) == (ReviewState.RECALLED, ReviewState.WAITING)


def test_o1_an_ended_department_is_not_asked() -> None:
    ended = make.DepartmentFactory(valid_to=DAY - dt.timedelta(days=1))
    with pytest.raises(Rejected):
        asked(ended)
