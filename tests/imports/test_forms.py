"""Cards and tables on their side in the pages: said as what they are, mended by what they are called (N3, B2)."""

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from imports.forms import name_of
from imports.models import Intake
from organization.enums import Role
from organization.models import StaffList
from tests import factories as make
from tests.workbooks import sent

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
HEADS = ["직원번호", "이름", "부서", "직위", "직급", "발령일"]


@pytest.fixture(autouse=True)
def _admin(client: Client) -> None:
    user = make.UserFactory(roles=[Role.ADMINISTRATOR])
    client.force_login(user, backend="organization.backends.Backend")
    make.DepartmentFactory(code="D1", name="한빛과")


def person(number: str, department: str = "한빛과") -> list[Any]:
    return [number, f"김직원{number}", department, "주무관", "7급", dt.date(2026, 1, 5)]


def uploaded(client: Client, rows: list[list[Any]]) -> str:
    workbook, target = Workbook(), BytesIO()
    for row in rows:
        workbook.active.append(row)
    workbook.save(target)
    file = SimpleUploadedFile("카드.xlsx", target.getvalue())
    return str(client.post("/import/staff/", {"file": file})["Location"])


def cards(*people: list[Any]) -> list[list[Any]]:
    return [line for row in people for line in [*map(list, zip(HEADS, row, strict=True)), []]]


def test_cards_are_saved_as_the_rows_they_are(client: Client) -> None:
    ready = uploaded(client, cards(person("1"), person("2")))
    assert "카드 2장" in client.get(ready).content.decode()
    client.post(ready)
    assert [row[1] for row in StaffList.objects.get().rows] == ["1", "2"]


def test_b2_a_card_at_fault_is_called_by_its_number_and_comes_back_in_a_table(client: Client) -> None:
    rows = uploaded(client, cards(person("1"), person("2", "없음")))
    page = client.get(rows)
    assert "카드 2(8행)" in page.content.decode()
    assert "내용만 표로 담은 xlsx" in page.content.decode()
    returned = client.get(page.context["workbook_url"])
    sheet = load_workbook(BytesIO(b"".join(returned.streaming_content))).active
    assert [cell.value for cell in sheet[1]] == [*HEADS, "오류"]
    assert str(sheet["G3"].value).startswith("부서: 없는 부서입니다")
    ((place, _cells, _keys),) = page.context["form"].rows
    ready = sent(client, rows, {name_of(place, "skip"): "on"})
    assert "빼고 저장합니다: 카드 2(8행)" in client.get(ready).content.decode()


def test_a_table_on_its_side_names_its_columns_and_can_be_read_as_it_stands(client: Client) -> None:
    rows = [["직원 명부"], *map(list, zip(HEADS, person("1"), person("2", "없음"), person("3"), strict=True))]
    page = client.get(uploaded(client, rows)).content.decode()
    assert "C열" in page
    tables = f"/imports/{Intake.objects.get().pk}/tables/"
    page = client.get(tables).content.decode()
    assert "옆으로 누운 표, 자료 3열" in page
    assert sent(client, tables, {"upright0": "on"}) == tables
    page = client.get(tables).content.decode()
    assert "옆으로 누운 표," not in page
