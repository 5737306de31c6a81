"""Documents the tests of basis.documents share."""

import datetime as dt
from decimal import Decimal

from basis.documents.model import (
    Block,
    Cell,
    Chart,
    Column,
    Document,
    Entry,
    Figure,
    Figures,
    HeadCell,
    Heading,
    KeyValues,
    PageBreak,
    Paragraph,
    Series,
    SignatureLine,
    Signer,
    Table,
    row,
)

MADE_ON = dt.date(2026, 11, 20)


def b9_table() -> Table:
    """The source's own figures, with 미도입 over three columns (B9)."""
    return Table(
        caption="타 기관 우수사례 검토 결과",
        unit="건",
        columns=(
            Column("연도"),
            Column("합계", "int"),
            Column("도입", "int"),
            Column("소계", "int"),
            Column("현행유지·장기검토 등", "int", width=1.6),
            Column("기시행 중", "int"),
        ),
        head_rows=(
            (
                HeadCell("연도", rowspan=2),
                HeadCell("합계", rowspan=2),
                HeadCell("도입", rowspan=2),
                HeadCell("미도입", colspan=3),
            ),
            (HeadCell("소계"), HeadCell("현행유지·장기검토 등"), HeadCell("기시행 중")),
        ),
        rows=(
            row(2015, Cell(34, url="/benchmarking/?year=2015"), 3, 31, 16, 15),
            row(2014, 25, 4, 21, 13, 8),
            row(2013, 33, 10, 23, 10, 13),
        ),
        totals=(row("합계", 92, 17, 75, 39, 36),),
    )


B9_GRID = [
    ["연도", "합계", "도입", "미도입", "", ""],
    ["", "", "", "소계", "현행유지·장기검토 등", "기시행 중"],
    ["2015", "34", "3", "31", "16", "15"],
    ["2014", "25", "4", "21", "13", "8"],
    ["2013", "33", "10", "23", "10", "13"],
    ["합계", "92", "17", "75", "39", "36"],
]


def chart(kind: str = "stacked") -> Chart:
    return Chart(
        kind,  # type: ignore[arg-type]  # the tests also pass wrong kinds
        ("2013", "2014", "2015"),
        (Series("도입", (10, 4, 3)), Series("미도입", (23, 21, 31))),
        unit="건",
        caption="연도별 검토 결과",
    )


def form() -> KeyValues:
    """The review report (B11)."""
    return KeyValues(
        (
            (Entry("사례명", "공유주차 앱 도입"), Entry("발굴기관", "○○시")),
            (Entry("검토기한", dt.date(2026, 12, 4), "date"), Entry("소요예산", 1_250_000, "money")),
            (Entry("검토의견", "주차난이 심한 주택가에서 구민 편의가 큼.\n공영주차장부터 적용"),),
        )
    )


def everything() -> Document:
    """Every kind of block and of value."""
    blocks: tuple[Block, ...] = (
        Heading("Ⅰ. 운영현황"),
        Figures(
            (
                Figure("검토 사례", 92, "건", url="/benchmarking/"),
                Figure("기한 내 처리율", Decimal("0.857"), kind="percent", note="지난 반기 80.0%"),
            )
        ),
        Heading("□ 그간 추진현황", 2),
        Paragraph("○ 타 기관 우수사례 검토: 총 92건", "bullet"),
        b9_table(),
        Paragraph("※ 2016년부터 검토 직원에게도 지급", "note"),
        chart(),
        PageBreak(),
        form(),
        SignatureLine((Signer("검토자", "교통행정과 주무관 김하늘"),)),
    )
    return document(*blocks)


def document(*blocks: Block, title: str = "2015년 벤치마킹 추진실적 분석 결과") -> Document:
    return Document(
        title=title, subtitle="업무 반영 현황", office="한빛구청 기획예산과", made_on=MADE_ON, blocks=blocks
    )
