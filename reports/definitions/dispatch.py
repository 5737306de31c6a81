"""벤치마킹 검토 현황: each quarter, what was sent and how it was answered (R1)."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from basis.documents.model import Document, Figure, Figures, Heading
from basis.periods import Period, PeriodKind
from benchmarking.selectors import progress, statistics
from reports import blocks
from reports.counts import outcomes_of
from reports.definitions import wording as say
from reports.definitions.base import Definition, office
from reports.links import to_cases, to_reviews
from reports.policies import DISPATCH_AFTER

SLUG = "benchmarking-dispatch"


def due_on(period: Period) -> date:
    return period.end + timedelta(days=DISPATCH_AFTER.on(period.end))


def build(period: Period, as_of: date) -> Document:
    (counts,) = outcomes_of([period.days])
    departments = statistics.handling(period.days, as_of)
    whole = statistics.together(departments)
    late, ahead = progress.late_reviews(as_of), period.next()
    coming = progress.due_reviews((as_of, max(as_of, ahead.end)))
    return Document(
        title=REPORT.title(period),
        subtitle=say.dated(period.start, period.end, as_of),
        office=office(),
        made_on=as_of,
        blocks=(
            Heading("Ⅰ. 개요"),
            Figures(
                (
                    Figure(
                        "발굴", counts.total + counts.pending, "건", url=to_cases(period.days, _REGISTERED)
                    ),
                    Figure("부서 검토 요청", whole.sent, "건", url=to_reviews(period.days)),
                    Figure("완료", whole.answered, "건", url=to_reviews(period.days, state="completed")),
                    Figure("기한 내 처리율", whole.rate, kind="percent"),
                )
            ),
            *say.points(say.handled(whole, len(departments)), say.deadline_rule(period.end)),
            Heading("Ⅱ. 부서별 현황"),
            blocks.department_table(departments, whole, period.days, caption="부서별 처리 현황"),
            Heading("Ⅲ. 지연 현황"),
            *blocks.review_table(late, as_of, caption="기한이 지난 검토"),
            Heading("Ⅳ. 향후 처리 예정"),
            *say.points(say.late_plan(late.count())),
            *blocks.review_table(coming, as_of, caption="기한이 다가오는 검토"),
        ),
    )


_REGISTERED = (*statistics.DECIDED, "")
REPORT = Definition(SLUG, _("벤치마킹 검토 현황"), (PeriodKind.QUARTER,), due_on, build)
