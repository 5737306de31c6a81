"""The tree of departments and its dated changes (O1)."""

import datetime as dt
from typing import Any

import pytest

from basis.errors import Refused, Rejected
from benchmarking.models import Review
from core.duties import run_due
from core.editing import Conflict
from core.now import pretend
from organization.enums import DepartmentKind, DepartmentRole, Position, Role
from organization.models import Department, DepartmentChange, Posting, User
from organization.selectors import department_held
from organization.services import departments
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
TODAY = dt.date(2026, 3, 2)
LATER = dt.date(2026, 4, 1)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with pretend(TODAY):
        yield


@pytest.fixture
def admin() -> User:
    return make.UserFactory(roles=[Role.ADMINISTRATOR])


def again(department: Department) -> Department:
    return Department.objects.get(pk=department.pk)


def found(**values: Any) -> Department:
    given = {
        "code": "N1",
        "name": "미래전략과",
        "kind": DepartmentKind.DIVISION,
        "parent": None,
        "valid_from": TODAY,
    }
    return departments.create(**{**given, **values})


def test_o1_only_administrators_change_the_tree() -> None:
    department = make.DepartmentFactory()
    for actor in (make.planner(), make.UserFactory(), make.UserFactory(roles=[Role.AUDITOR])):
        with pytest.raises(Refused, match="시스템 관리자"):
            found(actor=actor)
        with pytest.raises(Refused):
            departments.rename(department, actor=actor, name="새이름과", effective_on=TODAY)
        with pytest.raises(Refused):
            departments.abolish(department, actor=actor, effective_on=TODAY)
    assert not DepartmentChange.objects.exists()


def test_o1_founding_is_written_down(admin: User) -> None:
    bureau = make.DepartmentFactory(kind=DepartmentKind.BUREAU)
    department = found(actor=admin, parent=bureau, document="총무과-1")
    change = department.changes.get()
    assert (change.kind, change.effective_on, change.document) == ("create", TODAY, "총무과-1")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "USED"}, "code"),
        ({"name": "있는과"}, "name"),
        ({"role": DepartmentRole.IT}, "role"),
        ({"kind": DepartmentKind.TEAM}, "parent"),
    ],
)
def test_o1_what_cannot_be_founded(admin: User, values: dict[str, Any], field: str) -> None:
    make.DepartmentFactory(code="USED", name="있는과", role=DepartmentRole.IT)
    with pytest.raises(Rejected) as refused:
        found(actor=admin, **values)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("kind", "parent_kind", "allowed"),
    [
        ("bureau", "office", True),
        ("division", "bureau", True),
        ("dong", "bureau", True),
        ("team", "division", True),
        ("team", "dong", True),
        ("division", "division", False),
        ("division", "dong", False),
        ("bureau", "division", False),
        ("team", "team", False),
    ],
)
def test_o1_a_parent_stands_higher(admin: User, kind: str, parent_kind: str, allowed: bool) -> None:
    parent = make.DepartmentFactory(kind=parent_kind)
    if allowed:
        assert found(actor=admin, kind=kind, parent=parent).parent == parent
    else:
        with pytest.raises(Rejected, match="더 높은 단계"):
            found(actor=admin, kind=kind, parent=parent)


def test_o1_past_names_are_kept(admin: User) -> None:
    department = make.DepartmentFactory(name="전산과", valid_from=dt.date(2020, 1, 1))
    with pretend(dt.date(2022, 1, 1)):
        departments.rename(department, actor=admin, name="정보통신과", effective_on=dt.date(2022, 1, 1))
    departments.rename(department, actor=admin, name="전산정보과", effective_on=TODAY)
    department = again(department)
    assert department.name == "전산정보과"
    assert list(department.changes.values_list("effective_on", "old_name", "new_name")) == [
        (dt.date(2022, 1, 1), "전산과", "정보통신과"),
        (TODAY, "정보통신과", "전산정보과"),
    ]


def test_o1_a_coming_change_takes_effect_on_its_day_and_once(admin: User) -> None:
    department = make.DepartmentFactory(name="홍보과")
    departments.rename(department, actor=admin, name="소통과", effective_on=LATER)
    assert again(department).name == "홍보과"
    assert run_due(LATER - dt.timedelta(days=1))["departments"] == 0
    assert run_due(LATER + dt.timedelta(days=3))["departments"] == 1  # ticks were missed
    assert again(department).name == "소통과"
    assert department.changes.values_list("effective_on", "old_name", "new_name").get() == (
        LATER, "홍보과", "소통과",
    )  # fmt: skip
    assert run_due(LATER + dt.timedelta(days=3))["departments"] == 0


def test_o1_a_planned_change_can_be_taken_back(admin: User) -> None:
    department = make.DepartmentFactory(name="홍보과")
    change = departments.rename(department, actor=admin, name="소통과", effective_on=LATER)
    departments.withdraw(change, actor=admin)
    assert run_due(LATER)["departments"] == 0
    assert again(department).name == "홍보과"
    with pytest.raises(Rejected, match="이미"):
        departments.withdraw(change, actor=admin)


def test_o1_one_change_of_a_kind_waits_at_a_time(admin: User) -> None:
    department = make.DepartmentFactory()
    departments.rename(department, actor=admin, name="하나과", effective_on=LATER)
    with pytest.raises(Rejected, match="이미 예정"):
        departments.rename(department, actor=admin, name="둘과", effective_on=LATER)
    with pytest.raises(Rejected, match="먼저 취소"):
        departments.abolish(department, actor=admin, effective_on=LATER)


def test_o1_history_is_not_rewritten(admin: User) -> None:
    department = make.DepartmentFactory(valid_from=dt.date(2020, 1, 1))
    departments.rename(department, actor=admin, name="가과", effective_on=TODAY)
    with pytest.raises(Rejected) as refused:
        departments.rename(department, actor=admin, name="나과", effective_on=TODAY - dt.timedelta(days=1))
    assert refused.value.field == "effective_on"
    with pytest.raises(Rejected, match="설치일"):
        departments.rename(
            make.DepartmentFactory(valid_from=TODAY), actor=admin, name="다과", effective_on=TODAY
        )


def test_o1_moving(admin: User) -> None:
    old, new = (make.DepartmentFactory(kind=DepartmentKind.BUREAU) for _n in range(2))
    department = make.DepartmentFactory(parent=old)
    departments.move(department, actor=admin, parent=new, effective_on=TODAY)
    assert again(department).parent == new
    assert department.changes.get().old_parent == old
    with pytest.raises(Rejected, match="지금과 다른"):
        departments.move(again(department), actor=admin, parent=new, effective_on=TODAY)
    team = make.DepartmentFactory(kind=DepartmentKind.TEAM, parent=department)
    with pytest.raises(Rejected):
        departments.move(old, actor=admin, parent=team, effective_on=TODAY)


def test_o1_merging_hands_over_people_teams_function_and_open_work(admin: User) -> None:
    old = make.DepartmentFactory(role=DepartmentRole.IT)
    new = make.DepartmentFactory()
    make.head_of(new)
    team = make.DepartmentFactory(kind=DepartmentKind.TEAM, parent=old)
    person = make.UserFactory(department=old, position=Position.TEAM_LEADER)
    make.head_of(old)
    review, done = make.ReviewFactory(department=old), make.ReviewFactory(department=old)
    done = make.answered(done)
    departments.merge(old, actor=admin, successor=new, effective_on=TODAY, document="조례")

    old, new = again(old), again(new)
    assert (old.valid_to, old.successor, new.role) == (TODAY - dt.timedelta(days=1), new, DepartmentRole.IT)
    assert again(team).parent == new
    assert make.fresh(person).department == new
    assert department_held(person.pk, TODAY - dt.timedelta(days=1)) == old
    assert department_held(person.pk, TODAY) == new
    assert make.fresh(person).position == Position.TEAM_LEADER
    assert Review.objects.get(pk=review.pk).department == new
    assert Review.objects.get(pk=done.pk).department == old  # past cases keep the department they had
    assert Review.objects.get(pk=done.pk).department_name == old.name


def test_o1_a_planned_merger_moves_those_who_are_there_on_the_day(admin: User) -> None:
    old, new, elsewhere = make.DepartmentFactory(), make.DepartmentFactory(), make.DepartmentFactory()
    stays, leaves = make.UserFactory(department=old), make.UserFactory(department=old)
    leaves.postings.update(valid_to=LATER + dt.timedelta(days=4))
    going = Posting.objects.create(
        user=leaves, department=elsewhere, position="officer", valid_from=LATER + dt.timedelta(days=5)
    )
    departments.merge(old, actor=admin, successor=new, effective_on=LATER)
    assert make.fresh(stays).department == old
    run_due(LATER)
    assert make.fresh(stays).department == make.fresh(leaves).department == new
    run_due(going.valid_from)
    assert make.fresh(leaves).department == elsewhere
    assert department_held(leaves.pk, LATER + dt.timedelta(days=4)) == new
    assert not old.staff.exists()


def test_o1_nobody_is_sent_to_a_department_about_to_end(admin: User) -> None:
    old, new = make.DepartmentFactory(), make.DepartmentFactory()
    departments.merge(old, actor=admin, successor=new, effective_on=LATER)
    with pytest.raises(Rejected, match="없는 부서"):
        departments.merge(make.DepartmentFactory(), actor=admin, successor=old, effective_on=LATER)
    team = make.DepartmentFactory(kind=DepartmentKind.TEAM, parent=new)
    with pytest.raises(Rejected, match="없는 부서"):
        departments.move(team, actor=admin, parent=old, effective_on=LATER)


def test_o1_abolishing_without_successor_says_everything_that_is_left(admin: User) -> None:
    department = make.DepartmentFactory(role=DepartmentRole.IT)
    make.head_of(department)
    make.DepartmentFactory(kind=DepartmentKind.TEAM, parent=department)
    make.ReviewFactory(department=department)
    with pytest.raises(Rejected) as refused:
        departments.abolish(department, actor=admin, effective_on=TODAY)
    for part in ("직원 1명", "하위 부서 1개", "진행 중 검토 1건", "전산"):
        assert part in refused.value.message
    assert again(department).valid_to is None


def test_o1_an_empty_department_can_be_abolished(admin: User) -> None:
    department = make.DepartmentFactory()
    departments.abolish(department, actor=admin, effective_on=TODAY)
    assert again(department).valid_to == TODAY - dt.timedelta(days=1)
    assert department not in Department.objects.open_on(TODAY)
    assert department in Department.objects.open_on(TODAY - dt.timedelta(days=1))
    with pytest.raises(Rejected, match="폐지된"):
        departments.rename(again(department), actor=admin, name="다시과", effective_on=TODAY)


def test_o1_an_ending_is_not_entered_late(admin: User) -> None:
    with pytest.raises(Rejected, match="오늘 또는 이후"):
        departments.abolish(make.DepartmentFactory(), actor=admin, effective_on=TODAY - dt.timedelta(days=1))


def test_o1_what_cannot_take_effect_waits_and_says_why(admin: User) -> None:
    department = make.DepartmentFactory()
    change = departments.abolish(department, actor=admin, effective_on=LATER)
    person = make.UserFactory(department=department)
    assert run_due(LATER)["departments"] == 0
    change.refresh_from_db()
    assert "직원 1명" in change.blocked
    assert change.applied_at is None
    with pretend(LATER):
        departments.withdraw(change, actor=admin)
    assert make.fresh(person).department == department


def test_o1_functions_do_not_pile_up(admin: User) -> None:
    planning = make.DepartmentFactory(role=DepartmentRole.PLANNING)
    it = make.DepartmentFactory(role=DepartmentRole.IT)
    with pytest.raises(Rejected, match="겹칩니다"):
        departments.merge(it, actor=admin, successor=planning, effective_on=TODAY)


def test_corrections_of_two_people_do_not_overwrite_each_other(admin: User) -> None:
    department = make.DepartmentFactory(order=10)
    seen = department.version
    departments.edit(department, {"order": 20}, actor=admin, version=seen)
    with pytest.raises(Conflict, match="20"):
        departments.edit(department, {"order": 30}, actor=admin, version=seen)
    assert again(department).order == 20


def test_a_correction_keeps_the_tree_in_order(admin: User) -> None:
    bureau = make.DepartmentFactory(kind=DepartmentKind.BUREAU)
    make.DepartmentFactory(parent=bureau)
    with pytest.raises(Rejected) as refused:
        departments.edit(bureau, {"kind": DepartmentKind.DIVISION}, actor=admin, version=bureau.version)
    assert refused.value.field == "parent"
