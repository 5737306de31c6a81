"""The ledger of points: statement, balance, ranking, posting by two writers, granting to all. One JSON object a line.

Reads are compared with the same rows asked for by the database's driver and nothing else. All but the grants are
measured again when the table has grown to about the number of entries given as the argument.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection
from django.db.models import Count
from django.test import Client

from basis.periods import PeriodKind, containing
from bench import posting
from bench.pages import timed
from core.actors import SYSTEM
from core.now import today
from mileage import catalogue as earn
from mileage.models import Account, Entry, Total
from mileage.services.awards import Award, award
from organization.models import User

ROUNDS = 60
SCHEME = "knowledge"
ONE_BY_ONE = 300  # of the grants, to reckon what all would take
TOP = "SELECT account_id, amount FROM mileage_total WHERE scheme = %s AND period = %s ORDER BY amount DESC LIMIT 3"
BALANCE = "SELECT balance FROM mileage_account WHERE user_id = %s AND scheme = %s"
LINES = "SELECT * FROM mileage_entry WHERE account_id = %s ORDER BY sequence DESC LIMIT 50"
# Copies for reading alone: their seals do not hold.
COPIES = """
WITH RECURSIVE copy (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < %s)
INSERT INTO mileage_entry ({columns}, sequence, event)
SELECT {columns}, sequence + n * (SELECT length FROM mileage_account WHERE id = account_id), event || '+' || n
FROM mileage_entry CROSS JOIN copy WHERE reverses_id IS NULL
"""
LENGTHS = """
UPDATE mileage_account SET length = coalesce(
    (SELECT max(sequence) FROM mileage_entry WHERE account_id = mileage_account.id), 0)
"""


def main() -> None:
    read()
    post()
    grant()
    if (copies := int(sys.argv[1]) // Entry.objects.count() - 1) > 0:
        grow(copies)
        read()
        post()


def read() -> None:
    busiest = Account.objects.annotate(n=Count("lines")).order_by("-n")[0]
    period = containing(today(), PeriodKind.QUARTER).previous().key
    balances = Account.objects.values_list("balance", flat=True)
    highest = Total.objects.filter(scheme=SCHEME, period=period).order_by("-amount")
    client = Client()
    client.force_login(busiest.user, backend="organization.backends.Backend")
    reads: list[tuple[str, Callable[[], Any], Callable[[], Any]]] = [
        (
            "statement page of the longest account",
            lambda: client.get(f"/mileage/?scheme={busiest.scheme}"),
            lambda: raw(LINES, busiest.pk),
        ),
        (
            "balance",
            lambda: balances.get(user=busiest.user_id, scheme=SCHEME),
            lambda: raw(BALANCE, busiest.user_id, SCHEME),
        ),
        (
            "ranking of a quarter, first three",
            lambda: list(highest.values_list("account", "amount")[:3]),
            lambda: raw(TOP, SCHEME, period),
        ),
    ]
    entries = Entry.objects.count()
    for what, ours, bare in reads:
        ours(), bare()
        say(what, median(ours), median(bare), "ms", entries)


def post() -> None:
    entries, speed = Entry.objects.count(), posting.ours()
    say(
        f"posting, {posting.WRITERS} writers, beside the driver's",
        speed,
        posting.driver(),
        "a second",
        entries,
    )
    if beside := posting.pgbench():
        say(f"posting, {posting.WRITERS} writers, beside pgbench's", speed, beside, "a second", entries)


def grant() -> None:
    people = list(User.objects.filter(is_active=True).exclude(department=None)[:1500])
    entries, stamp = Entry.objects.count(), time.time_ns()

    def awards(event: str) -> list[Award]:
        return [Award(earn.VISITING, who, event, today(), "모두") for who in people]

    together = min(timed(lambda n=n: award(awards(f"bench:all:{stamp}:{n}"), actor=SYSTEM)) for n in range(3))
    singly = awards(f"bench:each:{stamp}")[:ONE_BY_ONE]
    alone = (
        sum(timed(lambda one=one: award([one], actor=SYSTEM)) for one in singly) / len(singly) * len(people)
    )
    say(f"granting to {len(people):,} at once, beside one by one", together, alone, "ms", entries)


def grow(copies: int) -> None:
    """So many copies of every line behind those that are there."""
    own = {"id", "sequence", "event"}
    columns = ", ".join(f.column for f in Entry._meta.concrete_fields if f.column not in own)
    with connection.cursor() as cursor:
        cursor.execute(COPIES.format(columns=columns), [copies])
        cursor.execute(LENGTHS)
        cursor.execute("ANALYZE")


def raw(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def median(act: Callable[[], Any]) -> float:
    return statistics.median(timed(act) for _n in range(ROUNDS))


def say(what: str, ours: float, bare: float, unit: str, entries: int) -> None:
    row = {"what": what, "ours": ours, "bare": bare, "unit": unit, "entries": entries}
    print(json.dumps(row), flush=True)


if __name__ == "__main__":
    sys.exit(main())
