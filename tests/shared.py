"""What all tests of a module share: rows made once, the day on which they play."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from core.now import pretend


def lived_on(day: dt.date) -> Any:
    """A fixture of the module: each of its tests plays on this day."""

    @pytest.fixture(autouse=True)
    def today() -> Iterator[None]:
        with pretend(day):
            yield

    return today


def caches_last(patch: pytest.MonkeyPatch) -> None:
    """The process-wide caches do not run out, or a slow machine would ask more questions than a quick one."""
    patch.setattr("policies.registry.CACHE_SECONDS", 3600)
    patch.setattr("organization.office.CACHE_SECONDS", 3600)


@contextmanager
def rows_of_a_module(blocker: Any) -> Iterator[None]:
    """Rows made inside stay until the end, `blocker` being pytest-django's; who changes them takes that back. The
    connection is closed as after any other test: with a browser's event loop in this thread it is one of its own, and
    would keep the database from being removed."""
    with blocker.unblock():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        connection.close()
