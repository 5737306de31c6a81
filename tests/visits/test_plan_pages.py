"""Asking for a visit and its papers: who asks goes along, what was done is said, the money of the visit itself is
counted and named, papers carry the names of who signs (V1, V5, B11)."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.documents.model import Document, SignatureLine
from basis.errors import Rejected
from benchmarking.documents import review_report
from organization.models import User
from organization.selectors import heads_of
from tests import factories as make
from tests import visiting as v
from tests.visiting import client, people, text
from visits.documents import visit_plan, visit_result
from visits.enums import VisitState
from visits.models import FieldVisit
from visits.services import requests

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _orderer(the_day: None) -> None:
    v.orderer()


def asking() -> tuple[list[User], Client, str]:
    review = make.ReviewFactory()
    team = v.team(review)
    return team, client(team[0]), reverse("visits:request", args=[review.pk])


def typed(team: list[User], **values: Any) -> dict[str, Any]:
    return {
        "host": "○○시청",
        "purpose": "공유주차 확인",
        "visited_on": "2026-11-20",
        "means": "public",
        "place": "elsewhere",
        "transport_each": "10,000",
        "members": [user.pk for user in team],
        **values,
    }


# ------------------------------------------------------------------------------------------------ asking


def test_v1_who_asks_is_the_first_of_the_team() -> None:
    v.allocate()
    team, browser, url = asking()
    page = browser.get(url)
    assert page.context["form"]["members"].value() == [team[0].pk]
    assert "× 1명" in text(page), "and the estimate begins with them"


def test_v2_a_plan_kept_or_sent_says_so() -> None:
    v.allocate()
    team, browser, url = asking()
    kept = text(browser.post(url, typed(team, keep="1"), follow=True))
    assert "신청하지 않고 저장했습니다." in kept
    edit = reverse("visits:edit", args=[FieldVisit.objects.get().pk])
    again = {"version": FieldVisit.objects.get().version}
    assert "신청하지 않고 저장했습니다." in text(
        browser.post(edit, typed(team, keep="1", **again), follow=True)
    )
    again = {"version": FieldVisit.objects.get().version}
    sent = text(browser.post(edit, typed(team, **again), follow=True))
    assert "현장체험을 신청했습니다." in sent
    assert "신청하지 않고 저장했습니다." not in sent


def test_v1_who_cannot_be_added_is_said_beside_the_field() -> None:
    team, browser, url = asking()
    page = text(browser.post(url, typed(team, guest="없는이", recalculate="guest")))
    said = "이 직원번호나 이름의 직원이 없습니다."
    assert re.search(rf'id="id_guest_error"><p class="form-hint-invalid">{said}', page)
    assert re.search(rf'<a href="#id_guest">{said}', page)
    assert page.count(said) == 2, "not in the estimate as well"
    assert 'value="없는이"' in page
    part = text(browser.post(url, typed(team, guest="없는이", recalculate="1")))
    assert said in part.partition('id="estimate"')[2], "where only the estimate is exchanged"


# ------------------------------------------------------------------------------------------------ money


def test_v5_the_money_of_the_visit_itself_is_named_when_a_change_does_not_fit() -> None:
    v.allocate(130_000)
    visit = v.visit(VisitState.APPROVED)
    requests.amend(visit, v.plan(transport_each=20_000), people(visit), reason="인상", actor=people(visit)[0])
    page = text(client(make.planner()).get(visit.get_absolute_url()))
    assert "이 현장체험에 잡아 둔 120,000원을 포함하여 130,000원입니다." in page
    with pytest.raises(Rejected) as rejected:
        requests.approve(v.again(visit), actor=make.planner())
    said = (
        "쓸 수 있는 금액은 이 현장체험에 잡아 둔 120,000원을 포함하여 130,000원인데 140,000원이 필요합니다."
    )
    assert said in rejected.value.message


def test_v5_without_money_set_aside_nothing_is_said_of_it() -> None:
    v.allocate(100_000)
    visit = v.visit()
    with pytest.raises(Rejected, match="쓸 수 있는 금액은 100,000원인데 120,000원이 필요합니다") as rejected:
        requests.approve(visit, actor=make.planner())
    assert "잡아 둔" not in rejected.value.message
    page = text(client(make.planner()).get(visit.get_absolute_url()))
    assert "쓸 수 있는 예산은 100,000원입니다." in page


# ------------------------------------------------------------------------------------------------ papers


def signers(paper: Document) -> list[tuple[str, str]]:
    (line,) = [block for block in paper.blocks if isinstance(block, SignatureLine)]
    return [(signer.role, signer.name) for signer in line.people]


def test_b11_papers_of_a_visit_carry_the_names_of_who_signs() -> None:
    v.allocate()
    visit = v.visit(VisitState.REPORTED)
    one = people(visit)[0]
    (head,) = heads_of(visit.department_id)
    assert signers(visit_plan(visit)) == [("신청자", one.full_label), ("부서장", head.full_label)]
    User.objects.filter(pk=head.pk).update(is_active=False)
    assert signers(visit_plan(visit)) == [("신청자", one.full_label), ("부서장", "")]
    assert signers(visit_result(visit, costs=False)) == [("보고자", one.full_label)]


def test_b11_the_report_of_a_review_carries_the_names_of_who_signs() -> None:
    review = make.ReviewFactory()
    review.reviewer = make.UserFactory(department=review.department)
    assert signers(review_report(review))[0] == ("검토자", review.reviewer.full_label)


# ------------------------------------------------------------------------------------- more than any visit costs


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"transport_each": "3000000000"}, "transport_each", "100,000,000원 이하로"),
        ({"transport_each": "9" * 20}, "transport_each", "100,000,000원 이하로"),
        ({"meals": "3000000000", "meals_reason": "만찬"}, "meals", "100,000,000원 이하로"),
        ({"transport_each": "60,000,000"}, "transport_each", "예상 경비가 100,000,000원을 넘습니다"),
        ({"daily": "99,990,000", "daily_reason": "오타"}, "daily", "보다 늘릴 수 없습니다"),
    ],
)
def test_v4_an_amount_larger_than_any_visit_is_named(values: dict[str, str], field: str, said: str) -> None:
    team, browser, url = asking()
    answer = browser.post(url, typed(team, keep="1", **values))
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    assert not FieldVisit.objects.exists()
    assert browser.post(url, typed(team, recalculate="1", **values)).status_code == 200
