"""Registration days: planned by the months of the policy, begun and ended by their days (K4)."""

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import in_office_language
from core.actors import SYSTEM
from core.editing import apply, check_seen, check_version
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from knowledge import notifications_campaign as notifications
from knowledge.enums import CampaignState
from knowledge.models import Campaign
from knowledge.policies import REGISTRATION_AHEAD, REGISTRATION_MONTHS, REGISTRATION_REMIND

PLAN = "knowledge.plan"
WRITTEN = ("title", "text", "begins_on", "ends_on")


def locked(campaign: Campaign, seen: int | None = None) -> Campaign:
    fresh = Campaign.objects.select_for_update().get(pk=campaign.pk)
    check_seen(fresh, seen)
    return fresh


def move(day: date) -> int:
    """Plan the next, open and close by the days, remind departments that have brought nothing. Gives how many moved.

    Called by: the schedule alone.
    """
    moved = _plan(day) + _step("open", day, state=CampaignState.PLANNED, begins_on__lte=day)
    moved += _step("close", day, state=CampaignState.OPEN, ends_on__lt=day)
    for campaign in Campaign.objects.filter(state=CampaignState.OPEN):
        if campaign.ends_on - timedelta(REGISTRATION_REMIND.on(campaign.begins_on)) <= day:
            notifications.last_days(campaign)
    return moved


@in_office_language
def _plan(day: date) -> int:
    """The one whose month begins within the time ahead; one that was withdrawn is not made again."""
    soon = day + timedelta(REGISTRATION_AHEAD.on(day))
    month = f"{soon:%Y}-M{soon:%m}"
    if soon.month not in REGISTRATION_MONTHS.on(soon) or Campaign.objects.filter(month=month).exists():
        return 0
    with transaction.atomic():
        first = soon.replace(day=1)
        campaign = Campaign.objects.create(
            month=month,
            title=_("%(year)d년 %(month)d월 지식등록의 날") % {"year": soon.year, "month": soon.month},
            begins_on=first,
            ends_on=first.replace(day=calendar.monthrange(first.year, first.month)[1]),
        )
        record(campaign, "create", actor=SYSTEM)
        notifications.planned(campaign)
    return 1


def _step(name: str, day: date, **which: Any) -> int:
    with transaction.atomic():
        found = list(Campaign.objects.select_for_update().filter(**which).order_by("pk"))
        for campaign in found:
            perform(campaign, name, actor=SYSTEM)
            if name == "open":
                notifications.opened(campaign)
    return len(found)


@transaction.atomic
def edit(
    campaign: Campaign, values: Mapping[str, Any], *, version: int | None = None, actor: Any
) -> Campaign:
    """Its words and days, until it is over.

    Locks: the campaign. Raises: Refused, Conflict, Rejected for days that do not fit.
    """
    fresh = locked(campaign)
    principal = ensure(actor, PLAN, fresh)
    if fresh.state not in (CampaignState.PLANNED, CampaignState.OPEN):
        raise Rejected(_("마감했거나 열지 않기로 한 지식등록의 날은 고칠 수 없습니다."))
    wanted = {name: values[name] for name in WRITTEN if name in values}
    check_version(fresh, version, wanted)
    changed = apply(fresh, wanted, WRITTEN)
    if fresh.ends_on < fresh.begins_on:
        raise Rejected(_("마감일은 시작일보다 빠를 수 없습니다."), field="ends_on")
    if "begins_on" in changed and fresh.state == CampaignState.OPEN:
        raise Rejected(_("이미 시작한 지식등록의 날의 시작일은 바꿀 수 없습니다."), field="begins_on")
    if "ends_on" in changed and fresh.ends_on < today():
        raise Rejected(_("마감일은 오늘이나 그 뒤의 날로 정해 주세요."), field="ends_on")
    if changed:
        fresh.version += 1
        fresh.save()
        record(fresh, "edit", actor=actor, principal=principal)
    return fresh


@transaction.atomic
def withdraw(campaign: Campaign, *, reason: str, version: int | None = None, actor: Any) -> Campaign:
    """Locks: the campaign. Raises: Outdated, Rejected without a reason."""
    fresh = locked(campaign, version)
    perform(fresh, "withdraw", actor=actor, reason=reason)
    return fresh
