"""What higher apps tell rankings: who qualifies. Apps register in `AppConfig.ready()`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.periods import Period
from mileage.enums import RankingKind


@dataclass(frozen=True)
class Exclusion:
    """`qualifying(period)` gives the ids of those who may be chosen; `label` says why the others are left out."""

    label: Any
    qualifying: Callable[[Period], set[int]]


_exclusions: dict[RankingKind, list[Exclusion]] = {}


def register_exclusion(kind: RankingKind, label: Any, qualifying: Callable[[Period], set[int]]) -> None:
    """Leave out of this ranking all but those who qualify (M5): `제안 미제출` and who has submitted one."""
    _exclusions.setdefault(kind, []).append(Exclusion(label, qualifying))


def exclusions(kind: RankingKind) -> Sequence[Exclusion]:
    return tuple(_exclusions.get(kind, ()))
