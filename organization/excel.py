"""Departments and staff from and to Excel (O1, O2)."""

from collections.abc import Hashable, Set
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer
from basis.excel.reader import RawRow
from basis.excel.writer import ExportColumn
from organization.enums import DepartmentKind, DepartmentRole, Position, position_text
from organization.models import Department, User
from organization.services import departments, staff

BATCH = 500  # keys of one query


def _choices(enum: Any) -> Any:
    return lambda: [(value, str(label)) for value, label in enum.choices]


class DepartmentImporter(Importer):
    """New departments; a parent stands in the database or further up in the file."""

    kind = "departments"
    label = gettext_lazy("부서")
    duplicate_column = "code"
    columns = (
        ImportColumn("code", gettext_lazy("부서 코드"), True, max_length=20, example="D0107"),
        ImportColumn("name", gettext_lazy("부서명"), True, max_length=60, example="미래전략과"),
        ImportColumn(
            "kind",
            gettext_lazy("구분"),
            True,
            "choice",
            choices=_choices(DepartmentKind),
            example="과·담당관",
        ),
        ImportColumn(
            "parent",
            gettext_lazy("상위 부서 코드"),
            max_length=20,
            example="D0100",
            help=gettext_lazy("이미 있는 부서나 이 파일의 더 위 행에 있는 부서의 코드입니다."),
        ),
        ImportColumn(
            "role", gettext_lazy("기능"), False, "choice", choices=_choices(DepartmentRole), example="일반"
        ),
        ImportColumn("order", gettext_lazy("정렬 순서"), False, "int", example=170),
        ImportColumn("valid_from", gettext_lazy("설치일"), True, "date", example="2026-01-01"),
    )

    def prepare(self) -> None:
        rows = Department.objects.filter(valid_to=None)
        self.known = {d.code: d for d in rows}
        self.roles = {d.role for d in rows if d.role}
        self.names = {d.name for d in rows if d.kind != DepartmentKind.TEAM}

    def clean_row(self, row: RawRow) -> Any:
        values = row.values
        department = Department(
            code=values["code"],
            name=values["name"],
            kind=values["kind"],
            role=values["role"] or "",
            order=values["order"] or 0,
            valid_from=values["valid_from"],
        )
        if not 0 <= department.order <= 99_999:
            raise Rejected(_("0 이상 99,999 이하의 수를 입력해 주세요."), field="order")
        parent = self._parent(values["parent"])
        departments.check_level(department, parent)
        if parent and parent.valid_from > department.valid_from:
            raise Rejected(_("설치일이 상위 부서의 설치일보다 빠릅니다."), field="valid_from")
        if department.role and department.role in self.roles:
            raise Rejected(_("이미 다른 부서가 맡은 기능입니다."), field="role")
        if department.kind != DepartmentKind.TEAM and department.name in self.names:
            raise Rejected(_("같은 이름의 부서가 이미 있습니다."), field="name")
        self.known.setdefault(department.code, department)
        self.roles.add(department.role)
        self.names.add(department.name)
        return (department, values["parent"])

    def _parent(self, code: str) -> Department | None:
        if not code:
            return None
        if code not in self.known:
            raise Rejected(_("없는 부서 코드입니다. 상위 부서를 먼저 적어 주세요."), field="parent")
        return self.known[code]

    def row_key(self, cleaned: Any) -> Hashable:
        return str(cleaned[0].code)

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        codes = list(keys)
        found: set[Hashable] = set()
        for start in range(0, len(codes), BATCH):
            rows = Department.objects.filter(code__in=codes[start : start + BATCH])
            found |= set(rows.values_list("code", flat=True))
        return found

    def save(self, rows: list[Any], actor: Any) -> int:
        saved = {d.code: d for d in Department.objects.filter(valid_to=None)}
        for department, parent in rows:
            saved[department.code] = departments.create(
                actor=actor,
                code=department.code,
                name=department.name,
                kind=department.kind,
                parent=saved[parent] if parent else None,
                role=department.role,
                order=department.order,
                valid_from=department.valid_from,
            )
        return len(rows)


class StaffImporter(Importer):
    """New accounts. Nobody can log in with them until a first password is issued on the list of staff."""

    kind = "staff"
    label = gettext_lazy("직원")
    duplicate_column = "employee_number"
    columns = (
        ImportColumn("employee_number", gettext_lazy("직원번호"), True, max_length=20, example="200123"),
        ImportColumn("name", gettext_lazy("이름"), True, max_length=40, example="홍길동"),
        ImportColumn(
            "department",
            gettext_lazy("부서 코드"),
            max_length=20,
            example="D0101",
            help=gettext_lazy("외부위원은 비워 두세요."),
        ),
        ImportColumn(
            "position", gettext_lazy("직위"), True, "choice", choices=_choices(Position), example="주무관"
        ),
        ImportColumn("rank", gettext_lazy("직급"), max_length=10, example="7급"),
        ImportColumn("email", gettext_lazy("전자우편"), max_length=254, example="name@example.com"),
        ImportColumn("valid_from", gettext_lazy("발령일"), True, "date", example="2026-01-01"),
    )

    def prepare(self) -> None:
        self.known = {d.code: d for d in Department.objects.filter(valid_to=None)}

    def clean_row(self, row: RawRow) -> Any:
        values = row.values
        if values["email"]:
            try:
                validate_email(values["email"])
            except ValidationError:
                raise Rejected(
                    _("전자우편 주소를 name@example.com처럼 입력해 주세요."), field="email"
                ) from None
        department = None
        if values["department"]:
            department = self.known.get(values["department"])
            if department is None:
                raise Rejected(
                    _("없는 부서 코드입니다. 지금 있는 부서의 코드를 입력해 주세요."), field="department"
                )
        staff.check_place(department, values["position"], values["valid_from"])
        return (*values.values(),)

    def row_key(self, cleaned: Any) -> Hashable:
        return str(cleaned[0])

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        numbers = list(keys)
        found: set[Hashable] = set()
        for start in range(0, len(numbers), BATCH):
            rows = User.objects.filter(employee_number__in=numbers[start : start + BATCH])
            found |= set(rows.values_list("employee_number", flat=True))
        return found

    def save(self, rows: list[Any], actor: Any) -> int:
        for number, name, code, position, rank, email, valid_from in rows:
            staff.create(
                actor=actor,
                employee_number=number,
                name=name,
                department=self.known[code] if code else None,
                position=position,
                rank=rank,
                email=email,
                valid_from=valid_from,
                with_password=False,
            )
        return len(rows)


def staff_rows(_filters: dict[str, str]) -> Any:
    """In the shape that the import takes."""
    heads = (_("직원번호"), _("이름"), _("부서 코드"), _("직위"), _("직급"), _("전자우편"))
    rows = User.objects.filter(is_active=True).order_by("department__order", "employee_number")
    paths = ("employee_number", "name", "department__code", "position", "rank", "email")
    values = rows.values_list(*paths).iterator(chunk_size=2000)
    shown = ((n, name, d, position_text(p), rank, email) for n, name, d, p, rank, email in values)
    return [ExportColumn(head) for head in heads], shown
