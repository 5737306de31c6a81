"""Letters in the search over everything: for who may see them, and by nothing of whom they are for (P6, D3)."""

import pytest
from django.test import Client

from core.search import search
from letters.models import Letter
from tests import factories as make
from tests.letters.test_letters import EMAIL, proposed, the_letter

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


def hits(user: object, words: str) -> list[str]:
    return [hit.url for group in search(user, words) if group.label == "보낼 안내" for hit in group.hits]


def test_p6_planning_finds_a_letter_by_its_number_and_title_and_others_do_not() -> None:
    proposal = proposed()
    letter, planner = the_letter(proposal), make.planner()
    for words in (proposal.code, "접수되었습니다", f"접수 {proposal.code}"):
        assert hits(planner, words) == [letter.get_absolute_url()], words
        assert hits(make.UserFactory(), words) == []
    client = Client()
    client.force_login(planner)
    page = client.get("/search/", {"q": proposal.code}).content.decode()
    assert letter.get_absolute_url() in page
    assert f"/letters/?q={proposal.code}" in page


def test_d3_nobody_is_found_by_whom_a_letter_is_for() -> None:
    proposed()
    planner = make.planner()
    for words in ("김구민", EMAIL, "비상벨을"):
        assert hits(planner, words) == []


def test_d3_a_number_in_a_title_is_covered() -> None:
    letter, planner = the_letter(proposed()), make.planner()
    Letter.objects.update(title="문의 010-1234-5678")
    (group,) = [one for one in search(planner, letter.about) if one.label == "보낼 안내"]
    assert "1234" not in group.hits[0].title
