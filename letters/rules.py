"""Who may do what with letters: planning writes for the office."""

from django.utils.translation import gettext_lazy as _

from core.permissions import NOBODY, permit
from organization.rules import heads_planning, is_planning

PLANNING_ONLY = _("구민에게 보내는 안내는 기획예산과 담당자와 기획예산과장이 볼 수 있습니다.")

permit("letters.plan", is_planning | heads_planning, PLANNING_ONLY, reveals=NOBODY)
permit("letters.read", is_planning | heads_planning, PLANNING_ONLY, reveals="letter")
