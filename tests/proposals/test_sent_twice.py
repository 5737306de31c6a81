"""Sent twice, from two tabs, after going back: one proposal, and nobody loses the receipt (D7, P3)."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import codes, gate, passes
from core.models import Pass, TransitionLog
from core.views.bearer import COOKIE
from proposals.enums import Notice as Consent
from proposals.enums import State
from proposals.models import Proposal
from proposals.services import handling
from tests import factories as make
from tests.proposals.made import CONTENT, browser_of, mine, sent
from tests.threads import at_once

PERSON = {"name": "김구민", "phone": "010-1234-5678", "consents": Consent.values}
LINK = re.compile(r"http://testserver/p/([\w-]+)/")
CODE = re.compile(r"<strong>([A-Z2-9]{5}-[A-Z2-9]{5})</strong>")


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.ALLOWED))


class Tab(Client):
    """Sends the cookie of the writing to the pages of writing, as browsers do; Django's client knows no paths."""

    def __init__(self, place: str = "", token: str = "") -> None:
        super().__init__()
        if not place:
            place = self.post(reverse("proposals:start"))["Location"]
            token = self.cookies[COOKIE].value
            self.post(place, {name: CONTENT[name] for name in ("title", "field", "problem")})
            self.post(f"{place}2/", {"improvement": CONTENT["improvement"]})
            self.post(f"{place}3/", {})
        self.place, self.token = place, token

    def another(self) -> "Tab":
        return Tab(self.place, self.token)

    def ask(self, step: str = "4/", data: Any = None) -> Any:
        self.cookies[COOKIE] = self.token
        place = self.place + step
        return self.get(place) if data is None else self.post(place, data)

    def send(self, once: str = "") -> Any:
        return self.ask("4/", {**PERSON, "once": once})

    def key(self) -> str:
        found = re.search(r'name="once" value="([^"]+)"', self.ask().content.decode())
        assert found
        return found[1]


def told(browser: Client, answer: Any) -> tuple[str, str]:
    """The private link and the code that the page shows to which the answer leads."""
    page = browser.get(answer["Location"]).content.decode()
    link, code = LINK.search(page), CODE.search(page)
    return link[1] if link else "", code[1] if code else ""


@pytest.mark.django_db
def test_d7_the_answer_to_the_second_tells_the_receipt_as_the_first_did() -> None:
    """Browsers drop the first answer when a button is pressed twice: link and code are told by whichever arrives."""
    tab = Tab()
    key, again = tab.key(), tab.another()
    first = told(tab, tab.send(key))
    assert all(first)
    assert told(again, again.send(key)) == first
    proposal = Proposal.objects.get()
    assert passes.bearer_of(first[0])
    assert codes.check_password(first[1].replace("-", ""), proposal.code_seal)
    assert TransitionLog.objects.filter(name="receive").count() == 1


@pytest.mark.django_db
def test_d7_from_another_tab_and_after_going_back_one_comes_to_what_was_sent() -> None:
    tab = Tab()
    other, back = tab.another(), tab.another()
    key = other.key()
    first = told(tab, tab.send(tab.key()))
    assert told(other, other.send(key)) == first
    for step in ("", "2/", "3/", "4/"):
        answer = back.ask(step)
        assert answer["Location"] == mine(Proposal.objects.get())
        assert "이미 처리한 화면" in back.get(answer["Location"]).content.decode()
        assert back.ask(step, {"title": "새 제목입니다"})["Location"].startswith(mine(Proposal.objects.get()))
    assert Proposal.objects.get().title == CONTENT["title"]


@pytest.mark.django_db
def test_p3_what_leads_back_is_no_way_around_a_replaced_link() -> None:
    tab = Tab()
    tab.send()
    passes.revoke(passes.passes_for(Proposal.objects.get()).get())
    assert tab.ask().status_code == 404
    assert tab.send().status_code == 404
    other = Tab()
    assert other.another().ask().status_code == 200
    assert Tab(tab.place, other.token).ask().status_code == 404  # nor does another's writing lead there


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
@pytest.mark.parametrize("same", [True, False], ids=["pressed twice", "two tabs"])
def test_d7_at_the_same_moment_it_is_one(same: bool) -> None:
    tab = Tab()
    tabs = [tab, tab.another(), tab.another()]
    keys = [tab.key()] * 3 if same else [one.key() for one in tabs]
    answers = at_once(*(lambda one=one, key=key: one.send(key) for one, key in zip(tabs, keys, strict=True)))
    assert Proposal.objects.count() == 1
    assert Pass.objects.filter(kind="proposals.link").count() == 1
    assert {answer.status_code for answer in answers} == {302}
    ways = [told(one, answer) for one, answer in zip(tabs, answers, strict=True)]
    assert ways[0][0] if same else any(link for link, _code in ways)
    if same:
        assert len(set(ways)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["supplement", "withdraw"])
def test_d7_steps_of_the_proposer_sent_twice_and_from_two_tabs(step: str) -> None:
    proposal, token = sent()
    if step == "supplement":
        handling.ask_supplement(proposal, reason="어느 공원인가요?", actor=make.planner(), version=1)
    tabs = [browser_of(token), browser_of(token)]
    pages = [tab.get(mine(proposal, step)) for tab in tabs]
    typed = {"answer": "햇빛공원의 화장실입니다."} if step == "supplement" else {}
    first, again = (
        tabs[0].post(mine(proposal, step), {**typed, "once": pages[0].context["once"]}) for _n in "12"
    )
    assert first["Location"] == again["Location"] == mine(proposal)
    late = tabs[1].post(mine(proposal, step), {**typed, "once": pages[1].context["once"]}, follow=True)
    assert late.status_code < 500
    if step == "supplement":
        assert typed["answer"] in late.content.decode()  # nothing typed is lost
    proposal.refresh_from_db()
    assert proposal.state == (State.RECEIVED if step == "supplement" else State.WITHDRAWN)
    assert TransitionLog.objects.filter(object_id=proposal.pk, name=step).count() == 1
