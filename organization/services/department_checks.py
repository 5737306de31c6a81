"""What must be so of a department and of a change to it (O1). Rejected names the field."""

from datetime import date

from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import date_ko
from core.now import today
from organization import foresight
from organization.enums import ENDING, ChangeType, DepartmentKind
from organization.models import Department, DepartmentChange
from organization.services import need_open

LEVELS = {
    DepartmentKind.OFFICE: 0,
    DepartmentKind.BUREAU: 1,
    DepartmentKind.DIVISION: 2,
    DepartmentKind.DONG: 2,
    DepartmentKind.TEAM: 3,
}


def check_code(department: Department) -> None:
    if Department.objects.filter(code=department.code).exclude(pk=department.pk).exists():
        raise Rejected(_("이미 쓰고 있는 부서 코드입니다."), field="code")


def check_name(department: Department, name: str) -> None:
    """Teams of different departments may share a name; others would be mixed up."""
    if department.kind == DepartmentKind.TEAM:
        return
    same = Department.objects.filter(name=name, valid_to=None).exclude(kind=DepartmentKind.TEAM)
    if same.exclude(pk=department.pk).exists():
        raise Rejected(_("같은 이름의 부서가 이미 있습니다."), field="name")


def check_role(department: Department) -> None:
    if not department.role:
        return
    other = Department.objects.filter(role=department.role, valid_to=None).exclude(pk=department.pk).first()
    if other:
        raise Rejected(
            _("이 기능은 %(name)s에서 맡고 있습니다. 먼저 그 부서의 기능을 ‘일반’으로 바꿔 주세요.")
            % {"name": other.name},
            field="role",
        )


def check_parent(department: Department, parent: Department | None, day: date) -> None:
    check_level(department, parent)
    if parent is not None:
        need_open(parent, day, "parent")


def check_level(department: Department, parent: Department | None) -> None:
    """Rejected unless the parent stands higher in the tree; a team needs one."""
    if parent is None:
        if department.kind == DepartmentKind.TEAM:
            raise Rejected(_("팀의 상위 부서를 선택해 주세요."), field="parent")
        return
    if LEVELS[DepartmentKind(parent.kind)] >= LEVELS[DepartmentKind(department.kind)]:
        raise Rejected(
            _(
                "%(parent)s(%(parent_kind)s) 아래에 %(kind)s을(를) 둘 수 없습니다. 더 높은 단계의 부서를 선택해 주세요."
            )
            % {
                "parent": parent.name,
                "parent_kind": parent.get_kind_display(),
                "kind": department.get_kind_display(),
            },
            field="parent",
        )


def check_day(change: DepartmentChange) -> None:
    """A new name or place may be entered late, an ending not; nothing before what has already happened."""
    day, department = change.effective_on, change.department
    if change.kind in ENDING and day < today():
        raise Rejected(_("통합·폐지의 시행일은 오늘 또는 이후여야 합니다."), field="effective_on")
    if day <= department.valid_from:
        raise Rejected(
            _("시행일은 부서 설치일(%(day)s) 뒤여야 합니다.") % {"day": date_ko(department.valid_from)},
            field="effective_on",
        )
    live = department.changes.filter(withdrawn_at=None)
    last = live.exclude(applied_at=None).order_by("effective_on").last()
    if last and day < last.effective_on:
        raise Rejected(
            _("시행일은 마지막 변경일(%(day)s) 또는 이후여야 합니다.") % {"day": date_ko(last.effective_on)},
            field="effective_on",
        )
    pending = live.filter(applied_at=None)
    if pending.filter(kind__in=ENDING).exists() or (change.kind in ENDING and pending.exists()):
        raise Rejected(_("예정된 변경이 있습니다. 그 변경을 먼저 취소해 주세요."))
    if pending.filter(kind=change.kind).exists():
        raise Rejected(_("같은 종류의 변경이 이미 예정되어 있습니다. 그 변경을 먼저 취소해 주세요."))


def check_change(change: DepartmentChange) -> None:
    department, day = change.department, change.effective_on
    if department.valid_to is not None:
        raise Rejected(_("이미 폐지된 부서입니다."))
    match change.kind:
        case ChangeType.RENAME:
            if change.new_name == department.name:
                raise Rejected(_("지금 이름과 다른 이름을 입력해 주세요."), field="name")
            check_name(department, change.new_name)
        case ChangeType.MOVE:
            if change.new_parent == department.parent:
                raise Rejected(_("지금과 다른 상위 부서를 선택해 주세요."), field="parent")
            check_parent(department, change.new_parent, day)
        case _ if change.successor is None:
            check_empty(department)
        case _:
            check_successor(department, change.successor, day)


def check_successor(department: Department, successor: Department, day: date) -> None:
    if successor.pk == department.pk:
        raise Rejected(_("자기 부서가 아닌 다른 부서를 선택해 주세요."), field="successor")
    if LEVELS[DepartmentKind(successor.kind)] != LEVELS[DepartmentKind(department.kind)]:
        raise Rejected(_("같은 단계의 부서를 승계 부서로 선택해 주세요."), field="successor")
    if department.role and successor.role:
        raise Rejected(
            _("두 부서의 기능(%(old)s, %(new)s)이 겹칩니다. 기능을 먼저 다른 부서로 옮겨 주세요.")
            % {"old": department.get_role_display(), "new": successor.get_role_display()},
            field="successor",
        )
    need_open(successor, day, "successor")


def check_empty(department: Department) -> None:
    """What still stands against abolishing it without a successor, all at once."""
    if left := foresight.left_in(department):
        raise Rejected(
            _("%(left)s이(가) 남아 있어 폐지할 수 없습니다. 승계 부서를 선택하거나 먼저 정리해 주세요.")
            % {"left": ", ".join(left)},
            field="successor",
        )
