"""제안 처리 현황: each half-year, what came in and what became of it (R1, P6, P10)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from basis.documents.model import Document, Figure, Figures, Heading
from basis.periods import Period, PeriodKind
from evaluations.selectors.awarded import awarded
from proposals.selectors import reviewing, statistics
from proposals.selectors.followed import followed_in
from proposals.selectors.statistics import desk_filter
from reports import proposal_blocks as blocks
from reports import proposal_following_blocks as following
from reports.definitions import award_blocks
from reports.definitions import proposal_wording as said
from reports.definitions import wording as say
from reports.definitions.base import Definition, middle, month_day_after, office
from reports.links import to_list
from reports.policies import PROPOSALS_FIRST, PROPOSALS_SECOND

SLUG, JUDGED = "proposals-halfyear", "half"  # the kind of round that judges what came in


def due_on(period: Period) -> date:
    day = PROPOSALS_FIRST if period.number == 1 else PROPOSALS_SECOND
    return month_day_after(day.on(period.end), middle(period))


def build(period: Period, as_of: date) -> Document:
    before = period.previous()
    months = statistics.by_month((before.start, period.end), as_of)
    now, earlier = (blocks.Line(p.label, statistics.within(months, p.days), p.days) for p in (period, before))
    departments = statistics.by_department(period.days, as_of)
    adopted, followed = statistics.adopted_in(period.days), followed_in(period.days)
    handled = now.counts.handling()
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
                        "접수",
                        now.counts.total,
                        "건",
                        url=to_list("proposals:desk", desk_filter(period.days)),
                    ),
                    Figure("채택", now.counts.of(group="adopted"), "건", url=_to_group(period, "adopted")),
                    Figure("처리 중", now.counts.of(group="open"), "건", url=_to_group(period, "open")),
                    Figure("기한 내 처리율", handled.rate, kind="percent"),
                )
            ),
            *say.points(
                said.received(now.counts), said.decided(now.counts), said.kept(handled), said.rule(period.end)
            ),
            Heading("Ⅱ. 접수 현황"),
            blocks.intake_table(now),
            blocks.field_table(statistics.by_field(period.days), now),
            Heading("Ⅲ. 처리 현황"),
            blocks.outcome_table(now),
            blocks.handling_table(now),
            blocks.department_table(departments, now),
            blocks.review_table(reviewing.asked_in(period.days, as_of), period.days),
            following.interim_table(reviewing.interims_in(period.days), period.days),
            Heading("Ⅳ. 지난 반기와 비교"),
            *say.points(said.changed(now, earlier)),
            blocks.comparison_table(now, earlier),
            Heading("Ⅴ. 채택한 제안"),
            following.followed_table(followed, period.days),
            following.verdict_table(followed, period.days),
            *blocks.adopted_table(adopted, caption="채택한 제안"),
            Heading("Ⅵ. 시상"),
            *award_blocks.of_rounds(awarded(JUDGED, period.key)),
        ),
    )


def _to_group(period: Period, group: str) -> str:
    return to_list("proposals:desk", desk_filter(period.days, group=group))


REPORT = Definition(SLUG, _("제안 처리 현황"), (PeriodKind.HALF,), due_on, build, statistics.came_in)
