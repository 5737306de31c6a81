"""What has changed since a report was made; pure."""

import datetime as dt

from basis.documents.model import (
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Figures,
    Heading,
    Paragraph,
    Table,
    row,
)
from reports.compare import Difference, differences

COLUMNS = (Column("연도"), Column("합계", "int"), Column("도입", "int"))


def document(*blocks: Block) -> Document:
    return Document(title="보고", office="한빛구청", made_on=dt.date(2026, 1, 1), blocks=blocks)


def table(*lines: tuple, total: int = 0) -> Table:
    return Table(COLUMNS, tuple(row(*line) for line in lines), caption="표", totals=(row("계", total, 0),))


def test_r2_equal_documents_do_not_differ() -> None:
    assert differences(document(table(("2015", 34, 3))), document(table(("2015", 34, 3)))) == []


def test_r2_cells_are_compared_by_row_and_column() -> None:
    before = document(table(("2014", 25, 4), ("2015", 34, 3), total=59))
    after = document(table(("2015", 35, 3), ("2014", 25, 4), total=60))
    assert differences(before, after) == [
        Difference("표", "2015", "합계", "34", "35"),
        Difference("표", "계", "합계", "59", "60"),
    ]


def test_r2_new_and_gone_rows_are_told() -> None:
    before, after = document(table(("2014", 25, 4))), document(table(("2015", 1234, 3)))
    assert differences(before, after) == [
        Difference("표", "2014", "합계", "25", None),
        Difference("표", "2014", "도입", "4", None),
        Difference("표", "2015", "합계", None, "1,234"),
        Difference("표", "2015", "도입", None, "3"),
    ]


def test_r2_rows_of_the_same_name_are_told_apart() -> None:
    before = document(table(("교통과", 1, 1), ("교통과", 2, 2)))
    after = document(table(("교통과", 1, 1), ("교통과", 3, 2)))
    assert differences(before, after) == [Difference("표", "교통과", "합계", "2", "3")]


def test_r2_a_link_is_no_difference() -> None:
    plain = Table(COLUMNS, (row("2015", 1, 2),), caption="표")
    linked = Table(COLUMNS, (row("2015", Cell(1, url="/a"), 2),), caption="표")
    assert differences(document(plain), document(linked)) == []


def test_r2_sentences_and_figures_are_compared_within_their_section() -> None:
    def said(total: int, late: int) -> Document:
        return document(
            Heading("Ⅰ. 개요"),
            Paragraph(f"○ 발굴 {total}건: 결정 {total}건"),
            Figures((Figure("기한 지남", late, "건"),)),
            Paragraph("○ 그대로"),
        )

    assert differences(said(34, 1), said(1_035, 2)) == [
        Difference("Ⅰ. 개요", "문장", "", "○ 발굴 34건: 결정 34건", "○ 발굴 1035건: 결정 1035건"),
        Difference("Ⅰ. 개요", "기한 지남", "", "1", "2"),
    ]
