"""What is made once for all tests of a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


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
