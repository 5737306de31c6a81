"""시상 현황: each year, who was given what, and what has to be known of it for pay, leave and merit (A1–A5)."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from awards.selectors.lists import leave_of, merits, sums
from awards.selectors.tax import totals
from awards.selectors.year import by_kind, of_year
from basis.documents.model import Block, Document, Heading, Paragraph, Table
from basis.formats import number
from basis.periods import Period, PeriodKind
from reports.definitions import award_blocks as blocks
from reports.definitions import wording as say
from reports.definitions.base import Definition, month_day_after, office
from reports.policies import AWARDS_YEAR

SLUG = "awards-year"
T = TypeVar("T")


def due_on(period: Period) -> date:
    return month_day_after(AWARDS_YEAR.on(period.end), period.end + timedelta(days=1))


def build(period: Period, as_of: date) -> Document:
    year = period.year
    awards = list(of_year(year).select_related("user").order_by("number"))
    return Document(
        title=REPORT.title(period),
        subtitle=say.dated(period.start, period.end, as_of),
        office=office(),
        made_on=as_of,
        blocks=(
            Heading("Ⅰ. 총괄"),
            *say.points(*_said(year)),
            blocks.kind_table(year, by_kind(year)),
            Heading("Ⅱ. 시상 내역"),
            *blocks.award_table(awards),
            Heading("Ⅲ. 세금"),
            *_listed(blocks.tax_table, totals(year), "이 해에 세금을 살필 직원 시상금이 없습니다."),
            Heading("Ⅳ. 특별휴가"),
            *_listed(blocks.leave_table, leave_of(year), "이 해에 결정한 특별휴가가 없습니다."),
            Heading("Ⅴ. 실적가점"),
            *_listed(blocks.merit_table, merits(year), "이 해에 성과포인트를 받은 직원이 없습니다."),
        ),
    )


def _listed(table: Callable[[Sequence[T]], Table], rows: Sequence[T], empty: str) -> list[Block]:
    return [table(rows)] if rows else [Paragraph(empty, "note")]


def _said(year: int) -> list[str]:
    whole = sums(of_year(year))
    if not whole.count:
        return ["이 해에 결정한 시상이 없습니다."]
    waiting = f", 지급 전 {number(whole.waiting)}건 {number(whole.waiting_amount)}원" if whole.waiting else ""
    return [
        f"시상 {number(whole.count)}건, 시상금 {number(whole.given)}원",
        f"지급한 시상금 {number(whole.handed)}원{waiting}",
    ]


def worth(period: Period) -> bool:
    return of_year(period.year).exists()


REPORT = Definition(SLUG, _("시상 현황"), (PeriodKind.YEAR,), due_on, build, worth)
