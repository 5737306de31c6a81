"""Who was in a club on a day, or over its year (C1, C5)."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q

from clubs.models import Best, Club, Report
from clubs.rules import lived_on
from meetings.enums import Chair
from meetings.models import Seat


def on(club: Club, day: date) -> list[Seat]:
    """All with a seat that day, of a club that has ended on its last, the president first."""
    last = min(day, club.ended_on) if club.ended_on else day
    rows = Seat.objects.on(last).filter(panel=club.panel_id).select_related("user__department", "panel")
    order = {chair: place for place, chair in enumerate(Chair.values)}
    return sorted(rows, key=lambda one: (order[one.chair], one.team or 0, one.pk))


def nominees(best: Best) -> list[Seat]:
    """Whom the president may name: the members of the team on the day of the award, who still serve; never oneself,
    nor whoever was named for another place of the same club."""
    taken = set(
        Best.objects.filter(round=best.round_id, club=best.club_id, seat__isnull=False)
        .exclude(pk=best.pk)
        .values_list("seat", flat=True)
    )
    return [
        one
        for one in on(best.club, best.begun_on)
        if one.chair != Chair.CHAIR
        and (not best.team or one.team == best.team)
        and one.user.is_active
        and one.pk not in taken
    ]


def of_year(reports: Collection[Report]) -> Mapping[int, list[Seat]]:
    """By the report's key: everybody who had a seat in the club on any day of its year, each once; one query."""
    panels = {one.club.panel_id: one for one in reports}
    years = {one.club.year for one in reports}
    if not years:
        return {}
    first, last = date(min(years), 1, 1), date(max(years), 12, 31)
    rows = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gte=first), panel__in=panels, starts_on__lte=last)
    found: dict[int, dict[int, Seat]] = {one.pk: {} for one in reports}
    for seat in rows.select_related("user__department").order_by("panel", "pk"):
        report = panels[seat.panel_id]
        year = report.club.year
        if seat.starts_on.year <= year and (seat.ends_on is None or seat.ends_on.year >= year):
            found[report.pk].setdefault(seat.user_id, seat)
    return {pk: list(seats.values()) for pk, seats in found.items()}


def president(club: Club) -> Seat | None:
    return next((one for one in on(club, lived_on(club)) if one.chair == Chair.CHAIR), None)
