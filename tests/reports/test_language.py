"""Papers and records are in the office's language, whoever asks for them (B9, R2, D5)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from basis.periods import parse
from benchmarking.enums import Decision
from benchmarking.models import Review
from benchmarking.services import cases
from core import exports, jobs
from core.models import Job
from core.now import pretend
from core.transition import history
from reports.definitions import DEFINITIONS
from reports.services import making
from reviews.services import clocks, reviews
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_words")]
DAY = dt.date(2026, 9, 10)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


@pytest.fixture
def english(client: Client) -> Client:
    """The browser of a planning officer who reads the screens in English."""
    client.force_login(make.planner())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_b9_statistics_on_paper_are_korean_for_who_reads_english(english: Client) -> None:
    make.answered(make.ReviewFactory(), Decision.ADOPT)
    assert "Statistics" in english.get(reverse("statistics")).content.decode()
    response = english.get(reverse("statistics"), {"format": "html", "unit": "half"})
    paper = response.content.decode()
    for words in ("벤치마킹 통계", "2026년 하반기", "분야별 검토 결과", "건설교통", "도입"):
        assert words in paper, words
    assert paper.count("half") == paper.count("unit=half") == 1  # the way back
    for words in ("Statistics", "Adopt", "2nd"):
        assert words not in paper, words


def test_r2_a_report_on_its_page_is_the_paper_to_the_word(english: Client) -> None:
    with translation.override("en"):
        run = making.make_now(
            DEFINITIONS["benchmarking-analysis"], parse("2026-H1"), by_mail=False, actor=make.planner()
        )
    assert Job.objects.get().label == "2026년 상반기 벤치마킹 결과분석"
    jobs.run_pending()
    shown = {}
    for language in ("ko", "en"):
        english.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        shown[language] = english.get(run.get_absolute_url()).context["content"]
    assert shown["ko"] == shown["en"]


def test_d5_the_name_of_a_job_is_read_by_others_too(english: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    make.CaseFactory()
    english.get("/benchmarking/", {"export": "xlsx"})
    assert Job.objects.get(kind="core.export").label.endswith("엑셀 만들기")


def test_d5_records_are_kept_in_the_language_of_the_office() -> None:
    review = make.ReviewFactory()
    with translation.override("en"):
        officer = make.UserFactory(department=review.department)
        reviews.assign(review, officer, actor=make.head(review))
        asked = clocks.ask_extension(review, until=dt.date(2026, 10, 2), reason="자료", actor=officer)
        clocks.decide(asked, approve=True, note="", actor=make.planner())
        cases.update(review.case, {"title": "공유주차 앱 고침"}, actor=make.planner(), version=None)
    case = Review.objects.get().case
    assert history(review).get(name="assign").data == {"reviewer": f"{review.department_name} 주무관"}
    assert history(case).get(name="edit").data == {"fields": ["사례명"]}
    assert review.clock.changes.get().cause == "기한 연장"
