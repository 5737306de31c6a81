"""How results are published: frozen with every sheet and mark when announced or confirmed (E4)."""

from django.utils.translation import gettext_lazy as _

from core.ledger.protection import Guard
from core.publishing.publisher import Publisher
from evaluations.enums import CorrectionState
from evaluations.models import (
    Awarded,
    Conflict,
    Correction,
    Criterion,
    Division,
    Entry,
    Grade,
    Judge,
    Mark,
    Result,
    Round,
    Sheet,
    Stage,
    Typing,
)

ROUNDS = Publisher(
    Round,
    rows={
        Division: "round",
        Grade: "division__round",
        Entry: "round",
        Stage: "round",
        Criterion: "stage__round",
        Judge: "stage__round",
        Conflict: "entry__round",
        Sheet: "entry__round",
        Mark: "sheet__entry__round",
        Typing: "sheet__entry__round",
        Result: "entry__round",
    },
    handed=(Awarded, "result__entry__round"),
    held=_("시상이 이루어진 심사는 초안으로 되돌릴 수 없습니다. 정정으로 바로잡아 주세요."),
    message="an announced or confirmed result is never changed",
)

_MADE = f"OLD.state = '{CorrectionState.MADE}'"
_TAKEN = "EXISTS (SELECT 1 FROM {table} r WHERE r.id = NEW.id AND r.state = '{made}')"
# What was corrected in public stays as well; SQLite's INSERT OR REPLACE deletes without asking.
CORRECTIONS = Guard(
    Correction,
    {
        "INSERT": _TAKEN.format(table=Correction._meta.db_table, made=CorrectionState.MADE),
        "UPDATE": _MADE,
        "DELETE": _MADE,
    },
    "a correction that was made is never changed",
)
