"""Several people at once: real threads, each on a database connection of its own. Tests need `transactional_db`."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import QuerySet

T = TypeVar("T")


def _closing(work: Callable[[], T]) -> T:
    try:
        return work()
    finally:
        connection.close()


def at_once(*works: Callable[[], T]) -> list[T]:
    """What the works give, begun together; the first error is raised."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        start.wait(10)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(60) for future in [pool.submit(_closing, lambda w=w: run(w)) for w in works]]


@contextmanager
def in_hand(rows: QuerySet, work: Callable[[], object]) -> Iterator[bool]:
    """Whether `work` waits while somebody else has these rows in hand: they are held until the end, when it goes on.
    PostgreSQL. Held as if to be changed but for their keys: rows that refer to them may be written meanwhile."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert list(rows.select_for_update(of=("self",), no_key=True))
            doing = pool.submit(_closing, work)
            while not (doing.done() or _somebody_waits()):
                time.sleep(0.01)
            yield not doing.done()
        doing.result(60)


def wait_until_somebody_waits() -> None:
    for _turn in range(500):
        if _somebody_waits():
            return
        time.sleep(0.02)
    raise AssertionError("nobody waited for the lock")


def _somebody_waits() -> bool:
    """In this database: other test processes have theirs on the same server."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks waiting JOIN pg_locks other USING (pid) JOIN pg_database ON"
            " oid = other.database WHERE NOT waiting.granted AND datname = current_database())"
        )
        return bool(cursor.fetchone()[0])
