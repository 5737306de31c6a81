"""Cases of earlier years are taken in as past: with what is known of them, and without anything to do (N1, N4, B9)."""

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.excel.importer import ImportResult
from benchmarking.enums import CaseState, Decision, FollowUpState, Origin
from benchmarking.excel import PastCaseImporter
from benchmarking.models import Case, FollowUp, Review, ReviewRound
from benchmarking.selectors import statistics
from benchmarking.selectors.progress import rereview_cases
from core.models import Clock, Counter, Gram, OpenWork
from core.now import pretend
from mileage.models import Entry
from notifications.models import Mail, Notice
from tests import b9
from tests import factories as make
from tests.basis.excel_files import taken, workbook
from tests.benchmarking import past_books

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
SMALL = (
    "연도",
    "번호",
    "사례명",
    "검토 부서",
    "검토 결과",
    "부서별 검토 결과",
    "발굴일",
    "발굴자",
    "업무반영",
)


def taken_in(file: io.BytesIO) -> tuple[PastCaseImporter, ImportResult]:
    importer = PastCaseImporter()
    with pretend(TODAY):
        return importer, taken(importer, file, make.planner())


def small(*rows: Any, head: Any = SMALL) -> ImportResult:
    return taken_in(workbook([list(head), *map(list, rows)]))[1]


@pytest.fixture
def history() -> PastCaseImporter:
    importer, result = taken_in(past_books.flat_list(past_books.departments()))
    assert not result.errors, result.errors[:5]
    assert result.saved == 92
    return importer


def test_b9_comes_out_of_a_flat_list_of_old_names_and_ten_spellings_of_days(history: Any) -> None:
    """N1, N4, B9: the office's own figures, year by year."""
    found = statistics.outcomes_by_year(2013, 2015)
    for year, figures in b9.TABLE.items():
        line = found[year]
        assert (line.total, line.adopted, line.rejected, line.kept, line.in_force) == figures
    whole = sum(found.values(), statistics.Outcomes())
    assert (whole.total, whole.adopted, whole.rejected, whole.kept, whole.in_force) == b9.TOTAL
    by_days = statistics.outcomes_of([(dt.date(y, 1, 1), dt.date(y, 12, 31)) for y in b9.TABLE])
    assert by_days == list(found.values())
    by_field = statistics.outcomes_by_field((dt.date(2013, 1, 1), dt.date(2015, 12, 31)))
    assert sum(line.total for line in by_field.values()) == 92
    assert by_field[""].total == 11, "fields that nobody wrote down"


def test_n1_nothing_is_to_do_told_or_earned(history: Any) -> None:
    assert not OpenWork.objects.exists()
    assert not Notice.objects.exists()
    assert not Mail.objects.exists()
    assert not Entry.objects.exists()
    assert not Clock.objects.exists()
    assert not Counter.objects.exists(), "numbers of earlier years are no longer given"
    assert not rereview_cases().exists()
    assert statistics.handling((dt.date(2013, 1, 1), dt.date(2026, 12, 31)), TODAY) == []


def test_n4_an_old_name_means_the_department_of_that_day(history: Any) -> None:
    old = Review.objects.filter(department_name=past_books.OLD)
    assert old.exists()
    assert {review.case.year for review in old.select_related("case")} <= {2013, 2014}
    assert len({review.department.name for review in old.select_related("department")}) == 1


def test_n1_days_are_shown_as_exactly_as_they_are_known(history: Any) -> None:
    texts = {case.day_text("found_on") for case in Case.objects.exclude(found_on=None)}
    assert any(text.count(".") == 2 and text.endswith(".") for text in texts), "of some only the month"
    assert any("(" in text for text in texts), "of others the day"
    unknown = Case.objects.filter(found_on=None).first()
    assert unknown is not None
    assert unknown.registered_on.year == unknown.year


def test_n1_what_was_made_can_be_deleted_whole(history: PastCaseImporter) -> None:
    with pretend(TODAY):
        left = PastCaseImporter().unmake(history.made, make.planner())
    for row in reversed(left):
        Gram.objects.filter(object_id=row.pk).delete() if isinstance(row, Case) else None
        row.delete()
    for model in (Case, ReviewRound, Review, FollowUp, Gram, Counter):
        assert not model.objects.exists(), model


def test_b7_what_was_followed_is_part_of_the_work(history: Any) -> None:
    done = FollowUp.objects.filter(state=FollowUpState.CONFIRMED)
    assert done.exists()
    assert not FollowUp.objects.exclude(state=FollowUpState.CONFIRMED).exists()
    assert all(f.review.case.state == CaseState.IMPLEMENTED for f in done.select_related("review__case"))


def test_n1_a_case_may_lack_what_nobody_wrote_down() -> None:
    assert small(["2015", None, "공유주차", None, None, None, None, None, None]).ok
    case = Case.objects.get()
    assert (case.state, case.outcome, case.origin) == (CaseState.RECORDED, "", Origin.RECORD)
    assert (case.field, case.channel, case.source_name, case.found_on) == ("", "", "", None)
    assert case.day_text("registered_on") == "2015."


def test_n1_departments_answer_each_for_itself_or_one_for_all() -> None:
    for name in ("교통행정과", "건축과", "공원녹지과"):
        make.DepartmentFactory(name=name)
    assert small(
        ["2015", "3", "공유주차 앱", "교통행정과, 건축과", "현행유지", None, "2015-03", "없는사람", None],
        ["2015", "4", "마을 정원", None, None, "교통행정과: 도입, 건축과(기시행 중)", None, None, "○"],
        ["2015", "5", "옥상 정원", "건축과", "도입", None, None, None, None],
        ["2015", "5", "옥상 정원", "공원녹지과", "현행유지", None, None, None, None],
    ).ok
    shared, garden, roof = Case.objects.order_by("number")
    assert set(shared.reviews.values_list("decision", flat=True)) == {Decision.KEEP}
    assert (shared.finder_name, shared.found_by) == ("없는사람", None)
    assert (garden.outcome, garden.state) == (Decision.ADOPT, CaseState.IMPLEMENTED)
    assert FollowUp.objects.get().review.department_name == "교통행정과"
    assert (roof.outcome, roof.reviews_total) == (Decision.ADOPT, 2)


def test_b9_a_circle_stands_for_the_result() -> None:
    head = ("연도", "사례명", "도입", "현행유지·장기검토 등", "기시행 중")
    assert small(
        [2013, "가로등 바꾸기", "○", None, None],
        [2013, "나무 심기", None, "◯", None],
        [2013, "다리 고치기", None, None, "O"],
        head=head,
    ).ok
    line = statistics.outcomes_by_year(2013, 2013)[2013]
    assert (line.adopted, line.kept, line.in_force) == (1, 1, 1)
    result = small([2014, "라면 끓이기", "○", "○", None], head=head)
    assert "여럿" in result.errors[0].message


def test_n3_what_cannot_be_is_named() -> None:
    make.DepartmentFactory(name="교통행정과")
    result = small(
        ["2015", "1", "첫째 사례", "없던과", "도입", None, None, None, None],
        ["2015", "1", "둘째 사례", "교통행정과", "현행유지", None, None, None, "○"],
        [None, None, "셋째 사례", None, "도입", None, None, None, None],
        ["2027", None, "넷째 사례", None, "도입", None, "2027-01", None, None],
    )
    found = [(error.row, error.message) for error in result.errors]
    words = {2: "그때 없던 부서", 3: "번호가 같", 4: "연도를 알 수 없", 5: "올해 또는 지난"}
    for row, word in words.items():
        assert any(at == row and word in message for at, message in found), (row, found)
    assert any("도입한 사례만" in message for at, message in found if at == 3)


def test_n1_this_year_numbers_go_on_after_the_records() -> None:
    assert small(["2026", "7", "올해 앞서 한 사례", None, "도입", None, None, None, None]).ok
    with pretend(TODAY):
        assert make.CaseFactory().number == 8


def test_n1_every_page_stands_what_is_missing(history: Any, client: Client) -> None:
    assert small(["2012", None, "아무것도 없는 사례", None, None, None, None, None, None]).ok
    client.force_login(make.planner())
    empty = Case.objects.get(year=2012)
    review, follow_up = Review.objects.first(), FollowUp.objects.first()
    assert review is not None
    assert follow_up is not None
    for url in (
        empty.get_absolute_url(),
        review.case.get_absolute_url(),
        review.get_absolute_url(),
        follow_up.get_absolute_url(),
        reverse("benchmarking:case_edit", args=[empty.pk]),
        reverse("benchmarking:case_report", args=[empty.pk]),
        reverse("benchmarking:case_report", args=[review.case_id]) + "?format=hwpx",
        reverse("benchmarking:cases") + "?origin=record&field=unrecorded&state=",
        reverse("benchmarking:cases") + "?origin=record&format=xlsx",
        reverse("benchmarking:reviews") + "?format=xlsx",
        reverse("benchmarking:follow_ups") + "?format=xlsx",
        "/statistics/?first=2012&last=2015&period=2015",
        "/statistics/?first=2012&last=2015&format=hwpx",
    ):
        assert client.get(url).status_code == 200, url
    page = client.get(empty.get_absolute_url()).content.decode()
    assert page.count("기록 없음") >= 5
    assert "지난 자료" in page


def test_n1_a_case_of_earlier_years_may_be_sent_again(history: Any) -> None:
    """It is reviewed as any other, with a clock; when all is recalled its old decision holds."""
    case = Case.objects.filter(outcome=Decision.LONG_TERM).first()
    assert case is not None
    with pretend(TODAY):
        review = make.ReviewFactory(case=case)
    assert review.clock is not None
    assert review.round.number == 2
