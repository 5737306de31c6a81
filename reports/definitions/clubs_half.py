"""학습동아리 운영 현황: each half-year, which clubs lived, what they did, what is missing (R1, C2–C5)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from basis.documents.model import Document, Figure, Figures, Heading, Paragraph
from basis.formats import number, percent, won
from basis.periods import Period, PeriodKind
from budgets.selectors import budget_overview
from clubs.enums import LIVED, ReportState
from clubs.models import Club, Report
from clubs.purse import SUPPORT
from clubs.selectors.figures import Did, last_due, of_span, together
from evaluations.selectors.awarded import awarded
from mileage.catalogue import CLUB_HOURS
from reports import club_blocks as blocks
from reports.definitions import award_blocks
from reports.definitions import wording as say
from reports.definitions.base import Definition, middle, month_day_after, office
from reports.policies import CLUBS_FIRST, CLUBS_SECOND

SLUG, JUDGED = "clubs-halfyear", "club"  # the kind of round that judges their results
HUNDREDTHS = 100


def due_on(period: Period) -> date:
    day = CLUBS_FIRST if period.number == 1 else CLUBS_SECOND
    return month_day_after(day.on(period.end), middle(period))


def worth(period: Period) -> bool:
    first, last = period.days
    return Club.objects.filter(state__in=LIVED, approved_on__lte=last).exclude(ended_on__lt=first).exists()


def build(period: Period, as_of: date) -> Document:
    rows = of_span(period.days, as_of)
    now, before, last = together(rows), period.previous(), Period(period.kind, period.year - 1, period.number)
    late = Report.objects.filter(
        club__in=[one.club.pk for one in rows],
        state__in=(ReportState.DUE, ReportState.MISSED),
        due_on__range=(period.start, last_due(period.days, as_of)),
    )
    year = Period(PeriodKind.YEAR, period.year)
    return Document(
        title=REPORT.title(period),
        subtitle=say.dated(period.start, period.end, as_of),
        office=office(),
        made_on=as_of,
        blocks=(
            Heading("Ⅰ. 개요"),
            Figures(
                (
                    Figure("동아리", now.clubs, "개"),
                    Figure("회원", now.members, "명"),
                    Figure("모임", now.met + now.others, "회"),
                    Figure("참석률", now.rate, kind="percent"),
                    Figure("안 낸 보고서", now.missing, "건"),
                )
            ),
            *say.points(_lived(now), _hours(now, period.end), _money(period.year)),
            Heading("Ⅱ. 운영 현황"),
            blocks.kind_table(rows, period.year),
            blocks.club_table(rows),
            Heading("Ⅲ. 빠진 보고서"),
            *blocks.missing_table(late.select_related("club__bureau").order_by("due_on", "club__name")),
            Heading("Ⅳ. 지난 기간과 비교"),
            blocks.comparison_table(
                [(one.label, together(of_span(one.days, as_of))) for one in (last, before)]
                + [(period.label, now)]
            ),
            Heading("Ⅴ. 연구성과 시상"),
            *award_blocks.of_rounds(awarded(JUDGED, year.key)),
            Paragraph("※ 회원 수는 회장을 뺀 수이며, 지원 한도는 한 해의 것입니다.", "note"),
        ),
    )


def _lived(did: Did) -> str:
    if not did.clubs:
        return "활동한 동아리 없음"
    text = f"동아리 {number(did.clubs)}개, 회원 {number(did.members)}명: 정기모임 {number(did.met)}회"
    text += f", 그 밖의 모임 {number(did.others)}회"
    return text + (f", 참석률 {percent(did.rate)}" if did.rate is not None else "")


def _hours(did: Did, day: date) -> str:
    most = CLUB_HOURS.on(day) // HUNDREDTHS
    return f"상시학습 {did.hours.normalize():f}시간 인정(한 사람 반기 {number(most)}시간까지)"


def _money(year: int) -> str:
    found = budget_overview(SUPPORT, year)
    if not found.exists:
        return ""
    return f"{year}년 지원 예산 {won(found.allocated)}: 집행 {won(found.spent)}, 남음 {won(found.free)}"


REPORT = Definition(SLUG, _("학습동아리 운영 현황"), (PeriodKind.HALF,), due_on, build, worth)
