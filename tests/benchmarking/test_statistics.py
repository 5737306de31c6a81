"""The figures of benchmarking (B9, R4): what is counted is what the lists show."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from benchmarking.enums import Decision
from benchmarking.models import Case
from benchmarking.selectors import dashboard, statistics
from benchmarking.services import cases
from core.now import pretend
from organization.models import Department
from reports import counts
from reviews.enums import ReviewState
from reviews.services import reviews
from tests import b9
from tests.factories import CaseFactory, ReviewFactory, answer, answered, head, planner

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 9, 10)
FIRST, SECOND = (b9.day("2026-01-01"), b9.day("2026-06-30")), (b9.day("2026-07-01"), b9.day("2026-12-31"))


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    cache.clear()
    with pretend(DAY):
        yield


def figures(line: statistics.Outcomes) -> tuple[int, ...]:
    return line.total, line.adopted, line.rejected, line.kept, line.in_force


def test_b9_the_sources_own_figures() -> None:
    b9.history()
    found = counts.outcomes_by_year(2013, 2015)
    assert {year: figures(line) for year, line in found.items()} == b9.TABLE
    assert figures(sum(found.values(), statistics.Outcomes())) == b9.TOTAL
    assert {year: line.beside for year, line in found.items()} == b9.VISITS
    years = [(dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in b9.TABLE]
    assert counts.outcomes_of(years) == list(found.values())


def test_b9_every_year_asked_for_has_a_line() -> None:
    assert statistics.outcomes_by_year(2013, 2014) == {
        2013: statistics.Outcomes(),
        2014: statistics.Outcomes(),
    }
    assert statistics.outcomes_of([]) == counts.outcomes_of([]) == []


def test_b9_days_between_and_outside_the_periods_do_not_count() -> None:
    for registered in ("2026-03-31", "2026-04-01", "2026-06-30", "2026-07-01"):
        with pretend(b9.day(registered)):
            CaseFactory()
    quarters = [(b9.day("2026-01-01"), b9.day("2026-03-31")), SECOND]
    assert [line.pending for line in statistics.outcomes_of(quarters)] == [1, 1]


def test_b9_a_case_counts_by_its_outcome_and_not_when_cancelled() -> None:
    case = CaseFactory()
    cases.cancel(CaseFactory(), reason="잘못 등록", actor=planner())
    review = ReviewFactory()
    answered(review, Decision.LONG_TERM)
    found = statistics.outcomes_by_year(2026, 2026)[2026]
    assert (found.kept, found.pending, found.total) == (1, 1, 1)
    ReviewFactory(case=Case.objects.get(pk=review.case_id))  # reviewed again: the outcome stands until then
    assert statistics.outcomes_by_year(2026, 2026)[2026] == found
    assert case.outcome == ""


def test_b9_counted_in_one_query(django_assert_num_queries: Any) -> None:
    b9.history()
    with django_assert_num_queries(1):
        counts.outcomes_by_year(2000, 2026)
    with django_assert_num_queries(1):
        counts.outcomes_of([FIRST, SECOND])
    with django_assert_num_queries(1):
        statistics.handling(FIRST, DAY)


def test_r4_how_departments_handled_what_they_were_sent() -> None:
    with pretend(b9.day("2026-08-03")):  # due on 18 August: the 17th is a substitute holiday
        early, late, open_ = (ReviewFactory() for _n in range(3))
    with pretend(b9.day("2026-08-13")):
        answered(early)
    with pretend(b9.day("2026-08-24")):
        answered(late)
    with pretend(b9.day("2026-09-09")):
        ahead = ReviewFactory(department=early.department)
    lines = {line.department_id: line for line in statistics.handling(SECOND, DAY)}
    first = lines[early.department_id]
    assert (first.sent, first.answered, first.in_time, first.late, first.days) == (2, 1, 1, 0, 10)
    assert lines[late.department_id].in_time == 0
    assert lines[open_.department_id].late == 1
    assert lines[open_.department_id].rate == 0
    whole = statistics.together(lines.values())
    assert (whole.sent, whole.due, whole.rate, whole.days) == (4, 3, 1 / 3, 15.5)
    assert ahead.clock.due > DAY


def test_r4_nothing_sent_has_no_rate() -> None:
    whole = statistics.together(statistics.handling(FIRST, DAY))
    assert (whole.sent, whole.rate, whole.days) == (0, None, None)


def test_r4_recalled_reviews_do_not_count() -> None:
    reviews.recall(ReviewFactory(), reason="잘못 보냄", actor=planner())
    assert statistics.handling(SECOND, DAY) == []


def test_o1_a_department_keeps_the_name_it_had_in_the_period() -> None:
    review = ReviewFactory()
    Department.objects.filter(pk=review.department_id).update(name="새이름과")
    (line,) = statistics.handling(SECOND, DAY)
    assert line.name == review.department_name != "새이름과"


# --------------------------------------------------------------------------------------------- dashboard


def overview(**values: Any) -> dashboard.Overview:
    steps = dashboard.latest_steps(DAY - dt.timedelta(days=1))
    latest = steps[0].pk if steps else None
    wanted = {
        "until": DAY + dt.timedelta(days=6),
        "spans": [FIRST, SECOND],
        "years": (2024, 2026),
        "latest": latest,
    }
    return dashboard.overview(DAY, **{**wanted, **values})


def test_r4_overview_of_an_empty_office() -> None:
    found = overview()
    assert (found.late, found.open, found.loads) == (0, 0, [])
    assert set(found.due.values()) == {0}
    assert [rate.rate for rate in found.rates] == [None, None]


def test_r4_overview_counts_loads_deadlines_and_rates() -> None:
    with pretend(b9.day("2026-08-03")):
        late = ReviewFactory()
    with pretend(b9.day("2026-08-28")):
        soon = ReviewFactory(department=late.department)  # due on 11 September
        done = answered(ReviewFactory())
    found = overview()
    (load,) = found.loads
    assert (load.name, load.late, load.total) == (late.department_name, 1, 2)
    assert load.states[ReviewState.WAITING] == 2
    assert found.due[soon.clock.due] == 1
    assert (found.rates[1].in_time, found.rates[1].due) == (1, 2)
    assert found.outcomes[2026].kept == 1
    assert found.outcomes[2026].pending == 2
    assert done.in_time


def test_r4_overview_is_of_this_moment_although_it_is_kept() -> None:
    review = ReviewFactory()
    before = overview()
    reviews.take(review, actor=head(review))
    after = overview()
    assert before.loads[0].states[ReviewState.WAITING] == 1
    assert after.loads[0].states == {
        ReviewState.WAITING: 0,
        ReviewState.ASSIGNED: 1,
        ReviewState.SUBMITTED: 0,
    }


def test_r4_overview_and_steps_take_two_queries(django_assert_num_queries: Any) -> None:
    ReviewFactory()
    dashboard.latest_steps(DAY)  # content types are known from here on
    with django_assert_num_queries(2):
        overview()
    with django_assert_num_queries(1):  # nothing happened since
        overview()


def test_r4_what_happened_since_yesterday() -> None:
    with pretend(DAY - dt.timedelta(days=2)):
        review = ReviewFactory()
    reviews.submit(review, answer(Decision.ADOPT), actor=head(review))
    events = dashboard.events(dashboard.latest_steps(DAY - dt.timedelta(days=1)))
    place = review.department_name
    assert [event.text for event in events] == ["결정", f"{place} · 확인", f"{place} · 검토 결과 제출"]
    assert all(event.url == review.case.get_absolute_url() for event in events)
    assert all(event.note == f"{review.case.code} {review.case.title}" for event in events)
