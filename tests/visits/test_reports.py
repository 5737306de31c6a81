"""The journey, its report, the settlement with money, points and hours; what is refused (V3, V5, V6)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from basis.errors import Refused
from core import duties
from core.ledger.verify import verify_all
from core.now import pretend
from core.transition import history
from mileage.enums import Scheme
from mileage.models import Entry
from mileage.selectors.handover import handed_over_of
from mileage.services.handover import hand_over
from notifications.models import Notice
from organization.services import holidays
from tests import factories as make
from tests import visiting as v
from tests.visiting import LATER, ON, balances, figures, people, refused
from visits.enums import VisitState
from visits.models import FieldVisit
from visits.services import reports
from visits.services.reports import Expense

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]


# -------------------------------------------------------------------------------- the journey, the report


def test_v2_the_team_says_it_has_been_there_or_the_schedule_does(money: None) -> None:
    first, second = v.visit(VisitState.ORDERED), v.visit(VisitState.ORDERED)
    early = lambda: reports.travel(first, actor=people(first)[0])  # noqa: E731
    assert "방문일이 되면" in refused(None, early)
    with pretend(ON):
        reports.travel(first, actor=people(first)[0])
    assert duties.run_due(ON)["visits"] == 0
    assert duties.run_due(LATER)["visits"] == 1
    assert duties.run_due(LATER)["visits"] == 0
    assert {v.again(one).state for one in (first, second)} == {VisitState.TRAVELLED}


def test_v3_o6_the_report_is_due_seven_days_after_the_visit(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED, visited_on=dt.date(2026, 11, 20))
    assert visit.clock
    assert (visit.clock.start, visit.clock.due) == (dt.date(2026, 11, 20), dt.date(2026, 11, 27))
    late = v.visit(VisitState.TRAVELLED, visited_on=dt.date(2026, 12, 25))
    assert late.clock
    assert late.clock.due == dt.date(2027, 1, 4)  # 1. 1. is a holiday, then the weekend


def test_v3_in_time_is_what_arrived_by_the_deadline(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    assert visit.clock
    with pretend(visit.clock.due + dt.timedelta(days=1)):
        v.reported(visit)
    assert v.again(visit).report.in_time is False


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"findings": " "}, "findings"),
        ({"taken_over": ""}, "taken_over"),
        ({"took_part": []}, "took_part"),
        ({"took_part": [999_999]}, "took_part"),
    ],
)
def test_v3_a_report_says_what_who_and_how(values: dict[str, Any], field: str, money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    assert refused(field, lambda: v.reported(visit, **values))
    assert v.again(visit).state == VisitState.TRAVELLED


def test_v4_actual_costs_need_receipts_and_more_than_the_rate_is_refused(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    one, other = people(visit)

    def report(*expenses: Expense, **values: Any) -> Callable[[], FieldVisit]:
        return lambda: v.reported(visit, expenses=list(expenses), **values)

    assert "영수증" in refused("expense-0-receipt", report(Expense("transport", one, 9_000)))
    assert "25,000원까지" in refused("expense-0-amount", report(Expense("meals", one, 25_001, note="까닭")))
    split = (Expense("meals", one, 20_000), Expense("meals", one, 20_000))
    assert "25,000원까지" in refused("expense-1-amount", report(*split))
    assert refused("expense-0-amount", report(Expense("daily", one, -1)))
    elsewhere = report(Expense("daily", other, 25_000), took_part=[one.pk])
    assert "다녀온 직원이 아닙니다" in refused("expense-0-user", elsewhere)
    paper = ContentFile(b"%PDF-1.4 receipt", name="receipt.pdf")
    report(Expense("transport", one, 9_000, files=[paper]), Expense("meals", one, 25_000))()
    assert sum(e.amount for e in visit.expenses.all()) == 34_000


def test_v3_a_report_sent_back_is_mended_in_place(money: None) -> None:
    visit = v.visit(VisitState.REPORTED)
    with pretend(LATER):
        reports.return_report(visit, reason="사진을 넣어 주세요.", actor=make.planner())
        visit = v.again(visit)
        assert visit.clock
        assert (visit.state, visit.clock.closed_on) == (VisitState.TRAVELLED, None)
        row, *_others = visit.expenses.all()
        one = make.fresh(row.user)
        kept = Expense(row.kind, one, 8_000, receipt="2026-9", pk=row.pk)
        v.reported(visit, expenses=[kept], actor=one)
    assert [(e.pk, e.amount) for e in visit.expenses.all()] == [(row.pk, 8_000)]


def test_v2_the_team_from_elsewhere_may_report_strangers_not(money: None) -> None:
    review = make.ReviewFactory()
    guest = make.UserFactory()
    visit = v.visit(VisitState.TRAVELLED, review=review, people=[*v.team(review, 1), guest])
    with pytest.raises(Refused):
        v.reported(visit, actor=make.UserFactory())
    assert v.reported(visit, actor=make.fresh(guest)).state == VisitState.REPORTED


# ------------------------------------------------------------------------------------------ the settling


def test_v5_v6_settling_spends_frees_and_rewards_who_went(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    went, stayed = people(visit)
    spent = [Expense("daily", went, 25_000), Expense("transport", went, 12_000, receipt="7")]
    with pretend(LATER):
        v.reported(visit, took_part=[went.pk], expenses=spent)
        reports.settle(visit, actor=make.planner())
    visit = v.again(visit)
    assert (visit.state, visit.actual, visit.reserved, visit.headcount) == (
        VisitState.SETTLED,
        37_000,
        None,
        1,
    )
    assert figures() == (0, 37_000, 1_213_000)
    assert (balances(went), balances(stayed)) == ((2, 4), (0, 0))
    assert not list(verify_all())


def test_v5_v6_settling_undone_takes_all_back_and_may_be_done_again(money: None) -> None:
    visit = v.visit(VisitState.SETTLED)
    one = people(visit)[0]
    undo = reports.undo_settle
    assert refused("reason", lambda: undo(visit, reason="", actor=make.planner()))
    undo(visit, reason="영수증 금액 오류", actor=make.planner())
    visit = v.again(visit)
    assert (visit.state, visit.actual, visit.reserved) == (VisitState.REPORTED, None, 120_000)
    assert (figures(), balances(one)) == ((120_000, 0, 1_130_000), (0, 0))
    reports.settle(visit, actor=make.planner())
    assert (figures(), balances(one)) == ((0, 120_000, 1_130_000), (2, 4))
    assert not list(verify_all())


def test_m3_settling_names_whose_points_were_taken_back_by_hand(money: None, client: Client) -> None:
    visit = v.visit(VisitState.SETTLED)
    one, two = people(visit)
    page = reverse("visits:settle", args=[visit.pk])
    with pretend(LATER):
        v.taken_back_by_hand(one, Scheme.LEARNING)
        reports.undo_settle(v.again(visit), reason="영수증", actor=make.planner())
        client.force_login(make.planner())
        said = client.get(page).content.decode()
        assert f"{one.name}의 4시간은 직접 취소된 기록이 있어 다시 드리지 않습니다." in said
        assert f"{two.name}의" not in said
        reports.settle(v.again(visit), actor=make.planner())
    assert (balances(one), balances(two)) == ((2, 0), (2, 4))


def test_m7_undoing_says_whose_hours_general_affairs_has_already(money: None, client: Client) -> None:
    visit = v.visit(VisitState.SETTLED)
    client.force_login(make.planner())
    url = f"/visits/{visit.pk}/settle/undo/"
    assert "이미 총무과에 인계한" not in client.get(url).content.decode()
    with pretend(LATER):
        hand_over(Entry.objects.all(), document="총무과-1131", handed_on=LATER, actor=v.orderer())
    page = client.get(url).content.decode()
    assert "이미 총무과에 인계한 상시학습 8시간" in page
    assert all(person.name in page for person in people(visit))
    reports.undo_settle(visit, reason="영수증 금액 오류", actor=make.planner())
    assert handed_over_of(visit) == []


def test_v6_only_planning_settles_and_only_once(money: None) -> None:
    visit = v.visit(VisitState.REPORTED)
    for other in (people(visit)[0], v.orderer()):
        with pytest.raises(Refused):
            reports.settle(visit, actor=other)
    reports.settle(visit, actor=make.planner())
    assert refused(None, lambda: reports.settle(visit, actor=make.planner()))
    assert balances(people(visit)[0]) == (2, 4)


def test_d5_every_step_is_in_the_record(money: None) -> None:
    visit = v.visit(VisitState.SETTLED)
    names = list(history(visit).order_by("pk").values_list("name", flat=True))
    assert names == ["write", "submit", "approve", "order", "travel", "report", "settle"]


# ------------------------------------------------------------------------------------------ the reminders


def test_v3_b5_who_went_is_reminded_before_and_after_then_the_head(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    assert visit.clock
    due, one, head = visit.clock.due, people(visit)[0], make.head(visit.review)

    def reminded(offset: int) -> set[int]:
        day = due + dt.timedelta(days=offset)
        with pretend(day):
            before = set(Notice.objects.filter(kind="notifications.reminder").values_list("pk", flat=True))
            duties.run_due(day)
            duties.run_due(day)
            fresh = Notice.objects.filter(kind="notifications.reminder", url=visit.get_absolute_url())
            told = list(fresh.exclude(pk__in=before).values_list("recipient", flat=True))
            assert len(told) == len(set(told)), "once each"
            return set(told)

    team = {member.user_id for member in visit.members.all()}
    assert reminded(-4) == set()
    assert reminded(-3) == team
    assert reminded(-2) == set()
    assert [reminded(n) for n in (-1, 0, 1)] == [team] * 3
    # The fifth day is three before the settlement is to be asked for (V4b); the head is told on no Saturday.
    assert [reminded(n) for n in (2, 3, 5)] == [set(), set(), {head.pk, *team}]
    assert one.pk in team


def test_o7_a_holiday_declared_moves_the_deadline_of_a_report(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    assert visit.clock
    with pretend(LATER):
        holidays.declare(day=visit.clock.due, name="임시공휴일", kind="temporary", actor=make.planner())
    moved = v.again(visit)
    assert moved.clock
    assert moved.clock.due > visit.clock.due
    assert Notice.objects.filter(recipient=people(visit)[0], kind="visits.due_moved").exists()
