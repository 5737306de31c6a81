"""The settlement is asked for within two weeks, and what was claimed falsely is paid back (V4b)."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from budgets.models import BudgetEntry
from core.ledger.verify import verify_all
from core.models import OpenWork
from core.now import pretend
from notifications.models import Notice
from notifications.reminders import remind
from organization.services import holidays
from tests import factories as make
from tests import visiting as v
from tests.visiting import LATER, ON, client, figures, people, refused, text
from visits.enums import VisitState
from visits.models import FieldVisit, Repayment
from visits.services import repayments, reports

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("money")]
DUE = ON + dt.timedelta(days=14)  # a Thursday


def claim(visit: FieldVisit) -> OpenWork:
    return OpenWork.objects.about(FieldVisit).get(object_id=visit.pk, ask="claim")


def test_v4b_the_settlement_is_asked_for_within_two_weeks_of_the_day_after_the_return() -> None:
    visit = v.visit(VisitState.TRAVELLED)
    assert visit.claim
    assert (visit.claim.due, claim(visit).due) == (DUE, DUE)
    with pretend(LATER):
        v.reported(visit)
    visit = v.again(visit)
    assert visit.claim
    assert visit.claim.closed_on == LATER
    assert not OpenWork.objects.about(FieldVisit).filter(object_id=visit.pk, ask="claim").exists()


def test_v4b_a_settlement_after_two_weeks_is_reminded() -> None:
    visit = v.visit(VisitState.TRAVELLED)
    one = people(visit)[0]

    def told(day: dt.date) -> bool:
        with pretend(day):
            remind(day)
        return Notice.objects.filter(recipient=one, title__contains="여비 정산 신청 기한").exists()

    assert not told(LATER)
    Notice.objects.all().delete()
    assert told(DUE), "on the day itself"
    Notice.objects.all().delete()
    assert told(DUE + dt.timedelta(days=1)), "and after it"
    said = Notice.objects.filter(recipient=one, title__contains="여비 정산 신청 기한").latest("pk").title
    assert "1일 지남" in said


def test_v4b_a_holiday_moves_the_claim_and_a_report_sent_back_opens_it_again() -> None:
    visit = v.visit(VisitState.TRAVELLED)
    with pretend(LATER):
        holidays.declare(actor=make.planner(), day=DUE, name="임시공휴일", kind="temporary")
        assert claim(visit).due == DUE + dt.timedelta(days=1)
        assert Notice.objects.filter(title__contains="여비 정산 신청 기한이 바뀌었습니다").exists()
        reports.return_report(v.reported(v.again(visit)), reason="영수증", actor=make.planner())
    assert claim(visit).due == DUE + dt.timedelta(days=1)


def test_v4b_a_false_claim_is_paid_back_with_five_times_the_sum_on_top() -> None:
    visit = v.visit(VisitState.SETTLED)
    one, other = people(visit)
    reserved, spent, free = figures()
    planner = make.planner()

    def repay(amount: int, **more: Any) -> Repayment:
        said = {"user": one, "document": "기획예산과-1140", "reason": "가지 않은 점심", **more}
        return repayments.repay(v.again(visit), amount=amount, actor=planner, **said)

    with pretend(LATER):
        made = repay(25_000)
        assert (made.amount, made.surcharge) == (25_000, 125_000)
        assert figures() == (reserved, spent - 25_000, free + 25_000)
        line = BudgetEntry.objects.of(visit).latest("pk")
        assert (line.kind, line.amount) == ("repay", 25_000)
        assert Notice.objects.filter(recipient=one, title__contains="여비를 환수합니다").exists()
        refused("amount", lambda: repay(35_001))
        refused("amount", lambda: repay(0))
        refused("document", lambda: repay(1_000, document="?"))
        assert repay(35_000).surcharge == 175_000
        refused("amount", lambda: repay(1))
        assert repay(60_000, user=other).amount == 60_000
        assert "되돌릴 수 없습니다" in refused(
            None, lambda: reports.undo_settle(v.again(visit), reason="까닭", actor=planner)
        )
    assert figures() == (reserved, 0, free + spent)
    assert not list(verify_all())


def test_v4b_planning_records_it_on_a_page() -> None:
    visit = v.visit(VisitState.SETTLED)
    one, _other = people(visit)
    address = reverse("visits:repay", args=[visit.pk])
    with pretend(LATER):
        browser = client(make.planner())
        assert address in text(browser.get(visit.get_absolute_url()))
        page = browser.get(address)
        assert "5배를 더 거둡니다" in text(page)
        typed = {
            "user": one.pk,
            "amount": "25,000",
            "document": "기획예산과-1140",
            "reason": "가지 않은 점심",
        }
        answer = browser.post(address, {**typed, "version": v.again(visit).version})
        assert answer.status_code == 302
        assert "가산 징수 125,000원" in text(browser.get(visit.get_absolute_url()))
        assert client(one).get(address).status_code == 403
