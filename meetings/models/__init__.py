"""Panels with their dated seats, and the sessions they hold (O4, E7, C2, C7)."""

from meetings.models.decisions import Correction, Decision
from meetings.models.panels import Panel, Seat
from meetings.models.sessions import Answer, Attendance, Item, Session, SignIn, Struck

__all__ = [
    "Answer",
    "Attendance",
    "Correction",
    "Decision",
    "Item",
    "Panel",
    "Seat",
    "Session",
    "SignIn",
    "Struck",
]
