"""Many tries and many writes at once: they are held up, nobody is locked out, honest ones get in (P3, P17)."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client, RequestFactory
from django.urls import reverse

from core import codes
from core.models import Tries
from core.now import now, pretend
from organization.policies import CODE_NETWORK_TRIES, CODE_TRIES, CODE_WAIT, GATE_NETWORKS
from proposals.models import Proposal, Writing
from proposals.policies import WRITING_HOURLY
from proposals.services import receiving
from tests.earned import change
from tests.effort import rounds
from tests.proposals.made import AGREED, CONTENT, browser_of, mine
from tests.threads import at_once

CODE, WRONG = "ABCDE23456", "ZZZZZ-99999"
LOOKUP = "proposals:lookup"
SECOND = dt.timedelta(seconds=1)
CENTRE = "198.51.100.0/24"  # of a 주민센터: many honest people behind few addresses


def with_code(**values: Any) -> tuple[Proposal, str]:
    writing, token = receiving.begin()
    writer = receiving.passes.bearer_of(token)
    receiving.note_down(writing, {**CONTENT, **values}, actor=writer)
    person: Any = {"name": "김구민", "phone": "010-0000-0000", "consents": AGREED}
    return receiving.send(writing, [person], actor=writer, code=CODE)


def type_in(number: str, code: str, address: str) -> Any:
    return Client().post(reverse(LOOKUP), {"number": number, "code": code}, REMOTE_ADDR=address)


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes that were compared at all."""
    compared: list[str] = []

    def counted(typed: str, sealed: str) -> bool:
        compared.append(typed)
        return check_password(typed, sealed)

    monkeypatch.setattr(codes, "check_password", counted)
    return compared


@pytest.mark.slow
@pytest.mark.django_db
def test_p3_a_thousand_codes_typed_into_the_page_are_stopped_and_nobody_is_locked_out(
    looked: list[str],
) -> None:
    """One every second, each from a network of its own; the proposer has the page of the link open meanwhile. (All the
    thousand at full length; core tries them all each time, without the page.)"""
    proposal, token = with_code()
    own, begin, answers, tried = browser_of(token), now(), set[int](), rounds(250, 1000)
    for n in range(tried):
        with pretend(begin + n * SECOND):
            answers.add(type_in(proposal.code, WRONG, f"10.{n % 250}.{n // 250}.1").status_code)
            if n % 50 == 49:
                assert own.get(mine(proposal)).status_code == 200
                assert browser_of(token).get(mine(proposal)).status_code == 200
    assert answers == {422, 429}
    assert len(looked) < 12  # of all
    until = Tries.objects.get(place="code").until
    assert until is not None
    assert until - begin <= dt.timedelta(seconds=tried, minutes=CODE_WAIT.current())
    with pretend(until - SECOND):
        slowed = type_in(proposal.code, CODE, "192.0.2.1")
        assert slowed.status_code == 429
        assert int(slowed["Retry-After"]) <= 2
        assert "개인 링크는 지금도 열립니다" in slowed.content.decode()
        assert proposal.code in slowed.content.decode()  # nothing typed is lost
    with pretend(until + SECOND):
        assert type_in(proposal.code, CODE, "192.0.2.1")["Location"] == mine(proposal)


@pytest.mark.django_db
def test_p3_who_tries_many_numbers_is_slowed_and_others_are_not(looked: list[str]) -> None:
    proposal, _token = with_code()
    answers = [type_in(f"2026-{n:05d}", WRONG, "203.0.113.9").status_code for n in range(50)]
    most = CODE_NETWORK_TRIES.current()
    assert answers == [422] * most + [429] * (50 - most)
    assert type_in(proposal.code, CODE, "203.0.113.10")["Location"] == mine(proposal)


@pytest.mark.django_db
def test_p3_wrong_codes_of_one_do_not_slow_all_in_a_shared_network() -> None:
    change(GATE_NETWORKS, [CENTRE], now().date())
    proposal, _token = with_code()
    answers = {type_in(f"2026-{n:05d}", WRONG, "198.51.100.7").status_code for n in range(100, 130)}
    assert answers == {422}
    assert type_in(proposal.code, CODE, "198.51.100.7")["Location"] == mine(proposal)
    slowed = [
        type_in(proposal.code, WRONG, "198.51.100.7").status_code for _n in range(CODE_TRIES.current() + 1)
    ]
    assert slowed[-1] == 429  # one number is slowed there as anywhere


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_p3_a_thousand_codes_in_threads_are_no_more_than_one_after_another(looked: list[str]) -> None:
    """Twenty at once, each from networks of its own, at one number."""
    proposal, token = with_code()
    number, moment = proposal.code, now()
    factory = RequestFactory()

    def fifty(thread: int) -> int:
        slowed = 0
        with pretend(moment):
            for n in range(50):
                request = factory.post("/", REMOTE_ADDR=f"10.{thread}.{n}.1")
                try:
                    codes.open_with(request, number, WRONG, receiving.of_receipt)
                except codes.Slowed:
                    slowed += 1
                except codes.Rejected:
                    continue
        return slowed

    slowed = sum(at_once(*(lambda thread=thread: fifty(thread) for thread in range(20))))
    assert (len(looked), slowed) == (CODE_TRIES.current(), 1000 - CODE_TRIES.current())
    assert Tries.objects.get(place="code").count == CODE_TRIES.current()
    assert browser_of(token).get(mine(proposal)).status_code == 200


@pytest.mark.django_db
def test_p3_robots_begin_so_many_writings_and_shared_networks_more() -> None:
    change(GATE_NETWORKS, [CENTRE], now().date())
    most, start = WRITING_HOURLY.current(), reverse("proposals:start")

    def begin(address: str) -> Any:
        return Client().post(start, REMOTE_ADDR=address)

    answers = [begin(f"203.0.113.{n}").status_code for n in range(most + 5)]
    assert answers == [302] * most + [429] * 5
    late = begin("203.0.113.200")
    assert int(late["Retry-After"]) <= 3600
    assert "다시 보내 주세요" in late.content.decode()
    assert Writing.objects.count() == most
    assert {begin(f"198.51.100.{n}").status_code for n in range(most + 5)} == {302}
    assert begin("192.0.2.1").status_code == 302
