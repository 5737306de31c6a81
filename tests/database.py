"""The test database: made from the models, emptied of what a test has committed, compared with one by migrations."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from re import sub
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core.ledger.protection import GUARDS, protect, unprotect
from tests.services import ROOT

NUMBERED = r"^(fk|__unnamed_constraint)_\d+.*"
# What making the tables leaves in them. It stays: no test changes it, and nothing need be told of it again.
KEPT = {"auth_permission", "django_content_type", "django_migrations"}


def record_migrations() -> None:
    """The tables were made from the models, a tenth of the work of going through all migrations. They are as those
    leave them (test_migrations), so programs that ask are told that all were applied."""
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(connection).disk_migrations:
        recorder.record_applied(app, name)


def empty() -> None:
    """Only tables with rows are touched; most have none."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = filled()
        with _nothing_refused(tables):
            for table in tables:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608  our own names


def filled() -> set[str]:
    """Tables with rows, but for those that are KEPT."""
    ask, quote = connection.introspection, connection.ops.quote_name
    tables = set(ask.django_table_names(only_existing=True, include_views=False)) - KEPT
    asked = " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM {quote(t)})" for t in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {table for (table,) in cursor.fetchall()}


@contextmanager
def _nothing_refused(tables: set[str]) -> Iterator[None]:
    """Neither by our triggers nor, on PostgreSQL, by foreign keys; SQLite asks for these at the end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        return
    guarded = [guard.model for guard in GUARDS if guard.model._meta.db_table in tables]
    for model in guarded:
        unprotect(model)
    yield
    for model in guarded:
        protect(model)


@contextmanager
def another(url: str, folder: Path, name: str) -> Iterator[str]:
    """The address of an empty database beside that of `url`."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder}/{name}.sqlite3"
        return
    server = psycopg2.connect(url)
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    with server.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    server.close()


def schema() -> dict[str, list[str]]:
    """Our tables, each with its columns and constraints. SQLite numbers those that have no name."""
    found, ask = {}, connection.introspection
    own = [config for config in apps.get_app_configs() if Path(config.path).parent == ROOT]
    tables = [
        model._meta.db_table for config in own for model in config.get_models(include_auto_created=True)
    ]
    with connection.cursor() as cursor:
        for table in tables:
            columns = [str(tuple(column)) for column in ask.get_table_description(cursor, table)]
            rules = ask.get_constraints(cursor, table).items()
            found[table] = sorted(columns) + sorted(
                f"{sub(NUMBERED, '', name)} {rule}" for name, rule in rules
            )
    return found


def schema_by_migrations(url: str) -> dict[str, list[str]]:
    """Of the empty database at this address, once `migrate` has gone through it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.database"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    assert not filled(), "rows that the tests have not seen"
    json.dump(schema(), sys.stdout)
