"""Workbooks as somebody would upload them."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook


def book(heads: list[str], *rows: list[Any], name: str = "명단.xlsx") -> SimpleUploadedFile:
    workbook, target = Workbook(), BytesIO()
    sheet = workbook.active
    sheet.append(heads)
    for row in rows:
        sheet.append(row)
    workbook.save(target)
    return SimpleUploadedFile(name, target.getvalue())


def filled(form: Any) -> dict[str, Any]:
    """What a browser sends of a form in which nobody changed anything."""
    values = {name: form[name].value() for name in form.fields}
    return {
        name: "on" if value is True else value for name, value in values.items() if value not in (None, False)
    }


def sent(client: Client, url: str, typed: dict[str, Any] | None = None) -> str:
    """Where the form of this page leads, sent as a browser would."""
    context = client.get(url).context
    shown = filled(context["form"]) if "form" in context else {}
    answer = client.post(url, {"version": context["seen_version"], **shown, **(typed or {})})
    assert answer.status_code == 302, [*answer.context["form"].errors.values()]
    return str(answer["Location"])
