"""Clubs in a real browser, by clicking from the first page: a month from the invitation to the hours in everybody's
statement (C2, C3, C7, C8), support from the request to the account (C4), a transfer that leaves the roll right (C1)."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from clubs.models import Report, Support, Upkeep
from clubs.policies import FIRST_MONTH, LAST_MONTH
from clubs.services import reports, upkeep
from core import roomcode
from core.now import now, today
from core.work import keep
from meetings.attending import room
from meetings.models import Decision, Session, SignIn
from organization.models import Posting
from policies.models import PolicyValue
from policies.registry import cache_clear
from tests import factories as make
from tests.clubs import made, papers

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE = 390
TITLE = "설문 결과 나누기"


def test_c2_c3_c7_c8_a_month_of_a_club(person: Callable[..., Any]) -> None:
    """Ten phones sign in by the number on the screen, one too early; the decision is somebody's work."""
    for months, value in ((FIRST_MONTH, 1), (LAST_MONTH, 12)):  # every month of a year has its report
        PolicyValue.objects.create(
            key=months.key, effective_from=today().replace(month=1, day=1), value=value, author=make.planner()
        )
    cache_clear()
    of = made.bureau(name="안전건설국")
    club = made.club(people=made.people(of, 9), bureau=of, name="주차연구회", begun_on=today().replace(day=1))
    assert club.panel is not None
    secretary, president = made.secretary(club), made.president(club)
    desk = person(secretary)
    desk.get_by_role("link", name="학습동아리", exact=True).first.click()
    desk.get_by_role("link", name="주차연구회").first.click()
    desk.get_by_role("link", name="모임 잡기").first.click()
    desk.get_by_label("개최일").fill(today().isoformat())
    begins = localtime(now()) + dt.timedelta(minutes=5)  # one may still answer, and sign in already
    desk.get_by_label("시작 시각").fill(f"{begins:%H:%M}")
    desk.get_by_label("장소").fill("3층 회의실")
    desk.get_by_label("안건").last.fill(TITLE)
    desk.get_by_role("button", name="모임 잡기").click()
    desk.get_by_text("일정을 잡고").wait_for()
    session = Session.objects.get()
    screen = desk.context.new_page()
    screen.goto(reverse("meetings:session_screen", args=[session.pk]))
    screen.get_by_text("10명 가운데").wait_for()

    members = [seat.user for seat in club.panel.seats.select_related("user__department").order_by("pk")]
    assert len(members) == 10
    for number, member in enumerate(members):
        phone = desk.context.new_page() if member == secretary else person(make.fresh(member), PHONE)
        phone.goto("/")
        phone.get_by_role("link", name=re.compile("모임 참석하기")).first.click()
        if number == 1:
            phone.get_by_role("button", name="참석합니다").click()
            phone.get_by_role("link", name="출석 서명하기").wait_for()
        phone.get_by_role("link", name="출석 서명하기").click()
        phone.get_by_label(re.compile("숫자|번호")).fill(roomcode.shown(room(session)))
        phone.get_by_role("button", name=re.compile("출석|서명")).click()
        phone.get_by_text("출석했습니다.").first.wait_for()
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert SignIn.objects.count() == 10
    screen.reload()
    assert "10명 가운데 10명 서명" in screen.locator("main").inner_text()

    desk.goto(session.get_absolute_url())
    desk.get_by_role("link", name="회의록 작성").first.click()
    desk.get_by_label("모임 내용").fill("설문 표본을 정하고 나누어 묻기로 하였다.")
    desk.locator("[name=decision-0-text]").fill("표본 100명에게 설문")
    desk.locator("[name=decision-0-who]").select_option(f"person:{members[5].pk}")
    desk.locator("[name=decision-0-until]").fill((today() + dt.timedelta(days=7)).isoformat())
    desk.get_by_role("button", name="회의록 저장").click()
    desk.get_by_text("회의록을 저장했습니다").wait_for()

    head = person(make.fresh(president))
    head.get_by_role("link", name=re.compile("회의록 확정하기")).click()
    head.get_by_role("link", name="회의록 확정").first.click()
    head.get_by_role("button", name="회의록 확정").click()
    head.get_by_text("회의록을 확정").wait_for()

    worker = person(make.fresh(members[5]))
    worker.get_by_role("link", name=re.compile("회의 결정 처리하기")).click()
    worker.get_by_role("link", name="결정 사항 처리").first.click()
    worker.get_by_label("처리 결과").fill("112명이 답하였다.")
    worker.get_by_role("button", name="결정 사항 처리").click()
    worker.get_by_text("처리 결과를 기록했습니다.").wait_for()
    assert Decision.objects.get().state == "done"
    worker.get_by_role("link", name="마일리지", exact=True).first.click()
    worker.get_by_role("link", name=re.compile("상시학습")).first.click()
    worker.get_by_role("link", name=re.compile("주차연구회")).first.wait_for()
    assert "2시간" in worker.locator("main").inner_text()

    reports.ask_due(today())
    desk.goto("/clubs/")
    desk.get_by_role("link", name=re.compile("동아리 보고서 내기")).first.click()
    report = Report.objects.get(club=club, kind="month")
    desk.get_by_role("link", name="보고서 쓰기").first.click()
    assert (
        TITLE in desk.locator("main").inner_text()
        or "설문 표본" in desk.get_by_label("활동 내용").input_value()
    )
    desk.locator("#id_title").fill("주차 설문")
    desk.get_by_role("button", name=re.compile("저장")).click()
    desk.get_by_role("button", name="보고서 제출").first.click()
    desk.get_by_text(re.compile("제출했습니다")).first.wait_for()
    report.refresh_from_db()
    assert report.state == "sent"


def test_c4_support_from_the_request_to_the_account(person: Callable[..., Any], tmp_path: Any) -> None:
    club = made.club(name="주차연구회", begun_on=today().replace(day=1))
    papers.funded(year=today().year)
    receipt = tmp_path / "영수증.pdf"
    receipt.write_bytes(papers.receipt().read())
    desk = person(made.secretary(club))
    desk.get_by_role("link", name="학습동아리", exact=True).first.click()
    desk.get_by_role("link", name="주차연구회").first.click()
    desk.get_by_role("link", name="지원 신청").first.click()
    desk.get_by_label("지원 구분").select_option("books")
    desk.locator("#id_title").fill("주차 정책 도서 5권")
    desk.get_by_label("사용일").fill(today().isoformat())
    desk.get_by_label("신청액(원)").fill("84000")
    desk.get_by_role("button", name="지원 신청").click()
    support = Support.objects.get()
    assert (support.state, support.amount) == ("asked", 84_000)

    planning = person(make.planner())
    planning.get_by_role("link", name=re.compile("동아리 지원 승인하기")).click()
    planning.get_by_role("link", name="지원 승인").first.click()
    planning.get_by_role("button", name="지원 승인").click()
    planning.get_by_text("84,000원").first.wait_for()

    desk.goto("/")
    desk.get_by_role("link", name=re.compile("동아리 지원 정산하기")).click()
    desk.get_by_role("link", name=re.compile("정산")).last.click()
    desk.get_by_label("쓴 금액").fill("81500")
    desk.locator("input[type=file]").first.set_input_files(str(receipt))
    desk.get_by_role("button", name=re.compile("정산")).click()
    desk.get_by_text("81,500원").first.wait_for()

    planning.goto("/")
    planning.get_by_role("link", name=re.compile("정산 확인하기")).click()
    planning.get_by_role("link", name="지원 정산").first.click()
    planning.get_by_text("가운데 81,500원을 정산할까요?").wait_for()
    planning.get_by_role("button", name="지원 정산").last.click()
    planning.get_by_text("정산했습니다.").first.wait_for()
    support.refresh_from_db()
    assert (support.state, support.actual) == ("settled", 81_500)
    desk.goto(club.get_absolute_url())
    assert "418,500원" in desk.locator("main").inner_text(), "what is left of the club's money"


def test_c1_a_transfer_leaves_the_club_and_its_roll_right(person: Callable[..., Any]) -> None:
    club = made.club(name="주차연구회", begun_on=today() - dt.timedelta(days=60))
    assert club.panel is not None
    member = made.one_of(club, "member")
    elsewhere = make.DepartmentFactory(parent=made.bureau(), name="먼과")
    moved = today() - dt.timedelta(days=3)
    Posting.objects.filter(user=member).update(valid_to=moved - dt.timedelta(days=1))
    Posting.objects.create(user=member, department=elsewhere, position=member.position, valid_from=moved)
    type(member).objects.filter(pk=member.pk).update(department=elsewhere)
    assert upkeep.note_changes(today()) == 1
    keep.refresh(Upkeep.objects.get())

    desk = person(made.secretary(club))
    desk.get_by_role("link", name=re.compile("회원 정비하기")).click()
    desk.get_by_role("link", name="탈퇴로 정비").first.click()
    desk.get_by_role("button", name="탈퇴로 정비").click()
    desk.goto(club.get_absolute_url())
    desk.get_by_role("heading", name="주차연구회").wait_for()
    seat = club.panel.seats.get(user=member)
    assert seat.ends_on == moved
    now_in = desk.locator("table", has=desk.locator("caption", has_text="회원")).first.inner_text()
    assert member.name not in now_in
    assert not make.fresh(member).seats.on(today()).exists()
