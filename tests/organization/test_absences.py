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
from tests.threads import in_hand

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


def notices(user: User) -> list[str]:
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("title", flat=True))


def test_o5_who_is_made_absent_by_another_is_told_at_once_and_can_end_it() -> None:
    user, substitute = people(2)
    planner = make.planner()
    absence = leave(user, substitute, actor=planner)
    assert notices(user) == ["다른 직원이 내 부재를 등록했습니다"]
    absences.cancel(absence, actor=make.fresh(user))
    assert notices(user) == ["다른 직원이 내 부재를 등록했습니다"]
    assert principals(make.fresh(substitute)) == []


def test_d9_nobody_takes_anothers_rights_by_making_them_absent() -> None:
    user, substitute = people(2)
    planner = make.planner()
    with pytest.raises(Rejected, match="자신을 대직자로") as refused:
        leave(user, planner, actor=planner)
    assert refused.value.field == "substitute"
    last = TODAY + dt.timedelta(days=89)
    with pytest.raises(Rejected, match="90일까지"):
        leave(user, substitute, end=last + dt.timedelta(days=1), actor=planner)
    leave(user, substitute, end=last, actor=planner)
    assert leave(planner, substitute, end=last + dt.timedelta(days=200))  # one's own may last


def test_o5_an_absence_is_changed_by_whom_it_concerns() -> None:
    user, substitute, other, colleague = people(4)
    absence = leave(user, substitute)
    values = {"substitute": other, "start": TODAY, "end": FRIDAY, "reason": "교육"}
    with pytest.raises(Refused):
        absences.change(absence, actor=colleague, **values)
    absences.change(absence, actor=user, **values)
    assert (principals(make.fresh(other)), principals(make.fresh(substitute))) == ([user], [])
    assert notices(substitute)[-1].startswith("대직이 끝났습니다")
    assert notices(other) == [f"대직자로 지정되었습니다: {user.full_label}"]
    later = dt.date(2026, 3, 12)
    absences.change(absence, actor=user, **{**values, "end": later})
    absence.refresh_from_db()
    assert (absence.end, len(notices(other))) == (later, 2)


def test_o5_another_substitute_on_the_way_leaves_what_has_passed() -> None:
    user, substitute, other = people(3)
    absence = leave(user, substitute)
    with pretend(TODAY + dt.timedelta(days=2)):
        values = {"substitute": other, "start": TODAY, "end": FRIDAY, "reason": "연가"}
        absences.change(absence, actor=user, **values)
        assert principals(make.fresh(other)) == [user]
        assert principals(make.fresh(substitute)) == []
    rows = list(Absence.objects.order_by("start").values_list("substitute", "start", "end"))
    wednesday = TODAY + dt.timedelta(days=2)
    assert rows == [
        (substitute.pk, TODAY, wednesday - dt.timedelta(days=1)), (other.pk, wednesday, FRIDAY),
    ]  # fmt: skip


def test_o5_my_page_shows_whom_i_stand_in_for_and_when(client: Any) -> None:
    user, substitute = people(2)
    leave(user, substitute, start=FRIDAY, end=FRIDAY)
    client.force_login(substitute)
    page = client.get("/me/").content.decode()
    assert user.full_label in page
    assert "2026. 3. 6." in page
    assert "예정" in page
    client.force_login(user)
    absence = Absence.objects.get()
    assert f"/manage/absences/{absence.pk}/change/" in client.get("/me/").content.decode()
    typed = {"start": FRIDAY, "end": FRIDAY, "substitute": substitute.pk, "reason": "교육"}
    answer = client.post(f"/manage/absences/{absence.pk}/change/", typed)
    assert answer.status_code in (302, 422)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_o5_two_who_name_each_other_at_once_see_one_another() -> None:
    user, substitute = people(2)

    def name() -> None:
        with pretend(TODAY):
            leave(user, substitute)

    with in_hand(User.objects.filter(pk=substitute.pk), name) as waits:
        assert waits
