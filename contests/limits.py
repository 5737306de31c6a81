"""How much a savings bonus may be at most, line by line (E6): pure reckoning in whole won, rounded down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from basis.formats import won
from contests import policies_bonus as policies
from contests.enums import Saving

WHOLE = 100


@dataclass(frozen=True)
class Limits:
    """`shares`: percent of what was saved or earned, by kind; of personnel cost so many hundred as years. `case_most`:
    of one project; `person_most`: of one person; `wide_more`: percent on top of each of them for wide effect."""

    shares: dict[str, int]
    case_most: int
    person_most: int
    wide_more: int

    @classmethod
    def on(cls, day: date) -> "Limits":
        return cls(
            {
                Saving.PERSONNEL: policies.PERSONNEL_YEARS.on(day) * WHOLE,
                Saving.RUNNING: policies.RUNNING_SHARE.on(day),
                Saving.PROJECT: policies.PROJECT_SHARE.on(day),
                Saving.INCOME: policies.INCOME_SHARE.on(day),
            },
            policies.PROJECT_MOST.on(day),
            policies.PERSON_MOST.on(day),
            policies.WIDE_MORE.on(day),
        )

    def person(self, wide: bool) -> int:
        return _more(self.person_most, self) if wide else self.person_most


@dataclass(frozen=True)
class Line:
    """A step: what it is, how it is reckoned, what is left after it."""

    label: str
    formula: str
    amount: int


def lines(kind: str, saved: int, shares: Sequence[Decimal], wide: bool, limits: Limits) -> list[Line]:
    """In the order of the rule: the share of what was saved, the most of a case, wide effect, the most of a person.
    The last line is the limit; each is no more than the one before but for that of wide effect."""
    found = [Line(_("인정한 금액"), str(Saving(kind).label), saved)]
    percent = limits.shares[kind]
    amount = saved * percent // WHOLE
    found.append(Line(_("절감·증대액에서 줄 수 있는 몫"), f"{won(saved)} × {percent}%", amount))
    if kind == Saving.PROJECT:
        amount = min(amount, limits.case_most)
        found.append(Line(_("한 건 한도"), won(limits.case_most), amount))
    person = limits.person(wide)
    if wide:
        formula = f"{won(amount)} × {WHOLE + limits.wide_more}%"
        amount = _more(amount, limits)
        found.append(Line(_("파급 효과 가산"), formula, amount))
    if shares:
        largest = max(shares)
        amount = min(amount, int(person * WHOLE / Fraction(largest)))
        formula = _("가장 큰 몫 %(share)s%%가 %(most)s을 넘지 않게") % {
            "share": f"{largest.normalize():f}",
            "most": won(person),
        }
        found.append(Line(_("한 사람 한도"), formula, amount))
    return found


def limit(kind: str, saved: int, shares: Sequence[Decimal], wide: bool, limits: Limits) -> int:
    return lines(kind, saved, shares, wide, limits)[-1].amount


def _more(amount: int, limits: Limits) -> int:
    return amount * (WHOLE + limits.wide_more) // WHOLE
