"""News of a proposal by mail: asked for, confirmed, stopped; no address outlives its use (P2, P3, D3)."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from core import duties, gate, passes
from core.now import pretend
from letters.models import Letter
from proposals import links
from proposals.enums import State
from proposals.models import Follower, Proposal, Writing
from proposals.services import complaints, followers, handling
from tests import factories as make
from tests.proposals.made import CONTENT, entered

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 11, 2)
MAIL = "neighbour@example.org"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.ALLOWED))
    with pretend(DAY):
        yield


def form(proposal: Proposal) -> str:
    return reverse("proposals:follow", args=[proposal.year, proposal.number])


def ask(proposal: Proposal, email: str = MAIL) -> None:
    answer = Client().post(form(proposal), {"email": email, "agreed": "on"})
    assert answer["Location"] == proposal.public_url


def letters(kind: str) -> int:
    return Letter.objects.filter(kind=f"proposals.{kind}", to=MAIL).count()


def opened(follower: Follower) -> tuple[Client, str]:
    """A browser that has opened the link of a mail, and the page it leads to."""
    browser = Client()
    answer = browser.get(passes.path_of(links.give_follower(follower)))
    return browser, answer["Location"]


def following(proposal: Proposal) -> Follower:
    ask(proposal)
    follower = Follower.objects.get(proposal=proposal)
    browser, page = opened(follower)
    browser.post(f"{page}confirm/")
    return follower


def reject(proposal: Proposal) -> None:
    said = {"present": "있음", "reason": "이미 있습니다."}
    handling.decide(proposal, State.REJECTED, said, actor=make.planner(), version=proposal.version)


def test_p3_nothing_is_sent_before_the_address_is_confirmed_by_a_press() -> None:
    proposal = entered()
    assert Client().post(form(proposal), {"email": MAIL}).status_code == 422  # without consent
    ask(proposal)
    assert letters("follow") == 1
    follower = Follower.objects.get()
    browser, page = opened(follower)
    assert browser.get(page).status_code == 200  # as a program that looks at links would
    assert browser.get(f"{page}confirm/").status_code == 200
    follower.refresh_from_db()
    assert follower.confirmed_at is None
    reject(proposal)
    assert followers.send_news(DAY) == 0
    browser.post(f"{page}confirm/")
    assert followers.send_news(DAY) == 0  # what was before is no news


def test_p3_what_happens_is_told_once_with_a_way_to_stop() -> None:
    proposal = entered()
    following(proposal)
    reject(proposal)
    assert followers.send_news(DAY) == 1
    assert followers.send_news(DAY) == 0
    letter = Letter.objects.get(kind="proposals.news")
    assert "불채택" in letter.body
    assert "{link}" in letter.body
    assert "김구민" not in letter.body


def test_d3_who_stops_is_forgotten() -> None:
    follower = following(entered())
    browser, page = opened(follower)
    assert "그만 받기" in browser.get(page).content.decode()
    browser.post(f"{page}stop/")
    follower.refresh_from_db()
    assert follower.email == ""
    assert MAIL not in str(list(Letter.objects.values()))
    assert browser.get(page).status_code == 404


def test_d3_addresses_end_with_their_use() -> None:
    asked_only, decided = entered(), entered(title="다른 제안입니다", difference="다름")
    ask(asked_only)
    following(decided)
    reject(decided)
    with pretend(DAY + dt.timedelta(days=8)):
        duties.run_due()
        assert [row.proposal for row in Follower.objects.exclude(email="")] == [decided]
    with pretend(DAY + dt.timedelta(days=61)):
        followers.forget_past(DAY + dt.timedelta(days=61))
    assert not Follower.objects.exclude(email="").exists()


def test_p3_asked_twice_it_is_one_address_and_nobody_learns_who_follows() -> None:
    proposal = entered()
    following(proposal)
    ask(proposal, MAIL.upper())
    assert Follower.objects.count() == 1
    assert letters("follow") == 1


def test_p11_of_what_is_hidden_nothing_is_told() -> None:
    proposal, hidden = entered(), entered(hidden=True)
    assert Client().get(form(hidden)).status_code == 404
    following(proposal)
    reject(proposal)
    proposal.refresh_from_db()
    complaints.complain(proposal, "personal", "이름", address=None)
    assert followers.send_news(DAY) == 0


def test_p2_two_ways_on_from_what_is_alike_and_the_choice_is_kept() -> None:
    first = entered()
    browser = Client()
    place = browser.post(reverse("proposals:start"))["Location"]
    browser.post(place, {name: CONTENT[name] for name in ("title", "field", "problem")})
    third = browser.get(f"{place}3/").content.decode()
    assert "다른 점을 적고 계속 쓰기" in third
    assert re.search(rf'name="follow"\s+value="{first.pk}"', third)
    answer = browser.post(f"{place}3/", {"follow": first.pk})
    assert answer["Location"] == form(first)
    assert Writing.objects.get().similar == [[first.pk, "received", "follows"]]
    assert browser.post(f"{place}3/", {"follow": 999_999}).status_code == 422
