"""Lists of things that are worked on open on what is open, the most urgent first, and name their order (R5)."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from benchmarking.enums import REPORTS, CaseState, FollowUpState
from benchmarking.models import Case, Review
from benchmarking.views.lists import CaseList
from reviews.enums import OPEN_REVIEW_STATES
from tests import factories as make
from tests.factories import planner
from tests.many import MAKE, cases, download, view_of
from visits.enums import OPEN_STATES

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


@pytest.fixture
def planning(client: Client) -> Client:
    client.force_login(planner())
    return client


def opened(query: str = "") -> CaseList:
    request = RequestFactory().get(f"{reverse('benchmarking:cases')}?{query}")
    request.user = planner()
    view = CaseList()
    view.setup(request)
    return view


OPEN = {
    "benchmarking:cases": {*REPORTS, CaseState.REGISTERED, CaseState.IN_REVIEW},
    "benchmarking:reviews": set(OPEN_REVIEW_STATES),
    "benchmarking:follow_ups": {FollowUpState.PLANNED, FollowUpState.REPORTED},
    "visits:list": set(OPEN_STATES),
}


@pytest.mark.parametrize("name", OPEN)
def test_a_list_opens_on_what_is_open_the_most_urgent_first(planning: Client, name: str) -> None:
    MAKE[name](24)
    model = view_of(name).model
    states = dict(model.objects.values_list("pk", "state"))
    open_ = {pk for pk, state in states.items() if state in OPEN[name]}

    def shown(query: str) -> list[int]:
        return [row.pk for row in planning.get(f"{reverse(name)}?size=100&{query}").context["list"].rows]

    assert set(shown("")) == set(shown("show=open")) == open_
    assert set(shown("show=done")) == set(states) - open_
    assert set(shown("show=all")) == set(states)
    assert set(shown("q=2026")) <= set(states)
    assert len(download(planning, name)) == len(states) + 1  # what an address does not narrow is all


def test_an_address_with_conditions_is_not_narrowed_to_what_is_open() -> None:
    cases(6)
    view = opened("state=decided")
    assert (view.build().count, view.build().show) == (6, "all")


def test_the_order_is_named_and_offered_without_the_heads_of_the_columns() -> None:
    """On a phone there are no heads."""
    cases(3, state=CaseState.IN_REVIEW)
    named = {sort.label: sort.current for sort in view_of("benchmarking:cases", "sort=-title").build().sorts}
    assert [label for label, current in named.items() if current] == ["사례명 ↓"]
    assert "사례명 ↑" in named
    assert [sort.label for sort in opened().build().sorts if sort.current] == ["가장 이른 기한 ↑"]


def test_r5_reviews_name_their_reviewer_on_screen_and_in_excel(planning: Client) -> None:
    review = make.ReviewFactory()
    reviewer = make.UserFactory(department=review.department)
    Review.objects.filter(pk=review.pk).update(reviewer=reviewer)
    assert f"주무관 {reviewer.name}" in planning.get(reverse("benchmarking:reviews")).content.decode()
    head, row = download(planning, "benchmarking:reviews")
    place = [cell.value for cell in head].index("검토자")
    assert row[place].value == f"주무관 {reviewer.name}"


def test_r5_the_most_urgent_case_comes_first(planning: Client) -> None:
    made = cases(9, state=CaseState.IN_REVIEW)
    due = {case.pk: case.next_due for case in made}
    rows = planning.get(reverse("benchmarking:cases")).context["list"].rows
    days = [due[row.pk] for row in rows]
    known = [day for day in days if day]
    assert days == [*sorted(known), *[None] * (len(days) - len(known))]
    assert Case.objects.count() == len(days)
