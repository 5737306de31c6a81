"""창의왕 선정 결과: each quarter (R1, M5). What is confirmed, else the draft, else what the points say by then."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from basis.documents.model import Document
from basis.periods import Period, PeriodKind
from mileage.contests import contest_of
from mileage.documents import ranking_blocks
from mileage.enums import RankingKind
from mileage.selectors.rankings import has_points, result_in
from reports.definitions import wording as say
from reports.definitions.base import Definition, office
from reports.policies import CREATIVE_KING_AFTER

SLUG = "creative-king"


def due_on(period: Period) -> date:
    return period.end + timedelta(days=CREATIVE_KING_AFTER.on(period.end))


def build(period: Period, as_of: date) -> Document:
    result = result_in(contest_of(RankingKind.CREATIVE_KING), period)
    return Document(
        title=REPORT.title(period),
        subtitle=say.dated(period.start, period.end, as_of),
        office=office(),
        made_on=as_of,
        blocks=tuple(ranking_blocks(result, full=False)),
    )


def worth(period: Period) -> bool:
    return has_points(contest_of(RankingKind.CREATIVE_KING), period)


REPORT = Definition(SLUG, _("창의왕 선정 결과"), (PeriodKind.QUARTER,), due_on, build, worth)
