"""How something found becomes a case: reported, taken in or returned, and only then come the points (B1, B2, B10)."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from benchmarking.enums import CaseState
from benchmarking.models import Case, Review
from benchmarking.selectors.statistics import outcomes_by_year
from benchmarking.services import cases, intake
from core.editing import Outdated
from core.now import pretend, today
from mileage import policies
from mileage.models import Entry
from notifications.models import Notice
from organization.enums import Role
from organization.roster import Roster
from policies.models import PolicyValue
from policies.registry import cache_clear
from tests import factories as make
from tests.benchmarking.test_earning import points
from tests.benchmarking.test_views import CASE

pytestmark = pytest.mark.django_db
NEW = "/benchmarking/new/"


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def reported(user: Any, **values: Any) -> Case:
    return make.CaseFactory(actor=user, found_by=user, **values)


def test_b1_b10_staff_report_planning_takes_in_and_only_then_come_the_points() -> None:
    user, planner = make.UserFactory(), make.planner()
    client = logged_in(user)
    assert "제보하기" in client.get(NEW).content.decode()
    client.post(NEW, CASE)
    case = Case.objects.get()
    assert (case.state, case.found_by, points(user)) == (CaseState.REPORTED, user, 0)
    assert outcomes_by_year(case.year, case.year)[case.year].pending == 0  # no case yet (B9)
    assert Notice.objects.get(recipient=planner).kind == "benchmarking.reported"
    logged_in(planner).post(reverse("benchmarking:case_take_in", args=[case.pk]) + f"?version={case.version}")
    case.refresh_from_db()
    assert (case.state, points(user)) == (CaseState.REGISTERED, 200)
    assert outcomes_by_year(case.year, case.year)[case.year].pending == 1
    assert Notice.objects.filter(recipient=user, kind="benchmarking.taken_in").exists()


def test_b1_a_report_is_returned_with_a_reason_mended_and_reported_again() -> None:
    user, planner = make.UserFactory(), make.planner()
    case, client = reported(user), logged_in(user)
    with pytest.raises(Rejected, match="사유"):
        intake.return_report(case, reason=" ", actor=planner)
    intake.return_report(case, reason="기관을 더 정확히 적어 주세요.", actor=planner)
    again = reverse("benchmarking:case_report_again", args=[case.pk])
    assert "기관을 더 정확히" in client.get(again).content.decode()
    assert "기관을 더 정확히" in client.get(case.get_absolute_url()).content.decode()
    form = client.get(again).context["form"]
    shown = {field.html_name: field.value() for field in form if field.value() not in (None, "")}
    assert client.post(again, {**shown, "source_name": "△△시"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.source_name, points(user)) == (CaseState.REPORTED, "△△시", 0)
    with pytest.raises(Outdated):
        intake.take_in(case, actor=planner, version=case.version - 1)


def test_b1_d9_nobody_takes_in_what_they_found_or_reported() -> None:
    mover = make.UserFactory()
    case = reported(mover)
    mover.role_assignments.create(role=Role.PLANNING, valid_from=make.SINCE)
    for step in (intake.take_in, lambda case, actor: intake.return_report(case, reason="x", actor=actor)):
        with pytest.raises(Refused, match="발굴하거나 제보하지 않은"):
            step(case, actor=make.fresh(mover))


def test_b1_the_finder_is_a_field_of_its_own() -> None:
    colleague, planner = make.UserFactory(name="한발굴"), make.planner()
    client = logged_in(planner)
    assert client.get(NEW).context["form"]["finder"].value() == f"{planner.name} {planner.employee_number}"
    client.post(NEW, {**CASE, "finder": "한발굴"})
    case = Case.objects.get()
    assert (case.found_by, case.created_by) == (colleague, planner)
    assert (points(colleague), points(planner)) == (200, 0)
    wrong = client.post(NEW, {**CASE, "title": "전혀 다른 이름의 도서관 야간 개방", "finder": "없는이"})
    assert "직원이 없습니다" in wrong.context["form"].errors["finder"][0]


def test_b1_a_name_that_several_bear_asks_for_the_number() -> None:
    first, second = make.UserFactory.create_batch(2, name="김민수")
    roster = Roster.of_all()
    with pytest.raises(Rejected, match="여럿"):
        roster.read("김민수")
    assert roster.read(first.employee_number) == first
    assert roster.read(f"김민수 {second.employee_number}") == second
    with pytest.raises(Rejected):
        roster.read("  ")


def test_b2_a_like_case_needs_a_word_on_what_is_different() -> None:
    planner = make.planner()
    make.CaseFactory(title=CASE["title"])
    client = logged_in(planner)
    page = client.post(NEW, CASE)
    assert page.status_code == 422
    assert "무엇이 다른지" in page.context["form"].errors["difference"][0]
    assert '<textarea name="difference"' in page.content.decode()
    assert client.post(NEW, {**CASE, "difference": "주차면이 아니라 충전기입니다."}).status_code == 302
    assert Case.objects.latest("pk").difference == "주차면이 아니라 충전기입니다."


def test_b2_planning_taking_in_what_is_like_an_earlier_case_says_what_is_different() -> None:
    user, planner = make.UserFactory(), make.planner()
    make.CaseFactory(title="빈 주차면을 나누어 쓰는 앱")  # which the reporter may not see
    case = reported(user, title="빈 주차면을 나누어 쓰는 앱")
    client, url = logged_in(planner), reverse("benchmarking:case_take_in", args=[case.pk])
    page = client.post(f"{url}?version={case.version}")
    assert page.status_code == 422
    assert "빈 주차면을 나누어 쓰는 앱" in page.content.decode()
    assert client.post(url, {"version": case.version, "difference": "범위가 다릅니다."}).status_code == 302
    assert points(user) == 200


def test_b1_a_report_of_last_year_is_numbered_when_it_becomes_a_case() -> None:
    user = make.UserFactory()
    with pretend(dt.date(2026, 12, 30)):
        case = reported(user)
    with pretend(dt.date(2027, 1, 4)):
        intake.take_in(case, actor=make.planner())
    case.refresh_from_db()
    assert (case.year, case.number, case.registered_on) == (2027, 1, dt.date(2027, 1, 4))


def test_b10_the_finder_is_no_longer_changed_by_the_finder_once_there_are_points() -> None:
    user, friend = make.UserFactory.create_batch(2)
    case = reported(user)
    intake.take_in(case, actor=make.planner())
    with pytest.raises(Refused):
        cases.update(case, {"found_by": friend}, actor=user, version=None)
    form = logged_in(user).get(reverse("benchmarking:case_edit", args=[case.pk])).context["form"]
    assert "finder" not in form.fields


def test_b10_points_for_finding_are_capped_by_the_month_where_a_policy_says_so() -> None:
    finder = make.UserFactory()
    make.CaseFactory.create_batch(3, found_by=finder)
    assert points(finder) == 600  # none by default
    month = today().replace(day=1)
    PolicyValue.objects.create(
        key=policies.FINDING_CAP.key,
        value=3,
        effective_from=month,
        document="기획예산과-1",
        reason="상한",
        author=make.planner(),
    )
    cache_clear()
    other = make.UserFactory()
    make.CaseFactory.create_batch(3, found_by=other)
    assert points(other) == 300
    assert Entry.objects.filter(account__user=other).count() == 3


def test_b1_b3_planning_registers_and_sends_in_one_page() -> None:
    first, second = make.DepartmentFactory(name="교통행정과"), make.DepartmentFactory(name="복지정책과")
    client = logged_in(make.planner())
    sent = {**CASE, "departments": "교통행정과, 복지정책과, 교통행정과"}
    none = client.post(NEW, {**CASE, "send": "1"})
    assert none.context["form"].errors["departments"]
    page = client.post(NEW, {**sent, "send": "1"}, follow=True)
    assert "부서 2곳에 보냈습니다" in page.content.decode()
    assert {review.department for review in Review.objects.all()} == {first, second}


def test_b3_registered_without_sending_the_departments_wait_in_the_sheet() -> None:
    make.DepartmentFactory(name="교통행정과")
    client = logged_in(make.planner())
    client.post(NEW, {**CASE, "departments": "교통행정과"})
    case = Case.objects.get()
    sheet = client.get(reverse("benchmarking:dispatch", args=[case.pk]))
    assert sheet.context["form"]["departments"].value() == "교통행정과"
    assert sheet.context["submit"] == "사례 1건 보내기(검토 1건)"
    assert not Review.objects.exists()


def test_b3_staff_cannot_send_with_their_report() -> None:
    make.DepartmentFactory(name="교통행정과")
    logged_in(make.UserFactory()).post(NEW, {**CASE, "departments": "교통행정과", "send": "1"})
    case = Case.objects.get()
    assert case.state == CaseState.REPORTED
    assert not Review.objects.exists()
    assert not case.suggested_departments.exists()
