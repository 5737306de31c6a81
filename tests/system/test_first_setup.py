"""From an empty PostgreSQL to an office of 60 departments and 1,300 people with first passwords, by clicking only."""

import logging
import os
import re
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PIL import Image

from tests import services
from tests.database import another

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.postgres]
log = logging.getLogger(__name__)
BUREAUS, DIVISIONS, DONGS, PEOPLE = 5, 40, 15, 1_300
MOST = 300  # seconds of the machine, migrations included
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMED = ("기획예산과", "총무과", "스마트정보과", "감사담당관")
NEW_PASSWORD = "높은 바다 위 갈매기 일곱"


def workbook(heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> bytes:
    book, target = Workbook(), BytesIO()
    assert book.active
    for row in (heads, *rows):
        book.active.append(row)  # type: ignore[union-attr]  # it is there
    book.save(target)
    return target.getvalue()


def departments() -> list[tuple[Any, ...]]:
    bureaus = [(f"B{n}", f"제{n}국", "국·소", "", "", n, "2020-01-01") for n in range(1, BUREAUS + 1)]
    names = [*NAMED, *(f"시험{n}과" for n in range(len(NAMED), DIVISIONS))]
    divisions = [
        (f"D{n:03}", name, "과·담당관", f"B{n % BUREAUS + 1}", "", 100 + n, "2020-01-01")
        for n, name in enumerate(names)
    ]
    dongs = [(f"N{n:02}", f"푸른{n}동", "동", "", "", 300 + n, "2020-01-01") for n in range(DONGS)]
    return [*bureaus, *divisions, *dongs]


def people() -> list[tuple[Any, ...]]:
    """As a personnel system writes them, of departments by name."""
    places = departments()
    rows = [("100002", "김구청", places[0][1], "구청장", "", "", "2024-07-01")]
    for n in range(PEOPLE - 1):
        place = places[n % len(places)][1]
        chief = "국장" if place.endswith("국") else "동장" if place.endswith("동") else "과장"
        position, rank = ("주무관", "지방행정주사보(7급)") if n >= 3 * len(places) else ("팀장", "행정6급")
        if n < len(places):
            position, rank = chief, "지방행정사무관(5급)"
        rows.append((f"{200000 + n}", f"직원{n}", place, position, rank, "", "2026-01-01"))
    return rows


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[services.Office]:
    """Processes on a database with nothing in it, not even tables."""
    with another(os.environ["DATABASE_URL"], tmp_path, "empty_office") as address:
        running = services.Office({"DATABASE_URL": address, "DATA_DIR": str(tmp_path / "data")}, tmp_path)
        yield running
        running.close()


class Clerk:
    """Clicks and fills in; types no address but the first."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def link(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def button(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(value)

    def see(self, text: str, seconds: float = 90) -> None:
        self.page.get_by_text(text).first.wait_for(timeout=seconds * 1000)

    def step(self, label: str) -> None:
        """From wherever one is, by the hint on every page."""
        self.link("처음 설정으로")
        self.page.get_by_role("link", name=re.compile(f"^열기\\s*: {label}$")).click()

    def finish(self, label: str) -> None:
        self.link("처음 설정으로")
        self.page.get_by_role("button", name=re.compile(f"^이 단계 마치기\\s*: {label}$")).click()

    def upload(self, name: str, content: bytes) -> None:
        self.page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": XLSX, "buffer": content}
        )
        self.button("파일 확인")
        self.result("오류가 없습니다.")
        self.button("저장하기")
        self.result("저장되었습니다.")

    def result(self, text: str) -> None:
        """Of what was done while waiting, or by the worker behind a page of progress."""
        behind = self.page.get_by_role("link", name="결과 보기")
        behind.or_(self.page.get_by_text(text)).first.wait_for(timeout=90_000)
        if behind.count():
            behind.click()
        self.see(text)


def log_in(clerk: Clerk, number: str, password: str) -> None:
    """With a first password, which is changed at once."""
    clerk.fill("직원번호", number)
    clerk.page.locator("input[type=password]").first.fill(password)
    clerk.button("로그인")
    fields = clerk.page.locator("input[type=password]")
    clerk.page.get_by_role("heading", name="비밀번호 바꾸기").wait_for()
    for place, value in enumerate((password, NEW_PASSWORD, NEW_PASSWORD)):
        fields.nth(place).fill(value)
    clerk.button("비밀번호 바꾸기")


def test_an_office_moves_in_by_clicking_alone(empty: services.Office, browser: Any) -> None:
    begun = time.monotonic()
    empty.manage("migrate")
    empty.manage("collectstatic", "--noinput")
    told = empty.manage("setup", "--number", "100001", "--name", "홍관리").stdout
    first = re.search(r": ((?:[a-z0-9]{4}-){2}[a-z0-9]{4})", told)
    assert first, told
    address = empty.web()
    empty.worker()
    empty.beat()
    context = browser.new_context(base_url=address, locale="ko-KR", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    clerk = Clerk(context.new_page())
    clerk.page.goto("/")
    log_in(clerk, "100001", first[1])
    clerk.see("언제든 떠났다가 이어서")

    clerk.step("기관 이름과 로고")
    logo = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(logo, "PNG")
    clerk.fill("기관명", "푸른구청")
    clerk.page.locator("input[type=file]").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": logo.getvalue()}
    )
    clerk.button("저장")
    clerk.see("푸른구청")
    clerk.step("서버 점검")
    clerk.see("점검 결과")
    clerk.finish("서버 점검")

    clerk.step("부서")
    heads = ("부서 코드", "부서명", "구분", "상위 부서 코드", "기능", "정렬 순서", "설치일")
    clerk.upload("부서.xlsx", workbook(heads, departments()))
    clerk.step("직원")
    clerk.link("엑셀로 올리기")
    heads = ("사번", "성명", "소속", "직위", "직급", "이메일", "발령일자")
    clerk.upload("현원.xlsx", workbook(heads, people()))
    clerk.link("목록에서 보기")
    clerk.see("신규")
    clerk.link("명단 적용")
    clerk.button("명단 적용")
    clerk.see("직원 1,300명이 바뀌었습니다")

    clerk.step("기능과 역할")
    clerk.button("저장")
    clerk.see("기능을 정하고")
    clerk.step("보고서 시작일")
    clerk.fill("보고서 자동 작성 시작일", "2027-01-01")
    clerk.fill("근거 문서", "처음 설정")
    clerk.fill("변경 사유", "처음 설정")
    clerk.button("바뀌는 업무 확인")
    clerk.button("방침 변경")
    clerk.see("방침 값이 등록되었습니다")
    clerk.finish("구청 프로필")
    clerk.finish("지난 자료")

    clerk.step("처음 비밀번호")
    clerk.button("대상 확인")
    clerk.see("1300명의 비밀번호가")
    clerk.button("발급하기")
    clerk.see("부서별 인쇄물")
    clerk.link("모두 인쇄")
    clerk.see("200001")
    clerk.page.wait_for_load_state()  # down to the last of many
    slips = clerk.page.content()
    passwords = re.findall(r"(?:[a-z2-9]{4}-){2}[a-z2-9]{4}", slips)
    took = time.monotonic() - begun
    log.info("60 departments and 1,300 people with passwords took %.0f s", took)
    assert len(set(passwords)) == PEOPLE
    assert took < MOST
    clerk.page.go_back()
    clerk.link("처음 설정으로")
    clerk.link("처음 설정 마치기")
    clerk.button("처음 설정 마치기")
    clerk.see("처음 설정을 마쳤습니다.")

    slip = re.search(r"200001.*?((?:[a-z2-9]{4}-){2}[a-z2-9]{4})", slips, re.DOTALL)
    assert slip
    person = Clerk(browser.new_context(base_url=address, locale="ko-KR").new_page())
    person.page.goto("/")
    log_in(person, "200001", slip[1])
    person.page.get_by_role("heading", name="내 할 일").wait_for()
