"""A cell becomes a clean value or an error that says what to do."""

import datetime as dt
import unicodedata
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basis.excel import columns
from basis.excel.columns import CellError, ImportColumn, clean_text, head_key, parse_date, reader_of
from tests.basis.excel_files import naive

INVISIBLE = ("Cc", "Cf", "Cs")


def column(kind: Any = "text", **more: Any) -> ImportColumn:
    return ImportColumn("key", "이름", kind=kind, **more)


def read(found: ImportColumn, value: Any, data_type: str = "s") -> Any:
    return reader_of(found)(value, data_type)


def refusal(found: ImportColumn, value: Any, data_type: str = "s") -> str:
    with pytest.raises(CellError) as caught:
        read(found, value, data_type)
    return caught.value.message


# -------------------------------------------------------------------------------------------- text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  공유주차 앱  ", "공유주차 앱"),
        ("공유\u200b주차\ufeff", "공유주차"),
        (unicodedata.normalize("NFD", "한빛구청"), "한빛구청"),
        ("첫 줄\r\n둘째 줄\r셋째", "첫 줄\n둘째 줄\n셋째"),
        ("값_x000D_\n다음", "값\n다음"),
        ("_x00_x0001_01_", ""),
        ("\u3000전각\u00a0공백\t탭\u3000", "전각 공백 탭"),
        ("제\x00목\x1f", "제목"),
        ("\u202e거꾸로\u202c", "거꾸로"),
        ("ㅎ\u3164", "ㅎ"),
        ("=1+1", "=1+1"),
        ("snake_case", "snake_case"),
        ("", ""),
    ],
)
def test_text_is_cleaned(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\u1100\u1161\u200b_x01 \r\n\t"))))
def test_clean_text_is_stable_composed_and_visible(raw: str) -> None:
    clean = clean_text(raw)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert clean == clean.strip()
    assert not any(c for c in clean if unicodedata.category(c) in ("Cc", "Cs") and c != "\n")
    assert not set(clean) & set("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202e")


@given(st.text(alphabet="가나다라마바사 abcXYZ019.,()-·「」", max_size=50))
def test_ordinary_korean_text_loses_only_the_spaces_at_its_ends(raw: str) -> None:
    assert clean_text(raw) == raw.strip()


def test_heads_are_compared_without_spaces_breaks_and_asterisks() -> None:
    assert head_key(" 기 관\n구분* ") == head_key("기관구분") == head_key("기관 구분＊")


@pytest.mark.parametrize(
    ("value", "data_type", "text"),
    [(20130012, "n", "20130012"), (3.0, "n", "3"), (3.5, "n", "3.5"), (True, "b", "TRUE")],
)
def test_numbers_in_a_text_column_are_written_out(value: Any, data_type: str, text: str) -> None:
    assert read(column(), value, data_type) == text


def test_a_text_that_excel_made_a_date_is_not_guessed_back() -> None:
    assert "텍스트" in refusal(column(), naive(2026, 3, 1), "d")


def test_empty_optional_text_is_an_empty_text_and_other_kinds_are_none() -> None:
    assert read(column(), None, "n") == ""
    assert read(column(), " \u200b ") == ""
    assert read(column("int"), " ") is None
    assert read(column("date"), None, "n") is None
    assert read(column("choice", choices=[("a", "가")]), "") is None


@pytest.mark.parametrize("value", [None, "", "  ", "\u200b\u3000"])
def test_required_is_required(value: str | None) -> None:
    assert "필수 항목입니다" in refusal(column(required=True), value)


def test_an_over_long_text_is_told_both_lengths() -> None:
    assert read(column(max_length=5), " 다섯글자임 ") == "다섯글자임"
    message = refusal(column(max_length=1000), "가" * 1234)
    assert "1,000자" in message
    assert "1,234자" in message


@pytest.mark.parametrize("kind", ["text", "int", "decimal", "date", "choice"])
def test_formulas_and_error_values_are_refused_in_every_kind(kind: str) -> None:
    assert "수식" in refusal(column(kind), "=A1+1", "f")
    assert "#REF!" in refusal(column(kind), "#REF!", "e")


@pytest.mark.parametrize("text", ["=> 비용 절감", "= 기대 효과", "==== 참고 ===="])
def test_a_text_that_only_begins_like_a_formula_is_a_text(text: str) -> None:
    assert read(column(), text, "s") == text


@pytest.mark.parametrize(
    "text", ["=1+1", "=SUM(A1:A3)", "= A1", "=-1", "=(1)", "='시트'!A1", '="가"', "=@A1", "={1}"]
)
def test_a_formula_kept_as_text_is_refused_like_one(text: str) -> None:
    """It comes so from a returned workbook whose formula nobody mended."""
    assert "수식" in refusal(column(), text, "s")


# ----------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(("value", "number"), [(5, 5), (5.0, 5), (-3, -3), (0, 0)])
def test_whole_numbers(value: Any, number: int) -> None:
    found = read(column("int"), value, "n")
    assert found == number
    assert type(found) is int


@pytest.mark.parametrize("value", ["5", "1,250,000", "1,250,000원", "-3", "0.5", "12건"])
@pytest.mark.parametrize("kind", ["int", "decimal"])
def test_a_number_as_text_is_refused_as_such(kind: str, value: str) -> None:
    assert "텍스트로 저장" in refusal(column(kind), value)


@pytest.mark.parametrize(
    ("value", "data_type", "words"),
    [
        ("많음", "s", "숫자가 아닙니다"),
        (2.5, "n", "정수"),
        (True, "b", "숫자가 아닌 값"),
        (naive(2026, 1, 1), "d", "숫자가 아닌 값"),
        (float("inf"), "n", "숫자가 아닌 값"),
    ],
)
def test_what_is_no_whole_number(value: Any, data_type: str, words: str) -> None:
    assert words in refusal(column("int"), value, data_type)


def test_decimals_are_exact() -> None:
    assert read(column("decimal"), 717.7, "n") == Decimal("717.7")


# ------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20",
        "2026.11.20",
        "2026.11.20.",
        "2026. 11. 20.",
        "2026. 11. 20.(금)",
        "2026/11/20",
        "20261120",
        "2026년 11월 20일",
        "2026년11월20일 금요일",
    ],
)
def test_dates_as_people_write_them(text: str) -> None:
    assert read(column("date"), text) == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("value", "data_type"),
    [(naive(2026, 11, 20), "d"), (naive(2026, 11, 20, 18), "d"), (20261120, "n")],
)
def test_dates_as_excel_holds_them(value: Any, data_type: str) -> None:
    assert read(column("date"), value, data_type) == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-02-30", "없는 날짜"),
        ("2026-13-01", "없는 날짜"),
        ("20260230", "없는 날짜"),
        (20261301, "없는 날짜"),
        ("26.11.20", "읽을 수 없습니다"),
        ("11월 20일", "읽을 수 없습니다"),
        ("내일", "읽을 수 없습니다"),
        (46346, "읽을 수 없습니다"),
        (dt.time(9), "읽을 수 없습니다"),
        (dt.timedelta(1), "읽을 수 없습니다"),
        ("0026-11-20", "연도"),
    ],
)
def test_impossible_and_unclear_dates(value: Any, words: str) -> None:
    assert words in refusal(column("date"), value, "n")


@given(st.dates(min_value=dt.date(1900, 1, 1)), st.sampled_from(["-", ".", ". ", "/", " - "]))
def test_every_date_is_read_in_every_way(day: dt.date, sign: str) -> None:
    assert parse_date(f"{day.year:04}{sign}{day.month}{sign}{day.day}") == day
    assert parse_date(f"{day.year:04}{day.month:02}{day.day:02}") == day
    assert parse_date(f"{day.year:04}년 {day.month:02}월 {day.day}일") == day


# ----------------------------------------------------------------------------------------- choices


def test_choices_take_labels_and_codes_loosely_written() -> None:
    kinds = column("choice", choices=lambda: [("central", "중앙 부처"), (3, "시·군·구")])
    assert read(kinds, "중앙부처") == "central"
    assert read(kinds, " central ") == "central"
    assert read(kinds, "시·군·구") == 3
    assert read(kinds, 3, "n") == 3


def test_an_unknown_choice_is_told_what_there_is() -> None:
    few = refusal(column("choice", choices=[("a", "가"), ("b", "나")]), "다")
    assert "가, 나" in few
    many = refusal(column("choice", choices=[(str(i), f"과{i}") for i in range(50)]), "다")
    assert "과7, …" in many
    assert "과9" not in many


@pytest.mark.parametrize("kind", ["text", "int", "decimal", "date", "choice"])
def test_no_expression_looks_at_more_than_a_cell_holds(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """26,000 spaces behind a date held a worker: what goes back looks at little, the others at one cell."""
    looked: dict[str, int] = {}

    class Watched:
        def __init__(self, name: str, pattern: Any) -> None:
            self.name, self.pattern = name, pattern

        def __getattr__(self, method: str) -> Any:
            def call(*args: Any) -> Any:
                looked[self.name] = max(looked.get(self.name, 0), len(args[-1]))
                return getattr(self.pattern, method)(*args)

            return call

    for name in ("_DATE", "_COMPACT_DATE", "_NUMBER", "_FORMULA", "_INVISIBLE"):
        monkeypatch.setattr(columns, name, Watched(name, getattr(columns, name)))
    found = column(kind, choices=[("a", "가")]) if kind == "choice" else column(kind)
    for start, filled, end in (
        ("2026-11-20", " ", "x"),
        ("1", "1", "x"),
        ("", "\u200b", "x"),
        ("2026", "\u3000", ""),
    ):
        for count in (26_000, 90_000):
            with suppress(CellError):
                read(found, start + filled * count + end)
    assert looked["_FORMULA"] <= columns.MOST_CHARACTERS
    assert max(looked.get(name, 0) for name in ("_DATE", "_COMPACT_DATE", "_NUMBER")) <= 60
    assert looked["_INVISIBLE"] <= 2 * columns.MOST_CHARACTERS


def test_removing_ends_however_deep_it_is_nested(monkeypatch: pytest.MonkeyPatch) -> None:
    nested = "_x0008_"
    for _depth in range(2_000):
        nested = f"_x00{nested}08_"
    passes = []
    monkeypatch.setattr(columns.unicodedata, "normalize", lambda form, text: passes.append(form) or text)
    assert "_x" not in clean_text(nested)
    assert len(passes) <= 8


def test_choices_and_heads_are_read_however_they_are_spelled() -> None:
    """Hangul's own dot, the leader of one dot, full width, spaces, case."""
    found = column("choice", choices=[("county", "시·군·구"), ("ai", "AI 행정")])
    for text in ("시ㆍ군ㆍ구", "시․군․구", "시・군・구", "시 · 군 · 구"):
        assert read(found, text) == "county"
    assert read(found, "ａｉ  행정") == "ai"
    assert head_key("주요 ＊내용") == head_key("주요내용*")


# ---------------------------------------------------------------------------- what records of the past hold (N1, N2)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2015. 3. 5.(목)", "2015. 3. 5."),
        ("'15.3.5", "2015. 3. 5."),
        ("2015-03-05", "2015. 3. 5."),
        (20150305, "2015. 3. 5."),
        (naive(2015, 3, 5), "2015. 3. 5."),
        ("2015년 3월", "2015. 3."),
        ("2015-03", "2015. 3."),
        ("98.12.", "1998. 12."),
        ("201503", "2015. 3."),
        (2015, "2015."),
        ("2015년", "2015."),
    ],
)
def test_a_day_is_kept_as_exactly_as_it_is_known(written: Any, read_as: str) -> None:
    """N1: what only the month or the year is known of stays so."""
    assert str(read(column("day"), written)) == read_as


def test_a_day_that_cannot_be_is_refused() -> None:
    assert "달력에 없는" in refusal(column("day"), "2015-02-30")
    assert "2015년 3월" in refusal(column("day"), "작년 봄")
    assert read(column("day"), None) is None


def test_the_days_meant_end_with_the_month_or_the_year() -> None:
    assert read(column("day"), "2016-02").last == dt.date(2016, 2, 29)
    assert read(column("day"), "2015").last == dt.date(2015, 12, 31)


def test_marks_are_circles_and_their_like() -> None:
    """N2: ○ in a column of results."""
    found = column("mark")
    assert all(read(found, text) is True for text in ("○", "◯", "Ｏ", "V", "✓", 1))
    assert all(read(found, text) is False for text in (None, "", "-", "×"))
    assert "○" in refusal(found, "교통행정과")
