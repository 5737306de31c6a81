"""How often a second two writers can post, ours beside the least a database must do for it.

That least is a transaction with an INSERT of a line like ours and an UPDATE of a balance: sent by the driver in Python,
and on PostgreSQL by pgbench too, which costs no Python at all.
"""

import os
import re
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from core.actors import SYSTEM
from core.now import today
from mileage import catalogue as earn
from mileage.models import Account
from mileage.services.awards import Award, award
from organization.models import User
from tests.services import postgres_binaries

WRITERS, SECONDS, PEOPLE = 2, 8, 200  # people: of each writer, so that none waits for the other's account
LINE = {
    "sequence": 1, "day": date(2026, 11, 20), "amount": 200, "balance": 200, "reason": "", "rule": "finding",
    "recorded_at": "2026-11-20 09:00:00+09:00", "seal": "0" * 64, "event": "b:1", "turn": 1, "asked": 200,
    "title": "성능",
}  # fmt: skip
CLIENT = """\\set account random(1, {last})
BEGIN;
INSERT INTO bench_line (account_id, {columns}) VALUES (:account, {values});
UPDATE mileage_account SET balance = balance WHERE id = :account;
COMMIT;
"""


def ours() -> float:
    people = list(User.objects.filter(is_active=True).exclude(department=None)[: PEOPLE * WRITERS])
    stamp = time.time_ns()

    def write(writer: int, n: int) -> None:
        who = people[writer * PEOPLE + n % PEOPLE]
        award([Award(earn.FINDING, who, f"bench:{stamp}:{writer}:{n}", today(), "성능")], actor=SYSTEM)

    return _by_all(write)


def driver() -> float:
    accounts = list(Account.objects.order_by("pk").values_list("pk", flat=True)[: PEOPLE * WRITERS])
    insert = _insertion(", ".join(["%s"] * (len(LINE) + 1)))

    def write(writer: int, n: int) -> None:
        account = accounts[writer * PEOPLE + n % PEOPLE]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert, [account, *LINE.values()])
            cursor.execute("UPDATE mileage_account SET balance = balance WHERE id = %s", [account])

    with_lines()
    return _by_all(write)


def pgbench() -> float | None:
    """None where there is none."""
    program = postgres_binaries() / "pgbench"
    if connection.vendor != "postgresql" or not program.exists():
        return None
    with_lines()
    with connection.cursor() as cursor:
        values = cursor.mogrify(", ".join(["%s"] * len(LINE)), list(LINE.values())).decode()
    last = Account.objects.order_by("-pk").values_list("pk", flat=True)[0]
    script = CLIENT.format(last=last, columns=", ".join(LINE), values=values)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "post.sql"
        place.write_text(script)
        command = [program, "--no-vacuum", f"--client={WRITERS}", f"--jobs={WRITERS}", f"--time={SECONDS}"]
        database = settings.DATABASES["default"]
        address = ["-h", database["HOST"], "-p", database["PORT"], "-U", database["USER"], database["NAME"]]
        done = subprocess.run(
            [str(part) for part in [*command, f"--file={place}", *address]],
            check=True,
            capture_output=True,
            text=True,
        )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found, done.stdout
    return float(found[1])


def with_lines() -> None:
    """A table of lines like ours, with the one index that any ledger needs."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_line")
        cursor.execute("CREATE TABLE bench_line AS SELECT * FROM mileage_entry WHERE 1 = 0")
        cursor.execute("CREATE INDEX bench_line_account ON bench_line (account_id, day)")


def _insertion(places: str) -> str:
    return f"INSERT INTO bench_line (account_id, {', '.join(LINE)}) VALUES ({places})"  # noqa: S608  no user text


def _by_all(write: Callable[[int, int], None]) -> float:
    """How often a second `write(writer, n)` is done by all writers together, each a process."""
    connection.close()
    pipes = []
    for number in range(WRITERS):
        reader, writer = os.pipe()
        if os.fork() == 0:
            try:
                os.write(writer, struct.pack("I", _by_one(number, write)))
            finally:  # never into the parent's lines; a writer that failed has written nothing, which ends the parent
                os._exit(0)
        os.close(writer)
        pipes.append(reader)
    counts = [struct.unpack("I", os.read(reader, 4))[0] for reader in pipes]
    for _number in range(WRITERS):
        os.wait()
    return sum(counts) / SECONDS


def _by_one(number: int, write: Callable[[int, int], None]) -> int:
    n, end = 0, time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        write(number, n)
        n += 1
    return n
