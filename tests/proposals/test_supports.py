"""Support (공감): one press of anybody, counted once, for the order of lists alone (P15); beginning to write (P3)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from core import duties
from core.now import pretend
from notifications.models import Notice
from proposals.enums import State
from proposals.models import Proposal, Support, Writing
from proposals.policies import SUPPORT_HOURLY, SUPPORT_NETWORK, SUPPORT_RISE, WRITING_HOURLY
from proposals.services import supports
from tests import factories as make
from tests.earned import change
from tests.proposals.made import entered
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def address(proposal: Proposal) -> str:
    return reverse("proposals:support", args=[proposal.year, proposal.number])


def press(proposal: Proposal, *, at: str = "203.0.113.7", browser: Client | None = None) -> Client:
    browser = browser or Client()
    assert browser.post(address(proposal), REMOTE_ADDR=at).status_code == 302
    return browser


def count(proposal: Proposal) -> int:
    proposal.refresh_from_db()
    return proposal.supports


def test_p15_a_browser_is_counted_once() -> None:
    proposal = entered()
    browser = press(proposal)
    press(proposal, at="198.51.100.1", browser=browser)
    assert count(proposal) == 1
    assert "공감한 제안입니다" in browser.get(proposal.public_url).content.decode()
    assert "공감하기" in Client().get(proposal.public_url).content.decode()


def test_p15_a_network_is_counted_once_a_day() -> None:
    proposal, other = entered(), entered(title="다른 제안입니다", difference="다름")
    press(proposal)
    press(proposal, at="203.0.113.99")  # of the same 256
    assert count(proposal) == 1
    press(other, at="203.0.113.99")
    press(proposal, at="198.51.100.1")
    assert (count(proposal), count(other)) == (2, 1)
    with pretend(DAY + dt.timedelta(days=1)):
        press(proposal)
    assert count(proposal) == 3


def test_p15_the_office_says_how_often_a_network_counts() -> None:
    change(SUPPORT_NETWORK, 2, DAY)
    proposal = entered()
    for _one in range(3):
        press(proposal)
    assert count(proposal) == 2


def test_p15_staff_are_counted_once_wherever_they_are() -> None:
    proposal, person = entered(), make.UserFactory(department=make.DepartmentFactory())
    for at in ("203.0.113.7", "198.51.100.1"):
        browser = Client()
        browser.force_login(person)
        press(proposal, at=at, browser=browser)
    colleague = Client()
    colleague.force_login(make.UserFactory(department=make.DepartmentFactory()))
    press(proposal, browser=colleague)
    assert count(proposal) == 2


def test_p15_a_cookie_of_ones_own_making_is_no_browser() -> None:
    proposal = entered()
    for number in range(3):
        browser = Client()
        browser.cookies["support"] = f"made-up-{number}:signature"
        press(proposal, browser=browser)
    assert count(proposal) == 1


def test_p15_looking_counts_nothing_and_nothing_else_changes() -> None:
    proposal = entered()
    version = proposal.version
    assert Client().get(address(proposal)).status_code == 405
    assert count(proposal) == 0
    press(proposal)
    proposal.refresh_from_db()
    assert (proposal.version, proposal.state) == (version, State.RECEIVED)


def test_p15_it_sorts_the_public_list() -> None:
    first = entered()
    entered(title="다른 제안입니다", difference="다름")
    press(first)
    find = reverse("proposals:find")
    newest, liked = (Client().get(find, {"sort": sort}).content.decode() for sort in ("", "support"))
    assert newest.index("다른 제안입니다") < newest.index(first.title)
    assert liked.index(first.title) < liked.index("다른 제안입니다")


def test_p11_what_is_hidden_takes_no_support() -> None:
    hidden = entered(hidden=True)
    assert Client().post(address(hidden)).status_code == 404
    assert "공감하기" not in Client().get(hidden.public_url).content.decode()


def test_p15_who_presses_too_often_is_told_when_to_go_on() -> None:
    change(SUPPORT_HOURLY, 5, DAY)
    proposal, browser = entered(), Client()
    for _one in range(5):
        press(proposal, browser=browser)
    answer = browser.post(address(proposal), REMOTE_ADDR="203.0.113.7")
    assert answer.status_code == 429
    assert "다시 보내 주세요" in answer.content.decode()
    press(proposal, at="198.51.100.1")


def test_p15_a_sudden_rise_is_shown_to_planning(client: Client) -> None:
    change(SUPPORT_RISE, 2, DAY)
    planner, proposal = make.planner(), entered()
    client.force_login(planner)
    risen = reverse("proposals:desk") + "?rose=1"
    press(proposal, at="203.0.113.7")
    assert proposal.title not in client.get(risen).content.decode()
    press(proposal, at="198.51.100.1")
    press(proposal, at="192.0.2.1")
    assert proposal.title in client.get(risen).content.decode()
    assert Notice.objects.filter(kind="proposals.rose", recipient=planner).count() == 1
    with pretend(DAY + dt.timedelta(days=7)):
        assert proposal.title not in client.get(risen).content.decode()


def test_p15_marks_of_networks_go_with_their_day() -> None:
    proposal = entered()
    press(proposal)
    assert Support.objects.exclude(network="").exists()
    with pretend(DAY + dt.timedelta(days=1)):
        duties.run_due()
    assert not Support.objects.exclude(network="").exists()
    assert count(proposal) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_p15_at_once_a_browser_and_a_network_are_counted_once() -> None:
    proposal = entered()

    def give(browser: str, at: str) -> bool:
        return supports.support(proposal, browser=browser, address=at)

    same = at_once(*[lambda n=n: give("one", f"10.{n}.0.1") for n in range(4)])
    assert sorted(same) == [False, False, False, True]
    network = at_once(*[lambda n=n: give(f"b{n}", "192.0.2.1") for n in range(4)])
    assert sorted(network) == [False, False, False, True]
    assert count(proposal) == Support.objects.count() == 2


def test_p3_beginning_to_write_is_limited_by_network_and_says_when_to_go_on() -> None:
    change(WRITING_HOURLY, 3, DAY)
    start = reverse("proposals:start")
    for _one in range(3):
        assert Client().post(start, REMOTE_ADDR="203.0.113.7").status_code == 302
    answer = Client().post(start, REMOTE_ADDR="203.0.113.8")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "다시 보내 주세요" in answer.content.decode()
    assert Writing.objects.count() == 3
    assert Client().post(start, REMOTE_ADDR="198.51.100.1").status_code == 302
