"""How often pages of proposals ask, and that a question which is spared takes nothing from them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import beside
from letters.models import Letter
from proposals.enums import State
from proposals.models import Proposal
from proposals.models.proposal import PARTS
from proposals.selectors import proposals as selectors
from proposals.services import handling, objecting, opinions
from proposals.services.complaints import complain
from tests import factories as make
from tests.proposals import many
from tests.proposals.asked import fresh
from tests.proposals.made import dismissed, entered, proposer_of, rejected, sent

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
MOST = 8


def asked(client: Client, path: str, **query: Any) -> int:
    client.get(path, query)  # fills the caches of content types and policies
    with CaptureQueriesContext(connection) as found:
        assert client.get(path, query).status_code == 200
    return len([one for one in found if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def supplement() -> Proposal:
    proposal = entered()
    handling.ask_supplement(proposal, reason="어느 공원인가요?", actor=make.planner(), version=1)
    return proposal


def opinion() -> Proposal:
    proposal = entered()
    opinions.ask(proposal, "시 도로과", reason="가능합니까?", actor=make.planner())
    return proposal


def objection() -> Proposal:
    proposal = dismissed(sent()[0])
    objecting.ask(proposal, "objection", reason="맞음", actor=proposer_of(proposal))
    return proposal


def complaint() -> Proposal:
    proposal = entered()
    complain(proposal, "personal", "이름이 있습니다.", address="10.0.0.1")
    return proposal


MAKE = {"supplements": supplement, "opinions": opinion, "objections": objection, "complaints": complaint}


@pytest.fixture
def planner(client: Client) -> Client:
    client.force_login(make.planner())
    return client


def test_the_lists_ask_as_often_for_one_as_for_a_hundred(planner: Client) -> None:
    pages = [(planner, reverse("proposals:desk")), (Client(), reverse("proposals:find"))]
    many.proposals(1)
    few = [asked(browser, path, size=100) for browser, path in pages]
    assert max(few) <= MOST
    many.proposals(100)
    assert [asked(browser, path, size=100) for browser, path in pages] == few


@pytest.mark.parametrize("state", [State.RECEIVED, State.REJECTED, State.NO_PROPOSAL])
def test_one_proposal_asks_for_nothing_that_is_not_there(planner: Client, state: State) -> None:
    proposal = {State.RECEIVED: entered, State.REJECTED: rejected, State.NO_PROPOSAL: dismissed}[state]()
    Letter.objects.all().delete()
    assert asked(planner, proposal.get_absolute_url()) <= MOST
    assert asked(Client(), proposal.public_url) <= MOST // 2


def test_whether_there_is_any_comes_with_the_proposal() -> None:
    bare = entered()
    found = Proposal.objects.whole().get(pk=bare.pk)
    assert [path for path in PARTS if beside.has(found, path)] == []
    assert not beside.has(found, "files")
    assert beside.has(found, "work")
    assert beside.has(bare, "objections"), "fetched otherwise: not known"
    selectors.told_to_proposer(found)
    assert not found.supplements.all()


@pytest.mark.parametrize("part", MAKE)
def test_what_there_is_is_fetched(part: str) -> None:
    proposal = MAKE[part]()
    found = Proposal.objects.whole().get(pk=proposal.pk)
    assert beside.has(found, part)
    beside.fetch(found, *selectors.BESIDE)
    assert list(getattr(found, part).all()) == list(getattr(fresh(proposal), part).all()) != []


def test_pages_of_the_public_list_follow_one_another() -> None:
    many.proposals(45)
    order = list(Proposal.objects.public().order_by("-received_at", "-pk").values_list("pk", flat=True))
    seen = []
    for number in (1, 2, 3):
        page = Client().get(reverse("proposals:find"), {"page": number})
        seen += [one.pk for one, _badge in page.context["items"]]
    assert seen == order
