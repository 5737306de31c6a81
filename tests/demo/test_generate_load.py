"""generate_load: what it writes past the services could have happened, and the pages show it."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, Q
from django.test import Client

from benchmarking.enums import CaseState, Decision
from benchmarking.models import Case, FollowUp, Review
from benchmarking.services.reviewing import REVIEWS
from core import deadlines
from core.ledger.verify import verify_all
from core.models import Counter, Gram, TransitionLog
from demo.bulk_entries import STAFF
from mileage.models import Entry
from organization.models import User
from reviews.enums import ReviewState
from tests import factories as make
from tests.shared import lived_on

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = date(2026, 11, 20)
N = 60
_today = lived_on(DAY)


@pytest.fixture
def loaded() -> None:
    make.planner()
    for department in make.DepartmentFactory.create_batch(3):
        make.head_of(department)
        make.UserFactory(department=department)
    call_command("generate_load", f"--cases={N}", "--force-demo", stdout=StringIO())


def test_b3_b4_generated_cases_could_have_happened(loaded: None) -> None:
    cases = Case.objects.all()
    assert (cases.count(), cases.filter(is_demo=True).count()) == (N, N)
    assert cases.values("year", "number").distinct().count() == N
    assert not cases.filter(Q(registered_on__gt=DAY) | Q(found_on__gt=F("registered_on"))).exists()
    reviews = Review.objects.select_related("clock", "case")
    for review in reviews:
        start = review.clock.start
        assert review.case.registered_on <= start <= DAY
        assert review.clock.due == deadlines.preview(start, review.clock.length).due
        assert review.clock.kind == REVIEWS.clock
        assert (review.completed_on is not None) == (review.state == ReviewState.COMPLETED)
        assert (review.decision != "") == (review.state in (ReviewState.COMPLETED, ReviewState.SUBMITTED))
        if review.completed_on:
            assert start <= review.completed_on <= DAY
            assert review.in_time == (review.completed_on <= review.clock.due)
        if review.decision == Decision.ADOPT:
            assert review.plan_what
            assert review.plan_on
    decided = cases.filter(state=CaseState.DECIDED)
    assert decided.exists()
    assert not decided.filter(outcome="").exists()
    assert not FollowUp.objects.exclude(review__decision=Decision.ADOPT).exists()
    assert Gram.objects.values("object_id").distinct().count() == N
    assert TransitionLog.objects.filter(at__date__gt=DAY + timedelta(days=1)).count() == 0


def test_pages_work_with_what_was_generated(client: Client, loaded: None) -> None:
    client.force_login(make.planner())
    page = client.get("/benchmarking/?show=all")
    assert page.context["list"].count == N
    for url in (
        "/",
        "/dashboard/",
        "/statistics/",
        "/benchmarking/reviews/",
        "/benchmarking/follow-ups/",
        Case.objects.filter(state=CaseState.DECIDED)[0].get_absolute_url(),
        Review.objects.filter(state=ReviewState.COMPLETED)[0].get_absolute_url(),
    ):
        assert client.get(url).status_code == 200, url


def test_numbering_goes_on_after_what_was_generated(loaded: None) -> None:
    last = Case.objects.filter(year=DAY.year).order_by("-number").first()
    assert last
    assert Counter.objects.exists()
    assert make.CaseFactory().number == last.number + 1


def test_an_office_without_departments_is_refused() -> None:
    with pytest.raises(CommandError, match="load_demo"):
        call_command("generate_load", "--cases=1", "--force-demo")


def test_m3_made_up_points_go_through_the_ledger(loaded: None) -> None:
    call_command("generate_load", "--entries=300", "--force-demo", stdout=StringIO())
    assert Entry.objects.filter(event__startswith="load:").count() == 300
    assert User.objects.filter(is_active=True).exclude(department=None).count() >= STAFF
    assert list(verify_all()) == []
