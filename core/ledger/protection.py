"""The database's own refusal to change entries: triggers, put back after every migration (M3).

SQLite forgets a table's triggers when a migration rebuilds it, so they are not a migration's work.
"""

from django.db import connections

from core.ledger.models import LedgerEntry

MESSAGE = "entries of a ledger are never changed"

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$
"""


def protect(model: type[LedgerEntry], using: str = "default") -> None:
    """Refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE of this table from now on. Safe to repeat."""
    unprotect(model, using)
    table = model._meta.db_table
    if connections[using].vendor == "sqlite":
        statements = [
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            for act in ("UPDATE", "DELETE")
        ]
    else:
        statements = [
            _FUNCTION,
            f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION ledger_refuse()",
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()",
        ]
    _run(statements, using)


def unprotect(model: type[LedgerEntry], using: str = "default") -> None:
    """For the tests' own clearing of tables; the application has no use for it."""
    table = model._meta.db_table
    if connections[using].vendor == "sqlite":
        _run([f"DROP TRIGGER IF EXISTS {table}_no_{act}" for act in ("update", "delete")], using)
    else:
        _run([f"DROP TRIGGER IF EXISTS {table}_{part} ON {table}" for part in ("rows", "whole")], using)


def is_protected(model: type[LedgerEntry], using: str = "default") -> bool:
    table = model._meta.db_table
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
        else:
            cursor.execute(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'"
                " AND NOT tgisinternal",
                [table],
            )
        return cursor.fetchone()[0] == 2


def _run(statements: list[str], using: str) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
