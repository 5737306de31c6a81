"""Numbers and addresses in Korean texts that tell who somebody is (P17): found in any spelling, to be pointed out and
masked. Every step looks a bounded way back and ahead: the time grows with the text alone."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    RESIDENT = "resident"  # foreigners' as well
    CARD = "card"
    ACCOUNT = "account"
    MOBILE = "mobile"
    PHONE = "phone"
    MAIL = "mail"


LABELS: dict[Kind, str | Promise] = {
    Kind.RESIDENT: _("주민등록번호"),
    Kind.CARD: _("카드번호"),
    Kind.ACCOUNT: _("계좌번호"),
    Kind.MOBILE: _("휴대전화 번호"),
    Kind.PHONE: _("전화번호"),
    Kind.MAIL: _("전자우편 주소"),
}


# Never the office's own: its telephones and mail addresses are there to be read.
PRIVATE = (Kind.RESIDENT, Kind.CARD, Kind.ACCOUNT, Kind.MOBILE)


@dataclass(frozen=True)
class Found:
    kind: Kind
    start: int
    end: int


# Signs as they are typed, each for one of ours: places in the text stay the same.
_SIGNS = str.maketrans(
    "０１２３４５６７８９⓪①②③④⑤⑥⑦⑧⑨٠١٢٣٤٥٦٧٨٩‐‑‒–—―−ー－ㅡ·ㆍ．（）＠＋＿\u00a0\u00ad\u200b\u200c\u200d\u2060\u3000\ufeff"
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0f",
    "012345678901234567890123456789----------...()@+_" + " " * 21,
)
_SPOKEN = re.compile(r"[공영일이삼사오육칠팔구](?:[ .-]?[공영일이삼사오육칠팔구]){8,}")
_SAID = str.maketrans("공영일이삼사오육칠팔구", "00123456789")
_DIGITS = re.compile(r"\d+")
_BETWEEN = re.compile(r"[ \t]{0,2}[-._)(]?[ \t]{0,2}(?:[(])?")
_ACCOUNT_WORD = re.compile(r"계좌|입금|송금|예금|통장|은행|뱅크|농협|수협|신협|새마을금고|우체국")
_RESIDENT_WORD = re.compile(r"주민|외국인\s?등록")
_NEAR = 20  # characters before a number in which a word says what it is
_MOST_GROUPS = 5


@dataclass(frozen=True)
class _Group:
    """Digits without a gap, and what stands between them and the next; `gap` is None where they belong apart."""

    digits: str
    start: int
    end: int
    gap: str | None

    @property
    def is_spelled(self) -> bool:
        """One digit, a space, one digit …"""
        return self.end - self.start == 2 * len(self.digits) - 1


def find(text: str) -> list[Found]:
    """What tells who somebody is, in the order of the text; nothing overlaps."""
    plain = _SPOKEN.sub(lambda run: run[0].translate(_SAID), text.translate(_SIGNS))
    mails = list(_mails(plain))
    taken = {place for mail in mails for place in range(mail.start, mail.end)}
    numbers = [one for one in _numbers(plain) if one.start not in taken and one.end - 1 not in taken]
    return sorted([*mails, *numbers], key=lambda one: one.start)


def mask(text: str, kinds: Collection[Kind] = tuple(Kind)) -> str:
    """The same text of the same length, with stars for letters and digits of what was found of these kinds; of mail
    addresses those before the @."""
    found = [one for one in find(text) if one.kind in kinds]
    if not found:
        return text
    signs = list(text)
    for one in found:
        end = one.end
        if one.kind is Kind.MAIL:
            end = next(at for at in range(one.start, one.end) if text[at] in "@＠")
        signs[one.start : end] = ["*" if sign.isalnum() else sign for sign in signs[one.start : end]]
    return "".join(signs)


# ---------------------------------------------------------------------------------------------- addresses

_LOCAL = re.compile(r"[A-Za-z0-9._%+-]")
_DOMAIN = re.compile(r" ?((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,8}[A-Za-z]{2,24})")


def _mails(plain: str) -> Iterator[Found]:
    """From each @ to both sides."""
    past = 0
    for at in re.finditer("@", plain):
        begin = end = at.start() - (plain[at.start() - 1 : at.start()] == " ")
        while begin > max(past, end - 64) and _LOCAL.match(plain[begin - 1]):
            begin -= 1
        domain = _DOMAIN.match(plain, at.end())
        if begin < end and domain:
            past = domain.end()
            yield Found(Kind.MAIL, begin, domain.end())


# ------------------------------------------------------------------------------------------------ numbers


def _numbers(plain: str) -> Iterator[Found]:
    groups, at = _groups(plain), 0
    while at < len(groups):
        if hit := _at(plain, groups, at):
            kind, count = hit
            yield Found(kind, groups[at].start, groups[at + count - 1].end)
            at += count
        else:
            at += 1


def _groups(plain: str) -> list[_Group]:
    """Digits written one by one (`0 1 0`) are a group as well."""
    groups: list[_Group] = []
    for run in _DIGITS.finditer(plain):
        if groups:
            last = groups[-1]
            gap: str | None = plain[last.end : run.start()][:7]
            if last.end + len(gap or "") < run.start() or not _BETWEEN.fullmatch(gap or ""):
                gap = None
            groups[-1] = _Group(last.digits, last.start, last.end, gap)
        groups.append(_Group(run[0], run.start(), run.end(), None))
    return _one_by_one(groups)


def _one_by_one(groups: list[_Group]) -> list[_Group]:
    joined: list[_Group] = []
    for group in groups:
        last = joined[-1] if joined else None
        if last and last.gap == " " and len(group.digits) == 1 and last.is_spelled and len(last.digits) < 20:
            joined[-1] = _Group(last.digits + group.digits, last.start, group.end, group.gap)
        else:
            joined.append(group)
    return joined


def _at(plain: str, groups: list[_Group], at: int) -> tuple[Kind, int] | None:
    """What begins with this group, and of how many groups it is."""
    before = plain[max(0, groups[at].start - _NEAR) : groups[at].start]
    for kind, fits in _KINDS:
        digits = ""
        sizes: list[int] = []
        gaps: list[str] = []
        for count, group in enumerate(groups[at : at + _MOST_GROUPS], 1):
            digits += group.digits
            sizes.append(len(group.digits))
            if len(digits) > 20:
                break
            if fits(_Number(digits, tuple(sizes), tuple(gaps), before, (group.gap or "").strip())):
                return kind, count
            if group.gap is None:
                break
            gaps.append(group.gap.strip())
    return None


_JOINED = re.compile(r"[A-Za-z0-9*]-\Z")


@dataclass(frozen=True)
class _Number:
    """What may be one: its digits, the sizes of its groups, what stands between, before and after them."""

    digits: str
    sizes: tuple[int, ...]
    gaps: tuple[str, ...]
    before: str
    after: str

    @property
    def alone(self) -> bool:
        """No further part is joined to it: parts of longer codes are none of ours."""
        return self.after != "-" and not _JOINED.search(self.before)


_OLDEST, _YOUNGEST = 1916, 2040  # years of birth that are believed
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def _is_resident(number: _Number) -> bool:
    digits = number.digits
    if len(digits) != 13 or number.sizes not in ((13,), (6, 7)):
        return False
    born = _born(digits)
    if born is None:
        return False
    if _RESIDENT_WORD.search(number.before):
        return True
    # Numbers of companies look like people of 1911. Those given since October 2020 have no check digit.
    since = _OLDEST if number.sizes == (6, 7) or _checks(digits) else 2020
    return number.alone and since <= born.year <= _YOUNGEST


def _checks(digits: str) -> bool:
    """Whether the last digit is what the others say; foreigners' is two further on."""
    summed = sum(int(digit) * weight for digit, weight in zip(digits[:12], _WEIGHTS, strict=True))
    return int(digits[12]) == ((13 if digits[6] in "5678" else 11) - summed % 11) % 10


def _born(digits: str) -> date | None:
    century = 18 if digits[6] in "90" else 20 if digits[6] in "3478" else 19
    try:
        return date(century * 100 + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None


def _is_card(number: _Number) -> bool:
    if number.sizes not in ((4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (16,), (15,), (14,)):
        return False
    if number.digits[0] not in "34569" or len(set(number.digits)) < 2 or not number.alone:
        return False
    return _luhn(number.digits)


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _is_mobile(number: _Number) -> bool:
    digits, sizes = number.digits, number.sizes
    for code in ("0082", "82"):
        if digits.startswith(code) and (sizes[0] == len(code) or len(sizes) == 1):
            digits = "0" + digits.removeprefix(code).removeprefix("0")
            sizes = sizes[1:] if len(sizes) > 1 else sizes
            break
    if not re.fullmatch(r"010\d{8}|01[16789]\d{7,8}", digits):
        return False
    return len(sizes) == 1 or sizes[-1] == 4 or sizes in ((3, 8), (3, 7), (2, 8), (2, 7))


_AREA = re.compile(r"(02|03[1-3]|04[1-4]|05[1-5]|06[1-4]|070|050\d?)(\d{3,4})(\d{4})")


def _is_phone(number: _Number) -> bool:
    parts = _AREA.fullmatch(number.digits)
    if parts is None or not number.alone:
        return False
    if len(number.sizes) == 1:
        return True
    return number.sizes[-1] == 4 and number.sizes[0] in (2, 3, 4, 6, 7) and len(number.sizes) <= 3


def _is_account(number: _Number) -> bool:
    if not 10 <= len(number.digits) <= 16 or not number.alone or len(set(number.gaps)) > 1:
        return False
    if _ACCOUNT_WORD.search(number.before):
        return number.gaps[:1] in ((), ("-",), ("",)) and not re.match(r"(19|20)\d\d[01]\d", number.digits)
    if set(number.gaps) != {"-"} or len(number.sizes) not in (3, 4) or min(number.sizes) < 2:
        return False
    day = number.sizes[:3] == (2, 2, 2) or (number.sizes[0] == 4 and number.digits[:2] in ("19", "20"))
    return not day and number.sizes not in ((3, 2, 5), (4, 4, 4, 4))  # papers by day, businesses, goods


_KINDS = (
    (Kind.RESIDENT, _is_resident),
    (Kind.MOBILE, _is_mobile),
    (Kind.CARD, _is_card),
    (Kind.PHONE, _is_phone),
    (Kind.ACCOUNT, _is_account),
)
