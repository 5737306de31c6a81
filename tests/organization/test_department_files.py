"""A file of departments beside those there are: new, renamed, moved, ended, each on its day, and taken back (O1)."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from basis.excel.importer import ImportResult, get_importer
from core.now import pretend
from imports.models import Intake
from imports.services import intake as intakes
from imports.services import undo
from imports.sockets import IMPORT_PAGES
from organization.enums import ChangeType, DepartmentKind, Role
from organization.models import Department, DepartmentChange, User
from organization.services.departments import apply_department_changes
from tests import factories as make
from tests.basis.excel_files import taken
from tests.workbooks import book

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
HEAD = ["부서 코드", "부서명", "구분", "상위 부서 코드", "설치일", "변경일", "폐지일", "승계 부서 코드"]
BACKEND = "organization.backends.Backend"


@pytest.fixture(autouse=True)
def admin() -> Any:
    with pretend(TODAY):
        for code, name in (("B1", "경제국"), ("B2", "복지국")):
            make.DepartmentFactory(code=code, name=name, kind=DepartmentKind.BUREAU)
        bureau = Department.objects.get(code="B1")
        for code, name in (("D1", "경제과"), ("D2", "일자리과"), ("D3", "시장과"), ("D4", "그대로과")):
            make.DepartmentFactory(code=code, name=name, parent=bureau)
        yield make.UserFactory(department=None, position="external", roles=[Role.ADMINISTRATOR])


def line(code: str, name: str, parent: str | None = "B1", **more: Any) -> list[Any]:
    kind = "국·소" if code.startswith("B") else "과·담당관"
    rest = [more.get(key) for key in ("changed", "ended", "successor")]
    return [code, name, kind, parent, make.SINCE, *rest]


def changed() -> SimpleUploadedFile:
    return book(
        HEAD,
        line("B1", "경제국", None),
        line("D9", "미래과"),
        line("D1", "경제정책과", changed=dt.date(2026, 11, 2)),
        line("D2", "일자리과", "B2", changed=dt.date(2027, 1, 1)),
        line("D3", "시장과", ended=dt.date(2026, 12, 31), successor="D1"),
        line("D4", "그대로과"),
    )


def run(file: Any, admin: User, **more: Any) -> ImportResult:
    return taken(get_importer("departments"), file, admin, **more)


def tree() -> set[tuple[Any, ...]]:
    return set(Department.objects.values_list("code", "name", "parent__code", "valid_to", "successor__code"))


def test_o1_departments_that_exist_are_compared(admin: User) -> None:
    result = run(changed(), admin, dry_run=True)
    assert (result.errors, Department.objects.filter(code="D9").count()) == ([], 0)
    text = str(result.proof.to_json())
    for words in ("경제과 → 경제정책과", "경제국 → 복지국", "→ 경제과", "새 부서 1", "통합 1", "이미 있음 2"):
        assert words in text, words
    result = run(changed(), admin)
    assert (result.errors, result.total, result.saved) == ([], 6, 4)
    names = dict(Department.objects.values_list("code", "name"))
    assert (names["D1"], names["D9"]) == ("경제정책과", "미래과")
    rename = DepartmentChange.objects.get(kind=ChangeType.RENAME)
    assert (rename.effective_on, rename.old_name) == (dt.date(2026, 11, 2), "경제과")
    assert Department.objects.get(code="D2").parent.code == "B1", "not before its day"  # type: ignore[union-attr]  # it is there
    with pretend(dt.date(2027, 1, 1)):
        apply_department_changes(dt.date(2027, 1, 1))
    assert ("D2", "일자리과", "B2", None, None) in tree()
    assert ("D3", "시장과", "B1", dt.date(2026, 12, 31), "D1") in tree()


def test_o1_the_same_file_again_changes_nothing(admin: User) -> None:
    run(changed(), admin)
    before, changes = tree(), DepartmentChange.objects.count()
    result = run(changed(), admin)
    assert (result.errors, result.saved) == ([], 0)
    assert (tree(), DepartmentChange.objects.count()) == (before, changes)


def test_o1_what_cannot_be_done_stands_beside_its_row(admin: User) -> None:
    result = run(
        book(
            HEAD,
            line("D1", "일자리과"),
            line("D2", "일자리과", "D1"),
            line("D3", "시장과", ended=dt.date(2026, 1, 1)),
            line("D4", "그대로과", ended=dt.date(2026, 12, 31), successor="없음"),
            line("D9", "새과", ended=dt.date(2026, 12, 31)),
            line("D8", "다른새과", changed=dt.date(2026, 1, 1)),
        ),
        admin,
    )
    found = [(error.row, error.key) for error in result.errors]
    assert found == [(2, "name"), (3, "parent"), (4, "ended_on"), (5, "successor"), (6, "ended_on")]


def test_o1_a_day_before_the_last_change_stands_at_the_day(admin: User) -> None:
    run(book(HEAD, line("D1", "경제정책과", changed=dt.date(2026, 11, 2))), admin)
    result = run(book(HEAD, line("D1", "경제과", changed=dt.date(2026, 10, 1))), admin)
    assert [(error.row, error.key) for error in result.errors] == [(2, "changed_on")]


def test_o1_what_has_no_day_is_said_and_left(admin: User) -> None:
    heads = ["부서 코드", "부서명", "구분", "정렬 순서", "설치일"]
    result = run(book(heads, ["D4", "그대로과", "과·담당관", 777, make.SINCE]), admin, dry_run=True)
    assert result.errors == []
    assert [(remark.row, "정렬 순서" in remark.message) for remark in result.remarks] == [(2, True)]
    run(book(heads, ["D4", "그대로과", "과·담당관", 777, make.SINCE]), admin)
    assert Department.objects.get(code="D4").order != 777


def test_n3_one_undo_puts_names_and_places_back(admin: User, client: Client) -> None:
    before = tree()
    intake = intakes.begin(IMPORT_PAGES["departments"], changed(), actor=admin)
    client.force_login(admin, backend=BACKEND)
    page = client.get(intake.get_absolute_url()).content.decode()
    assert "경제과 → 경제정책과" in page
    intakes.save(intake, actor=admin)
    assert tree() != before
    undo.undo(Intake.objects.get(), actor=admin)
    assert tree() == before
    assert not DepartmentChange.objects.exclude(kind=ChangeType.CREATE).exists()


def test_n3_a_name_given_since_stays(admin: User) -> None:
    intake = intakes.begin(IMPORT_PAGES["departments"], changed(), actor=admin)
    intakes.save(intake, actor=admin)
    run(book(HEAD, line("D1", "미래경제과", changed=TODAY)), admin)
    undo.undo(Intake.objects.get(), actor=admin)
    assert Department.objects.get(code="D1").name == "미래경제과"
    kinds = DepartmentChange.objects.filter(department__code="D1", kind=ChangeType.RENAME)
    assert list(kinds.values_list("new_name", flat=True)) == ["경제정책과", "미래경제과"]


def test_n4_a_row_at_fault_does_not_refuse_the_other_rows(admin: User) -> None:
    heads = ["부서명", "설치일", "폐지일", "승계 부서"]
    rows = [["옛과", "2001", "2012", "경제과"], ["끝난과", "2001", "2012", "없던과"]]
    errors = taken(get_importer("departments-past"), book(heads, *rows), admin).errors
    assert [(error.row, error.key) for error in errors] == [(3, "successor")]
    intake = intakes.begin(IMPORT_PAGES["departments-past"], book(heads, *rows), actor=admin)
    intake = intakes.skip_faulty(intake, actor=admin)
    intakes.save(intake, actor=admin)
    assert Department.objects.filter(name="옛과").exists()
    again = taken(get_importer("departments-past"), book(heads, rows[0]), admin)
    assert (again.errors, again.saved) == ([], 0), "it is there already"
