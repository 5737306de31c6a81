"""The database's own refusal to change rows: triggers, put back after every migration (M3, M5).

They are no migration's work: SQLite forgets a table's triggers when a migration rebuilds it, and does not rename a
table that the trigger of another one asks. So there they go before a migration, and come back after it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models import Model

from basis.sockets import Socket

ALWAYS = "TRUE"
MESSAGE = "entries of a ledger are never changed"
ENTRIES = {"UPDATE": ALWAYS, "DELETE": ALWAYS}

# `search_path`: or a temporary table of the same name would answer what a condition asks.
_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS
$$ BEGIN
  IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$
"""


@dataclass(frozen=True)
class Guard:
    """Which acts on a table are refused: INSERT, UPDATE, DELETE, each with the SQL condition over OLD and NEW, alike on
    both databases. PostgreSQL refuses TRUNCATE as well."""

    model: type[Model]
    refused: Mapping[str, str] = field(default_factory=lambda: ENTRIES)
    message: str = MESSAGE

    @property
    def table(self) -> str:
        return self.model._meta.db_table


# The database refuses what is plugged in here from the next migration on.
GUARDS: Socket[Guard] = Socket("guards", key=lambda guard: guard.model)


def changed(columns: Iterable[str]) -> str:
    """The condition that an UPDATE gives any of these columns another value."""
    return " OR ".join(
        f"COALESCE(OLD.{c} <> NEW.{c}, (OLD.{c} IS NULL) <> (NEW.{c} IS NULL))" for c in columns
    )


def protect(model: type[Model], using: str = "default") -> None:
    """Refuse from now on. Safe to repeat."""
    unprotect(model, using)
    found = GUARDS[model]
    table = found.table
    for act, condition in found.refused.items():
        name = _name(found, act)
        if connections[using].vendor == "sqlite":
            _run(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{found.message}'); END",
                using,
            )
        else:
            _run(_FUNCTION.format(name=name, condition=condition, message=found.message), using)
            _run(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()", using
            )
    if connections[using].vendor != "sqlite":
        name = _name(found, "TRUNCATE")
        _run(_FUNCTION.format(name=name, condition=ALWAYS, message=found.message), using)
        _run(
            f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
            using,
        )


def unprotect(model: type[Model], using: str = "default") -> None:
    """For migrations and the tests' own clearing of tables; the application has no use for it."""
    table = model._meta.db_table
    for name in _triggers(table, using):
        place = "" if connections[using].vendor == "sqlite" else f" ON {table}"
        _run(f"DROP TRIGGER {connections[using].ops.quote_name(name)}{place}", using)


def is_protected(model: type[Model], using: str = "default") -> bool:
    """Whether every refusal stands and is switched on."""
    found = GUARDS[model]
    acts = [*found.refused, *([] if connections[using].vendor == "sqlite" else ["TRUNCATE"])]
    standing = {name for name, enabled in _triggers(found.table, using).items() if enabled}
    return standing >= {_name(found, act) for act in acts}


def unprotect_before_migration(app_config: AppConfig, using: str, **_signal: Any) -> None:
    if connections[using].vendor == "sqlite":
        for model in _there(app_config, using):
            unprotect(model, using)


def protect_after_migration(app_config: AppConfig, using: str, **_signal: Any) -> None:
    for model in _there(app_config, using):
        protect(model, using)


def _there(app_config: AppConfig, using: str) -> list[type[Model]]:
    """The app's guarded tables, as far as they exist."""
    own = [guard.model for guard in GUARDS if guard.model._meta.app_label == app_config.label]
    tables = connections[using].introspection.table_names() if own else []
    return [model for model in own if model._meta.db_table in tables]


def _name(found: Guard, act: str) -> str:
    return f"{found.table}_no_{act.lower()}"


def _triggers(table: str, using: str) -> dict[str, bool]:
    """The table's triggers, and whether they are switched on."""
    with connections[using].cursor() as cursor:
        if connections[using].vendor == "sqlite":
            cursor.execute(
                "SELECT name, 1 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
        else:
            cursor.execute(
                "SELECT tgname, tgenabled IN ('O', 'A') FROM pg_trigger"
                " WHERE tgrelid = %s::regclass AND NOT tgisinternal",
                [table],
            )
        return {name: bool(enabled) for name, enabled in cursor.fetchall()}


def _run(statement: str, using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(statement)
