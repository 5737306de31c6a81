"""The plan of a field visit: its rules (V1, V7), its estimate (V4), the days it takes from people."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypedDict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import counted, date_weekday
from core.editing import apply
from core.now import today
from organization.models import User
from visits.models import FieldVisit, VisitDay, VisitLine, VisitMember
from visits.policies import DAYS, MEALS_A_DAY, MONTHS, TEAM_SIZE
from visits.rates import Journey, Line, Rates, check_lodging, check_size, estimate, total

FIELDS = (
    "visited_on",
    "days",
    "host",
    "contact",
    "purpose",
    "look_at",
    "means",
    "place",
    "hours",
    "transport_each",
    "lodging_each",
    "provided_meals",
)
HOURS_A_DAY = 24
# Kind of expense → the sum instead (won; None: as reckoned), the reason.
Adjustments = Mapping[str, tuple[int | None, str]]


class Plan(TypedDict, total=False):
    """FIELDS of a visit; money in won for each person."""

    visited_on: date
    days: int
    host: str
    contact: str
    purpose: str
    look_at: str
    means: str
    place: str
    hours: int
    transport_each: int
    lodging_each: int
    provided_meals: int


def reckon(plan: Plan, headcount: int, adjustments: Adjustments | None = None) -> list[Line]:
    """The estimate's lines by the rates of the day of travel (V4, V4a). Rejected: an adjustment without reason, an
    allowance raised, lodging above its limit."""
    given: Mapping[str, Any] = plan
    journey = Journey(**{name: given[name] for name in Journey.__dataclass_fields__ if name in given})
    rates, changed = Rates.on(plan["visited_on"]), adjustments or {}
    lines = [
        line.adjusted(*changed[line.kind]) if line.kind in changed else line
        for line in estimate(journey, headcount, rates)
    ]
    if adjustments is not None:
        check_lodging(journey, lines, rates)
    return lines


def check(visit: FieldVisit, team: Sequence[User]) -> None:
    """Rejected where V1 or V7 is not met, by the policies that were in force when the request was begun."""
    begun = visit.begun_on
    most, longest, months = TEAM_SIZE.on(begun), DAYS.on(begun), MONTHS.on(begun)
    if not team:
        raise Rejected(_("다녀올 직원을 한 명 이상 골라 주세요."), field="members")
    if len({user.pk for user in team}) < len(team):
        raise Rejected(_("같은 직원을 두 번 골랐습니다."), field="members")
    if len(team) > most:
        raise Rejected(
            _("현장체험단은 %(count)s까지 구성할 수 있습니다.") % {"count": counted(most, _("명"))},
            field="members",
        )
    for user in team:
        if not user.is_active or user.department_id is None:
            raise Rejected(
                _("%(person)s은(는) 우리 구 직원이 아닙니다.") % {"person": user.name}, field="members"
            )
    _check_day(visit)
    if not 1 <= visit.days <= longest:
        text = _("현장체험은 당일에 다녀와야 합니다.") if longest == 1 else ""
        raise Rejected(
            text
            or _("현장체험은 한 번에 %(count)s까지 다녀올 수 있습니다.")
            % {"count": counted(longest, _("일"))},
            field="days",
        )
    if not 1 <= visit.hours <= HOURS_A_DAY:
        raise Rejected(_("하루 출장 시간은 1시간부터 24시간까지입니다."), field="hours")
    meals = MEALS_A_DAY.on(visit.visited_on)
    if visit.provided_meals > meals * visit.days:
        text = _("제공받는 식사는 하루 %(count)d끼까지입니다.") % {"count": meals}
        raise Rejected(text, field="provided_meals")
    if {visit.visited_on.month, visit.ends_on.month} - set(months):
        listed = ", ".join(_("%(month)d월") % {"month": month} for month in sorted(months))
        raise Rejected(
            _("현장체험은 %(months)s에 다녀올 수 있습니다.") % {"months": listed}, field="visited_on"
        )


def _check_day(visit: FieldVisit) -> None:
    """Rejected for a day that has passed, unless planning has agreed before: then the plan may be brought in line
    with what really was."""
    day = today()
    if visit.visited_on.year > day.year + 1:  # no budget is made further ahead
        raise Rejected(_("방문일은 내년 말까지 정할 수 있습니다."), field="visited_on")
    if visit.visited_on >= day:
        return
    if not visit.was_approved:
        raise Rejected(_("방문일은 오늘 또는 이후여야 합니다."), field="visited_on")
    if visit.visited_on < visit.begun_on:
        raise Rejected(_("방문일은 신청한 날 또는 이후여야 합니다."), field="visited_on")


def save_plan(visit: FieldVisit, plan: Plan, team: Sequence[User], adjustments: Adjustments | None) -> None:
    """Keep the plan with its team and its estimate."""
    apply(visit, dict(plan), FIELDS)
    _drop_what_is_not_paid(visit)
    check(visit, team)
    lines = reckon(plan, len(team), adjustments or {})
    check_size(lines)
    visit.headcount, visit.estimate = len(team), total(lines)
    visit.save()
    known = {member.user_id: member for member in visit.members.all()}
    for user in team:
        if user.pk not in known:
            VisitMember.objects.create(visit=visit, user=user, label=user.full_label)
    chosen = {user.pk for user in team}
    for pk, member in known.items():
        if pk not in chosen:
            member.delete()
    _keep_lines(visit, lines)


def _drop_what_is_not_paid(visit: FieldVisit) -> None:
    journey = visit.journey
    if journey.by_official_vehicle or journey.is_inside:
        visit.transport_each = 0
    if visit.days == 1 or journey.is_inside:
        visit.lodging_each = 0
    if journey.is_inside:
        visit.provided_meals = 0


def _keep_lines(visit: FieldVisit, lines: Sequence[Line]) -> None:
    kept = {line.kind: line for line in visit.lines.all()}
    for line in lines:
        row = kept.pop(line.kind.value, None) or VisitLine(visit=visit, kind=line.kind)
        row.unit, row.persons, row.times = line.unit, line.persons, line.times
        row.off, row.adjustment, row.reason = line.off, line.adjustment, line.reason
        row.save()
    for row in kept.values():
        row.delete()


def take_days(visit: FieldVisit, team: Sequence[User], *, field: str = "members") -> None:
    """Take the team's days, so that nobody is on two visits the same day.

    Raises: Rejected at `field`; the database says so to whoever comes second. Called by: who holds the visit's
    lock.
    """
    visit.taken_days.all().delete()
    days = [visit.visited_on + timedelta(days=n) for n in range(visit.days)]
    busy = VisitDay.objects.filter(user__in=team, day__in=days).select_related("user", "visit").first()
    if busy is not None:
        raise Rejected(
            _("%(person)s은(는) %(day)s에 다른 현장체험(%(host)s)이 있습니다.")
            % {"person": busy.user.full_label, "day": date_weekday(busy.day), "host": busy.visit.host},
            field=field,
        )
    try:
        with transaction.atomic():
            VisitDay.objects.bulk_create(VisitDay(visit=visit, user=u, day=day) for u in team for day in days)
    except IntegrityError:
        raise Rejected(_("같은 날 다른 현장체험에 가는 직원이 있습니다."), field=field) from None


def give_back_days(visit: FieldVisit) -> None:
    """Free the team's days.

    Called by: who holds the visit's lock.
    """
    visit.taken_days.all().delete()
