"""Two thousand writes from fifty networks at a running server: it answers, and honest ones get in meanwhile (P3)."""

import http.client
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from urllib.parse import urlencode, urlsplit

import pytest

from core import gate
from core.now import now
from organization.policies import GATE_FLOOD, GATE_NETWORK, GATE_NETWORKS, GATE_SECONDS
from proposals.enums import Notice as Consent
from proposals.models import Proposal, Writing
from proposals.policies import WRITING_HOURLY
from tests.earned import change
from tests.proposals.made import CONTENT, entered
from tests.services import Office

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NETWORKS, WRITES = 50, 2_000
CENTRE = "198.51.100.0/24"  # a 주민센터
SECONDS = 10.0  # in which a page answers at the worst; how fast it is is measured elsewhere (bench)
START = "/proposals/write/"


@dataclass
class Browser:
    """Speaks HTTP, keeps the cookies it is given by path, and comes from an address behind our proxy."""

    site: str
    address: str
    cookies: dict[str, tuple[str, str]] = field(default_factory=dict)  # name → value, path

    def ask(self, path: str, data: dict[str, object] | None = None) -> tuple[int, str, str]:
        """Status, where it leads to, and the text."""
        line = http.client.HTTPConnection(urlsplit(self.site).netloc, timeout=60)
        cookies = "; ".join(f"{k}={v}" for k, (v, place) in self.cookies.items() if path.startswith(place))
        headers = {"X-Forwarded-For": self.address, "Cookie": cookies, "Host": "localhost"}
        body = None
        if data is not None:
            token = self.cookies.get("csrftoken", ("", "/"))[0]
            body = urlencode({**data, "csrfmiddlewaretoken": token}, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request("GET" if data is None else "POST", path, body, headers)
        answer = line.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self._keep(value)
        text = answer.read().decode(errors="replace")
        line.close()
        return answer.status, answer.getheader("Location") or "", text

    def _keep(self, given: str) -> None:
        name, value = given.partition(";")[0].split("=", 1)
        place = re.search(r"path=([^;]+)", given, re.IGNORECASE)
        self.cookies[name] = (value, place[1] if place else "/")


def robots(site: str, network: int, writes: int) -> list[int]:
    """From one network, one after the other: it begins texts as often as it can, and sends what it has."""
    robot = Browser(site, f"10.0.{network}.7")
    robot.ask(START)
    answers, place = [], ""
    for n in range(writes):
        if place and n % 4 == 3:
            typed = {"name": "로봇", "phone": f"010-{network:04d}-{n:04d}", "consents": Consent.values}
            status, _to, _text = robot.ask(f"{place}4/", typed)
        else:
            status, to, _text = robot.ask(START, {})
            place = to or place
        answers.append(status)
    return answers


def propose(site: str, address: str) -> tuple[int, str]:
    """As a person does, with a browser that works for it while a flood is on."""
    person = Browser(site, address)
    person.ask(START)
    status, place, _text = person.ask(START, {})
    if status != 302:
        return status, place
    person.ask(
        place, {name: CONTENT[name] for name in ("title", "field", "problem")} | {"title": f"벤치 {address}"}
    )
    person.ask(f"{place}2/", {"improvement": CONTENT["improvement"]})
    person.ask(f"{place}3/", {"difference": "다른 공원입니다."})
    _status, _to, page = person.ask(f"{place}4/")
    hidden = dict(re.findall(r'<input type="hidden" name="(once|gate)" value="([^"]+)"', page))
    proof = next(str(n) for n in range(10_000_000) if gate.proves(hidden["once"], str(n)))
    time.sleep(GATE_SECONDS.current() + 0.5)
    typed = {"name": "김구민", "phone": address, "consents": Consent.values, "proof": proof}
    status, to, _text = person.ask(f"{place}4/", {**typed, **hidden})
    return status, to


def test_p3_a_flood_of_two_thousand_writes_leaves_the_site_answering_and_honest_ones_in(
    office: Office,
) -> None:
    change(GATE_NETWORKS, [CENTRE], now().date())
    change(GATE_FLOOD, 50, now().date())
    shown = entered()
    office.env |= {"PROXY_COUNT": "1", "SECRET_KEY": "only-for-tests", "ALLOWED_HOSTS": "localhost"}
    office.manage("collectstatic", "--noinput", "-v0")
    site, over = office.web("--threads=4"), Event()
    waits: list[float] = []

    def reader() -> None:
        while not over.is_set():
            begin = time.monotonic()
            assert Browser(site, "192.0.2.77").ask(shown.public_url)[0] == 200
            waits.append(time.monotonic() - begin)
            time.sleep(0.1)

    with ThreadPoolExecutor(14) as pool:
        reading = pool.submit(reader)
        flood = [pool.submit(robots, site, n, WRITES // NETWORKS) for n in range(NETWORKS)]
        while sum(one.done() for one in flood) < NETWORKS // 4:
            time.sleep(0.2)
        honest = [propose(site, address) for address in ("192.0.2.5", "198.51.100.5", "198.51.100.6")]
        answers = [status for one in flood for status in one.result()]
        over.set()
        reading.result()
    assert len(answers) == WRITES
    assert set(answers) == {302, 429}  # nobody is refused in silence, and nothing fails
    assert answers.count(302) <= NETWORKS * WRITING_HOURLY.current()
    assert Writing.objects.count() <= NETWORKS * WRITING_HOURLY.current()
    assert [status for status, _to in honest] == [302] * 3, honest
    assert all(to.startswith("/proposals/mine/") for _status, to in honest)
    assert Proposal.objects.filter(title__startswith="벤치").count() == 3
    assert Proposal.objects.count() == 4  # none of the robots'
    assert GATE_NETWORK.current() < WRITES / NETWORKS
    waits.sort()
    assert len(waits) > 10
    assert waits[int(len(waits) * 0.95)] < SECONDS, waits[-10:]
