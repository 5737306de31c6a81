"""Which tone a badge has."""

from collections.abc import Mapping

from incentives.enums import DivisionState as D

DIVISION_TONES: Mapping[str, str] = {
    D.PREPARED: "neutral",
    D.NOTIFIED: "warning",
    D.PLANNED: "information",
    D.RUNNING: "information",
    D.SUBMITTED: "information",
    D.JUDGED: "success",
    D.DROPPED: "neutral",
}
