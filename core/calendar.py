"""The calendar of this installation: the statutory holidays and those that somebody declared (O7)."""

import threading
from datetime import date

from django.utils.translation import get_language

from basis.clock.calendar import Calendar, KoreanCalendar
from core.models import Holiday

_read = threading.local()  # by each thread for itself: what one is just declaring, another does not see yet


def system_calendar() -> Calendar:
    """In the language of the screen.

    The table is read once per request or background task: `CoreConfig.ready` has it forgotten at the start
    of each, so a holiday declared in another process is known. Who changes it calls `clear_calendar_cache`.
    """
    declared: dict[date, str] | None = getattr(_read, "declared", None)
    if declared is None:
        declared = _read.declared = Holiday.objects.counted()
    return KoreanCalendar(declared, "en_US" if (get_language() or "").startswith("en") else "ko")


def clear_calendar_cache(**_signal: object) -> None:
    """Forget the declared holidays. Also a receiver of signals."""
    _read.declared = None
