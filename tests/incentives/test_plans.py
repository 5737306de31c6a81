"""The city's plan is told, the own plan written, sent and approved, the papers handed in (I2)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core.editing import Conflict
from core.models import Holiday, OpenWork
from core.now import pretend
from incentives.enums import DivisionState, Post
from incentives.models import Division
from incentives.selectors.projects import rewarding
from incentives.services import plans, projects
from notifications.models import Notice
from organization.services import holidays
from tests import factories as make
from tests.incentives import made

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 2, 9)
TEXTS = {"overview": "서면 평가", "goals": "우수구", "measures": "매주 점검"}


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


def due_of(found: Division) -> dt.date | None:
    row = OpenWork.objects.about(Division).filter(object_id=found.pk).first()
    return row.due if row else None


def owner_of(found: Division) -> Any:
    return make.UserFactory(department=found.parts.order_by("order")[0].department)


def test_i2_the_own_plan_is_due_five_days_after_the_notification() -> None:
    found = made.division()
    people = made.named(found)
    assert due_of(found) == dt.date(2026, 3, 31)
    assert not rewarding(found)
    found = plans.notify(
        found, on=DAY, files=[ContentFile(b"%PDF-1.4 x", name="계획.pdf")], actor=people[Post.CHARGE]
    )
    assert found.clock is not None
    assert (found.state, due_of(found)) == (
        DivisionState.NOTIFIED,
        dt.date(2026, 2, 19),
    )  # past the lunar new year
    assert rewarding(found)
    told = set(Notice.objects.filter(kind="incentives.notified").values_list("recipient", flat=True))
    assert {people[Post.CHARGE].pk, people[Post.LEADER].pk, make.planner().pk} <= told
    for day, words in ((DAY + dt.timedelta(days=1), "오늘까지"), (dt.date(2024, 3, 2), "사업 연도")):
        with pytest.raises(Rejected, match=words):
            plans.notify(made.division(), on=day, actor=make.planner())


def test_i2_o7_a_holiday_declared_late_moves_the_deadline_and_tells() -> None:
    found = made.notified()
    people = made.named(found)
    holidays.declare(
        day=dt.date(2026, 2, 19), name="임시공휴일", kind=Holiday.Kind.TEMPORARY, actor=make.planner()
    )
    found.refresh_from_db()
    assert found.clock is not None
    assert found.clock.due == dt.date(2026, 2, 20)
    assert Notice.objects.filter(
        recipient=people[Post.CHARGE], title__contains="기한이 바뀌었습니다"
    ).exists()


def test_i2_the_plan_is_written_sent_returned_and_approved_by_another() -> None:
    found = made.notified()
    writer = owner_of(found)
    plan = plans.write(found, {"overview": "서면 평가"}, actor=writer)
    with pytest.raises(Rejected, match="추진 목표, 중점 추진 방안"):
        plans.send(found, actor=writer)
    with pytest.raises(Conflict):
        plans.write(found, {"overview": "현장 평가"}, version=plan.version - 1, actor=writer)
    plans.write(found, TEXTS, actor=writer)
    found = plans.send(found, actor=writer)
    assert found.clock is not None
    assert (found.state, found.clock.closed_on) == (DivisionState.PLANNED, DAY)
    with pytest.raises(Rejected, match="제출하기 전까지"):
        plans.write(found, TEXTS, actor=writer)
    found = plans.give_back(found, reason="목표를 수치로 적어 주세요.", actor=make.planner())
    assert (found.state, found.clock is not None and found.clock.closed_on) == (DivisionState.NOTIFIED, None)
    found = plans.send(found, actor=writer)
    with pytest.raises(Refused):
        plans.approve(found, actor=writer)
    found = plans.approve(found, submit_on=dt.date(2026, 10, 30), actor=make.planner())
    assert (found.state, due_of(found)) == (DivisionState.RUNNING, dt.date(2026, 10, 30))


def test_i2_whoever_wrote_the_plan_approves_it_not_even_from_planning() -> None:
    planner = make.planner()
    found = made.notified(planner.department)
    plans.write(found, TEXTS, actor=planner)
    found = plans.send(found, actor=owner_of(found))
    with pytest.raises(Refused):
        plans.approve(found, actor=planner)


def test_i6_the_papers_go_out_after_director_and_deputy_mayor() -> None:
    found = made.running(submit_on=dt.date(2026, 10, 30))
    charge = owner_of(found)
    days = {"on": DAY, "director_on": DAY, "deputy_on": DAY}
    later, before = DAY + dt.timedelta(days=1), DAY - dt.timedelta(days=1)
    for wrong, words in (
        ({"on": later}, "오늘까지"),
        ({"deputy_on": before}, "부구청장 보고보다 먼저"),
        ({"on": before}, "제출보다 먼저"),
    ):
        with pytest.raises(Rejected, match=words):
            plans.submit(found, **{**days, **wrong}, actor=charge)
    found = plans.submit(found, **days, actor=charge)
    assert (found.state, found.submitted_on) == (DivisionState.SUBMITTED, DAY)
    found = plans.undo_submit(found, reason="아직 내지 않았음", actor=make.planner())
    assert (found.state, found.submitted_on) == (DivisionState.RUNNING, None)


def test_i2_a_notification_by_mistake_is_taken_back_and_another_counts() -> None:
    found = made.notified()
    found = plans.take_notice_back(found, reason="다른 사업의 계획", actor=make.planner())
    assert (found.notified_on, rewarding(found)) == (None, False)
    found = plans.notify(found, on=DAY, actor=make.planner())
    assert found.state == DivisionState.NOTIFIED


def test_i2_a_dropped_project_asks_nothing() -> None:
    found = projects.drop(made.notified(), reason="올해는 평가하지 않음", actor=make.planner())
    assert due_of(found) is None
    found = projects.restore(found, reason="다시 평가함", actor=make.planner())
    assert due_of(found) == dt.date(2026, 3, 31)


def test_i2_the_page_says_early_that_there_is_no_bonus(client: Client) -> None:
    found = made.division()
    user = owner_of(found)
    client.force_login(user)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "포상금을 지급하지 않습니다" in page
    url = reverse("incentives:division_notify", args=[found.pk])
    client.post(url, {"on": "2026-02-09", "version": found.version})
    page = client.get(found.get_absolute_url()).content.decode()
    assert "포상금을 지급하지 않습니다" not in page
    assert "2. 19.(목)" in page


@pytest.mark.parametrize("form", ["html", "hwpx", "xlsx"])
def test_i2_the_own_plan_is_a_paper_in_the_shape_of_the_offices(client: Client, form: str) -> None:
    found = made.running()
    client.force_login(make.planner())
    answer = client.get(reverse("incentives:division_paper", args=[found.pk]), {"format": form})
    assert answer.status_code == 200
    if form == "html":
        page = answer.content.decode()
        assert "안전도시 만들기 자체 추진계획" in page
        assert "Ⅳ. 평가 분야·항목별 대응 방안" in page
