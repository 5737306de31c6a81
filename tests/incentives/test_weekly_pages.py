"""The pages of weeks and their reports, as people use them (I4, I3b)."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.attachments import files_of
from core.models import Draft
from core.now import pretend
from incentives.enums import Post, Shape, WeeklyState, WeekState
from incentives.models import Division, Value, Week, WeekReport
from incentives.services import contacts, values, weekly, weeks
from tests import factories as make
from tests.incentives import weeks as some

pytestmark = pytest.mark.django_db
MONDAY, FRIDAY = some.MONDAY, some.FRIDAY
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(FRIDAY):
        yield


@pytest.fixture
def division() -> Division:
    return some.running()


def as_(client: Client, user: Any) -> Client:
    client.force_login(user, backend="organization.backends.Backend")
    return client


def address(name: str, one: Any) -> str:
    return reverse(f"incentives:{name}", args=[one.pk])


def typed(report: WeekReport, **more: Any) -> dict[str, Any]:
    return {"as_of": FRIDAY.isoformat(), "version": report.version, **more}


def known(page: Any) -> str:
    return str(page.content.decode())


# ------------------------------------------------------------------------------------------ the form
def test_i4_the_form_shows_what_was_known_last_and_asks_only_for_what_is_new(
    client: Client, division: Division
) -> None:
    one = division.indicators.order_by("order")[0]
    some.known(one, "1234.5", MONDAY)
    page = known(as_(client, some.charge(division)).get(address("report_write", some.owed(division))))
    assert "1,234.5곳" in page
    assert "3. 9.(월)" in page
    assert f'name="value-{one.pk}"' in page
    assert f'name="sure-{one.pk}"' not in page
    assert 'name="send"' in page, "unchanged is a button of its own"


def test_i4_a_value_that_falls_is_asked_about_beside_its_field_and_nothing_typed_is_lost(
    client: Client, division: Division
) -> None:
    one, two = division.indicators.order_by("order")
    some.known(one, 12, MONDAY)
    report, writer = some.owed(division), some.charge(division)
    sent = typed(
        report,
        **{
            f"value-{one.pk}": "11",
            f"note-{one.pk}": "다시 셈",
            f"value-{two.pk}": "1,200",
            "problems": "협약 지연",
        },
    )
    as_(client, writer)
    url = address("report_write", report)
    answer = client.post(url, sent)
    page = known(answer)
    assert answer.status_code == 422
    assert "누계 실적이 12에서 11(으)로 줄었습니다" in page
    assert f'name="sure-{one.pk}"' in page
    assert f'name="sure-{two.pk}"' not in page
    assert 'value="1,200"' in page
    assert "협약 지연" in page
    assert Value.objects.count() == 1
    answer = client.post(url, {**sent, f"sure-{one.pk}": "on"})
    assert answer.status_code == 302
    report.refresh_from_db()
    assert (report.state, report.problems) == (WeeklyState.WRITTEN, "협약 지연")
    assert sorted(Value.objects.filter(as_of=FRIDAY).values_list("value", "note")) == [
        (Decimal(11), "다시 셈"), (Decimal(1200), ""),
    ]  # fmt: skip


def test_i4_unchanged_with_something_typed_is_refused_and_kept(client: Client, division: Division) -> None:
    one = division.indicators.order_by("order")[0]
    report = some.owed(division)
    as_(client, some.charge(division))
    sent = typed(report, send="1", **{f"value-{one.pk}": "7"})
    answer = client.post(address("report_write", report), sent)
    assert answer.status_code == 422
    assert "새로 적은 것이 있습니다" in known(answer)
    assert 'value="7"' in known(answer)
    assert client.post(address("report_write", report), typed(report, send="1")).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.unchanged) == (WeeklyState.WRITTEN, True)


def test_i4_a_source_without_a_value_and_a_day_to_come_are_told(client: Client, division: Division) -> None:
    one = division.indicators.order_by("order")[0]
    report = some.owed(division)
    as_(client, some.charge(division))
    sent = {**typed(report), f"source-{one.pk}": "실적 보고", "as_of": (FRIDAY + DAY).isoformat()}
    page = known(client.post(address("report_write", report), sent))
    assert "출처나 비고를 적은 지표의 실적을 적어 주세요" in page
    assert "기준일은 오늘까지의 날입니다" in page


def test_i4_what_is_done_or_not_is_chosen(client: Client) -> None:
    division = some.running(indicators=0)
    one = some.indicator(division, shape=Shape.YES, cumulative=False)
    report = some.owed(division)
    as_(client, some.charge(division))
    assert (
        client.post(address("report_write", report), typed(report, **{f"value-{one.pk}": "1"})).status_code
        == 302
    )
    assert "이행" in known(client.get(address("report", report)))


def test_i4_evidence_comes_with_the_report_and_waits_where_it_could_not_be_sent(
    client: Client, division: Division
) -> None:
    one = division.indicators.order_by("order")[0]
    some.known(one, 12, MONDAY)
    report, writer = some.owed(division), some.charge(division)
    as_(client, writer)
    paper = SimpleUploadedFile("증빙.pdf", b"%PDF-1.4 test")
    url = address("report_write", report)
    answer = client.post(url, typed(report, attachments=paper, **{f"value-{one.pk}": "3"}))
    assert answer.status_code == 422
    held = [box.data["value"] for box in answer.context["form"]["held"]]
    sent = typed(report, held=held, **{f"value-{one.pk}": "3", f"sure-{one.pk}": "on"})
    assert client.post(url, sent).status_code == 302
    assert [file.name for file in files_of(report)] == ["증빙.pdf"]
    assert not Draft.objects.exists()


def test_i4_two_who_write_at_once_lose_nothing(client: Client, division: Division) -> None:
    report = some.owed(division)
    sent = typed(report, problems="둘째 사람이 쓴 것")
    some.written(report)
    weekly.take_back(report, actor=some.charge(division))
    as_(client, some.charge(division))
    answer = client.post(address("report_write", report), sent, follow=True)
    assert "화면을 연 뒤" in known(answer)
    assert "둘째 사람이 쓴 것" in known(client.get(address("report_write", report)))


# ------------------------------------------------------------------------------------ the leader
def test_i4_a_leader_confirms_all_with_one_press(client: Client) -> None:
    one, two = some.running(), some.running()
    part, leader = two.parts.get(), some.leader(one)
    part.department = one.parts.get().department
    part.save()
    contacts.name(two, {(part.pk, Post.LEADER): leader}, actor=make.planner())
    planner = make.planner()
    reports = [
        some.written(some.owed(division), actor=planner, problems=f"문제 {n}")
        for n, division in enumerate((one, two))
    ]
    as_(client, leader)
    page = known(client.get(reverse("incentives:reports_confirm")))
    assert "문제 0" in page
    assert "문제 1" in page
    boxes = {f"chosen-{report.pk}": "on" for report in reports}
    seen = {f"seen-{report.pk}": report.version for report in reports}
    nothing = client.post(reverse("incentives:reports_confirm"), seen)
    assert nothing.status_code == 422
    assert "하나 이상" in known(nothing)
    answer = client.post(reverse("incentives:reports_confirm"), {**boxes, **seen}, follow=True)
    assert "주간 보고를 확인했습니다: 2건" in known(answer)
    assert set(WeekReport.objects.values_list("state", flat=True)) == {WeeklyState.CONFIRMED}


def test_i4_of_those_that_changed_meanwhile_the_leader_is_told(client: Client, division: Division) -> None:
    report = some.written(some.owed(division))
    sent = {f"chosen-{report.pk}": "on", f"seen-{report.pk}": report.version}
    weekly.give_back(report, reason="다시", actor=some.leader(division))
    report = some.written(report, problems="고친 것")
    as_(client, some.leader(division))
    answer = client.post(reverse("incentives:reports_confirm"), sent, follow=True)
    assert "화면을 연 뒤" in known(answer)
    report.refresh_from_db()
    assert report.state == WeeklyState.WRITTEN


def test_i4_only_what_waits_for_the_leader_is_on_the_page(client: Client, division: Division) -> None:
    some.written(some.owed(division), problems="우리 문제")
    some.written(some.owed(some.running()), problems="남의 문제")
    page = known(as_(client, some.leader(division)).get(reverse("incentives:reports_confirm")))
    assert "우리 문제" in page
    assert "남의 문제" not in page
    page = known(as_(client, make.UserFactory()).get(reverse("incentives:reports_confirm")))
    assert "확인을 기다리는 주간 보고가 없습니다" in page


# ------------------------------------------------------------------------------------------- the week
def test_i4_the_week_is_frozen_after_who_is_missing_was_shown(client: Client, division: Division) -> None:
    week = some.week()
    as_(client, make.planner())
    url = address("week_freeze", week)
    page = client.get(url)
    assert "보고하지 않은 것으로 남습니다: 안전도시" in known(page)
    sent = {"preview": page.context["preview"], "version": week.version}
    some.confirmed(some.owed(division, week))
    answer = client.post(url, sent)
    assert answer.status_code == 422, "another would be missing than was shown"
    sent["preview"] = answer.context["preview"]
    assert client.post(url, sent).status_code == 302
    week.refresh_from_db()
    assert week.state == WeekState.FROZEN
    opened = client.post(address("week_unfreeze", week), {"reason": "잘못", "version": week.version})
    assert opened.status_code == 302
    week.refresh_from_db()
    assert week.state == WeekState.OPEN


@pytest.mark.parametrize("fmt", ["html", "hwpx", "xlsx"])
def test_i4_the_compilation_is_a_page_a_workbook_and_hwpx(
    client: Client, division: Division, fmt: str
) -> None:
    week = some.week()
    answer = as_(client, make.UserFactory()).get(address("week_paper", week), {"format": fmt})
    assert answer.status_code == 200
    assert len(b"".join(answer) if answer.streaming else answer.content) > 500


def test_i4_the_pages_of_a_week_ask_the_same_questions_for_one_project_and_thirteen(client: Client) -> None:
    as_(client, make.planner())
    counts = []
    for more in (1, 12):
        divisions = [some.running(title=f"사업 {n}") for n in range(more)]
        week = some.week()
        weeks.keep_weeks(FRIDAY)
        for division in divisions:
            some.known(division.indicators.order_by("order")[0], 5)
        client.get(address("week", week))
        with CaptureQueriesContext(connection) as asked:
            page = known(client.get(address("week", week)))
        assert "지표 1: – → 5곳" in page
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_i3b_two_weeks_are_chosen_and_compared(client: Client, division: Division) -> None:
    first, second = some.past([division], 2, FRIDAY)
    one = division.indicators.order_by("order")[0]
    last = Value.objects.latest("pk")
    values.correct(last, value=Decimal(8), reason="중복을 뺌", actor=make.planner())
    as_(client, make.UserFactory())
    page = known(client.get(address("week_compare", second)))
    assert one.name in page
    assert "중복을 뺌" in page
    assert "정정" in page
    page = known(client.get(address("week_compare", second), {"first": second.pk, "last": first.pk}))
    assert f"{first}에 알려졌던 실적과 {second}" in page, "the earlier one first, however they were chosen"
    same = known(client.get(address("week_compare", first), {"first": first.pk, "last": first.pk}))
    assert "두 때에 알려진 실적이 같습니다" in same
    for odd in ("0", "-1", "x", "9" * 30):
        assert client.get(address("week_compare", first), {"first": odd, "last": odd}).status_code == 200


def test_i4_the_past_of_a_division_stands_on_its_page_in_words(client: Client, division: Division) -> None:
    some.past([some.running(), division], 5, FRIDAY)
    some.week()
    page = known(as_(client, make.UserFactory()).get(division.get_absolute_url()))
    for word in ("보고 전", "변동 없음", "빠짐"):
        assert word in page
    assert Week.objects.count() == 6


def test_i4_planning_asks_those_who_are_missing(client: Client, division: Division) -> None:
    report, rows = some.owed(division), reverse("incentives:reports")
    page = as_(client, make.planner()).get(rows)
    assert "독촉하기" in known(page)
    assert [row.pk for row in page.context["list"].rows] == [report.pk]
    for who, count in ((some.charge(division), 1), (some.leader(division), 0)):
        mine = as_(client, who).get(rows, {"waiting": "1"})
        assert mine.context["list"].count == count


def test_i4_a_week_is_closed_and_opened_again_only_while_that_can_be_done(
    client: Client, division: Division
) -> None:
    with pretend(MONDAY):
        week = some.week()
        assert "주간 보고 마감" not in offered(client, week)
    assert "주간 보고 마감" in offered(client, week)
    weeks.freeze(week, actor=make.planner())
    assert "마감 취소" in offered(client, week)
    with pretend(FRIDAY + DAY):
        assert "마감 취소" not in offered(client, week)


def offered(client: Client, week: Week) -> set[str]:
    page = as_(client, make.planner()).get(week.get_absolute_url())
    return {str(action.label) for action in page.context["actions"]}
