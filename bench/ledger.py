"""The ledger of points: statement, balance, ranking, posting by two writers, granting to all. One JSON object a line.

"raw" is the same done by the database's driver and nothing else: for posting an INSERT of a line like ours and an
UPDATE of the balance in one transaction, with as many writers.
"""

import json
import os
import statistics
import struct
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402  after the settings
from django.db import connection, transaction  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402

from bench.pages import timed  # noqa: E402
from core.now import today  # noqa: E402
from core.periods import PeriodKind, containing  # noqa: E402
from mileage import catalogue as earn  # noqa: E402
from mileage.models import Account, Entry, Total  # noqa: E402
from mileage.services.awards import Award, award  # noqa: E402
from organization.models import User  # noqa: E402

WRITERS, SECONDS, ROUNDS = 2, 8.0, 60
SCHEME = "knowledge"


def main() -> None:
    busiest = Account.objects.annotate(n=Count("lines")).order_by("-n")[0]
    period = containing(today(), PeriodKind.QUARTER).previous().key
    client = Client()
    client.force_login(busiest.user, backend="organization.backends.Backend")
    balance = "SELECT balance FROM mileage_account WHERE user_id = %s AND scheme = %s"
    top = "SELECT account_id, amount FROM mileage_total WHERE scheme = %s AND period = %s ORDER BY amount DESC LIMIT 3"
    reads: list[tuple[str, Callable[[], Any], Callable[[], Any]]] = [
        (
            "statement page of the longest account",
            lambda: client.get(f"/mileage/?scheme={busiest.scheme}"),
            lambda: raw(
                "SELECT * FROM mileage_entry WHERE account_id = %s ORDER BY sequence DESC LIMIT 50",
                busiest.pk,
            ),
        ),
        (
            "balance",
            lambda: Account.objects.values_list("balance", flat=True).get(
                user=busiest.user_id, scheme=SCHEME
            ),
            lambda: raw(balance, busiest.user_id, SCHEME),
        ),
        (
            "ranking of a quarter, first three",
            lambda: list(
                Total.objects.filter(scheme=SCHEME, period=period)
                .order_by("-amount")
                .values_list("account", "amount")[:3]
            ),
            lambda: raw(top, SCHEME, period),
        ),
    ]
    for what, ours, bare in reads:
        ours(), bare()
        say(what, median(ours), median(bare), "ms")
    post()
    grant()


def raw(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def median(act: Callable[[], Any]) -> float:
    return statistics.median(timed(act) for _n in range(ROUNDS))


def say(what: str, ours: float, bare: float, unit: str) -> None:
    print(
        json.dumps({"what": what, "ours": ours, "bare": bare, "unit": unit, "entries": _entries}), flush=True
    )


def writers(write: Callable[[int, int], None]) -> float:
    """How often a second `write(writer, n)` is done by all writers together."""
    connection.close()
    pipes = []
    for number in range(WRITERS):
        reader, writer = os.pipe()
        if os.fork() == 0:
            n, end = 0, time.perf_counter() + SECONDS
            while time.perf_counter() < end:
                write(number, n)
                n += 1
            os.write(writer, struct.pack("I", n))
            os._exit(0)
        os.close(writer)
        pipes.append(reader)
    counts = [struct.unpack("I", os.read(reader, 4))[0] for reader in pipes]
    for _number in range(WRITERS):
        os.wait()
    return sum(counts) / SECONDS


def post() -> None:
    people = list(User.objects.filter(is_active=True).exclude(department=None)[: 200 * WRITERS])
    stamp = time.time_ns()
    kind = ContentType.objects.get_for_model(User).pk

    def ours(writer: int, n: int) -> None:
        who = people[writer * 200 + n % 200]
        award([Award(earn.FINDING, who, f"bench:{stamp}:{writer}:{n}", today(), "성능")], actor=None)

    speed = writers(ours)
    accounts = list(
        Account.objects.filter(scheme="creativity")
        .order_by("pk")
        .values_list("pk", flat=True)[: 200 * WRITERS]
    )
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_line AS SELECT * FROM mileage_entry WHERE 1 = 0")
        cursor.execute("CREATE INDEX bench_line_account ON bench_line (account_id, day)")
    columns = (
        "id, account_id, sequence, day, amount, balance, reason, recorded_at, seal, rule, event, turn, asked,"
        " title, source_type_id, source_id"
    )
    insert = f"INSERT INTO bench_line ({columns}) VALUES ({', '.join(['%s'] * 16)})"  # noqa: S608  no user text

    def bare(writer: int, n: int) -> None:
        account = accounts[writer * 200 + n % 200]
        row = [
            n,
            account,
            n,
            date(2026, 11, 20),
            200,
            200,
            "",
            "2026-11-20",
            "0" * 64,
            "finding",
            f"b:{n}",
            1,
            200,
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert, [*row, "성능", kind, n])
            cursor.execute("UPDATE mileage_account SET balance = balance WHERE id = %s", [account])

    bare_speed = writers(bare)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_line")
    say(f"posting, {WRITERS} writers", speed, bare_speed, "a second")


def grant() -> None:
    people = list(User.objects.filter(is_active=True).exclude(department=None)[:1500])
    stamp = time.time_ns()

    def awards(event: str) -> list[Award]:
        return [Award(earn.VISITING, who, event, today(), "모두") for who in people]

    together = timed(lambda: award(awards(f"bench:all:{stamp}"), actor=None))
    singly = awards(f"bench:each:{stamp}")[:150]
    alone = sum(timed(lambda one=one: award([one], actor=None)) for one in singly) / len(singly) * len(people)
    say(f"granting to {len(people):,} at once, against one by one", together, alone, "ms")


_entries = Entry.objects.count()

if __name__ == "__main__":
    sys.exit(main())
