"""The index over the dense texts: made of every two letters that stand beside each other, kept by the database itself.

A word stands in a text only if all its pairs do, so the pairs are looked up and the text is asked for longer words
alone. PostgreSQL has an index over a function of ours (GIN), SQLite a table of its own (FTS5) that triggers fill; both
are made after each migration, as neither is anything that a model could say. Of titles and tags single letters are
kept too: of longer texts they would find everything.
"""

from itertools import pairwise
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.signals import connection_created

from core.models import Passage, Place

TABLE = Passage._meta.db_table
INDEX = f"{TABLE}_pairs"
COVER = f"{TABLE}_cover"
SHORT = Place.TAGS  # up to this place single letters are kept
BITS = 21  # of a character
MOST_PAIRS = 24  # of one word looked up; the text itself is asked for the rest

# A number for each, the letters read in one go: `substr` would count from the beginning for every one.
_PAIRS = f"""
CREATE OR REPLACE FUNCTION {INDEX}(dense text, place integer) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 2000 AS $$
  SELECT array_agg(ascii(one)::bigint << {BITS} | ascii(next)) FILTER (WHERE next IS NOT NULL)
    || CASE WHEN place <= {SHORT:d} THEN array_agg(ascii(one)::bigint) END
  FROM unnest(string_to_array(dense, NULL), string_to_array(substr(dense, 2), NULL)) AS letters(one, next)
$$"""  # noqa: S608  our own names, as below
_ON_POSTGRESQL = (
    f"CREATE INDEX {INDEX} ON {TABLE} USING gin ({INDEX}(dense, place))",
    # Or ANALYZE would work out the pairs of thousands of texts, and learn nothing of use.
    f"ALTER INDEX {INDEX} ALTER COLUMN 1 SET STATISTICS 0",
    # What is counted and ranked stands together, the texts apart from it.
    f"ALTER TABLE {TABLE} SET (toast_tuple_target = 128)",
)
_ADD = f"INSERT INTO {INDEX}(rowid, pairs) VALUES (NEW.id, pairs(NEW.dense, NEW.place))"  # noqa: S608  our own names
_TAKE = f"INSERT INTO {INDEX}({INDEX}, rowid, pairs) VALUES ('delete', OLD.id, pairs(OLD.dense, OLD.place))"  # noqa: S608  our own names
_TRIGGERS = {
    f"{INDEX}_added": f"AFTER INSERT ON {TABLE} BEGIN {_ADD}; END",
    f"{INDEX}_taken": f"AFTER DELETE ON {TABLE} BEGIN {_TAKE}; END",
    f"{INDEX}_changed": f"AFTER UPDATE OF id, dense, place ON {TABLE} BEGIN {_TAKE}; {_ADD}; END",
}
_ON_SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(pairs, content='', columnsize=0, tokenize='ascii')",
    # What is counted and ranked, so that no text is read for it.
    f"CREATE INDEX IF NOT EXISTS {COVER} ON {TABLE} (id, content_type_id, object_id, place, weight, day)",
    *(f"CREATE TRIGGER IF NOT EXISTS {name} {what}" for name, what in _TRIGGERS.items()),
)


def pairs(dense: str, place: int) -> str:
    """All pairs in their order, for SQLite; as a phrase they are a word wherever it stands."""
    found = list(map(str.__add__, dense, dense[1:]))
    return " ".join([*found, *dense] if place <= SHORT else found)


def keys(word: str) -> list[int]:
    """The pairs of a word as PostgreSQL has them."""
    if len(word) == 1:
        return [ord(word)]
    found = {ord(a) << BITS | ord(b) for a, b in pairwise(word)}
    return sorted(found)[:MOST_PAIRS]


def phrase(word: str) -> str:
    return f'"{pairs(word, Place.BODY) or word}"'


def make(using: str = DEFAULT_DB_ALIAS) -> None:
    """Safe to repeat."""
    if connections[using].vendor == "sqlite":
        _run(_ON_SQLITE, using)
        return
    _run([_PAIRS], using)
    with connections[using].cursor() as cursor:
        there = INDEX in connections[using].introspection.get_constraints(cursor, TABLE)
    if not there:
        _run(_ON_POSTGRESQL, using)


def fill(using: str = DEFAULT_DB_ALIAS) -> None:
    """The index anew from the texts: after its making changed. PostgreSQL locks the table for it."""
    if connections[using].vendor == "sqlite":
        _run((f"INSERT INTO {INDEX}({INDEX}) VALUES ('delete-all')",), using)  # noqa: S608  our own names
        _run((f"INSERT INTO {INDEX}(rowid, pairs) SELECT id, pairs(dense, place) FROM {TABLE}",), using)  # noqa: S608  our own names
    else:
        _run((f"REINDEX INDEX {INDEX}",), using)


def forget_before_migration(app_config: AppConfig, using: str, **_signal: Any) -> None:
    """SQLite makes a changed table anew: none of its triggers may be in the way."""
    if app_config.label == Passage._meta.app_label and connections[using].vendor == "sqlite":
        _run((f"DROP TRIGGER IF EXISTS {name}" for name in _TRIGGERS), using)


def make_after_migration(app_config: AppConfig, using: str, **_signal: Any) -> None:
    if (
        app_config.label == Passage._meta.app_label
        and TABLE in connections[using].introspection.table_names()
    ):
        make(using)


def _teach(connection: Any, **_more: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("pairs", 2, pairs, deterministic=True)


connection_created.connect(_teach, dispatch_uid="core.finding")


def _run(statements: Any, using: str) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
