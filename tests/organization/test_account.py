"""Logging in and out (D4)."""

from typing import Any

import pytest
from django.test import Client

from core.actors import SYSTEM
from organization.models import User
from organization.policies import IDLE_MINUTES
from tests import factories as make

pytestmark = pytest.mark.django_db
PASSWORD = "first-pass-2026"


@pytest.fixture
def user() -> User:
    user = make.UserFactory()
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post("/login/", {"username": user.employee_number, "password": password})


def test_signing_in_leads_home_and_is_not_asked_twice(client: Client, user: User) -> None:
    assert sign_in(client, user)["Location"] == "/"
    assert client.get("/login/")["Location"] == "/"


def test_a_wrong_password_and_a_closed_account_look_the_same(client: Client, user: User) -> None:
    wrong = sign_in(client, user, "wrong")
    assert "직원번호나 비밀번호가 맞지 않습니다" in wrong.content.decode()
    User.objects.filter(pk=user.pk).update(is_active=False)
    closed = sign_in(client, user)
    assert "직원번호나 비밀번호가 맞지 않습니다" in closed.content.decode()


def test_d4_five_failures_lock_the_account_also_for_the_right_password(
    client: Client, user: User, settings: Any
) -> None:
    settings.AXES_ENABLED = True
    codes = [sign_in(client, user, "wrong").status_code for _try in range(5)]
    assert codes == [200, 200, 200, 200, 429]
    locked = sign_in(client, user)
    assert locked.status_code == 429
    assert "5번" in locked.content.decode()
    assert "잠시" in locked.content.decode()
    assert client.get("/me/").status_code == 302
    other = make.UserFactory()
    other.set_password(PASSWORD)
    other.save()
    assert sign_in(client, other).status_code == 302  # others are not locked out


def test_d4_a_reset_password_unlocks(client: Client, user: User, settings: Any) -> None:
    from organization.services import accounts

    settings.AXES_ENABLED = True
    for _try in range(5):
        sign_in(client, user, "wrong")
    password = accounts.reset_password(user, actor=SYSTEM)
    assert sign_in(client, user, password).status_code == 302


def test_d4_a_first_password_is_changed_before_anything_else(client: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    sign_in(client, user)
    assert client.get("/me/")["Location"] == "/password/"
    page = client.get("/password/")
    assert page.status_code == 200
    typed = {"old_password": PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD}
    same = client.post("/password/", typed)
    assert "다른 비밀번호" in same.content.decode()
    short = client.post("/password/", {**typed, "new_password1": "abc", "new_password2": "abc"})
    assert short.status_code == 422
    new = {"new_password1": "another-good-one", "new_password2": "another-good-one"}
    assert client.post("/password/", {**typed, **new})["Location"] == "/"
    assert client.get("/me/").status_code == 200  # still in, and free
    assert make.fresh(user).check_password("another-good-one")


def test_d4_an_idle_session_ends_and_says_so_once(client: Client, user: User) -> None:
    sign_in(client, user)
    assert client.get("/me/").status_code == 200
    session = client.session
    session["active_at"] -= IDLE_MINUTES.current() * 60 - 30
    session.save()
    assert client.get("/me/").status_code == 200  # half a minute before
    session = client.session
    session["active_at"] -= IDLE_MINUTES.current() * 60 + 1
    session.save()
    out = client.get("/me/")
    assert out["Location"].startswith("/login/")
    assert "오랫동안 사용하지 않아" in client.get("/login/").content.decode()
    assert "오랫동안 사용하지 않아" not in client.get("/login/").content.decode()


def test_logging_out_needs_a_post(client: Client, user: User) -> None:
    sign_in(client, user)
    assert client.get("/logout/").status_code == 405
    client.post("/logout/")
    assert client.get("/me/").status_code == 302


def test_the_own_address_can_be_changed(client: Client, user: User) -> None:
    sign_in(client, user)
    wrong = client.post("/me/email/", {"email": "no address"})
    assert "name@example.com처럼" in wrong.content.decode()
    client.post("/me/email/", {"email": "new@hanbit.example"})
    assert make.fresh(user).email == "new@hanbit.example"
