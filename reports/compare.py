"""What has changed since a report was made: two documents, cell by cell. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from basis.documents.model import Block, Document, Figures, Heading, Paragraph, Table
from basis.documents.present import column_names, display, row_views

Place = tuple[str, str, str, str]  # table or section, row, column, and what else tells it from others
_NUMBERS = re.compile(r"[\d,.]+")


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
        Difference(
            where, row, column, old.get((where, row, column, *rest)), new.get((where, row, column, *rest))
        )
        for where, row, column, *rest in places
        if old.get((where, row, column, *rest)) != new.get((where, row, column, *rest))
    ]


def _cells(document: Document) -> dict[tuple, str]:
    """Place and number among equal places → text."""
    seen: Counter[Place] = Counter()
    found: dict[tuple, str] = {}
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
                yield (section, item.label, "", ""), display(item.value, item.kind)
        case Paragraph():
            # A sentence is known by how it begins, whatever its figures.
            yield (section, _("문장"), "", _NUMBERS.sub("", block.text.partition(":")[0])), block.text
        case _:
            return


def _table(table: Table, section: str) -> Iterator[tuple[Place, str]]:
    """Rows are known by their first cell."""
    names = column_names(table)
    for part in (table.rows, table.totals):
        for views in row_views(table, part):
            for view in views[1:]:
                yield (table.caption or section, views[0].text, names[view.column], ""), view.text
