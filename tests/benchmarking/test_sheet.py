"""The dispatch sheet: a line for each case, its own departments and deadline, what became of it (B3)."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from benchmarking.models import Case, Review
from core.now import pretend
from notifications.models import Notice
from organization.models import Department
from tests import factories as make

pytestmark = pytest.mark.django_db
TITLES = ("공유주차 앱", "도서관 야간 개방", "골목길 방범 조명")


@pytest.fixture
def places() -> list[Department]:
    return [
        make.head_of(make.DepartmentFactory(name=name)).department for name in ("교통행정과", "복지정책과")
    ]


@pytest.fixture
def chosen(places: list[Department]) -> list[Case]:
    """Two with departments thought of, one without."""
    planned = (places, places[:1], [])
    return [
        make.CaseFactory(title=title, suggested_departments=found)
        for title, found in zip(TITLES, planned, strict=True)
    ]


def sheet_of(cases: list[Case], **more: str) -> str:
    query = urlencode([*(("pk", case.pk) for case in cases), *more.items()])
    return f"{reverse('benchmarking:dispatch_many')}?{query}"


def planning() -> Client:
    client = Client()
    client.force_login(make.planner())
    return client


def filled(page: Any, **changes: Any) -> dict[str, Any]:
    """What the browser would send."""
    form = page.context["form"]
    return {**{field.html_name: field.value() or "" for field in form}, **changes}


def test_b3_each_case_goes_to_the_departments_thought_of(chosen: list[Case]) -> None:
    client, url = planning(), sheet_of(chosen, next="/benchmarking/?state=registered")
    page = client.get(url)
    assert page.context["submit"] == "사례 2건 보내기(검토 3건)"
    result = client.post(url, filled(page), follow=True)
    text = result.content.decode()
    assert result.redirect_chain[0][0] == reverse("benchmarking:dispatched")
    assert [len(case.reviews.all()) for case in chosen] == [2, 1, 0]
    assert "부서를 정하지 않아 보내지 않았습니다." in text
    assert text.count("보냄") == 2
    assert 'href="/benchmarking/?state=registered"' in text  # where one was
    assert result.context["again_url"].startswith(sheet_of(chosen[2:]))
    assert {n.title for n in Notice.objects.filter(kind="benchmarking.dispatched")} == {
        "벤치마킹 검토 요청 2건",
        f"벤치마킹 검토 요청: {TITLES[0]}",
    }


def test_b3_departments_for_all_and_a_deadline_of_its_own(
    chosen: list[Case], places: list[Department]
) -> None:
    client, url = planning(), sheet_of(chosen)
    page = client.get(url)
    sent = filled(page, departments=places[1].name)
    client.post(url, {**sent, f"days_{chosen[1].pk}": "30", f"days_{chosen[2].pk}": ""})
    assert [sorted(r.department.name for r in case.reviews.all()) for case in chosen] == [
        ["교통행정과", "복지정책과"],
        ["교통행정과", "복지정책과"],
        ["복지정책과"],
    ]
    length = {
        review.case.title: review.clock.length for review in Review.objects.select_related("case", "clock")
    }
    assert length == {TITLES[0]: 14, TITLES[1]: 30, TITLES[2]: 14}


@pytest.mark.parametrize("days", ["0", "91", "²", "9" * 30])
def test_b3_a_deadline_stays_within_what_the_policy_allows(chosen: list[Case], days: str) -> None:
    client, url = planning(), sheet_of(chosen)
    page = client.post(url, filled(client.get(url), **{f"days_{chosen[0].pk}": days}))
    assert page.status_code == 422
    assert not Review.objects.exists()


def test_b3_the_sheet_tells_what_each_department_has_in_hand(
    chosen: list[Case], places: list[Department]
) -> None:
    review = make.ReviewFactory(department=places[0])
    review.clock.due = dt.date(2026, 1, 5)
    review.clock.save()
    text = planning().get(sheet_of(chosen)).content.decode()
    assert '<option value="교통행정과" label="진행 1 · 지남 1"></option>' in text


def test_b3_what_departments_will_read_is_shown_before_it_goes(chosen: list[Case]) -> None:
    page = planning().get(sheet_of(chosen))
    assert page.context["letter"]["title"] == "벤치마킹 검토 요청 2건"
    assert TITLES[0] in page.context["letter"]["lines"][0].title


def test_b3_the_way_back_leads_to_no_other_site(chosen: list[Case]) -> None:
    client = planning()
    for wrong in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        assert client.get(sheet_of(chosen, next=wrong)).context["cancel_url"] == "/benchmarking/"
    chosen_rows = {"pk": [case.pk for case in chosen]}
    answer = client.post(
        reverse("benchmarking:bulk"),
        chosen_rows,
        headers={"referer": "http://testserver/benchmarking/?q=1&page=2"},
    )
    assert client.get(answer["Location"]).context["cancel_url"] == "/benchmarking/?q=1&page=2"


@pytest.mark.parametrize("count", [1, 8])
def test_the_sheet_asks_the_same_for_few_and_many(count: int, django_assert_max_num_queries: Any) -> None:
    place, client = make.DepartmentFactory(), planning()
    cases = [make.CaseFactory(suggested_departments=[place]) for _n in range(count)]
    client.get(sheet_of(cases))
    with django_assert_max_num_queries(22):
        client.get(sheet_of(cases))


@pytest.mark.parametrize(
    ("typed", "said"), [("7", "2026. 9. 17.(목)까지"), ("0", ""), ("400", ""), ("²", ""), ("", "")]
)
def test_o6_the_day_that_results_is_shown_while_days_are_typed(typed: str, said: str) -> None:
    with pretend(dt.date(2026, 9, 10)):
        assert planning().get(reverse("benchmarking:due"), {"days_3": typed}).content.decode() == said
