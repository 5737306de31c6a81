"""Hand-written statements for the few paths where Django's own way costs several times what the database needs."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, models

BATCH = 500  # rows in one statement
SHORT = 40  # values in a statement worth preparing
Statement = tuple[str, list[Any]]
T = TypeVar("T")
M = TypeVar("M", bound=models.Model)
_names: WeakKeyDictionary[Any, dict[str, str]] = (
    WeakKeyDictionary()
)  # by connection: SQL and name of what is prepared


class Text(str):
    """A part that is SQL itself: never what somebody has typed."""


def statement(sql: str, **parts: Any) -> Statement:
    """A `{name}` in `sql` stands for a table (a model), for `Text`, for a question (a queryset), for values (a list,
    not empty; of tuples: rows of values), or for one value (anything else). Raises: EmptyResultSet, if the question
    can have no answer."""
    places = _Places(parts)
    return sql.format_map(places), places.values_in_order


def fetch(sql: str, **parts: Any) -> list[tuple[Any, ...]]:
    """The rows of a question, written as for `statement`."""
    return execute([statement(sql, **parts)])


def execute(statements: Sequence[Statement]) -> list[tuple[Any, ...]]:
    """All of them, in one go where the database takes that; the rows of the last, which must give some."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            calls = [_prepared(cursor, sql, values) for sql, values in statements]
            cursor.execute("; ".join(calls), [value for _sql, values in statements for value in values])
        else:
            for sql, values in statements:
                cursor.execute(sql, values)
        return cursor.fetchall()


def _prepared(cursor: Any, sql: str, values: Sequence[Any]) -> str:
    """The call of a short statement, prepared once a connection: planning it costs twice what it does (ADR 11)."""
    if len(values) > SHORT or not settings.PREPARE_STATEMENTS:
        return sql
    names = _names.setdefault(cursor.connection, {})
    if sql not in names:
        places = (f"${n}{'::bigint' * (type(value) is int)}" for n, value in enumerate(values, start=1))
        name = f"rows_{len(names)}"
        cursor.cursor.execute(f"PREPARE {name} AS {re.sub('%s', lambda _found: next(places), sql)}")
        names[sql] = name
    return f"EXECUTE {names[sql]} ({', '.join(['%s'] * len(values))})"


def insert(rows: Sequence[models.Model], *, after: Sequence[Statement] = ()) -> None:
    """Insert the rows of one model, when the statements `after` are done; their keys are set. No signals; the caller
    has the transaction."""
    fields, parts = _for_insertion(type(rows[0]))
    for part in chunks(rows):
        made = execute([*after, statement(_INSERTION, rows=_values(fields, part), **parts)])
        for row, (pk,) in zip(part, made, strict=True):
            row.pk = pk
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        after = ()


def insert_plain(
    model: type[models.Model], names: tuple[str, ...], values: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows of which nobody needs the keys: whole numbers and texts, under these names. PostgreSQL takes them as
    a stream, in half the time of a statement."""
    connection = connections[DEFAULT_DB_ALIAS]
    columns = Text(", ".join(_column(model._meta.get_field(name)) for name in names))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql, _none = statement(_STREAM, table=model, columns=columns)
            cursor.cursor.copy_expert(sql, _stream(values))
            return
        for part in chunks(values):
            cursor.execute(*statement(_PLAIN, table=model, columns=columns, rows=list(part)))


def update(rows: Sequence[models.Model], names: Sequence[str]) -> list[Statement]:
    """Statements that give these fields of rows of one model the values they have here."""
    fields, parts = _for_change(type(rows[0]), tuple(names))
    return [statement(_CHANGE, rows=_values(fields, part), **parts) for part in chunks(rows)]


@cache
def columns(model: type[models.Model], table: str = "") -> Text:
    """Of all fields, in the order of the model; `table`: what the statement calls its table."""
    prefix = f"{table}." if table else ""
    return Text(", ".join(f"{prefix}{_column(field)}" for field in model._meta.concrete_fields))


def instance(model: type[M], values: Sequence[Any]) -> M:
    """The object of which a statement has given the `columns`."""
    given = list(values)
    for place, column, converter in _converters(model):
        given[place] = converter(given[place], column, connections[DEFAULT_DB_ALIAS])
    return model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in model._meta.concrete_fields], given)


@cache
def matching(model: type[models.Model], names: tuple[str, ...], values: str) -> Text:
    """The condition that these fields are those of a `(VALUES …) AS values`."""
    fields = [model._meta.get_field(name) for name in names]
    return Text(" AND ".join(f"{_column(f)} = {values}.column{n}" for n, f in enumerate(fields, start=1)))


def by_index(name: str) -> Text:
    """Behind a table: the index that SQLite must use. Left to itself it takes one that says nothing for a partial one
    that tells everything, and reads the whole table; PostgreSQL knows better."""
    return Text(f"INDEXED BY {name}" if connections[DEFAULT_DB_ALIAS].vendor == "sqlite" else "")


def chunks(many: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(many), BATCH):
        yield many[start : start + BATCH]


def _stream(values: Sequence[tuple[Any, ...]]) -> io.StringIO:
    """As COPY reads them: every text in quotes, so that an empty one is none the less a text."""
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC).writerows(values)
    stream.seek(0)
    return stream


class _Places(dict[str, Any]):
    """Gives what stands in the place of each part, and keeps the values in the order in which they are asked for."""

    def __init__(self, parts: dict[str, Any]) -> None:
        super().__init__(parts)
        self.values_in_order: list[Any] = []

    def __getitem__(self, name: str) -> str:
        part = super().__getitem__(name)
        if isinstance(part, type) and issubclass(part, models.Model):
            return _quoted(part._meta.db_table)
        if isinstance(part, Text):
            return part
        if isinstance(part, models.QuerySet):
            sql, values = part.query.sql_with_params()
            self.values_in_order.extend(values)
            return str(sql)
        if not isinstance(part, list):
            self.values_in_order.append(part)
            return "%s"
        if not isinstance(part[0], tuple):
            self.values_in_order.extend(part)
            return ", ".join(["%s"] * len(part))
        for row in part:
            self.values_in_order.extend(row)
        return ", ".join([f"({', '.join(['%s'] * len(part[0]))})"] * len(part))


_INSERTION = "INSERT INTO {table} ({columns}) VALUES {rows} RETURNING {key}"
_PLAIN = "INSERT INTO {table} ({columns}) VALUES {rows}"
_STREAM = "COPY {table} ({columns}) FROM STDIN (FORMAT csv)"
_CHANGE = "UPDATE {table} SET {changes} FROM (VALUES {rows}) AS new WHERE {table}.{key} = new.column1"


@cache
def _converters(model: type[models.Model]) -> list[tuple[int, Any, Any]]:
    """Which values the database gives in a form of its own: their place, column and converter."""
    connection = connections[DEFAULT_DB_ALIAS]
    found = []
    for place, field in enumerate(model._meta.concrete_fields):
        column = field.get_col(model._meta.db_table)
        own = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
        found += [(place, column, converter) for converter in own]
    return found


@cache
def _for_insertion(model: type[models.Model]) -> tuple[list[Any], dict[str, Any]]:
    """The fields of a new row, and the parts of the statement but the rows."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = Text(", ".join(_column(field) for field in fields))
    return fields, {"table": model, "columns": columns, "key": _key(model)}


@cache
def _for_change(model: type[models.Model], names: tuple[str, ...]) -> tuple[list[Any], dict[str, Any]]:
    meta = model._meta
    changed: list[Any] = [meta.get_field(name) for name in names]
    changes = ", ".join(f"{_column(f)} = new.column{n}" for n, f in enumerate(changed, start=2))
    return [meta.pk, *changed], {"table": model, "changes": Text(changes), "key": _key(model)}


def _values(fields: Sequence[Any], rows: Sequence[models.Model]) -> list[tuple[Any, ...]]:
    connection = connections[DEFAULT_DB_ALIAS]
    return [tuple(f.get_db_prep_save(f.pre_save(row, True), connection) for f in fields) for row in rows]


def _key(model: type[models.Model]) -> Text:
    return Text(_column(model._meta.pk))


def _column(field: Any) -> str:
    return _quoted(field.column)


@cache
def _quoted(name: str) -> str:
    return connections[DEFAULT_DB_ALIAS].ops.quote_name(name)
