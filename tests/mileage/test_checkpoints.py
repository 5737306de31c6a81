"""Lines taken off the end of an account, which no chain tells of: what the schedule saw names them (M3, M6)."""

import contextlib
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Sum

from core import duties
from core.actors import SYSTEM
from core.ledger import checkpoints
from core.ledger.protection import protect, unprotect
from core.ledger.seal import seal
from core.ledger.verify import Fault, rebuild, take_checkpoint, verify_all
from core.models import LedgerCheckpoint
from mileage import catalogue as earn
from mileage.models import Account, Entry
from mileage.services import totals
from mileage.services.awards import Award, award
from organization.models import User
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 11, 20)


def give(user: User, *events: str) -> Account:
    award([Award(earn.FINDING, user, event, DAY, "사례") for event in events], actor=SYSTEM)
    return Account.objects.get(user=user)


@contextlib.contextmanager
def owner(*models: Any) -> Iterator[None]:
    """What the tables' owner can do, with the refusal switched off for a while."""
    for model in models:
        unprotect(model)
    yield
    for model in models:
        protect(model)


def cut(account: Account, length: int) -> None:
    """Take off all lines after the first `length`, and set back whatever tells of them."""
    with owner(Entry):
        account.lines.filter(sequence__gt=length).delete()
    last = account.lines.order_by("-sequence").first()
    account.length, account.seal = length, last.seal if last else ""
    account.balance = account.lines.aggregate(sum=Sum("amount"))["sum"] or 0
    account.save()
    totals.repair()


def faults() -> list[Fault]:
    return list(verify_all())


def test_m6_lines_taken_off_the_end_are_missed_once_the_schedule_has_seen_them() -> None:
    account, other = give(make.UserFactory(), "a", "b", "c"), give(make.UserFactory(), "a")
    with transaction.atomic():
        cut(account, 2)
        assert faults() == []  # between two checkpoints nobody knows
        transaction.set_rollback(True)
    duties.run_due()
    cut(account, 2)
    (fault,) = faults()
    assert (fault.ledger, fault.account, fault.entry) == ("mileage.Entry", account, None)
    assert fault.text == "지난 점검 때 3번까지 있던 기록이 지금은 2번까지만 있습니다."
    assert take_checkpoint() == 0
    assert rebuild() == 0
    assert faults() == [fault]  # neither the schedule nor a rebuild makes it right
    cut(other, 0)
    assert [f.account for f in faults()] == [account, other]


def test_m6_an_account_that_was_removed_altogether_is_missed() -> None:
    account = give(make.UserFactory(), "a")
    take_checkpoint()
    cut(account, 0)
    account.totals.all().delete()
    account.delete()
    assert [fault.text for fault in faults()] == [
        "지난 점검 때 1번까지 있던 기록이 지금은 0번까지만 있습니다."
    ]


def test_m6_other_lines_in_the_place_of_those_taken_off_are_named() -> None:
    user = make.UserFactory()
    account = give(user, "a", "b", "c")
    take_checkpoint()
    cut(account, 2)
    give(user, "x", "y", "z")
    assert take_checkpoint() == 1  # it has grown
    (fault,) = faults()
    assert fault.entry == account.lines.get(sequence=3).pk
    assert fault.text == "지난 점검 때 있던 기록과 다른 기록입니다."


def test_m6_only_accounts_that_have_grown_are_written_down_with_as_many_questions(
    django_assert_num_queries: Any,
) -> None:
    users = [make.UserFactory() for _n in range(20)]
    for user in users:
        give(user, "a")
    with django_assert_num_queries(4):  # the last seal, each of the two ledgers, one insert
        assert take_checkpoint() == 20
    with django_assert_num_queries(3):
        assert take_checkpoint() == 0
    account = give(users[3], "b", "c")
    assert take_checkpoint() == 1
    row = LedgerCheckpoint.objects.latest("pk")
    assert (row.ledger, row.account, row.length, row.head) == ("mileage.Entry", account.pk, 3, account.seal)
    assert faults() == []


def test_m6_checkpoints_are_never_changed_and_a_change_behind_the_refusal_is_named() -> None:
    user = make.UserFactory()
    for event in "abc":
        give(user, event)
        take_checkpoint()
    first, second, third = LedgerCheckpoint.objects.all()
    for statement in ("UPDATE core_ledgercheckpoint SET length = 1", "DELETE FROM core_ledgercheckpoint"):
        with (
            pytest.raises((IntegrityError, OperationalError), match="checkpoints of a ledger"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with owner(LedgerCheckpoint):
        for change, named in (
            (lambda: LedgerCheckpoint.objects.filter(pk=second.pk).delete(), third),
            (lambda: LedgerCheckpoint.objects.filter(pk=second.pk).update(length=9), second),
            (lambda: LedgerCheckpoint.objects.filter(pk=first.pk).update(at=third.at), first),
        ):
            with transaction.atomic():
                change()
                told = [f.entry for f in faults() if f.ledger == "core.LedgerCheckpoint" and f.entry]
                assert told == [named.pk]
                transaction.set_rollback(True)
    assert faults() == []


def test_m6_whoever_removes_the_last_checkpoints_too_is_seen_only_from_outside() -> None:
    """The end of the checkpoints stands in the log and in what `verify_ledger` prints."""
    account = give(make.UserFactory(), "a", "b")
    take_checkpoint()
    kept = checkpoints.last_seal()
    give(account.user, "c")
    take_checkpoint()
    noted = checkpoints.last_seal()
    with owner(LedgerCheckpoint):
        LedgerCheckpoint.objects.filter(length=3).delete()
    account.refresh_from_db()
    cut(account, 2)
    out = io.StringIO()
    call_command("verify_ledger", stdout=out)
    assert f"마지막 점검점: {kept}" in out.getvalue()
    assert kept != noted


def test_m6_the_command_names_what_was_taken_off() -> None:
    account = give(make.UserFactory(), "a", "b")
    take_checkpoint()
    cut(account, 1)
    out = io.StringIO()
    with pytest.raises(CommandError, match="1건"):
        call_command("verify_ledger", stdout=out)
    assert f"mileage.Entry {account}: 지난 점검 때 2번까지 있던" in out.getvalue()


def test_m6_the_line_that_a_checkpoint_remembers_is_the_sealed_one() -> None:
    account = give(make.UserFactory(), "a")
    take_checkpoint()
    line = account.lines.get()
    with owner(Entry):  # with the key, a whole new chain of the same length
        Entry.objects.filter(pk=line.pk).update(amount=9_900, balance=9_900)
        line.refresh_from_db()
        Entry.objects.filter(pk=line.pk).update(seal=seal(line, ""))
    line.refresh_from_db()
    Account.objects.update(balance=9_900, seal=line.seal)
    totals.repair()
    assert [fault.text for fault in faults()] == ["지난 점검 때 있던 기록과 다른 기록입니다."]
