"""How states are shown."""

from collections.abc import Mapping
from typing import Any

from clubs.enums import ClubState, UpkeepState
from clubs.selectors.months import Mark

CLUB_TONES: Mapping[Any, str] = {
    ClubState.DRAFT: "neutral",
    ClubState.APPLIED: "warning",
    ClubState.ACTIVE: "success",
    ClubState.ENDED: "neutral",
    ClubState.REFUSED: "danger",
    ClubState.WITHDRAWN: "neutral",
}
UPKEEP_TONES: Mapping[Any, str] = {
    UpkeepState.OPEN: "warning",
    UpkeepState.LEFT: "neutral",
    UpkeepState.KEPT: "success",
}
MARK_TONES: Mapping[Any, str] = {
    Mark.REPORTED: "success",
    Mark.MET: "info",
    Mark.UNREPORTED: "warning",
    Mark.WAITING: "warning",
    Mark.PLANNED: "neutral",
    Mark.MISSING: "danger",
    Mark.NONE: "neutral",
}
