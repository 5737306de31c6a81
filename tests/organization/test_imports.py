"""Departments and staff from Excel (O1, O2): all or nothing, each error beside its row."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from basis.errors import Rejected
from basis.excel.exports import get_export
from basis.excel.importer import get_importer
from organization.enums import DepartmentKind, Role
from organization.models import Department, StaffList, User
from organization.services import staff, stafflists
from scripts import messages
from tests import factories as make
from tests.basis.excel_files import taken
from tests.workbooks import book

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
ENGLISH = messages.ROOT / "locale/en/LC_MESSAGES/django.po"
BACKEND = "organization.backends.Backend"
DAY = dt.date(2026, 1, 5)
DEPARTMENTS = ["부서 코드", "부서명", "구분", "상위 부서 코드", "기능", "정렬 순서", "설치일"]
STAFF = ["직원번호", "이름", "부서", "직위", "직급", "전자우편", "발령일"]


@pytest.fixture
def admin() -> User:
    return make.UserFactory(roles=[Role.ADMINISTRATOR])


def person(number: str, code: str, **values: Any) -> list[Any]:
    given = {"name": "김직원", "position": "주무관", "rank": "7급", "email": "", "day": DAY, **values}
    return [number, given["name"], code, given["position"], given["rank"], given["email"], given["day"]]


def applied(admin: User) -> None:
    """The list just taken in, made so."""
    stafflists.begin(StaffList.objects.latest("pk"), "apply", actor=admin)


def test_o1_a_tree_comes_in_with_parents_further_up_in_the_file(admin: User) -> None:
    file = book(
        DEPARTMENTS,
        ["B1", "기획재정국", "국·소", None, None, 10, DAY],
        ["D1", "기획예산과", "과·담당관", "B1", "기획 총괄", 20, DAY],
        ["T1", "기획팀", "팀", "D1", "일반", 30, DAY],
    )
    result = taken(get_importer("departments"), file, admin)
    assert (result.saved, result.errors) == (3, [])
    team = Department.objects.get(code="T1")
    assert team.parent is not None
    assert (team.parent.code, team.parent.role) == ("D1", "planning")
    assert team.changes.get().kind == "create"


def test_o1_each_error_stands_beside_its_row_and_nothing_is_saved(admin: User) -> None:
    make.DepartmentFactory(code="USED", name="있는과", role="it")
    make.DepartmentFactory(code="GONE", valid_to=DAY)
    before = Department.objects.count()
    file = book(
        DEPARTMENTS,
        ["N1", "좋은과", "과·담당관", None, None, 1, DAY],
        ["N2", "고아과", "과·담당관", "없음", None, 1, DAY],
        ["N3", "거꾸로국", "국·소", "N1", None, 1, DAY],
        ["N4", "전산과", "과·담당관", None, "전산", 1, DAY],
        ["N5", "있는과", "과·담당관", None, None, 1, DAY],
        ["N6", "혼자팀", "팀", None, None, 1, DAY],
        ["GONE", "다른과", "과·담당관", None, None, 1, DAY],
        ["N1", "또과", "과·담당관", None, None, 1, DAY],
        ["N9", None, "과·담당관", None, None, 1, "2026-02-30"],
    )
    result = taken(get_importer("departments"), file, admin)
    found = [(error.row, error.column_label) for error in result.errors]
    assert found == [
        (3, "상위 부서 코드"),
        (4, "상위 부서 코드"),
        (5, "기능"),
        (6, "부서명"),
        (7, "상위 부서 코드"),
        (8, "부서 코드"),
        (9, "부서 코드"),
        (10, "부서명"),
        (10, "설치일"),
    ]
    assert Department.objects.count() == before


def test_n3_a_faulty_row_still_stands_for_those_below_it(admin: User) -> None:
    """Every fault at once, but none that is only another's echo."""
    heads = ["부서 코드", "부서명", "구분", "상위 부서 코드", "정렬 순서", "설치일"]
    upload = book(
        heads,
        ["D90", "새국", "국·소", "", -1, "내일"],
        ["D91", "새과", "과·담당관", "D90", 1, "2026-01-01"],
        ["D92", "새팀", "팀", "없음", "열", "2026-01-01"],
    )
    errors = taken(get_importer("departments"), upload, admin, dry_run=True).errors
    assert [(error.row, error.column_label) for error in errors] == [
        (2, "정렬 순서"), (2, "설치일"), (4, "상위 부서 코드"), (4, "정렬 순서"),
    ]  # fmt: skip


def test_o2_people_come_in_with_a_posting_and_without_a_password(admin: User) -> None:
    department = make.DepartmentFactory(code="D1")
    file = book(
        STAFF,
        person("300001", "D1", email="a@hanbit.example"),
        ["300002", "외부인", None, "외부위원", None, None, DAY],
    )
    assert taken(get_importer("staff"), file, admin).saved == 2
    applied(admin)
    user = User.objects.get(employee_number="300001")
    assert (user.department, user.rank, user.must_change_password) == (department, "7급", True)
    assert user.postings.get().valid_from == DAY
    assert not user.has_usable_password()
    assert User.objects.get(employee_number="300002").department is None


def test_a_number_in_full_width_is_the_one_the_log_in_asks_for(admin: User) -> None:
    make.DepartmentFactory(code="D1")
    file = book(STAFF, person("２００１２３", "D1"), person("200123", "D1"))
    result = taken(get_importer("staff"), file, admin)
    assert [(error.row, error.column_label) for error in result.errors] == [(3, "직원번호")]
    assert taken(get_importer("staff"), book(STAFF, person("２００１２３", "D1")), admin).saved == 1
    applied(admin)
    user = User.objects.get(employee_number="200123")
    with pytest.raises(Rejected, match="이미 등록된 직원번호"):
        staff.edit(admin, {"employee_number": "２００１２３"}, actor=admin, version=admin.version)
    user.set_password("long-enough-9")
    user.save()
    typed = {"username": "２００１２３", "password": "long-enough-9"}
    assert Client().post("/login/", typed).status_code == 302


def test_o2_what_is_wrong_with_people(admin: User) -> None:
    make.DepartmentFactory(code="D1", valid_from=dt.date(2026, 1, 1))
    before = User.objects.count()
    file = book(
        STAFF,
        person("1", "D1"),
        person("2", "없음"),
        person("3", ""),
        person("4", "D1", position="외부위원"),
        person("5", "D1", email="주소 아님"),
        person("6", "D1", day=dt.date(2025, 1, 1)),
        person("1", "D1"),
        person("9", "D1", position="우주인"),
        person("=1+1", "D1"),
    )
    result = taken(get_importer("staff"), file, admin)
    found = [(error.row, error.column_label) for error in result.errors]
    assert found == [
        (3, "부서"),
        (4, "부서"),
        (5, "직위"),
        (6, "전자우편"),
        (7, "부서"),
        (8, "직원번호"),
        (9, "직위"),
        (10, "직원번호"),
    ]
    assert User.objects.count() == before


def test_departments_go_round_through_export_and_import(admin: User) -> None:
    bureau = make.DepartmentFactory(name="복지국", kind=DepartmentKind.BUREAU, order=7)
    place = make.DepartmentFactory(name="기획과", parent=bureau, role="planning")
    make.DepartmentFactory(name="기획팀", kind=DepartmentKind.TEAM, parent=place)
    make.DepartmentFactory(name="없어진과", valid_to=DAY)
    User.objects.exclude(pk=admin.pk).delete()
    admin.postings.all().delete()
    User.objects.update(department=None)
    columns, rows = get_export("departments").build({})
    before = list(rows)
    heads = [column.label for column in columns]
    assert heads[: len(DEPARTMENTS)] == DEPARTMENTS
    for level in (DepartmentKind.TEAM, DepartmentKind.DIVISION, DepartmentKind.BUREAU):
        Department.objects.filter(kind=level).delete()
    result = taken(get_importer("departments"), book(heads, *map(list, before)), admin)
    assert result.errors == []
    assert list(get_export("departments").build({})[1]) == before
