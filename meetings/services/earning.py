"""Hours of regular sessions: with the minutes' confirmation, once per person and session (C3, C7, C9)."""

from typing import Any

from meetings.models import Session
from mileage.services.awards import Award, award, reverse_source


def post(session: Session, *, actor: Any) -> None:
    """Who was there earns: the member, or who came instead. What is over the half-year's cap is recorded as capped.

    Locks: the accounts, last of all. Called by: sessions.confirm.
    """
    rule = session.panel.kind_of.rule
    if rule is None:
        return
    people = session.attendances.filter(hours__gt=0).select_related("seat__user", "stand_in").order_by("pk")
    award(
        [
            Award(
                rule=rule,
                user=one.stand_in or one.seat.user,
                event=f"meetings.session:{session.pk}",
                day=session.held_on,
                title=str(session),
                source=session,
                amount=one.hours,
            )
            for one in people
        ],
        actor=actor,
    )


def take_back(session: Session, *, reason: str, actor: Any) -> None:
    """Called by: sessions.undo."""
    if (rule := session.panel.kind_of.rule) is not None:
        reverse_source(session, reason=reason, actor=actor, rules=[rule])
