"""Workbooks as somebody would upload them."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook


def book(heads: list[str], *rows: list[Any], name: str = "명단.xlsx") -> SimpleUploadedFile:
    workbook, target = Workbook(), BytesIO()
    sheet = workbook.active
    sheet.append(heads)
    for row in rows:
        sheet.append(row)
    workbook.save(target)
    return SimpleUploadedFile(name, target.getvalue())
