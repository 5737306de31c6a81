"""Hand-written statements: what stands in their places, and that several go out and come back as one."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from budgets.models import Budget
from core import rows
from core.actors import SYSTEM
from core.models import Gram, Holiday
from mileage import catalogue as earn
from mileage.services.awards import Award, award
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 11, 20)


def test_values_stand_in_the_order_of_their_places_however_they_are_named() -> None:
    sql, values = rows.statement(
        "SELECT {columns} FROM {holidays} WHERE name = {name} AND id IN ({ids}) AND (date, name) IN (VALUES {keys})",
        keys=[(1, "a"), (2, "b")],
        ids=[7, 8, 9],
        name="설날; DROP TABLE",
        columns=rows.Text("id, date"),
        holidays=Holiday,
    )
    assert sql == (
        'SELECT id, date FROM "core_holiday" WHERE name = %s AND id IN (%s, %s, %s)'
        " AND (date, name) IN (VALUES (%s, %s), (%s, %s))"
    )
    assert values == ["설날; DROP TABLE", 7, 8, 9, 1, "a", 2, "b"]


def test_what_somebody_typed_is_a_value_and_never_sql() -> None:
    assert rows.fetch("SELECT {text}", text="'; DELETE {x} %s") == [("'; DELETE {x} %s",)]


def test_rows_are_inserted_after_other_statements_and_get_their_keys() -> None:
    (budget,) = [Budget(kind="travel", year=2031, balance=5)]
    rows.insert([budget])
    budget.balance, budget.length, budget.seal = 2_000_000_000_000, 3, "가'"
    later = [Budget(kind="travel", year=year) for year in range(2040, 2040 + rows.BATCH + 2)]
    with CaptureQueriesContext(connection) as sent:
        rows.insert(later, after=rows.update([budget], ("balance", "length", "seal")))
    assert [Budget.objects.get(pk=one.pk).year for one in later] == [one.year for one in later]
    kept = Budget.objects.get(year=2031)
    assert (kept.balance, kept.length, kept.seal) == (2_000_000_000_000, 3, "가'")
    assert len(sent) == (2 if connection.vendor == "postgresql" else 3)


def test_plain_rows_are_inserted_many_in_a_statement() -> None:
    kind = ContentType.objects.get_for_model(Budget).pk
    texts = [(kind, n, ("%'가", "'가", '"', ",\n", "", "\\.", "\\N")[n % 7]) for n in range(rows.BATCH + 1)]
    with CaptureQueriesContext(connection) as sent:
        rows.insert_plain(Gram, ("content_type", "object_id", "gram"), texts)
        rows.insert_plain(Gram, ("content_type", "object_id", "gram"), [])
    assert len(sent) == (0 if connection.vendor == "postgresql" else 2)
    kept = Gram.objects.filter(content_type=kind).order_by("object_id")
    assert list(kept.values_list("content_type", "object_id", "gram")) == texts


def test_many_rows_are_changed_each_to_its_own() -> None:
    many = [Budget(kind="travel", year=1990 + n, code=f"과목 {n}") for n in range(rows.BATCH + 5)]
    rows.insert(many)
    for budget in many:
        budget.balance = budget.year
        budget.code = "unchanged in the database"
    for sql in rows.update(many, ("balance",)):
        with connection.cursor() as cursor:
            cursor.execute(*sql)
    assert all(b.balance == b.year and b.code.startswith("과목") for b in Budget.objects.all())


def test_a_refusal_in_the_middle_leaves_nothing() -> None:
    rows.insert([Budget(kind="travel", year=2031)])
    kept = Budget.objects.get(year=2031)
    kept.balance = 9
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert([Budget(kind="travel", year=2031)], after=rows.update([kept], ("balance",)))
    assert Budget.objects.get(year=2031).balance == 0


def test_a_day_comes_back_as_a_day_on_both_databases() -> None:
    Holiday.objects.create(date=DAY, name="임시공휴일")
    assert rows.fetch("SELECT date FROM {holidays} WHERE date = {day}", holidays=Holiday, day=DAY) == [(DAY,)]


@pytest.mark.postgres
def test_short_statements_are_prepared_once_a_connection(settings: Any) -> None:
    def ask(day: dt.date) -> list[tuple[object, ...]]:
        return rows.fetch("SELECT date FROM {holidays} WHERE date IN ({days})", holidays=Holiday, days=[day])

    def prepared() -> int:
        return len(
            rows.fetch("SELECT name FROM pg_prepared_statements WHERE statement LIKE {like}", like="%IN ($1)")
        )

    settings.PREPARE_STATEMENTS = False
    assert (ask(DAY), prepared()) == ([], 0)
    settings.PREPARE_STATEMENTS = True
    Holiday.objects.create(date=DAY, name="임시공휴일")
    assert [ask(DAY), ask(DAY), ask(dt.date(2026, 1, 2))] == [[(DAY,)], [(DAY,)], []]
    assert prepared() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_new_connection_prepares_anew_and_a_refusal_undoes_nothing_of_it() -> None:
    for _turn in range(2):
        with transaction.atomic():
            rows.insert([Budget(kind="travel", year=2031)])
            transaction.set_rollback(True)
        with transaction.atomic():
            rows.insert([Budget(kind="travel", year=2031)])
            transaction.set_rollback(True)
        connection.close()
    assert not Budget.objects.exists()


def test_sqlite_looks_for_an_event_by_the_index_that_tells_everything() -> None:
    """Left to itself it reads every line that takes nothing back: at 100,000 lines 50 ms for each award."""
    if connection.vendor != "sqlite":
        assert rows.by_index("an_event_earns_once") == ""
        return
    user = make.UserFactory()
    with CaptureQueriesContext(connection) as sent:
        award([Award(earn.FINDING, user, "e:1", DAY, "사례")], actor=SYSTEM)
    (asked,) = [q["sql"] for q in sent if q["sql"].startswith("SELECT id, account_id, rule, event")]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
        plan = " ".join(row[-1] for row in cursor.fetchall())
    assert "USING INDEX an_event_earns_once (account_id=? AND event=? AND rule=?)" in plan
