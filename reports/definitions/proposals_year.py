"""제안 운영 실적: each year, for the ministry (P14)."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from basis.documents.model import Document, Heading
from basis.periods import Period, PeriodKind
from proposals.selectors import statistics
from proposals.selectors.following import effects_of_year
from reports import proposal_blocks as blocks
from reports import proposal_following_blocks as following
from reports.definitions import proposal_wording as said
from reports.definitions import wording as say
from reports.definitions.base import Definition, month_day_after, office
from reports.policies import PROPOSALS_YEAR

SLUG = "proposals-year"
TABLE_YEARS = 3  # the period's year and the two before


def due_on(period: Period) -> date:
    return month_day_after(PROPOSALS_YEAR.on(period.end), period.end + timedelta(days=1))


def build(period: Period, as_of: date) -> Document:
    years = [Period(PeriodKind.YEAR, year) for year in range(period.year - TABLE_YEARS + 1, period.year + 1)]
    months = statistics.by_month((years[0].start, period.end), as_of)
    lines = [blocks.Line(p.label, statistics.within(months, p.days), p.days) for p in years]
    now, before = lines[-1], lines[-2]
    effects = effects_of_year(period.year)
    return Document(
        title=REPORT.title(period),
        subtitle=say.dated(period.start, period.end, as_of),
        office=office(),
        made_on=as_of,
        blocks=(
            Heading("Ⅰ. 총괄"),
            *say.points(
                said.received(now.counts),
                said.adopted(now.counts),
                said.kept(now.counts.handling()),
                said.changed(now, before),
            ),
            blocks.period_table(lines, first="연도", caption="연도별 접수와 처리"),
            Heading("Ⅱ. 접수"),
            blocks.intake_table(now),
            blocks.field_table(statistics.by_field(period.days), now),
            Heading("Ⅲ. 처리"),
            blocks.outcome_table(now),
            blocks.handling_table(now),
            Heading("Ⅳ. 채택과 실시"),
            *say.points(said.effects(effects)),
            following.effect_table(effects),
            *blocks.adopted_table(statistics.adopted_in(period.days), caption="채택한 제안"),
        ),
    )


REPORT = Definition(SLUG, _("제안 운영 실적"), (PeriodKind.YEAR,), due_on, build, statistics.came_in)
