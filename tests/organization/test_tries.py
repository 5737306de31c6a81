"""Wrong passwords slow down whoever tries them and nobody else (D4)."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from core import tries
from core.models import Tries
from core.now import now, pretend
from organization.enums import Role
from organization.models import User
from organization.policies import ACCOUNT_TRIES, LONGEST_WAIT, NETWORK_TRIES, TRIES
from tests import factories as make
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
PASSWORD = "first-pass-2026"


def person(**fields: Any) -> User:
    user = make.UserFactory(**fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, number: str, password: str = PASSWORD, address: str = "10.0.0.1") -> int:
    form = {"username": number, "password": password}
    code: int = client.post("/login/", form, REMOTE_ADDR=address).status_code
    return code


def lock(number: str, address: str) -> None:
    codes = [sign_in(Client(), number, "wrong", address) for _try in range(TRIES.current() + 1)]
    assert codes[-2:] == [200, 429]


def test_d4_a_stranger_shuts_out_neither_administrator_nor_anybody_elsewhere() -> None:
    admins = [person(roles=[Role.ADMINISTRATOR]) for _n in range(2)]
    for admin in admins:
        lock(admin.employee_number, "203.0.113.7")
        assert sign_in(Client(), admin.employee_number, address="10.0.0.1") == 302


def test_d4_a_known_device_stays_open_beside_a_stranger_on_the_same_network() -> None:
    user, known = person(), Client()
    assert sign_in(known, user.employee_number) == 302
    known.post("/logout/")
    lock(user.employee_number, "10.0.0.1")
    assert sign_in(Client(), user.employee_number) == 429
    assert sign_in(known, user.employee_number) == 302
    known.post("/logout/")
    other = person()
    lock(other.employee_number, "10.0.0.1")
    assert sign_in(known, other.employee_number) == 429  # known for one person


def test_d4_a_known_device_is_slowed_down_for_itself() -> None:
    user, known = person(), Client()
    sign_in(known, user.employee_number)
    known.post("/logout/")
    codes = [sign_in(known, user.employee_number, "wrong") for _try in range(TRIES.current() + 1)]
    assert codes[-1] == 429
    assert sign_in(Client(), user.employee_number, address="10.0.0.2") == 302


def test_d4_tries_while_waiting_prolong_nothing_and_waits_grow_to_the_longest() -> None:
    user = person()
    lock(user.employee_number, "203.0.113.7")
    [until] = Tries.objects.exclude(until=None).values_list("until", flat=True)
    for _try in range(20):
        assert sign_in(Client(), user.employee_number, "wrong", "203.0.113.7") == 429
    assert list(Tries.objects.exclude(until=None).values_list("until", flat=True)) == [until]
    waits, moment = [], until
    for _round in range(8):
        with pretend(moment + dt.timedelta(seconds=1)):
            assert sign_in(Client(), user.employee_number, "wrong", "203.0.113.7") == 200
            [until] = Tries.objects.exclude(until=None).values_list("until", flat=True)
            waits.append(round((until - now()).total_seconds() / 60))
        moment = until
    assert waits == [2, 4, 8, 16, LONGEST_WAIT.current(), 30, 30, 30]
    with pretend(moment + dt.timedelta(seconds=1)):  # and it ends by itself
        assert sign_in(Client(), user.employee_number, address="203.0.113.7") == 302


def test_d4_a_network_that_tries_many_accounts_waits() -> None:
    user, limit = person(), NETWORK_TRIES.current()
    Tries.objects.create(who="", place="203.0.113.7", count=limit - 1, since=now())
    assert sign_in(Client(), "no-such-number", "wrong", "203.0.113.7") == 200
    assert sign_in(Client(), user.employee_number, address="203.0.113.7") == 429
    assert sign_in(Client(), user.employee_number, address="203.0.113.8") == 302
    with pretend(now() + dt.timedelta(hours=1, minutes=1)):
        assert sign_in(Client(), user.employee_number, address="203.0.113.7") == 302


def test_d4_many_addresses_do_not_try_one_account_without_end() -> None:
    user, known = person(), Client()
    sign_in(known, user.employee_number)
    known.post("/logout/")
    for n in range(ACCOUNT_TRIES.current()):
        assert sign_in(Client(), user.employee_number, "wrong", f"203.0.113.{n}") == 200
    assert sign_in(Client(), user.employee_number, address="10.0.0.9") == 429
    assert sign_in(known, user.employee_number) == 302


def test_d4_a_right_password_takes_back_what_was_counted() -> None:
    user = person()
    for _round in range(3):
        assert [sign_in(Client(), user.employee_number, "wrong") for _try in range(4)] == [200] * 4
        assert sign_in(Client(), user.employee_number) == 302
    assert Tries.objects.get(who="").count == 12
    assert sign_in(Client(), "no-such-number", "wrong") == 200  # unknown numbers wait like known ones
    lock("no-such-number-2", "10.0.0.3")


def test_d4_let_in_from_the_command_line() -> None:
    user, out = person(), StringIO()
    lock(user.employee_number, "10.0.0.1")
    call_command("let_in", user.employee_number, stdout=out)
    assert sign_in(Client(), user.employee_number) == 302
    call_command("let_in", user.employee_number, "--password", stdout=out)
    password = out.getvalue().split("비밀번호: ")[1].split()[0]
    assert sign_in(Client(), user.employee_number) == 200
    assert sign_in(Client(), user.employee_number, password) == 302
    with pytest.raises(CommandError):
        call_command("let_in", "nobody")


def test_d4_old_counts_are_cleared() -> None:
    lock("no-such-number", "10.0.0.1")
    assert tries.clear_old() == 0
    with pretend(now() + dt.timedelta(days=3)):
        assert tries.clear_old() == 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_d4_many_tries_at_once_are_not_more() -> None:
    user = person()
    codes = at_once(*[lambda: sign_in(Client(), user.employee_number, "wrong", "203.0.113.7")] * 12)
    assert sorted(codes) == [200] * TRIES.current() + [429] * (12 - TRIES.current())


def test_d4_a_place_that_a_right_try_takes_away_meanwhile_is_made_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two phones with one right code: the row that one found there is gone when it is to be locked."""
    made = Tries.objects.bulk_create
    calls: list[int] = []

    def late(rows: Any, **options: Any) -> Any:
        calls.append(len(rows))
        return made(rows if len(calls) > 1 else [], **options)

    monkeypatch.setattr(Tries.objects, "bulk_create", late)
    tries.count([tries.Counted("someone", "sign:1", 5)])
    assert calls == [1, 1]
    assert Tries.objects.get(who="someone").count == 1
