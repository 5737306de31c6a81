"""The table of open work: kept by every step, compared with the states, mended, read by one question (R5, D9)."""

import datetime as dt
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarking.models import Case, Review
from core import duties
from core.asks import Ask
from core.models import OpenWork, WorkHolder
from core.now import pretend
from core.work import holders, keep
from core.work.verify import differences, mend
from core.workflow import workflow_of
from notifications.models import Notice
from notifications.selectors import grouped_todos, todos_of, waiting_for
from organization.enums import Role
from organization.identity import identity
from organization.models import User
from reviews.services import clocks, reviews
from tests import factories as make
from tests.shared import lived_on

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 11, 20)
_today = lived_on(DAY)


def asks(thing: Any) -> dict[str, OpenWork]:
    return {row.ask: row for row in OpenWork.objects.about(type(thing)).filter(object_id=thing.pk)}


def keys(row: OpenWork) -> set[str]:
    return set(row.holders.values_list("key", flat=True))


def test_r5_every_step_says_who_has_it_next() -> None:
    review = make.ReviewFactory()
    head = make.head(review)
    reviewer = make.UserFactory(department=review.department)
    assert keys(asks(review)["assign"]) == {holders.leaders(review.department_id)}
    reviews.assign(review, reviewer, actor=head)
    (row,) = asks(review).values()
    assert (row.ask, keys(row), row.due) == ("review", {holders.person(reviewer.pk)}, review.clock.due)
    reviews.submit(review, make.answer(), actor=reviewer)
    reviews.confirm(review, actor=head)
    assert asks(review) == {}


def test_o9_a_deadline_that_moves_moves_in_the_table() -> None:
    review = make.ReviewFactory()
    asked = clocks.ask_pause(review, start=DAY, end=None, reason="회신", actor=make.head(review))
    assert set(asks(review)) == {"assign", "decide_pause"}
    clocks.decide(asked, approve=True, note="", actor=make.planner())
    (row,) = asks(review).values()
    assert row.paused
    with pretend(DAY + dt.timedelta(days=3)):
        duties.run_due(DAY + dt.timedelta(days=3))
        (later,) = asks(review).values()
        assert later.due == Review.objects.select_related("clock").get().clock.due != row.due


WRONG = {
    "gone": lambda: OpenWork.objects.all().delete(),
    "due": lambda: OpenWork.objects.update(due=DAY),
    "title": lambda: OpenWork.objects.update(title="다른 것"),
    "who": lambda: WorkHolder.objects.update(key="u:1"),
    "done": lambda: Review.objects.update(state="recalled"),
    "unlogged": lambda: Case.objects.update(state="registered"),
    "thing": lambda: OpenWork.objects.update(object_id=987654),
}


@pytest.mark.parametrize("how", WRONG)
def test_r5_whatever_the_table_has_wrong_is_named_mended_and_told(how: str) -> None:
    make.ReviewFactory()
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    call_command("verify_work", stdout=StringIO())
    WRONG[how]()
    with pytest.raises(CommandError):
        call_command("verify_work", stdout=StringIO())
    assert duties.run_due(DAY)["open_work"]
    assert differences() == []
    assert Notice.objects.filter(recipient=admin, kind="notifications.work").count() == 1
    assert mend() == []


def test_r5_work_of_a_kind_that_asks_nothing_is_named_and_goes() -> None:
    kind = ContentType.objects.get_for_model(User)
    OpenWork.objects.create(content_type=kind, object_id=1, ask="review", title="남은 것", url="/")
    assert [(one.model, one.ask) for one in mend()] == [("user", "review")]
    assert not OpenWork.objects.exists()


def test_d9_who_is_kept_from_it_does_not_hold_it_by_any_key_nor_does_a_substitute() -> None:
    review = make.ReviewFactory()
    planner, other, substitute = make.planner(), make.UserFactory(roles=[Role.PLANNING]), make.UserFactory()
    clocks.ask_pause(review, start=DAY, end=None, reason="회신", actor=make.head(review))
    row = asks(review)["decide_pause"]
    row.holders.create(key=holders.never(planner.pk))
    make.away(planner, substitute, DAY, DAY)

    def has(user: User) -> bool:
        listed = any("기한 정지" in str(todo.verb) for todo in todos_of(make.fresh(user)))
        assert listed is waiting_for(make.fresh(user)).filter(pk=row.pk).exists()
        return listed

    assert [has(one) for one in (planner, other, substitute)] == [False, True, False]
    make.away(other, substitute, DAY, DAY)
    assert has(substitute)
    row.holders.create(key=holders.never(substitute.pk))
    assert not has(substitute)
    row.holders.filter(key=holders.never(substitute.pk)).delete()
    OpenWork.objects.filter(pk=row.pk).update(personal=True)
    assert [has(one) for one in (other, substitute)] == [True, False]


def test_r5_one_question_for_four_kinds_of_work_and_for_twenty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page asks the table once, however many kinds of work there are and however much of each."""
    review = make.ReviewFactory()
    reviewer = make.UserFactory(department=review.department)

    def questions() -> int:
        user = identity(reviewer.pk)  # as the backend gives it to a request
        with CaptureQueriesContext(connection) as asked:
            grouped_todos(todos_of(user))
        return len(asked)

    reviews.assign(review, reviewer, actor=make.head(review))
    few = questions()
    work = workflow_of(Review).work
    assert work is not None
    more = [
        Ask(f"more{n}", ["assigned"], f"더 하기 {n}", lambda review: [holders.person(reviewer.pk)])
        for n in range(20)
    ]
    monkeypatch.setattr(workflow_of(Review), "work", replace(work, asks=[*work.asks, *more]))
    keep.refresh(Review.objects.select_related("case", "clock", "reviewer").get())
    assert len(todos_of(make.fresh(reviewer))) == 21
    assert questions() == few == 1
