"""How much the page of a club asks, with all that can hang on it (C1)."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clubs.models import Best, Club, Report
from core.models import OpenWork
from core.now import pretend
from organization.models import User
from tests import factories as make
from tests.clubs import made, papers

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 9)


def asked(client: Client, user: User, club: Club) -> list[str]:
    client.force_login(user)
    client.get(club.get_absolute_url())
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(club.get_absolute_url()).status_code == 200
    return [one["sql"] for one in captured]


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Club:
    """It goes on from a club of the year before, has met, owes reports, asked for money, is to name who did most."""
    monkeypatch.setattr("policies.registry.CACHE_SECONDS", 600)
    with pretend(dt.date(2025, 2, 3)):
        before = made.club(8, begun_on=dt.date(2025, 2, 3))
    papers.met(before, dt.date(2025, 3, 5))
    first, *_others = results = papers.results(3)
    club = Club.objects.select_related("panel").get(pk=first.club_id)
    Club.objects.filter(pk=club.pk).update(before=before)
    papers.met(club, dt.date(2026, 3, 4))
    with pretend(DAY):
        papers.funded()
        papers.settled(club)
        papers.asked(club)
        papers.confirmed(results)
        made.meeting(club, dt.date(2026, 11, 20))
        assert Best.objects.filter(club=club).exists()
        assert Report.objects.filter(club=club).count() > 3
    return club


@pytest.mark.parametrize("role", ["planner", "secretary", "chair", "leader", "member", "staff"])
def test_c1_the_page_of_a_club_asks_at_most_eight_questions(full: Club, client: Client, role: str) -> None:
    with pretend(DAY):
        people = {"planner": make.planner, "staff": make.UserFactory}
        user = people[role]() if role in people else made.one_of(full, role)
        found = asked(client, user, full)
        page = client.get(full.get_absolute_url()).context
    assert len(found) <= 8, "\n".join(found)
    rows = {name: len(page[name]["rows"]) if page[name] else 0 for name in ("reports", "supports", "bests")}
    own = {"supports": 2, "bests": 2}
    assert rows == {"reports": 1, "supports": 0, "bests": 0} if role == "staff" else {"reports": 6, **own}
    assert page["teams"][0][1].startswith("핵심과제"), "each with its topic"
    assert page["compared"]["rows"]


@pytest.mark.parametrize("role", ["planner", "applicant"])
@pytest.mark.parametrize("state", ["draft", "applied"])
def test_c1_that_of_an_application_asks_who_is_in_two_clubs_besides(
    client: Client, role: str, state: str
) -> None:
    with pretend(DAY):
        club = made.applied() if state == "applied" else made.application()
        assert OpenWork.objects.filter(object_id=club.pk).exists()
        assert club.applied_by is not None
        found = asked(client, make.planner() if role == "planner" else club.applied_by, club)
    assert len(found) <= 9, "\n".join(found)
