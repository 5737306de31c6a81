"""What a member sees first: the next meeting, what is open, the hours of the half-year (C1, C3)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, Subquery, Sum

from basis.periods import Period
from clubs.kinds import ClubPanel
from clubs.models import Best, Club, Report, Support, Team, Upkeep
from core.now import today
from meetings.enums import SessionState
from meetings.models import Answer, Seat, Session
from mileage.catalogue import CLUB_HOURS, sharing
from mileage.models import Entry
from notifications.selectors import Owed, owed


def next_of(user: Any, panels: Sequence[int]) -> Mapping[int, Session]:
    """By panel the next session, with what was said to it as `reply` (None: nothing)."""
    said = Answer.objects.filter(session=OuterRef("pk"), seat__user=user).order_by("-pk").values("reply")[:1]
    rows = Session.objects.filter(panel__in=panels, state=SessionState.PLANNED, held_on__gte=today())
    found: dict[int, Session] = {}
    for one in rows.annotate(reply=Subquery(said)).order_by("held_on", "begins_at"):
        found.setdefault(one.panel_id, one)
    return found


def owed_by(user: Any) -> list[Owed]:
    """The open work of clubs and their meetings, the most urgent first: one question."""
    of_clubs = ContentType.objects.get_for_models(Club, Upkeep, Report, Support, Best).values()
    session = ContentType.objects.get_for_model(Session)
    meetings = Session.objects.filter(panel__kind=ClubPanel.key)
    kinds = Q(content_type__in=of_clubs) | Q(content_type=session, object_id__in=meetings.values("pk"))
    return owed(user, kinds)


def hours_of(user: Any) -> tuple[Period, int, int]:
    """This half-year, what was earned of its hours and how many there are at most, in hundredths (M4)."""
    period = CLUB_HOURS.period(today())
    rows = Entry.objects.filter(
        account__user=user, rule__in=sharing(CLUB_HOURS), day__range=(period.start, period.end)
    )
    return period, rows.aggregate(sum=Sum("amount"))["sum"] or 0, CLUB_HOURS.on(today())


def seats_of(user: Any) -> list[Seat]:
    """The own seats of today, each with its club and as `team_name` what its team is called."""
    name = Team.objects.filter(club=OuterRef("panel__club"), number=OuterRef("team")).values("name")
    rows = (
        Seat.objects.on(today())
        .filter(user=user, panel__club__isnull=False)
        .annotate(team_name=Subquery(name))
    )
    return list(
        rows.select_related("panel__club__bureau").order_by("-panel__club__year", "panel__club__name")
    )
