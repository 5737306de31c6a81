"""Small tables of a page; columns of lists (core.lists) that name people."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from core.cells import Cell, Column
from organization.enums import person_text


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


def person_paths(prefix: str) -> tuple[str, str, str]:
    """What `person_text` takes."""
    return f"{prefix}__department__name", f"{prefix}__position", f"{prefix}__name"


def person_column(
    key: str, label: Any, prefix: str, show: Callable[..., str] = person_text, **options: Any
) -> Column:
    return Column(key, label, person_paths(prefix), show, excel=show, **options)
