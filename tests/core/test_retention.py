"""The three logs: only added to, in the database itself, and destroyed with a record once their term is over."""

import datetime as dt
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction

from core.actors import SYSTEM
from core.changes import note
from core.ledger.protection import is_protected
from core.ledger.verify import unprotected
from core.models import AccessLog, Destruction, TransitionLog
from core.now import now, pretend
from core.retention import destroy_past
from core.transition import record
from organization.models import RoleAssignment, User
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
LOGS = (AccessLog, TransitionLog, LogEntry)
DAY = dt.date(2026, 11, 3)


def look(at: dt.datetime) -> AccessLog:
    with pretend(at):
        return AccessLog.objects.create(action="view", subject_kind="staff", subject_label="직원")


def changed(row: Any, at: dt.datetime) -> LogEntry:
    note([row], {"name": ("가", "나")}, actor=SYSTEM)
    made = LogEntry.objects.latest("pk")
    return LogEntry.objects.create(
        content_type=made.content_type, object_pk=made.object_pk, object_repr="", action=1, timestamp=at
    )


def a_row(log: Any) -> Any:
    case = make.CaseFactory()
    record(case, "register", actor=SYSTEM)
    return {
        AccessLog: lambda: look(now()),
        TransitionLog: lambda: TransitionLog.objects.latest("pk"),
        LogEntry: lambda: changed(make.UserFactory(), now()),
    }[log]()


def refused(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("log", LOGS)
def test_d6_no_row_of_the_three_logs_is_changed_or_deleted(log: Any) -> None:
    row, table = a_row(log), log._meta.db_table
    refused(f"UPDATE {table} SET actor_id = NULL WHERE id = {row.pk}")  # noqa: S608
    refused(f"DELETE FROM {table}")  # noqa: S608
    if connection.vendor == "postgresql":
        connection.check_constraints()  # or what waits for the end of the transaction would refuse first
        refused(f"TRUNCATE {table} CASCADE")
    assert log.objects.filter(pk=row.pk).exists()
    assert is_protected(log)
    assert not list(unprotected())


def test_d3_d4_what_is_past_its_term_is_destroyed_once_a_month_and_recorded() -> None:
    zone = dt.UTC
    old, kept = (
        look(dt.datetime(2024, 10, 31, 14, 59, tzinfo=zone)),
        look(dt.datetime(2024, 11, 1, tzinfo=zone)),
    )
    user = make.UserFactory()
    rights = changed(user, dt.datetime(2023, 10, 31, 14, tzinfo=zone))
    case = changed(make.CaseFactory(), dt.datetime(2013, 1, 1, tzinfo=zone))
    recent = changed(user, dt.datetime(2023, 11, 1, tzinfo=zone))
    assert destroy_past(DAY) == 2
    assert set(AccessLog.objects.all()) == {kept}
    assert {case, recent} <= set(LogEntry.objects.all())
    assert not AccessLog.objects.filter(pk=old.pk).exists()
    assert not LogEntry.objects.filter(pk=rights.pk).exists()
    looks, changes = Destruction.objects.order_by("log")[::-1]
    assert (looks.log, looks.of, looks.count) == ("core_accesslog", None, 1)
    assert (changes.of, changes.count) == (ContentType.objects.get_for_model(User), 1)
    assert destroy_past(DAY.replace(day=20)) == 0
    refused("DELETE FROM core_destruction")
    refused("UPDATE core_destruction SET count = 0")
    assert destroy_past(dt.date(2026, 12, 1)) == 2
    assert {term.of for term in Destruction.objects.all()} <= {
        None, *ContentType.objects.get_for_models(User, RoleAssignment).values()
    }  # fmt: skip


def test_d6_a_record_opens_the_door_for_what_is_older_and_for_its_kind_alone() -> None:
    zone, user = dt.UTC, make.UserFactory()
    old = changed(make.CaseFactory(), dt.datetime(2013, 1, 1, tzinfo=zone))
    young = changed(user, dt.datetime(2024, 1, 1, tzinfo=zone))
    Destruction.objects.create(
        log="auditlog_logentry",
        of=ContentType.objects.get_for_model(User),
        before=dt.datetime(2023, 1, 1, tzinfo=zone),
        count=0,
    )
    for row in (old, young):
        refused(f"DELETE FROM auditlog_logentry WHERE id = {row.pk}")  # noqa: S608
