"""Which bureau a department belongs to, and who heads it (O1)."""

from collections.abc import Mapping

from organization.enums import DepartmentKind, Position
from organization.models import Department, User


def parents() -> Mapping[int, tuple[int | None, str]]:
    """Of every department what it stands under, and its kind; one question."""
    rows = Department.objects.order_by().values_list("pk", "parent", "kind")
    return {pk: (parent, kind) for pk, parent, kind in rows}


def within(department: int | None, bureau: int, tree: Mapping[int, tuple[int | None, str]]) -> bool:
    """Whether it is the bureau itself or stands under it."""
    while department is not None:
        if department == bureau:
            return True
        department = tree[department][0] if department in tree else None
    return False


def bureau_of(department: Department | None) -> Department | None:
    """The bureau that the department is, or stands under."""
    while department is not None and department.kind != DepartmentKind.BUREAU:
        department = department.parent
    return department


def head_of(bureau: Department | int | None) -> User | None:
    """Who heads the bureau today."""
    if bureau is None:
        return None
    rows = User.objects.filter(department=bureau, position=Position.BUREAU_HEAD, is_active=True)
    return rows.select_related("department").order_by("pk").first()
