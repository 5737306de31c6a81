"""What `manage.py export_excel` can write: apps register a kind, its function, and the filters it takes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.errors import Rejected
from core.excel.importer import UnknownKind
from core.excel.writer import ExportColumn

ExportFunction = Callable[[dict[str, str]], tuple[Sequence[ExportColumn], Iterable[Sequence[Any]]]]


@dataclass(frozen=True)
class Export:
    """`build(filters)` gives the columns and the streamed rows; it raises Rejected for a bad filter value."""

    kind: str
    label: Any
    function: ExportFunction
    filters: tuple[str, ...] = ()

    def build(self, filters: dict[str, str]) -> tuple[Sequence[ExportColumn], Iterable[Sequence[Any]]]:
        unknown = [name for name in filters if name not in self.filters]
        if unknown:
            names = {"unknown": ", ".join(unknown), "known": ", ".join(self.filters) or _("없음")}
            raise Rejected(
                _("사용할 수 없는 조건입니다: %(unknown)s. 사용할 수 있는 조건: %(known)s") % names
            )
        return self.function(filters)


_exports: dict[str, Export] = {}


def register_export(kind: str, label: Any, function: ExportFunction, filters: Iterable[str] = ()) -> None:
    """Make an export known (from AppConfig.ready). ValueError if the kind is taken."""
    if kind in _exports:
        raise ValueError(f"two exports of kind {kind}")
    _exports[kind] = Export(kind, label, function, tuple(filters))


def get_export(kind: str) -> Export:
    """UnknownKind if there is none."""
    if kind not in _exports:
        raise UnknownKind(kind, list(_exports))
    return _exports[kind]
