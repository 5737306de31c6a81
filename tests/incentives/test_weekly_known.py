"""A frozen week shows what was known then, whatever is corrected later (I3b)."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.now import now, pretend
from incentives.models import Division, Value, Week
from incentives.selectors.indicators import known_of, standing_of
from incentives.selectors.known import Change, told
from incentives.selectors.weekly import compare, compiled
from incentives.services import values, weeks
from incentives.services.indicators import end, save_rows
from tests import factories as make
from tests.incentives import weeks as some
from tests.incentives.measured import indicator, row

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
MONDAY, FRIDAY = some.MONDAY, some.FRIDAY
FRIDAY_NOON = timezone.make_aware(dt.datetime.combine(FRIDAY, dt.time(12)))
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(MONDAY):
        yield


def shown(week: Week) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """A compilation as people read it."""
    return [
        (
            str(line.report.division),
            line.report.state,
            [(one.indicator.name, *told(one)) for one in line.changes],
        )
        for line in compiled(Week.objects.get(pk=week.pk)).lines
    ]


def test_i3b_a_frozen_week_is_the_same_after_ten_later_corrections_which_are_listed() -> None:
    division, planner = some.running(), make.planner()
    one, two = division.indicators.order_by("order")
    week = some.week()
    value = some.known(one, 12)
    some.known(two, 3)
    with pretend(FRIDAY):
        some.confirmed(some.owed(division, week))
        frozen = weeks.freeze(week, actor=planner)
        before = shown(frozen)
    assert before == [
        (str(division), "confirmed", [("지표 1", "–", "12곳"), ("지표 2", "–", "3곳")]),
    ]
    for n in range(1, 11):
        with pretend(FRIDAY + n * DAY):
            value = values.correct(value, value=Decimal(12 + n), reason=f"{n}번째 정정", actor=planner)
            assert shown(frozen) == before
    with pretend(FRIDAY + 20 * DAY):
        found = compare(Week.objects.get(pk=week.pk), None)
    ((where, change),) = found.changes
    assert (where, change.indicator, told(change)) == (division, one, ("12곳", "22곳"))
    assert [(row.corrects and row.corrects.value, row.value) for row in found.corrections] == [(12, 13)]
    assert not change.corrects, "a correction of a correction"


def test_i3b_two_weeks_differ_in_what_was_recorded_between_them() -> None:
    division = some.running()
    one, two = division.indicators.order_by("order")
    first, second = some.past([division], 2, FRIDAY)
    found = compare(first, second)
    assert [(change.indicator, told(change)) for _where, change in found.changes] == [(one, ("10곳", "11곳"))]
    assert not found.corrections
    with pretend(FRIDAY + 3 * DAY):
        some.known(two, 4)
        now = compare(second, None)
    assert [(change.indicator, told(change)) for _where, change in now.changes] == [(two, ("–", "4곳"))]


def test_i3b_of_a_day_that_was_to_come_nothing_was_known() -> None:
    """A record of a later day that a clock gone wrong let in does not stand in a week before it."""
    division = some.running()
    one = division.indicators.order_by("order")[0]
    week = some.week()
    some.known(one, 5)
    Value.objects.create(indicator=one, as_of=FRIDAY + 9 * DAY, value=99)
    with pretend(FRIDAY):
        weeks.freeze(week, actor=make.planner())
        assert shown(week)[0][2] == [("지표 1", "–", "5곳")]


def test_i3b_a_frozen_week_keeps_the_targets_and_weights_of_then_and_what_changed_is_listed() -> None:
    division, planner = some.running(), make.planner()
    one, two = division.indicators.order_by("order")
    week = some.week()
    some.known(one, 12)
    some.known(two, 3)
    with pretend(FRIDAY):
        frozen = weeks.freeze(week, actor=planner)
        moment = frozen.frozen_at
        assert moment
        before, then = shown(frozen), figures(division, moment)
    with pretend(FRIDAY + DAY):
        changed = {
            "target": "500",
            "weight": "7",
            "bounds": "10~120",
            "unit": "명",
            "name": "다른 이름",
            "p6": "250",
        }
        save_rows(division, [row(one.pk, **changed)], actor=planner)
        end(two, actor=planner)
        indicator(division, name="새 지표", weight="3")
        assert figures(division, now()) != then
    with pretend(FRIDAY + 2 * DAY):
        save_rows(division, [row(one.pk, target="600")], actor=planner)
        assert (shown(frozen), figures(division, moment)) == (before, then)
        assert figures(division, FRIDAY_NOON + DAY) != figures(division, now()), "the day between as it was"
        found = compare(Week.objects.get(pk=week.pk), None)
    lines = {(line.indicator.pk, line.label): (line.before, line.after) for _where, line in found.terms}
    new = division.indicators.get(name="새 지표")
    assert lines == {
        (one.pk, "지표"): ("지표 1", "다른 이름"),
        (one.pk, "배점"): ("10", "7"),
        (one.pk, "단위"): ("곳", "명"),
        (one.pk, "목표"): ("50", "600"),
        (one.pk, "하한~상한(%)"): ("0~100", "10~120"),
        (one.pk, "6월"): ("–", "250"),
        (two.pk, "지표"): ("지표 2", "뺌"),
        (new.pk, "지표"): ("–", "새로 적음"),
    }
    ((was, is_now),) = found.scores
    assert was.total.score != is_now.total.score
    assert {line.by for _where, line in found.terms if line.indicator == one} == {planner}


def figures(division: Division, moment: dt.datetime) -> list[object]:
    found = standing_of([Division.objects.select_related("project").get(pk=division.pk)], moment)[0]
    return [
        found.total,
        found.expected.plain,
        [(leaf.indicator.name, leaf.scored, leaf.pace, leaf.weak) for leaf in found.leaves.values()],
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 9), st.integers(-9, 0), st.booleans()
        ),  # recorded on, as of before that, corrects
        min_size=1,
        max_size=8,
    ),
    st.integers(0, 9),
)
def test_i3b_what_was_known_is_the_latest_of_what_was_recorded_and_not_corrected(
    rows: list[tuple[int, int, bool]], day: int
) -> None:
    """Against a reckoning by hand."""
    division = some.running(indicators=0)
    one = some.indicator(division)
    made: list[Value] = []
    corrected: dict[int, int] = {}
    for place, (on, back, corrects) in enumerate(sorted(rows)):
        with pretend(MONDAY + on * DAY):
            old = next((v for v in made if v.pk not in corrected), None) if corrects else None
            value = Value.objects.create(
                indicator=one, as_of=MONDAY + (on + back) * DAY, value=place, corrects=old,
            )  # fmt: skip
            if old is not None:
                corrected[old.pk] = value.pk
            made.append(value)
    with pretend(MONDAY + day * DAY):
        moment = now()
    there = [v for v in made if v.recorded_at <= moment]
    keys = {v.pk for v in there}
    standing = [v for v in there if corrected.get(v.pk) not in keys]
    wanted = max(standing, key=lambda v: (v.as_of, v.pk), default=None)
    assert known_of([one.pk], moment).get(one.pk) == wanted


@pytest.mark.parametrize("projects", [1, 13])
def test_i4_a_compilation_asks_the_same_few_questions_for_one_project_as_for_all(projects: int) -> None:
    divisions = [some.running(indicators=3, title=f"사업 {n}") for n in range(projects)]
    some.past(divisions, 2, FRIDAY)
    with pretend(FRIDAY):
        week = some.week()
        for division in divisions:
            some.known(division.indicators.order_by("order")[1], 7)
        with CaptureQueriesContext(connection) as asked:
            found = compiled(week)
            assert len(found.lines) == projects
            assert all(line.changes and line.report.division.parts.all() for line in found.lines)
    assert len(asked) == 7


def test_i3b_a_correction_says_so() -> None:
    division = some.running()
    one = division.indicators.order_by("order")[0]
    with pretend(MONDAY - 7 * DAY):
        week = some.week(MONDAY - 7 * DAY)
        value = some.known(one, 5)
    with pretend(FRIDAY - 7 * DAY):
        weeks.freeze(week, actor=make.planner())
    values.correct(value, value=Decimal(6), reason="다시 셈", actor=make.planner())
    (line,) = compiled(some.week()).lines
    (change,) = line.changes
    assert isinstance(change, Change)
    assert change.corrects
