"""Two at once: an allotment is not overdrawn, a best contributor is named once, a paper stands once (C2, C4, C5)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from awards.models import Award
from basis.errors import Rejected
from budgets.selectors import budget_overview
from clubs.models import Best, Club, Report, Support
from clubs.purse import SUPPORT
from clubs.selectors.members import nominees
from clubs.selectors.papers import money_of
from clubs.services import bests, reports, supports
from core.now import pretend
from tests import factories as make
from tests.clubs import made, papers
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
DAY = dt.date(2026, 3, 20)


def tried(work: Callable[[], Any], day: dt.date = DAY) -> Callable[[], bool]:
    def inner() -> bool:
        try:
            with pretend(day):
                work()
        except Rejected:
            return False
        return True

    return inner


def funded_club(allotment: int = 100_000) -> Club:
    papers.funded()
    club = made.club()
    Club.objects.filter(pk=club.pk).update(allotment=allotment)
    club.refresh_from_db()
    return club


def test_c4_of_two_requests_approved_at_once_only_what_the_allotment_has() -> None:
    with pretend(DAY):
        club, planner = funded_club(), make.planner()
        first, second = papers.asked(club, amount=60_000), papers.asked(club, amount=60_000)
    both = [tried(lambda one=one: supports.approve(one, actor=planner)) for one in (first, second)]
    assert sorted(at_once(*both)) == [False, True]
    assert money_of(club).reserved == budget_overview(SUPPORT, 2026).reserved == 60_000


def test_c4_of_two_settled_at_once_above_what_was_approved_only_one_fits() -> None:
    with pretend(DAY):
        club, planner = funded_club(), make.planner()
        two = [papers.claimed(papers.approved(club, amount=40_000), 55_000) for _number in range(2)]
    both = [tried(lambda one=one: supports.settle(one, actor=planner)) for one in two]
    assert sorted(at_once(*both)) == [False, True]
    assert money_of(club).taken == 95_000
    assert Support.objects.filter(state="settled").count() == 1


def test_c4_settled_once_however_many_press() -> None:
    with pretend(DAY):
        one, planner = papers.claimed(papers.approved(funded_club())), make.planner()
    press = tried(lambda: supports.settle(one, actor=planner))
    assert sorted(at_once(press, press)) == [False, True]
    assert budget_overview(SUPPORT, 2026).spent == 90_000


def test_c5_named_once_however_many_press_and_nobody_for_two_places() -> None:
    def plain(number: int) -> Club:
        club = made.club(name=f"연구{number}", kind="study")
        club.teams.all().delete()
        assert club.panel is not None
        club.panel.seats.update(team=None)
        return club

    with pretend(papers.DAY):
        (entry,) = papers.results(1, plain)
        papers.confirmed([entry])
        chief = made.president(entry.club)
        first, second = Best.objects.select_related("club__panel", "round").order_by("place")
        seat, other = nominees(first)[:2]
    both = [
        tried(lambda one=one: bests.name(one, seat, reason="기여", actor=chief), papers.DAY)
        for one in (first, second)
    ]
    assert sorted(at_once(*both)) == [False, True]
    left = Best.objects.get(state="open")
    press = tried(lambda: bests.name(left, other, reason="기여", actor=chief), papers.DAY)
    assert sorted(at_once(press, press)) == [False, True]
    assert Award.objects.filter(content_type__model="best").count() == 2


def test_c2_a_paper_stands_once_however_often_the_duty_runs() -> None:
    with pretend(made.BEGUN):
        club = made.club()

    def ask() -> int:
        with pretend(DAY):
            return reports.ask_due(DAY)

    assert sorted(at_once(ask, ask)) == [0, 3]
    assert Report.objects.filter(club=club).count() == 3
