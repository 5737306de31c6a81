"""The pages of intake: what is wrong beside its row, all or nothing (N3)."""

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from openpyxl.styles import Font

from basis.excel.importer import get_importer
from core import jobs
from core.models import Job
from imports.forms import name_of
from imports.models import Intake
from imports.services import intake
from organization.enums import Role
from organization.models import Department, StaffList, User
from scripts import messages
from tests import factories as make
from tests.basis.excel_files import taken
from tests.workbooks import book, sent

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
ENGLISH = messages.ROOT / "locale/en/LC_MESSAGES/django.po"
BACKEND = "organization.backends.Backend"
DAY = dt.date(2026, 1, 5)
NO_DEPARTMENT = "없는 부서입니다. 부서명이나 부서 코드를 확인해 주세요."
DEPARTMENTS = ["부서 코드", "부서명", "구분", "상위 부서 코드", "기능", "정렬 순서", "설치일"]
STAFF = ["직원번호", "이름", "부서", "직위", "직급", "전자우편", "발령일"]


@pytest.fixture
def admin() -> User:
    return make.UserFactory(roles=[Role.ADMINISTRATOR])


@pytest.fixture
def entered(client: Client, admin: User) -> Client:
    client.force_login(admin, backend=BACKEND)
    return client


def person(number: str, code: str, **values: Any) -> list[Any]:
    given = {"name": "김직원", "position": "주무관", "rank": "7급", "email": "", "day": DAY, **values}
    return [number, given["name"], code, given["position"], given["rank"], given["email"], given["day"]]


def test_the_pages_check_first_and_save_on_demand(entered: Client, admin: User) -> None:
    make.DepartmentFactory(code="D1")
    assert "직원번호" in entered.get("/import/staff/").content.decode()
    checked = entered.post("/import/staff/", {"file": book(STAFF, person("1", "D1"), person("2", "D1"))})
    page = entered.get(checked["Location"]).content.decode()
    assert "2행을 모두 확인" in page
    assert not StaffList.objects.exists()
    saved = entered.post(checked["Location"])
    assert "2건이 저장" in entered.get(saved["Location"]).content.decode()
    made = StaffList.objects.get()
    assert (len(made.rows), made.made_by) == (2, admin)
    assert made.get_absolute_url() in entered.get(saved["Location"]).content.decode()
    assert entered.post(checked["Location"])["Location"] == saved["Location"]  # pressed twice, done once
    assert StaffList.objects.count() == 1


@pytest.mark.parametrize(("kind", "section"), [("staff", "manage"), ("benchmarking-cases", "benchmarking")])
def test_a_page_of_import_stands_in_the_section_of_its_list(client: Client, kind: str, section: str) -> None:
    role = Role.ADMINISTRATOR if kind == "staff" else Role.PLANNING
    client.force_login(make.UserFactory(roles=[role]), backend=BACKEND)
    assert client.get(f"/import/{kind}/").context["shell"].section == section


def test_b2_rows_at_fault_are_mended_in_the_page_with_all_their_faults_at_once(entered: Client) -> None:
    make.DepartmentFactory(code="D1", name="한빛과")
    file = book(
        STAFF, person("1", "D1"), person("2", "없음", position="우주인", email="주소"), person("3", "D9")
    )
    rows = entered.post("/import/staff/", {"file": file})["Location"]
    page = entered.get(rows)
    words = page.content.decode()
    for message in ("없는 부서입니다", "직위를 알 수 없습니다", "전자우편 주소를"):
        assert message in words
    assert "1 김직원" not in words
    form = page.context["form"]
    (first, *_rest), (second, *_) = form.rows
    typed = {name_of(first, "department"): "D1", name_of(first, "position"): "주무관"}
    typed |= {name_of(first, "email"): "아직 아님", name_of(second, "skip"): "on"}
    assert sent(entered, rows, typed) == rows
    page = entered.get(rows)
    ((place, cells, keys),) = page.context["form"].rows
    assert (place, keys, cells["email"]) == (first, ["email"], "아직 아님")  # what was typed stands there
    ready = sent(entered, rows, {name_of(first, "email"): "a@hanbit.example"})
    words = entered.get(ready).content.decode()
    assert "2행을 모두 확인" in words
    assert "다음 행은 빼고 저장합니다: 4행" in words
    entered.post(ready)
    rows = StaffList.objects.get().rows
    assert [(row[1], row[6]) for row in rows] == [("1", ""), ("2", "a@hanbit.example")]


def test_b2_the_good_rows_can_be_saved_and_what_leans_on_the_others_is_found(entered: Client) -> None:
    file = book(
        ["부서 코드", "부서명", "구분", "상위 부서 코드", "정렬 순서", "설치일"],
        ["D90", "새국", "국·소", "", -1, DAY],
        ["D91", "새과", "과·담당관", "D90", 1, DAY],
        ["D92", "다른과", "과·담당관", "", 1, DAY],
    )
    rows = entered.post("/import/departments/", {"file": file})["Location"]
    assert "3행 가운데 1행" in entered.get(rows).content.decode()
    skip = entered.get(rows).context["skip_url"]
    assert sent(entered, skip) == rows  # D91 has lost its parent
    assert "없는 부서 코드입니다" in entered.get(rows).content.decode()
    ready = sent(entered, skip)
    entered.post(ready)
    assert list(Department.objects.filter(code__startswith="D9").values_list("code", flat=True)) == ["D92"]


def test_the_file_goes_back_as_it_looked_with_what_is_wrong_beside(entered: Client) -> None:
    upload = book(STAFF, person("1", "없음"), person("2", "없음"))
    workbook = load_workbook(upload)
    workbook.active["B1"].font = Font(name="궁서", size=22)
    workbook.active.column_dimensions["A"].width = 41
    target = BytesIO()
    workbook.save(target)
    rows = entered.post("/import/staff/", {"file": SimpleUploadedFile("명단.xlsx", target.getvalue())})[
        "Location"
    ]
    returned = entered.get(entered.get(rows).context["workbook_url"])
    sheet = load_workbook(BytesIO(b"".join(returned.streaming_content))).active
    assert sheet["B1"].font.name == "궁서"
    assert sheet.column_dimensions["A"].width == 41
    assert [sheet.cell(row, 8).value for row in (2, 3)] == ["부서: " + NO_DEPARTMENT] * 2
    assert sheet["C2"].fill.fgColor.rgb == "00FDE3E3"


def test_what_is_no_workbook_is_refused_at_the_field(entered: Client) -> None:
    for name, content in (("a.xlsx", b"<html></html>"), ("a.xlsx", b""), ("a.xlsx", b"PK\x03\x04nonsense")):
        answer = entered.post("/import/staff/", {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422
        assert answer.context["form"].errors["file"]
    assert not Job.objects.exists()


def test_the_template_can_be_filled_in_and_comes_back_clean(entered: Client, admin: User) -> None:
    make.DepartmentFactory(code="D1")
    template = entered.get("/import/staff/template/")
    workbook = load_workbook(BytesIO(b"".join(template.streaming_content)))
    workbook.worksheets[0].append(person("1", "D1"))
    target = BytesIO()
    workbook.save(target)
    target.seek(0)
    assert taken(get_importer("staff"), target, admin).saved == 1  # the example row is none


def test_the_form_is_in_the_offices_language_whatever_the_screens(
    entered: Client, settings: Any, tmp_path: Path
) -> None:
    make.DepartmentFactory(code="D1")
    compiled = tmp_path / "en/LC_MESSAGES/django.mo"
    compiled.parent.mkdir(parents=True)
    polib.pofile(str(ENGLISH)).save_as_mofile(str(compiled))
    settings.LOCALE_PATHS = [tmp_path]
    entered.cookies["django_language"] = "en"
    page = entered.get("/import/staff/").content.decode()
    assert "직원번호" in page
    assert "파일 확인" not in page
    checked = entered.post("/import/staff/", {"file": book(STAFF, person("1", "D1"))})
    assert Intake.objects.get().result["errors"] == []
    assert Job.objects.get().label == "엑셀 확인: 직원"
    assert entered.get(checked["Location"]).status_code == 200


def test_imports_are_for_those_who_may_and_results_for_their_owner(entered: Client, admin: User) -> None:
    make.DepartmentFactory(code="D1")
    checked = entered.post("/import/staff/", {"file": book(STAFF, person("1", "D1"))})
    for other in (make.UserFactory(), make.planner()):
        stranger = Client()
        stranger.force_login(other, backend=BACKEND)
        for url in ("/import/staff/", "/import/departments/template/", checked["Location"]):
            assert stranger.get(url).status_code == 403
    second = Client()
    second.force_login(make.UserFactory(roles=[Role.ADMINISTRATOR]), backend=BACKEND)
    assert second.get(checked["Location"]).status_code == 404
    assert second.post(checked["Location"]).status_code == 404
    assert entered.get("/import/nonsense/").status_code == 404


def test_a_saving_begun_twice_ends_once(entered: Client, admin: User, monkeypatch: Any) -> None:
    """The worker dies after saving, before the job is marked: there is no such moment."""
    make.DepartmentFactory(code="D1")
    entered.post("/import/staff/", {"file": book(STAFF, person("1", "D1"))})
    monkeypatch.setattr(intake, "AT_ONCE", 0)
    saving = intake.save(Intake.objects.get(), actor=admin).job
    assert saving is not None
    assert saving.state == Job.State.QUEUED
    Job.objects.filter(pk=saving.pk).update(token=None)
    claimed = jobs.claim(saving.pk)
    assert claimed is not None
    Job.objects.filter(pk=saving.pk).update(lease_until=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    assert jobs.run(saving.pk)  # another worker takes it over
    with pytest.raises(jobs.LeaseLost):  # and the first one, waking up, saves nothing
        intake.run_save(jobs.Run(claimed), claimed.payload)
    saving.refresh_from_db()
    assert (saving.state, Intake.objects.get().saved) == (Job.State.DONE, 1)
    assert StaffList.objects.count() == 1
