"""A staff file is a comparison: previewed, applied in one go, taken back, applied again (O2)."""

import datetime as dt
import re
from collections import Counter
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from basis.errors import Rejected
from basis.excel.exports import get_export
from basis.excel.importer import get_importer
from core import jobs
from core.actors import SYSTEM
from core.now import pretend, today
from mileage import catalogue as earn
from mileage.models import Entry
from mileage.selectors.served import with_posting
from mileage.services import awards
from organization.comparison import compare
from organization.enums import DepartmentKind, Position, Role, StaffChange
from organization.excel import StaffImporter
from organization.models import Department, Posting, StaffList, User
from organization.selectors import department_held, departments_held
from organization.services import departments, staff, stafflists
from tests import factories as make
from tests.basis.excel_files import taken

pytestmark = pytest.mark.django_db
HEADS = ("직원번호", "이름", "부서", "직위", "직급", "전자우편", "발령일")
S = StaffChange


@pytest.fixture
def admin() -> User:
    return make.UserFactory(roles=[Role.ADMINISTRATOR], department=None)


def workbook(*rows: tuple[Any, ...], heads: tuple[str, ...] = HEADS) -> BytesIO:
    book = openpyxl.Workbook()
    assert book.active
    for row in (heads, *rows):
        book.active.append(row)  # type: ignore[union-attr]  # it is there
    target = BytesIO()
    book.save(target)
    target.seek(0)
    target.name = "명단.xlsx"
    return target


def taken_in(admin: User, *rows: tuple[Any, ...], **options: Any) -> StaffList:
    importer = get_importer("staff")
    result = taken(importer, workbook(*rows, **options), admin)
    assert result.ok, result.errors
    (found,) = importer.made
    return StaffList.objects.get(pk=found.pk)


def row_of(user: User, **changed: Any) -> tuple[Any, ...]:
    values = {
        "number": user.employee_number,
        "name": user.name,
        "department": user.department.name if user.department else "",
        "position": str(user.get_position_display()),
        "rank": user.rank,
        "email": user.email,
        "day": None,
    }
    return tuple({**values, **changed}.values())


def kinds(found: StaffList) -> dict[str, tuple[StaffChange, ...]]:
    return {one.number: one.kinds for one in compare(found).changes}


def test_o2_a_file_says_who_is_new_moved_renamed_returned_and_missing(admin: User) -> None:
    place, other = make.DepartmentFactory(name="복지정책과"), make.DepartmentFactory(name="총무과")
    stays, moves, renamed, missing = (make.UserFactory(department=place) for _n in range(4))
    back = make.UserFactory(department=place, is_active=False)
    found = taken_in(
        admin,
        row_of(stays),
        row_of(moves, department="총무과", position="팀장 직무대리", rank="지방행정주사(6급)"),
        row_of(renamed, name="새이름"),
        row_of(back),
        ("9001", "신규", "총무과", "", "행정9급", "", None),
    )
    assert kinds(found) == {
        stays.employee_number: (S.SAME,),
        moves.employee_number: (S.MOVED,),
        renamed.employee_number: (S.CORRECTED,),
        back.employee_number: (S.RETURNED,),
        "9001": (S.NEW,),
    }
    assert missing in compare(found).absent
    assert make.fresh(moves).department == place  # nothing changes until it is applied
    stafflists.begin(found, "apply", actor=admin)
    moved, new = make.fresh(moves), User.objects.get(employee_number="9001")
    assert (moved.department, moved.position, moved.rank) == (other, Position.TEAM_LEADER, "6급")
    assert (new.department, new.position, new.rank) == (other, Position.OFFICER, "9급")
    assert make.fresh(renamed).name == "새이름"
    assert make.fresh(back).is_active
    assert make.fresh(missing).is_active  # only who is ticked has left


def test_o2_who_is_ticked_has_left_from_the_day(admin: User) -> None:
    place = make.DepartmentFactory()
    stays, leaves = (make.UserFactory(department=place) for _n in range(2))
    found = taken_in(admin, row_of(stays))
    stafflists.edit(found, title="정기인사", day=today(), leavers=[leaves], actor=admin)
    stafflists.begin(found, "apply", actor=admin)
    assert not make.fresh(leaves).is_active
    assert department_held(leaves.pk, today()) is None
    assert department_held(leaves.pk, today() - dt.timedelta(days=1)) == place


def test_o2_nobody_leaves_before_the_day(admin: User) -> None:
    stays, leaves = make.UserFactory(), make.UserFactory()
    found = taken_in(admin, row_of(stays))
    later = today() + dt.timedelta(days=30)
    stafflists.edit(found, title="정기인사", day=later, leavers=[leaves], actor=admin)
    with pytest.raises(Rejected, match="발령일"):
        stafflists.begin(StaffList.objects.get(), "apply", actor=admin)


def test_o2_the_same_file_again_changes_nothing(admin: User) -> None:
    user, other = make.UserFactory(), make.DepartmentFactory()
    stafflists.begin(taken_in(admin, row_of(user, department=other.name)), "apply", actor=admin)
    again = taken_in(admin, row_of(make.fresh(user)))
    assert kinds(again) == {user.employee_number: (S.SAME,)}
    with pytest.raises(Rejected, match="바뀌는 내용이 없습니다"):
        stafflists.begin(again, "apply", actor=admin)


def test_o2_departments_by_code_by_the_name_of_that_day_and_by_path(admin: User) -> None:
    bureau = make.DepartmentFactory(name="복지국", kind=DepartmentKind.BUREAU)
    place = make.DepartmentFactory(name="사회복지과", parent=bureau)
    departments.rename(place, actor=admin, name="복지정책과", effective_on=today())
    then = today() - dt.timedelta(days=400)
    found = taken_in(
        admin,
        ("1", "가", place.code, "", "", "", None),
        ("2", "나", "사회복지과", "", "", "", then),
        ("3", "다", "복지국 복지정책과", "", "", "", None),
        ("4", "라", "복지정책과 생활보장팀", "팀장", "", "", None),
    )
    assert {row[3] for row in found.rows} == {place.pk}


def test_b2_every_fault_of_a_file_is_shown_at_once(admin: User) -> None:
    place = make.DepartmentFactory()
    result = taken(
        get_importer("staff"),
        workbook(
            ("1", "가", "없는과", "", "", "", None),
            ("2", "", place.name, "우주선", "", "주소 아님", None),
            ("3", "다", "", "주무관", "", "", None),
        ),
        admin,
    )
    found = [(error.row, error.column_label) for error in result.errors]
    assert found == [(2, "부서"), (3, "이름"), (3, "직위"), (3, "전자우편"), (4, "부서")]
    assert not StaffList.objects.exists()


def test_o2_a_row_before_the_present_posting_is_named_and_left_out(admin: User) -> None:
    user, other, third = make.UserFactory(), make.UserFactory(), make.DepartmentFactory()
    early = make.SINCE - dt.timedelta(days=1)
    Department.objects.update(valid_from=early)
    found = taken_in(
        admin, row_of(user, department=third.name, day=early), row_of(other, department=third.name)
    )
    (fault,) = compare(found).faults
    assert fault.number == user.employee_number
    applied = stafflists.begin(found, "apply", actor=admin)
    assert applied.job.result["left"] == [f"{user.employee_number} {user.name}"]
    assert make.fresh(other).department == third


def transfer_list(admin: User, count: int) -> tuple[StaffList, list[User], Department, Department]:
    old, new = make.DepartmentFactory(name="옛부서과"), make.DepartmentFactory(name="새부서과")
    people = [make.UserFactory(department=old) for _n in range(count)]
    found = taken_in(admin, *(row_of(user, department="새부서과") for user in people))
    return found, people, old, new


def postings() -> list[tuple[Any, ...]]:
    columns = ("user", "department", "position", "rank", "valid_from", "valid_to")
    return list(Posting.objects.order_by("user", "valid_from").values_list(*columns))


@pytest.mark.slow
def test_o2_three_hundred_transfers_applied_undone_and_applied_again(admin: User) -> None:
    """Points and statistics ask for the department of the day (O2): they follow."""
    _found, people, old, new = transfer_list(admin, 300)
    before, yesterday = postings(), today() - dt.timedelta(days=1)

    def of_today(department: Department) -> None:
        held = departments_held([(user.pk, day) for user in people for day in (yesterday, today())])
        assert {held[user.pk, yesterday] for user in people} == {old.pk}
        assert {held[user.pk, today()] for user in people} == {department.pk}
        assert {make.fresh(user).department_id for user in people[:5]} == {department.pk}

    for step, department in (("apply", new), ("undo", old), ("apply", new)):
        stafflists.begin(StaffList.objects.get(), step, actor=admin)
        jobs.run_pending()
        of_today(department)
        assert (postings() == before) == (step == "undo")


def test_o2_points_follow_the_list_and_its_undoing(admin: User) -> None:
    """Also those of before: the list is entered a week after its day."""
    found, people, old, new = transfer_list(admin, 3)
    week = today() - dt.timedelta(days=7)
    wanted = [
        awards.Award(earn.POST_IDEA, person, f"제안 {day}", day, "제안")
        for person in people
        for day in (week - dt.timedelta(days=1), week, today())
    ]
    awards.award(wanted, actor=SYSTEM)

    def entries_by_department() -> dict[str, int]:
        served = with_posting(Entry.objects.all()).values_list("served__department__name", flat=True)
        return dict(Counter(served))

    assert entries_by_department() == {old.name: 9}
    stafflists.edit(found, title="정기인사", day=week, leavers=[], actor=admin)
    for step, expected in (("apply", {old.name: 3, new.name: 6}), ("undo", {old.name: 9})) * 2:
        stafflists.begin(StaffList.objects.get(), step, actor=admin)
        assert entries_by_department() == expected


def test_o2_undoing_leaves_and_names_who_was_changed_since(admin: User) -> None:
    found, (one, two), old, _new = transfer_list(admin, 2)
    stafflists.begin(found, "apply", actor=admin)
    third = make.DepartmentFactory()
    with pretend(today() + dt.timedelta(days=3)):
        staff.transfer(
            make.fresh(one), actor=admin, department=third, position="officer", rank="", valid_from=today()
        )
        assert stafflists.changed_since(StaffList.objects.get()) == [one]
        undone = stafflists.begin(StaffList.objects.get(), "undo", actor=admin)
    assert undone.job.result["left"] == [f"{one.employee_number} {one.name}"]
    assert make.fresh(one).department == third
    assert make.fresh(two).department == old


def test_o2_undoing_takes_new_accounts_away_unless_something_hangs_on_them(admin: User) -> None:
    place = make.DepartmentFactory()
    rows = [("9001", "가", place.name, "", "", "", None), ("9002", "나", place.name, "", "", "", None)]
    stafflists.begin(taken_in(admin, *rows), "apply", actor=admin)
    worked = User.objects.get(employee_number="9002")
    make.CaseFactory(actor=worked)
    stafflists.begin(StaffList.objects.get(), "undo", actor=admin)
    assert not User.objects.filter(employee_number="9001").exists()
    assert not make.fresh(worked).is_active
    stafflists.begin(StaffList.objects.get(), "apply", actor=admin)
    assert make.fresh(worked).department == place
    assert make.fresh(worked).is_active


def test_o2_a_coming_day_is_announced(admin: User) -> None:
    found, (person,), old, new = transfer_list(admin, 1)
    later = today() + dt.timedelta(days=10)
    stafflists.edit(found, title="정기인사", day=later, leavers=[], actor=admin)
    stafflists.begin(StaffList.objects.get(), "apply", actor=admin)
    assert make.fresh(person).department == old
    assert department_held(person.pk, later) == new


def test_staff_go_round_through_export_and_import(admin: User) -> None:
    make.UserFactory(department=make.DepartmentFactory(name="같은팀", kind=DepartmentKind.DIVISION))
    make.head_of(make.DepartmentFactory())
    Posting.objects.update(rank="7급")
    User.objects.update(rank="7급")
    columns, rows = get_export("staff").build({})
    heads = tuple(str(column.label) for column in columns)
    assert heads == tuple(str(column.label) for column in StaffImporter.columns)
    found = taken_in(admin, *(row for row in rows if row[0] != admin.employee_number), heads=heads)
    assert {one.kinds for one in compare(found).changes} == {(S.SAME,)}


def test_o2_the_pages_show_edit_apply_and_undo(admin: User) -> None:
    found, (one, two), _old, new = transfer_list(admin, 2)
    client = Client()
    client.force_login(admin)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "2명" in page
    assert one.name in page
    assert client.get("/manage/staff/lists/").status_code == 200
    edit = client.get(f"{found.get_absolute_url()}edit/")
    assert edit.status_code == 200
    for step, department in (("apply", new), ("undo", one.department)):
        address = f"{found.get_absolute_url()}{step}/"
        asked = client.get(address)
        fields = dict(
            re.findall(r'name="(preview|version|seen|once)" value="([^"]*)"', asked.content.decode())
        )
        assert client.post(address, fields).status_code == 302
        assert make.fresh(two).department == department
        assert client.get(found.get_absolute_url()).status_code == 200
