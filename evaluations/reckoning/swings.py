"""Whether leaving out any one sheet, or any one judge, changes a grade (E8).

Reckoning all again for each of 30,000 sheets would take hours. But a sheet moves its own entry, and grades change only
if that crosses the line under a grade, or touches a tie on it: most sheets are done with a few comparisons. Under the
corrected way a sheet moves the others too, but by so little that mostly the lines lie further apart; if not, the
ranking is graded again as far down as there are grades.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from evaluations.reckoning.corrected import SLACK, Move, moves
from evaluations.reckoning.effects import fits
from evaluations.reckoning.ranking import score_of
from evaluations.reckoning.results import Terms
from evaluations.reckoning.sheets import Entry, Judge, Sheet, without
from evaluations.reckoning.standing import Changes, Standing
from evaluations.reckoning.ways import Way, scores


@dataclass(frozen=True)
class Swing:
    """Grades that change without this sheet, or without the judge if there is no `entry`."""

    judge: Judge
    entry: Entry | None
    changes: Changes


def swings(terms: Terms, sheets: Sequence[Sheet]) -> list[Swing]:
    """The sheets, by entry and judge, and then the judges whose leaving out changes a grade.

    An entry whose last sheet is left out has no grade. ValueError as `sheets.table` has it.
    """
    standing = Standing(terms, sheets)
    split = terms.way is Way.CORRECTED
    found = [*(_corrected(standing) if split else _plain(standing))]
    found.sort(key=lambda each: each[:2])
    judges = sorted({sheet.judge for sheet in sheets})
    return [
        *(Swing(judge, entry, changes) for entry, judge, changes in found if changes),
        *(Swing(judge, None, changes) for judge in judges if (changes := _reckoned_again(standing, judge))),
    ]


def _plain(standing: Standing) -> Iterator[tuple[Entry, Judge, Changes]]:
    """The sheets where an entry's score depends on its own sheets alone."""
    for entry in standing.keys:
        for judge in standing.table[entry]:
            new = standing.key_without(entry, judge)
            if not standing.keeps_grades(entry, new):
                yield entry, judge, standing.after_move(entry, new)


def _reckoned_again(standing: Standing, judge: Judge, only: Entry | None = None) -> Changes:
    """Without the judge, or without the judge's sheet on one entry, from the beginning."""
    terms, old = standing.terms, standing.keys
    touched = {entry for entry, row in standing.table.items() if judge in row and only in (None, entry)}
    if terms.way is Way.CORRECTED:
        final = terms.final(scores(terms.way, without(standing.table, judge, only)))
        keys = {
            entry: standing.key(entry, score, judge)
            if entry in touched
            else (-standing.shown(score), *old[entry][1:])
            for entry, score in final.items()
        }
        return standing.changes(keys)
    moved = {entry: standing.key_without(entry, judge) for entry in touched if entry in old}
    return standing.changes({entry: key for entry, key in {**old, **moved}.items() if key is not None})


def _corrected(standing: Standing) -> Iterator[tuple[Entry, Judge, Changes]]:
    """The sheets under the corrected way."""
    lines = list(_score_lines(standing))
    for fit in fits(standing.table):
        for entry in fit.part.entries:
            row = standing.table[entry]
            # Its only sheet tells nothing of the judge: the others stay where they are.
            if len(row) == 1 and entry in standing.keys and not standing.keeps_grades(entry, None):
                yield entry, next(iter(row)), standing.after_move(entry, None)
        for entry, judge, move in moves(fit, standing.table):
            if move is None:
                yield entry, judge, _reckoned_again(standing, judge, entry)
            elif not _far_from(lines, standing, move):
                yield entry, judge, _moved(standing, move)


def _score_lines(standing: Standing) -> Iterator[tuple[float, float]]:
    """The shown scores above and below each line, also that of the least score."""
    for above, below in standing.lines:
        yield float(score_of(above)), float(score_of(below))
    if standing.terms.least is not None:
        least = float(standing.terms.least)
        shown = [float(score_of(key)) for key in standing.keys.values()]
        yield min((score for score in shown if score >= least), default=float("inf")), least
        yield least, max((score for score in shown if score < least), default=float("-inf"))


def _margin(standing: Standing, move: Move) -> float:
    """How far apart two shown scores must lie to keep their order: both move, both are rounded twice."""
    return 2 * move.most * float(standing.terms.share) + 2 * 10**-standing.terms.digits + SLACK


def _far_from(lines: list[tuple[float, float]], standing: Standing, move: Move) -> bool:
    """Whether it is plain that nobody crosses a line."""
    margin = _margin(standing, move)
    if any(above - below <= margin for above, below in lines):
        return False
    if move.entry not in standing.keys:
        return True
    carried = (standing.terms.carried or {}).get(move.entry, 0)
    old = float(score_of(standing.keys[move.entry]))
    new = move.near * float(standing.terms.share) + float(carried)
    return all(
        (old > below and new > below + margin) or (old < above and new < above - margin)
        for above, below in lines
    )


def _moved(standing: Standing, move: Move) -> Changes:
    """The head of the ranking graded again, with all who could come up to it."""
    last = standing.order[: standing.given + 1][-1][0]  # of the first who gets nothing, or of the last of all
    reach = float(score_of(last)) - _margin(standing, move)
    near = {entry for _key, entry in takewhile(lambda each: score_of(each[0]) >= reach, standing.order)}
    if move.entry in standing.keys:
        near.add(move.entry)
    final = standing.terms.final(move.scores(near & set(move.fit.part.entries)))
    keys = {entry: standing.keys[entry] for entry in near}
    for entry, score in final.items():
        own = entry == move.entry
        keys[entry] = (
            standing.key(entry, score, move.judge) if own else (-standing.shown(score), *keys[entry][1:])
        )
    return standing.changes(keys, [move.entry])
