"""The header's search finds field visits, by whatever the list of visits finds, and only what one may know of."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.now import pretend
from core.search import FIRST, Group
from organization.models import User
from tests import factories as make
from tests import visiting as v
from tests.visiting import DAY, client
from visits.enums import VisitState
from visits.models import FieldVisit

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


@pytest.fixture(autouse=True)
def _funded(the_day: None) -> None:
    v.fund(100_000_000)


def group(user: User, words: str) -> Group | None:
    groups = client(user).get("/search/", {"q": words}).context["groups"]
    return next((group for group in groups if str(group.label) == "현장체험"), None)


def visit(state: VisitState = VisitState.ORDERED) -> FieldVisit:
    case = make.CaseFactory(title="골목길 안심 거울")
    department = make.head_of(make.DepartmentFactory(name="안전도시과")).department
    review = make.ReviewFactory(case=case, department=department)
    return v.visit(state, review=review, host="□□시청 재난안전과", purpose="거울 설치 기준 확인")


@pytest.mark.parametrize(
    "words", ["재난안전과", "설치 기준", "안심 거울", "안전도시과", "총무과-777", "□□시청 안심", "{code}"]
)
def test_the_search_finds_what_the_list_finds(words: str) -> None:
    sought = visit()
    v.visit(VisitState.APPROVED)
    words = words.format(code=sought.case.code)  # type: ignore[union-attr]  # it is there
    found = group(make.planner(), words)
    assert found is not None
    assert ([hit.url for hit in found.hits], found.total) == ([sought.get_absolute_url()], 1)
    assert (found.hits[0].title, found.hits[0].detail) == (
        "□□시청 재난안전과 · 거울 설치 기준 확인",
        "2026. 11. 19.(목) · 안전도시과 · 방문 예정",
    )
    more = urlsplit(found.more_url)
    assert (more.path, parse_qs(more.query)) == ("/visits/", {"q": [words]})
    listed = client(make.planner()).get(found.more_url).context["list"]
    assert [row.pk for row in listed.rows] == [sought.pk]


def test_words_with_signs_of_addresses_lead_to_the_same_words() -> None:
    sought = visit()
    v.visit(VisitState.APPROVED, host="A 연구원")
    FieldVisit.objects.filter(pk=sought.pk).update(host="A&B 연구원 #2")
    found = group(make.planner(), "A&B #2")
    assert found is not None
    assert client(make.planner()).get(found.more_url).context["list"].count == 1


def test_the_search_tells_nobody_of_a_visit_that_one_may_not_know_of() -> None:
    made, waiting = visit(VisitState.SETTLED), visit(VisitState.SUBMITTED)

    def seen(user: User) -> set[str]:
        found = group(user, "재난안전과")
        return {hit.url for hit in found.hits} if found else set()

    assert seen(make.UserFactory()) == {made.get_absolute_url()}
    assert seen(v.orderer()) == {made.get_absolute_url()}
    assert seen(v.people(waiting)[0]) == {made.get_absolute_url(), waiting.get_absolute_url()}
    assert group(make.UserFactory(), waiting.case.code) is None  # type: ignore[union-attr]  # it is there


def test_the_search_shows_the_latest_and_counts_all_with_as_few_queries_for_many_as_for_one() -> None:
    def asked(browser: Client) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/search/", {"q": "재난안전과"}).status_code == 200
        return len(queries)

    last = visit(VisitState.APPROVED)
    browser = client(make.planner())
    asked(browser)  # what is remembered between requests
    one = asked(browser)
    for n in range(12):
        with pretend(DAY - dt.timedelta(days=n + 1)):
            visit(VisitState.SUBMITTED)
    assert asked(browser) == one
    found = group(make.planner(), "재난안전과")
    assert found is not None
    assert (found.total, len(found.hits), found.hits[0].url) == (13, FIRST, last.get_absolute_url())
