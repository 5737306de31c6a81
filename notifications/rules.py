"""Who may see the outbox."""

from django.utils.translation import gettext_lazy as _

from core.permissions import NOBODY, permit
from organization.rules import heads, is_administrator, is_anyone, is_planning

permit("notifications.view", is_anyone, reveals=NOBODY)
permit(
    "notifications.outbox",
    is_planning | is_administrator,
    _("발송함은 기획예산과 담당자와 시스템 관리자가 볼 수 있습니다."),
    reveals="mail",
)
permit(
    "notifications.nudge",
    is_planning | heads,
    _("독촉은 기획예산과 담당자와 부서장이 할 수 있습니다."),
    reveals=NOBODY,
)
