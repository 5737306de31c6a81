"""2015 of the office whose plan of 2016 is the source (S4), as its tables print it, and workbooks in that shape."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from basis.excel.importer import Importer, ImportResult
from basis.tables.containers import open_book
from basis.tables.reading import MERGED, NOTHING, OWN_YEAR, WRITTEN
from basis.tables.source import TableSource
from incentives.excel import PastProjectImporter, PastResultImporter, YearSumImporter
from tests import factories as make

Row = Sequence[Any]
# number, title, grade, prize as printed, departments, kind (printed once, beside the merged cells)
RESULTS: list[Row] = [
    (1, "2014 회계연도 시 세입분야 평가\n(시세 종합실적 평가)", "노 력", 50, "세 무 과", "서울시\n인센티브"),
    (2, "2014 회계연도 시 세입분야 평가\n(세외수입 종합 평가)", "노 력", 30, "세 무 과", ""),
    (3, "2015 상반기 체납시세 징수실적 평가", "우 수", "80", "세 무 과", ""),
    (4, "‘서울, 꽃으로 피다’", "노 력", 15, "푸른도시과", ""),
    (5, "서울 희망일자리 만들기", "수상구(절대)", 69.2, "일자리지원과", ""),
    (6, "주민주도의 마을공동체 활성화사업", "수상구(절대)", "30.4", "자치행정과", ""),
    (7, "찾아가는 복지서울 · 함께 누리는\n건강서울 (복지분야)", "수상구(절대)", 50, "주민생활지원과", ""),
    (8, "「서울형 환경 · 에너지 정책 만들기」\n(에너지 살림 도시분야)", "수상구(절대)", 22.5,
     "환경과(총괄)\n지역경제과", ""),
    (9, "「서울형 환경 · 에너지 정책 만들기」\n(재활용 · 청결분야)", "수상구(절대)", 32.1, "청소행정과", ""),
    (10, "안전도시 만들기", "최 우 수", 90, "안전치수과", ""),
    (11, "찾아가는 복지서울 · 함께 누리는\n건강서울 (보건분야)", "수상구(절대)", 15, "보건위생과", ""),
    (12, "자치구 반부패 · 청렴활동 추진", "수상구(절대)", 25, "감사담당관", ""),
    (13, "2014년 행정서비스 시민 만족도 조사\n(청소분야)", "우 수", "-", "청소행정과", "서울시\n단위사업"),
    (14, "2014 제설대책 추진 평가", "장 려", 3, "도로관리과", ""),
    (15, "2015년 에코마일리지 활동실적 2차 평가", "모 범", 2, "환 경 과", ""),
    (16, "2015년 에코마일리지 활동실적 3차 평가", "우 수", 8, "환 경 과", ""),
    (17, "2015년 지적·토지업무 역점시책 평가\n(토지정책분야)", "최 우 수", "-", "부동산정보과", ""),
    (18, "2015년 교통수요관리 자치구 평가", "노 력", 100, "교통행정과", ""),
    (19, "민선6기 전국기초자치단체장\n공약실천계획 평가", "최우수\n(SA등급)", "-", "기획예산과", "대외기관"),
    (20, "2015년 공공부문 정보자원관리\n(EA 성숙도 우수기관)", "우수기관", "-", "정보화지원과", ""),
    (21, "2015년 민원서비스 우수기관 인증", "우수기관", "-", "민원여권과", ""),
    (22, "2015년 지역복지사업 우수사례 공모\n(복지재정 효율화 부문)", "우 수", "15\n(포상금)", "주민생활지원과", ""),
    (23, "2015년 정부합동평가", "우 수", 80, "기획예산과", ""),
    (24, "2015 범시민사회단체연합\n좋은 자치단체장", "좋은\n자치단체장상", "-", "행정지원과", ""),
    (25, "제24회 대한민국 무궁화 대상\n(행정부문)", "대 상", "-", "기획예산과", ""),
    (26, "제17회 “아름다운화장실 대상”공모", "동 상", "0.5 (포상금)", "푸른도시과", ""),
    (27, "제2회 지방자치단체 자율적 내부통제 제도\n운영 및 우수사례 발표대회", "장 려", "-", "감사담당관", ""),
]  # fmt: skip
KINDS = ((1, 12), (13, 18), (19, 27))
PROJECTS: list[Row] = [
    (1, "자치구 반부패·청렴 활동 추진", 500, "감사담당관", "감사담당관"),
    (2, "주민주도의 마을공동체 활성화사업 추진", 700, "마을공동체담당관", "자치행정과"),
    (3, "역사가 살아있는 즐거운 문화관광\n도시 서울", 500, "문화정책과", "문화체육과"),
    (4, "평생교육 활성화 및 평생 학습문화 조성", "300", "평생교육담당관", "교육지원과"),
    (5, "자치구 공공자원 공유 활성화", 500, "자치행정과", "자치행정과\n기획예산과"),
    (6, "2015년 체납시세 징수 실적 평가", "1,500", "38세금징수과", "세 무 과"),
    (7, "찾아가는 복지 서울·함께 누리는 건강 서울", 800, "복지정책과", "주민생활지원과\n생활보장과\n노인복지과"),
    ("", "", 300, "보건의료정책과", "건강증진과\n의 약 과\n지역보건과"),
    (8, "여성·가족이 함께 행복한 서울 만들기", 500, "여성가족정책담당관", "여성가족과"),
    (9, "서울 희망일자리 만들기", 900, "일자리정책과", "일자리지원과"),
    (10, "지속가능한 「서울형 환경·에너지 정책」\n만들기", 900, "환경정책과", "지역경제과\n청소행정과\n환 경 과"),
    (11, "서울, 꽃으로 피다", 400, "공원녹지정책과", "푸른도시과"),
    (12, "안전도시 만들기", 900, "안전총괄과", "건설관리과\n도로관리과\n안전치수과"),
    (13, "사람중심의 안전하고 편리한 교통정책 추진", 500, "교통정책과", "교통행정과 주차관리과"),
]  # fmt: skip
YEARS: list[Row] = [
    ("구 분", "2015년", "2014년", "2013년", "2012년"),
    ("순 위\n(금액기준)", "9위", "12위", "4위", "7위"),
    ("수상금액", "5억 9백만원", "3억 1천 8백만원", "5억 6천 9백만원", "5억 1천 7백만원"),
    ("수상내역", "○ 12개 수상\n- 최우수1, 우수(수상)8, 노력3", "○ 7개 수상\n- 최우수1, 우수3, 모범1, 장려1, 대상1",
     "○ 14개 수상\n- 최우수2, 우수8, 노력3, 모범1", "○ 10개 수상\n- 최우수5, 우수4, 노력1"),
]  # fmt: skip
SUMMARY: list[Row] = [
    ("연도", "평가 구분", "수상(건)", "수상금(백만원)", "수상내역"),
    (2015, "서울시 단위평가 사업", "6개 사업", 113, "최우수1, 우수2, 장려1, 노력1"),
    (
        2015,
        "대외기관 평가사업",
        "9개 사업",
        95.5,
        "최우수1, 우수2, 장려1, 대상1, 동상1, 우수기관2, 좋은자치단체상1",
    ),
]
DEPARTMENTS = (
    "세무과 푸른도시과 일자리지원과 자치행정과 주민생활지원과 환경과 지역경제과 청소행정과 안전치수과 보건위생과 "
    "감사담당관 도로관리과 부동산정보과 교통행정과 정보화지원과 민원여권과 행정지원과 문화체육과 교육지원과 생활보장과 "
    "노인복지과 건강증진과 의약과 지역보건과 여성가족과 건설관리과 주차관리과"
).split()
CONFIRMED = [MERGED, NOTHING, OWN_YEAR, WRITTEN]


def office() -> None:
    """Its departments; 기획예산과 is the planner's."""
    make.planner()
    for name in DEPARTMENTS:
        make.DepartmentFactory(name=name)


def _file(workbook: Workbook, name: str) -> SimpleUploadedFile:
    target = BytesIO()
    workbook.save(target)
    return SimpleUploadedFile(name, target.getvalue())


def results_book(rows: Iterable[Row] = RESULTS, total: Any = 717.7) -> SimpleUploadedFile:
    """Title rows, a unit line, a merged head of the remarks, a total row above the rows, cells merged over kinds."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Ⅴ 2015년 추진성과"])
    sheet.append(["□ 총 27개 부문 717.7백만원 수상"])
    sheet.append(["", "", "", "", "", "(단위: 백만원)"])
    sheet.append(["연번", "사업명", "평가결과", "인센티브\n(백만원)", "주관부서", "비고"])
    sheet.append(["계", "", "", total, "", ""])
    sheet.merge_cells("A5:C5")
    kinds = {first: RESULTS[first - 1][5] for first, _last in KINDS}
    for row in rows:
        sheet.append([*row[:5], kinds.get(row[0], "")])
    for first, last in KINDS:
        sheet.merge_cells(start_row=first + 5, end_row=last + 5, start_column=6, end_column=6)
    return _file(book, "2015_추진성과.xlsx")


def projects_book(rows: Iterable[Row] = PROJECTS, total: Any = "9,200") -> SimpleUploadedFile:
    """A total row that counts the projects; the number and the name of project 7 merged over two lines."""
    book = Workbook()
    sheet = book.active
    sheet.append(["□ 2015년 인센티브사업 현황"])
    sheet.append(["연번", "사 업 명", "사업비\n(백만원)", "(시)\n평가부서", "추관부서"])
    sheet.append(["계", "13개 사업\n(행정과 12, 세무과 1)", total, "", ""])
    for row in rows:
        sheet.append(list(row))
    sheet.merge_cells("A10:A11")
    sheet.merge_cells("B10:B11")
    return _file(book, "2015_인센티브사업.xlsx")


def table_book(rows: Iterable[Row]) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    return _file(book, "연도별.xlsx")


def taken(importer: Importer, file: SimpleUploadedFile, **answers: Any) -> ImportResult:
    """As somebody takes it in who confirmed what was read."""
    said = {"confirmed": CONFIRMED, **answers}
    source = TableSource(open_book(file, file.name), importer.columns, said)
    return importer.take(source, make.planner())


def all_of_2015() -> None:
    """Projects, results and what the plan says of the years."""
    office()
    for importer, file in (
        (PastProjectImporter(), projects_book()),
        (PastResultImporter(), results_book()),
        (YearSumImporter(), table_book(YEARS)),
        (YearSumImporter(), table_book(SUMMARY)),
    ):
        result = taken(importer, file)
        assert not result.errors, [str(error) for error in result.errors]
