"""Absences and who stands in (O5)."""

import datetime as dt
from typing import Any

import pytest

from basis.errors import Refused, Rejected
from core.now import pretend
from core.permissions import can, whose_right
from notifications.models import Notice
from organization.enums import Role
from organization.models import Absence, User
from organization.selectors import principals, reachable
from organization.services import absences
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)
FRIDAY = dt.date(2026, 3, 6)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with pretend(TODAY):
        yield


def leave(
    user: User, substitute: User, start: dt.date = TODAY, end: dt.date = FRIDAY, **values: Any
) -> Absence:
    given = {"actor": user, "reason": "연가", **values}
    return absences.create(user=user, substitute=substitute, start=start, end=end, **given)


def people(count: int) -> list[User]:
    return [make.UserFactory() for _n in range(count)]


def test_o5_the_substitute_may_act_during_the_days_and_not_outside() -> None:
    planner, substitute = make.planner(), make.UserFactory()
    leave(planner, substitute, start=FRIDAY, end=FRIDAY)
    assert not can(make.fresh(substitute), "benchmarking.dispatch")
    with pretend(FRIDAY):
        assert whose_right(make.fresh(substitute), "benchmarking.dispatch") == planner
        assert reachable(planner) == substitute
    with pretend(FRIDAY + dt.timedelta(days=1)):
        assert not can(make.fresh(substitute), "benchmarking.dispatch")
        assert reachable(planner) == planner


def test_o5_the_substitute_is_told_and_told_when_it_is_over() -> None:
    user, substitute = people(2)
    absence = leave(user, substitute)
    absences.cancel(absence, actor=user)
    titles = list(Notice.objects.filter(recipient=substitute).order_by("pk").values_list("title", flat=True))
    assert titles == [f"대직자로 지정되었습니다: {user.full_label}", f"대직이 끝났습니다: {user.full_label}"]


def test_o5_rights_over_accounts_and_policies_never_pass_on() -> None:
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR, Role.PLANNING])
    substitute = make.UserFactory()
    leave(admin, substitute)
    substitute = make.fresh(substitute)
    assert can(substitute, "benchmarking.dispatch")
    for name in ("organization.manage", "organization.view_logs", "policies.change"):
        assert not can(substitute, name)


def test_o5_substitution_is_chained() -> None:
    first, second, third = people(3)
    leave(first, second)
    leave(second, third)
    assert {p.pk for p in principals(make.fresh(third))} == {first.pk, second.pk}
    assert [p.pk for p in principals(make.fresh(second))] == [first.pk]
    assert reachable(first) == third


def test_o5_a_loop_is_refused_and_harmless_where_it_exists() -> None:
    first, second, third = people(3)
    leave(first, second)
    leave(second, third)
    with pytest.raises(Rejected, match="다시 부재자에게") as refused:
        leave(third, first)
    assert refused.value.field == "substitute"
    leave(third, first, start=FRIDAY + dt.timedelta(days=3), end=FRIDAY + dt.timedelta(days=4))  # other days
    Absence.objects.create(user=third, substitute=first, start=TODAY, end=TODAY, reason="연가")
    assert reachable(first) == first
    assert {p.pk for p in principals(make.fresh(first))} == {second.pk, third.pk}


def test_o5_a_loop_of_days_that_never_meet_is_none() -> None:
    first, second = people(2)
    leave(second, first, start=TODAY, end=TODAY)
    leave(first, second, start=FRIDAY, end=FRIDAY)
    assert Absence.objects.count() == 2


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (FRIDAY, TODAY, "end"),
        (dt.date(2026, 2, 1), dt.date(2026, 2, 3), "end"),
        (dt.date(2026, 3, 5), dt.date(2026, 3, 12), "start"),
    ],
)
def test_o5_days_that_will_not_do(start: dt.date, end: dt.date, field: str) -> None:
    user, substitute = people(2)
    leave(user, substitute)
    with pytest.raises(Rejected) as refused:
        leave(user, substitute, start=start, end=end)
    assert refused.value.field == field


def test_o5_people_who_will_not_do() -> None:
    user = make.UserFactory()
    outsider = make.UserFactory(department=None, position="external")
    for substitute in (user, make.UserFactory(is_active=False), outsider):
        with pytest.raises(Rejected) as refused:
            leave(user, substitute)
        assert refused.value.field == "substitute"


def test_o5_a_substitute_who_is_disabled_meanwhile_no_longer_acts() -> None:
    planner, substitute = make.planner(), make.UserFactory()
    leave(planner, substitute)
    User.objects.filter(pk=substitute.pk).update(is_active=False)
    assert not can(make.fresh(substitute), "benchmarking.dispatch")
    assert reachable(planner) == planner


def test_others_absences_are_for_planning_and_administrators() -> None:
    user, substitute, colleague = people(3)
    with pytest.raises(Refused):
        leave(user, substitute, actor=colleague)
    absence = leave(user, substitute, actor=make.planner())
    with pytest.raises(Refused):
        absences.cancel(absence, actor=colleague)
    with pytest.raises(Refused):
        absences.cancel(absence, actor=make.fresh(substitute))
    assert user in User.objects.filter(absences__in=Absence.objects.visible_to(make.fresh(substitute)))
    assert not Absence.objects.visible_to(colleague).exists()


def test_o5_coming_back_early_keeps_the_days_that_have_passed() -> None:
    user, substitute = people(2)
    absence = leave(user, substitute)
    with pretend(TODAY + dt.timedelta(days=2)):
        absences.cancel(absence, actor=user)
        assert principals(make.fresh(substitute)) == []
    absence.refresh_from_db()
    assert (absence.end, absence.cancelled_at) == (TODAY + dt.timedelta(days=1), None)
    with pretend(TODAY + dt.timedelta(days=3)), pytest.raises(Rejected, match="이미 끝났거나"):
        absences.cancel(absence, actor=user)


def test_o5_not_going_at_all() -> None:
    user, substitute = people(2)
    absence = leave(user, substitute, start=FRIDAY)
    absences.cancel(absence, actor=user)
    with pretend(FRIDAY):
        assert reachable(user) == user
    leave(user, substitute)  # the days are free again
