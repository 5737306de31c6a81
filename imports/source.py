"""Where the rows of an intake come from: the tables of its file, with what the person has said of them and what the
office has said before."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from basis.excel.importer import Importer
from basis.excel.rows import Place
from basis.tables.containers import open_book
from basis.tables.source import TableSource
from core.attachments import files_of
from imports.models import Intake, Word

PARTS = (
    "tables",
    "heads",
    "columns",
    "values",
    "constants",
    "confirmed",
    "rows",
    "upright",
)  # of the answers


def place_key(place: Place) -> str:
    """As answers and pages name a row."""
    return f"{place[0]}!{place[1]}"


def placed(key: str) -> Place:
    sheet, _mark, row = key.rpartition("!")
    return sheet, int(row)


@contextmanager
def opened(intake: Intake, importer: Importer) -> Iterator[TableSource]:
    """ExcelRefused if the file cannot be read."""
    kept = files_of(intake).get()
    answers = {part: intake.answers[part] for part in PARTS if part in intake.answers}
    with kept.file.open("rb") as file:
        yield TableSource(open_book(file, kept.name), importer.columns, answers, remembered(intake.kind))


def remembered(kind: str) -> Mapping[str, Any]:
    """As TableSource takes it."""
    columns: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for column, written, means in Word.objects.filter(kind=kind).values_list("column", "written", "means"):
        if column:
            values.setdefault(column, {})[written] = means
        else:
            columns[written] = means
    return {"columns": columns, "values": values}
