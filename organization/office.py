"""The office as it stands in the database, read anew every few seconds: every page names it."""

import time

from django.conf import settings
from django.urls import reverse

from core.attachments import files_of
from core.office import Office as Named
from organization.models import Office

CACHE_SECONDS = 5  # how long another process may go on with the old name
_cache: tuple[float, Named] | None = None


def current() -> Named:
    global _cache
    if _cache is None or time.monotonic() - _cache[0] > CACHE_SECONDS:
        _cache = (time.monotonic(), _read())
    return _cache[1]


def current_is_unnamed() -> None:
    """As if it had been asked and nobody has set it up; for tests, whose questions are counted."""
    global _cache
    _cache = (time.monotonic(), Named(settings.OFFICE_NAME))


def forget() -> None:
    global _cache
    _cache = None


def _read() -> Named:
    row = Office.objects.first()
    if row is None:
        return Named(settings.OFFICE_NAME)
    logo = files_of(row).first()
    return Named(
        row.name,
        row.address,
        f"{reverse('office_logo')}?v={logo.pk}" if logo else "",
        None if row.ended_at else row.begun_on,
        row.begun_on,
    )
