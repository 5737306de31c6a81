"""A field visit in a real browser, by clicking from the first page: request, approval, order, report, settlement, and
the points and hours in the statements of who went (V1–V6, M6)."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from core.attachments import files_of
from core.now import now, pretend, today
from organization.models import User
from tests import factories as make
from tests import visiting as v
from visits.enums import VisitPlace, VisitState
from visits.models import FieldVisit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HOST = "○○시청 교통정책과"


def test_v1_to_v6_from_the_request_to_points_and_hours(person: Callable[..., Any]) -> None:
    office = make.DepartmentFactory(name="교통행정과")
    head = make.head_of(office)
    one, two = (make.UserFactory(department=office) for _n in range(2))
    guest = make.UserFactory(name="홍길동")
    general_affairs, planner = v.orderer(), make.planner()
    v.allocate()
    make.ReviewFactory(department=office)

    boss = person(head)
    boss.get_by_role("link", name=re.compile("검토자 지정하기")).click()
    boss.get_by_text("더 보기").click()
    boss.get_by_role("link", name="현장체험 신청").click()
    boss.locator("#id_host").fill(HOST)
    boss.get_by_label("방문 목적").fill("공유주차 운영 방법 확인")
    boss.get_by_label("방문일").fill(today().isoformat())
    boss.get_by_label("방문 지역").select_option("elsewhere")
    boss.get_by_label("1인 교통비(원)").fill("38400")
    boss.get_by_label("직원 1").select_option(str(one.pk))
    boss.get_by_label("직원 2").select_option(str(two.pk))
    boss.get_by_text("38,400원 × 2명").wait_for()
    boss.get_by_label("다른 부서 직원 더하기").fill("홍길동")
    boss.get_by_role("button", name="더하기").click()
    boss.get_by_text("38,400원 × 3명").wait_for()
    boss.get_by_text("984,800원").wait_for()
    boss.get_by_role("button", name="현장체험 신청", exact=True).click()
    boss.get_by_role("heading", name=HOST).wait_for()
    visit = FieldVisit.objects.get()
    assert (visit.state, visit.estimate) == (VisitState.SUBMITTED, 265_200)

    planning = person(planner)
    planning.get_by_role("link", name=re.compile("현장체험 승인하기")).click()
    planning.get_by_role("button", name="승인", exact=True).click()
    planning.get_by_text("승인되어 여비를 잡아 두었습니다.").wait_for()

    orders = person(general_affairs)
    orders.get_by_role("link", name=re.compile("출장명령 기록하기")).click()
    orders.get_by_role("link", name="출장명령 기록").click()
    orders.get_by_label("출장명령 번호").fill("총무과-1131")
    orders.get_by_role("button", name="출장명령 기록").click()
    orders.get_by_text("출장명령이 기록되었습니다.").wait_for()

    desk = person(one)
    desk.get_by_role("link", name="벤치마킹", exact=True).first.click()
    desk.get_by_role("link", name=re.compile("^현장체험")).first.click()
    desk.get_by_role("link", name=HOST).click()
    desk.get_by_role("button", name="다녀왔습니다").click()
    desk.get_by_role("link", name="결과보고 작성").click()
    desk.get_by_label("보고 들은 내용").fill("신청과 정산을 앱 하나로 하고 있었습니다.")
    desk.get_by_label("우리 구에 적용할 내용").fill("두 곳에서 먼저 해 봅니다.")
    desk.locator("label", has_text=two.name).click()  # who could not come after all
    rows = desk.locator(".expenses tbody tr")
    for place in range(rows.count()):
        row = rows.nth(place)
        who = row.locator("select").nth(1).input_value()
        amount, receipt = row.locator("input[data-money]"), row.get_by_label(re.compile("영수증 번호"))
        if who == str(two.pk):
            amount.fill("")
        elif who and row.locator("select").first.input_value() == "transport":
            amount.fill("36000")
            receipt.fill(f"2026-{place}")
    desk.get_by_role("button", name="결과보고 제출").click()
    desk.get_by_text("결과를 보고했습니다.").wait_for()

    planning.goto("/")
    planning.get_by_role("link", name=re.compile("현장체험 정산하기")).click()
    planning.get_by_role("link", name="정산", exact=True).click()
    planning.get_by_text("172,000원").first.wait_for()
    planning.get_by_role("button", name="정산").click()
    planning.get_by_text("정산했습니다.").wait_for()
    visit.refresh_from_db()
    assert (visit.state, visit.actual) == (VisitState.SETTLED, 2 * (36_000 + 25_000 + 25_000))

    for member, points, hours in ((one, "2점", "4시간"), (guest, "2점", "4시간")):
        page = person(make.fresh(member))
        page.get_by_role("link", name="마일리지", exact=True).first.click()
        page.get_by_role("link", name=re.compile(HOST)).first.wait_for()
        assert points in page.locator("main").inner_text()
        page.get_by_role("link", name=re.compile("상시학습")).first.click()
        page.get_by_role("link", name=re.compile(HOST)).first.wait_for()
        assert hours in page.locator("main").inner_text()
    page = person(make.fresh(two))
    page.get_by_role("link", name="마일리지", exact=True).first.click()
    page.get_by_role("heading", level=1).wait_for()
    assert HOST not in page.locator("main").inner_text()


def test_v1_the_request_works_without_scripts(plain: Callable[[User], Any]) -> None:
    """The estimate by its button, somebody of another department by the other."""
    review = make.ReviewFactory()
    (one,) = v.team(review, 1)
    guest = make.UserFactory()
    page = plain(one)
    page.goto(reverse("visits:request", args=[review.pk]))
    page.get_by_label("방문 목적").fill("확인")
    page.get_by_label("방문일").fill(today().isoformat())
    page.locator("[name=place]").select_option(VisitPlace.ELSEWHERE.value)
    page.get_by_label("직원 1").select_option(str(one.pk))
    page.get_by_role("button", name="다시 계산").click()
    assert "25,000원 × 1명 × 1일" in page.locator("#estimate").inner_text()
    page.get_by_label("다른 부서 직원 더하기").fill(guest.employee_number)
    page.get_by_role("button", name="더하기").click()
    assert "25,000원 × 2명 × 1일" in page.locator("#estimate").inner_text()
    page.get_by_role("button", name="현장체험 신청", exact=True).click()
    visit = FieldVisit.objects.get()
    assert (visit.state, visit.headcount) == (VisitState.SUBMITTED, 2)


def test_v3_without_scripts_files_of_a_refused_report_need_not_be_chosen_again(
    plain: Callable[[User], Any],
) -> None:
    v.orderer()
    v.allocate()
    with pretend(now() - dt.timedelta(days=v.AHEAD + 1)):
        visit = v.visit(VisitState.TRAVELLED)
    page = plain(v.people(visit)[0])
    page.goto(f"/visits/{visit.pk}/report/")
    page.get_by_label("우리 구에 적용할 내용").fill("두 곳에서 먼저 해 봅니다.")
    for name in ("attachments", "expense-0-file", "expense-3-file"):
        paper = {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": f"%PDF-1.4 {name}".encode()}
        page.locator(f"input[name={name}]").set_input_files(paper)
    page.get_by_role("button", name="결과보고 제출").click()
    page.get_by_text("보고 들은 내용을 입력해 주세요.").first.wait_for()
    for name in ("attachments.pdf", "expense-0-file.pdf", "expense-3-file.pdf"):
        assert page.get_by_label(name).is_checked()
    page.locator("label", has_text="expense-3-file.pdf").click()
    page.get_by_label("보고 들은 내용").fill("신청과 정산을 앱 하나로 하고 있었습니다.")
    page.locator("[name=expense-3-receipt]").fill("2026-3")
    page.get_by_role("button", name="결과보고 제출").click()
    page.get_by_text("결과를 보고했습니다.").wait_for()
    assert [file.name for file in files_of(v.again(visit).report)] == ["attachments.pdf"]
    assert [file.name for row in visit.expenses.all() for file in files_of(row)] == ["expense-0-file.pdf"]
