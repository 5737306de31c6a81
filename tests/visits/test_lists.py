"""Lists of field visits: what waits for one, the state in sight, orders chosen in the list and given twice (V2)."""

import datetime as dt

import pytest
from django.urls import reverse

from core.now import pretend
from organization.models import User
from tests import factories as make
from tests import visiting as v
from tests.visiting import client, people, text
from visits.enums import VisitState
from visits.models import FieldVisit

pytestmark = pytest.mark.django_db
LIST, ORDERS = "/visits/", "/visits/orders/"


@pytest.fixture(autouse=True)
def _funded(the_day: None) -> None:
    v.fund(100_000_000)


def numbered(user: User) -> tuple[int | None, str]:
    """The number beside 현장체험 in the side navigation and where it leads."""
    items = client(user).get(LIST).context["side"].items
    return next(((item.count, item.url) for item in items if LIST in item.url and item.count), (None, ""))


def test_v2_the_number_beside_the_visits_leads_to_those_that_wait() -> None:
    waiting, approved = v.visit(), v.visit(VisitState.APPROVED)
    draft = v.visit(VisitState.DRAFT)
    for user, expected in (
        (make.planner(), {waiting}),
        (v.orderer(), {approved}),
        (people(draft)[0], {draft}),
    ):
        count, url = numbered(user)
        rows = client(user).get(url).context["list"].rows
        assert (count, {row.pk for row in rows}) == (len(expected), {visit.pk for visit in expected})
    assert numbered(make.UserFactory()) == (None, "")


def test_v2_the_state_stands_in_sight_among_the_conditions_of_the_visits() -> None:
    page = text(client(make.planner()).get(LIST))
    sight, _summary, more = page.partition("조건 더 보기")
    assert 'name="state"' in sight
    assert 'name="state"' not in more
    assert 'name="made"' in more


def test_v2_visits_chosen_that_wait_for_no_order_are_named() -> None:
    waiting, ordered = v.visit(VisitState.APPROVED), v.visit(VisitState.ORDERED)
    browser = client(v.orderer())
    both = text(browser.get(ORDERS, {"pk": [waiting.pk, ordered.pk]}))
    assert f"number-{waiting.pk}" in both
    assert "출장명령을 기다리지 않는 현장체험입니다" in both
    assert "(총무과-777)" in both
    none = text(browser.get(ORDERS, {"pk": [ordered.pk]}))
    assert "출장명령을 기다리지 않는 현장체험입니다" in none
    assert "출장명령을 기다리는 현장체험이 없습니다" not in none
    sent = text(browser.post(f"{ORDERS}?pk={waiting.pk}", {f"number-{waiting.pk}": "총무과-9"}))
    assert "기다리지 않는" not in sent, "it has its number just now"
    assert "출장명령을 기다리지" not in text(browser.get(ORDERS))


def test_d1_the_same_order_for_two_visits_is_pointed_out_and_recorded() -> None:
    first, second = v.visit(VisitState.APPROVED, host="□□군청"), v.visit(VisitState.APPROVED)
    said = "출장명령 번호 총무과-1131이(가) 다른 현장체험에도 기록되어 있습니다: "
    browser = client(v.orderer())

    def order(visit: FieldVisit, name: str = "order", **more: str) -> str:
        url = reverse(f"visits:{name}", args=[visit.pk])
        return text(browser.post(url, {"number": "총무과-1131", **more}, follow=True))

    assert said not in order(first)
    page = order(second)
    assert said + f"{first.department_name} □□군청(2026. 11. 19.(목))" in page
    assert {v.again(visit).order_number for visit in (first, second)} == {"총무과-1131"}
    third = v.visit(VisitState.ORDERED)
    assert said in order(third, "correct_order", reason="오기")


def test_d1_the_same_order_typed_twice_on_one_page_is_pointed_out_once() -> None:
    visits = [v.visit(VisitState.APPROVED) for _n in range(2)]
    sent = {f"number-{visit.pk}": "총무과-1131" for visit in visits}
    page = text(client(v.orderer()).post(ORDERS, sent))
    assert page.count("다른 현장체험에도 기록되어 있습니다") == 1


def test_d1_the_number_of_another_year_is_another_order() -> None:
    with pretend(dt.date(2025, 11, 17)):
        v.allocate(10_000_000)
        v.visit(VisitState.ORDERED)
    url = reverse("visits:order", args=[v.visit(VisitState.APPROVED).pk])
    answer = client(v.orderer()).post(url, {"number": "총무과-777"}, follow=True)
    assert "다른 현장체험에도" not in text(answer)
