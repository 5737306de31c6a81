"""Which judges mark which entries: no conflict, equal loads, drawn by a kept seed (E3).

First each entry draws its judges from those with the fewest entries so far. Then, while somebody can hand an entry on,
over others if need be, to one who has two fewer, that is done. When nobody can, no other assignment has a smaller
greatest load, nor more equal loads (Harvey, Ladner, Lovász, Tamir: Semi-matchings for bipartite graphs, 2006).
"""

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

from evaluations.reckoning.sheets import Entry, Judge

Pair: TypeAlias = tuple[Entry, Judge]


@dataclass(frozen=True)
class KeptConflict:
    """What is to be kept is a conflict."""

    entry: Entry
    judge: Judge


@dataclass(frozen=True)
class TooFewJudges:
    """The entry has only so many judges without conflict, those it keeps among them."""

    entry: Entry
    needed: int
    available: int


@dataclass(frozen=True)
class NoRoom:
    """These judges may take `available` sheets together, but `needed` of these entries can go to nobody else."""

    judges: tuple[Judge, ...]
    entries: tuple[Entry, ...]
    needed: int
    available: int


Reason: TypeAlias = KeptConflict | TooFewJudges | NoRoom


class Impossible(Exception):
    """No assignment does what is asked; `reasons` say all that is in the way."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(*self.reasons)


def assign(
    entries: Collection[Entry],
    judges: Collection[Judge],
    per_entry: int,
    most_per_judge: int | None = None,
    conflicts: Set[Pair] = frozenset(),
    kept: Set[Pair] = frozenset(),
    seed: int | str = 0,
) -> set[Pair]:
    """Pairs of entry and judge, `per_entry` for each entry, the kept ones among them.

    Loads differ by one at most, further only where conflicts and kept pairs force it. The order in which entries
    and judges come does not matter; the same seed draws the same. An entry may keep more judges than it needs, and
    ones that are no longer judges, who get nothing new. Impossible with its reasons; ValueError for a kept pair of
    an unknown entry.
    """
    if unknown := {entry for entry, _judge in kept} - set(entries):
        raise ValueError(f"kept pairs of unknown entries: {sorted(unknown)}")
    drawing = _Drawing(entries, judges, per_entry, conflicts, kept, seed)
    if reasons := [KeptConflict(*pair) for pair in sorted(kept & conflicts)] + drawing.too_few():
        raise Impossible(reasons)
    drawing.draw()
    drawing.level()
    if most_per_judge is not None and (full := drawing.no_room(most_per_judge)):
        raise Impossible(full)
    return {(entry, judge) for entry, seated in drawing.seated.items() for judge in seated}


def _drawn(*what: object) -> bytes:
    """A number drawn by lot; anybody can draw it again, on any machine."""
    return blake2b(":".join(map(str, what)).encode(), digest_size=8).digest()


class _Drawing:
    """`seated`: judges of an entry; `moving`: entries of a judge that may go to another; `load`: sheets of a judge."""

    def __init__(
        self,
        entries: Collection[Entry],
        judges: Collection[Judge],
        per_entry: int,
        conflicts: Set[Pair],
        kept: Set[Pair],
        seed: int | str,
    ) -> None:
        self.per_entry, self.seed = per_entry, seed
        panel = sorted(set(judges))
        self.seated: dict[Entry, set[Judge]] = {entry: set() for entry in sorted(set(entries))}
        self.load: dict[Judge, int] = dict.fromkeys(panel, 0)
        for entry, judge in kept:
            self.seated[entry].add(judge)
            if judge in self.load:
                self.load[judge] += 1
        self.free = {
            entry: [judge for judge in panel if judge not in seated and (entry, judge) not in conflicts]
            for entry, seated in self.seated.items()
        }
        self.moving: dict[Judge, dict[Entry, None]] = {judge: {} for judge in panel}

    def too_few(self) -> list[Reason]:
        counts = ((entry, len(seated) + len(self.free[entry])) for entry, seated in self.seated.items())
        return [
            TooFewJudges(entry, self.per_entry, count) for entry, count in counts if count < self.per_entry
        ]

    def draw(self) -> None:
        """Entries with the least choice first, each taking the least loaded, by lot among equals."""
        order = sorted(self.seated, key=lambda entry: (len(self.free[entry]), _drawn(self.seed, entry)))
        for entry in order:
            wanted = self.per_entry - len(self.seated[entry])
            if wanted > 0:
                lots = {
                    judge: (self.load[judge], _drawn(self.seed, entry, judge)) for judge in self.free[entry]
                }
                for judge in sorted(lots, key=lots.__getitem__)[:wanted]:
                    self._seat(entry, judge)

    def _seat(self, entry: Entry, judge: Judge) -> None:
        self.seated[entry].add(judge)
        self.moving[judge][entry] = None
        self.load[judge] += 1

    def level(self) -> None:
        """Hand on, from the most loaded first, until nobody can."""
        while any(
            self._relieve(judge) for judge in sorted(self.load, key=lambda each: (-self.load[each], each))
        ):
            pass

    def _relieve(self, judge: Judge) -> bool:
        low = self.load[judge] - 2
        if min(self.load.values()) > low:
            return False
        came = self._reached(judge, low)
        taker = next((each for each in reversed(came) if self.load[each] <= low), None)
        while taker is not None and (step := came[taker]):
            giver, entry = step
            self.seated[entry].remove(giver)
            del self.moving[giver][entry]
            self.load[giver] -= 1
            self._seat(entry, taker)
            taker = giver
        return taker is not None

    def _reached(self, start: Judge, low: int | None = None) -> dict[Judge, tuple[Judge, Entry] | None]:
        """To whom the judge can hand on, directly or over others, and from whom with which entry it comes.

        It stops at the first whose load is `low` or less, who is the last then.
        """
        came: dict[Judge, tuple[Judge, Entry] | None] = {start: None}
        queue = [start]
        for giver in queue:
            for entry in self.moving[giver]:
                for taker in self.free[entry]:
                    if taker not in came and taker not in self.seated[entry]:
                        came[taker] = (giver, entry)
                        if low is not None and self.load[taker] <= low:
                            return came
                        queue.append(taker)
        return came

    def no_room(self, most: int) -> list[Reason]:
        """Judges with too much after levelling, together with all who could relieve them but are as full."""
        reasons: list[Reason] = []
        told: set[Judge] = set()
        for judge in sorted(self.load, key=lambda each: (-self.load[each], each)):
            if self.load[judge] > most and judge not in told:
                circle = set(self._reached(judge))
                told |= circle
                caught = tuple(entry for entry, seated in self.seated.items() if seated & circle)
                needed = sum(self.load[each] for each in circle)
                reasons.append(NoRoom(tuple(sorted(circle)), caught, needed, len(circle) * most))
        return reasons
