"""What higher apps tell rankings: who qualifies."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from basis.periods import Period
from basis.sockets import Socket
from mileage.enums import RankingKind


@dataclass(frozen=True)
class Exclusion:
    """Leaves out of a ranking all but those who qualify (M5): `제안 미제출` and who has submitted one.

    `qualifying(period)` gives the ids of those who may be chosen; `label` says why the others are left out."""

    kind: RankingKind
    label: Any
    qualifying: Callable[[Period], set[int]]


EXCLUSIONS: Socket[Exclusion] = Socket("exclusions")


def exclusions(kind: RankingKind) -> list[Exclusion]:
    return [exclusion for exclusion in EXCLUSIONS if exclusion.kind == kind]
