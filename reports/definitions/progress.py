"""벤치마킹 추진 상황: each half-year, with the cases to be reviewed again (R1, B6)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from basis.documents.model import Document, Heading
from basis.periods import Period, PeriodKind
from benchmarking.selectors import progress, statistics
from reports import blocks
from reports.counts import outcomes_of
from reports.definitions import wording as say
from reports.definitions.base import Definition, middle, month_day_after, office
from reports.policies import PROGRESS_FIRST, PROGRESS_SECOND

SLUG = "benchmarking-progress"


def due_on(period: Period) -> date:
    day = PROGRESS_FIRST if period.number == 1 else PROGRESS_SECOND
    return month_day_after(day.on(period.end), middle(period))


def build(period: Period, as_of: date) -> Document:
    before = period.previous()
    earlier, counts = outcomes_of([before.days, period.days])
    now = blocks.Line(period.label, counts, period.days)
    departments = statistics.handling(period.days, as_of)
    whole = statistics.together(departments)
    late, followed, again = (
        progress.late_reviews(as_of),
        progress.followed_in(period.days),
        progress.rereview_cases(),
    )
    return Document(
        title=REPORT.title(period),
        subtitle=say.dated(period.start, period.end, as_of),
        office=office(),
        made_on=as_of,
        blocks=(
            Heading("Ⅰ. 총괄"),
            *say.points(
                say.found(counts), say.handled(whole, len(departments)), say.deadline_rule(period.end)
            ),
            blocks.comparison_table(now, blocks.Line(before.label, earlier, before.days)),
            Heading("Ⅱ. 도입 사례"),
            *say.points(say.followed(followed)),
            *blocks.adoption_table(followed, caption="도입 사례 추진 상황"),
            Heading("Ⅲ. 재검토 대상"),
            *say.points(say.rereview_plan(again.count(), as_of)),
            *blocks.rereview_table(again, caption="장기검토 사례"),
            Heading("Ⅳ. 향후 계획"),
            *say.points(
                say.follow_plan(followed, as_of),
                say.late_plan(late.count()),
                say.pending_plan(counts.pending),
            ),
            *blocks.review_table(late, as_of, caption="기한이 지난 검토"),
        ),
    )


REPORT = Definition(SLUG, _("벤치마킹 추진 상황"), (PeriodKind.HALF,), due_on, build)
