"""The briefings of a year: their days, who comes, and an agenda that keeps itself (I5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import in_office_language
from core.calendar import system_calendar
from core.now import today
from core.permissions import ensure
from incentives.enums import BriefingKind
from incentives.models import Briefing
from incentives.policies import BRIEFING_MONTHS, BUREAU_WEEKS
from incentives.selectors.agenda import OFFERED, offers_for
from incentives.selectors.briefings import attendees, bureaus_of
from meetings.enums import SessionState
from meetings.models import Session
from meetings.planning import Month, Monthly, Planned, days_of
from meetings.services import drafting, following, panels, sessions
from notifications.services import silent
from organization.models import Department

PLAN = "incentives.plan"
KIND = "briefing"  # of panels, as incentives.kinds has it
THURSDAY = 3


@dataclass(frozen=True)
class Wanted:
    """A kind of briefing, of a bureau or of the whole office, and the days on which it is to be."""

    kind: BriefingKind
    bureau: Department | None
    days: Sequence[Planned]

    @property
    def name(self) -> str:
        return " ".join(filter(None, [self.bureau.name if self.bureau else "", str(self.kind.label)]))


def wanted(year: int, rule: Monthly) -> Iterator[Wanted]:
    """What the year still lacks, of the days to come: bureaus brief on the Thursdays of the policy, the others on the
    day that `rule` says of their months."""
    there = _there(year)
    for kind in BriefingKind:
        places: Sequence[Department | None] = bureaus_of(year) if kind == BriefingKind.BUREAU else [None]
        months = BRIEFING_MONTHS[kind].on(max(today(), date(year, 1, 1)))
        for bureau in places:
            held = there.get((str(kind), bureau.pk if bureau else None), [])
            rules = thursdays() if kind == BriefingKind.BUREAU else [rule]
            days = [
                one
                for month in months
                for one in _lacking((year, month), rules, [day for day in held if day.month == month])
                if one.day >= today()
            ]
            if days:
                yield Wanted(kind, bureau, days)


def thursdays() -> list[Monthly]:
    """On which of a month's Thursdays the bureaus brief."""
    return [Monthly(nth=nth, weekday=THURSDAY) for nth in BUREAU_WEEKS.on(today())]


def _lacking(month: Month, rules: Sequence[Monthly], held: Sequence[date]) -> list[Planned]:
    """Days of the month for as many briefings as it still lacks: one that was moved counts for the one it was, so that
    weeks in which one is held have none. A month without a fifth Thursday has none then."""
    wanted = [
        one
        for rule in rules
        if rule.of(*month).month == month[1]
        for one in days_of(rule, [month], system_calendar())
    ]
    weeks = {day.isocalendar()[:2] for day in held}
    free = [one for one in wanted if one.day.isocalendar()[:2] not in weeks]
    return free[: max(len(wanted) - len(held), 0)]


def _there(year: int) -> dict[tuple[str, int | None], list[date]]:
    """By kind and bureau the days that have their briefing."""
    found: dict[tuple[str, int | None], list[date]] = {}
    rows = Session.objects.filter(panel__briefing__year=year).exclude(state=SessionState.CANCELLED)
    for kind, bureau, day in rows.values_list("panel__briefing__kind", "panel__briefing__bureau", "held_on"):
        found.setdefault((kind, bureau), []).append(day)
    return found


@transaction.atomic
@in_office_language
def generate(
    year: int, rule: Monthly, *, begins_at: time, ends_at: time, place: str, actor: Any
) -> list[Session]:
    """The year's briefings that are lacking; whoever comes is told of all days of each kind at once.

    Locks: the panels. Raises: Refused; Rejected where nothing is lacking.
    """
    ensure(actor, PLAN)
    made: list[Session] = []
    for one in list(wanted(year, rule)):
        briefing = _briefing(year, one, actor)
        with silent():
            follow(briefing)
        days = [planned.day for planned in one.days]
        made += sessions.plan_many(
            briefing.panel,
            days,
            begins_at=begins_at,
            ends_at=ends_at,
            place=place,
            actor=actor,
        )
    if not made:
        raise Rejected(_("올해 남은 달의 보고회를 모두 잡았습니다."))
    return made


def _briefing(year: int, one: Wanted, actor: Any) -> Briefing:
    found = (
        Briefing.objects.filter(year=year, kind=one.kind, bureau=one.bureau).select_related("panel").first()
    )
    if found is not None:
        return found
    new = Briefing(year=year, kind=one.kind, bureau=one.bureau)

    def attach(panel: Any) -> None:
        new.panel = panel
        new.save()

    values = {"name": f"{year} {one.name}"[:60], "size": max(len(attendees(new)), 1), "begun_on": today()}
    panels.make(values, kind=KIND, attach=attach, actor=actor)
    return new


def follow(briefing: Briefing) -> int:
    """Who comes is who is named today; how many seats changed. Locks: the panel, its seats."""
    return following.follow(briefing.panel, attendees(briefing), today())


def follow_all(day: date) -> int:
    """Of the briefings still to come. Called by: the schedule, when postings are in force."""
    coming = Session.objects.filter(state=SessionState.PLANNED, held_on__gte=day).values("panel")
    rows = Briefing.objects.filter(panel__in=coming).select_related("panel", "bureau").order_by("pk")
    return sum(follow(one) for one in rows)


@in_office_language
def draft_all(day: date) -> int:
    """The next session of each briefing has on its agenda what is weak, late, missing and asked of others; how many
    items came or went. Locks: panels, sessions. Called by: the schedule."""
    changed = 0
    for briefing in Briefing.objects.filter(year=day.year).select_related("panel", "bureau").order_by("pk"):
        rows = briefing.panel.sessions.filter(state=SessionState.PLANNED, held_on__gte=day)
        if coming := rows.order_by("held_on", "pk").first():
            changed += drafting.draft(coming, offers_for(briefing), OFFERED)
    return changed
