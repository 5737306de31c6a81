"""A ledger nobody can change unseen (M3, M6, D5): refusals of the database, seals, the command."""

import contextlib
import datetime as dt
import random
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection, transaction

from core.actors import SYSTEM
from core.ledger.protection import MESSAGE, is_protected, protect, unprotect
from core.ledger.seal import seal
from core.ledger.verify import LEDGERS, verify_all
from mileage import catalogue as earn
from mileage.models import Account, Entry, Total
from mileage.services.awards import Award, award, reverse
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 11, 20)
LABEL = Entry._meta.label


@pytest.fixture
def entries() -> list[Entry]:
    """Accounts of six people with reversals and capped lines among them."""
    people = make.UserFactory.create_batch(6)
    chance = random.Random(3)
    many = [
        Award(
            chance.choice([earn.FINDING, earn.OPINION, earn.VIEWING, earn.VISIT_HOURS]),
            chance.choice(people),
            f"event:{n}",
            DAY - dt.timedelta(days=chance.randrange(200)),
            f"사례 {n}",
        )
        for n in range(120)
    ]
    made = award(many, actor=people[0])
    reverse(chance.sample(made, 12), reason="잘못 등록", actor=people[1])
    return list(Entry.objects.order_by("pk"))


@pytest.fixture
def owner() -> Iterator[None]:
    """What the tables' owner can do, with the refusal switched off."""
    unprotect(Entry)
    yield
    protect(Entry)


@contextlib.contextmanager
def refused() -> Iterator[None]:
    with pytest.raises((IntegrityError, OperationalError), match=MESSAGE), transaction.atomic():
        yield


def named() -> set[int | None]:
    return {fault.entry for fault in verify_all() if fault.ledger == LABEL}


@pytest.mark.parametrize(
    "statement", ["UPDATE mileage_entry SET amount = 900 WHERE sequence = 1", "DELETE FROM mileage_entry"]
)
def test_m3_the_database_refuses_to_change_or_delete_entries(entries: list[Entry], statement: str) -> None:
    with refused(), connection.cursor() as cursor:
        cursor.execute(statement)
    entries[0].reason = "고침"
    with refused():
        entries[0].save()
    assert Entry.objects.count() == len(entries)


@pytest.mark.postgres
def test_m3_psql_as_the_applications_role_can_neither_update_delete_nor_truncate(
    transactional_db: None,
) -> None:
    (entry,) = award([Award(earn.FINDING, make.UserFactory(), "e:1", DAY, "사례")], actor=SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS changui_app")
        cursor.execute("CREATE ROLE changui_app LOGIN")
        cursor.execute(
            "GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public TO changui_app"
        )
    database = connection.settings_dict
    address = [
        f"--host={database['HOST']}",
        f"--port={database['PORT']}",
        "--username=changui_app",
        "--no-psqlrc",
    ]
    try:
        for statement in (
            "UPDATE mileage_entry SET amount = 900",
            "DELETE FROM mileage_entry",
            "TRUNCATE mileage_entry CASCADE",
            "ALTER TABLE mileage_entry DISABLE TRIGGER ALL",
            "DROP TRIGGER mileage_entry_no_update ON mileage_entry",
        ):
            done = subprocess.run(
                ["psql", *address, "--dbname", database["NAME"], "--command", statement],
                capture_output=True,
                text=True,
            )
            assert done.returncode != 0, statement
            assert MESSAGE in done.stderr or "must be owner" in done.stderr, done.stderr
        assert Entry.objects.get() == entry
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP OWNED BY changui_app")
            cursor.execute("DROP ROLE changui_app")


def test_m6_a_clean_ledger_passes_and_the_command_says_so(entries: list[Entry], capsys: Any) -> None:
    call_command("verify_ledger")
    assert f"기록 {len(entries):,}건을 확인했습니다." in capsys.readouterr().out


FIELDS: dict[str, Any] = {
    "amount": lambda value, chance: value + chance.choice([-50, 50, 100]),
    "balance": lambda value, chance: value + chance.choice([-100, 100]),
    "asked": lambda value, chance: value + 50,
    "day": lambda value, chance: value + dt.timedelta(days=chance.choice([-400, -1, 1])),
    "recorded_at": lambda value, chance: value + dt.timedelta(microseconds=chance.choice([-1, 10**6])),
    "rule": lambda value, chance: "opinion" if value == "viewing" else "viewing",
    "event": lambda value, chance: value + "x",
    "title": lambda value, chance: value[:-1],
    "reason": lambda value, chance: value + " ",
    "turn": lambda value, chance: value + 1,
    "sequence": lambda value, chance: value + 1000,
    "actor_id": lambda value, chance: None,
    "department_id": lambda value, chance: None,
    "seal": lambda value, chance: ("0" if value[0] != "0" else "1") + value[1:],
}


@pytest.mark.slow
def test_m6_each_of_a_thousand_alterations_behind_the_refusal_is_named(
    entries: list[Entry], owner: None
) -> None:
    """One line of each account at a time: what is named of an account is named for its own alteration."""
    chance = random.Random(20261121)
    by_account: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_account[entry.account_id].append(entry)
    made, missed = 0, []
    while made < 1000:
        with transaction.atomic():
            altered = [_alter(chance.choice(lines), chance) for lines in by_account.values()]
            found = named()
            missed += [change for change in altered if change and change[0] not in found]
            made += len([change for change in altered if change])
            transaction.set_rollback(True)
    assert missed == []


def _alter(entry: Entry, chance: random.Random) -> tuple[int, str] | None:
    """Which line in which column; None if chance left it as it was."""
    column = chance.choice(sorted(FIELDS))
    before = getattr(entry, column)
    after = FIELDS[column](before, chance)
    if after == before:
        return None
    Entry.objects.filter(pk=entry.pk).update(**{column: after})
    return entry.pk, column


def test_m6_a_line_taken_out_or_put_in_is_found(entries: list[Entry], owner: None) -> None:
    for entry in list(Entry.objects.filter(reversal=None))[::7]:
        with transaction.atomic():
            Entry.objects.filter(pk=entry.pk).delete()
            assert named() - {None} or Account.objects.get(pk=entry.account_id).length == entry.sequence
            assert len([f for f in verify_all() if f.ledger == LABEL]) > 1
            transaction.set_rollback(True)
    copied = entries[5]
    copied.pk, copied.sequence, copied.event = None, copied.account.length + 1, "put in"
    copied.save(force_insert=True)
    assert copied.pk in named()


def test_m6_a_balance_that_was_wrong_when_it_was_sealed_is_found(entries: list[Entry], owner: None) -> None:
    """What holds the key has reckoned wrongly: the seals are right, the sums are not."""
    account = Account.objects.filter(length__gt=3).order_by("pk")[0]
    lines = list(account.lines.order_by("sequence"))
    before = lines[0].seal
    for line in lines[1:]:
        line.balance += 100
        line.seal = before = seal(line, before)
        Entry.objects.filter(pk=line.pk).update(balance=line.balance, seal=line.seal)
    Account.objects.filter(pk=account.pk).update(balance=lines[-1].balance, seal=before)
    assert named() - {None} == {lines[1].pk}


def test_m6_a_balance_or_total_changed_by_hand_is_found_and_made_again(entries: list[Entry]) -> None:
    account = Account.objects.exclude(balance=0).order_by("pk")[0]
    true = account.balance
    Account.objects.filter(pk=account.pk).update(balance=true + 100)
    Total.objects.filter(account=account, period="2026").update(amount=1)
    assert len([fault for fault in verify_all() if fault.ledger == LABEL]) == 2
    with pytest.raises(CommandError, match="맞지 않는 것이 2건"):
        call_command("verify_ledger")
    call_command("verify_ledger", "--rebuild")
    account.refresh_from_db()
    assert account.balance == true
    assert list(verify_all()) == []


def test_m6_a_refusal_switched_off_is_found(entries: list[Entry], owner: None) -> None:
    assert None in named()
    protect(Entry)
    assert all(is_protected(ledger.entries) for ledger in LEDGERS)
    assert named() == set()
