"""Logging in and out (D4)."""

import datetime as dt
import re
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from core.actors import SYSTEM
from notifications.models import Mail
from organization.enums import Role
from organization.history import differences
from organization.models import User
from organization.policies import FIRST_PASSWORD_DAYS, IDLE_MINUTES, SESSION_HOURS
from organization.services import accounts
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


def test_d4_five_failures_lock_the_account_also_for_the_right_password(client: Client, user: User) -> None:
    codes = [sign_in(client, user, "wrong").status_code for _try in range(6)]
    assert codes == [200, 200, 200, 200, 200, 429]
    locked = sign_in(client, user)
    assert locked.status_code == 429
    assert "1분 뒤에" in locked.content.decode()
    assert 0 < int(locked.headers["Retry-After"]) <= 60
    assert client.get("/me/").status_code == 302
    other = make.UserFactory()
    other.set_password(PASSWORD)
    other.save()
    assert sign_in(client, other).status_code == 302  # others are not locked out


def test_d4_a_reset_password_unlocks(client: Client, user: User) -> None:
    for _try in range(6):
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
    old = user.email
    wrong = client.post("/me/email/", {"email": "no address"})
    assert "name@example.com처럼" in wrong.content.decode()
    for password in ("", "not mine"):
        client.post("/me/email/", {"email": "new@hanbit.example", "password": password})
        assert make.fresh(user).email == old
    client.post("/me/email/", {"email": "new@hanbit.example", "password": PASSWORD})
    assert make.fresh(user).email == "new@hanbit.example"
    told = Mail.objects.get(kind="organization.email").email
    assert told.to == [old]
    assert "new@hanbit.example" not in told.message


def test_d4_guessing_the_password_within_a_session_is_slowed_down(client: Client, user: User) -> None:
    sign_in(client, user)
    for _try in range(5):
        client.post("/me/email/", {"email": "new@hanbit.example", "password": "wrong"})
    locked = client.post("/me/email/", {"email": "new@hanbit.example", "password": PASSWORD})
    assert "잠시 제한" in locked.content.decode()
    assert make.fresh(user).email != "new@hanbit.example"


def test_d4_a_session_ends_after_its_hours_however_busy(client: Client, user: User) -> None:
    sign_in(client, user)
    client.get("/me/")
    session = client.session
    session["started_at"] -= SESSION_HOURS.current() * 3600 - 30
    session.save()
    assert client.get("/me/").status_code == 200
    session = client.session
    session["started_at"] -= 31
    session.save()
    assert client.get("/me/").status_code == 302
    assert "로그인한 지 오래되어" in client.get("/login/").content.decode()


def test_d4_disabling_ends_sessions_for_good(client: Client, user: User) -> None:
    sign_in(client, user)
    client.get("/me/")
    accounts.disable(user, actor=make.UserFactory(roles=[Role.ADMINISTRATOR]))
    accounts.enable(user, actor=SYSTEM)
    assert client.get("/me/").status_code == 302


def test_d4_own_sessions_are_listed_and_ended(client: Client, user: User) -> None:
    phone, stranger = Client(headers={"user-agent": "Mozilla (iPhone) Safari/600"}), Client()
    for one in (client, phone):
        sign_in(one, user)
        one.get("/me/")
    stranger.force_login(make.UserFactory())
    page = client.get("/me/sessions/").content.decode()
    assert "Safari · iOS" in page
    assert "지금 쓰는 기기" in page
    [end] = re.findall(r'"(/me/sessions/[0-9a-f]{20}/end/)"', page)
    assert stranger.get(end).status_code == 404
    assert stranger.post(end).status_code == 404
    assert "Safari · iOS" in client.get(end).content.decode()
    assert phone.get("/me/").status_code == 200
    assert client.post(end).status_code == 302
    assert phone.get("/me/").status_code == 302
    sign_in(phone, user)
    client.post("/me/sessions/others/end/")
    assert phone.get("/me/").status_code == 302
    assert client.get("/me/").status_code == 200


def test_d4_a_first_password_that_nobody_used_ends(client: Client, user: User) -> None:
    days = dt.timedelta(days=FIRST_PASSWORD_DAYS.current())
    password = accounts.reset_password(user, actor=SYSTEM)
    given = make.fresh(user).password_given_at
    User.objects.filter(pk=user.pk).update(password_given_at=given - days - dt.timedelta(minutes=1))
    late = sign_in(client, user, password)
    assert "처음 비밀번호의 기한이 지났습니다" in late.content.decode()
    User.objects.filter(pk=user.pk).update(password_given_at=given - days + dt.timedelta(minutes=1))
    assert sign_in(client, user, password).status_code == 302


@pytest.mark.parametrize(
    ("password", "fits"),
    [
        ("qlalfqjsgh1!", False),  # 비밀번호
        ("tkfkdgo2026!!", False),  # 사랑해
        ("rhksflwk1234", False),  # 관리자
        ("qwerasdf1234", False),
        ("gksqlc-2026-good", False),  # 한빛
        ("한빛구청2026!", False),
        ("hanbit-rain-42", False),
        ("ghdrlfehd-rain-42", False),  # 홍길동, whose account it is
        ("tkfkdgo-river-stone", True),
        ("quiet-river-42", True),
    ],
)
def test_d4_passwords_that_everybody_tries_first_are_refused(password: str, fits: bool) -> None:
    person = make.UserFactory(name="홍길동")
    try:
        validate_password(password, person)
    except ValidationError:
        assert not fits
    else:
        assert fits


def test_d4_every_setting_of_a_password_is_in_the_change_log() -> None:
    """Also the one that changes nothing else: one's own for the second time, a reset after a reset."""
    admin, user = make.UserFactory(roles=[Role.ADMINISTRATOR]), make.UserFactory()
    before = LogEntry.objects.count()
    for _n in range(2):
        accounts.reset_password(user, actor=admin)
    for password in ("가나다라마바사-12", "가나다라마바사-34"):
        user.refresh_from_db()
        accounts.change_password(user, password)
    rows = LogEntry.objects.order_by("pk")[before:]
    noted = [row for row in rows if row.changes and "password" in row.changes]
    assert [(row.actor, row.object_id) for row in noted] == [(admin, user.pk)] * 2 + [(user, user.pk)] * 2
    assert {tuple(row.changes["password"]) for row in noted} == {("", "새로 정함")}
    assert str(differences([(noted[0].content_type_id, noted[0].changes)])[0][0]) == "비밀번호: 새로 정함"
