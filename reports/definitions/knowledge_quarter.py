"""지식나눔 운영 현황: each quarter, what was brought, read and said, and what is still true (R1, K1–K6)."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from basis.documents.model import Document, Figure, Figures, Heading, Paragraph
from basis.formats import number
from basis.periods import Period, PeriodKind
from knowledge.selectors.quarter import Activity, activity, brought, overdue
from reports import knowledge_blocks as blocks
from reports.definitions import wording as say
from reports.definitions.base import Definition, office
from reports.policies import KNOWLEDGE_AFTER

SLUG = "knowledge-quarter"


def due_on(period: Period) -> date:
    return period.end + timedelta(days=KNOWLEDGE_AFTER.on(period.end))


def worth(period: Period) -> bool:
    return bool(brought(period.days).exists())


def build(period: Period, as_of: date) -> Document:
    before, year_ago = period.previous(), Period(period.kind, period.year - 1, period.number)
    now, then, last = (activity(one.days) for one in (period, before, year_ago))
    late = overdue(as_of)
    return Document(
        title=REPORT.title(period),
        subtitle=say.dated(period.start, period.end, as_of),
        office=office(),
        made_on=as_of,
        blocks=(
            Heading("Ⅰ. 개요"),
            Figures(
                (
                    Figure("올린 지식", now.brought, "건", f"지난 분기 {number(then.brought)}건"),
                    Figure("승인", now.standing, "건", f"지난 분기 {number(then.standing)}건"),
                    Figure("조회", now.views, "건", f"지난 분기 {number(then.views)}건"),
                    Figure("추가의견", now.opinions, "건", f"지난 분기 {number(then.opinions)}건"),
                    Figure("기한이 지난 확인", late, "건"),
                )
            ),
            *say.points(_told(now), f"다시 확인할 기한이 지난 지식 {number(late)}건" if late else ""),
            Heading("Ⅱ. 영역·유형별"),
            blocks.kind_table(period.days),
            Heading("Ⅲ. 부서별"),
            blocks.department_table(period.days),
            Heading("Ⅳ. 유효 여부"),
            blocks.validity_table(),
            Heading("Ⅴ. 많이 읽고 높이 평가한 지식"),
            *blocks.read_table(period.days),
            *blocks.rated_table(),
            Heading("Ⅵ. 지식등록의 날"),
            *blocks.campaign_table(period.days),
            Heading("Ⅶ. 지난 기간과 비교"),
            blocks.comparison_table([(year_ago.label, last), (before.label, then), (period.label, now)]),
            Paragraph("※ 유효 여부와 평가는 기준일 현재이며, 조회와 의견은 그 기간의 것입니다.", "note"),
        ),
    )


def _told(now: Activity) -> str:
    if not now.brought:
        return "올린 지식 없음"
    text = f"지식 {number(now.brought)}건: 승인 {number(now.standing)}건, 승인 전 {number(now.waiting)}건"
    text += f", 승인하지 않음 {number(now.rejected)}건"
    return text + f"; 직원 {number(now.readers)}명이 {number(now.views)}건을 읽음"


REPORT = Definition(SLUG, _("지식나눔 운영 현황"), (PeriodKind.QUARTER,), due_on, build, worth)
