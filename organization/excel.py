"""Departments and staff from and to Excel (O1, O2)."""

from collections.abc import Hashable, Set
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, check
from basis.excel.reader import RawRow
from basis.excel.writer import ExportColumn
from basis.folding import fold
from organization.enums import DepartmentKind, DepartmentRole, Position, position_text
from organization.models import Department, User
from organization.services import departments, staff


def _choices(enum: Any) -> Any:
    return lambda: [(value, str(label)) for value, label in enum.choices]


class DepartmentImporter(Importer):
    """New departments; a parent stands in the database or further up in the file."""

    kind = "departments"
    label = gettext_lazy("부서")
    unique = ("code",)
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
        self.above = set(self.known)
        self.roles = {d.role for d in rows if d.role}
        self.names = {fold(d.name) for d in rows if d.kind != DepartmentKind.TEAM}

    @check("name", "kind")
    def check_name(self, name: str, kind: str) -> None:
        if kind == DepartmentKind.TEAM:
            return
        if fold(name) in self.names:
            raise Rejected(_("같은 이름의 부서가 이미 있습니다."))
        self.names.add(fold(name))

    @check("role")
    def check_role(self, role: str | None) -> None:
        if role and role in self.roles:
            raise Rejected(_("이미 다른 부서가 맡은 기능입니다."))
        self.roles.add(role or "")

    @check("order")
    def check_order(self, order: int | None) -> None:
        if not 0 <= (order or 0) <= 99_999:
            raise Rejected(_("0 이상 99,999 이하의 수를 입력해 주세요."))

    @check("parent")
    def check_parent(self, parent: str) -> None:
        if parent and parent not in self.above:
            raise Rejected(_("없는 부서 코드입니다. 상위 부서를 먼저 적어 주세요."))

    @check("parent", "kind")
    def check_level(self, code: str, kind: str) -> None:
        parent = self.known.get(code)
        if parent or not code:  # else it is missing or itself at fault
            departments.check_level(Department(kind=kind), parent)

    @check("valid_from", "parent")
    def check_valid_from(self, day: date, code: str) -> None:
        parent = self.known.get(code)
        if parent and parent.valid_from > day:
            raise Rejected(_("설치일이 상위 부서의 설치일보다 빠릅니다."))

    @check("code")
    def check_code(self, code: str) -> None:
        """Rows below may name it as theirs, though something else be wrong with this one."""
        self.above.add(code)

    @check("code", "name", "kind", "valid_from")
    def remember(self, code: str, name: str, kind: str, day: date) -> None:
        self.known.setdefault(code, Department(code=code, name=name, kind=kind, valid_from=day))

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
        return (department, values["parent"])

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        codes = Department.objects.values_list("code", flat=True)
        return {key for code in codes if (key := fold(code)) in keys}

    def save(self, rows: list[Any], actor: Any) -> int:
        saved = {d.code: d for d in Department.objects.filter(valid_to=None)}
        for department, parent in rows:
            made = saved[department.code] = departments.create(
                actor=actor,
                code=department.code,
                name=department.name,
                kind=department.kind,
                parent=saved[parent] if parent else None,
                role=department.role,
                order=department.order,
                valid_from=department.valid_from,
            )
            self.made.append(made)
        return len(rows)


class StaffImporter(Importer):
    """New accounts. Nobody can log in with them until a first password is issued on the list of staff."""

    kind = "staff"
    label = gettext_lazy("직원")
    unique = ("employee_number",)
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

    @check("email")
    def check_email(self, email: str) -> None:
        try:
            if email:
                validate_email(email)
        except ValidationError:
            raise Rejected(_("전자우편 주소를 name@example.com처럼 입력해 주세요.")) from None

    @check("department")
    def check_department(self, code: str) -> None:
        if code and code not in self.known:
            raise Rejected(_("없는 부서 코드입니다. 지금 있는 부서의 코드를 입력해 주세요."))

    @check("department", "position", "valid_from")
    def check_place(self, code: str, position: str, day: date) -> None:
        if not code or code in self.known:
            staff.check_place(self.known.get(code), position, day)

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        numbers = User.objects.values_list("employee_number", flat=True)
        return {key for number in numbers if (key := fold(number)) in keys}

    def save(self, rows: list[Any], actor: Any) -> int:
        for number, name, code, position, rank, email, valid_from in rows:
            account = staff.create(
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
            self.made.append(account.user)
        return len(rows)


def staff_rows(_filters: dict[str, str]) -> Any:
    """In the shape that the import takes."""
    heads = (_("직원번호"), _("이름"), _("부서 코드"), _("직위"), _("직급"), _("전자우편"))
    rows = User.objects.filter(is_active=True).order_by("department__order", "employee_number")
    paths = ("employee_number", "name", "department__code", "position", "rank", "email")
    values = rows.values_list(*paths).iterator(chunk_size=2000)
    shown = ((n, name, d, position_text(p), rank, email) for n, name, d, p, rank, email in values)
    return [ExportColumn(head) for head in heads], shown
