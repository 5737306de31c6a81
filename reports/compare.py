"""What has changed since a report was made: two documents, cell by cell. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from core.documents.model import Block, Chart, Document, Figures, Heading, KeyValues, Paragraph, Table
from core.documents.present import column_names, display, row_views

Place = tuple[str, str, str]  # table or section, row, column


@dataclass(frozen=True)
class Difference:
    """One cell or sentence. `before` or `after` is None where it did not exist."""

    where: str
    row: str
    column: str
    before: str | None
    after: str | None


def differences(before: Document, after: Document) -> list[Difference]:
    """In the order of the earlier document; what is new follows."""
    old, new = _cells(before), _cells(after)
    places = [*old, *(place for place in new if place not in old)]
    return [
        Difference(*place[:3], old.get(place), new.get(place))
        for place in places
        if old.get(place) != new.get(place)
    ]


def _cells(document: Document) -> dict[tuple[str, str, str, int], str]:
    """Place → text. Rows are known by their first cell; equal ones are numbered."""
    seen: Counter[Place] = Counter()
    found = {}
    section = document.title
    for block in document.blocks:
        if isinstance(block, Heading):
            section = block.text
        for place, text in _block(block, section):
            found[(*place, seen[place])] = text
            seen[place] += 1
    return found


def _block(block: Block, section: str) -> Iterator[tuple[Place, str]]:
    match block:
        case Table():
            yield from _table(block, section)
        case Figures():
            for item in block.items:
                yield (section, item.label, ""), display(item.value, item.kind)
        case KeyValues():
            for entry in (entry for line in block.rows for entry in line):
                yield (section, entry.label, ""), display(entry.value, entry.kind)
        case Paragraph():
            name = block.text.partition(":")[0]
            yield (section, name, ""), block.text
        case Chart():
            return  # says what its table says
        case _:
            return


def _table(table: Table, section: str) -> Iterator[tuple[Place, str]]:
    names = column_names(table)
    for part in (table.rows, table.totals):
        for views in row_views(table, part):
            name = views[0].text
            for view in views[1:]:
                yield (table.caption or section, name, names[view.column]), view.text
