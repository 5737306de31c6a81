"""What the apps above tell the organisation in their `ready()`: open work, who follows a merger, import pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from organization.models import Absence, Department

_open_work: list[Callable[[Department], int]] = []
_on_absence: list[Callable[[Absence], None]] = []
_on_merge: list[Callable[[Department, Department, Any], None]] = []


def open_work(provider: Callable[[Department], int]) -> None:
    """`provider(department)` counts work that somebody of the department must still do."""
    _open_work.append(provider)


def on_merge(callback: Callable[[Department, Department, Any], None]) -> None:
    """`callback(old, new, actor)` hands open work over, in the transaction in which `old` ends. `actor` may be
    SYSTEM."""
    _on_merge.append(callback)


def on_absence(callback: Callable[[Absence], None]) -> None:
    """`callback(absence)` is told when somebody has named a substitute, or has taken that back."""
    _on_absence.append(callback)


def count_open_work(department: Department) -> int:
    return sum(provider(department) for provider in _open_work)


def hand_over(old: Department, new: Department, actor: Any) -> None:
    for callback in _on_merge:
        callback(old, new, actor)


def tell_of_absence(absence: Absence) -> None:
    for callback in _on_absence:
        callback(absence)


@dataclass(frozen=True)
class ImportPage:
    """Who may take in this kind of Excel file, and the list that its pages lead back to."""

    kind: str
    permission: str
    url_name: str


_import_pages: dict[str, ImportPage] = {}


def register_import(kind: str, permission: str, url_name: str) -> None:
    """Give the importer `kind` of core.excel its pages under `import/<kind>/`; `url_name` is its list."""
    _import_pages[kind] = ImportPage(kind, permission, url_name)


def import_page(kind: str) -> ImportPage | None:
    return _import_pages.get(kind)
