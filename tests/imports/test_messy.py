"""A workbook of somebody else's making: its tables, its words, what it lacks, read with a few answers (B2)."""

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from benchmarking.models import Case
from core import jobs
from imports.models import Intake, Word
from organization.models import User
from tests import factories as make
from tests.workbooks import book, sent

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
BACKEND = "organization.backends.Backend"
HEADS = ["연번", "사 례 명", "기관구분", "기관", "분야별", "소요예산 구분", "주요내용", "발굴 일자"]


def messy(name: str = "2015 벤치마킹.xlsx") -> SimpleUploadedFile:
    """A title above, a note sheet, other words, a total below; no channel."""
    workbook, target = Workbook(), BytesIO()
    sheet = workbook.active
    sheet.title = "2015년"
    rows: list[list[Any]] = [["2015년 벤치마킹 추진 현황"], [], HEADS]
    rows += [
        [
            1,
            "공유주차 앱 도입",
            "시·군·구",
            "가나시",
            "건설교통",
            "저예산",
            "빈 주차면 나눔",
            dt.date(2015, 3, 5),
        ],
        [2, "안심 귀갓길 조명", "시·군·구", "다라시", "교통", "저예산", "어두운 길", "2015. 3. 6.(금)"],
        [3, "작은 도서관 연계", "시·군·구", "마바시", "교통", "저예산", "상호 대차", "'15.3.7"],
        ["합계", "3건"],
    ]
    for row in rows:
        sheet.append(row)
    notes = workbook.create_sheet("참고")
    notes.append(["이 파일은 기획예산과에서 만들었습니다."])
    workbook.save(target)
    return SimpleUploadedFile(name, target.getvalue())


@pytest.fixture
def planner(client: Client) -> User:
    found = make.planner()
    client.force_login(found, backend=BACKEND)
    return found


def answered(client: Client, words: str) -> str:
    form = client.get(words).context["form"]
    channel = {name: "언론보도" for name in form.fields if name == "k-channel"}
    return sent(client, words, channel)


def test_b2_their_words_are_asked_once_and_known_the_next_time(client: Client, planner: User) -> None:
    words = client.post("/import/benchmarking-cases/", {"file": messy()})["Location"]
    page = client.get(words)
    assert words.endswith("/words/"), page.content.decode()
    assert "합계 1행" in page.content.decode()
    form = page.context["form"]
    assert "k-channel" in form.fields
    refused = client.post(words, {"version": page.context["seen_version"]})
    assert refused.status_code == 422
    assert "‘발굴 경로’ 열이 없습니다" in refused.content.decode()
    ready = answered(client, words)
    while ready.endswith("/words/"):  # values can be read only once the columns are known
        ready = answered(client, ready)
    assert "3행을 모두 확인" in client.get(ready).content.decode()
    client.post(ready)
    assert set(Case.objects.values_list("channel", "field")) == {("press", "construction")}
    assert set(Case.objects.values_list("found_on", flat=True)) == {dt.date(2015, 3, n) for n in (5, 6, 7)}
    assert Word.objects.filter(kind="benchmarking-cases", column="").exists()


def test_b2_the_head_is_corrected_by_clicking_its_row(client: Client, planner: User) -> None:
    first = client.post("/import/benchmarking-cases/", {"file": messy()})["Location"]
    pk = Intake.objects.get().pk
    tables = f"/imports/{pk}/tables/"
    assert "제목 행 3" in client.get(tables).content.decode()
    assert sent(client, tables, {"head0": ["4"]}) == tables  # the wrong one
    assert "제목 행 4" in client.get(tables).content.decode()
    assert sent(client, tables, {"head0": ["3"]}) == tables
    assert "제목 행 3" in client.get(tables).content.decode()
    assert sent(client, tables) == first


def test_n3_each_of_seven_faults_of_a_row_stands_in_the_first_answer(client: Client, planner: User) -> None:
    workbook, target = Workbook(), BytesIO()
    workbook.active.append(
        [
            "사례명",
            "기관 구분",
            "기관명",
            "발굴 경로",
            "분야",
            "예산 구분",
            "주요 내용",
            "발굴일",
            "관련 링크",
        ]
    )
    workbook.active.append(["짧음", "우주", "", "꿈", "마법", "공짜", "내용", "내일", "http//x"])
    workbook.save(target)
    first = client.post(
        "/import/benchmarking-cases/", {"file": SimpleUploadedFile("a.xlsx", target.getvalue())}
    )
    result = Intake.objects.get().result
    assert result["error_count"] == 8
    page = client.get(first["Location"]).content.decode()
    assert [error[4] for error in result["errors"] if error[4] not in page] == []


def test_b2_a_value_at_fault_in_many_rows_is_put_right_once(client: Client, planner: User) -> None:
    heads = "사례명/기관 구분/기관명/발굴 경로/분야/예산 구분/주요 내용/발굴일/검토 예정 부서".split("/")
    rest = ["언론보도", "건설교통", "저예산", "내용", "2026-01-05"]
    make.DepartmentFactory(name="교통행정과")
    rows = [[f"사례 제목 {n}", "시·군·구", f"기관{n}", *rest, "교통행정꽈"] for n in range(30)]
    page = client.post("/import/benchmarking-cases/", {"file": book(heads, *rows)})["Location"]
    assert "검토 예정 부서 ‘교통행정꽈’ 30행" in client.get(page).content.decode()
    ready = sent(client, page, {"s0": "교통행정과"})
    assert "30행을 모두 확인" in client.get(ready).content.decode()


def test_forty_files_are_uploaded_at_once_and_taken_up_one_by_one(client: Client, planner: User) -> None:
    files = [messy("가.xlsx"), messy("나.xlsx"), SimpleUploadedFile("다.xlsx", b"%PDF-1.7")]
    told = client.post("/import/benchmarking-cases/", {"file": files}, follow=True)
    assert told.redirect_chain[-1][0] == "/imports/"
    assert "다.xlsx: PDF 문서입니다" in told.content.decode()
    jobs.run_pending()
    page = client.get("/imports/").content.decode()
    assert "가.xlsx" in page
    assert "나.xlsx" in page
    assert "열과 값" in page
    first = Intake.objects.get(file_name="가.xlsx")
    assert client.get(f"/imports/{first.pk}/")["Location"].endswith("/words/")
