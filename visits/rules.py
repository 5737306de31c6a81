"""Who may do what with field visits (V1, V2)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from benchmarking.rules import PLANNING_ONLY
from core.actors import asked
from core.permissions import NOBODY, permit
from organization.enums import Role
from organization.rules import has_role, heads_planning, is_planning, is_staff, reads_all
from reviews.rules import is_in_department, leads_department

is_general_affairs = has_role(Role.GENERAL_AFFAIRS)


@predicate
def is_on_team(user: Any, visit: Any) -> bool:
    return visit is not None and any(member.user_id == user.pk for member in visit.members.all())


def gains_by(visit: Any) -> list[int | None]:
    """Who asked for it or for what it cost, and who goes; what is only written down of the time before was asked for
    by nobody."""
    team = [member.user_id for member in visit.members.all()]
    if visit.is_record:
        return team
    return [visit.recorded_by_id, *team, *asked(visit, "submit", "amend", "report")]


permit("visits.view", is_staff, reveals=NOBODY)
permit("visits.record", is_planning, PLANNING_ONLY, reveals=NOBODY)
permit(
    "visits.request",  # of a review or of a visit
    is_in_department | leads_department,
    _("현장체험 신청은 검토 부서의 직원과 부서장이 할 수 있습니다."),
)
permit(
    "visits.decide",
    is_planning | heads_planning,
    _("현장체험 승인과 정산은 신청하지도 가지도 않는 기획예산과 담당자나 기획예산과장이 할 수 있습니다."),
    never=gains_by,
)
permit(
    "visits.order", is_general_affairs, _("출장명령은 총무과 담당자가 기록할 수 있습니다."), reveals=NOBODY
)
permit(
    "visits.report",
    is_on_team | is_in_department | leads_department,
    _("결과보고는 다녀온 직원과 방문 부서가 할 수 있습니다."),
)
permit(
    "visits.cancel",
    is_in_department | leads_department | is_planning,
    _("현장체험은 방문 부서와 기획예산과 담당자가 취소할 수 있습니다."),
)
permit(
    "visits.costs",
    is_on_team | is_in_department | leads_department | reads_all | is_general_affairs,
    _("경비는 방문 부서와 기획예산과, 총무과 담당자가 볼 수 있습니다."),
)
permit(
    "visits.see_budget",
    reads_all | is_general_affairs,
    _("여비 예산은 기획예산과와 총무과, 간부, 감사 담당자가 볼 수 있습니다."),
)
permit(
    "visits.change_budget",
    is_planning,
    _("여비 예산은 기획예산과 담당자가 바꿀 수 있습니다."),
    reveals=NOBODY,
)
