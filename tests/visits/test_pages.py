"""Pages of field visits: the estimate that follows what is chosen, errors beside their fields, many orders, papers."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarking.models import Review
from core import drafts
from core.attachments import attach, files_of
from core.models import AccessLog, Draft
from core.now import pretend
from organization.models import User
from tests import factories as make
from tests import visiting as v
from tests.pages import button
from tests.visiting import DAY, LATER, client, people, text
from visits.enums import VisitState
from visits.models import FieldVisit
from visits.services import requests

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]


def typed(team: list[User], **values: Any) -> dict[str, Any]:
    """The form of a plan as a browser sends it: five lists, the empty ones too."""
    chosen = [str(user.pk) for user in team]
    return {
        "host": "○○시청",
        "contact": "",
        "purpose": "공유주차 확인",
        "look_at": "",
        "visited_on": "2026-11-20",
        "means": "public",
        "place": "elsewhere",
        "transport_each": "38,400",
        "members": chosen + [""] * (5 - len(chosen)),
        "guest": "",
        **values,
    }


def asking(count: int = 2) -> tuple[Review, list[User], Client, str]:
    review = make.ReviewFactory()
    team = v.team(review, count)
    return review, team, client(team[0]), reverse("visits:request", args=[review.pk])


def test_v1_the_review_offers_the_request_to_its_department_only() -> None:
    review, team, _client, url = asking()
    page = reverse("benchmarking:review", args=[review.pk])
    assert url in text(client(team[0]).get(page))
    assert url not in text(client(make.planner()).get(page))
    make.answered(review)
    assert url not in text(client(team[0]).get(page))


def test_v4_the_estimate_follows_what_is_chosen(money: None) -> None:
    _review, team, browser, url = asking(3)
    page = browser.post(url, typed(team, recalculate="1"))
    assert page.status_code == 200
    assert "38,400원 × 3명" in text(page)
    assert "265,200원" in text(page)
    assert "984,800원" in text(page), "what the budget has left"
    assert not FieldVisit.objects.exists()
    car = text(browser.post(url, typed(team, means="official", recalculate="1")))
    assert "12,500원 × 3명 × 1일" in car
    assert "112,500원" in car


def test_v4_an_adjustment_without_reason_is_said_in_the_estimate_and_beside_the_field(money: None) -> None:
    _review, team, browser, url = asking()
    said = "식비 금액을 조정한 사유를 입력해 주세요."
    assert said in text(browser.post(url, typed(team, meals="10000", recalculate="1")))
    answer = browser.post(url, typed(team, meals="10000"))
    assert (answer.status_code, said in text(answer)) == (422, True)
    answer = browser.post(url, typed(team, meals="10000", meals_reason="점심만"))
    assert answer.status_code == 302
    assert FieldVisit.objects.get().estimate == 2 * (25_000 + 38_400) + 10_000


def test_v1_somebody_of_another_department_is_added_by_number_or_name() -> None:
    _review, team, browser, url = asking()
    guest = make.UserFactory(name="홍길동")
    page = text(browser.post(url, typed(team, guest=guest.employee_number, recalculate="guest")))
    assert f'<option value="{guest.pk}" selected>' in page
    assert "× 3명" in page
    assert f'<option value="{guest.pk}" selected>' in text(
        browser.post(url, typed(team, guest="홍길동", recalculate="guest"))
    )
    make.UserFactory(name="홍길동")
    assert "직원번호로 찾아 주세요" in text(
        browser.post(url, typed(team, guest="홍길동", recalculate="guest"))
    )
    assert "직원이 없습니다" in text(browser.post(url, typed(team, guest="없는이", recalculate="guest")))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"host": ""}, "방문 기관"),
        ({"visited_on": "2026-11-13"}, "방문일은 오늘 또는 이후여야 합니다."),
        ({"visited_on": ""}, "방문일"),
        ({"members": [""] * 5}, "현장체험단"),
        ({"transport_each": "많이"}, "숫자로 입력해 주세요."),
    ],
)
def test_v1_what_is_wrong_stands_beside_its_field_with_all_that_was_typed(
    values: dict[str, Any], said: str
) -> None:
    _review, team, browser, url = asking()
    answer = browser.post(url, typed(team, **values))
    assert answer.status_code == 422
    assert said in text(answer)
    assert "공유주차 확인" in text(answer)
    assert not FieldVisit.objects.exists()


def test_v1_the_estimate_says_that_a_person_is_chosen_twice(money: None) -> None:
    _review, team, browser, url = asking()
    page = text(browser.post(url, typed([team[0], team[0]], recalculate="1")))
    assert "같은 직원을 두 번 골랐습니다." in page
    assert "다녀올 직원을 고르면" not in page


def test_v1_the_same_person_twice_is_refused() -> None:
    _review, team, browser, url = asking()
    answer = browser.post(url, typed([team[0], team[0]]))
    assert (answer.status_code, "같은 직원을 두 번 골랐습니다." in text(answer)) == (422, True)


def test_v2_a_draft_keeps_what_is_typed_and_goes_with_the_request(money: None) -> None:
    review, team, browser, url = asking()
    draft = reverse("draft", args=[drafts.signed(f"visits.new.{review.pk}")])
    browser.post(draft, typed(team, host="□□시청"))
    page = text(browser.get(url))
    assert "□□시청" in page
    assert f'<option value="{team[1].pk}" selected>' in page
    assert browser.post(url, typed(team)).status_code == 302
    assert not Draft.objects.exists()
    assert FieldVisit.objects.get().state == VisitState.SUBMITTED


def test_v2_a_plan_may_be_kept_without_being_submitted() -> None:
    _review, team, browser, url = asking()
    browser.post(url, typed(team, keep="1"))
    visit = FieldVisit.objects.get()
    assert visit.state == VisitState.DRAFT
    edit = reverse("visits:edit", args=[visit.pk])
    assert 'value="2026-11-20"' in text(browser.get(edit))
    browser.post(edit, typed(team, host="△△시청", version=visit.version))
    assert (v.again(visit).host, v.again(visit).state) == ("△△시청", VisitState.SUBMITTED)


def test_v2_two_at_one_plan_the_second_is_told() -> None:
    visit = v.written()
    edit = reverse("visits:edit", args=[visit.pk])
    one = people(visit)
    browser = client(one[0])
    browser.post(edit, typed(one, host="△△시청", keep="1", version=visit.version))
    answer = browser.post(edit, typed(one, host="□□시청", keep="1", version=visit.version))
    assert (answer.status_code, "먼저 고쳤습니다" in text(answer)) == (422, True)


def test_o5_absent_people_are_pointed_out(money: None) -> None:
    _review, team, browser, url = asking()
    make.away(team[1], team[0], DAY, dt.date(2026, 11, 30))
    page = text(browser.post(url, typed(team, recalculate="1")))
    assert f"{team[1].full_label}: 부재(2026. 11. 16.(월) ~ 2026. 11. 30.(월))" in page


def test_v5_the_page_says_when_the_budget_does_not_suffice() -> None:
    v.allocate(100_000)
    visit = v.visit()
    planner, page = client(make.planner()), visit.get_absolute_url()
    assert "여비 예산이 모자랍니다" in text(planner.get(page))
    answer = planner.post(button(planner, page, "approve"), follow=True)
    assert "금액을 줄이거나 예산을 늘린 뒤" in text(answer)


def test_v2_the_one_next_action_by_state_and_role(money: None) -> None:
    visit = v.visit()
    for state, actor, action in (
        (VisitState.SUBMITTED, make.planner(), "approve"),
        (VisitState.APPROVED, v.orderer(), "order"),
        (VisitState.REPORTED, make.planner(), "settle"),
    ):
        visit = v.visit(state)
        page = text(client(actor).get(visit.get_absolute_url()))
        assert reverse(f"visits:{action}", args=[visit.pk]) in page
        others = text(client(people(visit)[0]).get(visit.get_absolute_url()))
        assert reverse(f"visits:{action}", args=[visit.pk]) not in others


def test_v3_the_report_begins_with_the_estimate_and_keeps_receipts(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    browser, url = client(people(visit)[0]), reverse("visits:report", args=[visit.pk])
    with pretend(LATER):
        page = text(browser.get(url))
        assert page.count('value="25,000"') == 4
        assert page.count('value="10,000"') == 2
        early = SimpleUploadedFile("first.pdf", b"%PDF-1.4 z")
        answer = browser.post(url, v.report_form(visit, attachments=[early]))
        assert answer.status_code == 422
        assert "first.pdf" in text(answer), "the file need not be chosen again"
        (held,) = drafts.held(people(visit)[0], f"visits.visit.{visit.pk}.report")
        assert "영수증 번호나 영수증 파일을 넣어 주세요." in text(answer)
        assert "앱 화면을 보았습니다." in text(answer)
        receipt = SimpleUploadedFile("receipt.pdf", b"%PDF-1.4 x")
        picture = SimpleUploadedFile("seen.pdf", b"%PDF-1.4 y")
        more = {"expense-0-file": receipt, "attachments": [picture], "held": [held.pk]}
        sent = v.report_form(visit, **more)
        assert browser.post(url, sent).status_code == 302
    visit = v.again(visit)
    assert (visit.state, visit.report.in_time) == (VisitState.REPORTED, True)
    assert {file.name for file in files_of(visit.report)} == {"first.pdf", "seen.pdf"}
    assert [file.name for row in visit.expenses.all() for file in files_of(row)] == ["receipt.pdf"]


def test_v3_a_row_without_a_person_says_so(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    url = reverse("visits:report", args=[visit.pk])
    with pretend(LATER):
        sent = v.report_form(visit, **{"expense-1-user": "", "expense-0-receipt": "7"})
        answer = client(people(visit)[0]).post(url, sent)
    assert (answer.status_code, "직원을 선택해 주세요." in text(answer)) == (422, True)


def test_v3_a_report_typed_half_is_kept_with_its_expenses(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    browser = client(people(visit)[0])
    draft = reverse("draft", args=[drafts.signed(f"visits.visit.{visit.pk}.report")])
    browser.post(draft, v.report_form(visit, **{"expense-0-amount": "7,777"}))
    with pretend(LATER):
        page = text(browser.get(reverse("visits:report", args=[visit.pk])))
    assert "7,777" in page
    assert "앱 화면을 보았습니다." in page


def test_v6_settling_says_before_what_it_does(money: None) -> None:
    visit = v.visit(VisitState.REPORTED)
    page = text(client(make.planner()).get(reverse("visits:settle", args=[visit.pk])))
    assert "120,000원" in page
    assert "2점, 4시간" in page


def test_b11_plan_and_result_print_and_export(money: None) -> None:
    visit = v.visit(VisitState.SETTLED)
    browser = client(make.planner())
    for name, words in (("plan", "현장체험 계획서"), ("result", "결과보고서")):
        url = reverse(f"visits:{name}", args=[visit.pk])
        page = text(browser.get(url))
        assert words in page
        assert "금120,000원(금일십이만원)" in page
        paper = browser.get(url, {"format": "hwpx"})
        assert paper["Content-Type"] == "application/vnd.hancom.hwpx"
        assert paper.content[:2] == b"PK"
        assert visit.host in AccessLog.objects.latest("pk").subject_label, "D3: the log names the paper"
    stranger = client(make.UserFactory())
    shared = stranger.get(reverse("visits:result", args=[visit.pk]))
    assert "빈 주차면을" in text(shared)
    assert "금120,000원" not in text(shared), "the costs are not everybody's"
    assert stranger.get(reverse("visits:plan", args=[visit.pk])).status_code == 403


def test_b11_the_page_offers_its_papers_and_says_amounts_to_whom_they_concern(money: None) -> None:
    visit = v.visit(VisitState.SETTLED)
    page = reverse("visits:visit", args=[visit.pk])
    plan, result = (reverse(f"visits:{name}", args=[visit.pk]) for name in ("plan", "result"))
    shown = text(client(make.planner()).get(page))
    assert all(f'"{url}"' in shown and f'"{url}?format=hwpx"' in shown for url in (plan, result))
    assert "120,000원" in shown
    strangers = text(client(make.UserFactory()).get(page))
    assert f'"{result}"' in strangers
    assert plan not in strangers, "a link that would be refused"
    assert "20,000원" not in strangers, "neither in the tables nor in the timeline"


def test_v2_what_came_back_says_why_and_leads_to_mending_it(money: None) -> None:
    visit = v.visit()
    requests.send_back(visit, reason="날짜를 바꿔 주세요.", actor=make.planner())
    page = reverse("visits:visit", args=[visit.pk])
    shown = text(client(people(visit)[0]).get(page))
    assert "보완 요청</strong>" in shown
    head = shown.partition("방문 계획")[0]
    assert "날짜를 바꿔 주세요." in head, "not only in the timeline"
    assert 'class="krds-btn medium primary"' in head.partition(reverse("visits:edit", args=[visit.pk]))[2]


def test_v1_a_review_names_its_visits(money: None) -> None:
    visit = v.visit()
    page = reverse("benchmarking:review", args=[visit.review_id])
    assert visit.get_absolute_url() in text(client(people(visit)[0]).get(page))
    other = make.ReviewFactory()
    assert "/visits/" + str(visit.pk) not in text(
        client(make.head(other)).get(reverse("benchmarking:review", args=[other.pk]))
    )


def test_v2_who_knows_of_a_visit(money: None) -> None:
    waiting, approved, settled = v.visit(), v.visit(VisitState.APPROVED), v.visit(VisitState.SETTLED)
    seen = {
        name: set(FieldVisit.objects.visible_to(user))
        for name, user in {
            "stranger": make.UserFactory(),
            "orders": v.orderer(),
            "planner": make.planner(),
            "member": people(waiting)[0],
            "outsider": make.UserFactory(department=None),
        }.items()
    }
    assert seen == {
        "stranger": {settled},
        "orders": {approved, settled},
        "planner": {waiting, approved, settled},
        "member": {waiting, settled},
        "outsider": set(),
    }


def test_who_may_not_know_the_case_is_not_told_of_it(money: None) -> None:
    """General affairs records the order of a visit for a case that is still being reviewed."""
    visit = v.visit(VisitState.APPROVED)
    assert visit.case
    for user, knows in ((v.orderer(), False), (people(visit)[0], True), (make.planner(), True)):
        page = client(user).get(visit.get_absolute_url())
        assert (visit.case.get_absolute_url() in page.content.decode()) is knows
        assert bool(page.context["ways"]) is knows


def test_receipts_are_not_everybodys(money: None) -> None:
    visit = v.visit(VisitState.TRAVELLED)
    one = people(visit)[0]
    paper = SimpleUploadedFile("receipt.pdf", b"%PDF-1.4 x")
    spent = v.Expense("transport", one, 9_000, files=[paper])
    with pretend(LATER):
        v.reported(visit, expenses=[spent], files=[SimpleUploadedFile("seen.pdf", b"%PDF-1.4 y")])
    (receipt,) = files_of(visit.expenses.get())
    (picture,) = files_of(v.again(visit).report)
    stranger = make.UserFactory()

    def fetch(user: User, file: Any) -> int:
        found = client(user).get(reverse("attachment", args=[file.pk]))
        if found.streaming:
            list(found.streaming_content)  # type: ignore[attr-defined]  # a file's answer is a stream
        return found.status_code

    assert (fetch(stranger, picture), fetch(stranger, receipt)) == (200, 404)
    assert (fetch(make.planner(), receipt), fetch(v.orderer(), receipt)) == (200, 200)


def queries(user: User, url: str) -> int:
    browser = client(user)
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert browser.get(url).status_code == 200
    return len(found)


# What a page of this section asks before its own: session, person, roles, notices, numbers of the side navigation;
# for planning also which departments have no head, whose work it leads.
STAFF, PLANNING = 5, 6
OWN = {
    "list": 3,  # count, rows, departments of the filter
    "request": 4,  # review, draft, staff, budget
    "waiting": 8,  # visit, team, estimate, absences, other visits, holidays, budget, log
    "travelled": 6,  # visit, team, estimate, steps of the deadline, holidays, log
    "reported": 7,  # visit, team, estimate, expenses, files and receipts, log, whom the bar names
    "settled": 4,  # visit, team, files, log: what everybody sees
}


def test_the_pages_ask_as_little_for_many_as_for_one(money: None) -> None:
    v.allocate(100_000_000)
    waiting, gone, reported, settled = (
        v.visit(state)
        for state in (VisitState.SUBMITTED, VisitState.TRAVELLED, VisitState.REPORTED, VisitState.SETTLED)
    )
    v.visit(VisitState.APPROVED)
    review = make.ReviewFactory()
    (asker,) = v.team(review, 1)
    pages = {
        "list": (make.planner(), reverse("visits:list")),
        "request": (asker, reverse("visits:request", args=[review.pk])),
        "waiting": (make.planner(), waiting.get_absolute_url()),
        "travelled": (people(gone)[0], gone.get_absolute_url()),
        "reported": (make.planner(), reported.get_absolute_url()),
        "settled": (make.UserFactory(), settled.get_absolute_url()),
        "orders": (v.orderer(), reverse("visits:orders")),
        "home": (make.planner(), "/"),
    }
    one = {name: queries(*page) for name, page in pages.items()}
    for _n in range(4):
        v.visit(VisitState.APPROVED)
        v.visit()
        v.team(review, 1)
        for visit in (waiting, gone):  # as if the team were larger
            visit.members.create(user=make.UserFactory(department=visit.department))
        visits_files(reported)
        visits_files(settled)
    assert {name: queries(*page) for name, page in pages.items()} == one
    for name, own in OWN.items():
        shell = PLANNING if pages[name][0] == make.planner() else STAFF
        assert one[name] <= shell + own, name
    assert max(one.values()) <= 20


def visits_files(visit: FieldVisit) -> None:
    """One more file of the report, one more expense with its receipt."""
    one = people(visit)[0]
    spent = visit.expenses.create(user=one, kind="transport", amount=1)
    for subject in (visit.report, spent):
        attach(subject, [SimpleUploadedFile("more.pdf", b"%PDF-1.4 more")], actor=one)


def test_the_list_filters_by_state_mine_and_made(money: None) -> None:
    settled, waiting = v.visit(VisitState.SETTLED), v.visit()
    browser = client(people(waiting)[0])
    url = reverse("visits:list")
    shown = lambda query: {  # noqa: E731
        pk for pk in (settled.pk, waiting.pk) if f"/visits/{pk}/" in text(browser.get(url + query))
    }
    assert shown("") == {waiting.pk}
    assert shown("?show=all") == {settled.pk, waiting.pk}
    assert shown("?state=submitted") == {waiting.pk}
    assert shown("?mine=1") == {waiting.pk}
    assert shown("?made=1") == {settled.pk}


def test_v1_nothing_is_said_of_a_day_before_one_is_chosen(money: None) -> None:
    with pretend(dt.date(2026, 11, 21)):  # a Saturday
        _review, team, browser, url = asking()
        assert "토요일이나 공휴일" not in text(browser.get(url))
        chosen = typed(team, visited_on="2026-11-28", recalculate="1")
        assert "2026. 11. 28.(토): 토요일이나 공휴일" in text(browser.post(url, chosen))


def test_b8_a_case_names_its_visits_to_who_may_know_of_them(money: None) -> None:
    review, team, browser, url = asking()
    browser.post(url, typed(team))
    page = reverse("benchmarking:case", args=[review.case_id])
    link = FieldVisit.objects.get().get_absolute_url()
    assert link in text(browser.get(page))
    assert link in text(client(make.planner()).get(page))
    colleague = make.UserFactory(department=make.ReviewFactory(case=review.case).department)
    assert link not in text(client(colleague).get(page))


def test_d5_a_change_says_from_which_day_to_which(money: None) -> None:
    visit = v.visit(VisitState.APPROVED)
    team = people(visit)
    requests.amend(
        visit, v.plan(visited_on=LATER + dt.timedelta(days=7)), team, reason="일정 변경", actor=team[0]
    )
    shown = text(client(make.planner()).get(reverse("visits:visit", args=[visit.pk])))
    assert "2026. 11. 19.(목) → 2026. 11. 27.(금) · 일정 변경" in shown


def test_v4a_a_visit_of_five_to_another_district_of_seoul_for_five_hours(money: None) -> None:
    """100,000 won, with an official vehicle 50,000; the institution's region is chosen already (the office lies in
    Seoul)."""
    review, _team, browser, url = asking()
    five = v.team(review, 5)
    review.case.source_name = "서울특별시 강남구"
    review.case.save()
    page = text(browser.get(url))
    assert '<option value="local" selected>' in page
    inside = {"place": "local", "hours": "5"}
    shown = text(browser.post(url, typed(five, recalculate="1", **inside)))
    assert "<strong>100,000원</strong>" in shown
    assert "근무지 내 4시간 이상 출장(여비 규정 제18조)" in shown
    shown = text(browser.post(url, typed(five, recalculate="1", means="official", **inside)))
    assert "<strong>50,000원</strong>" in shown
    assert "관용차를 이용하므로 하루 10,000원을 뺐습니다." in shown
    unsaid = browser.post(url, typed(five, place="local"))
    assert (unsaid.status_code, "몇 시간인지 적어 주세요" in text(unsaid)) == (422, True)
    browser.post(url, typed(five, **inside))
    visit = FieldVisit.objects.get()
    assert (visit.estimate, visit.transport_each) == (100_000, 0)
    assert "하루 5시간" in text(browser.get(visit.get_absolute_url()))


def test_v4_a_raise_of_the_daily_allowance_is_refused_beside_its_field(money: None) -> None:
    _review, team, browser, url = asking()
    answer = browser.post(url, typed(team, daily="60000", daily_reason="물가가 올라서"))
    assert (answer.status_code, "daily" in answer.context["form"].errors) == (422, True)
    assert "일비는 줄일 수만 있고 기준(50,000원)보다 늘릴 수 없습니다." in text(answer)
    assert not FieldVisit.objects.exists()
