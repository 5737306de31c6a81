"""벤치마킹 결과분석: in July for the first half, in December for the year (R1)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from basis.documents.model import Document, Heading, Paragraph
from basis.periods import Period, PeriodKind
from benchmarking.selectors import progress, statistics
from reports import blocks
from reports.counts import outcomes_of
from reports.definitions import wording as say
from reports.definitions.base import Definition, middle, month_day_after, office
from reports.policies import ANALYSIS_HALF, ANALYSIS_YEAR

SLUG = "benchmarking-analysis"
TABLE_YEARS = 3  # the table of the plan shows the period's year and the two before


def due_on(period: Period) -> date | None:
    """The second half has no paper of its own: the year's says it."""
    if period.kind == PeriodKind.YEAR:
        return month_day_after(ANALYSIS_YEAR.on(period.end), middle(period))
    return month_day_after(ANALYSIS_HALF.on(period.end), middle(period)) if period.number == 1 else None


def outcome_lines(period: Period) -> list[blocks.Line]:
    """The years before and the period itself."""
    first = period.year - TABLE_YEARS + 1
    shown = [Period(PeriodKind.YEAR, year) for year in range(first, period.year)] + [period]
    counts = outcomes_of([p.days for p in shown])
    return [blocks.Line(p.label, c, p.days) for p, c in zip(shown, counts, strict=True)]


def build(period: Period, as_of: date) -> Document:
    lines, before = outcome_lines(period), period.previous()
    now = lines[-1]
    (earlier,) = outcomes_of([before.days])
    fields = blocks.field_lines(statistics.outcomes_by_field(period.days), period.days)
    departments = statistics.handling(period.days, as_of)
    whole = statistics.together(departments)
    adopted, again = progress.adopted_in(period.days), progress.rereview_cases()
    late = sum(h.late > 0 for h in departments)
    return Document(
        title=REPORT.title(period),
        subtitle=say.dated(period.start, period.end, as_of),
        office=office(),
        made_on=as_of,
        blocks=(
            Heading("Ⅰ. 추진개요"),
            *say.points(
                "목적: 다른 기관의 좋은 시책을 찾아 부서 검토를 거쳐 구정에 반영",
                say.found(now.counts),
                say.handled(whole, len(departments)),
                say.deadline_rule(period.end),
            ),
            Heading("Ⅱ. 추진현황"),
            blocks.outcome_table(lines, caption="연도별 검토 결과", first="연도"),
            *_left_out(now.counts.pending),
            blocks.beside_table(lines, first="연도"),
            Heading("Ⅲ. 분석"),
            Heading("□ 지난 기간과 비교", 2),
            *say.changed(now.counts, earlier, before.label),
            blocks.comparison_table(now, blocks.Line(before.label, earlier, before.days)),
            Heading("□ 분야별", 2),
            *say.points(say.most([(line.label, line.counts.total) for line in fields])),
            blocks.outcome_table(fields, caption="분야별 검토 결과", first="분야"),
            Heading("□ 부서별", 2),
            *say.points(say.late(whole, late)),
            blocks.department_table(departments, whole, period.days, caption="부서별 처리 현황"),
            Heading("□ 도입 사례", 2),
            *say.points(say.followed(adopted)),
            *blocks.adoption_table(adopted, caption="도입 사례 추진 상황"),
            Heading("□ 재검토 대상", 2),
            *blocks.rereview_table(again, caption="장기검토 사례"),
            Heading("Ⅳ. 향후 계획"),
            *say.points(
                say.rereview_plan(again.count(), as_of),
                say.follow_plan(adopted, as_of),
                say.late_plan(whole.late),
                say.pending_plan(now.counts.pending),
            ),
        ),
    )


def _left_out(pending: int) -> list[Paragraph]:
    return [Paragraph(f"※ 아직 결정하지 않은 {pending}건은 합계에 넣지 않음", "note")] if pending else []


REPORT = Definition(SLUG, _("벤치마킹 결과분석"), (PeriodKind.YEAR, PeriodKind.HALF), due_on, build)
