"""Ten years of an older board: posts from its workbook, their files after it (N1, K1)."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from basis.excel.importer import ImportResult
from core.attachments import files_of
from core.models import OpenWork
from core.now import pretend
from core.work.verify import differences
from knowledge.enums import Validity
from knowledge.excel import PastPostImporter
from knowledge.finding import POSTS
from knowledge.models import Awaited, Post
from mileage.models import Entry
from notifications.models import Notice
from tests import factories as make
from tests.basis.excel_files import taken, workbook
from tests.knowledge import made

pytestmark = pytest.mark.django_db
HEAD = ("작성일", "제목", "본문", "등록자", "부서", "구분", "지식유형", "키워드", "폐기 사유", "첨부파일명")


def run(*rows: Any) -> ImportResult:
    with pretend(made.DAY):
        return taken(PastPostImporter(), workbook([list(HEAD), *map(list, rows)]), make.planner())


@pytest.fixture(autouse=True)
def _writer() -> None:
    office = make.DepartmentFactory(name="교통행정과", valid_from=dt.date(2010, 1, 1))
    make.UserFactory(employee_number="200001", name="김직원", department=office)


PLACES = ("writer", "place", "area", "type", "tags", "old", "files")


def row(title: str, **given: Any) -> list[Any]:
    usual = {"day": "2024-03-12", "text": f"{title} 내용", "writer": "200001", "place": "교통행정과"}
    more = {"area": "업무나눔터", "type": "업무편람", "tags": "주차, 배정", "old": None, "files": None}
    said = {**usual, **more, **given}
    return [said["day"], title, said["text"], *(said[key] for key in PLACES)]


def test_n1_past_posts_stand_and_nobody_is_told_or_earns() -> None:
    result = run(row("거주자우선주차\n배정"), row("견인 절차", old="조례 폐지", writer="김직원"))
    assert not result.errors, result.errors
    first, old = Post.objects.order_by("pk")
    assert (first.title, first.tags, first.is_past) == ("거주자우선주차 배정", "주차 배정", True)
    assert (old.validity, old.old_reason) == (Validity.OLD, "조례 폐지")
    assert not Entry.objects.exists()
    assert not Notice.objects.filter(kind__startswith="knowledge.").exists()
    assert not OpenWork.objects.exists()
    assert POSTS.find("거주자 우선", Post.objects.standing()).total == 1
    assert not list(differences())
    again = run(row("견인 절차", writer="김직원"))
    assert again.errors


def test_n3_every_fault_is_told_and_nothing_saved() -> None:
    result = run(
        row("가" * 130),
        row("모르는 사람", writer="홍길동"),
        row("모르는 부서", place="없는과"),
        row("앞날", day="2030-01-01"),
        row("바른 글"),
    )
    assert len(result.errors) == 4
    assert not Post.objects.exists()


def test_n1_files_go_where_their_names_were_given(client: Client) -> None:
    run(row("배정 순서", files="배정표.txt; 신청서.txt"), row("견인", files="배정표.txt"))
    assert Awaited.objects.count() == 3
    client.force_login(make.planner())
    address = reverse("knowledge:past_files")
    assert "배정표.txt" in client.get(address).content.decode()
    files = [ContentFile("내용".encode(), name=name) for name in ("배정표.txt", "남의것.txt")]
    page = client.post(address, {"attachments": files}, follow=True).content.decode()
    assert "남의것.txt" in page
    assert [len(files_of(post)) for post in Post.objects.order_by("pk")] == [1, 1]
    assert Awaited.objects.get().name == "신청서.txt"
