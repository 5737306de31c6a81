"""The history of departments from an office's records (N4)."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.days import Day
from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, check
from basis.excel.rows import RawRow
from basis.folding import fold
from core.now import today
from organization.enums import DepartmentKind
from organization.models import Department
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
        self.codes = {fold(code) for code in Department.objects.values_list("code", flat=True)}
        self.above: list[tuple[str, date, date]] = []

    @check("first", "last")
    def check_days(self, first: Day, last: Day) -> None:
        if first.date > last.last:
            raise Rejected(_("폐지일이 설치일보다 빠릅니다."), field="last")
        if last.last >= self.today:
            raise Rejected(
                _("지금 있는 부서는 적지 않습니다. 어제까지의 날짜를 입력해 주세요."), field="last"
            )

    @check("code")
    def check_code(self, code: str) -> None:
        if code and fold(code) in self.codes:
            raise Rejected(_("이미 쓰고 있는 부서 코드입니다."))
        self.codes.add(fold(code))

    @check("name", "first", "last")
    def check_name(self, name: str, first: Day, last: Day) -> None:
        """Two departments of the same name at the same time could not be told apart."""
        spans = [(span.first, span.last) for span in self.names.spans.get(name_key(name), ())]
        spans += [(begin, end) for key, begin, end in self.above if key == name_key(name)]
        for begin, end in spans:
            if (begin or date.min) <= last.last and first.date <= (end or date.max):
                raise Rejected(_("같은 이름의 부서가 그때 이미 있습니다."))
        self.above.append((name_key(name), first.date, last.last))

    def clean_row(self, row: RawRow) -> lineage.Ended:
        values = row.values
        return lineage.Ended(
            name=values["name"],
            kind=values["kind"] or DepartmentKind.DIVISION,
            first=values["first"].date,
            last=values["last"].last,
            successor=values["successor"],
            code=values["code"],
            document=values["document"],
        )

    def save(self, rows: list[Any], actor: Any) -> int:
        for row in rows:
            if row.successor and not self._has_heir(row, rows):
                raise Rejected(
                    _("‘%(name)s’의 승계 부서 ‘%(successor)s’이(가) 그다음 날 없었습니다.")
                    % {"name": row.name, "successor": row.successor},
                    field="successor",
                )
        self.made += lineage.take_in(rows, actor=actor)
        return len(rows)

    def _has_heir(self, row: lineage.Ended, rows: list[lineage.Ended]) -> bool:
        return bool(lineage.heir_among(row, rows) or self.names.find(row.successor, Day(row.last + _DAY)))
