"""Small tables of a page; lists proper are core.lists."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from core.lists import Cell


def table(
    caption: Any, heads: Sequence[Any], rows: Iterable[Sequence[Cell | str]], *, right: Collection[int] = ()
) -> dict[str, Any]:
    """What organization/table.html places. Every field knows its head, for narrow screens; a column in which
    nothing stands is left out. `right`: places of columns of numbers."""
    made = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    kept = [i for i in range(len(heads)) if any(row[i].text for row in made)]
    return {
        "caption": caption,
        "heads": [heads[i] for i in kept],
        "right": [place for place, i in enumerate(kept) if i in right],
        "rows": [[replace(row[i], label=heads[i]) for i in kept] for row in made],
    }
