"""Pages of reports: archive, run, comparing, making, recipients; what each role meets."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from basis.periods import parse
from core import jobs
from core.now import pretend
from notifications.models import Mail
from organization.enums import Role
from organization.models import User
from reports import glance
from reports.definitions import DEFINITIONS
from reports.enums import RunState
from reports.models import Recipient, ReportRun
from reports.services import mailing, making
from tests import b9
from tests.factories import CaseFactory, ReviewFactory, UserFactory, planner

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 10)
ANALYSIS = DEFINITIONS["benchmarking-analysis"]


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    cache.clear()
    with pretend(DAY):
        yield


@pytest.fixture
def run() -> ReportRun:
    run = making.make_now(ANALYSIS, parse("2026-H1"), by_mail=True, actor=planner())
    jobs.run_pending()
    return ReportRun.objects.get(pk=run.pk)


def as_(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def fetched(client: Client, url: str, params: dict[str, str] | None = None) -> tuple[int, bytes]:
    """Status and content of a file; read to its end, which closes it."""
    response = client.get(url, params)
    return response.status_code, response.getvalue() if response.streaming else response.content


def test_r2_run_page_shows_figures_files_and_where_it_went(client: Client, run: ReportRun) -> None:
    response = as_(client, planner()).get(run.get_absolute_url())
    page = response.content.decode()
    for text in (
        "연도별 검토 결과",
        "결과분석.xlsx",
        "결과분석.hwpx",
        "발송 대기",
        "작성 완료",
        "2026. 9. 10.(목)",
    ):
        assert text in page, text
    assert response.context["deliveries"][0]["person"] == planner()
    for file in response.context["files"]:
        assert fetched(client, file["url"])[1].startswith(b"PK")


def test_r2_run_page_while_it_is_being_made(client: Client) -> None:
    run = making.make_now(ANALYSIS, parse("2026-H1"), by_mail=False, actor=planner())
    as_(client, planner())
    assert "보고서를 만들고 있습니다" in client.get(run.get_absolute_url()).content.decode()
    assert "HX-Refresh" not in client.get(f"{run.get_absolute_url()}progress/").headers
    jobs.run_pending()
    assert client.get(f"{run.get_absolute_url()}progress/").headers["HX-Refresh"] == "true"


def test_r2_run_page_of_a_failed_report_offers_to_try_again(client: Client, run: ReportRun) -> None:
    ReportRun.objects.filter(pk=run.pk).update(state=RunState.FAILED)
    as_(client, planner())
    assert "보고서를 만들지 못했습니다" in client.get(run.get_absolute_url()).content.decode()
    assert client.post(f"{run.get_absolute_url()}retry/").status_code == 302
    assert ReportRun.objects.get(pk=run.pk).state == RunState.WAITING


def test_r3_failed_mails_are_shown_and_sent_again(client: Client, run: ReportRun) -> None:
    Mail.objects.update(state=Mail.State.FAILED, error="550 거절")
    page = as_(client, planner()).get(run.get_absolute_url()).content.decode()
    assert "550 거절" in page
    assert "보내지 못한 메일 다시 보내기" in page
    client.post(f"{run.get_absolute_url()}resend/")
    assert Mail.objects.get().state == Mail.State.QUEUED


def test_r2_frozen_document_for_paper_and_programs(client: Client, run: ReportRun) -> None:
    as_(client, planner())
    paper = client.get(f"{run.get_absolute_url()}html/").content.decode()
    assert "print-sheet" in paper
    assert "한빛구청 기획예산과" in paper
    data = json.loads(client.get(f"{run.get_absolute_url()}json/").content)
    assert data["tables"][0]["caption"] == "연도별 검토 결과"
    assert client.get(f"{run.get_absolute_url()}exe/").status_code == 404


def test_r2_comparing_and_making_again(client: Client, run: ReportRun) -> None:
    as_(client, planner())
    url = run.get_absolute_url()
    assert "수치가 같습니다" in client.get(f"{url}compare/").content.decode()
    with pretend(b9.day("2026-05-06")):
        CaseFactory()
    assert "다릅니다" in client.get(f"{url}compare/").content.decode()
    assert client.post(f"{url}again/", {"reason": ""}).status_code == 422
    response = client.post(f"{url}again/", {"reason": "빠진 사례 반영"})
    second = ReportRun.objects.get(edition=2)
    assert response.headers["Location"] == second.get_absolute_url()
    assert (second.by_mail, second.asked_by) == (False, planner())
    jobs.run_pending()
    page = client.get(second.get_absolute_url()).content.decode()
    assert "빠진 사례 반영" in page
    assert f'href="{url}"' in page


def test_r2_making_by_hand(client: Client) -> None:
    as_(client, planner())
    asked = {"slug": ANALYSIS.slug, "year": 2026, "period": "H1", "by_mail": "on"}
    assert client.post("/reports/make/", {**asked, "period": "Q1"}).status_code == 422
    assert client.post("/reports/make/", {**asked, "year": 2030}).status_code == 422
    assert client.post("/reports/make/", asked).status_code == 302
    run = ReportRun.objects.get()
    assert (run.period, run.by_mail, run.due_on) == ("2026-H1", True, dt.date(2026, 7, 1))
    assert client.post("/reports/make/", asked).status_code == 422


def test_r2_archive_is_filtered_and_exported(client: Client, run: ReportRun) -> None:
    as_(client, planner())
    making.make_now(DEFINITIONS["benchmarking-dispatch"], parse("2015-Q3"), by_mail=False, actor=planner())
    assert client.get("/reports/").context["list"].count == 2
    found = client.get("/reports/", {"slug": ANALYSIS.slug, "year": 2026, "state": "made"}).context["list"]
    assert [row.cells[0].text for row in found.rows] == ["2026년 상반기 벤치마킹 결과분석"]
    assert client.get("/reports/", {"year": 2015}).context["list"].count == 1
    assert fetched(client, "/reports/", {"export": "xlsx"})[1].startswith(b"PK")


def test_r2_only_recipients_and_those_who_read_all_know_a_report(client: Client, run: ReportRun) -> None:
    receiver = UserFactory()
    Recipient.objects.create(slug=run.slug, person=receiver)
    for user, status in (
        (receiver, 200),
        (UserFactory(roles=[Role.EXECUTIVE]), 200),
        (UserFactory(), 404),
    ):
        as_(client, user)
        assert client.get(run.get_absolute_url()).status_code == status
        file = as_(Client(), planner()).get(run.get_absolute_url()).context["files"][0]
        assert fetched(client, file["url"])[0] == status
    ReportRun.objects.update(state=RunState.WAITING)
    assert as_(client, receiver).get(run.get_absolute_url()).status_code == 404


def test_r2_recipients_are_found_added_and_removed(client: Client) -> None:
    as_(client, planner())
    person = UserFactory(name="김한빛")
    url = f"/reports/recipients/{ANALYSIS.slug}/add/"
    assert "김한빛" not in client.get(url).content.decode()
    assert "김한빛" in client.get(url, {"q": "한빛"}).content.decode()
    assert person.employee_number not in client.get(url, {"q": "없는사람"}).content.decode()
    assert client.post(url, {"people": []}).status_code == 422
    assert client.post(f"{url}?q=한빛", {"people": [person.pk]}).status_code == 302
    assert "김한빛" in client.get("/reports/recipients/").content.decode()
    assert "김한빛" not in client.get(url, {"q": "한빛"}).content.decode()
    row = Recipient.objects.get()
    assert client.post(f"/reports/recipients/{row.pk}/remove/").status_code == 302
    assert mailing.recipients_of(ANALYSIS.slug) == [planner()]
    assert client.get("/reports/recipients/nothing/add/").status_code == 404


def test_r1_calendar_shows_what_comes(client: Client) -> None:
    lines = as_(client, UserFactory()).get("/reports/calendar/").context["lines"]
    assert lines[0] == (
        "2026. 9. 14.(월)",
        "2026년 37주 공동협력사업 추진 상황",
        "2026. 9. 7. ~ 2026. 9. 13.",
    )
    assert lines[1] == ("2026. 10. 1.(목)", "2026년 3분기 벤치마킹 검토 현황", "2026. 7. 1. ~ 2026. 9. 30.")
    assert "2026년 벤치마킹 결과분석" in [name for _day, name, _dates in lines]


def test_r4_dashboard_leads_somewhere_with_every_figure(client: Client) -> None:
    with pretend(b9.day("2026-08-03")):
        late = ReviewFactory()
    page = as_(client, planner()).get("/dashboard/")
    labels = [(str(f.label), f.value) for f in page.context["figures"]]
    assert labels == [("기한 지남", "1"), ("이번 주 마감", "0"), ("검토 중", "1"), ("기한 내 처리율", "0.0%")]
    assert page.context["heat"][0].label == late.department_name
    assert len(page.context["releases"]) == 4
    assert as_(client, UserFactory()).get("/dashboard/").status_code == 403


def test_r5_who_leads_the_work_finds_the_figures_of_the_dashboard_above_the_todos(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    with pretend(b9.day("2026-08-03")):
        ReviewFactory()
    leader = User.objects.get(pk=planner().pk)
    assert leader.roles
    for most in (2, 1):  # what is counted is kept until something happens
        with django_assert_max_num_queries(most):
            assert glance.headline(leader)
    as_(client, planner())
    (headline,) = client.get("/").context["headlines"]
    assert headline.figures == client.get("/dashboard/").context["figures"]
    assert all(client.get(f.url).status_code == 200 for f in headline.figures if f.url)
    assert as_(client, UserFactory()).get("/").context["headlines"] == []


def test_r4_executives_meet_the_whole_dashboard_first(client: Client) -> None:
    with pretend(b9.day("2026-08-03")):
        late = ReviewFactory()
    page = as_(client, UserFactory(roles=[Role.EXECUTIVE])).get("/")
    (body,) = page.context["bodies"]
    assert (late.department_name in body, page.context["headlines"]) == (True, [])
    assert as_(client, planner()).get("/").context["bodies"] == []


# ---------------------------------------------------------------------------------------------- queries


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "url", ["/dashboard/", "/statistics/", "/reports/", "/reports/calendar/", "/reports/recipients/"]
)
def test_pages_take_at_most_eight_queries_however_much_there_is(
    client: Client, run: ReportRun, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policies.registry.CACHE_SECONDS", 600)  # else the time the test takes decides
    as_(client, planner())
    queries(client, url)  # content types and policies are known from here on
    cache.clear()
    few = queries(client, url)
    for n in range(8):
        ReviewFactory()
        Recipient.objects.create(slug=run.slug, person=UserFactory())
        ReportRun.objects.create(slug=run.slug, period=f"20{n:02}", as_of=DAY)
    cache.clear()
    assert queries(client, url) == few <= 8
