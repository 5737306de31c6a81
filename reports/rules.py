"""Who may see and make reports."""

from django.utils.translation import gettext_lazy as _

from core.permissions import NOBODY, permit
from organization.rules import is_planning, is_staff

permit("reports.view", is_staff, reveals=NOBODY)
permit(
    "reports.manage",
    is_planning,
    _("보고서 작성과 받는 사람 관리는 기획예산과 담당자가 할 수 있습니다."),
    reveals=NOBODY,
)
