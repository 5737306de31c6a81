"""Points given on a day of November 2026, and reading the pages that show them."""

import datetime as dt
import io
from typing import Any

from django.test import Client
from openpyxl import load_workbook

from core.actors import SYSTEM
from mileage import catalogue as earn
from mileage.models import Entry
from mileage.services.awards import Award, award
from organization.models import User
from policies.models import PolicyValue
from policies.registry import cache_clear

DAY = dt.date(2026, 11, 20)


def give(rule: earn.Rule, user: Any, event: str, day: dt.date = DAY, **values: Any) -> Entry:
    (entry,) = award(
        [Award(rule, user, event, day, values.pop("title", f"일 {event}"), **values)], actor=SYSTEM
    )
    return entry


def as_(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def workbook(response: Any) -> list[tuple[Any, ...]]:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def rows(response: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in response.context["list"].rows]


def change(policy: Any, value: Any, day: dt.date, document: str = "기획예산과-500") -> None:
    PolicyValue.objects.create(
        key=policy.key, effective_from=day, value=value, document=document, reason="조정"
    )
    cache_clear()
