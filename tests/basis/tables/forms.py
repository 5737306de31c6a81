"""Shapes that are no table at first sight: cards, a form per case, and tables that lie on their side."""

import datetime as dt
from typing import Any

from openpyxl import Workbook

from tests.basis.excel_files import saved
from tests.basis.tables.heads import HEAD, MEANT, A, B
from tests.basis.tables.shape import Shape, book, day, fill, shape

WORDS = ("예산", "결과", "건수", "방문일")
C = ["무인민원", "대구시", "민원과", "검토중"]
THREE = [*MEANT, {"title": "무인민원", "organ": "대구시", "departments": "민원과", "result": "pending"}]


def card(row: list[Any]) -> list[list[Any]]:
    return [[label, value] for label, value in zip(HEAD, row, strict=True)]


@shape
def cards_below_each_other() -> Shape:
    rows = [["2015년 벤치마킹 사례"], [], *card(A), [], *card(B), [], *card(C)]
    return Shape(book(rows, "A1:B1"), THREE, says=("카드 3장", "위의 제목·단위 1행"))


@shape
def cards_below_each_other_with_titles_and_bullets() -> Shape:
    def titled(n: int, row: list[Any]) -> list[list[Any]]:
        cells = [[f"{i}. {label} :", value] for i, (label, value) in enumerate(card(row), 1)]
        return [[f"< 사례 {n} >"], *cells, ["끝."], []]

    rows = [line for n, row in enumerate((A, B, C), 1) for line in titled(n, row)]
    return Shape(book(rows), THREE, says=("카드 3장", "그 밖의 글 5행"))


@shape
def card_per_sheet() -> Shape:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for n, row in enumerate((A, B, C), 1):
        fill(workbook.create_sheet(f"사례{n}"), [["벤치마킹 사례 카드"], [], *card(row)], "A1:B1")
    return Shape(saved(workbook), THREE, says=("카드 1장",))


@shape
def cards_two_side_by_side() -> Shape:
    pairs = [[*left, None, *right] for left, right in zip(card(A), card(B), strict=True)]
    return Shape(book([*pairs, [], *card(C)]), THREE, says=("카드 3장",))


@shape
def cards_with_two_labels_in_a_row() -> Shape:
    def two(row: list[Any], found: Any) -> list[list[Any]]:
        title, organ, department, result = row
        return [
            ["사례명", title, None, None],
            ["기관명", organ, "검토부서", department],
            ["검토결과", result, "발굴일", found],
            ["비고", None, "담당자", "홍길동"],
        ]

    rows = [*two(A, dt.date(2015, 3, 5)), [], *two(B, None)]
    meant = [{**MEANT[0], "found": day(2015, 3, 5)}, MEANT[1]]
    return Shape(book(rows, "B1:D1", "B6:D6"), meant, says=("카드 2장",))


@shape
def card_with_a_label_over_two_rows() -> Shape:
    rows = [
        ["사례명", "공유주차", None],
        [None, "앱 도입", None],
        ["검토", "기관명", "서울시"],
        [None, "검토부서", "교통행정과"],
        ["검토결과", "도입", None],
    ]
    meant = [{**MEANT[0], "title": "공유주차\n앱 도입"}]
    return Shape(book(rows, "A1:A2", "B1:C1", "B2:C2", "A3:A4", "B5:C5"), meant, says=("카드 1장",))


@shape
def cards_that_begin_with_a_word_we_do_not_ask_for() -> Shape:
    rows = [["관리번호", "가-1"], *card(A), ["관리번호", "가-2"], *card(B)]
    return Shape(book(rows), MEANT, says=("카드 2장",))


@shape
def table_on_its_side_with_a_title_above() -> Shape:
    rows = [
        ["2015년 벤치마킹"],
        ["(단위: 건)"],
        ["연번", 1, 2, 3],
        *map(list, zip(HEAD, A, B, C, strict=True)),
    ]
    return Shape(book(rows, "A1:D1"), THREE, says=("옆으로 누운 표", "자료 3열", "위의 제목·단위 2행"))


@shape
def table_on_its_side_with_merged_heads() -> Shape:
    rows = [
        ["사례", "사례명", "공유주차", "무인민원", "스마트도서관"],
        [None, "기관명", "서울시", "대구시", "부산시"],
        ["검토", "부서", "교통행정과", None, "문화과"],
        [None, "결과", "도입", "검토중", "미도입"],
        ["※ 2015년 말 기준"],
    ]
    meant = [MEANT[0], {**THREE[2], "departments": "교통행정과"}, MEANT[1]]
    merged = ("A1:A2", "A3:A4", "C3:D3")
    return Shape(book(rows, *merged), meant, says=("옆으로 누운 표", "자료 3열", "그 밖의 글 1행"))


@shape
def table_on_its_side_with_a_total() -> Shape:
    rows = [["사례명", "공유주차", "스마트도서관", "계"], ["기관명", "서울시", "부산시"], ["건수", 2, 3, 5]]
    meant = [
        {"title": "공유주차", "organ": "서울시", "cases": 2},
        {"title": "스마트도서관", "organ": "부산시", "cases": 3},
    ]
    return Shape(book(rows), meant, says=("합계 1행",))


@shape
def a_card_with_a_fault() -> Shape:
    rows = [*card(A), [], *card([None, *B[1:]])]
    return Shape(book(rows), [], fault=("카드 2(6행)", "필수"))


@shape
def a_table_with_values_that_are_called_like_our_heads() -> Shape:
    rows = [["시책", "어떤 것", "말"], *([f"시책{n}", word, "말"] for n, word in enumerate(WORDS))]
    meant = [{"title": f"시책{n}"} for n in range(len(WORDS))]
    return Shape(
        book(rows),
        meant,
        {"heads": {"자료": [1, 1]}, "columns": {"시책": "title"}},
        says=("제목 행 1", "자료 4행"),
    )


@shape
def a_table_whose_last_column_is_called_like_our_heads() -> Shape:
    rows = [["연번", "어떤 것"], *([n, word] for n, word in enumerate(WORDS, 1))]
    meant = [{"title": word} for word in WORDS]
    return Shape(
        book(rows),
        meant,
        {"heads": {"자료": [1, 1]}, "columns": {"어떤 것": "title"}},
        says=("제목 행 1", "자료 4행"),
    )


@shape
def cards_with_values_that_are_called_like_our_heads() -> Shape:
    def one(title: str, department: str, result: str) -> list[list[Any]]:
        return [
            ["사례명", title, None, None],
            ["검토부서", department, "검토결과", result],
            ["발굴경로", "언론", "기관명", "예산"],
        ]

    rows = [*one("공유주차", "교통행정과", "도입"), [], *one("스마트도서관", "기관", "미도입")]
    meant = [
        {
            "title": "공유주차",
            "departments": "교통행정과",
            "result": "adopted",
            "channel": "press",
            "organ": "예산",
        },
        {
            "title": "스마트도서관",
            "departments": "기관",
            "result": "rejected",
            "channel": "press",
            "organ": "예산",
        },
    ]
    return Shape(book(rows), meant, says=("카드 2장",))


@shape
def table_on_its_side_with_values_that_are_called_like_our_heads() -> Shape:
    rows = [
        ["사례명", "공유주차", "스마트도서관", "무인민원"],
        ["기관명", "서울시", "부산시", "대구시"],
        ["검토부서", "기관", "예산", "결과"],
        ["건수", 1, 2, 3],
    ]
    departments = ("기관", "예산", "결과")
    meant = [
        {"title": row["title"], "organ": row["organ"], "departments": department, "cases": n}
        for n, (row, department) in enumerate(zip(THREE, departments, strict=True), 1)
    ]
    return Shape(book(rows), meant, says=("옆으로 누운 표", "자료 3열"))
