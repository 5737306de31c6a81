"""A look through a file: what was found, what is still to be asked, what is wrong. As the intake keeps it."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from basis.excel.columns import display
from basis.excel.importer import Importer, ImportResult
from basis.excel.rows import Place
from basis.excel.safety import ExcelRefused
from basis.tables.cards import Turned
from basis.tables.finding import Found
from basis.tables.grids import Grid
from basis.tables.source import Questions, TableSource
from imports.models import Intake
from imports.source import opened, place_key, placed

MOST_ROWS = (
    500  # rows at fault kept with their cells for mending in the page; the rest follow when these are mended
)
PREVIEW = (15, 12)  # rows and columns of a sheet shown for correcting the head
MOST_SHEETS = 30
_SHOWN = 40  # characters of a cell in the preview


def look(importer: Importer, intake: Intake, progress: Callable[[int], None] | None = None) -> dict[str, Any]:
    """Everything is checked as saving would do it, as soon as it is known what the columns are."""
    try:
        with opened(intake, importer) as source:
            if _lacks(source):
                questions = source.questions()
                return {**_found(source), "total": 0, "questions": _asked(questions, source, intake)}
            result = importer.take(source, intake.person, dry_run=True, progress=progress)
            checked = outcome(importer, result, source)
            return {
                **checked,
                "questions": _asked(source.questions(), source, intake),
                **_found(source),
            }
    except ExcelRefused as error:
        return {"refused": error.message}


def _lacks(source: TableSource) -> bool:
    """Whether rows cannot be read before something is said."""
    return not source.taken or any(table.missing or table.twice for table in source.taken)


def outcome(importer: Importer, result: ImportResult, source: TableSource) -> dict[str, Any]:
    places = [error.place for error in (*result.errors, *result.remarks)]
    places += [placed(place) for place in source.skipped]
    found: dict[str, Any] = {
        "total": result.total,
        "names": _names(source, places),
        "error_count": result.error_count,
        "errors": [list(error) for error in result.errors],
        "ignored": list(result.ignored_columns),
        "remarks": [list(remark) for remark in result.remarks],
        "proof": result.proof.to_json() if result.proof else None,
    }
    if result.errors:
        places = list(dict.fromkeys(error.place for error in result.errors))[:MOST_ROWS]
        found["rows"] = _cells(importer, source, set(places))
    return found


def _names(source: TableSource, places: Iterable[Place]) -> dict[str, str]:
    """What rows were in the sheet, that are none there: cards, columns."""
    named = {place_key(place): source.name_of(place) for place in places}
    return {key: name for key, name in named.items() if name}


def _cells(
    importer: Importer, source: TableSource, places: set[tuple[str, int]]
) -> dict[str, dict[str, str]]:
    """What stands in these rows, as somebody would type it."""
    labels = {
        column.key: {code: str(label) for code, label in column.options()}
        for column in importer.columns
        if column.kind == "choice"
    }
    found: dict[str, dict[str, str]] = {}
    for row in source:
        if row.place not in places:
            continue
        cells = {key: labels.get(key, {}).get(value) or display(value) for key, value in row.values.items()}
        found[place_key(row.place)] = cells | {fault.key: display(fault.value) for fault in row.faults}
        if len(found) == len(places):
            break
    return found


def _found(source: TableSource) -> dict[str, Any]:
    """What the file is, after its rows were read."""
    taken = {table.found.key for table in source.taken}
    return {
        "book": list(source.book.remarks),
        "container": source.book.container,
        "skipped": list(islice(source.skipped.items(), MOST_ROWS)),
        "sheets": [_preview(grid, source.tables) for grid in _visible(source)],
        "tables": [
            {
                "key": table.key,
                "sheet": table.sheet,
                "says": source.says(table),
                "title": table.title[:100],
                "layout": table.layout,
                "taken": table.key in taken,
                "fits": _fits(source, table),
            }
            for table in source.tables
        ],
    }


def _visible(source: TableSource) -> list[Grid]:
    return [grid for grid in source.grids if not grid.hidden][:MOST_SHEETS]


def _preview(grid: Grid, tables: Iterable[Found]) -> dict[str, Any]:
    """The beginning of a sheet, down to where a head is looked for."""
    rows, columns = PREVIEW
    head = next((table.head for table in tables if table.sheet == grid.name), None)
    begin = max(1, head[0] - rows // 2) if head else 1
    lines = [line for line in grid.lines if line.number >= begin][:rows]
    width = min(columns, grid.width)
    return {
        "name": grid.name,
        "turned": isinstance(grid, Turned),
        "head": list(head) if head else None,
        "rows": [
            [line.number, [display(line.value(n))[:_SHOWN] for n in range(1, width + 1)]] for line in lines
        ],
    }


def _asked(questions: Questions, source: TableSource, intake: Intake) -> dict[str, Any]:
    """What remains to be said, plainly; empty parts are settled. What was passed over once is not asked again."""
    passed = set(intake.answers.get("passed", []))
    columns = {match.heading.text: match for match in questions.columns}
    meant = [{match.column for match in table.matches if match.key} for table in source.taken]
    given = source.answers.get("constants", {})
    lacking = [
        column.key
        for column in source.columns
        if column.required and column.key not in given and any(column.key not in keys for keys in meant)
        if not (column.titled and all(table.found.year or table.found.years for table in source.taken))
    ]
    twice = [table.twice for table in source.taken if table.twice]
    return {
        "tables": _unsure_of_tables(source, intake),
        "columns": [
            {
                "text": text,
                "letter": _letter(source, text),
                "key": m.key,
                "how": m.how,
                "tables": [n for n, table in enumerate(source.taken) if _has(table.found, text)],
                "sample": _sample(source, text),
            }
            for text, m in columns.items()
        ],
        "unsure": [text for text, m in columns.items() if m.key and not m.sure],
        "twice": twice,
        "lacking": lacking,
        "absent": [column.key for column in questions.missing if column.key not in lacking],
        "values": [
            {
                "column": q.column,
                "label": q.label,
                "written": q.written,
                "count": q.count,
                "proposed": q.proposed or "",
            }
            for q in questions.values
            if f"{q.column}:{q.written}" not in passed
        ],
        "notes": [
            {"kind": n.kind, "count": n.count, "written": n.written, "read": n.read}
            for n in questions.interpretations
            if n.kind not in passed
        ],
    }


def _unsure_of_tables(source: TableSource, intake: Intake) -> bool:
    """Several that could be meant, or none: the person says which."""
    if not source.tables or not source.taken:
        return True
    if "tables" in intake.answers:
        return False
    likely = {found.key for found in source.tables if _fits(source, found)}
    return len(likely | {table.found.key for table in source.taken}) > 1


def _fits(source: TableSource, found: Found) -> bool:
    """Whether it has half of what is needed, and so may be meant."""
    needed = [column.key for column in source.columns if column.required] or [c.key for c in source.columns]
    matches = source.dictionary.match(found.headings, source.remembered.get("columns", {}))
    return 2 * len({m.column for m in matches if m.key} & set(needed)) >= len(needed)


def _letter(source: TableSource, text: str) -> str:
    """Of the column under a head, where it is one."""
    heads = [h for table in source.taken if not table.found.layout for h in table.found.headings]
    return next((heading.letter for heading in heads if heading.text == text), "")


def _has(found: Found, text: str) -> bool:
    return any(heading.text == text for heading in found.headings)


def _sample(source: TableSource, text: str) -> str:
    """The first values under a head."""
    for table in source.taken:
        for heading in table.found.headings:
            if heading.text == text:
                cells = (table.grid.cell(row, heading.column).value for row in table.found.rows[:20])
                shown = [display(value) for value in cells if value is not None]
                return ", ".join(dict.fromkeys(shown))[:60]
    return ""
