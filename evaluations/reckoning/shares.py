"""A prize shared to the won (P13, A2)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def split(amount: int, shares: Sequence[Decimal]) -> list[int]:
    """`amount` won by shares in percent, in their order; the parts always add up to the amount.

    Each part is rounded down; the won that are left go one each to the largest fractions cut off, of equal ones
    to the one named first. ValueError for shares that do not add up to 100 exactly, a share below 0, an amount
    below 0.
    """
    if amount < 0:
        raise ValueError("an amount below 0 is not shared")
    if not all(share.is_finite() and share >= 0 for share in shares):
        raise ValueError("a share is a percentage, 0 or more")
    exact = [Fraction(share) for share in shares]
    if sum(exact) != 100:
        raise ValueError("shares must add up to 100")
    wanted = [amount * share / 100 for share in exact]
    parts = [int(each) for each in wanted]
    order = sorted(range(len(parts)), key=lambda place: parts[place] - wanted[place])
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return parts
