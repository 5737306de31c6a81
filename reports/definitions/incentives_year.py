"""공동협력사업 평가 결과: each year, what was won, by which projects, beside the years before (I6, I7, R1)."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from basis.documents.model import Block, Document, Figure, Figures, Heading, Paragraph
from basis.formats import number, won
from basis.periods import Period, PeriodKind
from incentives.documents_results import years_chart, years_table
from incentives.enums import Kind
from incentives.models import Division, Result
from incentives.selectors.results import prize_of, results_of
from incentives.selectors.years import KindLine, kinds_of, millions, years_of
from reports import incentive_blocks as blocks
from reports.definitions import wording as say
from reports.definitions.base import Definition, month_day_after, office
from reports.policies import INCENTIVES_YEAR

SLUG = "incentives-year"


def due_on(period: Period) -> date:
    return month_day_after(INCENTIVES_YEAR.on(period.end), period.end + timedelta(days=1))


def worth(period: Period) -> bool:
    return Result.objects.filter(division__project__year=period.year).exists()


def with_budget(year: int) -> list[Division]:
    """The budget lines of the year's joint projects."""
    rows = Division.objects.filter(project__year=year, project__kind=Kind.JOINT).exclude(budget=None)
    rows = rows.select_related("project").prefetch_related("parts")
    return list(rows.order_by("project__number", "order"))


def build(period: Period, as_of: date) -> Document:
    results = results_of(period.year)
    kinds, lines = kinds_of(period.year, results), with_budget(period.year)
    prize = sum(prize_of(one) for one in results)
    return Document(
        title=REPORT.title(period),
        subtitle=say.dated(period.start, period.end, as_of),
        office=office(),
        made_on=as_of,
        blocks=(
            Heading("Ⅰ. 총괄"),
            Figures(
                (
                    Figure("수상", len(results), "건"),
                    Figure("수상금", millions(prize), "백만원", kind="text"),
                    Figure("공동협력사업", len({one.project_id for one in lines}), "개"),
                    Figure("사업비", sum(one.budget or 0 for one in lines) // blocks.MILLION, "백만원"),
                )
            ),
            *say.points(_whole(results, prize, kinds), _bonus(results), *_unsettled(results)),
            blocks.kind_table(period.year, kinds),
            *blocks.told_table(kinds),
            Heading("Ⅱ. 평가 결과"),
            *_or(bool(results), blocks.result_table(results), "이 해에 나온 결과가 없습니다."),
            Heading("Ⅲ. 공동협력사업"),
            *_or(bool(lines), blocks.project_table(lines), "이 해의 사업을 등록하지 않았습니다."),
            Heading("Ⅳ. 연도별 수상 현황"),
            *_years(period.year),
            Paragraph(
                "※ 연도별 수상 현황은 시·자치구 공동협력사업의 것이며, 계획서에 적힌 수가 있으면 그 수입니다.",
                "note",
            ),
        ),
    )


def _years(year: int) -> list[Block]:
    lines = years_of(year)
    return [years_chart(lines), years_table(lines)] if lines else []


def _or(there: bool, block: Block, empty: str) -> list[Block]:
    return [block if there else Paragraph(empty, "note")]


def _whole(results: Sequence[Result], prize: int, kinds: Sequence[KindLine]) -> str:
    if not results:
        return "이 해에 나온 결과 없음"
    parts = ", ".join(
        f"{Kind(one.kind).label} {len(one.results)}건 {millions(one.amount)}백만원" for one in kinds
    )
    return f"총 {len(results)}개 부문 {millions(prize)}백만원 수상: {parts}"


def _bonus(results: Sequence[Result]) -> str:
    settled = [one.payout.amount for one in results if one.payout.amount]
    return f"포상금 {number(len(settled))}건 {won(sum(settled))}" if settled else ""


def _unsettled(results: Sequence[Result]) -> list[str]:
    """Named one by one: somebody has to choose."""
    names = [f"{one.number or ''} {one.title}".strip() for one in results if one.payout.amount is None]
    return [f"포상금 기준이 정해지지 않은 결과 {len(names)}건: {', '.join(names)}"] if names else []


REPORT = Definition(SLUG, _("공동협력사업 평가 결과"), (PeriodKind.YEAR,), due_on, build, worth)
