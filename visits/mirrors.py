"""Reports of field visits as they stand on the knowledge board (B8)."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_ko
from knowledge.enums import Area
from knowledge.sockets import Article, Mirror
from visits.enums import VisitState
from visits.models import FieldVisit

TOLD = (VisitState.SETTLED, VisitState.RECORDED)  # what planning has accepted


def _rows() -> QuerySet[FieldVisit]:
    return FieldVisit.objects.filter(state__in=TOLD).exclude(report__reported_on=None)


def _article(visit: FieldVisit) -> Article:
    """Whoever took part has earned already (V6)."""
    report = visit.report
    assert report.reported_on is not None
    parts = [
        _("%(day)s %(host)s 방문") % {"day": date_ko(visit.visited_on), "host": visit.host},
        "\n".join((_("보고 들은 내용"), report.findings)),
        "\n".join((_("우리 구에 적용할 내용"), report.taken_over)),
    ]
    title = "[{}] {}: {}".format(_("현장체험"), visit.host, visit.purpose)
    return Article(
        title, "\n\n".join(parts), report.reported_by, report.reported_on, visit.host.replace(" ", "")
    )


MIRROR = Mirror(
    FieldVisit,
    Area.WORK,
    gettext_lazy("현장체험"),
    _rows,
    _article,
    related=("report__reported_by__department",),
)
