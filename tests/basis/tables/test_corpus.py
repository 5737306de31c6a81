"""A corpus of shapes of tables: nine of ten are read whole after at most five answers, the others say which cell and
why (N3)."""

import pytest

from basis.excel.rows import RawRow
from basis.tables.containers import open_book
from basis.tables.source import TableSource
from tests.basis.tables import bodies, forms, heads, values  # noqa: F401  (they fill the corpus)
from tests.basis.tables.shape import COLUMNS, EMPTY, SHAPES, Shape


def source(shape: Shape) -> TableSource:
    return TableSource(open_book(shape.file), COLUMNS, shape.answers)


def cell(rows: TableSource, row: RawRow, key: str) -> str:
    return rows.name_of(row.place) or f"{rows.letters[key]}{row.number}"


@pytest.mark.parametrize("name", SHAPES)
def test_each_shape_is_read_as_a_clerk_reads_it(name: str) -> None:
    shape = SHAPES[name]()
    rows = source(shape)
    found = list(rows)
    faults = [(cell(rows, row, f.key), f.message) for row in found for f in row.faults]
    if shape.fault:
        [(at, reason)] = faults
        assert (at, shape.fault[1] in reason) == (shape.fault[0], True)
        return
    assert faults == []
    assert [row.values for row in found] == [EMPTY | dict(row) for row in shape.rows]
    said = " / ".join(table.found.says() for table in rows.taken)
    assert all(words in said for words in shape.says), said


def test_most_of_the_corpus_is_read_whole_after_few_answers() -> None:
    shapes = [make() for make in SHAPES.values()]
    assert len(shapes) >= 40
    assert all(shape.given <= 5 for shape in shapes)
    assert sum(shape.fault is None for shape in shapes) >= 0.9 * len(shapes)
