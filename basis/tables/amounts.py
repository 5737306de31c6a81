"""Amounts as people write them: `5,000,000원`, `5백만원`, `1억 2천만`, with the unit of the table."""

import re
from decimal import Decimal

_UNITS = {"십": 10, "백": 100, "천": 1_000}
_MYRIADS = {"만": 10**4, "억": 10**8, "조": 10**12}
_LAST = {"천": 1_000, "만": 10**4, "십만": 10**5, "백만": 10**6, "천만": 10**7, "억": 10**8, "십억": 10**9}
_WITHOUT = {"비예산", "무예산"}  # done without money
_COUNTED = re.compile(r"(원|건|명|점|개|회|개소|일|부|시간|분|%|퍼센트|km|㎡|대|식|인)$")
_PLAIN = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-+]?\.\d+")
_PIECE = re.compile(r"(\d[\d,]*(?:\.\d+)?)?([십백천]?)")
_NEGATIVE = re.compile(r"[△▲−–]\s*|^\((?=[\d,.]+\)$)")
_TOKEN = re.compile(r"(\d[\d,]*(?:\.\d+)?)|([십백천])|([만억조])|(\s+)")
_ANY = re.compile(r"천원|만원|십만원|백만원|천만원|억원|십억원")


def parse(text: str) -> Decimal | None:
    """The number; None if it is none."""
    if text in _WITHOUT:
        return Decimal(0)
    if re.search(r"\d\s+\d", text):
        return None  # two numbers
    text = re.sub(r"^(?:약|금|총)\s*|[₩￦\\]|\s+", "", text)
    sign = 1
    if _NEGATIVE.match(text):
        sign, text = -1, _NEGATIVE.sub("", text).rstrip(")")
    text = _COUNTED.sub("", text)
    if _PLAIN.fullmatch(text):
        return sign * Decimal(text.replace(",", ""))
    number = _spoken(text)
    return None if number is None else sign * number


def _spoken(text: str) -> Decimal | None:
    """`1억2천만`: digits with units of four places, and of tens within them."""
    if (
        not text
        or not re.fullmatch(r"(?:[\d,.]+|[십백천만억조])+", text)
        or not re.search("[십백천만억조]", text)
    ):
        return None
    total, part, number = Decimal(0), Decimal(0), None
    for digits, ten, myriad, _space in _TOKEN.findall(text):
        if digits:
            if number is not None:
                return None
            number = Decimal(digits.replace(",", ""))
        elif ten:
            part += (1 if number is None else number) * _UNITS[ten]
            number = None
        elif myriad:
            total += (part + (number or 0) or 1) * _MYRIADS[myriad]
            part, number = Decimal(0), None
    return total + part + (number or 0)


def unit_of(text: str) -> tuple[str, int]:
    """The unit of money that a head or a line above the table states: its name, and how many won it is (1: none)."""
    found = _ANY.search(text.replace(" ", ""))
    if not found:
        return "", 1
    return found[0], _LAST[found[0].removesuffix("원")]
