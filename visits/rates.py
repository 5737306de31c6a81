"""What a field visit costs, line by line (V4): pure reckoning in whole won, by the rates of the day of travel."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import number, won
from visits import policies
from visits.enums import ExpenseKind

MOST = 100_000_000  # won of one visit: more is a slip of the finger, and the columns hold no billions
SMALLEST = 10  # won: what is below is not reckoned in public money (국고금 관리법 제47조)


@dataclass(frozen=True)
class Rates:
    """Won for one person and day; with an official vehicle `vehicle_percent` of the daily allowance."""

    meals: int
    daily_allowance: int
    vehicle_percent: int

    @classmethod
    def on(cls, day: date) -> "Rates":
        """As they were in force on the day of travel."""
        return cls(
            meals=policies.MEALS.on(day),
            daily_allowance=policies.DAILY_ALLOWANCE.on(day),
            vehicle_percent=policies.OFFICIAL_VEHICLE_PERCENT.on(day),
        )

    @property
    def daily_with_vehicle(self) -> int:
        """The reduced daily allowance, rounded down to ten won."""
        return self.daily_allowance * self.vehicle_percent // (100 * SMALLEST) * SMALLEST


@dataclass(frozen=True)
class Line:
    """One kind of expense: `unit` won for each person and time (days; nights of lodging; one journey), and what it
    was lowered or raised by, with the reason."""

    kind: ExpenseKind
    unit: int
    persons: int
    times: int = 1
    adjustment: int = 0
    reason: str = ""

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def reckoned(self) -> int:
        """By the rates alone."""
        return self.unit * self.persons * self.times

    @property
    def sum(self) -> int:
        return self.reckoned + self.adjustment

    @property
    def formula(self) -> str:
        """`20,000원 × 5명 × 1일`; a journey has no days: `38,400원 × 5명`."""
        parts = [won(self.unit), _("%(count)s명") % {"count": number(self.persons)}]
        if self.kind == ExpenseKind.LODGING:
            parts.append(_("%(count)s박") % {"count": number(self.times)})
        elif self.kind != ExpenseKind.TRANSPORT:
            parts.append(_("%(count)s일") % {"count": number(self.times)})
        return " × ".join(parts)

    def adjusted(self, amount: int, reason: str) -> "Line":
        """The line paid as `amount` won instead; the rates' own sum needs no reason. Rejected: negative, no reason."""
        if amount < 0:
            raise Rejected(_("조정한 금액은 0원 이상으로 입력해 주세요."), field=str(self.kind))
        difference = amount - self.reckoned
        if difference and not reason.strip():
            raise Rejected(
                _("%(label)s 금액을 조정한 사유를 입력해 주세요.") % {"label": self.label},
                field=f"{self.kind}_reason",
            )
        return replace(self, adjustment=difference, reason=reason.strip() if difference else "")


def estimate(
    headcount: int, days: int, vehicle: bool, transport_each: int, rates: Rates, *, lodging_each: int = 0
) -> list[Line]:
    """The lines of a visit of so many people and days; lodging only where there are nights.

    `transport_each` (won a person for the whole journey) and `lodging_each` (a person and night) are actual costs.
    With an official vehicle transport is nothing; a line of nothing stays, since it may be raised with a reason.
    """
    if min(headcount, days) < 1 or min(transport_each, lodging_each) < 0:
        raise ValueError("a visit has people and days, and its costs are not negative")
    daily = rates.daily_with_vehicle if vehicle else rates.daily_allowance
    lines = [
        Line(ExpenseKind.TRANSPORT, 0 if vehicle else transport_each, headcount),
        Line(ExpenseKind.DAILY, daily, headcount, days),
        Line(ExpenseKind.MEALS, rates.meals, headcount, days),
    ]
    if days > 1:
        lines.append(Line(ExpenseKind.LODGING, lodging_each, headcount, days - 1))
    return lines


def total(lines: Sequence[Line]) -> int:
    return sum(line.sum for line in lines)


def check_size(lines: Sequence[Line]) -> None:
    """Rejected beside the largest line's field where the visit comes to more than any visit can."""
    largest = max(lines, key=lambda line: max(line.reckoned, line.sum))
    if max(total(lines), largest.reckoned) <= MOST:
        return
    each = largest.reckoned >= largest.sum and largest.kind in (ExpenseKind.TRANSPORT, ExpenseKind.LODGING)
    raise Rejected(
        _("예상 경비가 %(most)s을 넘습니다. %(label)s 금액을 확인해 주세요.")
        % {"most": won(MOST), "label": largest.label},
        field=f"{largest.kind}_each" if each else str(largest.kind),
    )


def shares(amount: int, count: int) -> list[int]:
    """`amount` for so many people, in whole won; the last bears what does not divide, so that they add up to it."""
    each = amount // count
    return [each] * (count - 1) + [amount - each * (count - 1)]
