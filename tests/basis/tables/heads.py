"""Shapes whose heads are odd: where they stand, of how many rows they are, how they are written."""

from tests.basis.tables.shape import Shape, book, day, shape

HEAD = ["사례명", "기관명", "검토부서", "검토결과"]
A = ["공유주차", "서울시", "교통행정과", "도입"]
B = ["스마트도서관", "부산시", "문화과", "미도입"]
MEANT = [
    {"title": "공유주차", "organ": "서울시", "departments": "교통행정과", "result": "adopted"},
    {"title": "스마트도서관", "organ": "부산시", "departments": "문화과", "result": "rejected"},
]


@shape
def plain_form() -> Shape:
    return Shape(book([HEAD, A, B]), MEANT)


@shape
def title_unit_and_date_above() -> Shape:
    above = [
        ["2015년 벤치마킹 추진현황"],
        [],
        [None, None, None, "(단위: 건)"],
        [None, None, None, "2015. 12. 31. 기준"],
    ]
    return Shape(book([*above, HEAD, A, B], "A1:D1"), MEANT, says=("제목 행 5", "자료 2행"))


@shape
def boxes_for_approval_above() -> Shape:
    above = [
        ["벤치마킹 관리대장", None, None, "담당", "팀장", "과장"],
        [None, None, None, None, None, None],
        [None, None, None, "전결", None, None],
        [],
    ]
    return Shape(book([*above, HEAD, A, B], "A1:C3"), MEANT)


@shape
def head_of_two_rows_with_merged_groups() -> Shape:
    rows = [
        ["연번", "사례", None, "검토", None],
        [None, "사례명", "기관명", "부서", "결과"],
        [1, *A],
        [2, *B],
    ]
    return Shape(book(rows, "A1:A2", "B1:C1", "D1:E1"), MEANT, says=("제목 행 1–2",))


@shape
def head_of_three_rows_with_marks_under_the_choices() -> Shape:
    rows = [
        ["2015년 벤치마킹"],
        ["연번", "사례명", "기관명", "검토부서", "검토결과", None, None],
        [None, None, None, None, "종결", None, "진행"],
        [None, None, None, None, "도입", "미도입", "검토중"],
        [1, "공유주차", "서울시", "교통행정과", "○", None, None],
        [2, "스마트도서관", "부산시", "문화과", None, "○", None],
    ]
    merged = ("A1:G1", "A2:A4", "B2:B4", "C2:C4", "D2:D4", "E2:G2", "E3:F3")
    return Shape(book(rows, *merged), MEANT, says=("제목 행 2–4", "자료 2행"))


@shape
def groups_merged_by_eye_only() -> Shape:
    rows = [
        ["연번", "사례명", "기관명", "검토부서", "검토결과", None],
        [None, None, None, None, "도입", "미도입"],
        [1, "공유주차", "서울시", "교통행정과", "O", None],
        [2, "스마트도서관", "부산시", "문화과", None, "O"],
    ]
    return Shape(book(rows), MEANT)


@shape
def heads_with_line_breaks_spaces_and_asterisks() -> Shape:
    head = ["사 례 명 *", "기관\n명", "검토\n부서", "검 토 결 과"]
    return Shape(book([head, A, B]), MEANT)


@shape
def heads_in_full_width_and_decomposed_letters() -> Shape:
    import unicodedata

    head = [unicodedata.normalize("NFD", "사례명"), "기관명\u200b", "\u3000검토부서", "검토결과＊"]
    return Shape(book([head, A, B]), MEANT)


@shape
def heads_by_other_names() -> Shape:
    return Shape(book([["사업명", "지자체", "소관부서", "도입여부"], A, B]), MEANT)


@shape
def heads_almost_as_ours_confirmed_by_hand() -> Shape:
    answers = {"columns": {"사례 이름": "title", "기관 명칭": "organ"}}
    return Shape(book([["사례 이름", "기관 명칭", "부서명", "결과"], A, B]), MEANT, answers)


@shape
def heads_of_another_kind_told_by_hand() -> Shape:
    answers = {"columns": {"내용": "title", "어디": "organ", "누가": "departments", "어떻게": "result"}}
    return Shape(book([["내용", "어디", "누가", "어떻게"], A, B]), MEANT, answers)


@shape
def head_row_shown_by_hand() -> Shape:
    rows = [["가", "나", "다", "라"], ["ㄱ", "ㄴ", "ㄷ", "ㄹ"], A, B]
    answers = {
        "heads": {"자료": [2, 2]},
        "columns": {"ㄱ": "title", "ㄴ": "organ", "ㄷ": "departments", "ㄹ": "result"},
    }
    return Shape(book(rows), MEANT, answers)


@shape
def heads_with_notes_in_brackets() -> Shape:
    head = ["사례명(국문)", "기관명 (시·도)", "검토부서(주관)", "검토결과(도입/미도입)"]
    return Shape(book([head, A, B]), MEANT)


@shape
def table_that_begins_in_the_middle_of_the_sheet() -> Shape:
    rows = [[]] * 6 + [[None, None, None, *row] for row in (HEAD, A, B)]
    return Shape(book(rows), MEANT, says=("제목 행 7",))


@shape
def head_far_below_a_long_explanation() -> Shape:
    words = [[f"{n}. 작성 요령은 다음과 같으니 빠짐없이 적어 주시기 바랍니다."] for n in range(1, 13)]
    return Shape(book([["벤치마킹 작성 요령"], *words, [], HEAD, A, B]), MEANT, says=("제목 행 15",))


@shape
def column_without_a_head() -> Shape:
    rows = [[*HEAD, None], [*A, "비고 없이 적은 말"], [*B, None]]
    return Shape(book(rows), MEANT)


@shape
def columns_we_do_not_ask_for() -> Shape:
    rows = [["연번", *HEAD, "비고", "담당자 전화"], [1, *A, "우수", "02-123"], [2, *B, None, None]]
    return Shape(book(rows), MEANT)


@shape
def same_head_twice_chosen_by_hand() -> Shape:
    rows = [[*HEAD, "담당부서"], [*A, "기획과"], [*B, "기획과"]]
    return Shape(book(rows), MEANT)


@shape
def months_as_groups_of_years() -> Shape:
    rows = [
        ["사례명", "추진", None, "검토부서"],
        [None, "발굴일", "결과", None],
        ["공유주차", "2015.3.", "도입", "교통행정과"],
    ]
    meant = [{"title": "공유주차", "found": day(2015, 3), "result": "adopted", "departments": "교통행정과"}]
    return Shape(book(rows, "A1:A2", "B1:C1", "D1:D2"), meant)
