"""The history of departments from an office's records (N4)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.days import Day
from basis.documents.model import Column, Table
from basis.documents.model import row as line_of
from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, Source, check
from basis.excel.rows import RawRow
from basis.folding import fold
from core.now import today
from organization.enums import ENDING, DepartmentKind
from organization.models import Department, DepartmentChange
from organization.naming import NamesThen, name_key
from organization.services import lineage

KINDS = [kind for kind in DepartmentKind if kind != DepartmentKind.TEAM]  # teams share names
_DAY = timedelta(days=1)


class PastDepartmentImporter(Importer):
    """Departments that have ended, with who took over: so old names of records find their department."""

    kind = "departments-past"
    label = gettext_lazy("부서 연혁")
    unique = ("name", "last")
    columns = (
        ImportColumn(
            "name", gettext_lazy("부서명"), True, max_length=60, example="교통지도과",
            synonyms=("부서", "옛 부서명", "이전 부서명", "변경 전", "폐지 부서", "과명"),
        ),
        ImportColumn(
            "kind", gettext_lazy("구분"), False, "choice", may_lack=True, example="과·담당관",
            choices=lambda: [(kind.value, str(kind.label)) for kind in KINDS],
            help=gettext_lazy("비워 두면 과·담당관입니다."),
        ),
        ImportColumn(
            "first", gettext_lazy("설치일"), True, "day", example="2008-07-01",
            synonyms=("신설일", "시작일", "부터", "설치년도", "설치"),
        ),
        ImportColumn(
            "last", gettext_lazy("폐지일"), True, "day", example="2014-12-31",
            synonyms=("종료일", "까지", "변경일", "통합일", "폐지"),
            help=gettext_lazy("그 이름으로 있던 마지막 날입니다. 연도만 적으면 그해 12월 31일입니다."),
        ),
        ImportColumn(
            "successor", gettext_lazy("승계 부서"), False, max_length=60, may_lack=True, example="교통행정과",
            synonyms=("현 부서명", "변경 후", "새 부서명", "승계부서", "통합 부서", "현재 부서"),
        ),
        ImportColumn(
            "code", gettext_lazy("부서 코드"), False, max_length=20, may_lack=True,
            help=gettext_lazy("비워 두면 매깁니다."),
        ),
        ImportColumn("document", gettext_lazy("근거 문서"), False, max_length=120, may_lack=True, synonyms=("근거",)),
    )  # fmt: skip

    def prepare(self) -> None:
        self.names, self.today = NamesThen(), today()
        rows = Department.objects.values_list("code", "name", "valid_to")
        self.codes = {fold(code): (name_key(name), last) for code, name, last in rows}
        self.above: list[tuple[str, date, date]] = []
        self.heirs: dict[Any, tuple[str, date]] = {}
        self.there = 0

    @check("first", "last")
    def check_days(self, first: Day, last: Day) -> None:
        if first.date > last.last:
            raise Rejected(_("폐지일이 설치일보다 빠릅니다."), field="last")
        if last.last >= self.today:
            raise Rejected(
                _("지금 있는 부서는 적지 않습니다. 어제까지의 날짜를 입력해 주세요."), field="last"
            )

    @check("code", "name", "last")
    def check_code(self, code: str, name: str, last: Day) -> None:
        own = (name_key(name), last.last)
        if code and self.codes.setdefault(fold(code), own) != own:
            raise Rejected(_("이미 쓰고 있는 부서 코드입니다."))

    @check("name", "first", "last")
    def check_name(self, name: str, first: Day, last: Day) -> None:
        """Two departments of the same name at the same time could not be told apart."""
        if self._is_there(name, first, last):
            return
        spans = [(span.first, span.last) for span in self.names.spans.get(name_key(name), ())]
        spans += [(begin, end) for key, begin, end in self.above if key == name_key(name)]
        for begin, end in spans:
            if (begin or date.min) <= last.last and first.date <= (end or date.max):
                raise Rejected(_("같은 이름의 부서가 그때 이미 있습니다."))
        self.above.append((name_key(name), first.date, last.last))

    def _is_there(self, name: str, first: Day, last: Day) -> bool:
        known = self.names.spans.get(name_key(name), ())
        return any((span.first, span.last) == (first.date, last.last) for span in known)

    @check("name", "last", "successor")
    def check_heir(self, name: str, last: Day, successor: str) -> None:
        """Who takes over may stand further down."""
        if successor:
            self.heirs[self.row_key({"name": name, "last": last})] = (successor, last.last + _DAY)

    def afterwards(self) -> Iterator[tuple[Any, str, str]]:
        for key, (successor, day) in self.heirs.items():
            named = name_key(successor)
            if any(named == other and first <= day <= last for other, first, last in self.above):
                continue
            try:
                found = self.names.find(successor, Day(day))
            except Rejected as error:
                yield key, "successor", error.message
                continue
            if not found:
                yield (
                    key,
                    "successor",
                    _("‘%(name)s’은(는) 그다음 날 없던 부서입니다. 그때의 부서명을 입력해 주세요.")
                    % {"name": successor},
                )

    def clean_row(self, row: RawRow) -> lineage.Ended | None:
        """None: it is there already."""
        values = row.values
        if self._is_there(values["name"], values["first"], values["last"]):
            self.there += 1
            return None
        return lineage.Ended(
            name=values["name"],
            kind=values["kind"] or DepartmentKind.DIVISION,
            first=values["first"].date,
            last=values["last"].last,
            successor=values["successor"],
            code=values["code"],
            document=values["document"],
        )

    def proof(self, rows: list[Any], source: Source) -> Table | None:
        """How many there are already, where there are any."""
        if not self.there:
            return None
        return Table(
            columns=(Column(_("부서 연혁"), width=2), Column(_("건수"), "int")),
            rows=(line_of(_("새로 등록"), len(rows) - self.there), line_of(_("이미 있음"), self.there)),
            caption=_("저장하면 등록되는 부서"),
        )

    def save(self, rows: list[Any], actor: Any) -> int:
        new = [row for row in rows if row]
        self.made += lineage.take_in(new, actor=actor)
        return len(new)

    def exported(self) -> Iterator[dict[str, Any]]:
        """Those that have ended, under the name they had then."""
        names, ended = NamesThen(), Department.objects.filter(valid_to__lt=today(), kind__in=KINDS)
        ends = DepartmentChange.objects.filter(kind__in=ENDING).exclude(applied_at=None)
        documents = dict(ends.values_list("department_id", "document"))
        for one in ended.select_related("successor").order_by("valid_to", "code"):
            heir, last = one.successor, one.valid_to
            assert last is not None  # of these
            yield {
                "name": one.name,
                "kind": one.kind,
                "first": Day(names.since(one)),
                "last": Day(last),
                "successor": names.name_of(heir, last + _DAY) if heir else "",
                "code": one.code,
                "document": documents.get(one.pk, ""),
            }
