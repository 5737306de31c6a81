"""Results with what was corrected after they were confirmed."""

from collections.abc import Collection

from evaluations.enums import CorrectionState
from evaluations.models import Correction, Grade, Result, Round


def made_of(round: Round) -> dict[int, list[Correction]]:
    """By the result's key, in the order in which they were made."""
    rows = Correction.objects.filter(result__entry__round=round, state=CorrectionState.MADE)
    found: dict[int, list[Correction]] = {}
    rows = rows.select_related("before", "after", "result__entry__division", "session__panel")
    for one in rows.order_by("made_at", "pk"):
        found.setdefault(one.result_id, []).append(one)
    return found


def grade_now(result: Result, made: Collection[Correction] | None = None) -> Grade | None:
    """The grade that stands: as corrected last, else as it was confirmed."""
    if made is None:
        made = list(
            result.corrections.filter(state=CorrectionState.MADE)
            .select_related("after")
            .order_by("made_at", "pk")
        )
    return list(made)[-1].after if made else result.grade
