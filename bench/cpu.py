"""How the CPU of pages is measured, ours and another system's alike: in process, in turns, without the waiting."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import connection

Ask = Callable[[], Any]
WARM_UP = 5


def measured(pages: Mapping[str, Ask], rounds: int) -> Iterator[dict[str, Any]]:
    """The median milliseconds of CPU of this process for each page, the median it took, and its queries.

    One request of each in turn, so that all meet the same machine; what is loaded is frozen, as in production.
    """
    queries = {}
    for name, ask in pages.items():
        for _n in range(WARM_UP):
            ask()
        queries[name] = counted(ask)
    gc.collect()
    gc.freeze()
    spent: dict[str, list[float]] = {name: [] for name in pages}
    took: dict[str, list[float]] = {name: [] for name in pages}
    for _n in range(rounds):
        for name, ask in pages.items():
            begun, started = time.process_time(), time.perf_counter()
            ask()
            spent[name].append((time.process_time() - begun) * 1000)
            took[name].append((time.perf_counter() - started) * 1000)
    for name in pages:
        cpu, wall = statistics.median(spent[name]), statistics.median(took[name])
        yield {"page": name, "cpu": cpu, "wall": wall, "queries": queries[name]}


def counted(ask: Ask) -> int:
    """How many statements a request sends, those that only mark a transaction left out."""
    found = 0

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal found
        found += not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN"))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        ask()
    return found
