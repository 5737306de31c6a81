"""The second step of the log-in (D4)."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from organization.enums import Role
from organization.models import User
from organization.services import codes
from tests import factories as make

pytestmark = pytest.mark.django_db
PASSWORD = "first-pass-2026"
KEY = "3132333435363738393031323334353637383930"


@pytest.fixture
def admin() -> User:
    user = make.UserFactory(roles=[Role.ADMINISTRATOR])
    user.set_password(PASSWORD)
    user.save()
    return user


def code(key: str = KEY, ahead: int = 0) -> str:
    return f"{TOTP(bytes.fromhex(key), drift=ahead).token():06}"


def sign_in(client: Client, user: User, target: str = "") -> Any:
    form = {"username": user.employee_number, "password": PASSWORD, "next": target}
    return client.post("/login/", form)


def test_d4_turned_on_with_a_picture_and_a_code_of_the_phone(client: Client, admin: User) -> None:
    sign_in(client, admin)
    page = client.get("/me/code/").content.decode()
    assert 'src="data:image/svg+xml' in page
    key = client.session["second_step_key"]
    assert client.post("/me/code/", {"code": code(key, 50)}).status_code == 422
    assert not codes.asked_of(admin)
    done = client.post("/me/code/", {"code": code(key)}).content.decode()
    recovery = re.findall(r">\s*([a-z2-9]{5}-[a-z2-9]{5})\s*<", done)
    assert len(set(recovery)) == codes.RECOVERY
    assert codes.asked_of(admin)
    assert not StaticToken.objects.filter(token__in=recovery).exists()  # only digests are kept
    assert client.get("/me/code/")["Location"] == "/me/code/off/"


def test_d4_the_password_alone_opens_nothing_any_more(client: Client, admin: User) -> None:
    recovery = codes.turn_on(admin, KEY, code())
    assert sign_in(client, admin, "/manage/staff/")["Location"] == "/login/code/"
    assert client.get("/me/").status_code == 302
    assert "맞지 않거나" in client.post("/login/code/", {"code": code()}).content.decode()  # each opens once
    assert client.get("/me/").status_code == 302
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert client.post("/login/code/", {"code": code(ahead=1)})["Location"] == "/manage/staff/"
    assert client.get("/me/").status_code == 200
    for again in (recovery[0].upper(), recovery[1]):
        other = Client()
        sign_in(other, admin)
        assert other.post("/login/code/", {"code": again}).status_code == 302
        assert other.get("/me/").status_code == 200
    last = Client()
    sign_in(last, admin)
    assert last.post("/login/code/", {"code": recovery[0]}).status_code == 200
    assert last.get("/me/").status_code == 302


def test_d4_wrong_codes_make_wait(client: Client, admin: User) -> None:
    recovery = codes.turn_on(admin, KEY, code())
    sign_in(client, admin)
    client.post("/login/code/", {"code": "wrong-wrong"})
    assert client.post("/login/code/", {"code": recovery[0]}).status_code == 200  # right, but at once
    assert client.get("/me/").status_code == 302


def test_d4_the_second_step_waits_five_minutes_and_for_the_same_password(client: Client, admin: User) -> None:
    recovery = codes.turn_on(admin, KEY, code())
    assert client.get("/login/code/")["Location"] == "/login/"
    sign_in(client, admin)
    session = client.session
    session["second_step"] = {**session["second_step"], "at": session["second_step"]["at"] - 301}
    session.save()
    assert client.post("/login/code/", {"code": recovery[0]})["Location"] == "/login/"
    sign_in(client, admin)
    admin.set_password("another-good-one")
    admin.save()
    assert client.post("/login/code/", {"code": recovery[0]})["Location"] == "/login/"


def test_d4_turned_off_by_the_own_password_or_from_the_machine(client: Client, admin: User) -> None:
    sign_in(client, admin)
    codes.turn_on(admin, KEY, code())
    client.post("/me/code/off/", {"password": "wrong"})
    assert codes.asked_of(admin)
    client.post("/me/code/off/", {"password": PASSWORD})
    assert not codes.asked_of(admin)
    codes.turn_on(admin, KEY, code())
    call_command("let_in", admin.employee_number, "--without-code", stdout=StringIO())
    assert not codes.asked_of(admin)


def test_d4_only_who_may_do_much_turns_it_on(client: Client) -> None:
    client.force_login(make.UserFactory())
    assert client.get("/me/code/").status_code == 403
    client.force_login(make.UserFactory(roles=[Role.PLANNING]))
    assert client.get("/me/code/").status_code == 200
