"""Incentive projects in a real browser, by clicking from the first page: a year from the notification to the paid bonus
(I2, I6, I7); a weekly report whose missed indicator stands on the dashboard and on the next briefing's agenda (I3a, I4,
I5)."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from core.now import today
from incentives.enums import Post
from incentives.models import Briefing, Division, Payout, Week, WeekReport
from incentives.services import briefings, weeks
from organization.enums import Role
from tests import factories as make
from tests.asked import second_planner
from tests.incentives import made, measured, won

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TITLE = "안전도시 만들기"


def at(page: Any, division: Division) -> Any:
    """By the menu to the project's page."""
    page.goto("/")
    page.get_by_role("link", name="공동협력사업", exact=True).first.click()
    page.get_by_role("link", name=str(division), exact=True).first.click()
    page.get_by_role("heading", name=str(division), level=1).wait_for()
    return page


def fill(page: Any, **typed: str) -> None:
    for name, value in typed.items():
        page.locator(f"[name={name}]").fill(value)


def sure(page: Any, button: str) -> None:
    """The button, and what asks whether it is meant."""
    page.get_by_role("link", name=button, exact=True).or_(
        page.get_by_role("button", name=button, exact=True)
    ).first.click()
    page.locator("dialog[open], main").get_by_role("button", name=button, exact=True).last.click()


def test_i2_i6_i7_a_year_from_the_notification_to_the_paid_bonus(person: Callable[..., Any]) -> None:
    owner = make.DepartmentFactory(name="안전치수과")
    make.head_of(owner)
    charge = make.UserFactory(department=owner)
    won.funded()
    planner, other = make.planner(), second_planner()
    desk, office = person(planner), person(charge)
    day = today().isoformat()

    desk.goto(reverse("incentives:new"))
    fill(desk, title=TITLE, evaluator="안전총괄과")
    desk.locator("[name=first]").select_option(str(owner.pk))
    desk.get_by_role("button", name="사업 등록").click()
    desk.get_by_text("사업을 등록했습니다").wait_for()
    division = Division.objects.select_related("project").get()
    desk.get_by_role("link", name="담당자 고치기").or_(desk.get_by_text("더 보기")).first.click()
    if desk.get_by_role("link", name="담당자 고치기").count():
        desk.get_by_role("link", name="담당자 고치기").first.click()
    (part,) = division.parts.all()
    fill(desk, **{f"part-{part.pk}-{Post.CHARGE}": charge.employee_number})
    desk.get_by_role("button", name="담당자 저장").click()
    desk.get_by_text("담당자를 저장했습니다.").wait_for()

    office.goto("/")
    office.get_by_role("link", name=re.compile("평가계획 통보하기")).first.click()
    office.get_by_text("포상금을 받으려면 통보해야 합니다").wait_for()
    office.get_by_role("link", name="평가계획 통보", exact=True).first.click()
    office.get_by_role("button", name="평가계획 통보").click()
    office.get_by_text("통보했습니다.").first.wait_for()
    office.get_by_role("link", name="자체 추진계획 쓰기").first.click()
    fill(office, overview="서면과 현장 평가", goals="최우수", measures="매주 점검")
    office.get_by_role("button", name="자체 추진계획 저장").click()
    office.get_by_text("지표별 대응 방안까지").wait_for()
    measured.indicator(division, weight="100")
    office.get_by_role("button", name="자체 추진계획 제출", exact=True).first.click()
    office.get_by_text("자체 추진계획을 제출했습니다.").wait_for()

    desk.goto("/")
    desk.get_by_role("link", name=re.compile("자체 추진계획 승인하기")).first.click()
    desk.get_by_role("link", name="자체 추진계획 승인", exact=True).first.click()
    fill(desk, submit_on=day)
    desk.get_by_role("button", name="자체 추진계획 승인").click()
    desk.get_by_text("자체 추진계획을 승인했습니다.").wait_for()

    at(office, division).get_by_role("link", name="평가자료 제출 기록", exact=True).first.click()
    fill(office, director_on=day, deputy_on=day, on=day)
    office.get_by_role("button", name="평가자료 제출 기록").click()
    office.get_by_text("평가자료 제출을 기록했습니다.").wait_for()

    at(desk, division).get_by_role("link", name="평가 결과 적기").first.click()
    fill(desk, grade="최우수", amount1="90000000", received1=day)
    desk.locator("[name=money1]").select_option("grant")
    desk.get_by_role("button", name="평가 결과 기록").click()
    desk.get_by_text("포상금을 산정했습니다.").wait_for()
    assert "9,000,000원" in desk.locator("main").inner_text()
    payout = Payout.objects.get()

    office.goto("/")
    office.get_by_role("link", name=re.compile("포상금 배분하기")).first.click()
    office.get_by_role("link", name="포상금 배분", exact=True).first.click()
    office.locator("[name^=share-]").fill("100")
    office.get_by_role("button", name="포상금 배분").click()
    office.get_by_text("포상금을 배분했습니다.").wait_for()
    office.get_by_role("link", name="부구청장 결재 기록", exact=True).first.click()
    fill(office, document="안전치수과-77", on=day)
    office.get_by_role("button", name="부구청장 결재 기록").click()
    office.get_by_text("결재를 기록했습니다.").wait_for()

    desk.goto("/")
    desk.get_by_role("link", name=re.compile("포상금 지급계획에 협조하기")).first.click()
    sure(desk, "지급계획 협조")
    desk.get_by_text("포상금 예산에 잡아 두었습니다.").wait_for()
    office.goto("/")
    office.get_by_role("link", name=re.compile("포상금 지급 요청하기")).first.click()
    office.get_by_role("link", name="포상금 지급 요청", exact=True).first.click()
    fill(office, document="안전치수과-78")
    office.get_by_role("button", name="포상금 지급 요청").click()
    office.get_by_text("지급을 요청했습니다.").wait_for()
    third = person(other)
    third.get_by_role("link", name=re.compile("포상금 지급하기")).first.click()
    third.get_by_role("link", name="포상금 지급", exact=True).first.click()
    fill(third, on=day)
    third.get_by_role("button", name="포상금 지급").click()
    third.get_by_text("지급을 기록했습니다.").wait_for()
    payout.refresh_from_db()
    assert (payout.state, payout.amount) == ("paid", 9_000_000)


def test_i3a_i4_i5_a_missed_indicator_stands_on_dashboard_and_agenda(person: Callable[..., Any]) -> None:
    owner = make.DepartmentFactory(name="교통행정과")
    found = made.running(owner, title=TITLE)
    people = made.named(found)
    head, charge = make.fresh(people[Post.LEADER]), make.fresh(people[Post.CHARGE])
    made_of = measured.indicator(found, name="보행등 설치", target="1000", weight="100")
    week_of(found)
    office = person(charge)
    office.get_by_role("link", name=re.compile("주간 보고 내기")).first.click()
    office.get_by_role("link", name="주간 보고 쓰기").first.click()
    fill(office, **{f"value-{made_of.pk}": "1", f"source-{made_of.pk}": "현장 점검"})
    fill(office, problems="자재가 늦게 들어왔습니다.")
    office.locator("main form button.primary").last.click()
    office.get_by_role("heading", level=1).wait_for()
    report = WeekReport.objects.get()
    assert report.state == "written"
    boss = person(head)
    boss.get_by_role("link", name=re.compile("주간 보고 확인하기")).first.click()
    boss.get_by_role("button", name="주간 보고 확인", exact=True).first.click()
    boss.get_by_text(re.compile("확인했습니다")).first.wait_for()

    executive = person(make.UserFactory(roles=[Role.EXECUTIVE]))
    executive.goto(reverse("dashboard"))
    executive.get_by_role("link", name="사업별 현황 보기").or_(
        executive.get_by_text("부진 지표")
    ).first.scroll_into_view_if_needed()
    weak = executive.get_by_role("link", name=re.compile("부진 지표"))
    weak.wait_for()
    assert "1" in weak.inner_text()
    weak.click()
    executive.get_by_role("link", name="보행등 설치").wait_for()

    session = made.briefed(head, on=today() + dt.timedelta(days=1))
    briefings.draft_all(today())
    assert Briefing.objects.get().panel_id == session.panel_id
    boss.goto(session.get_absolute_url())
    boss.get_by_text(re.compile("부진 지표: 안전도시 만들기 보행등 설치")).first.wait_for()


def week_of(division: Division) -> None:
    """This week's, reported today."""

    year, number, _weekday = today().isocalendar()
    with transaction.atomic():
        weeks.fill(Week.objects.create(year=year, number=number, due_on=today()))
