"""Who of those behind results gets leave, and who is commended (I8). Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from incentives.reckoning.bonus import Tier


class Part(StrEnum):
    """What somebody was in a project."""

    LEADER = "leader"  # team leader of the owner
    CHARGE = "charge"  # person in charge of the owner
    HELPER = "helper"  # person in charge of a helping department
    FURTHER = "further"  # others of the owner, in the order of what they gave


ORDER = {Tier.TOP: 0, Tier.GOOD: 1, Tier.FAIR: 2}


@dataclass(frozen=True)
class Behind:
    """Somebody behind a result. `known`: commended, or to be commended, by the evaluator for it."""

    result: int
    tier: Tier
    person: int
    part: Part
    place: int = 0
    known: bool = False


class Why(StrEnum):
    """Why somebody gets no leave, or is not commended."""

    NOT_FOR_THIS_PART = "not_for_this_part"
    HIGHER_WIN = "higher_win"  # another win of theirs counts
    BY_EVALUATOR = "by_evaluator"


@dataclass(frozen=True)
class Reward:
    """Of one person for one result: days, whether commended, and what speaks against either."""

    behind: Behind
    days: int
    commended: bool
    leave_why: Why | None = None
    commended_why: Why | None = None
    instead_of: int | None = None  # the person passed over


@dataclass(frozen=True)
class Scale:
    """`days` and whether one is `commended`, by part and tier."""

    days: Mapping[tuple[Part, Tier], int]
    commended: Mapping[tuple[Part, Tier], bool]


def rewards(people: Sequence[Behind], scale: Scale) -> list[Reward]:
    """For all results of a year together, in the order given: of several wins of a person only the highest counts, of
    equal ones the first."""
    best = _best(people)
    instead = _instead(people, scale, best)
    found = []
    for one in people:
        counts = best[one.person] == (one.result, one.part)
        days = scale.days.get((one.part, one.tier), 0) if counts else 0
        why = None if days else Why.NOT_FOR_THIS_PART if counts else Why.HIGHER_WIN
        commended, against = _commended(one, scale, counts, instead)
        found.append(Reward(one, days, commended, why, against, instead.get(_key(one))))
    return found


def _key(one: Behind) -> tuple[int, int]:
    return one.result, one.person


def _best(people: Iterable[Behind]) -> dict[int, tuple[int, Part]]:
    """Of each person the win that counts."""
    found: dict[int, Behind] = {}
    for one in people:
        other = found.get(one.person)
        if other is None or ORDER[one.tier] < ORDER[other.tier]:
            found[one.person] = one
    return {person: (one.result, one.part) for person, one in found.items()}


def _instead(
    people: Sequence[Behind], scale: Scale, best: Mapping[int, tuple[int, Part]]
) -> dict[tuple[int, int], int]:
    """Who steps in where the person in charge is commended by the evaluator: the next of the owner who is not."""
    found: dict[tuple[int, int], int] = {}
    for one in people:
        if one.part is not Part.CHARGE or not one.known or not scale.commended.get((one.part, one.tier)):
            continue
        further = sorted(
            (other for other in people if other.result == one.result and other.part is Part.FURTHER),
            key=lambda other: other.place,
        )
        for other in further:
            free = not other.known and best[other.person] == (other.result, other.part)
            if free and _key(other) not in found:
                found[_key(other)] = one.person
                break
    return found


def _commended(
    one: Behind, scale: Scale, counts: bool, instead: Mapping[tuple[int, int], int]
) -> tuple[bool, Why | None]:
    """(yes or no, why not), in the place of two fields."""
    if _key(one) in instead:
        return True, None
    if not scale.commended.get((one.part, one.tier)):
        return False, Why.NOT_FOR_THIS_PART
    if one.known:
        return False, Why.BY_EVALUATOR
    return (True, None) if counts else (False, Why.HIGHER_WIN)
