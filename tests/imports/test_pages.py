"""The pages of intake: what is wrong beside its row, all or nothing (N3)."""

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any

import polib
import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from basis.excel.importer import get_importer
from core import jobs
from core.models import Job
from imports.services import intake
from imports.sockets import ImportPage
from organization.enums import Role
from organization.models import User
from scripts import messages
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
ENGLISH = messages.ROOT / "locale/en/LC_MESSAGES/django.po"
BACKEND = "organization.backends.Backend"
DAY = dt.date(2026, 1, 5)
DEPARTMENTS = ["부서 코드", "부서명", "구분", "상위 부서 코드", "기능", "정렬 순서", "설치일"]
STAFF = ["직원번호", "이름", "부서 코드", "직위", "직급", "전자우편", "발령일"]


def book(heads: list[str], *rows: list[Any]) -> SimpleUploadedFile:
    workbook, target = Workbook(), BytesIO()
    sheet = workbook.active
    sheet.append(heads)
    for row in rows:
        sheet.append(row)
    workbook.save(target)
    return SimpleUploadedFile("명단.xlsx", target.getvalue())


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
    assert not User.objects.filter(employee_number="1").exists()
    saved = entered.post(checked["Location"])
    assert "2건이 저장" in entered.get(saved["Location"]).content.decode()
    assert User.objects.filter(employee_number__in=["1", "2"]).count() == 2
    entry = LogEntry.objects.get_for_object(User.objects.get(employee_number="1")).last()
    assert entry.actor == admin
    assert entered.post(checked["Location"])["Location"] == saved["Location"]  # pressed twice, done once
    assert User.objects.filter(employee_number__in=["1", "2"]).count() == 2


@pytest.mark.parametrize(("kind", "section"), [("staff", "manage"), ("benchmarking-cases", "benchmarking")])
def test_a_page_of_import_stands_in_the_section_of_its_list(client: Client, kind: str, section: str) -> None:
    role = Role.ADMINISTRATOR if kind == "staff" else Role.PLANNING
    client.force_login(make.UserFactory(roles=[role]), backend=BACKEND)
    assert client.get(f"/import/{kind}/").context["shell"].section == section


def test_the_page_of_errors_gives_the_file_back(entered: Client) -> None:
    checked = entered.post("/import/staff/", {"file": book(STAFF, person("1", "없음"), person("2", "없음"))})
    page = entered.get(checked["Location"])
    words = page.content.decode()
    assert "저장하지 않았습니다" in words
    assert words.count("없는 부서 코드입니다") == 2
    assert "C 부서 코드" in words
    returned = entered.get(page.context["workbook_url"])
    sheet = load_workbook(BytesIO(b"".join(returned.streaming_content))).active
    assert any("없는 부서 코드" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert entered.post(checked["Location"])["Location"] == "/import/staff/"  # nothing to save
    assert not User.objects.filter(employee_number="1").exists()


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
    assert get_importer("staff").run(target, admin).saved == 1  # the example row is none


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
    assert Job.objects.get().result["errors"] == []
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
    checked = entered.post("/import/staff/", {"file": book(STAFF, person("1", "D1"))})
    job = Job.objects.get(pk=int(checked["Location"].rstrip("/").rsplit("/", 1)[1]))
    monkeypatch.setattr(intake, "AT_ONCE", 0)
    saving = intake.save(ImportPage("staff", "organization.manage", "staff"), job, actor=admin)
    assert saving.state == Job.State.QUEUED
    Job.objects.filter(pk=saving.pk).update(token=None)
    claimed = jobs.claim(saving.pk)
    assert claimed is not None
    Job.objects.filter(pk=saving.pk).update(lease_until=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    assert jobs.run(saving.pk)  # another worker takes it over
    with pytest.raises(jobs.LeaseLost):  # and the first one, waking up, saves nothing
        intake.run_import(jobs.Run(claimed), claimed.payload)
    saving.refresh_from_db()
    assert (saving.state, saving.result["saved"]) == (Job.State.DONE, 1)
    assert User.objects.filter(employee_number="1").count() == 1
