"""What `manage.py export_excel` can write: a kind, its function, and the filters it takes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.excel.importer import UnknownKind
from basis.excel.writer import ExportColumn
from basis.sockets import Socket

ExportFunction = Callable[[dict[str, str]], tuple[Sequence[ExportColumn], Iterable[Sequence[Any]]]]


@dataclass(frozen=True)
class Export:
    """`build(filters)` gives the columns and the streamed rows; it raises Rejected for a bad filter value."""

    kind: str
    label: Any
    function: ExportFunction
    filters: Sequence[str] = ()

    def build(self, filters: dict[str, str]) -> tuple[Sequence[ExportColumn], Iterable[Sequence[Any]]]:
        unknown = [name for name in filters if name not in self.filters]
        if unknown:
            names = {"unknown": ", ".join(unknown), "known": ", ".join(self.filters) or _("없음")}
            raise Rejected(
                _("사용할 수 없는 조건입니다: %(unknown)s. 사용할 수 있는 조건: %(known)s") % names
            )
        return self.function(filters)


EXPORTS: Socket[Export] = Socket("exports", key=lambda export: export.kind)


def get_export(kind: str) -> Export:
    """UnknownKind if there is none."""
    export = EXPORTS.get(kind)
    if export is None:
        raise UnknownKind(kind, [known.kind for known in EXPORTS])
    return export
