"""Departments from and to Excel (O1)."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from basis.documents.model import Column, Table
from basis.documents.model import row as line_of
from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, Source, check
from basis.excel.rows import RawRow
from basis.folding import fold
from basis.formats import NOTHING, date_ko
from core.now import today
from organization.enums import ENDING, ChangeType, DepartmentKind, DepartmentRole
from organization.models import Department
from organization.selectors import tree as in_order
from organization.services import department_checks, tree

SHOWN = 300  # changes listed before saving; the total counts all


def _choices(enum: Any) -> Any:
    return lambda: [(value, str(label)) for value, label in enum.choices]


class DepartmentImporter(Importer):
    """Departments beside those there are: new, renamed, moved, ended on their days. A parent stands in the database or
    further up in the file."""

    kind = "departments"
    label = pgettext_lazy("목록", "부서")
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
        ImportColumn(
            "changed_on",
            gettext_lazy("변경일"),
            False,
            "date",
            help=gettext_lazy("이미 있는 부서의 이름이나 상위 부서가 바뀌는 날입니다. 비워 두면 오늘입니다."),
            synonyms=("시행일", "개편일"),
        ),
        ImportColumn(
            "ended_on",
            gettext_lazy("폐지일"),
            False,
            "date",
            help=gettext_lazy("그 부서의 마지막 날입니다. 오늘 또는 이후의 날짜를 적어 주세요."),
        ),
        ImportColumn(
            "successor",
            gettext_lazy("승계 부서 코드"),
            max_length=20,
            help=gettext_lazy("폐지하는 부서의 직원과 업무를 이어받는 부서입니다."),
        ),
    )

    def prepare(self) -> None:
        rows = Department.objects.select_related("parent")
        self.known = {d.code: d for d in rows.filter(valid_to=None)}
        self.ended = {d.code for d in rows.exclude(valid_to=None)}
        self.above, self.founded = set(self.known), dict[str, Department]()
        self.roles = {d.role: d.code for d in self.known.values() if d.role}
        self.names = {fold(d.name): d.code for d in self.known.values() if d.kind != DepartmentKind.TEAM}
        self.waiting = tree.pending()
        self.untouched: set[str] = set()  # codes of those of which something differs that has no day

    @check("code")
    def check_code(self, code: str) -> None:
        """Rows below may name it as theirs, though something else be wrong with this one."""
        self.above.add(code)
        if code in self.ended:
            raise Rejected(_("폐지된 부서의 코드입니다. 다른 코드를 입력해 주세요."))

    @check("name", "kind", "code")
    def check_name(self, name: str, kind: str, code: str) -> None:
        if kind == DepartmentKind.TEAM:
            return
        if self.names.setdefault(fold(name), code) != code:
            raise Rejected(_("같은 이름의 부서가 이미 있습니다."))

    @check("role", "code")
    def check_role(self, role: str | None, code: str) -> None:
        if role and self.roles.setdefault(role, code) != code:
            raise Rejected(_("이미 다른 부서가 맡은 기능입니다."))

    @check("order")
    def check_order(self, order: int | None) -> None:
        if not 0 <= (order or 0) <= 99_999:
            raise Rejected(_("0 이상 99,999 이하의 수를 입력해 주세요."))

    @check("parent")
    def check_parent(self, parent: str) -> None:
        if parent and parent not in self.above:
            raise Rejected(_("없는 부서 코드입니다. 상위 부서를 먼저 적어 주세요."))

    @check("parent", "kind", "code")
    def check_level(self, parent: str, kind: str, code: str) -> None:
        above = self._of(parent)
        if above or not (
            parent or code in self.known
        ):  # else it is missing or itself at fault, or nothing is said
            department_checks.check_level(Department(kind=kind), above)

    @check("valid_from", "parent", "code")
    def check_valid_from(self, day: date, parent: str, code: str) -> None:
        above = self._of(parent)
        if above and code not in self.known and above.valid_from > day:
            raise Rejected(_("설치일이 상위 부서의 설치일보다 빠릅니다."))

    @check("ended_on", "successor", "code")
    def check_ended(self, day: date | None, successor: str, code: str) -> None:
        if code not in self.known:
            if day or successor:
                raise Rejected(
                    _("지금 있는 부서만 폐지할 수 있습니다. 지난 부서는 부서 연혁으로 올려 주세요.")
                )
        elif day and day < today():
            raise Rejected(_("폐지일은 오늘 또는 이후여야 합니다."))
        elif successor and not day:
            raise Rejected(_("승계 부서를 적으면 폐지일도 적어 주세요."))
        elif successor and self._of(successor) is None:
            raise Rejected(_("없는 부서 코드입니다. 승계 부서를 먼저 적어 주세요."), field="successor")

    @check("code", "name", "kind", "valid_from")
    def remember(self, code: str, name: str, kind: str, day: date) -> None:
        if code not in self.known:
            self.founded.setdefault(code, Department(code=code, name=name, kind=kind, valid_from=day))

    def _of(self, code: str) -> Department | None:
        return self.known.get(code) or self.founded.get(code)

    def row_key(self, values: Mapping[str, Any]) -> Hashable:
        return fold(values["code"])

    def clean_row(self, row: RawRow) -> tree.Line:
        values = row.values
        line = tree.Line(
            code=values["code"],
            name=values["name"],
            kind=values["kind"],
            parent=values["parent"],
            role=values["role"],
            order=values["order"],
            first=values["valid_from"],
            changed=values["changed_on"],
            last=values["ended_on"],
            successor=values["successor"],
        )
        if department := self.known.get(line.code):
            self._check(department, line)
            if _differs(department, line):
                self.untouched.add(fold(line.code))
        return line

    def _check(self, department: Department, line: tree.Line) -> None:
        for one in self._differences(department, line):
            try:
                tree.check(department, one, actor=self.actor)
            except Rejected as error:
                day = "ended_on" if one.kind in ENDING else "changed_on"
                raise Rejected(
                    error.message, field=day if error.field == "effective_on" else error.field
                ) from None

    def _differences(self, department: Department, line: tree.Line) -> list[tree.Difference]:
        return tree.differences(department, line, self.known | self.founded, self.waiting)

    def remarks(self, keys: Sequence[Any]) -> Iterator[tuple[Any, str]]:
        for key in keys:
            if key in self.untouched:
                yield (
                    key,
                    _("구분·기능·정렬 순서·설치일은 이 파일로 바뀌지 않습니다. 부서 화면에서 고쳐 주세요."),
                )

    def proof(self, rows: list[tree.Line], source: Source) -> Table | None:
        """What will happen to the departments there are, where the file has any of them."""
        there = [(self.known[line.code], line) for line in rows if line.code in self.known]
        if not there:
            return None
        found = [
            (department, one) for department, line in there for one in self._differences(department, line)
        ]
        counts = Counter(str(one.kind.label) for _department, one in found)
        same = len(there) - len({department.pk for department, _one in found})
        counted = [(_("새 부서"), len(rows) - len(there)), *counts.items(), (_("이미 있음"), same)]
        return Table(
            columns=(
                Column(_("변경"), width=1.2),
                Column(_("부서"), width=2),
                Column(_("바뀌는 내용"), width=3),
                Column(_("시행일"), width=1.4),
            ),
            rows=tuple(
                line_of(
                    str(one.kind.label),
                    f"{department} ({department.code})",
                    _said(department, one),
                    date_ko(one.day),
                )
                for department, one in found[:SHOWN]
            ),
            totals=(
                line_of(_("계"), "", " · ".join(f"{label} {count}" for label, count in counted if count), ""),
            ),
            caption=_("저장하면 바뀌는 부서"),
        )

    def save(self, rows: list[Any], actor: Any) -> int:
        made = tree.take_in(rows, actor=actor)
        self.made += made
        return len(made)

    def unmake(self, made: list[Any], actor: Any) -> list[Any]:
        return tree.give_up(made, actor=actor)

    def exported(self) -> Iterator[dict[str, Any]]:
        """The tree of today, parents first."""
        standing = Department.objects.filter(valid_to=None).select_related("parent").order_by("order", "code")
        for one, _depth in in_order(standing):
            yield {
                "code": one.code,
                "name": one.name,
                "kind": one.kind,
                "parent": one.parent.code if one.parent else "",
                "role": one.role,
                "order": one.order,
                "valid_from": one.valid_from,
            }


def _differs(department: Department, line: tree.Line) -> bool:
    """In what has no day, and so is no change of the tree."""
    said = (line.kind, line.role, line.order, line.first)
    there = (department.kind, department.role, department.order, department.valid_from)
    return any(value is not None and value != other for value, other in zip(said, there, strict=True))


def _said(department: Department, one: tree.Difference) -> str:
    target = one.target
    if one.kind == ChangeType.RENAME:
        return f"{department.name} → {target['new_name']}"
    if one.kind == ChangeType.MOVE:
        return f"{department.parent or NOTHING} → {target['new_parent']}"
    return f"→ {target['successor']}" if target["successor"] else ""
