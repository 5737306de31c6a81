"""Who may do what with people, departments and policies."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import Predicate, always_false, predicate

from core.office import office
from core.permissions import NOBODY, Own, permit
from organization.enums import DepartmentRole, Role


@predicate
def is_staff(user: object) -> bool:
    """Any member of the office (not an external judge)."""
    return getattr(user, "department_id", None) is not None


def has_role(*roles: Role) -> Predicate:
    return Predicate(lambda user: user.has_role(*roles), name="has_role:" + ",".join(roles))


@predicate
def heads_planning(user: Any) -> bool:
    """The head of the planning department, who stands beside its officers as a second person."""
    return bool(user.is_head and user.department and user.department.role == DepartmentRole.PLANNING)


is_planning = has_role(Role.PLANNING)
is_administrator = has_role(Role.ADMINISTRATOR)
sets_up = Predicate(lambda user: is_administrator(user) and office().set_up_since is not None, name="sets_up")
is_auditor = has_role(Role.AUDITOR)
is_executive = has_role(Role.EXECUTIVE)
reads_all = has_role(Role.PLANNING, Role.EXECUTIVE, Role.AUDITOR)
heads = Predicate(lambda user: user.is_head, name="heads")
is_anyone = Predicate(lambda user: user.is_active, name="is_anyone")

permit("organization.self", is_anyone, reveals=NOBODY)
permit("organization.accept_invitation", always_false, bearer=Own("organization.invitation"), reveals=NOBODY)
permit(
    "organization.second_step",
    is_administrator | is_planning,
    _("2단계 인증은 시스템 관리자와 기획예산과 담당자가 켤 수 있습니다."),
    personal=True,
    reveals=NOBODY,
)
permit(
    "organization.view_directory", is_staff | is_administrator, reveals=NOBODY
)  # the first serves nowhere yet
permit("organization.absence_self", is_staff, reveals="absence")
permit(
    "organization.manage",
    is_administrator,
    _("조직과 계정 관리는 시스템 관리자가 할 수 있습니다."),
    personal=True,
    reveals="staff",
)
permit(
    "organization.invite_outsiders",  # no role but that of a judge, only accounts without a department
    is_planning,
    _("외부위원은 기획예산과 담당자가 초대할 수 있습니다."),
    personal=True,
    reveals="staff",
)
permit(
    "organization.view_staff",
    is_administrator | is_auditor,
    _("직원 계정 열람은 시스템 관리자와 감사 담당자가 할 수 있습니다."),
    personal=True,
    reveals="staff",
)
permit(
    "organization.manage_holidays",
    is_administrator | is_planning,
    _("공휴일 등록은 기획예산과 담당자와 시스템 관리자가 할 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "organization.manage_absences",
    is_administrator | is_planning,
    _("다른 직원의 부재 등록은 기획예산과 담당자와 시스템 관리자가 할 수 있습니다."),
    reveals="absence",
)
permit(
    "organization.view_logs",
    is_auditor | is_administrator,
    _("기록 열람은 감사 담당자와 시스템 관리자가 할 수 있습니다."),
    personal=True,
    reveals="log",
)
permit(
    "organization.check_looks",
    is_auditor | is_administrator,
    _("열람 기록 점검은 감사 담당자와 시스템 관리자가 할 수 있습니다."),
    personal=True,
    reveals="log",
)
permit(
    "organization.view_transitions",
    is_auditor,
    _("처리 기록은 감사 담당자가 볼 수 있습니다."),
    personal=True,
    reveals="log",
)
permit(
    "organization.view_jobs",
    is_administrator | is_planning,
    _("작업 현황은 시스템 관리자가 볼 수 있습니다."),
    reveals="job",
)
permit("policies.view", is_staff | is_administrator, reveals=NOBODY)
permit(
    "policies.change",
    is_planning | sets_up,
    _("방침 값은 기획예산과 담당자가 바꿀 수 있습니다."),
    personal=True,
    reveals=NOBODY,
)
permit(
    "policies.load",
    is_planning | is_administrator,
    _("구청 프로필은 기획 담당자나 시스템 관리자가 적용할 수 있습니다."),
    personal=True,
    reveals=NOBODY,
)
permit("core.search", is_staff | is_administrator, reveals=NOBODY)
permit("core.attachment", is_anyone, reveals=NOBODY)
permit("core.job", is_anyone, reveals=NOBODY)
permit("core.draft", is_anyone, reveals=NOBODY)
permit("core.saved_filters", is_anyone, reveals=NOBODY)
