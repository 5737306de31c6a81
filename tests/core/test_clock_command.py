"""`manage.py due`: scripts read its last line."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.models import Holiday

pytestmark = pytest.mark.django_db


def due(*arguments: str, **options) -> list[str]:
    out = StringIO()
    call_command("due", *arguments, stdout=out, **options)
    return out.getvalue().splitlines()


def test_o6_the_last_line_is_the_date_alone() -> None:
    lines = due("2026-09-10", "14")
    assert lines[0] == "통보 9. 10.(목) + 14일 = 9. 24.(목)"
    assert lines[-1] == "2026-09-28"


@pytest.mark.parametrize(
    ("arguments", "last"),
    [
        (["2026-12-31", "--months", "1"], "2027-02-01"),
        (["2027-01-31", "0", "--months=1"], "2027-03-02"),
        (["2026-11-16", "6", "--rule", "civil-complaint"], "2026-11-23"),
        (["2026-11-16", "6", "--rule=civil"], "2026-11-23"),
        (["2026-11-20", "14"], "2026-12-04"),
        (["2026-11-16", "--weeks", "2", "--rule", "civil-complaint"], "2026-11-30"),  # to Sunday, the 29th
        (["2026-11-16T10:30", "3", "--rule", "civil-complaint"], "2026-11-19"),
        (["2026-11-16", "7", "--rule", "civil-complaint", "--extend", "7"], "2026-12-03"),
        (
            ["2026-11-16", "7", "--rule", "civil-complaint", "--extend=7", "--extend=1", "--consent"],
            "2026-12-04",
        ),
    ],
)
def test_o6_o8_rules_and_months(arguments: list[str], last: str) -> None:
    assert due(*arguments)[-1] == last


def test_o7_declared_holidays_count() -> None:
    Holiday.objects.create(date=date(2026, 12, 4), name="구민의 날", kind=Holiday.Kind.LOCAL)
    assert due("2026-11-20", "14")[1:] == [
        "마지막 날이 휴일: 12. 4.(금) 구민의 날, 12. 5.(토), 12. 6.(일) → 12. 7.(월)",
        "2026-12-07",
    ]


def test_o7_before_the_set_up_only_statutory_holidays_count(monkeypatch) -> None:
    Holiday.objects.create(date=date(2026, 9, 28), name="임시공휴일")
    monkeypatch.setattr(connection.introspection, "table_names", list)
    err = StringIO()
    assert due("2026-09-10", "14", stderr=err)[-1] == "2026-09-28"
    assert "아직 준비되지 않아" in err.getvalue()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2026-02-30", "14"], "날짜가 아닙니다: 2026-02-30"),
        (["10.9.2026", "14"], "날짜가 아닙니다"),
        (["2026-09-10", "열"], "숫자가 아닙니다: 열"),
        (["2026-09-10", "0"], "1 이상"),
        (["2026-09-10", "-3"], "1 이상"),
        (["2026-09-10"], "일수를 입력해 주세요"),
        (["2026-09-10", "14", "--months", "1"], "하나만 입력해 주세요"),
        (["2026-09-10", "--months", "x"], "숫자가 아닙니다: x"),
        (["2026-09-10", "14", "--rule", "lunar"], "civil, civil-complaint 가운데 하나"),
        (["2026-09-10", "--weeks", "1", "--months", "1"], "하나만 입력해 주세요"),
        (["2026-09-10", "14", "--extend", "7"], "civil-complaint 기한만"),
        (["2026-09-10", "7", "--rule=civil-complaint", "--extend=7", "--extend=7"], "동의"),
        (["2026-09-10", "7", "--rule=civil-complaint", "--extend=7", "--ground=overload"], "업무가 많거나"),
        (["2026-09-10", "7", "--rule=civil-complaint", "--extend=7", "--ground=mood"], "necessity, overload"),
        (["2026-09-10", "99999999999"], "너무 멀어"),
        (["2100-12-25", "14"], "2100년까지"),
    ],
)
def test_wrong_input_says_what_is_wrong(arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        due(*arguments)


def test_o8_a_complaint_of_few_days_says_its_hour() -> None:
    assert due("2026-11-20T15:30", "2", "--rule", "civil-complaint") == [
        "접수 2026. 11. 20.(금) 15:30 + 근무시간 16시간 = 2026. 11. 24.(화) 15:30",
        "2026-11-24",
    ]
