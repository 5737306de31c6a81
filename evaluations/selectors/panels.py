"""Who may sit in a stage: the voting seats of its panel, as they are on a day (O4)."""

from datetime import date

from evaluations.models import Stage
from meetings.enums import VOTING
from meetings.models import Panel, Seat


def voting(panel: Panel, day: date) -> list[Seat]:
    seats = panel.seats.on(day).filter(chair__in=VOTING, user__is_active=True)
    return list(seats.select_related("user__department").order_by("pk"))


def seats_of(stage: Stage, day: date) -> list[Seat]:
    return voting(stage.panel, day) if stage.panel else []


def composition_faults(panel: Panel, day: date) -> list[str]:
    """What the composition of a panel that decides lacks."""
    return []
