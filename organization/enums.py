"""Kinds of departments, positions, roles (O1–O3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.words import Words


class DepartmentKind(models.TextChoices):
    OFFICE = "office", _("구청장·부구청장")
    BUREAU = "bureau", _("국·소")
    DIVISION = "division", _("과·담당관")
    DONG = "dong", _("동")
    TEAM = "team", _("팀")


FUNCTION = Words("organization.function", _("부서 기능"))


class DepartmentRole(models.TextChoices):
    NONE = "", _("일반")
    PLANNING = "planning", FUNCTION("planning", _("기획 총괄"))
    GENERAL_AFFAIRS = "general_affairs", FUNCTION("general_affairs", _("총무"))
    IT = "it", FUNCTION("it", _("전산"))


POSITION = Words("organization.position", _("직위"))


class Position(models.TextChoices):
    MAYOR = "mayor", POSITION("mayor", _("구청장"))
    VICE_MAYOR = "vice_mayor", POSITION("vice_mayor", _("부구청장"))
    BUREAU_HEAD = "bureau_head", POSITION("bureau_head", _("국장"))
    HEAD = "head", POSITION("head", _("과장"))
    TEAM_LEADER = "team_leader", POSITION("team_leader", _("팀장"))
    OFFICER = "officer", POSITION("officer", _("주무관"))
    EXTERNAL = "external", POSITION("external", _("외부위원"))


def position_text(position: str | None) -> str:
    return str(Position(position).label) if position else ""


def person_text(department: str | None, position: str | None, name: str | None = "") -> str:
    """`부서 직위 이름` of what a list has read, as `User.label` and `User.full_label` name people."""
    return " ".join(filter(None, [department, position_text(position), name]))


class Role(models.TextChoices):
    """Granted by the administrator. Staff, reviewer and heads follow from postings and assignments."""

    PLANNING = "planning_officer", _("기획 담당")
    GENERAL_AFFAIRS = "general_affairs", _("총무 담당")
    JUDGE = "judge", _("심사위원")
    EXECUTIVE = "executive", _("간부")
    AUDITOR = "auditor", _("감사")
    ADMINISTRATOR = "system_admin", _("시스템 관리자")


class ChangeType(models.TextChoices):
    CREATE = "create", _("신설")
    RENAME = "rename", _("명칭 변경")
    MOVE = "move", _("소속 변경")
    MERGE = "merge", _("통합")
    ABOLISH = "abolish", _("폐지")


ENDING = (ChangeType.MERGE, ChangeType.ABOLISH)


class IssueWay(models.TextChoices):
    """How first passwords reach people."""

    PAPER = "paper", _("종이로 나눠 주기")
    MAIL = "mail", _("전자우편으로 초대")


class StaffListState(models.TextChoices):
    DRAFT = "draft", _("적용 전")
    APPLIED = "applied", _("적용됨")
    UNDONE = "undone", _("되돌림")


class StaffChange(models.TextChoices):
    """What a list of staff says of a person."""

    NEW = "new", _("신규")
    RETURNED = "returned", _("복귀")
    MOVED = "moved", _("전보")
    CORRECTED = "corrected", _("이름·전자우편 변경")
    LEFT = "left", _("퇴직·전출")
    SAME = "same", _("변동 없음")


class CheckState(models.TextChoices):
    OPEN = "open", _("점검 전")
    DONE = "done", _("점검 완료")
