"""Who has scored what, for planning: whether there is a sheet, never what it says (E3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from evaluations.enums import ConflictState, SheetState
from evaluations.models import Conflict, Entry, Judge, Sheet, Stage
from evaluations.selectors.page import Seated, seated

DONE, OPEN, ABSTAINED, APART, NONE = "done", "open", "abstained", "apart", "none"
WORDS: Mapping[str, Any] = {
    DONE: _("있음"),
    OPEN: _("없음"),
    ABSTAINED: _("기권"),
    APART: _("기피"),
    NONE: "–",
}
TONES = {DONE: "success", OPEN: "warning", ABSTAINED: "neutral", APART: "neutral", NONE: ""}
_OF = {SheetState.DONE: DONE, SheetState.OPEN: OPEN, SheetState.ABSTAINED: ABSTAINED}


@dataclass(frozen=True)
class Line:
    entry: Entry
    cells: Sequence[tuple[str, Any, str]]  # what, in words, its tone


def people(stage: Stage, only_behind: bool) -> list[Seated]:
    found = seated(stage)
    return [one for one in found if one.left] if only_behind else found


def grid(stage: Stage, entries: Sequence[Entry], judges: Sequence[Judge]) -> list[Line]:
    """The fields of these entries, by one question; a sheet that is there says more than what kept the judge away."""
    pks = [entry.pk for entry in entries]
    conflicts = Conflict.objects.filter(judge__stage=stage, entry__in=pks, state=ConflictState.STANDS)
    apart = conflicts.order_by().values_list("entry", "judge", Value(""))
    rows = Sheet.objects.filter(judge__stage=stage, entry__in=pks).exclude(state=SheetState.VOID)
    sheets = rows.order_by().values_list("entry", "judge", "state")
    found: dict[tuple[int, int], str] = {}
    for entry, judge, state in sorted(apart.union(sheets, all=True), key=lambda row: row[2]):
        found[entry, judge] = _OF[SheetState(state)] if state else APART
    return [
        Line(
            entry,
            [
                (what, WORDS[what], TONES[what])
                for one in judges
                if (what := found.get((entry.pk, one.pk), NONE))
            ],
        )
        for entry in entries
    ]
