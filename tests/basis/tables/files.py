"""Workbooks as offices keep them, made for the tests, in every container."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
MIME = "application/vnd.oasis.opendocument.spreadsheet"
Rows = Sequence[Sequence[Any]]


def xls(rows: Rows, name: str = "자료") -> io.BytesIO:
    book = xlwt.Workbook()
    page = book.add_sheet(name)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value is not None:
                page.write(i, j, value, day) if hasattr(value, "isoformat") else page.write(i, j, value)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def ods(rows: Rows, name: str = "자료") -> io.BytesIO:
    book = OpenDocumentSpreadsheet()
    table = Table(name=name)
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(_ods_cell(value))
        table.addElement(line)
    book.spreadsheet.addElement(table)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _ods_cell(value: Any) -> Any:
    if value is None:
        return TableCell()
    if hasattr(value, "isoformat"):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=str(value))
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=value))
    return cell


def opendocument(tables: str) -> bytes:
    """An .ods of hand-written tables."""
    names = "".join(f' xmlns:{name}="{OASIS}{name}:1.0"' for name in ("office", "table", "text"))
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", MIME)
        content = f"<office:document-content{names}>{body}</office:document-content>"
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def csv(rows: Rows, encoding: str = "cp949", separator: str = ",") -> io.BytesIO:
    lines = (separator.join("" if v is None else str(v) for v in row) for row in rows)
    return io.BytesIO("".join(f"{line}\r\n" for line in lines).encode(encoding))


def html(rows: Rows, encoding: str = "utf-8") -> io.BytesIO:
    body = "".join(
        "<tr>" + "".join(f"<td>{'' if v is None else v}</td>" for v in row) + "</tr>" for row in rows
    )
    page = f'<html><head><meta charset="{encoding}"></head><body><table>{body}</table></body></html>'
    return io.BytesIO(page.encode(encoding))


def page(table: str) -> io.BytesIO:
    """HTML of a table's rows."""
    return io.BytesIO(f"<html><body><table>{table}</table></body></html>".encode())
