"""Who decides on what somebody else wrote decides on what they have seen."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from benchmarking.enums import FollowUpState
from benchmarking.models import FollowUp
from benchmarking.services import follow_ups
from core.editing import Outdated
from core.now import pretend
from reviews.enums import ReviewState
from reviews.services import reviews
from tests import factories as make
from tests import visiting as v
from tests.pages import button
from tests.visiting import DAY, LATER, again, balances, client, people
from visits.enums import VisitState
from visits.services import reports, requests

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("money")]
CHANGED = "화면을 연 뒤 내용이나 상태가 바뀌어 처리하지 않았습니다"


def dearer(visit: Any) -> None:
    """The department takes its request back, raises it and asks anew."""
    asker = make.fresh(people(visit)[0])
    requests.withdraw(visit, actor=asker)
    requests.edit_and_submit(again(visit), v.plan(transport_each=300_000), people(visit), actor=asker)


def other_report(visit: Any) -> None:
    who, *_more = people(visit)
    reports.withdraw_report(visit, actor=make.fresh(who))
    spent = [reports.Expense("transport", who, 90_000, receipt="1", note="택시")]
    v.reported(again(visit), took_part=[who.pk], expenses=spent)


def test_v2_a_plan_changed_since_it_was_seen_is_not_approved() -> None:
    visit, planner = v.visit(), client(make.planner())
    page = visit.get_absolute_url()
    approve = button(planner, page, "approve")
    dearer(visit)
    answer = planner.post(approve, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert CHANGED in answer.content.decode()
    assert "지금 상태는 ‘승인 대기’입니다" in answer.content.decode()
    assert again(visit).state == VisitState.SUBMITTED
    planner.post(button(planner, page, "approve"))
    assert again(visit).reserved == again(visit).estimate


@pytest.mark.parametrize("step", ["reject", "send-back"])
def test_v2_a_reason_typed_for_another_plan_waits(step: str) -> None:
    visit, planner = v.visit(), client(make.planner())
    page = visit.get_absolute_url()
    address = button(planner, page, step)
    dearer(visit)
    answer = planner.post(address, {"reason": "교통비를 다시 확인해 주세요"}, follow=True)
    assert CHANGED in answer.content.decode()
    assert again(visit).state == VisitState.SUBMITTED
    back = planner.get(button(planner, page, step))
    assert back.context["form"]["reason"].value() == "교통비를 다시 확인해 주세요"
    planner.post(button(planner, page, step), {"reason": "교통비를 다시 확인해 주세요"})
    assert again(visit).state in (VisitState.REJECTED, VisitState.RETURNED)


def test_v2_a_page_opened_from_an_older_one_leads_back() -> None:
    visit, planner = v.visit("reported"), client(make.planner())
    page = visit.get_absolute_url()
    settle = button(planner, page, "settle")
    with pretend(LATER):
        other_report(visit)
        answer = planner.get(settle, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert CHANGED in answer.content.decode()


def test_v5_v6_a_report_changed_since_it_was_seen_is_not_settled() -> None:
    visit, planner = v.visit("reported"), client(make.planner())
    with pretend(LATER):
        url = reverse("visits:settle", args=[visit.pk])
        shown = planner.get(url).context["seen_version"]
        other_report(visit)
        answer = planner.post(url, {"version": shown}, follow=True)
        assert CHANGED in answer.content.decode()
        assert again(visit).state == VisitState.REPORTED
        assert balances(people(visit)[0]) == balances(people(visit)[1])
        planner.post(url, {"version": planner.get(url).context["seen_version"]})
    assert again(visit).actual == 90_000


def test_v3_a_report_changed_since_it_was_seen_is_not_returned() -> None:
    visit, planner = v.visit("reported"), client(make.planner())
    address = button(planner, visit.get_absolute_url(), "report/send-back")
    with pretend(LATER):
        other_report(visit)
        planner.post(address, {"reason": "영수증"})
    assert again(visit).state == VisitState.REPORTED


@pytest.mark.parametrize("step", ["approve", "settle"])
def test_v2_planning_decides_nothing_without_saying_what_it_saw(step: str) -> None:
    visit = v.visit("submitted" if step == "approve" else "reported")
    answer = client(make.planner()).post(reverse(f"visits:{step}", args=[visit.pk]), follow=True)
    assert CHANGED in answer.content.decode()
    assert again(visit).state == visit.state


@pytest.mark.parametrize("step", ["confirm", "send-back"])
def test_b4_an_answer_changed_since_it_was_seen_is_not_decided_on(step: str) -> None:
    review = make.ReviewFactory()
    (reviewer,) = v.team(review, 1)
    reviews.submit(review, make.answer(), actor=make.fresh(reviewer))
    head, page = client(make.head(review)), review.get_absolute_url()
    address = button(head, page, step)
    reviews.withdraw(review, actor=make.fresh(reviewer))
    reviews.submit(review, make.answer("adopt"), actor=make.fresh(reviewer))
    answer = head.post(address, {"reason": "다시"}, follow=True)
    assert CHANGED in answer.content.decode()
    review.refresh_from_db()
    assert review.state == ReviewState.SUBMITTED
    head.post(button(head, page, step), {"reason": "다시"})
    review.refresh_from_db()
    assert review.state != ReviewState.SUBMITTED


def test_b3_a_request_answered_since_it_was_seen_is_not_recalled() -> None:
    review, planner = make.ReviewFactory(), client(make.planner())
    page = review.get_absolute_url()
    recall = button(planner, page, "recall")
    reviews.submit(review, make.answer(), actor=make.fresh(v.team(review, 1)[0]))
    answer = planner.post(recall, {"reason": "잘못 보냄"}, follow=True)
    assert CHANGED in answer.content.decode()
    review.refresh_from_db()
    assert review.state == ReviewState.SUBMITTED


@pytest.mark.parametrize("step", ["confirm", "send-back"])
def test_b7_evidence_changed_since_it_was_seen_is_not_decided_on(step: str) -> None:
    follow_up = FollowUp.objects.get(review=make.answered(make.ReviewFactory(), "adopt"))
    actor, file = make.head(follow_up.review), [ContentFile(b"%PDF-1.4 t", name="a.pdf")]
    follow_ups.report(follow_up, implemented_on=DAY, result="시범 운영", files=file, actor=actor)
    planner, page = client(make.planner()), follow_up.get_absolute_url()
    address = button(planner, page, step)
    follow_ups.withdraw(follow_up, actor=make.fresh(actor))
    follow_ups.report(follow_up, implemented_on=DAY, result="아직 준비 중", actor=make.fresh(actor))
    answer = planner.post(address, {"reason": "사진을 더해 주세요"}, follow=True)
    assert CHANGED in answer.content.decode()
    follow_up.refresh_from_db()
    assert follow_up.state == FollowUpState.REPORTED
    planner.post(button(planner, page, step), {"reason": "사진을 더해 주세요"})
    follow_up.refresh_from_db()
    assert follow_up.state != FollowUpState.REPORTED


def test_v2_the_version_is_checked_under_the_lock() -> None:
    """Who is quicker than the click's own page load is seen all the same."""
    visit = v.visit()
    with pytest.raises(Outdated):
        requests.approve(visit, actor=make.planner(), version=again(visit).version - 1)
    requests.approve(visit, actor=make.planner(), version=again(visit).version)
