"""What a head or a value can mean in files of a kind, in words."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from basis.excel.columns import ImportColumn
from basis.excel.importer import IMPORTERS
from basis.tables.words import CHOICE


def columns_of(kind: str) -> dict[str, ImportColumn]:
    importer = IMPORTERS.get(kind)
    return {column.key: column for column in importer.columns} if importer else {}


def head_meanings(columns: Mapping[str, ImportColumn], now: str) -> list[tuple[str, str]]:
    """What a head may mean: a column, nothing, or what it means `now`."""
    found = [("", _("쓰지 않음")), *((key, str(column.label)) for key, column in columns.items())]
    key, _colon, code = now.partition(CHOICE)
    if code and key in columns:
        label = dict(columns[key].options()).get(code, code)
        found.append((now, _("%(column)s의 ‘%(value)s’") % {"column": columns[key].label, "value": label}))
    return found


def value_meanings(column: ImportColumn) -> list[tuple[str, str]]:
    """What a value of a choice may mean: one of ours, or nothing where it may be empty."""
    free = not column.required or column.may_lack
    options = [(str(code), str(label)) for code, label in column.options()]
    return [*([("", _("비워 둠"))] if free else []), *options]


def meanings(kind: str, column: str, now: str) -> list[tuple[str, str]]:
    """What a remembered word may mean."""
    columns = columns_of(kind)
    if not column:
        return head_meanings(columns, now)
    return value_meanings(columns[column]) if column in columns else []


class Meanings:
    """The words for many rows of a list: what is the same is worked out once."""

    def __init__(self) -> None:
        self._of = cache(lambda kind, column, now: dict(meanings(kind, column, now)))
        self._columns = cache(columns_of)

    def place(self, kind: str, column: str) -> str:
        """Where the word stands."""
        if not column:
            return _("열 이름")
        known: Any = self._columns(kind).get(column)
        return _("%(column)s 값") % {"column": known.label if known else column}

    def meaning(self, kind: str, column: str, means: str) -> str:
        now = means if CHOICE in means else ""
        return self._of(kind, column, now).get(means, means or _("쓰지 않음"))
