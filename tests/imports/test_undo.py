"""A whole import is undone for a day: the tables are as before, and what has been worked on since stays (B2)."""

import datetime as dt
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from basis.errors import Rejected
from core import jobs
from core.models import AccessLog, Attachment, Job, Sent, Session, TransitionLog
from imports.models import Intake
from imports.services import intake as services
from imports.services import undo
from imports.sockets import IMPORT_PAGES
from organization.enums import Role
from organization.models import Department, User
from organization.services import departments
from tests import factories as make
from tests.workbooks import book

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
BACKEND = "organization.backends.Backend"
DAY, LATER = dt.date(2026, 1, 5), dt.date(2026, 2, 2)
LOGS = {AccessLog, Attachment, ContentType, Intake, Job, LogEntry, Sent, Session, TransitionLog}


def dump() -> str:
    """All rows of all tables apart from logs and what belongs to the intake itself."""
    models = [model for model in apps.get_models() if model not in LOGS and model._meta.managed]
    return serializers.serialize(
        "json", (row for m in models for row in m._base_manager.order_by("pk")), indent=1
    )


def taken_in(kind: str, file: SimpleUploadedFile, actor: User) -> Intake:
    found = services.begin(IMPORT_PAGES[kind], file, actor=actor)
    assert found.result["errors"] == []
    return services.save(found, actor=actor)


def tree() -> SimpleUploadedFile:
    return book(
        ["부서 코드", "부서명", "구분", "상위 부서 코드", "설치일"],
        ["B1", "기획재정국", "국·소", None, DAY],
        ["D1", "기획조정과", "과·담당관", "B1", DAY],
        ["T1", "기획팀", "팀", "D1", DAY],
        ["D2", "혁신과", "과·담당관", "B1", DAY],
    )


CASES = "사례명/기관 구분/기관명/발굴 경로/분야/예산 구분/주요 내용/발굴일/검토 예정 부서/발굴자".split("/")


def cases(finder: str = "") -> SimpleUploadedFile:
    rest = ["언론보도", "건설교통", "저예산", "빈 주차면을 나누어 씁니다.", DAY]
    return book(
        CASES,
        ["공유주차 앱 도입", "시·군·구", "가나시", *rest, "교통과", finder],
        ["안심 귀갓길 조명", "시·군·구", "다라시", *rest, None, None],
    )


@pytest.fixture
def admin() -> User:
    return make.UserFactory(roles=[Role.ADMINISTRATOR])


def test_b2_departments_staff_and_cases_leave_the_tables_as_they_were(admin: User) -> None:
    make.DepartmentFactory(name="교통과", code="D7")
    planner = make.planner()
    make.CaseFactory(title="처음부터 있던 사례")
    staff = book(
        ["직원번호", "이름", "부서 코드", "직위", "발령일"], ["300001", "김새로", "D7", "주무관", DAY]
    )
    before = dump()
    files = [
        ("departments", tree(), admin),
        ("staff", staff, admin),
        ("benchmarking-cases", cases(), planner),
    ]
    for kind, file, actor in files:
        saved = taken_in(kind, file, actor)
        assert saved.saved > 0
        assert dump() != before
        undo.undo(saved, actor=actor)
        assert dump() == before, kind


def test_b2_what_has_been_worked_on_since_is_named_and_stays_with_what_it_needs(
    client: Client, admin: User
) -> None:
    saved = taken_in("departments", tree(), admin)
    departments.rename(Department.objects.get(code="D1"), actor=admin, name="미래전략과", effective_on=LATER)
    client.force_login(admin, backend=BACKEND)
    page = client.get(f"/imports/{saved.pk}/undo/").content.decode()
    assert "2건을 지웁니다" in page
    assert "미래전략과" in page
    assert "혁신과" not in page
    undo.undo(saved, actor=admin)
    left = Department.objects.filter(code__in=["B1", "D1", "T1", "D2"])
    assert set(left.values_list("code", flat=True)) == {"B1", "D1"}


def test_b2_points_of_a_finder_are_reversed_where_nothing_can_be_deleted(admin: User) -> None:
    make.DepartmentFactory(name="교통과")
    finder, planner = make.UserFactory(), make.planner()
    saved = taken_in("benchmarking-cases", cases(finder.employee_number), planner)
    case = apps.get_model("benchmarking.Case")
    undo.undo(saved, actor=planner)
    assert [c.state for c in case.objects.all()] == ["cancelled"]


def test_b2_the_day_ends(admin: User, settings: Any) -> None:
    saved = taken_in("departments", tree(), admin)
    Intake.objects.filter(pk=saved.pk).update(saved_at=saved.saved_at - dt.timedelta(hours=25))
    with pytest.raises(Rejected, match="시간이 지났습니다"):
        undo.undo(saved, actor=admin)


def test_nobody_else_undoes_it(client: Client, admin: User) -> None:
    saved = taken_in("departments", tree(), admin)
    client.force_login(make.UserFactory(roles=[Role.ADMINISTRATOR]), backend=BACKEND)
    assert client.post(f"/imports/{saved.pk}/undo/").status_code == 404


def test_b2_many_rows_are_undone_as_a_job(
    client: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = taken_in("departments", tree(), admin)
    monkeypatch.setattr(undo, "AT_ONCE", 0)
    client.force_login(admin, backend=BACKEND)
    page = f"/imports/{saved.pk}/undo/"
    context = client.get(page).context
    typed = {"version": context["seen_version"], "preview": context["preview"]}
    assert client.post(page, typed)["Location"].startswith("/jobs/")
    assert Department.objects.filter(code="T1").exists()
    jobs.run_pending()
    assert not Department.objects.filter(code="T1").exists()
    assert "등록한 자료를 지웠습니다" in client.get(f"/imports/{saved.pk}/", follow=True).content.decode()
