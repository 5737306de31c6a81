"""Where the cells of a table with merged cells come to lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Spanning(Protocol):
    @property
    def colspan(self) -> int: ...
    @property
    def rowspan(self) -> int: ...


S = TypeVar("S", bound=Spanning)


@dataclass(frozen=True, slots=True)
class Placed(Generic[S]):
    """A cell and its top left place, counted from 0."""

    cell: S
    row: int
    column: int


def place(rows: Sequence[Sequence[S]], width: int) -> list[list[Placed[S]]]:
    """The cells of each row with their places, by the rule of HTML: each takes the first free column.

    ValueError unless the spans tile the grid exactly: no gap, no overlap, nothing outside, no row without a
    cell of its own (office programs drop such a row).
    """
    taken: set[tuple[int, int]] = set()
    placed: list[list[Placed[S]]] = []
    for r, cells in enumerate(rows):
        free = (c for c in range(width) if (r, c) not in taken)
        line: list[Placed[S]] = []
        for cell in cells:
            column = next(free, None)  # lazily: sees what this row has taken so far
            if column is None or column + cell.colspan > width or r + cell.rowspan > len(rows):
                raise ValueError(
                    f"표의 {r + 1}번째 줄에서 칸이 표 밖으로 나갑니다({width}칸, {len(rows)}줄)."
                )
            area = {(r + y, column + x) for y in range(cell.rowspan) for x in range(cell.colspan)}
            if area & taken:
                raise ValueError(f"표의 {r + 1}번째 줄에서 합친 칸이 겹칩니다.")
            taken |= area
            line.append(Placed(cell, r, column))
        if not line:
            raise ValueError(f"표의 {r + 1}번째 줄에 시작하는 칸이 없습니다.")
        if any((r, c) not in taken for c in range(width)):
            raise ValueError(f"표의 {r + 1}번째 줄에 빈 곳이 있습니다({width}칸이어야 합니다).")
        placed.append(line)
    return placed
