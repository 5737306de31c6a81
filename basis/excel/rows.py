"""What a row of a table is, once it was read: clean values by column, and what is wrong with them."""

from typing import Any, NamedTuple

ERROR_LABEL = "오류"  # the column added to a returned workbook; ignored when it comes back

Place = tuple[str, int]  # the sheet, where several are read, and the number of the row


class CellFault(NamedTuple):
    """An error of one cell: the column's key, what stands there, what to do about it."""

    key: str
    value: Any
    message: str


class RawRow(NamedTuple):
    """A row under the head: its number in the sheet, clean values by column key, and what is wrong with it.

    A faulty cell's value is None. `sheet`: where several are read.
    """

    number: int
    values: dict[str, Any]
    faults: tuple[CellFault, ...]
    sheet: str = ""

    @property
    def place(self) -> Place:
        return (self.sheet, self.number)
