"""What there is of a kind leaves in the shape in which its import takes it, and comes back the same (N1, B2)."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from basis.excel.exports import get_export
from basis.excel.importer import IMPORTERS, get_importer
from basis.excel.writer import Sheet, write_workbook
from benchmarking.enums import Channel, Field
from benchmarking.excel.results import RESULTS
from core import exports, jobs
from core.attachments import files_of
from core.models import AccessLog, Job
from core.now import pretend
from imports.sockets import IMPORT_PAGES
from organization.enums import DepartmentKind, Role
from organization.models import Department, StaffList, User
from organization.services import stafflists
from tests import factories as make
from tests.basis.excel_files import taken, workbook
from tests.knowledge import made as knowledge

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
BACKEND = "organization.backends.Backend"
PAPER = "기획예산과-77"


def brought(kind: str, head: tuple[str, ...], *rows: list[Any]) -> None:
    """Taken in from a file."""
    result = taken(get_importer(kind), workbook([list(head), *rows]), actor_for(kind))
    assert not result.errors, result.errors


def cases() -> None:
    finder = User.objects.get(employee_number="200001")
    make.CaseFactory(
        title="공유주차", channel=Channel.EVALUATION, found_by=finder, estimated_cost=5_000_000, link="https://a.example/1",
        suggested_departments=[Department.objects.get(name="교통행정과")],
    )  # fmt: skip
    make.CaseFactory(title="=1+1 이라는 이름", field=Field.FINANCE, found_by=None, actor=finder)


def past_cases() -> None:
    head = (
        "연도",
        "번호",
        "사례명",
        "기관명",
        "검토 부서",
        "검토 결과",
        "부서별 검토 결과",
        "검토 의견",
        "발굴일",
        "결정일",
        "통보 문서번호",
        "발굴자",
        "업무반영일",
        "업무반영",
        "반영 내용",
        "예상 비용(원)",
        *KINDS,
    )
    rows: tuple[dict[str, Any], ...] = (
        {
            "연도": "2015",
            "번호": 3,
            "사례명": "공유주차",
            "기관명": "○○시",
            "부서별 검토 결과": "교통행정과: 도입, 건축과: 현행유지",
            "검토 의견": "차가 많음",
            "발굴일": "2015-03",
            "결정일": "2015-04-02",
            "통보 문서번호": PAPER,
            "발굴자": "200001",
            "업무반영일": "2016",
            "업무반영": "○",
            "반영 내용": "공영주차장 세 곳",
            "예상 비용(원)": 500,
            **KINDS,
        },
        {
            "연도": "2015",
            "번호": 7,
            "사례명": "빈집 은행",
            "검토 부서": "건축과",
            "검토 결과": "장기검토",
            "발굴자": "옛사람",
        },
        {"연도": "2014", "사례명": "기록만 있는 사례", "검토 의견": "남은 의견"},
        {
            "연도": "2013",
            "사례명": "부서를 모르는 도입",
            "검토 결과": "도입",
            "업무반영": "○",
            "반영 내용": "했음",
        },
    )
    brought("benchmarking-past", head, *([row.get(name) for name in head] for row in rows))


def past_visits() -> None:
    brought(
        "visits-past",
        (*VISIT, "참여자", "사례"),
        [
            "2014-03-05",
            2,
            "○○시",
            "교통행정과, 건축과",
            5,
            250_000,
            "주차장 운영",
            PAPER,
            "200001, 옛사람",
            "공유주차 앱",
        ],
        ["2014-05", None, "△△구", "건축과", None, None, None, None, None, None],
    )


def budgets() -> None:
    head = ("연도", "편성액(원)", "집행액(원)", "결정 문서번호", "결정일", "예산과목", "비고")
    brought(
        "travel-budgets-past", head,
        [2014, 1_250_000, 900_000, PAPER, "2014-01-15", "여비", "본예산"],
        [2013, 500_000, None, PAPER, None, None, None],
    )  # fmt: skip


def proposals() -> None:
    head = (
        "신청번호", "신청일", "제목", "지금의 문제", "내용", "기대효과", "분야", "공개 여부", "신청인", "연락처",
        "전자우편", "주소",
    )  # fmt: skip
    who = ["김구민", "010-0000-0000", "kim@example.org", "한빛로 1"]
    brought(
        "proposals", head,
        ["1AB-2611-1", "2026-11-18", "골목길 보안등", "어둡습니다.", "달기", "안전", "안전·도시", "비공개", *who],
        ["1AB-2612-2", "2025-12-30", "경로당 온열의자", None, "고쳐 주세요.", *[None] * 7],
    )  # fmt: skip


def past_proposals() -> None:
    head = (
        "연도", "번호", "제목", "구분", "접수 경로", "분야", "지금의 문제", "내용", "기대효과", "공개 여부",
        "담당 부서", "결과", "검토 의견", "접수일", "결정일", "시행할 날", "제안자",
    )  # fmt: skip
    brought(
        "proposals-past", head,
        [
            "2015", 3, "골목길 보안등", "직원 제안", "직원 게시판", "안전·도시", "어둡습니다.", "달기", "안전", "공개",
            "교통행정과", "채택", "내년에 답니다.", "2015-03", "2015-04-02", "2016-01-04", "200001",
        ],
        [None, None, "빈집 은행", "구민 제안", *[None] * 6, "건축과", "불채택", "어렵습니다.", "2014-05-07", "2014",
         None, "옛사람"],
        ["2013", None, "기록만 있는 제안", "구민 제안", *[None] * 13],
    )  # fmt: skip


def openings() -> None:
    head = ("직원번호", "이름", "구분", "점수·시간", "기준일", "근거 문서번호")
    brought(
        "mileage-past", head,
        ["200001", None, "창의마일리지", 12.5, "2025-12-31", PAPER],
        ["200001", None, "상시학습", 40, "2024", PAPER],
    )  # fmt: skip


def rolls() -> None:
    head = (
        "연도", "동아리", "구분", "국·소", "연구 과제", "분임", "직책", "직원번호", "이름", "가입일", "탈퇴일",
    )  # fmt: skip
    rest = [None, "2025-02-03", "2025-11-30"]
    brought(
        "clubs-past", head,
        ["2025", "주차연구회", "학습·연구 동아리", "건축과", None, None, "회장", "200001", *rest],
        ["2025", "주차연구회", None, None, "공유주차", 1, "총무", "200002", *rest],
    )  # fmt: skip


def club_meetings() -> None:
    brought(
        "club-meetings-past", ("모임일", "시각", "동아리", "내용", "모임 구분", "장소", "참석자", "회의 내용"),
        ["2025-03-12", "16:30", "주차연구회", "과제 토론", "수시모임", "회의실", "200001, 200002", "나눔"],
    )  # fmt: skip


def club_topics() -> None:
    brought(
        "club-topics", ("연도", "과제 구분", "번호", "과제", "주관 부서"),
        [2026, "핵심과제", 3, "골목 주차난 해소", "교통행정과"],
        [2026, "공약사항", 3, "빈집 활용", None],
    )  # fmt: skip


def club_budgets() -> None:
    head = ("연도", "편성액(원)", "집행액(원)", "결정 문서번호", "결정일", "예산과목", "비고")
    brought("club-budgets-past", head, [2014, 6_500_000, 900_000, PAPER, "2014-01-15", "포상", "본예산"])


def incentive_projects() -> None:
    head = (
        "연도", "평가 구분", "연번", "사업명", "부문", "사업비(백만원)", "평가 부서", "주관 부서", "협조 부서",
    )  # fmt: skip
    brought(
        "incentive-projects", head,
        [2015, None, 12, "안전도시 만들기", "안전", 900, "안전총괄과", "교통행정과", "건축과"],
        ["2015", "대외기관 평가", "1", "정부합동평가", None, None, None, "건축과", None],
    )  # fmt: skip


def incentive_results() -> None:
    head = (
        "연도", "연번", "평가 이름", "평가 결과", "수상금(백만원)", "주관 부서", "평가 구분", "순위", "발표일",
    )  # fmt: skip
    brought(
        "incentive-results", head,
        ["2015", "10", "안전도시 만들기 사업", "최우수", "90 (포상금)", "교통행정과", "공동협력사업", "3",
         "2015-11-30"],
        [2015, None, "무궁화 대상", "대상", None, "건축과, 교통행정과", "대외기관", None, None],
    )  # fmt: skip


def incentive_years() -> None:
    brought(
        "incentive-years", ("연도", "평가 구분", "순위", "수상금", "수상(건)", "수상 내역"),
        ["2014", None, "12위", "3억 1천 8백만원", "7개", "최우수1, 우수3"],
        ["2015", "대외기관 평가", None, "95,500,000원", None, None],
    )  # fmt: skip


def incentive_budgets() -> None:
    head = ("연도", "편성액(원)", "집행액(원)", "결정 문서번호", "결정일", "예산과목", "비고")
    brought(
        "incentive-budgets-past", head, [2014, 50_000_000, 900_000, PAPER, "2014-01-15", "포상", "본예산"]
    )


def past_posts() -> None:
    head = (
        "작성일",
        "제목",
        "본문",
        "등록자",
        "부서",
        "영역",
        "유형",
        "분야",
        "키워드",
        "폐기 사유",
        "첨부파일명",
    )
    brought(
        "knowledge-past", head,
        ["2024-03-12", "배정 순서", "분기마다 받는다", "200001", "교통행정과", "자료공유", "업무편람", "교통", "주차",
         None, "배정표.xlsx; 신청서.hwpx"],
        ["2020-05-04", "견인 절차", "먼저 알린다", "200002", "건축과", "업무나눔터", "업무지식", None, None,
         "조례 폐지", None],
    )  # fmt: skip


def departments() -> None:
    bureau = make.DepartmentFactory(name="복지국", kind=DepartmentKind.BUREAU, order=7)
    place = make.DepartmentFactory(name="복지과", parent=bureau, role="general_affairs")
    make.DepartmentFactory(name="기획팀", kind=DepartmentKind.TEAM, parent=place)


def lineage() -> None:
    brought(
        "departments-past",
        ("부서명", "구분", "설치일", "폐지일", "승계 부서", "부서 코드", "근거 문서"),
        ["교통지도과", "과·담당관", "1998-03-01", "2009-12-31", "교통행정과", "X1", "조례 3호"],
        ["옛날동", "동", "1990", "1997-12-31", None, None, None],
    )


def people() -> None:
    place = Department.objects.get(name="건축과")
    make.UserFactory(department=place, name="김하나", rank="7급")
    make.head_of(place, name="이두리", email="")


KINDS = {"기관 구분": "시·군·구", "발굴 경로": "언론보도", "분야": "건설교통", "예산 구분": "저예산"}
VISIT = (
    "방문일",
    "방문 일수",
    "방문 기관",
    "방문 부서",
    "인원(명)",
    "집행액(원)",
    "방문 목적",
    "출장명령 번호",
)
# Columns in which nothing leaves: what is to happen, and other ways of saying what stands in another column.
ELSEWHERE = {
    "departments": {"변경일", "폐지일", "승계 부서 코드"},
    "benchmarking-past": {"부서별 검토 결과", *(str(label) for label, _decision, _words in RESULTS.values())},
}
WORLDS: dict[str, Callable[[], None]] = {
    "benchmarking-cases": cases,
    "benchmarking-past": past_cases,
    "visits-past": past_visits,
    "travel-budgets-past": budgets,
    "clubs-past": rolls,
    "club-meetings-past": club_meetings,
    "club-budgets-past": club_budgets,
    "club-topics": club_topics,
    "incentive-projects": incentive_projects,
    "incentive-results": incentive_results,
    "incentive-years": incentive_years,
    "incentive-budgets-past": incentive_budgets,
    "knowledge-past": past_posts,
    "mileage-past": openings,
    "proposals": proposals,
    "proposals-past": past_proposals,
    "departments": departments,
    "departments-past": lineage,
    "staff": people,
}


@pytest.fixture(autouse=True)
def _around() -> Any:
    """What the rows of the kinds refer to."""
    with pretend(TODAY):
        make.planner()
        make.UserFactory(name="관리자", roles=[Role.ADMINISTRATOR])
        make.UserFactory(employee_number="200001", name="김찾은")
        make.UserFactory(employee_number="200002", name="김두리")
        for name in ("교통행정과", "건축과"):
            make.DepartmentFactory(name=name)
        yield


def actor_for(kind: str) -> User:
    manages = IMPORT_PAGES[kind].permission == "organization.manage"
    return User.objects.get(name="관리자") if manages else make.planner()


def file_of(kind: str) -> io.BytesIO:
    columns, rows = get_export(kind).build({})
    target = io.BytesIO()
    write_workbook(target, [Sheet(kind, columns, rows)])
    target.seek(0)
    return target


def table_of(kind: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in get_export(kind).build({})[1]]


def test_every_kind_that_is_taken_in_leaves_in_the_same_shape() -> None:
    """No exceptions."""
    assert {page.kind for page in IMPORT_PAGES} == set(IMPORTERS.keys()) == set(WORLDS)
    for importer in IMPORTERS:
        heads, _rows = get_export(importer.kind).build({})
        assert [head.label for head in heads] == [str(column.label) for column in importer.columns]
        assert "exported" in vars(importer) or any(
            "exported" in vars(base) for base in importer.__mro__[1:-2]
        )


@pytest.mark.parametrize("kind", list(WORLDS))
def test_what_left_comes_back_the_same(kind: str) -> None:
    if kind == "visits-past":
        budgets()
        make.CaseFactory(title="공유주차 앱")
    if kind == "club-meetings-past":
        rolls()
    if kind == "incentive-results":
        incentive_projects()
    if kind == "knowledge-past":
        knowledge.field("교통")
    with transaction.atomic():
        WORLDS[kind]()
        file, before = file_of(kind), table_of(kind)
        transaction.set_rollback(True)
    without = table_of(kind)
    assert len(before) > len(without), "the world has rows of this kind"
    told = {
        str(c.label)
        for n, c in enumerate(get_importer(kind).columns)
        if any(r[n] is not None for r in before)
    }
    lost = {str(c.label) for c in get_importer(kind).columns} - told
    assert lost == ELSEWHERE.get(kind, set())
    result = taken(get_importer(kind), file, actor_for(kind))
    assert result.errors == []
    assert result.total == len(before)
    for found in StaffList.objects.all():
        stafflists.begin(found, "apply", actor=actor_for(kind))
    assert table_of(kind) == before


def test_d3_who_may_take_in_gets_the_file_and_it_is_logged(client: Client) -> None:
    client.force_login(make.planner(), backend=BACKEND)
    page = client.get("/import/benchmarking-past/").content.decode()
    assert "/import/benchmarking-past/export/" in page
    past_cases()
    answer = client.get("/import/benchmarking-past/export/")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert [cell.value for cell in book.worksheets[0][1]][:3] == ["연도", "번호", "사례명"]
    assert book.worksheets[0].max_row == 6
    assert AccessLog.objects.filter(action=AccessLog.Action.EXPORT).count() == 1
    assert client.get("/import/staff/export/").status_code == 403


def test_d3_personal_data_leaves_with_a_reason(client: Client) -> None:
    client.force_login(User.objects.get(name="관리자"), backend=BACKEND)
    asked = client.get("/import/staff/export/")
    assert asked["Location"].startswith("/export-reason/?next=")
    answer = client.get("/import/staff/export/", {"export": "xlsx", "reason": "인사 시스템에 보냄"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content)
    log = AccessLog.objects.get(action=AccessLog.Action.EXPORT)
    assert (log.subject_kind, log.reason) == ("staff", "인사 시스템에 보냄")


def test_much_of_a_kind_is_written_in_the_background(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    client.force_login(make.planner(), backend=BACKEND)
    past_cases()
    answer = client.get("/import/benchmarking-past/export/")
    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.pk}/"
    jobs.run(job.pk)
    job.refresh_from_db()
    (file,) = files_of(job)
    with file.file.open() as stream:
        assert load_workbook(stream).worksheets[0].max_row == 6
