"""The first set-up: steps with counts that can be left and taken up, checks, name and logo, functions and roles."""

import datetime as dt
import re
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from PIL import Image

from core.now import pretend, today
from core.office import office_name
from core.permissions import can
from organization import office, setup
from organization.enums import DepartmentRole, Position, Role
from organization.models import Department, Office, User
from organization.services import setup as services
from organization.sockets import MACHINE
from reports.schedule import releases
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


@pytest.fixture
def admin() -> User:
    """Of an empty system, with the password changed."""
    call_command("create_admin", "A0001", name="관리자", stdout=StringIO())
    User.objects.update(must_change_password=False)
    return User.objects.get()


@pytest.fixture
def entered(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


def next_step(client: Client) -> str:
    return str(client.get("/manage/setup/").context["next"])


def test_an_empty_system_says_at_the_log_in_what_to_do(client: Client) -> None:
    assert "manage.py setup" in client.get("/login/").content.decode()
    make.UserFactory()
    assert "manage.py setup" not in client.get("/login/").content.decode()


def test_every_page_says_what_is_to_be_done_first(entered: Client) -> None:
    for address in ("/", "/manage/departments/", "/policies/", "/outbox/"):
        page = entered.get(address).content.decode()
        assert "다음에 할 일: 기관 이름과 로고" in page, address
        assert "/manage/setup/" in page


def test_steps_are_left_and_taken_up_again(entered: Client, admin: User) -> None:
    assert next_step(entered) == "office"
    entered.post("/manage/setup/steps/office/", {"done": "1"})
    entered.post("/manage/setup/steps/machine/", {"done": "1"})
    assert next_step(entered) == "departments"
    make.DepartmentFactory()
    assert next_step(entered) == "people"
    entered.post("/manage/setup/steps/office/", {"done": "0"})
    assert next_step(entered) == "office"


def test_ending_it_takes_the_hint_away_and_the_policies_back(entered: Client, admin: User) -> None:
    assert can(admin, "policies.change")
    asked = entered.get("/manage/setup/end/").content.decode()
    fields = dict(re.findall(r'name="(preview|version|seen|once)" value="([^"]*)"', asked))
    assert entered.post("/manage/setup/end/", fields).status_code == 302
    assert not can(User.objects.get(), "policies.change")
    assert "다음에 할 일" not in entered.get("/").content.decode()
    assert (
        "이미 마쳤습니다"
        in entered.post("/manage/setup/steps/office/", {"done": "1"}, follow=True).content.decode()
    )


def test_name_address_and_logo_are_changed_in_the_browser(entered: Client, client: Client) -> None:
    drawn = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(drawn, "PNG")
    logo = SimpleUploadedFile("logo.png", drawn.getvalue(), "image/png")
    typed = {"name": "푸른구청", "address": "푸른시 푸른로 1", "logo": logo}
    assert entered.post("/manage/setup/office/", typed).status_code == 302
    assert office_name() == "푸른구청"
    page = client.get("/login/").content.decode()
    assert "푸른구청" in page
    assert "푸른시 푸른로 1" in page
    (address,) = set(re.findall(r'src="(/office/logo/[^"]*)"', page))
    assert client.get(address).headers["Content-Type"] == "image/jpeg"
    wrong = {"name": "푸른구청", "address": "", "logo": SimpleUploadedFile("logo.txt", "글".encode())}
    assert "그림 파일" in entered.post("/manage/setup/office/", wrong).content.decode()


def test_without_a_logo_there_is_none(client: Client) -> None:
    assert client.get("/office/logo/").status_code == 404


def test_the_machine_is_shown_in_green_and_red(entered: Client, settings: object) -> None:
    names = {check.name for check in MACHINE}
    assert {"tls", "delivery", "backup", "keys", "clock", "disk"} <= names
    found = dict(setup.checks())
    assert found["시계"] == ""
    assert "SECRET_KEY" in found["키"]
    page = entered.get("/manage/setup/checks/").content.decode()
    assert "고칠 것" in page
    assert "정상" in page


def test_o3_functions_and_roles_are_suggested_with_names(entered: Client, admin: User) -> None:
    planning, affairs, it = (
        make.DepartmentFactory(name=name) for name in ("기획예산과", "총무과", "스마트정보과")
    )
    leader = make.UserFactory(department=planning, position=Position.TEAM_LEADER)
    clerk = make.UserFactory(department=affairs)
    chief = make.UserFactory(position=Position.BUREAU_HEAD)
    page = entered.get("/manage/setup/roles/")
    initial = page.context["form"].initial
    assert (initial["planning"], initial["general_affairs"], initial["it"]) == (planning, affairs, it)
    assert (initial["role_planning_officer"], initial["role_executive"]) == ([leader.pk], [chief.pk])
    typed = {
        "planning": planning.pk,
        "general_affairs": affairs.pk,
        "it": it.pk,
        "role_planning_officer": [leader.pk],
        "role_general_affairs": [clerk.pk],
        "role_executive": [chief.pk],
    }
    assert entered.post("/manage/setup/roles/", typed).status_code == 302
    assert make.fresh(leader).roles == {Role.PLANNING}
    assert make.fresh(clerk).roles == {Role.GENERAL_AFFAIRS}
    assert Department.objects.get(role=DepartmentRole.IT) == it
    assert entered.post("/manage/setup/roles/", typed).status_code == 302  # again: nothing twice
    assert make.fresh(leader).role_assignments.count() == 1


def test_r1_no_report_is_made_of_the_time_before_the_office_was_set_up() -> None:
    year = today().year
    assert releases(dt.date(year, 1, 1), dt.date(year, 12, 31))
    with pretend(dt.date(year, 9, 1)):
        services.begin()
    found = releases(dt.date(year, 1, 1), dt.date(year, 12, 31))
    assert found
    assert min(one.due_on for one in found) >= dt.date(year, 9, 1)


def test_the_command_shows_checks_steps_and_what_to_do() -> None:
    out = StringIO()
    call_command("setup", stdout=out)
    assert "먼저 시스템 관리자를" in out.getvalue()
    call_command("setup", number="A0001", name="관리자", stdout=out)
    assert "첫 비밀번호" in out.getvalue()
    assert "/manage/setup/" in out.getvalue()
    assert Office.objects.get().begun_on == today()
    assert office.current().set_up_since == today()
