"""A division as it stands: the order, the lines under the grades, and what a move of one entry changes (E8)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from heapq import nsmallest
from operator import itemgetter
from typing import TypeAlias

from evaluations.reckoning.grades import NOTHING, Outcome, awarded
from evaluations.reckoning.ranking import Key, grouped, score_of, sort_key
from evaluations.reckoning.results import Terms
from evaluations.reckoning.sheets import Entry, Judge, Sheet, table
from evaluations.reckoning.ways import middle, scores, shown

Changes: TypeAlias = Mapping[Entry, tuple[Outcome, Outcome]]  # before and after


class Standing:
    """`order`: sort keys and entries, the best (smallest) first. `given`: how many grades there are to give.
    `lines`: under each grade, the key of the last that may have it and the next after it."""

    def __init__(self, terms: Terms, sheets: Sequence[Sheet]) -> None:
        self.terms = terms
        self.table = table(terms.criteria, sheets)
        self.marks: dict[Entry, dict[Judge, list[Fraction]]] = {}
        for sheet in sheets:
            marks = [Fraction(sheet.marks[criterion]) for criterion in terms.ties]
            self.marks.setdefault(sheet.entry, {})[sheet.judge] = marks
        final = terms.final(scores(terms.way, self.table))
        self.keys = {entry: self.key(entry, score) for entry, score in final.items()}
        self.order = [(key, entry) for key, entries in grouped(self.keys) for entry in entries]
        self.given = sum(grade.at_most for grade in terms.grades)
        self.outcomes = self.award(self.keys)
        self.lines = list(self._lines())
        self.without: dict[tuple[Entry, Judge], Key | None] = {}

    def _lines(self) -> Iterator[tuple[Key, Key]]:
        last = 0
        for grade in self.terms.grades:
            last += grade.at_most
            if 0 < last < len(self.order):
                yield self.order[last - 1][0], self.order[last][0]

    def key(self, entry: Entry, final: Fraction, gone: Judge | None = None) -> Key:
        """What the entry is sorted by with this final score, without the marks of `gone`."""
        rows = [marks for judge, marks in self.marks[entry].items() if judge != gone]
        means = (sum(marks, Fraction()) / len(rows) for marks in zip(*rows, strict=True))
        return sort_key(self.shown(final), means)

    def key_without(self, entry: Entry, gone: Judge) -> Key | None:
        """The entry's key without a judge's sheet, None if none is left; where only its own sheets count."""
        if (entry, gone) not in self.without:
            left = [score for judge, score in self.table[entry].items() if judge != gone]
            new = None
            if left:
                final = self.terms.final({entry: middle(self.terms.way, left)})
                new = self.key(entry, final[entry], gone)
            self.without[entry, gone] = new
        return self.without[entry, gone]

    def shown(self, final: Fraction) -> Decimal:
        return shown(final, self.terms.digits)

    def award(self, keys: Mapping[Entry, Key]) -> dict[Entry, Outcome]:
        """Outcomes of these entries alone; who gets nothing may not be in it."""
        if not keys or not self.given:
            return {}
        last = nsmallest(self.given, (key[0] for key in keys.values()))[-1]  # no use in sorting the others
        groups = grouped({entry: key for entry, key in keys.items() if key[0] <= last})
        scored = ((score_of(key), entries) for key, entries in groups)
        return awarded(scored, self.terms.grades, self.terms.least)[0]

    def keeps_grades(self, entry: Entry, new: Key | None) -> bool:
        """Whether it is plain that no grade changes if this one entry moves to a key, None if it goes.

        It stays on its side of each line and of the least score: what it passes has the same grade.
        """
        old = self.keys[entry]
        for above, below in self.lines:
            if old < below:
                if new is None or new >= below:
                    return False
            elif old <= above or not (new is None or new > above):
                return False
        if new is None:
            return self.outcomes.get(entry, NOTHING) == NOTHING
        least = self.terms.least
        return least is None or (score_of(old) >= least) == (score_of(new) >= least)

    def after_move(self, entry: Entry, new: Key | None) -> Changes:
        """The changes if this one entry moves or goes: of itself, and of those on the lines."""
        old = self.keys[entry]
        after: dict[Entry, Outcome] = {entry: NOTHING}
        for key in {old, *(key for line in self.lines for key in line), *([] if new is None else [new])}:
            first = bisect_left(self.order, key, key=itemgetter(0))
            past = bisect_right(self.order, key, key=itemgetter(0))
            tied = [each for _key, each in self.order[first:past] if each != entry]
            if key == new:
                tied.append(entry)
            before = first - (old < key) + (new is not None and new < key)
            outcomes, _open = awarded([(score_of(key), tied)], self.terms.grades, self.terms.least, before)
            after.update((each, outcomes.get(each, NOTHING)) for each in tied)
        return self._compared(after, sorted(after))

    def changes(self, keys: Mapping[Entry, Key], also: Iterable[Entry] = ()) -> Changes:
        """The changes if these were all who come near a grade. `also`: entries perhaps not among them."""
        after = self.award(keys)
        return self._compared(after, sorted({*self.outcomes, *after, *also}))

    def _compared(self, after: Mapping[Entry, Outcome], entries: Iterable[Entry]) -> Changes:
        pairs = ((each, self.outcomes.get(each, NOTHING), after.get(each, NOTHING)) for each in entries)
        return {each: (before, now) for each, before, now in pairs if before != now}
