"""What comes of the sheets of a stage and of a round, written down: scores, places, grades by order (E4)."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from evaluations.models import Division, Entry, Result, Round, Stage
from evaluations.selectors import scores
from evaluations.services import stability

BATCH = 1_000
MOST_SAID = 200  # lines in a log row


def standing(stage: Stage) -> list[tuple[Entry, Decimal, int]]:
    """By division: entries with score and place, the best first; who has no counted sheet is left out."""
    found = scores.standing(stage)
    entries = Entry.objects.in_bulk([entry for entry, _score, _place in found])
    return [(entries[entry], score, place) for entry, score, place in found]


@transaction.atomic
def reckon(round: Round) -> list[str]:
    """Write all results anew: every entry has one; a place only who was scored in every stage that decides. What a
    committee has resolved on earlier figures is gone. Gives what is another than before, in words for the log (D5).

    Called by: stages.close for the last stage, and the steps of a draft, under the round's lock.
    """
    before = _figures(round)
    reading = scores.read(round)
    made: dict[int, Result] = {pk: Result(entry_id=pk) for pk in reading.entries}
    for division in reading.divisions:
        _fill(made, division, reading)
    Result.objects.filter(entry__round=round).delete()
    Result.objects.bulk_create([made[pk] for pk in sorted(made)], batch_size=BATCH)
    stability.renew(round, reading)
    if round.session_id is not None:
        round.session = None
        Round.objects.filter(pk=round.pk).update(session=None)
    return _changes(before, _figures(round)) if before else []


Figures = dict[int, tuple[int | None, Decimal | None]]  # place and score by the entry's number


def _figures(round: Round) -> Figures:
    rows = Result.objects.filter(entry__round=round).order_by("entry__number")
    return {
        number: (place, score) for number, place, score in rows.values_list("entry__number", "place", "score")
    }


def _changes(before: Figures, after: Figures) -> list[str]:
    moved = [number for number in after if before.get(number) != after[number]]
    found = [
        f"{number}: {_said(before.get(number))} → {_said(after[number])}" for number in moved[:MOST_SAID]
    ]
    return found if len(moved) <= MOST_SAID else [*found, f"… {len(moved)}"]


def _said(figures: tuple[int | None, Decimal | None] | None) -> str:
    place, score = figures or (None, None)
    return "-" if score is None else f"{place} ({score.normalize():f})"


def _fill(made: dict[int, Result], division: Division, reading: scores.Reading) -> None:
    outcome = reading.outcome(division)
    for pk, parts in outcome.parts.items():
        made[pk].parts = parts
    for one in outcome.placed:
        found, grade = made[one.entry], outcome.graded.grades[one.entry]
        found.score, found.place, found.tie = one.score, one.place, one.decided_by or ""
        found.by_order_id = found.grade_id = int(grade) if grade else None
    if reading.was_changed:
        before: dict[str, Any]
        for one in reading.outcome(division, before=True).placed:
            before = {"score": str(one.score), "place": one.place}
            made[one.entry].by_way_before = before
