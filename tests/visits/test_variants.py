"""Other districts' visits by policy alone (V7), and sums and days for any plan (V4, V5)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from basis.errors import Rejected
from core.ledger.verify import verify_all
from core.now import pretend
from policies.models import PolicyValue
from policies.registry import cache_clear
from profiles.offices import read
from tests import factories as make
from tests import visiting as v
from tests.visiting import balances, figures, people, refused
from visits.enums import OFFICIAL_MEANS, VisitMeans, VisitState
from visits.models import FieldVisit, VisitDay
from visits.rates import total
from visits.services import corrections, orders, plans, reports, requests

pytestmark = pytest.mark.django_db


def run_by(profile: str, since: dt.date) -> None:
    """The office's policies of visits, in force since then."""
    for key, rows in read(profile).values.items():
        for row in rows if key.startswith("visits.") else ():
            given = {"document": row.document, "reason": row.reason, "author": make.planner()}
            PolicyValue.objects.create(key=key, value=row.value, effective_from=since, **given)
    cache_clear()


@pytest.fixture
def _july() -> Iterator[None]:
    with pretend(dt.date(2026, 7, 6)):
        run_by("yeongdeungpo-2002", dt.date(2026, 1, 1))
        yield


@pytest.fixture
def _september() -> Iterator[None]:
    with pretend(dt.date(2026, 9, 7)):
        run_by("yeongdeungpo-2006", dt.date(2026, 1, 1))
        yield


@pytest.mark.usefixtures("_july")
def test_v7_teams_of_two_for_five_days_through_the_whole_process() -> None:
    v.fund(5_000_000)
    review = make.ReviewFactory()
    assert "2명까지" in refused("members", lambda: v.written(review, v.team(review, 3), days=5))
    assert "5일까지" in refused("days", lambda: v.written(days=6))
    assert "7월" in refused("visited_on", lambda: v.written(visited_on=dt.date(2027, 1, 4)))
    visit = v.visit(VisitState.SETTLED, days=5, lodging_each=60_000)
    two, days, nights = 2, 5, 4
    assert visit.actual == two * (10_000 + days * 50_000 + nights * 60_000)
    assert visit.clock
    assert visit.clock.start == visit.ends_on == visit.visited_on + dt.timedelta(days=4)
    assert VisitDay.objects.filter(visit=visit).count() == two * days
    assert balances(people(visit)[0]) == (2, 4)
    for _n in range(7):
        v.visit(VisitState.APPROVED, days=5)
    assert FieldVisit.objects.exclude(state=VisitState.SUBMITTED).count() == 8
    assert not list(verify_all())


@pytest.mark.usefixtures("_september")
def test_v7_quarterly_months_and_two_groups() -> None:
    v.fund()
    said = refused("visited_on", lambda: v.written(visited_on=dt.date(2026, 10, 1)))
    assert "3월, 6월, 9월, 12월" in said
    assert v.visit(VisitState.SETTLED).state == VisitState.SETTLED
    v.visit(VisitState.APPROVED)
    third = v.visit()
    assert "2팀까지" in refused(None, lambda: requests.approve(third, actor=make.planner()))
    assert figures() == (120_000, 120_000, 1_010_000), "nothing is reserved for what was refused"
    requests.withdraw(third, actor=people(third)[0])
    december = v.plan(visited_on=dt.date(2026, 12, 1))
    requests.edit_and_submit(third, december, people(third), actor=people(third)[0])
    assert requests.approve(third, actor=make.planner()).state == VisitState.APPROVED


@pytest.mark.usefixtures("_september")
def test_v7_a_change_of_plan_keeps_its_place_in_the_month() -> None:
    v.orderer()
    v.allocate()
    first, _second, third = v.visit(VisitState.APPROVED), v.visit(VisitState.APPROVED), v.visit()
    team = people(first)
    requests.amend(first, v.plan(contact="교통기획팀"), team, reason="담당 변경", actor=team[0])
    assert "2팀까지" in refused(None, lambda: requests.approve(third, actor=make.planner()))
    assert requests.approve(first, actor=make.planner()).state == VisitState.APPROVED


WON = st.integers(0, 200_000)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    headcount=st.integers(1, 5),
    means=st.sampled_from(VisitMeans.values),
    fare=WON,
    day=st.dates(dt.date(2013, 1, 1), dt.date(2027, 12, 31)),
    change=st.none() | st.tuples(WON, st.sampled_from(["", "까닭"])),
)
def test_v4_the_estimate_is_the_sum_of_its_lines_whatever_is_planned(
    headcount: int, means: str, fare: int, day: dt.date, change: tuple[int, str] | None
) -> None:
    plan = v.plan(visited_on=day, means=means, transport_each=fare)
    adjustments = {"meals": change} if change else {}
    rate = 20_000 if day < dt.date(2023, 3, 2) else 25_000
    daily = rate // 2 if means in OFFICIAL_MEANS else rate
    ride = 0 if means in OFFICIAL_MEANS else fare
    meals = change[0] if change else headcount * rate
    if change and change[0] > headcount * rate:
        assert refused("meals", lambda: plans.reckon(plan, headcount, adjustments))
    elif change and not change[1] and change[0] != headcount * rate:
        assert refused("meals_reason", lambda: plans.reckon(plan, headcount, adjustments))
    else:
        lines = plans.reckon(plan, headcount, adjustments)
        assert total(lines) == headcount * (daily + ride) + meals


STEPS = ["approve", "not approved", "amend", "back", "cancel", "restore", "settle", "undo"]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), max_size=8))
def test_v5_whatever_is_done_the_budget_holds_what_the_visit_says(db: None, steps: list[str]) -> None:
    """Reserved, spent and free always follow from the visit, and the book is whole."""
    with transaction.atomic(), pretend(dt.date(2026, 11, 16)):
        v.fund()
        visit = v.visit()
        one, planner = people(visit)[0], make.planner()
        for place, step in enumerate(steps):
            try:
                with transaction.atomic():
                    match step:
                        case "approve":
                            requests.approve(visit, actor=planner)
                        case "not approved":
                            corrections.undo_approve(visit, reason="착오", actor=planner)
                        case "restore":
                            corrections.restore(visit, reason="착오", actor=planner)
                        case "amend":
                            moved = v.plan(transport_each=10_000 + 1_000 * place)
                            requests.amend(visit, moved, people(visit), reason="변경", actor=one)
                        case "back":
                            requests.send_back(visit, reason="보완", actor=planner)
                        case "cancel":
                            requests.cancel(visit, reason="취소", actor=one)
                        case "settle":
                            orders.order(visit, "총무과-1", actor=v.orderer())
                            with pretend(dt.date(2026, 11, 20)):
                                reports.travel(visit, actor=one)
                                v.reported(visit)
                                reports.settle(visit, actor=planner)
                        case "undo":
                            reports.undo_settle(visit, reason="정정", actor=planner)
            except Rejected:
                pass
            now = v.again(visit)
            reserved, spent, free = figures()
            assert (reserved, spent) == (now.reserved or 0, now.actual or 0)
            assert reserved + spent + free == 1_250_000
            assert balances(one) == ((2, 4) if now.state == VisitState.SETTLED else (0, 0))
        assert not list(verify_all())
        transaction.set_rollback(True)
