"""Shapes whose cells are written as people write: dates, amounts, choices, several in one."""

import datetime as dt

from tests.basis.excel_files import naive
from tests.basis.tables import files
from tests.basis.tables.heads import HEAD, MEANT, A, B
from tests.basis.tables.shape import Shape, book, day, shape

DATES = ["사례명", "발굴일"]


@shape
def dates_in_many_spellings() -> Shape:
    written = [
        "2015-03-05", "2015. 3. 5.(목)", "'15.3.5", "2015년 3월 5일", "20150305", dt.date(2015, 3, 5),
        "2015/3/5", "15.03.05", "２０１５．３．５", 42068,
    ]  # fmt: skip
    rows = [DATES, *[[f"사례 {i}", text] for i, text in enumerate(written)]]
    meant = [{"title": f"사례 {i}", "found": day(2015, 3, 5)} for i in range(len(written))]
    return Shape(book(rows), meant, {"confirmed": ["엑셀의 날짜 번호", "글자로 쓴 날짜"]})


@shape
def months_and_years_only() -> Shape:
    rows = [DATES, ["가나", "2015. 3."], ["다라", "2015년 3월"], ["마바", 2015], ["사아", "2015년"]]
    found = [day(2015, 3), day(2015, 3), day(2015), day(2015)]
    return Shape(book(rows), [{"title": r[0], "found": d} for r, d in zip(rows[1:], found, strict=True)])


@shape
def months_with_the_year_in_the_title() -> Shape:
    rows = [["2015년 벤치마킹"], DATES, ["가나", "3월"], ["다라", "3. 5."], ["마바", "3월 5일"]]
    found = [day(2015, 3), day(2015, 3, 5), day(2015, 3, 5)]
    meant = [{"title": r[0], "found": d} for r, d in zip(rows[2:], found, strict=True)]
    return Shape(book(rows, "A1:B1"), meant, {"confirmed": ["연도는 제목에서"]})


@shape
def months_with_the_year_in_the_name_of_the_sheet() -> Shape:
    rows = [DATES, ["가나", "12.3"], ["다라", "3월"]]
    meant = [{"title": "가나", "found": day(2014, 12, 3)}, {"title": "다라", "found": day(2014, 3)}]
    return Shape(book(rows, name="2014년"), meant, {"confirmed": ["연도는 제목에서"]})


@shape
def periods() -> Shape:
    rows = [["사례명", "방문일"], ["가나", "2015. 3. 5. ~ 3. 7."], ["다라", "2015.3.5~2015.3.6"]]
    meant = [{"title": t, "visited": dt.date(2015, 3, 5)} for t in ("가나", "다라")]
    return Shape(book(rows), meant, {"confirmed": ["기간은 그 첫날"]})


@shape
def a_day_that_is_none() -> Shape:
    return Shape(book([DATES, ["가나", "2015. 2. 30."]]), [], fault=("B2", "달력에 없는"))


@shape
def amounts_with_commas_and_won() -> Shape:
    rows = [
        ["사례명", "소요예산"],
        ["가나", "5,000,000"],
        ["다라", "5,000,000원"],
        ["마바", "-"],
        ["사아", 7],
    ]
    meant = [
        {"title": "가나", "cost": 5_000_000}, {"title": "다라", "cost": 5_000_000}, {"title": "마바"},
        {"title": "사아", "cost": 7},
    ]  # fmt: skip
    return Shape(book(rows), meant, {"confirmed": ["글자로 쓴 숫자", "‘-’, ‘없음’은 빈칸"]})


@shape
def amounts_spoken() -> Shape:
    rows = [
        ["사례명", "사업비"],
        ["가나", "5백만원"],
        ["다라", "1억 2천만원"],
        ["마바", "30만"],
        ["사아", "비예산"],
    ]
    meant = [
        {"title": "가나", "cost": 5_000_000}, {"title": "다라", "cost": 120_000_000},
        {"title": "마바", "cost": 300_000}, {"title": "사아", "cost": 0},
    ]  # fmt: skip
    return Shape(book(rows), meant, {"confirmed": ["글자로 쓴 숫자"]})


@shape
def amounts_in_thousands_said_above() -> Shape:
    rows = [
        ["예산 현황"],
        [None, None, "(단위: 천원)"],
        ["사례명", "소요예산", "건수"],
        ["가나", 5000, 3],
        ["다라", "1,200", 4],
    ]
    meant = [
        {"title": "가나", "cost": 5_000_000, "cases": 3},
        {"title": "다라", "cost": 1_200_000, "cases": 4},
    ]
    return Shape(book(rows), meant, {"confirmed": ["단위 천원"]})


@shape
def amounts_in_millions_said_in_the_head() -> Shape:
    rows = [["사례명", "소요예산\n(백만원)"], ["가나", 5], ["다라", 12.5]]
    meant = [{"title": "가나", "cost": 5_000_000}, {"title": "다라", "cost": 12_500_000}]
    return Shape(book(rows), meant, {"confirmed": ["단위 백만원"]})


@shape
def values_by_other_words() -> Shape:
    rows = [HEAD, [*A[:3], "도입 추진"], [*B[:3], "미반영"], ["가나", "나", "다과", "미반영"]]
    meant = [
        MEANT[0],
        MEANT[1],
        {"title": "가나", "organ": "나", "departments": "다과", "result": "rejected"},
    ]
    answers = {"values": {"result": {"도입 추진": "adopted", "미반영": "rejected"}}}
    return Shape(book(rows), meant, answers)


@shape
def every_middle_dot_in_a_choice() -> Shape:
    dots = "·․‧ㆍ・･•∙⋅"
    rows = [["사례명", "발굴경로"], *[[f"사례 {i}", f"공모{dot}제안"] for i, dot in enumerate(dots)]]
    return Shape(book(rows), [{"title": f"사례 {i}", "channel": "open"} for i in range(len(dots))])


@shape
def a_column_that_nobody_recorded() -> Shape:
    return Shape(book([HEAD, A, B]), MEANT, {"constants": {"channel": ""}})


@shape
def one_value_for_all() -> Shape:
    meant = [{**row, "channel": "press"} for row in MEANT]
    return Shape(book([HEAD, A, B]), meant, {"constants": {"channel": "언론"}})


@shape
def several_departments_in_one_cell() -> Shape:
    rows = [HEAD, [*A[:2], "교통행정과, 주차관리과", "도입"], [*B[:2], "문화과\n도서관과", "미도입"]]
    meant = [
        {**MEANT[0], "departments": "교통행정과, 주차관리과"},
        {**MEANT[1], "departments": "문화과\n도서관과"},
    ]
    return Shape(book(rows), meant)


@shape
def dates_that_excel_made_of_texts() -> Shape:
    rows = [HEAD, [naive(2015, 3, 1), *A[1:]]]
    return Shape(book(rows), [{**MEANT[0], "title": "2015-03-01"}], {"confirmed": ["날짜·시간을 글자로"]})


@shape
def text_of_a_database_in_cp949() -> Shape:
    return Shape(files.csv([HEAD, A, B]), MEANT)


@shape
def numbers_with_commas_in_a_csv() -> Shape:
    rows = [["사례명", "소요예산"], ["가나", '"5,000"']]
    return Shape(files.csv(rows), [{"title": "가나", "cost": 5000}], {"confirmed": ["글자로 쓴 숫자"]})


@shape
def page_of_groupware_named_xls() -> Shape:
    return Shape(
        files.html([["연번", *HEAD], ["1", *A], ["2", *B], ["합계", "2건", None, None, None]], "euc-kr"),
        MEANT,
    )


@shape
def page_with_spans() -> Shape:
    table = (
        "<tr><th rowspan=2>사례명</th><th rowspan=2>기관명</th><th rowspan=2>검토부서</th>"
        "<th colspan=2>검토결과</th></tr>"
        "<tr><th>도입</th><th>미도입</th></tr>"
        "<tr><td>공유주차</td><td>서울시</td><td>교통행정과</td><td>○</td><td></td></tr>"
        "<tr><td>스마트도서관</td><td>부산시</td><td>문화과</td><td></td><td>○</td></tr>"
    )
    return Shape(files.page(table), MEANT)


@shape
def old_workbook() -> Shape:
    return Shape(files.xls([["2015년 현황"], [], HEAD, A, B]), MEANT)


@shape
def open_document() -> Shape:
    return Shape(files.ods([["2015년 현황"], [None], HEAD, A, B]), MEANT)


@shape
def circles_and_crosses_for_whether() -> Shape:
    rows = [["사례명", "도입여부"], ["가나", "○"], ["다라", "×"]]
    meant = [{"title": "가나", "result": "adopted"}, {"title": "다라", "result": "rejected"}]
    return Shape(book(rows), meant, {"values": {"result": {"○": "adopted", "×": "rejected"}}})
