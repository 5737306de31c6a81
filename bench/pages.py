"""The pages, in process: each request against its own SQL run bare. Prints one JSON object a page."""

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import django

django.setup()

from django.core.cache import cache
from django.db import connection
from django.test import Client

from benchmarking.models import Case
from organization.models import User

Query = tuple[str, Any]
WARM_UP = 5
OWN = {
    "django_session",
    "organization_user",
    "organization_roleassignment",
    "organization_absence",
}  # of any page


@dataclass(frozen=True)
class Page:
    """`cold`: without what it keeps in the cache. `table`: whose queries are the page's own rows."""

    name: str
    path: str
    table: str
    cold: bool = False
    anonymous: bool = False
    headers: dict[str, str] | None = None


def pages() -> list[Page]:
    last = -(-Case.objects.count() // 50)
    newest = Case.objects.filter(state="decided").order_by("-pk").values_list("pk", flat=True)[0]
    cases, table = "/benchmarking/", "benchmarking_case"
    return [
        Page("empty page (log-in)", "/login/", "-", anonymous=True),
        Page("list, first page", cases, table),
        Page("list, rows alone (htmx)", cases, table, headers={"HX-Request": "true", "HX-Target": "list"}),
        Page("list, middle page", f"{cases}?page={last // 2}", table),
        Page("list, last page", f"{cases}?page={last}", table),
        Page("list, state and field", f"{cases}?state=decided&state=implemented&field=welfare", table),
        Page("list, text", f"{cases}?q=%EC%8A%A4%EB%A7%88%ED%8A%B8", table),
        Page(
            "list, text, state, field",
            f"{cases}?q=%EC%A3%BC%EC%B0%A8&state=decided&field=construction",
            table,
        ),
        Page("list, by title", f"{cases}?sort=title", table),
        Page("reviews, first page", "/benchmarking/reviews/", "benchmarking_review"),
        Page("detail", f"{cases}{newest}/", "benchmarking_"),
        Page("dashboard", "/dashboard/", "benchmarking_"),
        Page("dashboard, nothing cached", "/dashboard/", "benchmarking_", cold=True),
        Page("statistics", "/statistics/", "benchmarking_"),
        Page("home", "/", "benchmarking_"),
    ]


def captured(act: Callable[[], Any]) -> list[Query]:
    """The queries that `act` sends."""
    found: list[Query] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return found


def bare(queries: Sequence[Query]) -> None:
    with connection.cursor() as cursor:
        for sql, params in queries:
            cursor.execute(sql, params)
            cursor.fetchall()


def timed(act: Callable[[], Any]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def measure(page: Page, client: Client, requests: int) -> dict[str, Any]:
    def ask() -> None:
        response = client.get(page.path, headers=page.headers)
        assert response.status_code == 200, f"{page.path}: {response.status_code}"

    def forget() -> None:
        if page.cold:
            cache.clear()

    for _n in range(WARM_UP):
        forget()
        ask()
    forget()
    queries = captured(ask)
    reading = [query for query in queries if query[0].startswith("SELECT") or query[0].startswith("(SELECT")]
    own = [query for query in reading if page.table in query[0]]
    whole, raw = [], []
    for _n in range(requests):  # in turns, so that both meet the same machine
        forget()
        whole.append(timed(ask))
        raw.append(timed(lambda: bare(own)))
    return {
        "page": page.name,
        "median": statistics.median(whole),
        "p99": statistics.quantiles(whole, n=100)[98],
        "queries": len([query for query in queries if not query[0].startswith(("SAVEPOINT", "RELEASE"))]),
        "raw": statistics.median(raw),
    }


def main() -> None:
    planner = User.objects.get(employee_number="100016")
    signed_in, anonymous = Client(), Client()
    signed_in.force_login(planner, backend="organization.backends.Backend")
    gc.freeze()
    for page in pages():
        client = anonymous if page.anonymous else signed_in
        print(json.dumps(measure(page, client, int(sys.argv[1]))), flush=True)


if __name__ == "__main__":
    main()
