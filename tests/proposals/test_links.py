"""The private link, lost and replaced (P3)."""

import pytest
from django.test import Client
from django.urls import reverse

from core import gate, passes
from core.transition import history
from letters.models import Letter
from notifications.models import Mail
from proposals.models import Proposal
from tests.proposals.made import browser_of, mine, sent

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
EMAIL = "gumin@example.com"
AGAIN = "proposals:link_again"


@pytest.fixture
def open_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate has tests of its own (core)."""
    monkeypatch.setattr(gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.ALLOWED))


def with_mail() -> tuple[Proposal, str]:
    proposal, token = sent()
    proposal.proposers.update(email=EMAIL)
    Letter.objects.all().delete()
    return proposal, token


def ask(number: str, email: str) -> tuple[int, str]:
    answer = Client().post(reverse(AGAIN), {"number": number, "email": email}, follow=True)
    return answer.status_code, answer.content.decode()


@pytest.mark.usefixtures("open_gate")
def test_p3_who_has_lost_the_link_gets_another_and_nobody_learns_whether_it_fitted() -> None:
    proposal, token = with_mail()
    right = ask(proposal.code, EMAIL.upper())
    assert Letter.objects.get().to == EMAIL
    assert Mail.objects.count() == 1
    for number, email in ((proposal.code, "other@example.com"), ("2026-99999", EMAIL), ("x", EMAIL)):
        status, page = ask(number, email)
        assert status == right[0] == 200
        assert "도착합니다" in page
        assert "도착합니다" in right[1]
    assert Letter.objects.count() == 1
    assert browser_of(token).get(mine(proposal)).status_code == 200  # asking for another ends none


def test_p3_asking_for_links_is_slowed_like_any_sending() -> None:
    proposal, _token = with_mail()
    answer = Client().post(reverse(AGAIN), {"number": proposal.code, "email": EMAIL})
    assert answer.status_code == 429  # sent without the form having been opened
    assert not Letter.objects.exists()


def test_p3_replacing_the_link_closes_all_others_and_what_was_opened_with_them() -> None:
    proposal, token = with_mail()
    other, own = browser_of(token), browser_of(token)
    assert own.get(mine(proposal, "link")).status_code == 200
    assert other.get(mine(proposal)).status_code == 200  # looking replaced nothing
    answer = own.post(mine(proposal, "link"))
    page = own.get(answer["Location"]).content.decode()
    assert other.get(mine(proposal)).status_code == 404
    assert Client().get(passes.path_of(token)).status_code == 404
    assert "/p/" in page
    assert "전자우편으로도 링크를 보냅니다" in page
    assert EMAIL not in page
    assert own.get(mine(proposal)).status_code == 200
    assert Letter.objects.get().kind == "proposals.link"  # and whoever owns the mail address has one, too


def test_p3_a_replaced_link_is_written_down() -> None:
    proposal, token = with_mail()
    browser_of(token).post(mine(proposal, "link"))
    assert history(proposal).filter(name="renew_link").count() == 1
