"""Shapes whose rows are odd: totals, notes, repeated heads, blocks, merged cells, what is hidden."""

from typing import Any

from openpyxl import Workbook

from tests.basis.excel_files import saved
from tests.basis.tables.heads import HEAD, MEANT, A, B
from tests.basis.tables.shape import Shape, book, day, fill, shape

C = ["무인민원", "대구시", "민원과", "검토중"]
THIRD = {"title": "무인민원", "organ": "대구시", "departments": "민원과", "result": "pending"}
THREE = [*MEANT, THIRD]


@shape
def totals_subtotals_and_notes() -> Shape:
    rows = [
        ["연번", *HEAD, "건수"],
        [1, *A, 2],
        [None, "소계", None, None, None, 2],
        [2, *B, 3],
        ["합  계", None, None, None, None, 5],
        ["※ 2015년 12월 말 기준"],
        ["작성자: 기획예산과 홍길동"],
    ]
    meant = [{**MEANT[0], "cases": 2}, {**MEANT[1], "cases": 3}]
    return Shape(book(rows, "A5:E5"), meant, says=("자료 2행", "합계 2행", "주석 2행"))


@shape
def a_total_of_sums_that_were_never_worked_out() -> Shape:
    rows = [
        ["연번", *HEAD, "건수"],
        [1, *A, 2],
        [2, *B, 3],
        ["합계", None, None, None, "=COUNTA(E2:E3)", "=SUM(F2:F3)"],
    ]
    return Shape(book(rows), [{**MEANT[0], "cases": 2}, {**MEANT[1], "cases": 3}], says=("합계 1행",))


@shape
def total_above_the_data() -> Shape:
    rows = [[*HEAD, "건수"], ["총계", None, None, None, 5], [*A, 2], [*B, 3]]
    return Shape(book(rows), [{**MEANT[0], "cases": 2}, {**MEANT[1], "cases": 3}], says=("합계 1행",))


@shape
def a_case_whose_name_begins_like_a_total() -> Shape:
    rows = [HEAD, ["합계출산율 높이기", *A[1:]], ["계단 정비", *B[1:]]]
    return Shape(book(rows), [{**MEANT[0], "title": "합계출산율 높이기"}, {**MEANT[1], "title": "계단 정비"}])


@shape
def head_repeated_at_each_page() -> Shape:
    rows = [HEAD, A, B, [], ["2015년 벤치마킹(2쪽)"], HEAD, C]
    return Shape(book(rows, "A5:D5"), THREE, says=("자료 3행", "되풀이된 제목 1행"))


@shape
def two_blocks_side_by_side() -> Shape:
    rows = [[*HEAD, None, *HEAD], [*A, None, *C], [*B, None, None, None, None, None]]
    return Shape(book(rows), THREE)


@shape
def two_blocks_without_a_gap() -> Shape:
    return Shape(book([[*HEAD, *HEAD], [*A, *C], [*B, None, None, None, None]]), THREE)


@shape
def two_tables_one_below_the_other() -> Shape:
    rows = [HEAD, A, B, [], ["방문 현황"], ["방문기관", "방문일", "인원"], ["부산시", "2015-03-05", 7]]
    return Shape(book(rows), MEANT, {"tables": ["자료!A1"]})


@shape
def a_summary_above_the_table() -> Shape:
    rows = [["구분", "도입", "미도입"], ["건수", 1, 1], [], ["□ 세부 내역"], HEAD, A, B]
    return Shape(book(rows), MEANT, {"tables": ["자료!A5"]})


@shape
def rows_under_bands_of_fields() -> Shape:
    rows = [HEAD, ["□ 교통 분야"], A, ["□ 문화 분야"], B]
    return Shape(book(rows, "A2:D2", "A4:D4"), MEANT, says=("주석 2행",))


@shape
def department_merged_over_its_rows() -> Shape:
    rows = [
        ["검토부서", "사례명", "기관명", "검토결과"],
        ["교통행정과", "공유주차", "서울시", "도입"],
        [None, "무인민원", "대구시", "검토중"],
    ]
    return Shape(book(rows, "A2:A3"), [MEANT[0], {**THIRD, "departments": "교통행정과"}])


@shape
def ditto_marks() -> Shape:
    rows = [HEAD, A, ["무인민원", "〃", '"', "상동"], ["스마트도서관", "부산시", "〃", "미도입"]]
    meant = [
        MEANT[0],
        {**MEANT[0], "title": "무인민원"},
        {**MEANT[1], "departments": "교통행정과"},
    ]
    return Shape(book(rows), meant, {"confirmed": ["위 행과 같음"]})


@shape
def hidden_rows_and_columns() -> Shape:
    def hide(workbook: Workbook) -> None:
        workbook.active.row_dimensions[3].hidden = True
        workbook.active.column_dimensions["B"].hidden = True

    return Shape(book([HEAD, A, B, C], change=hide), THREE, says=("숨긴 행 1 포함", "숨긴 열 B"))


@shape
def hidden_sheet_beside() -> Shape:
    def hide(workbook: Workbook) -> None:
        page = workbook.create_sheet("예전")
        fill(page, [HEAD, C])
        page.sheet_state = "hidden"

    return Shape(book([HEAD, A, B], change=hide), MEANT)


@shape
def a_sheet_for_each_year() -> Shape:
    workbook = Workbook()
    workbook.active.title = "2013"
    fill(workbook.active, [["2013년 현황"], HEAD, A])
    fill(workbook.create_sheet("2014"), [HEAD, B])
    fill(workbook.create_sheet("2015"), [[], [], HEAD, C])
    return Shape(saved(workbook), THREE)


@shape
def a_cover_sheet_and_a_sheet_of_codes() -> Shape:
    workbook = Workbook()
    workbook.active.title = "표지"
    fill(workbook.active, [["벤치마킹 관리대장"], [], ["기획예산과"]])
    fill(workbook.create_sheet("대장"), [HEAD, A, B])
    fill(workbook.create_sheet("코드"), [["코드", "부서명"], ["01", "교통행정과"], ["02", "문화과"]])
    return Shape(saved(workbook), MEANT)


@shape
def empty_rows_and_running_numbers_prepared_for_more() -> Shape:
    rows: list[list[Any]] = [["연번", *HEAD], [1, *A], [], [2, *B], [3], [4], [5]]
    return Shape(book(rows), MEANT, says=("번호만 있는 행 3",))


@shape
def end_marks_and_page_numbers() -> Shape:
    return Shape(
        book([HEAD, A, B, [None, "- 이하 빈칸 -"], ["끝."], [None, None, "- 1 -"]]), MEANT, says=("주석 3행",)
    )


@shape
def formulas_in_some_cells() -> Shape:
    # Worked out nowhere: openpyxl writes no results, as some tools do not.
    rows = [[*HEAD, "건수"], [*A, 2], [*B, "=E2+1"]]
    return Shape(book(rows), [], fault=("E3", "수식"))


@shape
def a_required_cell_is_empty() -> Shape:
    return Shape(book([HEAD, A, [None, *B[1:]]]), [], fault=("A3", "필수"))


@shape
def numbers_of_the_columns_under_the_head() -> Shape:
    return Shape(book([HEAD, ["①", "②", "③", "④"], A, B]), MEANT, says=("되풀이된 제목 1행",))


@shape
def a_summary_of_other_words_above_the_table() -> Shape:
    rows = [["Ⅰ. 총괄"], ["구분", "계", "완료"], ["2015", 3, 2], [], ["Ⅱ. 세부 내역"], HEAD, A, B]
    return Shape(book(rows), MEANT, says=("제목 행 6",))


@shape
def groups_written_once_without_merging() -> Shape:
    rows = [
        ["검토부서", "사례명", "검토결과"],
        ["교통행정과", "공유주차", "도입"],
        [None, "무인민원", "검토중"],
    ]
    meant = [
        {"title": "공유주차", "departments": "교통행정과", "result": "adopted"},
        {"title": "무인민원", "departments": "교통행정과", "result": "pending"},
    ]
    return Shape(book(rows), meant, {"confirmed": ["빈칸은 위 행과 같음"]})


@shape
def bands_that_name_the_year() -> Shape:
    rows = [["연번", *HEAD, "발굴일"], ["2013년"], [1, *A, "3월"], ["2014년"], [1, *B, "4. 5."]]
    meant = [{**MEANT[0], "found": day(2013, 3)}, {**MEANT[1], "found": day(2014, 4, 5)}]
    return Shape(book(rows), meant, {"confirmed": ["연도는 제목에서"]}, says=("주석 2행",))
