"""What whoever looks after the system has to see to: failed jobs, mail that did not go, accounts not yet in use."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from basis.formats import number
from core.components import Figure
from core.models import Job
from core.now import now
from core.permissions import can
from notifications.models import Mail
from notifications.todo import Headline
from organization.enums import Role
from organization.models import User

RECENT = timedelta(days=30)


def care(user: Any) -> Headline | None:
    """For administrators: three questions."""
    if not (user.has_role(Role.ADMINISTRATOR) and can(user, "organization.view_jobs")):
        return None
    jobs, outbox, staff = reverse("jobs"), reverse("notifications:outbox"), reverse("staff")
    failed = Job.objects.filter(state=Job.State.FAILED, created_at__gt=now() - RECENT).count()
    stuck = Mail.objects.filter(state__in=(Mail.State.FAILED, Mail.State.HELD)).count()
    waiting = User.objects.filter(is_active=True, must_change_password=True).count()
    return Headline(
        _("시스템 살피기"),
        _("작업 모두 보기"),
        jobs,
        [
            _figure(_("실패한 작업"), failed, f"{jobs}?state=failed"),
            _figure(_("나가지 못한 메일"), stuck, f"{outbox}?state=failed"),
            _figure(
                _("처음 비밀번호인 계정"), waiting, f"{staff}?password=first", unit=_("명"), tone="warning"
            ),
        ],
    )


def _figure(label: str, count: int, url: str, *, unit: str = "", tone: str = "danger") -> Figure:
    return Figure(label, number(count), unit or _("건"), url if count else "", tone=tone if count else "")
