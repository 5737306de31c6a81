"""What the database itself refuses to do to a confirmed ranking, and what goes on (M5)."""

import contextlib
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Model

from awards.services.handing import take_back
from basis.errors import Rejected
from core.ledger.protection import is_protected, protect, unprotect
from core.ledger.verify import verify_all
from mileage.models import Entry, Ranking, RankingRow
from mileage.publication import RANKINGS
from mileage.services import rankings as services
from tests import factories as make
from tests.ranked import AFTER, KING, Q3, confirmed, give, hand_over

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after"), pytest.mark.dialect]
MESSAGE = RANKINGS.message
WITHDRAW = (
    "UPDATE mileage_ranking SET state = 'draft', confirmed_by_id = NULL, confirmed_at = NULL,"
    " confirmed_version = NULL, seal = ''"
)
CONFIRM = (
    "UPDATE mileage_ranking SET state = 'confirmed', confirmed_by_id = %s, confirmed_at = %s, seal = %s,"
    " confirmed_version = version, version = version + 1"
)
SIGNED = ("confirmed_by_id", "confirmed_at", "confirmed_version", "seal")


@pytest.fixture
def ranking() -> Ranking:
    for n in range(1, 6):
        give(make.UserFactory(), n)
    return confirmed()


@contextlib.contextmanager
def refused() -> Iterator[None]:
    with pytest.raises((IntegrityError, OperationalError), match=MESSAGE), transaction.atomic():
        yield


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def everything() -> tuple[list[Any], list[Any]]:
    return list(Ranking.objects.order_by("pk").values()), list(RankingRow.objects.order_by("pk").values())


def other_value(name: str, value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case dt.datetime():
            return value + dt.timedelta(seconds=1)
        case dt.date():
            return value + dt.timedelta(days=1)
        case list():
            return [*value, "more"]
        case None:
            return make.UserFactory().pk if name in ("user_id", "made_by_id") else AFTER
        case _:
            return f"{value}x"[-8:] if name == "period" else "x"


def columns(model: type[Model], *but: str) -> list[str]:
    return [f.attname for f in model._meta.concrete_fields if f.attname not in {"id", *but}]


@pytest.mark.parametrize("name", columns(Ranking, "state", "version", *SIGNED))
def test_m5_no_frozen_field_of_a_confirmed_ranking_is_changed(ranking: Ranking, name: str) -> None:
    before = everything()
    with refused():
        Ranking.objects.update(**{name: other_value(name, getattr(ranking, name))})
    assert everything() == before


@pytest.mark.parametrize("name", columns(RankingRow, "place", "heads", "events", "last_at"))
def test_m5_no_row_of_a_confirmed_ranking_is_changed(ranking: Ranking, name: str) -> None:
    before = everything()
    row = ranking.rows.first()
    assert row
    with refused():
        RankingRow.objects.filter(pk=row.pk).update(**{name: other_value(name, getattr(row, name))})
    assert everything() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE mileage_rankingrow SET place = 9 WHERE place = 1",
        "UPDATE mileage_rankingrow SET last_at = NULL, heads = 1, events = 1",
        "DELETE FROM mileage_rankingrow",
        "DELETE FROM mileage_ranking",
        "UPDATE mileage_ranking SET id = id + 1000",
        "UPDATE mileage_ranking SET state = 'gone'",
        "UPDATE mileage_ranking SET state = 'draft'",  # with who confirmed it left in place
        f"{WITHDRAW}, winners = 9",
        f"{WITHDRAW}, version = version - 1",
        WITHDRAW.replace("confirmed_version = NULL", "confirmed_version = 0"),
        "UPDATE mileage_ranking SET seal = ''",
        "UPDATE mileage_ranking SET confirmed_version = confirmed_version + 1",
        "UPDATE mileage_ranking SET version = 1",
        "UPDATE mileage_ranking SET confirmed_at = NULL",
        "UPDATE mileage_ranking SET confirmed_by_id = NULL",
    ],
)
def test_m5_statements_past_the_services_are_refused(ranking: Ranking, statement: str) -> None:
    before = everything()
    with refused():
        run(statement)
    assert everything() == before


def test_m5_no_row_comes_into_a_confirmed_ranking_or_out_of_it(ranking: Ranking) -> None:
    give(make.UserFactory(), 5, dt.date(2026, 5, 1))
    draft = services.draft(KING, Q3.previous(), actor=make.planner())
    before = everything()
    move = "UPDATE mileage_rankingrow SET ranking_id = %s, place = %s WHERE ranking_id = %s"
    for values in ((ranking.pk, 99, draft.pk), (draft.pk, None, ranking.pk)):
        with refused():
            run(move, *values)
    row = draft.rows.first()
    assert row
    row.pk, row.ranking, row.place = None, ranking, 99
    with refused():
        row.save(force_insert=True)
    assert everything() == before
    draft.rows.all().delete()
    draft.delete()


def test_m5_what_is_frozen_is_not_replaced_by_an_insert(ranking: Ranking) -> None:
    give(make.UserFactory(), 5, dt.date(2026, 5, 1))
    draft = services.draft(KING, Q3.previous(), actor=make.planner())
    row = ranking.rows.first()
    assert row
    sqlite = connection.vendor == "sqlite"
    before = everything()
    for model, other, pk in (
        (RankingRow, {"ranking_id": str(draft.pk), "place": "98"}, row.pk),
        (Ranking, {"state": "'draft'"}, ranking.pk),
        (Ranking, {"state": "'draft'", "id": "900"}, ranking.pk),
    ):
        table, names = model._meta.db_table, [f.attname for f in model._meta.concrete_fields]
        insert = ["INSERT OR REPLACE INTO" if sqlite else "INSERT INTO", table, f"({', '.join(names)})"]
        select = ["SELECT", ", ".join(other.get(name, name) for name in names), "FROM", table]
        end = [] if sqlite else ["ON CONFLICT (id) DO UPDATE SET id = excluded.id"]
        with refused():
            run(" ".join([*insert, *select, "WHERE id = %s", *end]), pk)
    assert everything() == before


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["mileage_rankingrow", "mileage_ranking"])
def test_m5_postgresql_refuses_truncate(ranking: Ranking, table: str) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with refused():
        run(f"TRUNCATE {table} CASCADE")


@pytest.mark.postgres
def test_m5_a_temporary_table_of_the_same_name_answers_nothing(ranking: Ranking) -> None:
    with refused():
        run("CREATE TEMPORARY TABLE mileage_ranking (id bigint, state text)")
        run("DELETE FROM mileage_rankingrow")


def test_m5_prizes_and_their_undoing_go_on(ranking: Ranking) -> None:
    planner, before = make.planner(), everything()[1]
    row = ranking.rows.filter(wins=True).first()
    assert row
    prize = hand_over(row)
    with refused():
        run(WITHDRAW)
    with pytest.raises(Rejected):
        services.cancel(ranking, reason="잘못", actor=planner)
    take_back(prize, reason="잘못", actor=planner)
    assert everything()[1] == before


def test_m5_withdrawn_it_is_reckoned_again_and_freezes_anew(ranking: Ranking) -> None:
    planner = make.planner()
    winner = ranking.rows.get(place=1)
    give(winner.user, 7)
    services.cancel(ranking, reason="잘못", actor=planner)
    services.recompute(ranking, actor=planner)
    services.confirm(ranking, actor=planner)
    assert ranking.rows.get(place=1).total == winner.total + 700
    with refused():
        run("DELETE FROM mileage_rankingrow")


def named(ranking: Ranking) -> bool:
    return [fault.account for fault in verify_all()] == [ranking]


@contextlib.contextmanager
def unrefused() -> Iterator[None]:
    """As somebody would who switches the refusal off and on again."""
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")
    for model in (Ranking, RankingRow):
        unprotect(model)
    yield
    for model in (Ranking, RankingRow):
        protect(model)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE mileage_rankingrow SET total = total + 1 WHERE place = 1",
        "DELETE FROM mileage_rankingrow WHERE place = 3",
        "UPDATE mileage_ranking SET winners = winners + 1",
        "UPDATE mileage_ranking SET exclusions = '[\"more\"]'",
        "UPDATE mileage_ranking SET confirmed_version = 9",
        "UPDATE mileage_ranking SET seal = ''",
    ],
)
def test_m5_what_was_changed_behind_the_refusal_is_named(ranking: Ranking, change: str) -> None:
    with unrefused():
        pass
    assert not list(verify_all())
    with unrefused():
        run(change)
    assert named(ranking)


def test_m5_what_is_confirmed_past_the_services_is_named(ranking: Ranking) -> None:
    """Also as it was, under the seal that it had: a version never comes again."""
    run(WITHDRAW)
    assert not list(verify_all())
    run(CONFIRM, *signed_by(ranking))
    assert named(ranking)


def test_m5_only_what_was_confirmed_last_stands(ranking: Ranking) -> None:
    planner, signed = make.planner(), signed_by(ranking)
    row = ranking.rows.filter(wins=True).first()
    assert row
    prize = hand_over(row)
    assert not list(verify_all())
    take_back(prize, reason="잘못", actor=planner)
    services.cancel(ranking, reason="잘못", actor=planner)
    assert not list(verify_all())
    run(CONFIRM, *signed)
    assert named(ranking)
    run(WITHDRAW)
    services.confirm(ranking, actor=planner)
    assert not list(verify_all())


def signed_by(ranking: Ranking) -> tuple[Any, ...]:
    return ranking.confirmed_by_id, ranking.confirmed_at, ranking.seal


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE mileage_ranking SET state = 'confirmed', confirmed_version = version + 1, version = version + 1",
        "UPDATE mileage_ranking SET state = 'confirmed', version = version + 1",
        "UPDATE mileage_ranking SET state = 'confirmed', confirmed_version = version",
    ],
)
def test_m5_only_the_version_that_was_seen_is_confirmed(ranking: Ranking, statement: str) -> None:
    run(WITHDRAW)
    with refused():
        run(statement)


@pytest.mark.parametrize("model", [Ranking, RankingRow, Entry])
def test_m5_a_refusal_that_is_missing_is_named(model: type[Model]) -> None:
    out = io.StringIO()
    call_command("verify_ledger", stdout=out)
    unprotect(model)
    with pytest.raises(CommandError, match="1건"):
        call_command("verify_ledger", stdout=out)
    assert f"{model._meta.label}: 기록을 바꾸지 못하게 하는 장치가 꺼져 있습니다." in out.getvalue()
    protect(model)
    assert is_protected(model)


@pytest.mark.postgres
def test_m5_a_refusal_switched_off_is_named(ranking: Ranking) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE mileage_rankingrow DISABLE TRIGGER mileage_rankingrow_no_update")
    assert not is_protected(RankingRow)


def test_m5_a_migration_may_rebuild_the_tables_and_the_refusal_comes_back(transactional_db: None) -> None:
    emit_pre_migrate_signal(0, False, connection.alias)
    with connection.schema_editor() as editor:
        for model in (Ranking, RankingRow):
            if connection.vendor == "sqlite":
                editor._remake_table(model)  # type: ignore[attr-defined]  # Django's own
    emit_post_migrate_signal(0, False, connection.alias)
    assert is_protected(Ranking)
    assert is_protected(RankingRow)
