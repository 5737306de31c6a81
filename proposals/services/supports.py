"""Support (공감) from everybody: it sorts lists, and nothing else (P15)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from core import gate, tries
from core.limits import limit
from core.now import today
from proposals import notifications
from proposals.models import Proposal, Support
from proposals.policies import SUPPORT_NETWORK, SUPPORT_RISE

SALT = "proposals.support"


@transaction.atomic
def support(proposal: Proposal, *, browser: str, address: str | None, staff: Any = None) -> bool:
    """Count it unless this browser, this member of staff or, for today, this network has been counted; whether it was.

    Locks: the proposal, so that two at once are counted one after the other. Called by: everybody.
    """
    fresh = Proposal.objects.select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)
    day, marks = today(), Support.objects.filter(proposal=fresh)
    mark = Support(
        proposal=fresh,
        day=day,
        browser=mark_of(browser),
        staff=tries.digest(f"{SALT}.staff", str(staff.pk)) if staff else "",
        network=tries.digest(f"{SALT}.{day}", gate.network_of(address)) if not staff else "",
    )
    if marks.filter(browser=mark.browser).exists() or (staff and marks.filter(staff=mark.staff).exists()):
        return False
    most = limit("gate_known") if gate.is_known(address) else SUPPORT_NETWORK.on(day)
    if not staff and marks.filter(day=day, network=mark.network).count() >= most:
        return False
    mark.save()
    Proposal.objects.filter(pk=fresh.pk).update(supports=F("supports") + 1)
    if marks.filter(day=day).count() == SUPPORT_RISE.on(day):
        Proposal.objects.filter(pk=fresh.pk).update(rose_on=day)
        notifications.rose(fresh)
    return True


def mark_of(browser: str) -> str:
    return tries.digest(SALT, browser)


def forget_networks(day: date) -> int:
    """Marks of networks go when their day is over; how many.

    Called by: the schedule.
    """
    return Support.objects.filter(day__lt=day).exclude(network="").update(network="")
