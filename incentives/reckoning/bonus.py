"""The bonus that a result earns its departments (I7). Pure; won."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Whose evaluation it was (I1)."""

    JOINT = "joint"
    SINGLE = "single"
    OUTSIDE = "outside"


class Tier(StrEnum):
    """The three that grades are mapped to (I9)."""

    TOP = "top"  # 최우수 이상
    GOOD = "good"  # 우수
    FAIR = "fair"  # 장려 이하


class Money(StrEnum):
    """What kind of money a prize is."""

    GRANT = "grant"  # 교부금
    PRIZE = "prize"  # 포상금
    SUBSIDY = "subsidy"  # 경상보조금


class Why(StrEnum):
    """Which rule gave the amount, or why there is none."""

    SHARE = "share"  # a part of the prize money
    SHARE_WITHOUT_SUBSIDY = "share_without_subsidy"
    ONLY_SUBSIDY = "only_subsidy"
    FIXED = "fixed"  # by the tier
    CHOSEN = "chosen"  # planning chose a rule with a reason
    UNSETTLED = "unsettled"  # the plan does not say
    NOT_NOTIFIED = "not_notified"


class Choice(StrEnum):
    """What planning may choose where the plan is silent."""

    FIXED = "fixed"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Won:
    """A result as the bonus looks at it. `prizes`: won by kind of money; `tier`: None where nobody has said;
    `notified`: the city's plan was told to planning in time for a bonus."""

    source: Source
    tier: Tier | None
    prizes: Sequence[tuple[Money, int]] = ()
    notified: bool = True
    choice: Choice | None = None

    @property
    def prize(self) -> int:
        return sum(amount for _kind, amount in self.prizes)

    @property
    def subsidy(self) -> int:
        return sum(amount for kind, amount in self.prizes if kind is Money.SUBSIDY)


@dataclass(frozen=True)
class Rates:
    """The office's values of the day. `percent` of the eligible money; `fixed` by tier; `unit`: rounded down to it."""

    percent: int
    fixed: dict[Tier, int]
    unit: int


@dataclass(frozen=True)
class Bonus:
    """`amount` None: not settled, nothing is paid until it is. `eligible`: the money it is a part of."""

    amount: int | None
    why: Why
    eligible: int = 0


def bonus(won: Won, rates: Rates) -> Bonus:
    """What the departments get together for one result, never more than came in."""
    if not won.notified:
        return Bonus(0, Why.NOT_NOTIFIED)
    if won.prize > 0:
        return _share(won, rates)
    if won.source is Source.OUTSIDE and won.tier is not None:
        return Bonus(rates.fixed[won.tier], Why.FIXED)
    if won.choice is Choice.NOTHING:
        return Bonus(0, Why.CHOSEN)
    if won.choice is Choice.FIXED and won.tier is not None:
        return Bonus(rates.fixed[won.tier], Why.CHOSEN)
    return Bonus(None, Why.UNSETTLED)


def _share(won: Won, rates: Rates) -> Bonus:
    eligible, why = won.prize, Why.SHARE
    if won.source is Source.OUTSIDE and won.subsidy:
        eligible, why = won.prize - won.subsidy, Why.SHARE_WITHOUT_SUBSIDY
        if not eligible:
            return Bonus(0, Why.ONLY_SUBSIDY)
    exact = eligible * rates.percent // 100
    return Bonus(exact - exact % rates.unit, why, eligible)


def parts(amount: int, wanted: Sequence[int], unit: int) -> list[int]:
    """What each department gets of `amount` by what its owner decided in percent (summing to 100), each rounded down to
    `unit`; the rest goes to the first, the owner. ValueError for shares that are none."""
    if not wanted or any(share < 0 for share in wanted) or sum(wanted) != 100:
        raise ValueError("shares must add up to 100")
    found = []
    for share in wanted:
        exact = amount * share // 100
        found.append(exact - exact % unit)
    found[0] += amount - sum(found)
    return found
