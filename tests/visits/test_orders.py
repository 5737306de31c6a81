"""Numbers of travel orders for many visits on one page (V2)."""

import pytest
from django.urls import reverse

from tests import visiting as v
from tests.visiting import client, people, text
from visits.enums import VisitState
from visits.services import requests

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("money")]


def test_v2_many_orders_on_one_page_each_with_its_result() -> None:
    first, second, third = (v.visit(VisitState.APPROVED) for _n in range(3))
    url = reverse("visits:orders")
    browser = client(v.orderer())
    answer = browser.post(url, {f"number-{first.pk}": "총무과-1", f"number-{second.pk}": "번호"})
    assert answer.status_code == 422
    assert "문서번호는 기획예산과-1131처럼" in text(answer)
    assert 'value="번호"' in text(answer)
    assert v.again(first).order_number == "총무과-1"
    assert browser.post(url, {}).status_code == 422
    chosen = browser.post(url, {"action": "order", "pk": [third.pk]})
    page = text(browser.get(chosen["Location"]))
    assert (f"number-{third.pk}" in page, f"number-{second.pk}" in page) == (True, False)


def test_v2_a_number_typed_for_a_visit_changed_meanwhile_is_not_lost() -> None:
    one, two, changed = v.visit("approved"), v.visit("approved"), v.visit("ordered")
    orderer, url = client(v.orderer()), reverse("visits:orders")
    for visit in (one, changed):
        requests.amend(visit, v.plan(), people(visit), reason="날짜", actor=people(visit)[0])
    typed = {"총무과-1": one, "총무과-2": two, "총무과-3": changed}
    answer = orderer.post(url, {f"number-{visit.pk}": number for number, visit in typed.items()})
    page = text(answer)
    assert answer.status_code == 422
    assert v.again(two).order_number == "총무과-2"
    assert answer.context["lost"] == ["총무과-1"]  # of a visit that general affairs does not know any more
    assert "기록하지 않은 번호가 있습니다" in page
    assert "<li>총무과-1</li>" in page
    (row,) = answer.context["rows"]
    assert (row["visit"], row["typed"]) == (changed, "총무과-3")
    assert "지금 상태(승인 대기)에서는" in row["error"]
    assert "하나 이상 입력" not in page
