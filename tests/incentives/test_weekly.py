"""What divisions report each Friday, and what their leaders confirm (I4)."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from basis.errors import Refused, Rejected
from core.editing import Outdated
from core.models import OpenWork
from core.now import pretend
from core.work.verify import differences
from incentives.enums import DivisionState, Post, WeeklyState, WeekState
from incentives.models import Division, Value, Week, WeekReport
from incentives.policies import LATE_WEEK
from incentives.selectors.weekly import compiled, marks
from incentives.services import contacts, projects, weekly, weeks
from incentives.services.weekly import New
from notifications.models import Notice
from notifications.reminders import KIND, remind
from organization.selectors import heads_of
from policies.models import PolicyValue
from policies.registry import cache_clear
from tests import factories as make
from tests.incentives import made
from tests.incentives import weeks as some

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
MONDAY, FRIDAY = some.MONDAY, some.FRIDAY
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(MONDAY):
        yield


# ------------------------------------------------------------------------------------------- weeks
def test_i4_a_week_begins_on_monday_and_is_reported_on_friday() -> None:
    division = some.running()
    assert weeks.keep_weeks(MONDAY) == 2, "the week, and what is owed"
    assert weeks.keep_weeks(MONDAY) == 0, "once"
    week = Week.objects.get()
    assert (week.due_on, week.state) == (FRIDAY, WeekState.OPEN)
    assert some.owed(division, week).state == WeeklyState.DUE


def test_i4_where_friday_is_a_holiday_the_last_working_day_before_it_counts() -> None:
    some.holiday(FRIDAY)
    some.holiday(FRIDAY - DAY)
    some.running()
    assert some.week().due_on == FRIDAY - 2 * DAY


def test_i4_a_holiday_declared_in_the_week_moves_the_day() -> None:
    division = some.running()
    week = some.week()
    some.holiday(FRIDAY)
    weeks.keep_weeks(MONDAY)
    week.refresh_from_db()
    assert week.due_on == FRIDAY - DAY
    assert OpenWork.objects.about(WeekReport).get(object_id=some.owed(division, week).pk).due == FRIDAY - DAY


def test_i4_a_week_without_a_working_day_is_none() -> None:
    some.running()
    for n in range(5):
        some.holiday(MONDAY + n * DAY)
    assert weeks.keep_weeks(MONDAY) == 0
    assert not Week.objects.exists()


@pytest.mark.parametrize("state", DivisionState.values)
def test_i4_who_was_notified_and_has_no_result_yet_reports(state: str) -> None:
    division = some.running()
    Division.objects.update(state=state)
    weeks.keep_weeks(MONDAY)
    reports = state in ("notified", "planned", "running", "submitted")
    assert WeekReport.objects.filter(division=division).exists() == reports


def test_i4_a_division_that_comes_in_the_week_reports_and_one_that_goes_does_not() -> None:
    one, gone, done = some.running(), some.running(), some.running()
    week = some.week()
    with pretend(MONDAY + DAY):
        other = made.notified(make.DepartmentFactory())
        some.confirmed(some.owed(done, week))
        for division in (gone, done):
            projects.drop(division, reason="평가하지 않음", actor=make.planner())
        assert not OpenWork.objects.about(WeekReport).filter(title__contains=str(week), object_id=gone.pk)
        assert differences() == []
        weeks.keep_weeks(MONDAY + DAY)
    owed = set(WeekReport.objects.values_list("division", flat=True))
    assert owed == {one.pk, done.pk, other.pk}
    assert differences() == []


# ----------------------------------------------------------------------------------------- reminders
def test_i4_who_has_not_reported_is_reminded_on_thursday_and_friday_once() -> None:
    division = some.running()
    some.week()
    who = some.charge(division)
    for day, count in ((MONDAY, 0), (FRIDAY - 2 * DAY, 0), (FRIDAY - DAY, 1), (FRIDAY, 2)):
        with pretend(day):
            remind(day)
            remind(day)
        assert Notice.objects.filter(recipient=who, kind=KIND).count() == count, day


def test_i4_what_is_handed_in_is_reminded_of_to_the_leader_alone() -> None:
    division = some.running()
    some.written(some.owed(division))
    with pretend(FRIDAY):
        remind(FRIDAY)
    told = Notice.objects.filter(kind=KIND).values_list("recipient", flat=True)
    assert list(told) == [some.leader(division).pk]


# ------------------------------------------------------------------------------------------- writing
def test_i4_unchanged_must_be_pressed() -> None:
    division = some.running()
    report = some.owed(division)
    with pytest.raises(Rejected, match="변동 없음"):
        weekly.write(report, {}, as_of=MONDAY, actor=some.charge(division))
    report.refresh_from_db()
    assert report.state == WeeklyState.DUE
    found = weekly.unchanged(report, actor=some.charge(division))
    assert (found.state, found.unchanged) == (WeeklyState.WRITTEN, True)


def test_i4_unchanged_keeps_the_words_of_the_last_report() -> None:
    division = some.running()
    some.confirmed(some.owed(division), problems="협약이 늦습니다.", asked_of_others="재무과 계약 심사")
    with pretend(MONDAY + 7 * DAY):
        weeks.keep_weeks(MONDAY + 7 * DAY)
        report = some.owed(division)
        assert weekly.begun_with(report)["problems"] == "협약이 늦습니다."
        with pytest.raises(Rejected, match="변동 없음"):
            weekly.write(report, weekly.begun_with(report), as_of=MONDAY, actor=some.charge(division))
        found = weekly.unchanged(report, actor=some.charge(division))
    assert (found.problems, found.asked_of_others) == ("협약이 늦습니다.", "재무과 계약 심사")


def test_i4_unchanged_is_refused_where_another_value_is_known() -> None:
    division = some.running()
    report = some.owed(division)
    some.known(division.indicators.all()[0], 12)
    with pytest.raises(Rejected, match="새로 적은 실적"):
        weekly.unchanged(report, actor=some.charge(division))
    assert weekly.write(report, {}, as_of=MONDAY, actor=some.charge(division)).state == WeeklyState.WRITTEN


def test_i4_a_new_value_is_known_with_its_source_and_one_of_the_same_day_corrects_it() -> None:
    division = some.running()
    one = division.indicators.all()[0]
    report = some.written(some.owed(division), [New(one, Decimal(12), "실적 보고", "3곳 더")])
    (value,) = Value.objects.all()
    assert (value.value, value.as_of, value.source, value.note) == (12, MONDAY, "실적 보고", "3곳 더")
    weekly.give_back(report, reason="다시 세어 주세요", actor=some.leader(division))
    some.written(report, [New(one, Decimal(13))])
    later = Value.objects.latest("pk")
    assert (later.value, later.corrects) == (13, value)
    assert Value.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "last", "new", "asks"),
    [
        ({"cumulative": True}, 12, 11, True),
        ({"cumulative": True}, 12, 12, False),
        ({"cumulative": True}, 12, 120, False),
        ({"cumulative": True}, 12, 121, True),
        ({"cumulative": False}, 50, 5, False),
        ({"cumulative": False}, 50, 4, True),
        ({"cumulative": False}, 0, 400, False),
    ],
)
def test_i4_a_sum_that_falls_and_a_jump_ask_again(
    more: dict[str, Any], last: int, new: int, asks: bool
) -> None:
    division = some.running(indicators=0)
    one = some.indicator(division, **more)
    some.known(one, last, MONDAY - DAY)
    report = some.owed(division)
    if asks:
        with pytest.raises(Rejected) as asked:
            some.written(report, [New(one, Decimal(new))])
        assert asked.value.field == f"sure-{one.pk}"
        assert Value.objects.count() == 1
        report.refresh_from_db()
        assert report.state == WeeklyState.DUE
    some.written(report, [New(one, Decimal(new), sure=True)])
    assert Value.objects.latest("pk").value == new


def test_i4_of_values_one_that_will_not_do_leaves_none() -> None:
    division = some.running()
    one, two = division.indicators.all()
    with pytest.raises(Rejected) as error:
        weekly.write(
            some.owed(division),
            {},
            [New(one, Decimal(3)), New(two, Decimal(10) ** 12)],
            as_of=MONDAY,
            actor=some.charge(division),
        )
    assert error.value.field == f"value-{two.pk}"
    assert not Value.objects.exists()


# ---------------------------------------------------------------------------------------- confirming
def test_i4_only_the_leader_confirms() -> None:
    division = some.running()
    report = some.written(some.owed(division))
    colleague = make.UserFactory(department=some.leader(division).department)
    for who in (some.charge(division), colleague, make.planner(), make.head_of(make.DepartmentFactory())):
        with pytest.raises(Refused):
            weekly.confirm(report, actor=who)
    found = weekly.confirm(report, actor=some.leader(division))
    assert (found.state, found.confirmed_by) == (WeeklyState.CONFIRMED, some.leader(division))


def test_i4_d9_who_wrote_it_does_not_confirm_it_and_the_head_does_instead() -> None:
    division = some.running()
    leader = some.leader(division)
    head = heads_of(leader.department_id)[0]
    report = some.written(some.owed(division), actor=leader)
    assert set(OpenWork.objects.about(WeekReport).get().holders.values_list("key", flat=True)) == {
        f"d:{leader.department_id}", f"-u:{leader.pk}",
    }  # fmt: skip
    with pytest.raises(Refused):
        weekly.confirm(report, actor=leader)
    assert weekly.confirm(report, actor=head).confirmed_by == head


def test_i4_d9_not_as_a_substitute_either_nor_for_whom_it_was_written() -> None:
    division = some.running()
    leader, charge = some.leader(division), some.charge(division)
    make.away(leader, charge, MONDAY, MONDAY + 7 * DAY)
    report = some.written(some.owed(division))
    with pytest.raises(Refused):
        weekly.confirm(report, actor=charge)


def test_i4_undone_where_people_err() -> None:
    division = some.running()
    charge, leader = some.charge(division), some.leader(division)
    report = some.written(some.owed(division))
    report = weekly.take_back(report, actor=charge)
    assert (report.state, report.written_by) == (WeeklyState.DUE, None)
    report = weekly.confirm(some.written(report), actor=leader)
    report = weekly.unconfirm(report, actor=leader)
    assert (report.state, report.confirmed_by) == (WeeklyState.WRITTEN, None)
    report = weekly.give_back(report, reason="빠진 것이 있습니다", actor=leader)
    assert report.state == WeeklyState.DUE
    assert Notice.objects.filter(recipient=charge, kind="incentives.week_returned").count() == 1
    assert differences() == []


def test_i4_a_leader_confirms_all_that_was_seen_at_once() -> None:
    one, two, three = some.running(), some.running(), some.running()
    reports = [some.written(some.owed(division)) for division in (one, two, three)]
    for division in (two, three):
        part = division.parts.get()
        part.department = one.parts.get().department
        part.save()
        contacts.name(division, {(part.pk, Post.LEADER): some.leader(one)}, actor=make.planner())
    seen = [(report, report.version) for report in reports]
    weekly.take_back(reports[1], actor=make.planner())
    done, left = weekly.confirm_many(seen, actor=some.leader(one))
    assert [report.division for report in done] == [one, three]
    assert [report.division for report, _why in left] == [two]


def test_i4_who_decides_on_what_they_have_not_seen_is_told() -> None:
    division = some.running()
    report = some.written(some.owed(division))
    with pytest.raises(Outdated):
        weekly.confirm(report, version=report.version - 1, actor=some.leader(division))


# ------------------------------------------------------------------------------------------ freezing
def test_i4_what_is_not_confirmed_when_the_week_is_frozen_is_missing_and_listed_first() -> None:
    told, handed_in, silent = (some.running(title=name) for name in ("가", "나", "다"))
    week = some.week()
    some.confirmed(some.owed(told, week))
    some.written(some.owed(handed_in, week))
    with pretend(FRIDAY + 2 * DAY):
        weeks.keep_weeks(FRIDAY + 2 * DAY)
    week.refresh_from_db()
    assert week.state == WeekState.OPEN
    with pretend(FRIDAY + 3 * DAY):
        weeks.keep_weeks(FRIDAY + 3 * DAY)
        week.refresh_from_db()
        found = compiled(week)
        assert week.state == WeekState.FROZEN
        assert [line.report.division for line in found.lines] == [handed_in, silent, told]
        assert [line.report.division for line in found.lacking] == [handed_in, silent]
        assert (
            Notice.objects.filter(kind="incentives.week_missed", recipient=some.charge(silent)).count() == 1
        )
        assert [mark.word for mark in marks(silent)] == ["빠짐", "보고 전"]
        next_week = some.week()
        assert [line.missed for line in compiled(next_week).lines] == [False, True, True]


def test_i4_what_comes_after_the_freeze_is_of_the_next_week() -> None:
    division = some.running()
    week = some.week()
    with pretend(FRIDAY):
        weeks.freeze(week, actor=make.planner())
        with pytest.raises(Rejected):
            some.written(some.owed(division, week))
    with pretend(FRIDAY + DAY):
        some.known(division.indicators.all()[0], 7)
    with pretend(MONDAY + 7 * DAY):
        (line,) = compiled(some.week()).lines
        assert [change.after.value for change in line.changes if change.after] == [7]
        (before,) = compiled(Week.objects.get(pk=week.pk)).lines
        assert not before.changes


def test_i4_planning_freezes_from_the_day_on_and_takes_it_back_on_the_same_day_alone() -> None:
    one, two = some.running(), some.running()
    week, planner = some.week(), make.planner()
    some.written(some.owed(one, week))
    with pytest.raises(Rejected, match="보고일"):
        weeks.freeze(week, actor=planner)
    with pretend(FRIDAY):
        with pytest.raises(Refused):
            weeks.freeze(week, actor=some.leader(one))
        frozen = weeks.freeze(week, actor=planner)
        with pytest.raises(Rejected, match="사유"):
            weeks.unfreeze(frozen, reason="", actor=planner)
        opened = weeks.unfreeze(frozen, reason="아직 들어올 보고가 있습니다", actor=planner)
        assert (opened.state, opened.frozen_at) == (WeekState.OPEN, None)
        assert {some.owed(one, week).state, some.owed(two, week).state} == {"written", "due"}
        assert differences() == []
        weeks.freeze(opened, actor=planner)
    with pretend(FRIDAY + DAY), pytest.raises(Rejected, match="마감한 날"):
        weeks.unfreeze(Week.objects.get(pk=week.pk), reason="늦음", actor=planner)


def test_i4_what_was_opened_again_is_not_closed_by_itself_on_the_same_day() -> None:
    some.running()
    week = some.week()
    closing = FRIDAY + 3 * DAY
    with pretend(closing):
        weeks.keep_weeks(closing)
        weeks.unfreeze(Week.objects.get(pk=week.pk), reason="잘못", actor=make.planner())
        weeks.keep_weeks(closing)
        assert Week.objects.get(pk=week.pk).state == WeekState.OPEN
    with pretend(closing + DAY):
        weeks.keep_weeks(closing + DAY)
        assert Week.objects.get(pk=week.pk).state == WeekState.FROZEN


def test_i4_a_confirmed_report_of_a_frozen_week_stays() -> None:
    division = some.running()
    report = some.confirmed(some.owed(division))
    with pretend(FRIDAY):
        weeks.freeze(report.week, actor=make.planner())
        with pytest.raises(Rejected, match="마감한 주"):
            weekly.unconfirm(report, actor=some.leader(division))


@pytest.mark.parametrize("late", [1, 6])
def test_i4_the_policy_says_when_a_week_closes(late: int) -> None:
    PolicyValue.objects.create(
        key=LATE_WEEK.key, effective_from=MONDAY, value=late, document="방침", author=make.planner()
    )
    cache_clear()
    some.running()
    week = some.week()
    for days, state in ((late - 1, WeekState.OPEN), (late, WeekState.FROZEN)):
        with pretend(FRIDAY + days * DAY):
            weeks.keep_weeks(FRIDAY + days * DAY)
        week.refresh_from_db()
        assert week.state == state


def test_i4_people_who_change_change_who_is_asked() -> None:
    division = some.running()
    report = some.owed(division)
    new = make.UserFactory(department=some.charge(division).department)
    part = division.parts.get()
    contacts.name(division, {(part.pk, Post.CHARGE): new}, actor=make.planner())
    assert f"u:{new.pk}" in OpenWork.objects.about(WeekReport).get(object_id=report.pk).holders.values_list(
        "key", flat=True
    )
    assert differences() == []
