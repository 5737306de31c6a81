"""The whole database, to be compared with itself."""

from collections.abc import Collection
from typing import Any

from django.db import connection

from core.finding.database import (
    INDEX,
)  # of SQLite; it can only be asked, what it holds stands in tables of its own

Rows = list[tuple[Any, ...]]


def rows_of_all_tables(*, without: Collection[str] = ()) -> dict[str, Rows]:
    """Every row of every table that is there, but for those named."""
    found: dict[str, Rows] = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - {INDEX, *without}):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  our own names
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def changed(before: dict[str, Rows], after: dict[str, Rows]) -> dict[str, Rows]:
    """The rows that are new or other, by table; a row that went is among the table's old ones."""
    return {
        table: [row for row in after[table] if row not in rows] or [("gone", len(rows) - len(after[table]))]
        for table, rows in before.items()
        if after[table] != rows
    }
