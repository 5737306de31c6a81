"""Pages of the organisation: who sees what, what is logged, how many queries."""

import datetime as dt
import re
from collections import defaultdict
from io import BytesIO
from typing import Any

import pytest
from auditlog.context import set_actor
from auditlog.registry import auditlog
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from core.actors import SYSTEM
from core.models import AccessLog, Holiday, Job
from core.now import today
from organization.enums import DepartmentKind, Position, Role
from organization.history import UNTOLD
from organization.models import Absence, Department, PasswordIssue, Posting, User
from organization.services import absences, departments, staff
from tests import factories as make
from tests.pages import foreseen

pytestmark = pytest.mark.django_db
BACKEND = "organization.backends.Backend"
HTMX = {"HX-Request": "true", "HX-Target": "list"}


@pytest.fixture(autouse=True)
def _lasting_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine: policy values are not read again between two counts of queries."""
    monkeypatch.setattr("policies.registry.CACHE_SECONDS", 600)


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def workbook(response: Any) -> Any:
    """The first sheet of a downloaded file."""
    return load_workbook(BytesIO(b"".join(response.streaming_content))).active


@pytest.fixture
def admin() -> User:
    return make.UserFactory(roles=[Role.ADMINISTRATOR])


@pytest.fixture
def auditor() -> User:
    return make.UserFactory(roles=[Role.AUDITOR])


def text(client: Client, url: str, **data: Any) -> str:
    response = client.get(url, data)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def test_d3_the_directory_shows_no_more_than_place_name_and_office_address(admin: User) -> None:
    person = make.UserFactory(employee_number="SECRET77", rank="7급", name="홍길동")
    gone = make.UserFactory(is_active=False, name="떠난이")
    seen = text(enter(make.UserFactory()), "/manage/staff/")
    assert person.name in seen
    assert person.email in seen
    for hidden in ("SECRET77", "7급", gone.name, f"/manage/staff/{person.pk}/"):
        assert hidden not in seen
    looked_after = text(enter(admin), "/manage/staff/")
    for shown in ("SECRET77", "7급", gone.name, f"/manage/staff/{person.pk}/"):
        assert shown in looked_after


def test_the_detail_of_an_account_is_for_those_who_look_after_accounts(admin: User, auditor: User) -> None:
    person = make.UserFactory()
    for stranger in (make.UserFactory(), make.planner()):
        assert enter(stranger).get(f"/manage/staff/{person.pk}/").status_code == 403
    for reader in (admin, auditor):
        assert enter(reader).get(f"/manage/staff/{person.pk}/").status_code == 200
    assert "비밀번호 초기화" not in text(enter(auditor), f"/manage/staff/{person.pk}/")


def test_d3_looking_at_a_person_is_logged(admin: User) -> None:
    person = make.UserFactory()
    enter(admin).get(f"/manage/staff/{person.pk}/", REMOTE_ADDR="10.1.2.3")
    row = AccessLog.objects.get()
    assert (row.actor, row.action, row.subject_id, row.address) == (admin, "view", str(person.pk), "10.1.2.3")
    enter(admin).get(f"/manage/staff/{admin.pk}/")
    assert AccessLog.objects.count() == 1


def test_d3_the_list_leaves_only_with_a_reason(admin: User) -> None:
    client = enter(admin)
    asked = client.get("/manage/staff/?export=xlsx")
    assert "/export-reason/" in asked["Location"]
    assert not AccessLog.objects.exists()
    given = client.get("/manage/staff/?export=xlsx&reason=연락망 정비")
    assert admin.name in [row[2] for row in workbook(given).iter_rows(values_only=True)]
    row = AccessLog.objects.get()
    assert (row.action, row.reason) == ("export", "연락망 정비")


def test_a_new_account_shows_its_password_once(admin: User) -> None:
    client, department = enter(admin), make.DepartmentFactory()
    typed = {
        "employee_number": "300001",
        "name": "새사람",
        "department": department.pk,
        "position": "officer",
        "valid_from": today().isoformat(),
    }
    shown = client.post("/manage/staff/new/", typed)
    user = User.objects.get(employee_number="300001")
    assert shown["Cache-Control"] == "no-store"
    assert user.check_password(shown.context["password"])
    assert shown.context["password"] not in text(client, f"/manage/staff/{user.pk}/")
    again = client.post("/manage/staff/new/", typed)
    assert again.status_code == 422
    assert "이미 등록된 직원번호" in again.content.decode()


def test_passwords_for_the_chosen_are_given_from_the_list(admin: User) -> None:
    people = [make.UserFactory() for _n in range(3)]
    chosen = {"pk": [p.pk for p in [*people, admin]], "action": "paper"}
    answer = enter(admin).post("/manage/staff/passwords/chosen/", chosen)
    issue = PasswordIssue.objects.get()
    assert answer.headers["Location"] == issue.get_absolute_url()
    assert issue.people == [p.pk for p in people]  # not the own
    assert enter(make.planner()).post("/manage/staff/passwords/chosen/").status_code == 403


def test_the_pages_of_an_account_work_through(admin: User) -> None:
    client, person, new = enter(admin), make.UserFactory(name="김직원"), make.DepartmentFactory()
    page = f"/manage/staff/{person.pk}/"
    day = today().isoformat()
    foreseen(
        client,
        f"{page}transfer/",
        {"department": new.pk, "position": "head", "rank": "5급", "valid_from": day},
    )
    foreseen(client, f"{page}roles/", {"role": "judge", "valid_from": day, "reason": "위촉"})
    client.post(
        f"{page}edit/", {"employee_number": "E-1", "name": "김바뀜", "version": make.fresh(person).version}
    )
    person = make.fresh(person)
    assert (person.department, person.position, person.name) == (new, Position.HEAD, "김바뀜")
    shown = text(client, page)
    for words in ("심사위원", "위촉", "발령 이력", "이름: 김직원 → 김바뀜", new.name):
        assert words in shown
    row = person.role_assignments.get()
    foreseen(client, f"/manage/staff/roles/{row.pk}/revoke/", {"on": day, "reason": "임기 끝"})
    assert not make.fresh(person).has_role(Role.JUDGE)
    asked = client.get(f"{page}disable/").context
    client.post(f"{page}disable/", {"preview": asked["preview"]})
    assert not make.fresh(person).is_active
    assert "사용 재개" in text(client, page)
    client.post(f"{page}enable/")
    shown = client.post(f"{page}reset-password/")
    assert make.fresh(person).check_password(shown.context["password"])


def test_a_second_editor_is_told_what_the_first_changed(admin: User) -> None:
    client, person = enter(admin), make.UserFactory(name="김직원")
    typed = {"employee_number": person.employee_number, "name": "나중", "version": person.version}
    client.post(f"/manage/staff/{person.pk}/edit/", {**typed, "name": "먼저"})
    late = client.post(f"/manage/staff/{person.pk}/edit/", typed)
    assert late.status_code == 422
    assert "이름: 먼저" in late.content.decode()
    assert make.fresh(person).name == "먼저"


def test_the_pages_of_a_department_work_through(admin: User) -> None:
    client, bureau = enter(admin), make.DepartmentFactory(kind=DepartmentKind.BUREAU)
    day = today()
    typed = {"code": "N1", "name": "미래과", "kind": "division", "parent": bureau.pk, "order": 5}
    made = client.post("/manage/departments/new/", {**typed, "valid_from": "2026-01-02"})
    department = Department.objects.get(code="N1")
    page = f"/manage/departments/{department.pk}/"
    assert made["Location"] == page
    coming = (day + dt.timedelta(days=10)).isoformat()
    renamed = {"name": "앞날과", "effective_on": coming, "document": "총무과-7"}
    foreseen(client, f"{page}change/rename/", renamed)
    shown = text(client, page)
    assert "미래과 → 앞날과" in shown
    assert "예정 취소" in shown
    change = department.changes.get(kind="rename")
    client.post(f"/manage/departments/changes/{change.pk}/withdraw/")
    assert "앞날과" not in text(client, page)
    refused = client.post(f"{page}change/abolish/", {"effective_on": "2020-01-01"})
    assert refused.status_code == 422
    assert "오늘 또는 이후" in refused.content.decode()
    foreseen(client, f"{page}change/abolish/", {"effective_on": day.isoformat()})
    department.refresh_from_db()
    assert department.valid_to is not None
    assert client.get(f"{page}change/nonsense/").status_code == 404
    assert "폐지" in text(enter(make.UserFactory()), page)


def test_a_former_name_is_found(admin: User) -> None:
    department = make.DepartmentFactory(name="옛이름과")
    departments.rename(department, actor=admin, name="새이름과", effective_on=today())
    found = text(enter(make.UserFactory()), "/manage/departments/", q="옛이름")
    assert "새이름과" in found


def test_own_absence_is_registered_shown_and_cancelled() -> None:
    department = make.DepartmentFactory()
    user, colleague = make.UserFactory(department=department), make.UserFactory(department=department)
    stranger = make.UserFactory()
    client, day = enter(user), today().isoformat()
    typed = {"start": day, "end": day, "substitute": colleague.pk, "reason": "연가"}
    far = client.post("/me/absence/", {**typed, "substitute": stranger.pk})
    assert far.status_code == 422
    client.post("/me/absence/", typed)
    assert colleague.full_label in text(client, "/me/")
    assert user.full_label in text(enter(colleague), "/me/")
    absence = Absence.objects.get()
    assert enter(stranger).get(f"/manage/absences/{absence.pk}/cancel/").status_code == 404
    assert enter(colleague).post(f"/manage/absences/{absence.pk}/cancel/").status_code == 403
    client.post(f"/manage/absences/{absence.pk}/cancel/")
    absence.refresh_from_db()
    assert absence.cancelled_at


def test_planning_registers_somebody_elses_absence() -> None:
    user = make.UserFactory(name="김휴직")
    colleague = make.UserFactory(department=user.department)
    client, day = enter(make.planner()), today().isoformat()
    assert f"?user={user.pk}" in text(client, "/manage/absences/new/", q="김휴직")
    url = f"/manage/absences/new/?user={user.pk}"
    client.post(url, {"start": day, "end": day, "substitute": colleague.pk, "reason": "병가"})
    assert "병가" in text(client, "/manage/absences/")
    assert enter(user).get("/manage/absences/").status_code == 403


def test_d5_the_change_log_reads_as_words_and_keeps_content_from_administrators(
    admin: User, auditor: User
) -> None:
    person, new = make.UserFactory(name="김전보"), make.DepartmentFactory(name="새부서과")
    with set_actor(admin):
        staff.transfer(person, actor=admin, department=new, position="head", rank="5급", valid_from=today())
    case = make.CaseFactory(title="비밀스러운 사례 제목")
    shown = text(enter(admin), "/manage/logs/changes/", size=100)
    assert f"부서: {person.department.name} → 새부서과" in shown
    assert "직위: 주무관 → 과장" in shown
    assert admin.name in shown
    assert case.title not in shown
    assert case.title in text(enter(auditor), "/manage/logs/changes/", size=100)
    only = text(enter(auditor), "/manage/logs/changes/", kind="posting", size=100)
    assert "발령" in only
    assert case.title not in only
    nobody = text(enter(admin), "/manage/logs/changes/", end="2000-01-01")
    assert "변경 기록이 없습니다" in nobody


def test_logs_are_for_audit_and_administrators(admin: User, auditor: User) -> None:
    allowed = {
        "/manage/logs/changes/": {admin, auditor},
        "/manage/logs/accesses/": {admin, auditor},
        "/manage/logs/steps/": {auditor},
        "/manage/jobs/": {admin},
    }
    for url, people in allowed.items():
        for person in (admin, auditor, make.UserFactory()):
            assert enter(person).get(url).status_code == (200 if person in people else 403), (url, person)


def test_the_step_log_reads_as_words(auditor: User) -> None:
    review = make.ReviewFactory()
    shown = text(enter(auditor), "/manage/logs/steps/")
    assert review.case.title in shown
    assert "부서에 보내기" in shown
    assert "부서 검토" in shown
    sheet = workbook(enter(auditor).get("/manage/logs/steps/?export=xlsx&reason=감사"))
    assert any("부서에 보내기" in row for row in sheet.iter_rows(values_only=True))


def test_a_failed_job_is_tried_again_by_administrators(admin: User) -> None:
    job = Job.objects.create(kind="core.export", label="작업", state=Job.State.FAILED, error="오류")
    assert enter(make.UserFactory()).post("/manage/jobs/retry/", {"pk": job.pk}).status_code == 403
    client = enter(admin)
    shown = client.post("/manage/jobs/retry/", {"pk": job.pk}, follow=True).content.decode()
    assert "1건을 다시 시도" in shown
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
    assert (
        "다시 시도할 수 있는 작업이 없습니다"
        in client.post("/manage/jobs/retry/", {"pk": job.pk}, follow=True).content.decode()
    )


def fill(count: int, admin: User) -> None:
    """`count` more rows of everything that the lists show."""
    old, new = make.DepartmentFactory(), make.DepartmentFactory()
    day = today()
    for n in range(count):
        person, substitute = make.UserFactory(department=old), make.UserFactory(department=new)
        with set_actor(admin):
            staff.transfer(person, actor=SYSTEM, department=new, position="head", rank="", valid_from=day)
        absences.create(actor=SYSTEM, user=person, substitute=substitute, start=day, end=day, reason="연가")
        free = day + dt.timedelta(days=400 + n + Holiday.objects.count())
        Holiday.objects.create(date=free, name="휴무")
        AccessLog.objects.create(actor=admin, action="view", subject_kind="staff", subject_label=person.name)
        Job.objects.create(kind="core.export", label="작업", created_by=person)
    make.CaseFactory.create_batch(count)


LISTS = [
    ("/manage/departments/", "admin"),
    ("/manage/staff/", "admin"),
    ("/manage/staff/", "planner"),
    ("/manage/holidays/", "admin"),
    ("/manage/absences/", "planner"),
    ("/manage/jobs/", "admin"),
    ("/manage/logs/changes/", "auditor"),
    ("/manage/logs/steps/", "auditor"),
    ("/manage/logs/accesses/", "auditor"),
]


def test_lists_ask_as_often_for_thirty_rows_as_for_one(admin: User, auditor: User) -> None:
    people = {"admin": enter(admin), "auditor": enter(auditor), "planner": enter(make.planner())}
    asked: dict[str, list[list[str]]] = defaultdict(list)
    for more in (1, 29):
        fill(more, admin)
        for url, who in LISTS:
            people[who].get(url)
            with CaptureQueriesContext(connection) as queries:
                assert people[who].get(url).status_code == 200
            asked[f"{url} of {who}"].append([query["sql"] for query in queries])
    for page, (few, many) in asked.items():
        assert len(few) == len(many), (page, few, many)
        names = 1 if "changes" in page else 0  # people and departments that the changes point to
        assert len(many) <= 8 + names, (page, "\n".join(q[:150] for q in many))


def test_pages_of_one_thing_ask_little(admin: User) -> None:
    fill(3, admin)
    person = Posting.objects.filter(valid_to=None, position="head").last().user
    client = enter(admin)
    for url, most in (
        (f"/manage/staff/{person.pk}/", 14),
        (person.department.get_absolute_url(), 12),
        ("/me/", 8),
        ("/policies/", 8),
    ):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= most, (url, [q["sql"][:120] for q in queries])


def test_d5_every_logged_field_has_a_korean_name() -> None:
    korean = re.compile("[가-힣]")
    for model in auditlog.get_models():
        assert korean.search(str(model._meta.verbose_name)), model
        for field in model._meta.concrete_fields:
            assert field.name in UNTOLD or korean.search(str(field.verbose_name)), field
