"""Who is told what of a week's reports (I4)."""

from django.utils.translation import gettext as _

from basis.official import in_office_language
from incentives.models import WeekReport
from incentives.notifications import charged
from notifications.services import notify as tell


def _tell(report: WeekReport, kind: str, title: str, body: str) -> None:
    tell(
        f"incentives.week_{kind}",
        charged(report.division),
        title=f"{title}: {report.division}",
        body=body,
        url=report.get_absolute_url(),
        key=f"week_report:{report.pk}:{kind}:{report.version}",
    )


@in_office_language
def returned(report: WeekReport, reason: str) -> None:
    _tell(report, "returned", _("주간 보고를 고쳐 주세요"), reason)


@in_office_language
def missed(report: WeekReport) -> None:
    text = _("%(week)s 보고가 팀장 확인 없이 마감되었습니다. 늦은 내용은 다음 주 보고에 적어 주세요.")
    _tell(report, "missed", _("주간 보고가 빠졌습니다"), text % {"week": report.week})
