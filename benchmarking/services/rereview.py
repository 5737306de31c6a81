"""The half-yearly call for re-review (B6)."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from benchmarking.enums import CaseState, Decision, Origin
from benchmarking.models import Case
from benchmarking.policies import REREVIEW_MONTHS
from core.once import not_yet_done
from notifications.services import notify
from organization.enums import Role
from organization.selectors import holders_of


def call_for_rereview(day: date) -> int:
    """From each month of re-review on, planning is told once how many cases wait for it (B6)."""
    months = REREVIEW_MONTHS.on(day)
    begins = [date(year, month, 1) for year in (day.year - 1, day.year) for month in months]
    begin = max(first for first in begins if first <= day)
    count = Case.objects.filter(
        state=CaseState.DECIDED, outcome=Decision.LONG_TERM, origin=Origin.HERE, decided_on__lt=begin
    ).count()
    if not count or not not_yet_done([f"rereview:{begin}"]):
        return 0
    notify(
        "benchmarking.rereview",
        holders_of(Role.PLANNING),
        title=_("장기검토 사례 %(count)d건을 다시 검토할 때입니다") % {"count": count},
        url=reverse("benchmarking:rereview"),
        key=f"rereview:{begin}",
    )
    return 1
