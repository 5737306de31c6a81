"""Small tables of a page; lists proper are core.lists."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from core.lists import Cell


def table(caption: Any, heads: Sequence[Any], rows: Iterable[Sequence[Cell | str]]) -> dict[str, Any]:
    """What organization/table.html places; every field knows its head, for narrow screens."""
    made = [
        [
            replace(cell if isinstance(cell, Cell) else Cell(cell), label=head)
            for head, cell in zip(heads, row, strict=True)
        ]
        for row in rows
    ]
    return {"caption": caption, "heads": heads, "rows": made}
