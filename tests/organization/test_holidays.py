"""Declared holidays move every open deadline at once (O7)."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from basis.errors import Refused, Rejected
from core.models import Clock, ClockChange, Holiday
from core.now import pretend
from notifications.models import Notice
from organization.enums import Role
from organization.services import holidays
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
DUE = dt.date(2026, 12, 4)  # 14 days from today, a Friday
MONDAY = dt.date(2026, 12, 7)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with pretend(TODAY):
        yield


def test_o7_declaring_moves_open_deadlines_logs_them_and_tells() -> None:
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    review, closed = make.ReviewFactory(), make.ReviewFactory()
    make.answered(closed)
    assert review.clock.due == closed.clock.due == DUE
    assert holidays.preview(added=DUE) == [holidays.Move(DUE, MONDAY, 1)]
    before = Notice.objects.filter(recipient=make.head(review)).count()

    _holiday, moved = holidays.declare(actor=admin, day=DUE, name="임시공휴일", kind="temporary")
    assert moved == 1
    assert Clock.objects.get(pk=review.clock_id).due == MONDAY
    assert Clock.objects.get(pk=closed.clock_id).due == DUE
    change = ClockChange.objects.get()
    assert (change.old_due, change.new_due, change.actor) == (DUE, MONDAY, admin)
    assert "임시공휴일" in change.cause
    assert Notice.objects.filter(recipient=make.head(review)).count() == before + 1


def test_o7_taking_it_away_moves_them_back() -> None:
    planner = make.planner()
    review = make.ReviewFactory()
    holiday, _moved = holidays.declare(actor=planner, day=DUE, name="지역 휴무", kind="local")
    assert holidays.preview(removed=DUE) == [holidays.Move(MONDAY, DUE, 1)]
    assert holidays.remove(holiday, actor=planner) == 1
    assert Clock.objects.get(pk=review.clock_id).due == DUE
    assert not Holiday.objects.exists()
    assert ClockChange.objects.count() == 2


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (dt.date(2026, 12, 25), "법정 공휴일"),
        (dt.date(2026, 12, 5), "이미 휴무일"),
        (dt.date(2026, 12, 1), "이미 등록된"),
    ],
)
def test_o7_days_that_are_closed_anyway(day: dt.date, why: str) -> None:
    Holiday.objects.create(date=dt.date(2026, 12, 1), name="휴무")
    with pytest.raises(Rejected, match=why) as refused:
        holidays.declare(actor=make.planner(), day=day, name="휴무", kind="temporary")
    assert refused.value.field == "date"


def test_o7_who_may_declare() -> None:
    for actor in (make.UserFactory(), make.UserFactory(roles=[Role.AUDITOR])):
        with pytest.raises(Refused, match="기획예산과"):
            holidays.declare(actor=actor, day=DUE, name="휴무", kind="temporary")
    assert not Holiday.objects.exists()


def test_o7_the_page_shows_what_moves_before_it_moves(client: Client) -> None:
    review = make.ReviewFactory()
    client.force_login(make.planner(), backend="organization.backends.Backend")
    typed = {"date": DUE.isoformat(), "name": "임시공휴일", "kind": "temporary"}
    shown = client.post("/manage/holidays/new/", typed)
    assert "기한 1건" in shown.content.decode()
    assert not Holiday.objects.exists()
    seen = shown.context["preview"]
    other = client.post("/manage/holidays/new/", {**typed, "date": "2026-12-03", "preview": seen})
    assert "바뀌는 기한이 없습니다" in other.content.decode()  # another day is previewed anew
    assert not Holiday.objects.exists()
    done = client.post("/manage/holidays/new/", {**typed, "preview": seen}, follow=True)
    assert "기한 1건을 다시 계산" in done.content.decode()
    assert Clock.objects.get(pk=review.clock_id).due == MONDAY


def test_o7a_a_local_holiday_says_whether_it_moves_deadlines(client: Client) -> None:
    review = make.ReviewFactory()
    client.force_login(make.planner(), backend="organization.backends.Backend")
    typed = {"date": DUE.isoformat(), "name": "개청기념일", "kind": "local"}
    unsaid = client.post("/manage/holidays/new/", typed)
    assert "지역 휴무일이 기한을 미루는지 골라 주세요." in unsaid.content.decode()
    assert (
        "기한 1건"
        in client.post("/manage/holidays/new/", {**typed, "moves_deadlines": "yes"}).content.decode()
    )

    typed["moves_deadlines"] = "no"
    shown = client.post("/manage/holidays/new/", typed)
    assert "바뀌는 기한이 없습니다" in shown.content.decode()
    client.post("/manage/holidays/new/", {**typed, "preview": shown.context["preview"]})
    assert Holiday.objects.get().moves_deadlines is False
    assert Clock.objects.get(pk=review.clock_id).due == DUE


def test_o7a_a_temporary_holiday_always_moves_deadlines() -> None:
    holiday, moved = holidays.declare(
        actor=make.planner(), day=DUE, name="임시공휴일", kind="temporary", moves_deadlines=False
    )
    assert (holiday.moves_deadlines, moved) == (True, 0)
