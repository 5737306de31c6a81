"""Rights that pass to a substitute and those that do not (O3, O5). Addresses × roles: test_permission_matrix.py."""

import datetime as dt

import pytest

from basis.errors import Refused
from benchmarking.models import Case, FollowUp, Review
from core.now import pretend
from core.permissions import can, ensure, whose_right
from organization.enums import Role
from organization.models import User
from tests.factories import (
    CaseFactory,
    ReviewFactory,
    UserFactory,
    answered,
    away,
    fresh,
    head,
    moved,
    planner,
)
from tests.shared import lived_on

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 10)
_today = lived_on(DAY)


def sees(user: User, thing: Case | Review | FollowUp) -> bool:
    return type(thing).objects.visible_to(fresh(user)).filter(pk=thing.pk).exists()


def test_o5_a_right_is_ones_own_before_it_is_anothers() -> None:
    review, other = ReviewFactory(), planner()
    away(head(review), other, DAY, DAY)
    assert whose_right(fresh(other), "benchmarking.assign", review) == other
    assert whose_right(fresh(other), "benchmarking.confirm", review) == head(review)


def test_o5_rights_go_along_the_chain_for_the_days_of_all_absences_only() -> None:
    review, (first, second) = ReviewFactory(), UserFactory.create_batch(2)
    away(head(review), first, DAY, DAY + dt.timedelta(days=2))
    away(first, second, DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=5))
    for days, expected in enumerate([(True, False), (True, True), (True, True), (False, False)]):
        with pretend(DAY + dt.timedelta(days=days)):
            may = tuple(can(fresh(person), "benchmarking.confirm", review) for person in (first, second))
            assert may == expected, days


def test_o5_a_ring_of_absences_ends() -> None:
    one, other = UserFactory.create_batch(2)
    away(one, other, DAY, DAY)
    away(other, one, DAY, DAY)
    assert not can(fresh(one), "benchmarking.plan")
    away(planner(), one, DAY, DAY)
    assert can(fresh(one), "benchmarking.plan")
    assert can(fresh(other), "benchmarking.plan")


@pytest.mark.parametrize("name", ["organization.manage", "organization.view_logs", "policies.change"])
def test_o5_personal_rights_pass_to_nobody(name: str) -> None:
    chief = UserFactory(roles=[Role.ADMINISTRATOR, Role.PLANNING])
    substitute = UserFactory()
    away(chief, substitute, DAY, DAY)
    assert can(fresh(chief), name)
    assert not can(fresh(substitute), name)
    assert can(fresh(substitute), "benchmarking.plan")


def test_o5_a_cancelled_absence_gives_no_rights_and_a_closed_account_has_none_to_give() -> None:
    review, substitute = ReviewFactory(), UserFactory()
    chief = head(review)
    absence = away(chief, substitute, DAY, DAY)
    assert can(fresh(substitute), "benchmarking.confirm", review)
    User.objects.filter(pk=chief.pk).update(is_active=False)
    assert not can(fresh(substitute), "benchmarking.confirm", review)
    User.objects.filter(pk=chief.pk).update(is_active=True)
    absence.cancelled_at = dt.datetime(2026, 9, 10, tzinfo=dt.UTC)
    absence.save()
    assert not can(fresh(substitute), "benchmarking.confirm", review)


def test_d4_a_closed_account_may_nothing() -> None:
    user = planner()
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not can(fresh(user), "benchmarking.plan")
    assert not can(fresh(user), "benchmarking.view")


def test_a_right_nobody_declared_is_a_mistake_not_a_no() -> None:
    with pytest.raises(LookupError):
        can(planner(), "benchmarking.no_such_right")


def test_refusals_say_who_can() -> None:
    with pytest.raises(Refused) as refused:
        ensure(UserFactory(), "benchmarking.dispatch")
    assert refused.value.message == "부서에 보내기는 기획예산과 담당자가 할 수 있습니다."


def test_o3_roles_count_on_their_days_only() -> None:
    user = UserFactory(roles=[Role.PLANNING])
    user.role_assignments.update(valid_from=DAY, valid_to=DAY)
    for days, expected in ((-1, False), (0, True), (1, False)):
        with pretend(DAY + dt.timedelta(days=days)):
            assert can(fresh(user), "benchmarking.plan") is expected


# ------------------------------------------------------------------------------------------ who sees what


def test_b8_a_case_is_seen_by_those_asked_its_finder_and_once_decided_by_all_staff() -> None:
    finder, stranger, outsider = UserFactory(), UserFactory(), UserFactory(department=None)
    case = CaseFactory(found_by=finder)
    review = ReviewFactory(case=case)
    colleague = UserFactory(department=review.department)
    everybody = (finder, colleague, planner(), stranger, outsider)
    assert [sees(user, case) for user in everybody] == [True, True, True, False, False]
    answered(review, "long_term")
    assert [sees(user, case) for user in everybody] == [True, True, True, True, False]
    ReviewFactory(case=case)  # under review again, what was decided stays shared
    assert sees(stranger, case)


def test_b8_a_review_is_seen_by_its_department_also_after_the_decision() -> None:
    review = answered(ReviewFactory(), "adopt")
    follow_up = FollowUp.objects.get()
    colleague, stranger = UserFactory(department=review.department), UserFactory()
    for thing in (review, follow_up):
        assert [sees(user, thing) for user in (colleague, planner(), stranger)] == [True, True, False]


@pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.AUDITOR])
def test_o3_executives_and_audit_read_everything_and_change_nothing(role: Role) -> None:
    review, reader = ReviewFactory(), UserFactory(roles=[role])
    assert sees(reader, review)
    assert sees(reader, review.case)
    for name in ("dispatch", "plan", "assign", "review", "confirm", "decide_clock", "ask_clock"):
        assert not can(reader, f"benchmarking.{name}", review), name


def test_o5_a_substitute_sees_what_the_absent_sees_as_long_as_they_are_away() -> None:
    review, substitute = ReviewFactory(), UserFactory()
    away(head(review), substitute, DAY, DAY)
    assert sees(substitute, review)
    with pretend(DAY + dt.timedelta(days=1)):
        assert not sees(substitute, review)


def test_o2_who_moves_away_leaves_the_departments_work_behind() -> None:
    review = ReviewFactory()
    officer, elsewhere = UserFactory(department=review.department), UserFactory()
    moved(officer, elsewhere.department)
    assert not sees(officer, review)
