"""혁신 MVP 선정 결과: each month, a person and a department (R1, M5)."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from basis.documents.model import Block, Document, Heading
from basis.periods import Period, PeriodKind
from mileage.contests import contest_of
from mileage.documents import ranking_blocks
from mileage.enums import RankingKind
from mileage.selectors.rankings import has_points, result_in
from reports.definitions import wording as say
from reports.definitions.base import Definition, office
from reports.policies import MVP_AFTER

SLUG = "mvp"
PARTS = (("Ⅰ. 개인", RankingKind.MVP_PERSON), ("Ⅱ. 부서", RankingKind.MVP_DEPARTMENT))


def due_on(period: Period) -> date:
    return period.end + timedelta(days=MVP_AFTER.on(period.end))


def build(period: Period, as_of: date) -> Document:
    blocks: list[Block] = []
    for heading, kind in PARTS:
        blocks += [Heading(heading), *ranking_blocks(result_in(contest_of(kind), period), full=False)]
    return Document(
        title=REPORT.title(period),
        subtitle=say.dated(period.start, period.end, as_of),
        office=office(),
        made_on=as_of,
        blocks=tuple(blocks),
    )


def worth(period: Period) -> bool:
    return any(has_points(contest_of(kind), period) for _heading, kind in PARTS)


REPORT = Definition(SLUG, _("혁신 MVP 선정 결과"), (PeriodKind.MONTH,), due_on, build, worth)
