"""Who in a club is asked for what it owes: whoever keeps its papers today, or did when it ended."""

from collections.abc import Sequence
from typing import Any

from clubs.rules import lived_on
from core.work import holders
from meetings.enums import Chair

LEADING = (Chair.CHAIR, Chair.LEADER, Chair.SECRETARY)


def sitting(club: Any, *chairs: str) -> list[int]:
    """Who has such a seat; reads the seats of the panel that come with the thing."""
    day = lived_on(club)
    return [one.user_id for one in club.panel.seats.all() if one.chair in chairs and one.sits_on(day)]


def keepers(club: Any) -> Sequence[str]:
    """Its secretaries; where there are none, the leaders of its teams, else its president."""
    for chair in (Chair.SECRETARY, Chair.LEADER, Chair.CHAIR):
        if found := sitting(club, chair):
            return [holders.person(pk) for pk in found]
    return []


def presidents(club: Any) -> list[str]:
    return [holders.person(pk) for pk in sitting(club, Chair.CHAIR)]


def asker(support: Any) -> Sequence[str]:
    """Who asked for the money while leading in the club, else its keepers."""
    pk = support.asked_by_id
    if pk in sitting(support.club, *LEADING):
        return [holders.person(pk)]
    return [*keepers(support.club), holders.concerns(pk)]
