"""What a look through a file has found, as the intake keeps it for its pages."""

from typing import Any

from basis.excel.columns import display
from basis.excel.importer import Importer, ImportResult
from core.attachments import files_of
from imports.models import Intake
from imports.source import opened, place_key

MOST_ROWS = (
    500  # rows at fault kept with their cells for mending in the page; the rest follow when these are mended
)


def summary(importer: Importer, result: ImportResult, source: Any, intake: Intake) -> dict[str, Any]:
    found: dict[str, Any] = {
        "total": result.total,
        "error_count": result.error_count,
        "errors": [list(error) for error in result.errors],
        "ignored": list(result.ignored_columns),
        "remarks": [list(remark) for remark in result.remarks],
        "skipped": [list(place) for place in source.skipped],
        "proof": result.proof.to_json() if result.proof else None,
    }
    if result.errors:
        places = list(dict.fromkeys((error.sheet, error.row) for error in result.errors))[:MOST_ROWS]
        found["rows"] = _cells(importer, intake, set(places))
    return found


def _cells(importer: Importer, intake: Intake, places: set[tuple[str, int]]) -> dict[str, dict[str, str]]:
    """What stands in these rows, as somebody would type it."""
    labels = {
        column.key: {code: str(label) for code, label in column.options()}
        for column in importer.columns
        if column.kind == "choice"
    }
    found: dict[str, dict[str, str]] = {}
    kept = files_of(intake).get()
    with kept.file.open("rb") as file, opened(file, kept.name, importer, intake.answers) as source:
        for row in source:
            if row.place not in places:
                continue
            cells = {
                key: labels.get(key, {}).get(value) or display(value) for key, value in row.values.items()
            }
            found[place_key(row.place)] = cells | {f.key: display(f.value) for f in row.faults}
            if len(found) == len(places):
                break
    return found
