"""Receipt number and code, for whoever has no mail (P3)."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.test import RequestFactory

from basis.errors import Rejected
from core import codes
from core.models import Tries
from core.now import now, pretend
from organization.policies import CODE_NETWORK_TRIES, CODE_TRIES, CODE_WAIT

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
NUMBER, CODE = "제안-2026-17", codes.new_code()
KEPT = {"제안202617": ("the proposal", codes.sealed(CODE)), "제안202618": ("another", codes.sealed("X" * 10))}
SECOND = dt.timedelta(seconds=1)


def attempt(code: str, number: str = NUMBER, address: str = "203.0.113.7") -> Any:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    return codes.open_with(request, number, code, KEPT.get)


def fails(code: str = "WRONG-CODE2", **how: str) -> Rejected:
    with pytest.raises(Rejected) as caught:
        attempt(code, **how)
    return caught.value


def test_p3_codes_are_drawn_from_signs_that_nobody_confuses() -> None:
    drawn = {codes.new_code() for _n in range(300)}
    assert len(drawn) == 300
    assert {len(code) for code in drawn} == {10}
    assert not set("".join(drawn)) & set("0O1lIL")
    assert len(codes.ALPHABET) ** codes.LENGTH > 2**48


def test_p3_a_code_is_kept_as_a_salted_hash_and_typed_as_people_do() -> None:
    assert codes.sealed(CODE) != codes.sealed(CODE)
    assert CODE not in codes.sealed(CODE)
    assert identify_hasher(codes.sealed(CODE))
    for typed in (CODE, codes.shown(CODE), codes.shown(CODE).lower(), f" {CODE[:3]} {CODE[3:]} "):
        assert attempt(typed) == "the proposal"
    assert attempt(CODE, number="제안 2026 17") == "the proposal"
    assert not Tries.objects.filter(count__gt=0)


def test_p3_five_wrong_ones_slow_the_number_from_wherever() -> None:
    for n in range(CODE_TRIES.current()):
        assert not isinstance(fails(address=f"10.0.{n}.1"), codes.Slowed)
    slowed = fails(CODE, address="192.0.2.1")
    assert isinstance(slowed, codes.Slowed)
    assert (slowed.seconds, slowed.field) == (60, "code")
    assert "개인 링크" in slowed.message
    assert attempt("X" * 10, number="제안-2026-18", address="192.0.2.1") == "another"
    with pretend(now() + dt.timedelta(seconds=61)):
        assert attempt(CODE, address="192.0.2.1") == "the proposal"


def test_p3_five_wrong_ones_slow_the_network_for_every_number() -> None:
    for n in range(CODE_NETWORK_TRIES.current()):
        assert not isinstance(fails(number=f"없음-{n}"), codes.Slowed)
    assert isinstance(fails(CODE), codes.Slowed)
    assert attempt(CODE, address="192.0.2.1") == "the proposal"


def test_p3_a_thousand_tries_are_stopped_and_the_owner_is_never_locked_out() -> None:
    looked, moment = 0, now()
    for n in range(1000):  # one every second, from ever new networks
        with pretend(moment + n * SECOND):
            looked += not isinstance(fails(address=f"10.{n % 250}.{n // 250}.1"), codes.Slowed)
    assert looked < 12
    until = Tries.objects.get(place="code").until
    assert until is not None
    assert until - moment <= dt.timedelta(seconds=1000, minutes=CODE_WAIT.current())
    with pretend(until + SECOND):
        assert attempt(CODE, address="192.0.2.1") == "the proposal"
