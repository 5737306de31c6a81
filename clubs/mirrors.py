"""What clubs report as it stands on the knowledge board (B8)."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clubs.enums import ReportKind, ReportState
from clubs.models import Report
from knowledge.enums import Area
from knowledge.sockets import Article, Mirror


def _rows() -> QuerySet[Report]:
    """Half-years, and a result once it was awarded: before, judges read it only after they have signed (E3). Of every
    month nobody but the club needs to read."""
    told = Q(kind=ReportKind.HALF) | Q(kind=ReportKind.RESULT) & ~Q(grade="")
    return Report.objects.filter(told, state=ReportState.SENT).exclude(sent_on=None)


def _article(report: Report) -> Article:
    """A result earns as an approved post of a club; what a club reports by the half-year is its duty."""
    parts = [
        "\n".join((_("활동 내용"), report.done)) if report.done else "",
        "\n".join((_("연구 결과와 제안"), report.findings)) if report.findings else "",
        "\n".join((_("앞으로 할 일"), report.next)) if report.next else "",
        _("시상: %(grade)s") % {"grade": report.grade} if report.grade else "",
    ]
    assert report.sent_on is not None
    named = f"{report.club.name} {report.period_label} {report.get_kind_display()}"
    title = f"{report.title} ({named})" if report.title else named
    return Article(
        title,
        "\n\n".join(filter(None, parts)),
        report.written_by,
        report.sent_on,
        report.club.name.replace(" ", ""),
        earns=report.kind == ReportKind.RESULT,
    )


MIRROR = Mirror(
    Report,
    Area.CLUB,
    gettext_lazy("학습동아리 보고서"),
    _rows,
    _article,
    related=("club", "written_by__department"),
)
