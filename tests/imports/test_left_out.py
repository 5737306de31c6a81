"""What of a file is not taken is said, and what was left out comes back (B2, N3)."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from imports.forms import name_of
from imports.models import Intake, Word
from organization.enums import Role
from organization.models import StaffList, User
from tests import factories as make
from tests.basis.tables.files import ods
from tests.workbooks import book, filled, sent

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
BACKEND = "organization.backends.Backend"
STAFF = ["직원번호", "이름", "부서", "직위", "직급", "전자우편", "발령일"]
PLAIN = "서식 없이 내용만 표로 담은 xlsx"


@pytest.fixture(autouse=True)
def admin(client: Client) -> User:
    found = make.UserFactory(roles=[Role.ADMINISTRATOR])
    client.force_login(found, backend=BACKEND)
    make.DepartmentFactory(code="D1", name="한빛과")
    return found


def person(number: str, department: str = "D1") -> list[Any]:
    return [number, f"김직원{number}", department, "주무관", "7급", "", dt.date(2026, 1, 5)]


def uploaded(client: Client, *rows: list[Any], heads: list[str] = STAFF) -> str:
    return str(client.post("/import/staff/", {"file": book(heads, *rows)})["Location"])


def test_b2_rows_left_out_are_listed_and_put_in_again(client: Client) -> None:
    rows = uploaded(client, person("1", "없음"), person("2", "없음"), person("3"))
    first, second = (place for place, _cells, _keys in client.get(rows).context["form"].rows)
    assert sent(client, rows, {name_of(first, "skip"): "on"}) == rows
    left = client.get(rows).context["skipped_url"]
    assert "뺀 행 1개 다시 넣기" in client.get(rows).content.decode()
    ready = sent(client, client.get(rows).context["skip_url"])
    assert client.get(rows)["Location"] == left  # nothing is at fault, but what was left out can come back
    page = client.get(left)
    assert "2행: 1 · 김직원1 · 없음 · 주무관" in page.content.decode()
    assert left in client.get(ready).content.decode()
    refused = client.post(left, {"version": page.context["seen_version"]})
    assert "다시 넣을 행을 하나 이상" in refused.content.decode()
    assert sent(client, left, {"rows": [second]}) == rows
    assert [place for place, _cells, _keys in client.get(rows).context["form"].rows] == [second]
    ready = sent(client, rows, {name_of(second, "department"): "D1"})
    client.post(ready)
    assert [row[1] for row in StaffList.objects.get().rows] == ["2", "3"]
    assert client.get(left)["Location"] == ready  # saved: too late


def test_b2_all_rows_left_out_come_back_at_once(client: Client) -> None:
    rows = uploaded(client, person("1", "없음"), person("2", "없음"), person("3"))
    sent(client, client.get(rows).context["skip_url"])
    left = f"/imports/{Intake.objects.get().pk}/skipped/"
    assert sent(client, left, {"all": "on"}) == rows
    assert len(client.get(rows).context["form"].rows) == 2


def test_n3_rows_with_values_only_under_unknown_heads_are_counted_and_named(client: Client) -> None:
    blank = [None] * 7
    ready = uploaded(
        client, [*person("1"), ""], [*blank, "추후 보완"], [*blank, "확인"], heads=[*STAFF, "메모"]
    )
    assert "모르는 열에만 값이 있는 행 2 제외(3, 4행)" in client.get(ready).content.decode()


def test_two_heads_that_mean_one_column_are_a_question_and_one_frees_the_other(client: Client) -> None:
    heads = [*STAFF[:2], "현소속", *STAFF[3:], "소속"]
    words = uploaded(client, [*person("1"), "옛과"], [*person("2"), "옛과"], heads=heads)
    page = client.get(words)
    asked = page.context["doubled"]
    assert [field.label for field in asked] == ["어느 열이 부서입니까?"]
    assert "H열 ‘소속’: 옛과" in page.content.decode()
    refused = client.post(words, {"version": page.context["seen_version"], **filled(page.context["form"])})
    assert "하나를 골라 주세요" in str(refused.context["doubled"][0].errors)
    assert "하나만 골라 주세요" not in refused.content.decode()
    ready = sent(client, words, {"t0": "현소속"})
    page = client.get(ready).content.decode()
    assert "2행을 모두 확인" in page
    assert "읽지 않았습니다: 소속" in page
    client.post(ready)
    assert not Word.objects.filter(written="소속").exists()  # in another file it may be the department


def test_a_file_that_comes_back_without_its_look_says_so_beforehand(client: Client) -> None:
    rows = uploaded(client, person("1", "없음"))
    assert PLAIN not in client.get(rows).content.decode()
    file = SimpleUploadedFile("명단.ods", ods([STAFF, person("1", "없음")]).getvalue())
    rows = str(client.post("/import/staff/", {"file": file})["Location"])
    assert PLAIN in client.get(rows).content.decode()


def test_the_list_is_only_for_those_who_may_take_something_in() -> None:
    for user, status in ((make.UserFactory(), 404), (make.planner(), 200)):
        client = Client()
        client.force_login(user, backend=BACKEND)
        assert client.get("/imports/").status_code == status
        assert ('href="/imports/"' in client.get("/").content.decode()) == (status == 200)
