"""A report for programs: its tables as bare values, and the neutral document."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from basis.documents.model import Cell, Document, Table
from basis.documents.present import column_names
from basis.formats import unit_name
from basis.periods import Period


def report_json(slug: str, period: Period, as_of: date, document: Document) -> str:
    """`tables` hold what people read in them: numbers as numbers, days as 2015-12-31, percentages as ratios."""
    data = {
        "report": slug,
        "period": period.key,
        "as_of": as_of.isoformat(),
        "title": document.title,
        "tables": [_plain(block) for block in document.blocks if isinstance(block, Table)],
        "document": document.to_json(),
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _plain(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "unit": unit_name(table.unit),
        "columns": column_names(table),
        "rows": [_values(line) for line in table.rows],
        "totals": [_values(line) for line in table.totals],
    }


def _values(line: tuple[Cell, ...]) -> list[Any]:
    return [_value(cell.value) for cell in line]


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value.isoformat() if isinstance(value, date) else value
