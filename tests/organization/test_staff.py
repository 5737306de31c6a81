"""Accounts, postings and roles (O2, O3, D4)."""

import datetime as dt
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client

from basis.errors import Refused, Rejected
from core.duties import run_due
from core.now import pretend
from organization.enums import Position, Role
from organization.models import RoleAssignment, User
from organization.selectors import department_held, holders_of
from organization.services import accounts, roles, staff
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)
LATER = dt.date(2026, 4, 1)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with pretend(TODAY):
        yield


@pytest.fixture
def admin() -> User:
    return make.UserFactory(roles=[Role.ADMINISTRATOR])


def hire(admin: User, **values: Any) -> staff.NewAccount:
    given = {
        "employee_number": "200001",
        "name": "새사람",
        "position": Position.OFFICER,
        "rank": "8급",
        "valid_from": TODAY,
        "department": None,
    }
    return staff.create(actor=admin, **{**given, **values})


def test_accounts_are_for_administrators_alone() -> None:
    person = make.UserFactory()
    department = make.DepartmentFactory()
    for actor in (make.planner(), make.UserFactory(), make.UserFactory(roles=[Role.AUDITOR])):
        with pytest.raises(Refused):
            hire(actor, department=department)
        with pytest.raises(Refused):
            staff.transfer(
                person, actor=actor, department=department, position="officer", rank="", valid_from=TODAY
            )
        with pytest.raises(Refused):
            accounts.reset_password(person, actor=actor)
        with pytest.raises(Refused):
            accounts.disable(person, actor=actor)
        with pytest.raises(Refused):
            roles.grant(person, Role.PLANNING, actor=actor, reason="업무 분장")


def test_d4_the_first_password_is_known_once_and_must_be_changed(admin: User) -> None:
    account = hire(admin, department=make.DepartmentFactory())
    user = User.objects.get(employee_number="200001")
    assert user.check_password(account.password)
    assert user.must_change_password
    assert len(account.password.replace("-", "")) == 12
    logged = LogEntry.objects.get_for_object(user)
    assert all("password" not in (entry.changes or {}) for entry in logged)
    assert account.password != hire(admin, employee_number="2", department=user.department).password


def test_o2_the_posting_is_dated(admin: User) -> None:
    department = make.DepartmentFactory()
    user = hire(admin, department=department, valid_from=dt.date(2026, 1, 5)).user
    assert make.fresh(user).department == department
    assert department_held(user.pk, dt.date(2026, 1, 4)) is None
    assert department_held(user.pk, dt.date(2026, 1, 5)) == department


def test_o2_who_starts_later_belongs_nowhere_until_then(admin: User) -> None:
    department = make.DepartmentFactory()
    user = hire(admin, department=department, valid_from=LATER).user
    assert make.fresh(user).department is None
    assert run_due(LATER)["postings"] == 1
    assert make.fresh(user).department == department


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"employee_number": "USED"}, "employee_number"),
        ({"department": None}, "department"),
        ({"position": Position.EXTERNAL}, "position"),
        ({"valid_from": dt.date(2000, 1, 1)}, "department"),  # before the department was founded
    ],
)
def test_o2_what_cannot_be_an_account(admin: User, values: dict[str, Any], field: str) -> None:
    make.UserFactory(employee_number="USED")
    with pytest.raises(Rejected) as refused:
        hire(admin, **{"department": make.DepartmentFactory(), **values})
    assert refused.value.field == field


def test_o3_an_outside_judge_has_no_department(admin: User) -> None:
    user = hire(admin, position=Position.EXTERNAL).user
    assert user.department is None
    assert not user.postings.exists()


def test_o2_transfers_count_from_their_day(admin: User) -> None:
    user, new = make.UserFactory(), make.DepartmentFactory()
    old = user.department
    staff.transfer(user, actor=admin, department=new, position="team_leader", rank="6급", valid_from=TODAY)
    user = make.fresh(user)
    assert (user.department, user.position, user.rank) == (new, Position.TEAM_LEADER, "6급")
    assert department_held(user.pk, TODAY - dt.timedelta(days=1)) == old
    assert department_held(user.pk, TODAY) == new
    assert user.postings.filter(valid_to=None).count() == 1


def test_o2_a_coming_transfer_takes_effect_on_its_day_or_is_taken_back(admin: User) -> None:
    user, other, new = make.UserFactory(), make.UserFactory(), make.DepartmentFactory()
    old = user.department
    for person in (user, other):
        staff.transfer(person, actor=admin, department=new, position="officer", rank="", valid_from=LATER)
    assert make.fresh(user).department == old
    with pytest.raises(Rejected, match="예정되어"):
        staff.transfer(user, actor=admin, department=new, position="head", rank="", valid_from=LATER)
    staff.withdraw_transfer(other, actor=admin)
    assert run_due(LATER + dt.timedelta(days=2))["postings"] == 1
    assert make.fresh(user).department == new
    assert make.fresh(other).department != new
    assert other.postings.get().valid_to is None
    assert run_due(LATER + dt.timedelta(days=2))["postings"] == 0


def test_o2_an_earlier_day_never_undoes_a_transfer(admin: User) -> None:
    user, new = make.UserFactory(), make.DepartmentFactory()
    staff.transfer(user, actor=admin, department=new, position="officer", rank="", valid_from=TODAY)
    run_due(dt.date(2025, 7, 1))
    assert make.fresh(user).department == new


def test_o2_the_same_day_corrects_and_an_earlier_one_is_refused(admin: User) -> None:
    user, wrong, right = make.UserFactory(), make.DepartmentFactory(), make.DepartmentFactory()
    staff.transfer(user, actor=admin, department=wrong, position="officer", rank="", valid_from=TODAY)
    staff.transfer(user, actor=admin, department=right, position="officer", rank="", valid_from=TODAY)
    assert department_held(user.pk, TODAY) == right
    assert user.postings.count() == 2
    with pytest.raises(Rejected) as refused:
        staff.transfer(
            user, actor=admin, department=wrong, position="officer", rank="", valid_from=dt.date(2026, 1, 1)
        )
    assert refused.value.field == "valid_from"


def test_o3_roles_are_dated_reasoned_and_kept(admin: User) -> None:
    user = make.UserFactory()
    row = roles.grant(user, Role.PLANNING, actor=admin, reason="업무 분장", valid_from=LATER)
    assert not make.fresh(user).has_role(Role.PLANNING)
    with pretend(LATER):
        assert make.fresh(user).has_role(Role.PLANNING)
        assert user in holders_of(Role.PLANNING)
        roles.revoke(row, actor=admin, reason="인사 이동")
        assert not make.fresh(user).has_role(Role.PLANNING)
    row.refresh_from_db()
    assert (row.granted_by, row.reason, row.ended_by, row.end_reason) == (
        admin,
        "업무 분장",
        admin,
        "인사 이동",
    )
    assert RoleAssignment.objects.filter(pk=row.pk).exists()
    assert LogEntry.objects.get_for_object(row).count() == 2


def test_o3_a_role_may_have_an_end(admin: User) -> None:
    user = make.UserFactory()
    roles.grant(user, Role.JUDGE, actor=admin, reason="위촉", valid_to=LATER)
    with pretend(LATER):
        assert make.fresh(user).has_role(Role.JUDGE)
    with pretend(LATER + dt.timedelta(days=1)):
        assert not make.fresh(user).has_role(Role.JUDGE)


def test_d4_nobody_grants_to_oneself(admin: User) -> None:
    with pytest.raises(Rejected, match="자신에게는"):
        roles.grant(admin, Role.PLANNING, actor=admin, reason="필요")


def test_d4_a_role_needs_a_reason_and_is_not_granted_twice(admin: User) -> None:
    user = make.UserFactory()
    with pytest.raises(Rejected) as refused:
        roles.grant(user, Role.JUDGE, actor=admin, reason=" ")
    assert refused.value.field == "reason"
    roles.grant(user, Role.JUDGE, actor=admin, reason="위촉")
    with pytest.raises(Rejected) as refused:
        roles.grant(user, Role.JUDGE, actor=admin, reason="위촉", valid_from=LATER)
    assert refused.value.field == "role"


def test_d4_the_last_administrator_stays(admin: User) -> None:
    own = admin.role_assignments.get()
    with pytest.raises(Rejected, match="마지막"):
        roles.revoke(own, actor=admin, reason="그만둠")
    other = make.UserFactory()
    roles.grant(other, Role.ADMINISTRATOR, actor=admin, reason="대리", valid_to=LATER)
    with pytest.raises(Rejected, match="마지막"):  # the other's role ends, so it would leave nobody
        roles.revoke(own, actor=admin, reason="그만둠")
    third = make.UserFactory(roles=[Role.ADMINISTRATOR])
    accounts.disable(third, actor=admin)
    with pytest.raises(Rejected, match="마지막"):
        accounts.disable(admin, actor=make.fresh(other))
    accounts.enable(third, actor=admin)
    roles.revoke(own, actor=admin, reason="그만둠")
    assert not make.fresh(admin).has_role(Role.ADMINISTRATOR)


def test_nobody_disables_oneself(admin: User) -> None:
    make.UserFactory(roles=[Role.ADMINISTRATOR])
    with pytest.raises(Rejected, match="자신의 계정"):
        accounts.disable(admin, actor=admin)


def test_d4_a_disabled_account_is_out_at_once(admin: User, client: Client) -> None:
    user = make.UserFactory()
    client.force_login(user, backend="organization.backends.Backend")
    assert client.get("/me/").status_code == 200
    accounts.disable(user, actor=admin)
    response = client.get("/me/")
    assert response.status_code == 302
    assert response["Location"].startswith("/login/")
    assert make.fresh(user).roles == frozenset()


def test_d4_a_reset_ends_the_sessions(admin: User, client: Client) -> None:
    user = make.UserFactory()
    client.force_login(user, backend="organization.backends.Backend")
    password = accounts.reset_password(user, actor=admin)
    assert client.get("/me/").status_code == 302
    user = make.fresh(user)
    assert user.check_password(password)
    assert user.must_change_password


def test_d5_rights_and_postings_are_logged_with_before_and_after(admin: User) -> None:
    user, new = make.UserFactory(), make.DepartmentFactory()
    old = user.department_id
    staff.transfer(user, actor=admin, department=new, position="officer", rank="", valid_from=TODAY)
    changed = LogEntry.objects.get_for_object(user).filter(action=LogEntry.Action.UPDATE).first()
    assert changed.changes["department"] == [str(old), str(new.pk)]
    accounts.disable(user, actor=admin)
    changed = LogEntry.objects.get_for_object(user).first()
    assert changed.changes["is_active"] == ["True", "False"]
