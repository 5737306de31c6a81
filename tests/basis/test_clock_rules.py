"""Deadlines by the law's own examples, and what pauses and extensions do to them (O6–O9)."""

from datetime import date

import pytest

from basis.clock import (
    ClockError,
    Extension,
    Pause,
    Reckoning,
    due_date,
    validate_extension,
    validate_pause,
)
from basis.clock.calendar import KoreanCalendar

CALENDAR = KoreanCalendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


def reckon(start: str, length: int, *events: Pause | Extension, **options) -> Reckoning:
    options = {"rule": "civil", "unit": "days", "calendar": CALENDAR} | options
    pauses = [event for event in events if isinstance(event, Pause)]
    extensions = [event for event in events if isinstance(event, Extension)]
    return due_date(day(start), length=length, pauses=pauses, extensions=extensions, **options)


def pause(first: str, last: str | None = None) -> Pause:
    return Pause(day(first), day(last) if last else None)


def extension(granted: str, to: str) -> Extension:
    return Extension(day(granted), day(to))


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-04-17", "2026-05-04"),
        ("2026-05-11", "2026-05-26"),
        ("2026-07-03", "2026-07-20"),
        ("2026-09-10", "2026-09-28"),
        ("2026-11-20", "2026-12-04"),
    ],
)
def test_o6_fourteen_days(start: str, due: str) -> None:
    assert reckon(start, 14).due == day(due)


@pytest.mark.parametrize(
    ("start", "months", "raw", "due"),
    [
        ("2026-12-31", 1, "2027-01-31", "2027-02-01"),
        ("2027-01-31", 1, "2027-02-28", "2027-03-02"),
        ("2027-01-28", 1, "2027-02-28", "2027-03-02"),  # day one is the 29th, which February has not
        ("2027-01-27", 1, "2027-02-27", "2027-03-02"),
        ("2027-02-28", 1, "2027-03-31", "2027-03-31"),  # day one is the 1st: a whole month, not to the 28th
        ("2027-11-30", 3, "2028-02-29", "2028-02-29"),
        ("2026-11-20", 1, "2026-12-20", "2026-12-21"),
    ],
)
def test_o6_months_end_before_the_corresponding_day(start: str, months: int, raw: str, due: str) -> None:
    reckoning = reckon(start, months, unit="months")
    assert (reckoning.raw, reckoning.due) == (day(raw), day(due))


def test_o7_a_holiday_declared_late_moves_the_deadline() -> None:
    late = KoreanCalendar({day("2026-09-28"): "임시공휴일"})
    assert reckon("2026-09-10", 14, calendar=late).due == day("2026-09-29")


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        ("2026-11-16", 6, "2026-11-23"),  # Monday: the first day counts, the weekend does not
        ("2026-11-14", 6, "2026-11-23"),  # received on a Saturday: Monday is day one
        ("2026-09-18", 6, "2026-09-29"),  # over 추석
        ("2026-11-16", 5, "2026-11-23"),  # 40 office hours later
        ("2026-11-16", 1, "2026-11-17"),
        ("2026-11-20", 3, "2026-11-25"),
        ("2026-11-14", 3, "2026-11-18"),
    ],
)
def test_o8_civil_complaints_count_working_days(start: str, length: int, due: str) -> None:
    reckoning = reckon(start, length, rule="civil-complaint")
    assert reckoning.due == reckoning.raw == day(due)


@pytest.mark.parametrize(
    ("start", "due"),
    [("2026-11-02", "2026-12-01"), ("2026-11-01", "2026-11-30"), ("2026-11-06", "2026-12-07")],
)
def test_o8_civil_complaints_in_months_run_by_the_calendar_from_the_first_day(start: str, due: str) -> None:
    assert reckon(start, 1, rule="civil-complaint", unit="months").due == day(due)


def test_o9_original_and_current_deadline_are_both_kept() -> None:
    reckoning = reckon(
        "2026-11-20", 14, pause("2026-11-25", "2026-11-27"), extension("2026-12-03", "2026-12-15")
    )
    assert (reckoning.original_due, reckoning.due) == (day("2026-12-04"), day("2026-12-15"))


@pytest.mark.parametrize(
    ("first", "last", "due"),
    [
        ("2026-11-24", "2026-11-26", "2026-12-07"),
        ("2026-11-20", "2026-11-20", "2026-12-04"),  # the day of notice does not count anyway
        ("2026-11-20", "2026-11-21", "2026-12-07"),
        ("2026-12-04", "2026-12-08", "2026-12-09"),  # on the last day, which is then still to come
        ("2026-12-05", "2026-12-20", "2026-12-04"),  # after the deadline
    ],
)
def test_o9_a_pause_adds_its_days(first: str, last: str, due: str) -> None:
    assert reckon("2026-11-20", 14, pause(first, last)).due == day(due)


@pytest.mark.parametrize(
    ("first", "last", "due"),
    [
        ("2026-09-24", "2026-09-29", "2026-09-30"),
        ("2026-09-27", "2026-09-29", "2026-09-30"),
        ("2026-09-28", "2026-09-29", "2026-09-30"),
        ("2026-09-29", "2026-09-29", "2026-09-28"),
    ],
)
def test_o9_a_pause_on_the_closed_days_the_end_moved_over(first: str, last: str, due: str) -> None:
    """9. 10. + 14 days ends on 9. 24., a holiday, and is due on 9. 28."""
    assert reckon("2026-09-10", 14, pause(first, last)).due == day(due)


def test_o9_a_pause_of_a_civil_complaint_adds_working_days() -> None:
    assert reckon("2026-11-16", 6, pause("2026-11-19", "2026-11-22"), rule="civil-complaint").due == day(
        "2026-11-25"
    )


def test_o9_an_open_pause_counts_until_today() -> None:
    for today, due in (
        ("2026-11-24", "2026-12-07"),
        ("2026-11-27", "2026-12-08"),
        ("2026-11-30", "2026-12-11"),
    ):
        reckoning = reckon("2026-11-20", 14, pause("2026-11-24"), today=day(today))
        assert reckoning.paused_now
        assert reckoning.due == day(due)
    with pytest.raises(ValueError, match="today"):
        reckon("2026-11-20", 14, pause("2026-11-24"))


@pytest.mark.parametrize(
    ("today", "paused"),
    [("2026-11-23", False), ("2026-11-24", True), ("2026-11-26", True), ("2026-11-27", False)],
)
def test_o9_a_clock_is_paused_from_the_first_to_the_last_day(today: str, paused: bool) -> None:
    assert reckon("2026-11-20", 14, pause("2026-11-24", "2026-11-26"), today=day(today)).paused_now is paused


def test_o9_a_clock_that_has_run_out_is_not_paused() -> None:
    assert not reckon("2026-11-20", 14, pause("2026-12-05"), today=day("2026-12-10")).paused_now


def test_o9_pauses_before_an_extension_are_in_it_and_those_after_add_to_it() -> None:
    granted = extension("2026-12-01", "2026-12-18")
    before, same_day = pause("2026-11-24", "2026-11-25"), pause("2026-12-01", "2026-12-03")
    assert reckon("2026-11-20", 14, before, granted).due == day("2026-12-18")
    assert reckon("2026-11-20", 14, same_day, granted, before).due == day("2026-12-21")


def test_o9_an_extension_ends_on_an_open_day_and_never_earlier() -> None:
    assert reckon("2026-11-20", 14, extension("2026-12-01", "2026-12-12")).due == day("2026-12-14")
    assert reckon("2026-11-20", 14, extension("2026-11-24", "2026-12-01")).due == day("2026-12-04")


@pytest.mark.parametrize("length", [0, -3])
def test_a_period_has_at_least_one_day(length: int) -> None:
    with pytest.raises(ClockError, match="1 이상"):
        reckon("2026-11-20", length)


@pytest.mark.parametrize("unit", ["days", "months"])
def test_a_deadline_beyond_the_calendar_is_refused(unit: str) -> None:
    with pytest.raises(ClockError, match="너무 멀어"):
        reckon("2026-11-20", 10**9, unit=unit)


OTHERS = [pause("2026-11-24", "2026-11-26"), pause("2026-12-01")]


@pytest.mark.parametrize(
    ("made", "message", "field"),
    [
        (lambda: pause("2026-11-26", "2026-11-25"), "정지 종료일이 시작일보다 빠릅니다", "end"),
        (lambda: pause("2026-12-03"), "정지 시작일이 오늘보다 늦습니다", "start"),
        (lambda: pause("2026-11-19", "2026-11-20"), r"기산일\(2026. 11. 20.\(금\)\)보다 빠릅니다", "start"),
        (lambda: pause("2026-11-26", "2026-11-28"), r"2026. 11. 24.\(화\)~2026. 11. 26.\(목\)", "start"),
        (lambda: pause("2026-11-21", "2026-11-24"), "겹칩니다", "start"),
        (lambda: pause("2026-11-28", "2026-12-05"), r"2026. 12. 1.\(화\)~\)과 겹칩니다", "start"),
        (lambda: pause("2026-11-28"), "겹칩니다", "start"),
    ],
)
def test_o9_pauses_that_are_refused(made, message: str, field: str) -> None:
    with pytest.raises(ClockError, match=message) as refusal:
        validate_pause(
            made(),
            clock_start=day("2026-11-20"),
            due=day("2026-12-09"),
            others=OTHERS,
            today=day("2026-12-02"),
        )
    assert refusal.value.field == field


def test_o9_pauses_that_are_allowed() -> None:
    for fine in (pause("2026-11-20", "2026-11-23"), pause("2026-11-27", "2026-11-30")):
        validate_pause(
            fine, clock_start=day("2026-11-20"), due=day("2026-12-09"), others=OTHERS, today=day("2026-12-02")
        )


@pytest.mark.parametrize(("first", "allowed"), [("2026-12-04", True), ("2026-12-05", False)])
def test_o9_a_pause_begins_by_the_deadline(first: str, allowed: bool) -> None:
    known = {
        "clock_start": day("2026-11-20"),
        "due": day("2026-12-04"),
        "others": [],
        "today": day("2026-12-07"),
    }
    if allowed:
        validate_pause(pause(first), **known)
    else:
        with pytest.raises(ClockError, match="이미 지나 정지할 수 없습니다"):
            validate_pause(pause(first), **known)


@pytest.mark.parametrize(
    ("to", "latest", "message"),
    [
        ("2026-12-07", None, r"현재 기한\(2026. 12. 7.\(월\)\)보다 늦지 않습니다"),
        ("2026-12-08", None, None),
        ("2026-12-18", "2026-12-18", None),
        ("2026-12-19", "2026-12-18", r"2026. 12. 18.\(금\)까지만 연장할 수 있습니다"),
        ("2027-12-19", None, None),
    ],
)
def test_o9_extensions_are_later_and_within_the_cap(to: str, latest: str | None, message: str | None) -> None:
    known = {"due": day("2026-12-07"), "latest": day(latest) if latest else None}
    if message is None:
        validate_extension(extension("2026-12-01", to), **known)
    else:
        with pytest.raises(ClockError, match=message):
            validate_extension(extension("2026-12-01", to), **known)


def test_o9_an_extension_ends_after_it_was_granted() -> None:
    with pytest.raises(ClockError, match="승인일보다 빠릅니다"):
        extension("2026-12-01", "2026-11-30")
