"""Who may sit in a stage: the voting seats of its panel, as they are on a day (O4)."""

from datetime import date

from evaluations.models import Stage
from meetings.models import Seat
from meetings.selectors import composition, voting


def seats_of(stage: Stage, day: date) -> list[Seat]:
    seats = voting(stage.panel, day) if stage.panel else []
    return [seat for seat in seats if seat.user.is_active]


def composition_faults(stage: Stage, day: date) -> list[str]:
    """What the composition of its panel lacks on the day: shown, and for the office to weigh."""
    return composition(stage.panel, day).faults if stage.panel else []
