"""Departments and staff from and to Excel (O1, O2)."""

from collections import Counter
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
from basis.excel.rows import RawRow
from basis.excel.writer import ExportColumn
from basis.folding import fold
from basis.formats import date_ko
from core.now import today
from organization.comparison import Row
from organization.enums import DepartmentKind, DepartmentRole, Position, StaffListState, position_text
from organization.models import Department, Posting, User
from organization.personnel import position_of, rank_of
from organization.places import Places
from organization.selectors import tree
from organization.services import departments, staff, stafflists


def _choices(enum: Any) -> Any:
    return lambda: [(value, str(label)) for value, label in enum.choices]


class DepartmentImporter(Importer):
    """New departments; a parent stands in the database or further up in the file."""

    kind = "departments"
    label = gettext_lazy("부서")
    unique = ("code",)
    columns = (
        ImportColumn(
            "code",
            gettext_lazy("부서 코드"),
            True,
            max_length=20,
            example="D0107",
            synonyms=("코드", "기관코드", "조직코드"),
        ),
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
    """A list of staff for comparing (StaffList): nothing of the office changes until it is applied."""

    kind = "staff"
    label = gettext_lazy("직원")
    unique = ("employee_number",)
    columns = (
        ImportColumn(
            "employee_number",
            gettext_lazy("직원번호"),
            True,
            max_length=20,
            example="200123",
            synonyms=("사번", "공무원번호", "행정번호", "개인번호", "사원번호"),
        ),
        ImportColumn(
            "name", gettext_lazy("이름"), True, max_length=40, example="홍길동", synonyms=("성명", "직원명")
        ),
        ImportColumn(
            "department",
            gettext_lazy("부서"),
            max_length=60,
            example="미래전략과",
            help=gettext_lazy("부서명(발령일의 이름)이나 부서 코드입니다. 외부위원은 비워 두세요."),
            synonyms=("부서 코드", "부서명", "소속", "소속부서", "현소속", "근무부서", "발령부서"),
        ),
        ImportColumn(
            "position",
            gettext_lazy("직위"),
            max_length=40,
            example="주무관",
            help=gettext_lazy("인사시스템에 적힌 그대로 둡니다. 예: 팀장 직무대리"),
            synonyms=("보직", "직위명", "직책"),
        ),
        ImportColumn(
            "rank",
            gettext_lazy("직급"),
            max_length=40,
            example="7급",
            help=gettext_lazy("예: 지방행정주사(6급), 행정7급"),
            synonyms=("직급명", "계급"),
        ),
        ImportColumn(
            "email",
            gettext_lazy("전자우편"),
            max_length=254,
            example="name@example.com",
            synonyms=("이메일", "메일", "e-mail", "전자우편주소"),
        ),
        ImportColumn(
            "valid_from",
            gettext_lazy("발령일"),
            False,
            "date",
            example="2026-01-01",
            help=gettext_lazy("비워 두면 명단의 발령일을 씁니다."),
            synonyms=("발령일자", "임용일", "현부서 발령일", "전보일"),
        ),
    )

    def prepare(self) -> None:
        self.places = Places()

    @check("email")
    def check_email(self, email: str) -> None:
        try:
            if email:
                validate_email(email)
        except ValidationError:
            raise Rejected(_("전자우편 주소를 name@example.com처럼 입력해 주세요.")) from None

    @check("department", "valid_from")
    def check_department(self, text: str, day: date | None) -> None:
        if text and self._place(text, day) is None:
            raise Rejected(_("없는 부서입니다. 부서명이나 부서 코드를 확인해 주세요."))

    @check("position")
    def check_position(self, text: str) -> None:
        if position_of(text) is None:
            raise Rejected(_("직위를 알 수 없습니다. 과장, 팀장, 주무관처럼 입력해 주세요."))

    @check("department", "position", "valid_from")
    def check_place(self, text: str, title: str, day: date | None) -> None:
        department = self._place(text, day) if text else None
        position = position_of(title, department.kind if department else DepartmentKind.DIVISION)
        if position and (department or not text):
            staff.check_place(department, position, day or today())

    def _place(self, text: str, day: date | None) -> Department | None:
        """As it was called on the row's day, else today: files are written later than people are posted."""
        return (day and self.places.find(text, day)) or self.places.find(text, today())

    def clean_row(self, row: RawRow) -> Row:
        values = row.values
        department = self._place(values["department"], values["valid_from"]) if values["department"] else None
        position = position_of(values["position"], department.kind if department else DepartmentKind.DIVISION)
        return Row(
            line=row.number,
            number=User.normalize_username(values["employee_number"]).strip(),
            name=values["name"],
            department=department.pk if department else None,
            position=position or Position.OFFICER,
            rank=rank_of(values["rank"] or values["position"]) if values["rank"] else "",
            email=values["email"],
            since=str(values["valid_from"] or ""),
        )

    def save(self, rows: list[Row], actor: Any) -> int:
        title = _("직원 명단 %(day)s (%(count)d명)") % {"day": date_ko(today()), "count": len(rows)}
        self.made.append(stafflists.take_in(rows, title=title, actor=actor))
        return len(rows)

    def unmake(self, made: list[Any], actor: Any) -> list[Any]:
        if any(one.state == StaffListState.APPLIED for one in made):
            raise Rejected(_("이미 적용한 명단입니다. 먼저 적용을 되돌려 주세요."))
        return made


def staff_rows(_filters: dict[str, str]) -> Any:
    """In the shape that the import takes: names of departments, codes where several have the name."""
    heads = [column.label for column in StaffImporter.columns]
    rows = User.objects.filter(is_active=True).order_by("department__order", "employee_number")
    shared = _shared_names()
    begun = dict(Posting.objects.filter(valid_to=None).values_list("user_id", "valid_from"))
    paths = (
        "pk",
        "employee_number",
        "name",
        "department__name",
        "department__code",
        "position",
        "rank",
        "email",
    )
    shown = (
        (n, name, code if place in shared else place, position_text(p), rank, email, begun.get(pk))
        for pk, n, name, place, code, p, rank, email in rows.values_list(*paths).iterator(chunk_size=2000)
    )
    return [
        ExportColumn(head, "date" if at == len(heads) - 1 else "text") for at, head in enumerate(heads)
    ], shown


def department_rows(_filters: dict[str, str]) -> Any:
    """In the shape that the import takes, parents first."""
    heads = [column.label for column in DepartmentImporter.columns]
    kinds = {"order": "int", "valid_from": "date"}
    columns = [
        ExportColumn(head, kinds.get(column.key, "text"))
        for head, column in zip(heads, DepartmentImporter.columns, strict=True)
    ]
    standing = Department.objects.filter(valid_to=None).select_related("parent").order_by("order", "code")
    rows = (
        (
            one.code,
            one.name,
            str(one.get_kind_display()),
            one.parent.code if one.parent else "",
            str(one.get_role_display()) if one.role else "",
            one.order,
            one.valid_from,
        )
        for one, _depth in tree(standing)
    )
    return columns, rows


def _shared_names() -> set[str]:
    names = Department.objects.filter(valid_to=None).values_list("name", flat=True)
    return {name for name, count in Counter(names).items() if count > 1}
