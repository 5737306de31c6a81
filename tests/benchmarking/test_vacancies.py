"""Departments without a head: the bureau's head leads them, failing that planning (O3, O5, B3, B4)."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused
from benchmarking.enums import Decision
from benchmarking.models import FollowUp, Review
from core.permissions import can
from core.transition import history
from notifications.models import Notice
from notifications.selectors import todos_of as todos
from organization.enums import DepartmentKind, Position
from organization.models import Department, User
from organization.selectors import leaders_of, led_by
from reviews.enums import ReviewState
from reviews.services import reviews
from tests import factories as make
from tests.benchmarking.reviewing import again
from tests.shared import lived_on

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
_today = lived_on(DAY)


def bureau_with_head() -> tuple[Department, User]:
    bureau = make.DepartmentFactory(kind=DepartmentKind.BUREAU)
    return bureau, make.UserFactory(department=bureau, position=Position.BUREAU_HEAD)


def headless(parent: Department | None = None) -> tuple[Review, User]:
    """A review asked of a department that has an officer and no head, and the officer."""
    department = make.DepartmentFactory(parent=parent)
    officer = make.UserFactory(department=department)
    return make.ReviewFactory(department=department), officer


def submitted(review: Review, officer: User) -> Review:
    reviews.take(review, actor=officer)
    return reviews.submit(review, make.answer(Decision.ADOPT), actor=officer)


def verbs(user: User) -> list[str]:
    return [todo.verb for todo in todos(make.fresh(user)) if todo.kind == "benchmarking.review"]


def told(kind: str) -> set[User]:
    return {notice.recipient for notice in Notice.objects.filter(kind=f"benchmarking.{kind}")}


def may(user: User, name: str, review: Review) -> bool:
    return can(make.fresh(user), f"benchmarking.{name}", review)


def test_b4_the_bureaus_head_confirms_where_a_department_has_none() -> None:
    bureau, chief = bureau_with_head()
    review, officer = headless(bureau)
    assert told("dispatched") == {chief, officer}
    assert verbs(chief) == ["검토자 지정하기"]
    submitted(review, officer)
    assert told("submitted") == {chief}
    assert verbs(chief) == ["확인하기"]
    assert verbs(make.planner()) == []
    with pytest.raises(Refused, match="국장도 없으면"):
        reviews.confirm(review, actor=make.planner())
    reviews.confirm(review, actor=make.fresh(chief))
    log = history(review).last()
    assert log is not None
    assert (again(review).state, log.actor, log.principal) == (ReviewState.COMPLETED, chief, None)


def test_b4_planning_confirms_where_nobody_is_above() -> None:
    review, officer = headless()
    assert told("dispatched") == {make.planner(), officer}
    assert verbs(make.planner()) == ["검토자 지정하기"]
    submitted(review, officer)
    assert (told("submitted"), verbs(make.planner())) == ({make.planner()}, ["확인하기"])
    reviews.confirm(review, actor=make.planner())
    assert again(review).state == ReviewState.COMPLETED


def test_o3_who_leads_neither_writes_nor_asks_in_the_departments_place() -> None:
    bureau, chief = bureau_with_head()
    review, _officer = headless(bureau)
    assert [may(chief, name, review) for name in ("assign", "confirm", "review", "ask_clock", "take")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_o3_a_head_leaves_and_comes_and_rights_follow_at_once() -> None:
    bureau, chief = bureau_with_head()
    department = make.DepartmentFactory(parent=bureau)
    head = make.head_of(department)
    review = make.ReviewFactory(department=department)
    for active, who in ((True, head), (False, chief), (True, head)):
        User.objects.filter(pk=head.pk).update(is_active=active)
        assert leaders_of(department.pk) == [who]
        assert (may(chief, "confirm", review), may(head, "confirm", review)) == (who == chief, who == head)


def test_o5_a_head_who_is_away_leads_through_the_substitute_and_nobody_above() -> None:
    bureau, chief = bureau_with_head()
    department = make.DepartmentFactory(parent=bureau)
    head, substitute = make.head_of(department), make.UserFactory()
    make.away(head, substitute, DAY, DAY)
    review = make.ReviewFactory(department=department)
    assert (may(substitute, "confirm", review), may(chief, "confirm", review)) == (True, False)


def test_o5_who_stands_in_for_the_bureaus_head_confirms_and_sees_it() -> None:
    bureau, chief = bureau_with_head()
    review, officer = headless(bureau)
    substitute = make.UserFactory()
    make.away(chief, substitute, DAY, DAY)
    submitted(review, officer)
    assert substitute in told("submitted")
    assert verbs(substitute) == ["확인하기"]
    assert Review.objects.visible_to(make.fresh(substitute)).get() == review
    reviews.confirm(review, actor=make.fresh(substitute))
    log = history(review).last()
    assert log is not None
    assert (log.actor, log.principal) == (substitute, chief)


def test_o3_a_bureaus_head_sees_what_is_led_for_want_of_a_head_and_no_more() -> None:
    bureau, chief = bureau_with_head()
    review, _officer = headless(bureau)
    other = make.ReviewFactory(department=make.head_of(make.DepartmentFactory(parent=bureau)).department)
    assert list(Review.objects.visible_to(make.fresh(chief))) == [review]
    assert not may(chief, "confirm", other)


def test_o3_rights_and_notices_go_by_the_same_people() -> None:
    """Over every kind of place in the tree."""
    office = make.DepartmentFactory(kind=DepartmentKind.OFFICE)
    bureau, chief = bureau_with_head()
    Department.objects.filter(pk=bureau.pk).update(parent=office)
    empty_bureau = make.DepartmentFactory(kind=DepartmentKind.BUREAU, parent=office)
    places = [make.DepartmentFactory(parent=parent) for parent in (bureau, empty_bureau, office, None)]
    led = make.head_of(make.DepartmentFactory(parent=bureau))
    make.DepartmentFactory(kind=DepartmentKind.TEAM, parent=led.department)
    people = [chief, led, make.planner(), make.UserFactory(department=places[0])]
    for department in Department.objects.all():
        leaders = set(leaders_of(department.pk))
        assert leaders
        assert leaders == {user for user in people if department.pk in led_by(make.fresh(user))}, department
    assert [leaders_of(place.pk) for place in places] == [[chief], *[[make.planner()]] * 3]


def test_b7_who_leads_is_asked_to_report_when_the_reviewer_has_gone() -> None:
    bureau, chief = bureau_with_head()
    review, officer = headless(bureau)
    submitted(review, officer)
    reviews.confirm(review, actor=make.fresh(chief))
    make.moved(officer, make.DepartmentFactory())
    assert [todo.verb for todo in todos(make.fresh(chief))] == ["업무반영 보고하기"]
    assert can(make.fresh(chief), "benchmarking.follow_up", FollowUp.objects.get())


def test_b3_planning_sees_before_sending_which_departments_have_no_head() -> None:
    make.head_of(make.DepartmentFactory(name="교통행정과"))
    make.DepartmentFactory(name="복지정책과")
    client = Client()
    client.force_login(make.planner())
    url = reverse("benchmarking:dispatch", args=[make.CaseFactory().pk])
    text = client.get(url).content.decode()
    assert text.count('label="부서장 없음"') == 2  # 복지정책과, and 기획예산과 of the tests


def test_b3_planning_finds_the_button_to_name_a_reviewer() -> None:
    review, _officer = headless()
    client = Client()
    client.force_login(make.planner())
    text = client.get(review.get_absolute_url()).content.decode()
    assert reverse("benchmarking:review_assign", args=[review.pk]) in text


def test_b3_recalling_from_a_department_without_a_head_tells_those_who_were_told() -> None:
    review, officer = headless()
    reviews.recall(review, reason="잘못", actor=make.planner())
    assert told("recalled") == {make.planner(), officer}
