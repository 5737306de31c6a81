"""What anybody may send: robots and floods are held up, honest ones get in, and nobody is refused in silence (P3)."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import gate, tries
from core.gate import Answer, Sending
from core.models import Tries
from core.now import now, pretend
from core.once import one_time
from core.views.guarded import TRAP
from organization.policies import (
    GATE_CONTACT,
    GATE_FLOOD,
    GATE_HOURS,
    GATE_KNOWN,
    GATE_NETWORK,
    GATE_NETWORKS,
    GATE_WAIT,
)
from tests.earned import change
from tests.threads import at_once
from tests.throwaway.models import Slip

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
START = dt.datetime(2026, 11, 16, 10, 0, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with pretend(START):
        yield


def later(seconds: float) -> Any:
    return pretend(START + dt.timedelta(seconds=seconds))


def opened() -> dict[str, str]:
    """What a form opened at START carries."""
    once = one_time()
    return {"once": once, "token": gate.token_for("ask", once)}


def send(address: str = "203.0.113.7", **sent: Any) -> gate.Verdict:
    return gate.judge("ask", Sending(**{**opened(), "address": address, **sent}))


def proof(once: str) -> str:
    return next(str(n) for n in range(10_000_000) if gate.proves(once, str(n)))


def test_p3_a_form_is_sent_between_three_seconds_and_a_day_after_it_was_opened() -> None:
    form, day = opened(), GATE_HOURS.current() * 3600
    for seconds, answer in [
        (2, Answer.LATER),
        (3, Answer.ALLOWED),
        (day, Answer.ALLOWED),
        (day + 1, Answer.LATER),
    ]:
        with later(seconds):
            verdict = send(**form)
            assert verdict.answer is answer
            if verdict.until:
                assert "다시 보내 주세요" in verdict.message
                assert 0 < (verdict.until - now()).total_seconds() <= 3


@pytest.mark.parametrize("broken", [{"token": ""}, {"token": "x:y:z"}, {"once": one_time()}])
def test_p3_a_token_is_ours_and_for_this_form_alone(broken: dict[str, str]) -> None:
    form = {**opened(), **broken}
    with later(10):
        assert send(**form).answer is Answer.LATER
        assert gate.opened_at("other", form["once"], form["token"]) is None


def test_p3_a_filled_field_that_nobody_sees_is_doubtful_not_refused() -> None:
    form = opened()
    with later(10):
        verdict = send(**form, trap="http://spam.example")
    assert (verdict.answer, verdict.doubts) == (Answer.DOUBTFUL, ("trap",))


def fill(count: int, address: str = "203.0.113.{}", **sent: Any) -> list[Answer]:
    forms = [opened() for _n in range(count)]
    with later(10):
        return [send(address.format(n % 200), **form, **sent).answer for n, form in enumerate(forms)]


def test_p3_a_network_sends_so_much_an_hour_and_is_told_when_again() -> None:
    most = GATE_NETWORK.current()
    assert fill(most + 1) == [Answer.ALLOWED] * most + [Answer.LATER]
    form = opened()
    with later(20):
        verdict = send(**form)
        assert verdict.until is not None
        assert "60분 뒤" in verdict.message
        assert send("203.0.114.7", **form).answer is Answer.ALLOWED
    with pretend(verdict.until + dt.timedelta(seconds=1)):
        assert send(**form).answer is Answer.ALLOWED  # tries during the wait have prolonged nothing
    assert fill(most + 1, "2001:db8::{}")[-1] is Answer.LATER
    assert fill(1, "2001:db8:0:1::{}") == [Answer.ALLOWED]


def test_p3_service_centres_and_schools_send_more() -> None:
    change(GATE_NETWORKS, ["203.0.113.0/24", "2001:db8::/48"], START.date())
    most = GATE_NETWORK.current()
    assert set(fill(most + 20)) == {Answer.ALLOWED}
    assert GATE_KNOWN.current() > most + 20
    assert fill(most + 1, "203.0.114.{}")[-1] is Answer.LATER


def test_p3_a_contact_sends_so_much_a_day_however_it_is_written() -> None:
    most, written = GATE_CONTACT.current(), ["010-1234-5678", "010 1234 5678", "01012345678"]
    forms = [opened() for _n in range(most + 1)]
    with later(10):
        answers = [
            send(f"10.0.{n}.1", **form, contacts=(written[n % 3], "")).answer for n, form in enumerate(forms)
        ]
        assert answers == [Answer.ALLOWED] * most + [Answer.LATER]
        assert send("10.1.0.1", **forms[0], contacts=("010-9999-5678",)).answer is Answer.ALLOWED
    assert not Tries.objects.filter(place__contains="1234")


def test_p3_during_a_flood_browsers_work_or_people_wait() -> None:
    change(GATE_FLOOD, GATE_FLOOD.minimum, START.date())
    assert GATE_FLOOD.minimum is not None
    fill(GATE_FLOOD.minimum, "10.0.0.{}")
    form = opened()
    with later(30):
        assert gate.is_flood()
        slow = send(**form)
        assert slow.answer is Answer.LATER
        assert send(**form, proof="x").answer is Answer.LATER
        assert send(**form, proof=proof(form["once"])).answer is Answer.ALLOWED
    with later(GATE_WAIT.current()):
        assert send(**form).answer is Answer.ALLOWED
    with later(12 * 60):
        assert not gate.is_flood()


@pytest.mark.slow
def test_p3_a_flood_from_fifty_networks_keeps_no_honest_one_out() -> None:
    """Patient robots, which have opened their forms long before."""
    forms, most = [opened() for _n in range(2_000)], GATE_NETWORK.current()
    with later(GATE_WAIT.current()):
        answers = [send(f"10.0.{n % 50}.{n % 7}", **form).answer for n, form in enumerate(forms)]
        assert answers.count(Answer.ALLOWED) == 50 * most
        assert Tries.objects.count() == 51  # 50 networks, one minute
        honest = [opened() for _n in range(20)]
    with later(GATE_WAIT.current() + 5):
        for n, form in enumerate(honest):
            proven = {"proof": proof(form["once"])} if n % 2 else {}
            expected = Answer.ALLOWED if n % 2 else Answer.LATER
            assert send(f"192.168.{n}.1", **form, **proven).answer is expected
    with later(2 * GATE_WAIT.current()):
        assert {send(f"192.168.{n}.1", **honest[n]).answer for n in range(0, 20, 2)} == {Answer.ALLOWED}


def test_p3_rows_are_bounded_and_go() -> None:
    fill(5, contacts=("a@example.com",))
    rows = set(Tries.objects.values_list("place", flat=True))
    assert len(rows) == 3  # a network, a contact, a minute
    assert all(re.fullmatch(r"ask:(network|contact):\d{1,7}|\d{12}", row) for row in rows)
    with later(3 * 24 * 3600):
        assert tries.clear_old() == 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_p3_many_at_once_are_not_more() -> None:
    most, forms = GATE_NETWORK.current(), [opened() for _n in range(GATE_NETWORK.current() + 6)]

    def one(form: dict[str, str]) -> Answer:
        with later(10):
            return send(**form).answer

    answers = at_once(*[lambda form=form: one(form) for form in forms])
    assert (answers.count(Answer.ALLOWED), answers.count(Answer.LATER)) == (most, 6)
    assert Tries.objects.get(who="flood").count == most + 6


# ------------------------------------------------------------------------------------------------- the form

URL = "throwaway:ask"


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(once|gate)" value="([^"]+)"', page))


def typed(client: Client, **fields: str) -> dict[str, str]:
    return {**hidden(client.get(reverse(URL)).content.decode()), "title": "우리 동네", **fields}


def test_p3_anybody_sends_a_form_once_without_script(client: Client) -> None:
    data = typed(client)
    early = client.post(reverse(URL), data)
    assert (early.status_code, early["Retry-After"]) == (429, "3")
    page = early.content.decode()
    assert "초 뒤에 다시 보내 주세요" in page
    assert 'value="우리 동네"' in page
    assert hidden(page) == hidden(page) | {"once": data["once"], "gate": data["gate"]}
    with later(5):
        assert client.post(reverse(URL), data).status_code == 302
        assert client.post(reverse(URL), data).status_code == 302
    assert [slip.title for slip in Slip.objects.all()] == ["우리 동네"]
    assert Tries.objects.get(place__startswith="ask:network").count == 1


def test_p3_what_is_put_right_is_counted_once_and_what_is_old_is_sent_again(client: Client) -> None:
    data = typed(client, title="안 됨")
    with later(5):
        for _n in range(3):
            assert client.post(reverse(URL), data).status_code == 422
        assert Tries.objects.get(place__startswith="ask:network").count == 0
    day = 25 * 3600
    with later(day):
        old = client.post(reverse(URL), {**data, "title": "늦은 것"})
        assert old.status_code == 429
        fresh = hidden(old.content.decode())
        assert fresh["gate"] != data["gate"]
    with later(day + 5):
        assert client.post(reverse(URL), {**fresh, "title": "늦은 것"}).status_code == 302


def test_p3_assistive_technology_and_browsers_leave_the_hidden_field_alone(client: Client) -> None:
    page = client.get(reverse(URL)).content.decode()
    field = re.search(rf'<div hidden aria-hidden="true">.*?name="{TRAP}".*?</div>', page, re.DOTALL)
    assert field
    assert 'tabindex="-1"' in field[0]
    assert 'autocomplete="off"' in field[0]
    assert "data-work" not in page
    data = typed(client, **{TRAP: "spam"})
    with later(5):
        assert client.post(reverse(URL), data).status_code == 302
    assert Slip.objects.get().title == "확인 필요: 우리 동네"


def test_p3_during_a_flood_the_form_offers_work_and_says_so(client: Client) -> None:
    Tries.objects.create(who="flood", place=f"{now():%Y%m%d%H%M}", count=GATE_FLOOD.current(), since=now())
    page = client.get(reverse(URL)).content.decode()
    assert 'name="proof" data-work="15"' in page
    assert "보내는 사람이 많습니다" in page
