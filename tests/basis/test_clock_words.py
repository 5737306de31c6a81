"""The arithmetic as people read it, and the badges (O9)."""

from datetime import date

import pytest

from basis.clock import DeadlineBadge, Extension, Pause, deadline_badge, due_date, explain, one_line
from basis.clock.calendar import KoreanCalendar

CALENDAR = KoreanCalendar()
DUE = date(2026, 12, 4)


def test_o9_one_line_and_step_by_step() -> None:
    reckoning = due_date(date(2026, 9, 10), "civil", 14, "days", CALENDAR)
    assert one_line(reckoning) == "통보 9. 10.(목) + 14일 = 9. 24.(목) 추석 전날 → 9. 28.(월)"
    assert explain(reckoning) == [
        "통보 9. 10.(목) + 14일 = 9. 24.(목)",
        "마지막 날이 휴일: 9. 24.(목) 추석 전날, 9. 25.(금) 추석, 9. 26.(토) 추석 다음날, 9. 27.(일) "
        "→ 9. 28.(월)",
    ]


def test_o9_every_pause_and_extension_is_a_step() -> None:
    reckoning = due_date(
        date(2026, 9, 10),
        "civil",
        14,
        "days",
        CALENDAR,
        [
            Pause(date(2026, 9, 15), date(2026, 9, 16), "현지 확인"),
            Pause(date(2026, 9, 27), date(2026, 9, 28)),
            Pause(date(2026, 10, 8), date(2026, 10, 9)),
        ],
        [
            Extension(date(2026, 9, 28), date(2026, 9, 29)),
            Extension(date(2026, 9, 29), date(2026, 10, 2), "담당 교체"),
        ],
    )
    assert explain(reckoning, "접수") == [
        "접수 9. 10.(목) + 14일 = 9. 24.(목)",
        "기한 정지 9. 15.(화)~9. 16.(수): 9. 24.(목) + 2일 = 9. 26.(토) · 사유: 현지 확인",
        "마지막 날이 휴일: 9. 26.(토) 추석 다음날 → 9. 27.(일)",
        "기한 정지 9. 27.(일)~9. 28.(월): 9. 27.(일) + 2일 = 9. 29.(화)",
        "기한 연장(9. 28.(월) 승인): 기한이 이미 9. 29.(화) 이후여서 바뀌지 않음",
        "기한 연장(9. 29.(화) 승인): 10. 2.(금)까지 · 사유: 담당 교체",
        "기한 정지 10. 8.(목)~10. 9.(금): 기한이 지난 뒤에 시작되어 계산에 넣지 않음",
    ]
    assert one_line(reckoning, "접수") == (
        "접수 9. 10.(목) + 14일 = 9. 24.(목) + 정지 2일 = 9. 26.(토) 추석 다음날 → 9. 27.(일) "
        "+ 정지 2일 = 9. 29.(화) → 연장 10. 2.(금)"
    )


def test_o9_an_open_pause_goes_on() -> None:
    reckoning = due_date(
        date(2026, 11, 20),
        "civil",
        14,
        "days",
        CALENDAR,
        [Pause(date(2026, 11, 24))],
        today=date(2026, 11, 26),
    )
    assert explain(reckoning)[1] == "기한 정지 11. 24.(화)~ 계속: 12. 4.(금) + 오늘까지 3일 = 12. 7.(월)"


def test_o6_the_year_is_written_over_new_year() -> None:
    reckoning = due_date(date(2026, 12, 31), "civil", 1, "months", CALENDAR)
    assert one_line(reckoning) == "통보 2026. 12. 31.(목) + 1개월 = 2027. 1. 31.(일) → 2027. 2. 1.(월)"


@pytest.mark.parametrize(
    ("length", "unit", "line"),
    [
        (
            6,
            "days",
            "접수 9. 18.(금) + 근무일 6일(첫날 포함) = 9. 29.(화) "
            "· 제외한 공휴일: 9. 24.(목) 추석 전날, 9. 25.(금) 추석",
        ),
        (3, "days", "접수 9. 18.(금) + 근무일 3일 = 9. 23.(수)"),
        (1, "months", "접수 9. 18.(금) + 1개월(첫날 포함) = 10. 17.(토)"),
    ],
)
def test_o8_civil_complaints_say_how_they_count(length: int, unit: str, line: str) -> None:
    reckoning = due_date(date(2026, 9, 18), "civil-complaint", length, unit, CALENDAR)
    assert explain(reckoning, "접수")[0] == line


@pytest.mark.parametrize(
    ("today", "text", "tone"),
    [
        (date(2026, 11, 30), "D-4", "neutral"),
        (date(2026, 12, 1), "D-3", "warning"),
        (date(2026, 12, 4), "오늘 마감", "warning"),
        (date(2026, 12, 6), "2일 지남", "danger"),
    ],
)
def test_badges_of_a_running_deadline(today: date, text: str, tone: str) -> None:
    assert deadline_badge(DUE, today, paused=False) == DeadlineBadge(text, tone)


def test_badges_of_a_paused_and_of_a_done_deadline() -> None:
    late = date(2026, 12, 10)
    assert deadline_badge(DUE, late, paused=True) == DeadlineBadge("기한 정지", "info")
    assert deadline_badge(DUE, late, paused=False, done_on=DUE) == DeadlineBadge("기한 내 완료", "success")
    assert deadline_badge(DUE, late, paused=True, done_on=date(2026, 12, 7)) == DeadlineBadge(
        "3일 늦게 완료", "neutral"
    )


def test_badges_warn_as_early_as_told() -> None:
    assert deadline_badge(DUE, date(2026, 11, 30), paused=False, warning_days=7).tone == "warning"
