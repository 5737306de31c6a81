"""A letter that is refused for good: its link opens nothing, and planning sends it elsewhere (P3, P6, R3)."""

from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core import passes
from core.models import OpenWork
from letters.channels import FOR_GOOD
from letters.enums import State, Way
from letters.models import Letter
from letters.services import sending
from notifications import outbox
from notifications.models import Mail
from proposals import links
from proposals.models import Proposal
from tests import factories as make
from tests.letters.test_letters import EMAIL, LINK, again, proposed, text_of, the_letter
from tests.proposals.made import browser_of, mine
from tests.services import SmtpListener

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def server(smtp: SmtpListener, settings: Any) -> SmtpListener:
    """The office has a mail server."""
    host, port = smtp.url.removeprefix("smtp://").split(":")
    settings.MAIL_DELIVERY, settings.EMAIL_HOST, settings.EMAIL_PORT = True, host, int(port)
    return smtp


def attempted(proposal: Proposal) -> list[str]:
    """Send; the addresses issued for it, which nobody else may see."""
    found: list[str] = []
    with patch(
        "proposals.links.address_of", side_effect=lambda token: found.append(token) or f"http://x/p/{token}/"
    ):
        outbox.send_all()
    return found


def refused(server: SmtpListener) -> tuple[Proposal, Letter, str]:
    proposal = proposed()
    server.refuse = {EMAIL}
    (token,) = attempted(proposal)
    return proposal, the_letter(proposal), token


def test_p3_the_link_of_a_refused_letter_opens_nothing_at_once(server: SmtpListener) -> None:
    before = proposed()
    standing = passes.passes_for(before).count()
    server.refuse = {EMAIL}
    (token,) = attempted(before)
    assert passes.bearer_of(token) is None
    assert passes.passes_for(before).count() == standing  # those given otherwise stay
    assert browser_of(token).get(mine(before)).status_code == 404


def test_p3_of_each_attempt_that_reached_nobody_the_link_goes(server: SmtpListener, settings: Any) -> None:
    proposal, settings.EMAIL_PORT = proposed(), 1
    (token,) = attempted(proposal)
    assert passes.bearer_of(token) is None
    assert not the_letter(proposal).refused


def test_p3_what_may_have_arrived_all_the_same_keeps_its_link(server: SmtpListener) -> None:
    proposal, server.break_after_data = proposed(), 1
    (token,) = attempted(proposal)
    assert the_letter(proposal).state == State.FAILED
    assert passes.bearer_of(token) is not None


def test_r3_refused_for_good_it_is_not_tried_again_and_its_page_says_what_to_do(server: SmtpListener) -> None:
    _proposal, letter, _token = refused(server)
    assert (letter.state, letter.refused) == (State.FAILED, True)
    assert Mail.objects.get().state == Mail.State.FAILED
    assert OpenWork.objects.filter(object_id=letter.pk, ask="failed").exists()
    client = Client()
    client.force_login(make.planner())
    page = client.get(letter.get_absolute_url())
    text = page.content.decode()
    assert "거절하여 보내지 못했습니다" in text
    (first, *_others) = page.context["action_bar"].actions
    assert first.url == reverse("letters:redirect", args=[letter.pk])


def test_r3_refused_for_now_it_is_tried_again(server: SmtpListener) -> None:
    proposal, server.later = proposed(), {EMAIL}
    attempted(proposal)
    assert not the_letter(proposal).refused
    assert Mail.objects.get().state == Mail.State.QUEUED
    assert FOR_GOOD.search("{'a@b.kr': (550, b'no')}")
    assert not FOR_GOOD.search("{'a@b.kr': (450, b'no')}")


def test_p3_sent_to_another_address_it_brings_a_link_of_its_own(server: SmtpListener) -> None:
    proposal, letter, token = refused(server)
    client = Client()
    client.force_login(make.planner())
    page = reverse("letters:redirect", args=[letter.pk])
    given = {"way": Way.MAIL, "to": EMAIL, "version": letter.version}
    assert client.post(page, given).status_code == 422  # where it was refused
    assert client.post(page, {**given, "to": "nowhere"}).status_code == 422
    assert client.post(page, {**given, "to": "other@example.com"}).status_code == 302
    assert (again(letter).state, again(letter).refused, again(letter).error) == (State.READY, False, "")
    assert outbox.send_all() == 1
    (message,) = server.messages
    found = LINK.search(text_of(message))
    assert found
    assert message["To"] == "other@example.com"
    new = found[1].split("/")[2]
    assert new != token
    assert browser_of(new).get(mine(proposal)).status_code == 200
    assert again(letter).state == State.SENT


def test_p6_by_post_instead_it_waits_to_be_printed_without_a_link(server: SmtpListener) -> None:
    proposal, letter, _token = refused(server)
    before = passes.passes_for(proposal).count()
    sending.redirect(letter, Way.POST, "한빛로 1", actor=make.planner(), version=letter.version)
    letter = again(letter)
    assert (letter.state, letter.way, letter.mail) == (State.READY, Way.POST, None)
    assert not Mail.objects.exists()
    assert OpenWork.objects.filter(object_id=letter.pk, ask="post").exists()
    assert passes.passes_for(proposal).count() == before
    client = Client()
    client.force_login(make.planner())
    assert "접수번호와 확인번호" in client.get(letter.get_absolute_url()).content.decode()


def test_p6_only_planning_sends_elsewhere_and_only_what_failed(server: SmtpListener) -> None:
    _proposal, letter, _token = refused(server)
    with pytest.raises(Refused):
        sending.redirect(letter, Way.POST, "한빛로 1", actor=make.UserFactory())
    sending.redirect(letter, Way.POST, "한빛로 1", actor=make.planner())
    with pytest.raises(Rejected):
        sending.redirect(letter, Way.POST, "한빛로 2", actor=make.planner())


def test_p3_taking_back_what_is_no_link_does_nothing() -> None:
    links.take_back("http://x/p/nothing/")
    links.take_back("")
