"""Deadlines as the law reckons them (O6–O9). Pure: no database, no time of its own."""

from basis.clock.complaints import Ground, due_at, extension
from basis.clock.explain import explain, one_line
from basis.clock.hours import due_hour, explain_hours, hour_badge, hour_text
from basis.clock.labels import DeadlineBadge, deadline_badge
from basis.clock.rules import (
    ClockError,
    ClosedDay,
    Extension,
    Pause,
    Reckoning,
    Rule,
    Step,
    Unit,
    due_date,
    validate_extension,
    validate_pause,
)

__all__ = [
    "ClockError",
    "ClosedDay",
    "DeadlineBadge",
    "Extension",
    "Ground",
    "Pause",
    "Reckoning",
    "Rule",
    "Step",
    "Unit",
    "deadline_badge",
    "due_at",
    "due_date",
    "due_hour",
    "explain",
    "explain_hours",
    "extension",
    "hour_badge",
    "hour_text",
    "one_line",
    "validate_extension",
    "validate_pause",
]
