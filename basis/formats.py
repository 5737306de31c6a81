"""How dates, money and numbers are written in Korean official papers (D2). Pure: no database, no request."""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

NOTHING = "–"
UNRECORDED = gettext_lazy("기록 없음")  # of a record of earlier years (N1)
_WEEKDAYS = {"ko": tuple("월화수목금토일"), "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_DIGITS = "영일이삼사오육칠팔구"
_PLACES = ("천", "백", "십", "")
_GROUPS = ("", "만", "억", "조")
_FORMAL_LIMIT = 10**16
_FLOAT_DIGITS = 6
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII).fullmatch


def _day(d: dt.date) -> dt.date:
    """The local calendar day; an aware moment late in the evening (UTC) is already tomorrow in Seoul."""
    if isinstance(d, dt.datetime):
        return timezone.localtime(d).date() if timezone.is_aware(d) else d.date()
    return d


def weekdays() -> tuple[str, ...]:
    """From Monday on, short."""
    return _WEEKDAYS.get(get_language() or "", _WEEKDAYS["ko"])


def _weekday(d: dt.date) -> str:
    """In the language of the page; Korean where none is chosen."""
    return weekdays()[d.weekday()]


def date_ko(d: dt.date) -> str:
    """`2026. 11. 20.` (D2)."""
    d = _day(d)
    return f"{d.year}. {d.month}. {d.day}."


def date_weekday(d: dt.date) -> str:
    """`2026. 11. 20.(금)`, in English `2026. 11. 20.(Fri)`."""
    d = _day(d)
    return f"{date_ko(d)}({_weekday(d)})"


def days_between(first: dt.date, last: dt.date) -> str:
    """`2026. 11. 20.(금) ~ 2026. 11. 23.(월)`; of a single day that day alone."""
    return date_weekday(first) if first == last else f"{date_weekday(first)} ~ {date_weekday(last)}"


def date_short(d: dt.date) -> str:
    """`12. 4.(금)`: where the year is plain from the context."""
    d = _day(d)
    return f"{d.month}. {d.day}.({_weekday(d)})"


def told(value: Any) -> str:
    """A value that a log or an address keeps as text: a day as people write it, everything else as it stands."""
    text = str(value)
    try:
        return date_weekday(dt.date.fromisoformat(text)) if _ISO_DAY(text) else text
    except ValueError:  # not in the calendar
        return text


def datetime_ko(moment: dt.datetime) -> str:
    """`2026. 11. 20. 14:05`, local time."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{date_ko(local)} {local:%H:%M}"


def number(n: int | float | Decimal, digits: int | None = None) -> str:
    """`1,234`, rounded half up to `digits`. Without `digits` a Decimal keeps its own, a float at most 6."""
    exact = Decimal(str(n))
    if digits is not None:
        exact = _round(exact, digits)
    elif isinstance(n, float):
        exact = _round(exact, _FLOAT_DIGITS).normalize()
    return f"{exact:,f}"


def unit_of(amount: Any, unit: Any) -> str:
    """The unit as it follows this amount. A language that tells one from many translates it `item|items`."""
    one, _sep, many = str(unit).partition("|")
    return one if str(amount) == "1" else many or one


def counted(amount: Any, unit: Any) -> str:
    """`1,234건`, in English `1 item`, `1,234 items`; an amount that is text already stays as it is."""
    text = amount if isinstance(amount, str) else number(amount)
    return f"{text}{unit_of(text, unit)}"


def unit_name(unit: Any) -> str:
    """The unit by itself: `건`, in English `items`."""
    return unit_of("", unit).strip()


def percent(ratio: int | float | Decimal | None, digits: int = 1) -> str:
    """`85.7%` of the ratio 0.857; None (nothing to divide by) → `–`."""
    if ratio is None:
        return NOTHING
    return f"{_round(Decimal(str(ratio)) * 100, digits):,f}%"


def won(amount: int | Decimal) -> str:
    """`1,250,000원`, in English `1,250,000 won`. ValueError for a fraction of a won."""
    return _("%(amount)s원") % {"amount": f"{_whole(amount):,}"}


def won_formal(amount: int | Decimal) -> str:
    """`금1,250,000원(금일백이십오만원)` (D2). ValueError: negative, fractional, 경 or more."""
    whole = _whole(amount)
    if not 0 <= whole < _FORMAL_LIMIT:
        raise ValueError(f"금액은 0원 이상 1경원 미만이어야 합니다: {amount}")
    return f"금{whole:,}원(금{_numeral(whole)}원)"


def _numeral(n: int) -> str:
    """Every digit is spelled, 일 too (일십, 일백), so that nothing can be written in before it."""
    if n == 0:
        return _DIGITS[0]
    groups: list[str] = []
    for unit in _GROUPS:
        n, group = divmod(n, 10_000)
        if group:
            groups.append(_four_digits(group) + unit)
    return "".join(reversed(groups))


def _four_digits(group: int) -> str:
    pairs = zip(f"{group:04d}", _PLACES, strict=True)
    return "".join(_DIGITS[int(digit)] + place for digit, place in pairs if digit != "0")


def _round(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP) + 0  # +0: never "-0.0"


def _whole(amount: int | Decimal) -> int:
    if amount != int(amount):
        raise ValueError(f"금액에 원 미만의 단위가 있습니다: {amount}")
    return int(amount)
