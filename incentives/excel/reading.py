"""Cells of these tables: money with its kind behind it, words spread over a cell, a name broken over lines."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.tables import amounts
from incentives.enums import Kind, Money

NOTHING = frozenset(("", "-", "–", "—", "―", "없음"))
_MONEY = re.compile(r"([\d,]+(?:\.\d+)?)\s*(?:\(([^()]*)\))?")
_ABOUT = re.compile(r"^(?:약|대략|추정|예상)|(?:여|내외|정도|예정)$")
_SPREAD = re.compile(r"(?<!\S)\S(?: \S(?!\S))+")
_COUNT = re.compile(r"(\d[\d,]*)\s*(?:개|건)")
LEAST = 10_000  # won; less without a unit is no sum that an evaluation gives
KINDS = tuple((code, str(word)) for code, words in (
    (Kind.JOINT, ("서울시 인센티브", "서울시 인센티브 사업", "인센티브", "인센티브 사업", "공동협력사업")),
    (Kind.SINGLE, ("서울시 단위사업", "서울시 단위평가", "서울시 단위평가 사업", "단위사업", "단위평가")),
    (Kind.OUTSIDE, ("대외기관", "대외기관 평가사업", "대외평가", "외부평가")),
) for word in words)  # fmt: skip


def kinds() -> list[tuple[str, str]]:
    """Our words last: a row is shown by them."""
    return [*KINDS, *((kind.value, str(kind.label)) for kind in Kind)]


def one_line(text: str) -> str:
    return " ".join(text.split())


def together(text: str) -> str:
    """`세 무 과` as it is meant; lines stay apart."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(_SPREAD.sub(lambda found: found[0].replace(" ", ""), line) for line in lines)


def won_of(text: str, factor: int) -> tuple[int, str]:
    """The amount, and the kind of money where the cell says it. Rejected for what is no exact sum."""
    found = one_line(text)
    if found in NOTHING:
        return 0, ""
    exact = _MONEY.fullmatch(found)
    if exact is None or _ABOUT.search(found):
        raise Rejected(
            _("‘%(text)s’은(는) 정확한 금액이 아닙니다. 받은 금액을 숫자로 적어 주세요.")
            % {"text": found[:40]}
        )
    amount = Decimal(exact[1].replace(",", "")) * factor
    if amount != int(amount):
        raise Rejected(_("원 아래로 나뉘는 금액입니다. 단위를 확인해 주세요."))
    if factor == 1 and 0 < amount < LEAST:
        raise Rejected(_("금액의 단위를 알 수 없습니다. 제목이나 표 위에 ‘(단위: 백만원)’처럼 적어 주세요."))
    return int(amount), _kind(exact[2] or "")


def _kind(word: str) -> str:
    known = {str(one.label): one.value for one in Money}
    bare = "".join(word.split())
    if bare and bare not in known:
        text = _(
            "‘%(word)s’이(가) 어떤 돈인지 알 수 없습니다. 교부금, 포상금, 경상보조금 가운데 하나를 적어 주세요."
        )
        raise Rejected(text % {"word": word[:20]})
    return known.get(bare, "")


def about(text: str, factor: int) -> int:
    """What a cell speaks of, for comparing sums: also of one that is not exact."""
    try:
        return won_of(text, factor)[0]
    except Rejected:
        number = amounts.parse(one_line(text).partition("(")[0])
        return int(number * factor) if number is not None else 0


def number_of(text: str) -> int | None:
    """A place in a list; None for none."""
    bare = one_line(text).rstrip(".")
    if not bare or bare in NOTHING:
        return None
    if not bare.isdecimal() or not 0 < int(bare[:6]) < 1_000:
        raise Rejected(_("1 이상 999 이하의 번호를 적어 주세요."))
    return int(bare)


def count_in(text: str) -> int | None:
    """`13개 사업 (행정과 12, 세무과 1)`."""
    found = _COUNT.search(text)
    return int(found[1].replace(",", "")) if found else None
