"""What is kept of a leak after it was closed: the case, not whom it concerned (D3, D7)."""

from datetime import date

from core.once import not_yet_done
from leaks.models import Leak
from leaks.policies import KEPT
from letters.services.writing import forget


def forget_past(day: date) -> int:
    """Once a month: the letters about leaks that were closed longer ago than the policy says are nobody's any more;
    the list of people goes by its term (core.retention). The caller holds the duty's lock."""
    month = day.replace(day=1)
    if not not_yet_done([f"leaks:{month}"]):
        return 0
    before = month.replace(year=month.year - KEPT.on(day))
    return sum(forget(leak) for leak in Leak.objects.filter(closed_at__date__lt=before).order_by("pk"))
