"""What the database itself refuses to do to a published decision: the services are not the only way to a table."""

from collections.abc import Mapping
from typing import Any

from django.db.models import ForeignKey, Model, UniqueConstraint

from core.ledger.protection import Guard, changed
from core.publishing.models import ANNOUNCED, CONFIRMED, DRAFT, Publication

SIGNATURE = ("confirmed_by_id", "confirmed_at", "confirmed_version", "seal")
WINDOW = "objections_until"
CLOSED = f"('{ANNOUNCED}', '{CONFIRMED}')"  # what everybody may see is changed by nobody


def content(head: type[Publication]) -> list[str]:
    """The columns that hold what was decided."""
    return [name for name in _columns(head) if name not in {"state", "version", WINDOW, *SIGNATURE}]


def sealed(head: type[Publication]) -> list[str]:
    """The columns that the seal covers: what was decided, and who confirmed it when, having seen what."""
    return sorted(name for name in _columns(head) if name not in {"state", "version", "seal"})


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def freeze(
    head: type[Publication],
    rows: Mapping[type[Model], str],
    handed: tuple[type[Model], str] | None,
    message: str,
) -> list[Guard]:
    """Heads that are announced or confirmed stay, with their rows (model → path of foreign keys to the head). A head
    goes back to a draft as a whole, as long as nothing was `handed` over on it; its rows are free again then. A version
    never goes back, so no earlier seal fits what is confirmed anew."""
    of_rows = [Guard(model, _of_rows(model, path), message) for model, path in rows.items()]
    return [Guard(head, _of_head(head, handed), message), *of_rows]


def _of_head(head: type[Publication], handed: tuple[type[Model], str] | None) -> dict[str, str]:
    kept = [WINDOW] if WINDOW in _columns(head) else []
    empty = " AND ".join(f"NEW.{name} IS NULL" for name in (*SIGNATURE[:-1], *kept)) + " AND NEW.seal = ''"
    stays = f"NEW.state = OLD.state AND NOT ({changed([*SIGNATURE, *kept])})"
    confirmed = f"OLD.state = '{ANNOUNCED}' AND NEW.state = '{CONFIRMED}'"
    confirmed += f" AND NOT ({changed(kept)})" if kept else ""
    withdrawn = f"NEW.state = '{DRAFT}' AND {empty}"
    if handed is not None:
        withdrawn += f" AND NOT {_rows_of('OLD.id', *handed)}"
    unseen = (
        f"NEW.state = '{CONFIRMED}' AND OLD.state <> '{CONFIRMED}'"
        " AND (COALESCE(NEW.confirmed_version, 0) <> OLD.version OR NEW.version <= OLD.version)"
    )
    moved = f"{changed(content(head))} OR NOT (({stays}) OR ({confirmed}) OR ({withdrawn}))"
    table = head._meta.db_table
    return {
        "INSERT": _exists(f"{table} r", f"r.state IN {CLOSED} AND ({_same(head)})"),
        "UPDATE": f"NEW.version < OLD.version OR ({unseen}) OR (OLD.state IN {CLOSED} AND ({moved}))",
        "DELETE": f"OLD.state IN {CLOSED}",
    }


def _of_rows(model: type[Model], path: str) -> dict[str, str]:
    tables, end = _joined(model, path)
    replaced = _exists(tables, f"({_same(model)}) AND {end}.state IN {CLOSED}")
    return {
        "INSERT": f"{_leads(model, path, 'NEW')} OR {replaced}",
        "UPDATE": _leads(model, path, "OLD", "NEW"),
        "DELETE": _leads(model, path, "OLD"),
    }


def _leads(model: type[Model], path: str, *sides: str) -> str:
    """Whether the row before or after belongs to a closed head."""
    first, _, rest = path.partition("__")
    key = _key(model, first)
    ids = ", ".join(f"{side}.{key.column}" for side in sides)
    tables, end = _joined(key.related_model, rest)
    return _exists(tables, f"r.id IN ({ids}) AND {end}.state IN {CLOSED}")


def _rows_of(head: str, model: type[Model], path: str) -> str:
    tables, end = _joined(model, path)
    return _exists(tables, f"{end}.id = {head}")


def _joined(model: Any, path: str) -> tuple[str, str]:
    """The tables from `model` (named r) along the path, and the name of the last."""
    tables, end = f"{model._meta.db_table} r", "r"
    for number, name in enumerate(filter(None, path.split("__"))):
        key = _key(model, name)
        model, before, end = key.related_model, end, f"r{number}"
        tables += f" JOIN {model._meta.db_table} {end} ON {end}.id = {before}.{key.column}"
    return tables, end


def _same(model: type[Model]) -> str:
    """That row r has a key of NEW: SQLite's INSERT OR REPLACE deletes it without asking. Columns may be called as the
    language calls something (`order`)."""
    keys = [[field.column] for field in model._meta.concrete_fields if field.unique]
    for one in model._meta.constraints:
        if isinstance(one, UniqueConstraint) and one.condition is None:
            keys.append([model._meta.get_field(name).column for name in one.fields])  # type: ignore[union-attr]  # fields of rows have columns
    return " OR ".join("(" + " AND ".join(f'r."{c}" = NEW."{c}"' for c in key) + ")" for key in keys)


def _key(model: Any, name: str) -> Any:
    key = model._meta.get_field(name)
    assert isinstance(key, ForeignKey), f"{model._meta.label}.{name} leads to no other table"
    return key


def _exists(tables: str, where: str) -> str:
    return f"EXISTS (SELECT 1 FROM {tables} WHERE {where})"  # noqa: S608  names of our own tables
