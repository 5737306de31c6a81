"""The first administrator of a new installation."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from organization.enums import Role
from organization.models import User

pytestmark = pytest.mark.django_db

ADMINISTRATION = (
    *("/", "/me/", "/search/?q=직원", "/outbox/"),
    *("/manage/departments/new/", "/manage/staff/new/", "/manage/holidays/new/", "/manage/absences/new/"),
    *("/import/departments/", "/import/staff/"),
)


def test_o3_the_first_administrator_logs_in_and_must_change_the_password() -> None:
    out = StringIO()
    call_command("create_admin", "A0001", name="관리자", stdout=out)
    password = re.search(r": (\S+)\n", out.getvalue())
    assert password
    client = Client()
    client.post("/login/", {"username": "A0001", "password": password[1]})
    assert User.objects.get(employee_number="A0001").roles == {Role.ADMINISTRATOR}
    assert client.get("/manage/staff/").headers["Location"] == "/password/"


def test_o3_a_second_one_is_made_on_the_pages() -> None:
    call_command("create_admin", "A0001", name="관리자", stdout=StringIO())
    with pytest.raises(CommandError, match="이미 있습니다"):
        call_command("create_admin", "A0002", name="다른 사람", stdout=StringIO())
    assert not User.objects.filter(employee_number="A0002").exists()


def test_o3_every_administration_page_opens_for_the_first_administrator_from_the_first_minute() -> None:
    call_command("create_admin", "A0001", name="관리자", stdout=StringIO())
    user = User.objects.get(employee_number="A0001")
    User.objects.update(must_change_password=False)
    client = Client()
    client.force_login(user)
    menu = re.findall(
        r'href="(/(?:manage|policies)/[^"?]*)"', client.get("/manage/departments/").content.decode()
    )
    assert {"/manage/departments/", "/manage/staff/", "/policies/", "/manage/jobs/"} <= set(menu)
    for address in {*menu, *ADMINISTRATION}:
        assert client.get(address).status_code == 200, address
