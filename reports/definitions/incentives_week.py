"""공동협력사업 추진 상황: each week as it was frozen, what changed in which project, what is missing (R1, I4)."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from basis.documents.model import Document, Paragraph
from basis.periods import Period, PeriodKind
from incentives import documents_weekly as papers
from incentives.models import Week
from incentives.policies import LATE_WEEK
from incentives.selectors.weekly import compiled
from incentives.services.weeks import FRIDAY
from reports.definitions.base import Definition, office

SLUG = "incentives-weekly"


def due_on(period: Period) -> date:
    """The day on which a week is frozen whose Friday is no holiday; others are by then."""
    friday = period.start + timedelta(days=FRIDAY)
    return friday + timedelta(days=LATE_WEEK.on(friday))


def worth(period: Period) -> bool:
    return Week.objects.filter(year=period.year, number=period.number).exists()


def build(period: Period, as_of: date) -> Document:
    week = Week.objects.filter(year=period.year, number=period.number).first()
    found = compiled(week) if week is not None else None
    return Document(
        title=REPORT.title(period),
        subtitle=papers.standing(week) if week is not None else period.dates,
        office=office(),
        made_on=as_of,
        blocks=(*papers.figures(found), *papers.blocks(found))
        if found
        else (Paragraph("이 주에는 받은 보고가 없습니다.", "body"),),
    )


REPORT = Definition(SLUG, _("공동협력사업 추진 상황"), (PeriodKind.WEEK,), due_on, build, worth)
