"""What a column of an Excel form may hold, and how a cell becomes a clean value or an error (pure)."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from basis import days
from basis.folding import fold

# `day`: a date of which only the month or the year may be known (basis.days.Day). `departments`: names of
# departments as they stand, whom the importer knows by the day of the row. `mark`: whether there is a ○.
Kind = Literal["text", "int", "decimal", "date", "choice", "day", "departments", "mark"]
Choices = Sequence[tuple[str, Any]]
Read = Callable[[Any, str], Any]

EXAMPLE_MARK = "(예시)"  # in the first column: the template's example row, never imported
_FIRST_YEAR = 1900  # Excel knows no earlier date
_CHOICES_SHOWN = 8
_REPEATED = 1_000  # texts of a column remembered while reading
MOST_CHARACTERS = 32_767  # of a cell, as in Excel; what is longer is looked at by no expression
_LONGEST = 60  # characters of a date or a number with all its spaces
_ROUNDS = 8  # of removing; who nests deeper has no text in mind
# Control characters, soft hyphen, zero-width and direction marks, fillers; Excel's escapes of the first.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\uffff\ud800-\udfff]"
    "|_x00(?:0[0-8BCDEF]|1[0-9A-F]|7F)_",
)
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_PLAIN = re.compile(r"[ !-^`-~가-힣]*").fullmatch  # by far most cells: nothing to clean but the ends
_HEAD_NOISE = re.compile(r"[ *]+")
_DATE = re.compile(
    r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?\s*(?:\([월화수목금토일]\)|[월화수목금토일]요일)?"
)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
# A formula kept as text, as in a returned workbook; "=> 효과" is only a text.
_FORMULA = re.compile(r"=\s*[-+(@{$\"'A-Za-z0-9_]")
_EMPTY = {"text": "", "departments": "", "mark": False}  # None for the others
# As they are compared: folded, full width and capitals alike.
_MARKED = frozenset("○ ◯ 〇 ● ◎ ⭕ o 0 ㅇ v √ ✓ ✔ ☑ ■ y 1 true 예 해당".split())
_UNMARKED = frozenset("- – — x × ✕ ☐ □ n false 아니오 없음".split())
_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+\s*(?:원|천원|건|명|점|%)?")


class CellError(Exception):
    """The cell cannot be taken; the message says what is wrong and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class ImportColumn:
    """One column of an import form.

    `choices` are (code, label) pairs, or a function giving them; the file holds labels, the row gets codes.
    Values of a row: str ("" when empty) for text and departments; bool for a mark; int, Decimal, date, Day or the
    code, or None, for the others. `synonyms`: other heads that mean the same. `may_lack`: a record of the past may be
    without. `titled`: a year, which the title of the table or the name of its sheet may say instead.
    """

    key: str
    label: Any
    required: bool = False
    kind: Kind = "text"
    max_length: int | None = None
    choices: Choices | Callable[[], Choices] = ()
    example: Any = ""
    help: Any = ""
    synonyms: Sequence[str] = ()
    may_lack: bool = False
    titled: bool = False

    def options(self) -> Choices:
        return self.choices() if callable(self.choices) else self.choices


def clean_text(text: str) -> str:
    """NFC, without invisible characters, odd spaces as plain ones, line ends as \\n, no space at the ends."""
    if _PLAIN(text):
        return text.strip(" ")
    before, text = "", text[: 2 * MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")
    for _round in range(
        _ROUNDS
    ):  # what is left over after a removal may be removable or composable in its turn
        if before == text:
            break
        before, text = text, unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    else:
        text = text.replace("_x", "")
    return _SPACES.sub(" ", text).strip()


def head_key(text: Any) -> str:
    """A column head or choice as it is compared: folded, without spaces, line breaks and asterisks."""
    return _HEAD_NOISE.sub("", fold(clean_text(str(text))))


def heads_of(column: ImportColumn) -> set[str]:
    """The heads that mean this column."""
    return spellings(column.label) | {head_key(word) for word in column.synonyms}


def spellings(label: Any) -> set[str]:
    """A head or choice in every language of the system: forms outlive a click on the language switch."""
    found = set()
    for language in languages():
        with override(language):
            found.add(head_key(label))
    return found


def languages() -> list[str | None]:
    """Those of the system, and none: then a word is the usual one, whatever this office calls it (policies.words)."""
    return [*(code for code, _name in settings.LANGUAGES), None]


def parse_date(text: str) -> dt.date:
    """2026-11-20, 2026.11.20, 2026. 11. 20.(금), 2026년 11월 20일, 2026/11/20, 20261120; else CellError."""
    found = len(text) <= _LONGEST and (_DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text))
    if not found:
        raise CellError(_("날짜로 읽을 수 없습니다. 2026-11-20과 같이 입력해 주세요."))
    year, month, day = (int(part) for part in found.groups())
    try:
        return _in_range(dt.date(year, month, day))
    except ValueError:
        raise CellError(_("달력에 없는 날짜입니다. 연·월·일을 확인해 주세요.")) from None


def reader_of(column: ImportColumn) -> Read:
    """The function (value, Excel data type) → clean value that raises CellError; made once per file."""
    convert = _CONVERTERS.get(column.kind) or _choice_reader(column)
    empty = _EMPTY.get(column.kind)
    required, max_length = column.required, column.max_length
    known: dict[str, str] = {}  # one object for a text that comes again: half the memory of 100,000 rows

    def read(value: Any, data_type: str) -> Any:
        if type(value) is str and len(value) > MOST_CHARACTERS:
            raise CellError(_too_long(MOST_CHARACTERS, len(value)))
        if data_type == "f" or (type(value) is str and _FORMULA.match(value)):
            raise CellError(_("수식은 넣을 수 없습니다. 계산된 값을 ‘값 붙여넣기’로 입력해 주세요."))
        if data_type == "e":
            raise CellError(_("엑셀 오류값(%(value)s)입니다. 올바른 값을 입력해 주세요.") % {"value": value})
        if type(value) is str:
            value = clean_text(value)
            value = known.setdefault(value, value) if len(known) < _REPEATED else known.get(value, value)
        if value is None or value == "":
            if required:
                raise CellError(_("필수 항목입니다. 값을 입력해 주세요."))
            return empty
        value = convert(value)
        if max_length is not None and type(value) is str and len(value) > max_length:
            raise CellError(_too_long(max_length, len(value)))
        return value

    return read


def _too_long(most: int, now: int) -> str:
    said = _("%(max)s자까지 입력할 수 있습니다(현재 %(now)s자). 내용을 줄여 주세요.")
    return said % {"max": f"{most:,}", "now": f"{now:,}"}


def display(value: Any) -> str:
    """A cell's content as shown beside its error."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return clean_text(
        str(getattr(value, "text", value))[:MOST_CHARACTERS]
    )  # array formulas keep theirs in `text`


def _text(value: Any) -> str:
    if type(value) is str:
        return value
    if type(value) is int:
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.date | dt.time | dt.timedelta):  # Excel made 1 March of "3-1": the text is lost
        raise CellError(_("엑셀이 날짜로 바꾼 값입니다. 셀 서식을 ‘텍스트’로 바꾼 뒤 다시 입력해 주세요."))
    return display(value)


def _number(value: Any) -> int | float:
    if isinstance(value, str):
        if len(value) <= _LONGEST and _NUMBER.fullmatch(value):
            raise CellError(
                _("숫자가 텍스트로 저장되어 있습니다. 셀 서식을 ‘숫자’로 바꾸고 숫자만 입력해 주세요.")
            )
        raise CellError(_("숫자가 아닙니다. 숫자만 입력해 주세요."))
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise CellError(_("숫자가 아닌 값(날짜 등)입니다. 셀 서식을 ‘숫자’로 바꾸고 다시 입력해 주세요."))
    return value


def _int(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise CellError(_("소수점 없이 정수로 입력해 주세요."))
    return int(number)


def _decimal(value: Any) -> Decimal:
    return Decimal(str(_number(value)))


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return _in_range(value.date())
    if isinstance(value, dt.date):
        return _in_range(value)
    if isinstance(value, str) or (type(value) is int and 0 < value < 10**8):
        return parse_date(str(value))
    raise CellError(_("날짜로 읽을 수 없습니다. 셀 서식을 ‘날짜’로 바꾸고 2026-11-20과 같이 입력해 주세요."))


def _day(value: Any) -> days.Day:
    if isinstance(value, dt.date):
        return days.Day(_date(value))
    try:
        found = days.parse(str(value)) if len(str(value)) <= _LONGEST else None
    except ValueError:
        raise CellError(_("달력에 없는 날짜입니다. 연·월·일을 확인해 주세요.")) from None
    if found is None:
        raise CellError(
            _("날짜로 읽을 수 없습니다. 2015-03-05, 2015년 3월, 2015와 같이 아는 만큼 입력해 주세요.")
        )
    return days.Day(_in_range(found.date), found.precision)


def _mark(value: Any) -> bool:
    text = fold(display(value))
    if text in _MARKED or text in _UNMARKED:
        return text in _MARKED
    raise CellError(_("○ 표시로 읽을 수 없습니다. 해당하면 ○를 입력하고 아니면 비워 주세요."))


def _in_range(day: dt.date) -> dt.date:
    if day.year < _FIRST_YEAR:
        raise CellError(_("연도가 너무 이릅니다. 연도를 네 자리로 확인해 주세요."))
    return day


def _choice_reader(column: ImportColumn) -> Callable[[Any], Any]:
    choices = column.options()
    by_label = {head_key(code): code for code, _label in choices}
    for language in languages():
        with override(language):
            by_label.update((head_key(label), code) for code, label in column.options())
    shown = ", ".join(str(label) for _code, label in choices[:_CHOICES_SHOWN])
    if len(choices) > _CHOICES_SHOWN:
        shown += ", …"

    def read(value: Any) -> Any:
        code = by_label.get(head_key(display(value)))
        if code is None:
            raise CellError(
                _("목록에 없는 값입니다. 다음 중에서 골라 입력해 주세요: %(choices)s") % {"choices": shown}
            )
        return code

    return read


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "text": _text,
    "int": _int,
    "decimal": _decimal,
    "date": _date,
    "day": _day,
    "departments": _text,
    "mark": _mark,
}
