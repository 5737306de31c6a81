"""The projects of a year with their budget lines, as the plan lists them (I1, N1)."""

from collections.abc import Hashable, Iterator, Mapping, Set
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.days import Day, Precision
from basis.documents.model import Column, Table, row
from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, check
from basis.excel.rows import RawRow
from basis.folding import fold
from core.now import today
from incentives.enums import DivisionState, Kind, Role
from incentives.excel.reading import about, count_in, kinds, number_of, one_line, together, won_of
from incentives.models import Division
from incentives.selectors.years import millions
from incentives.services.past import PastLine, take_in_projects
from organization.naming import NamesThen


class PastProjectImporter(Importer):
    """A row for each budget line; lines of one number are divisions of one project."""

    kind = "incentive-projects"
    label = gettext_lazy("지난 공동협력사업")
    unique = ("year", "number", "evaluator", "name")
    columns = (
        ImportColumn(
            "year", gettext_lazy("연도"), True, "day", example="2015", synonyms=("년도", "사업연도"), titled=True
        ),
        ImportColumn(
            "kind", gettext_lazy("평가 구분"), False, "choice", example="시·자치구 공동협력사업", may_lack=True,
            choices=kinds, help=gettext_lazy("비우면 시·자치구 공동협력사업입니다."),
        ),
        ImportColumn(
            "number", gettext_lazy("연번"), True, max_length=20, example="1", synonyms=("번호", "순번", "No", "No."),
            help=gettext_lazy("한 사업의 사업비가 여러 줄이면 같은 연번을 적습니다."),
        ),
        ImportColumn(
            "title", gettext_lazy("사업명"), True, max_length=200, example="안전도시 만들기",
            synonyms=("사업", "사업 이름"),
        ),
        ImportColumn("name", gettext_lazy("부문"), max_length=60, may_lack=True, synonyms=("분야",)),
        ImportColumn(
            "budget", gettext_lazy("사업비"), False, max_length=40, example="900", may_lack=True,
            synonyms=("사업비(백만원)", "예산", "예산액"),
            help=gettext_lazy("제목이나 표 위에 적힌 단위로 읽습니다."),
        ),
        ImportColumn(
            "evaluator", gettext_lazy("평가 부서"), max_length=60, may_lack=True, example="안전총괄과",
            synonyms=("(시) 평가부서", "시 평가부서", "서울시 평가부서", "시 주관부서"),
        ),
        ImportColumn(
            "owners", gettext_lazy("주관 부서"), True, "departments", example="안전치수과",
            synonyms=("추관부서", "담당부서", "구 주관부서", "부서"),
            help=gettext_lazy("그때의 부서명입니다. 여럿이면 대표하는 부서를 먼저 적습니다."),
        ),
        ImportColumn(
            "helpers", gettext_lazy("협조 부서"), False, "departments", may_lack=True, synonyms=("협조부서", "관련부서")
        ),
    )  # fmt: skip

    def prepare(self) -> None:
        self.names, self.year = NamesThen(), today().year
        self.titles: dict[tuple[int, str, int], str] = {}
        self.sum = 0

    @check("year")
    def check_year(self, year: Day) -> None:
        if year.date.year >= self.year:
            raise Rejected(_("지난 연도를 입력해 주세요. 올해 사업은 사업 화면에서 등록합니다."))

    @check("number", "kind", "year", "title")
    def check_number(self, text: str, kind: str | None, year: Day, title: str) -> None:
        number = number_of(text)
        if number is None:
            raise Rejected(_("필수 항목입니다. 값을 입력해 주세요."))
        known = self.titles.setdefault((year.date.year, kind or Kind.JOINT, number), fold(one_line(title)))
        if known != fold(one_line(title)):
            raise Rejected(_("같은 연번의 다른 사업이 있습니다. 연번을 확인해 주세요."))

    @check("title")
    def check_title(self, title: str) -> None:
        if len(one_line(title)) > 120:
            raise Rejected(_("사업명은 120자까지 적을 수 있습니다."))

    @check("budget")
    def check_budget(self, text: str) -> None:
        factor = self.source.unit_of("budget")
        self.sum += about(text, factor)
        won_of(text, factor)

    @check("owners", "year")
    def check_owners(self, text: str, year: Day) -> None:
        if not self.names.read(together(text), year):
            raise Rejected(_("주관 부서를 적어 주세요."))

    @check("helpers", "year")
    def check_helpers(self, text: str, year: Day) -> None:
        self.names.read(together(text), year)

    def row_key(self, values: Mapping[str, Any]) -> Hashable:
        kind, year = values["kind"] or Kind.JOINT.value, values["year"].date.year
        return year, kind, one_line(values["number"]), fold(values["evaluator"]), fold(values["name"])

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        rows = Division.objects.values_list("project__year", "project__kind", "project__number")
        known = {(year, kind, str(number)) for year, kind, number in rows}
        return {key for key in keys if key[:3] in known}

    def disproved(self, source: Any) -> Iterator[Any]:
        """The total row says another sum, or another number of projects."""
        told = [(place, cells) for place, cells in source.total_rows]
        sums = [(place, str(cells["budget"])) for place, cells in told if cells.get("budget") is not None]
        said = sum(about(text, source.unit_of("budget")) for _place, text in sums)
        if sums and said != self.sum:
            text = _("합계가 맞지 않습니다. 파일은 %(said)s백만원, 행의 합은 %(sum)s백만원입니다.")
            place, value = sums[-1]
            yield place, "budget", value, text % {"said": millions(said), "sum": millions(self.sum)}
        counts = [
            (place, cells.get("title")) for place, cells in told if count_in(str(cells.get("title") or ""))
        ]
        if len(counts) == 1 and (count := count_in(str(counts[0][1]))) != len(self.titles):
            text = _("사업 수가 맞지 않습니다. 파일은 %(said)d개, 읽은 사업은 %(count)d개입니다.")
            yield counts[0][0], "title", counts[0][1], text % {"said": count, "count": len(self.titles)}

    def clean_row(self, row: RawRow) -> PastLine:
        values, year = row.values, row.values["year"]
        number = number_of(values["number"])
        assert number is not None  # check_number
        budget, _kind = won_of(values["budget"], self.source.unit_of("budget"))
        return PastLine(
            year=year.date.year,
            kind=values["kind"] or Kind.JOINT,
            number=number,
            title=one_line(values["title"]),
            name=one_line(values["name"]),
            evaluator=one_line(values["evaluator"]),
            budget=budget or None,
            owners=self.names.read(together(values["owners"]), year),
            helpers=self.names.read(together(values["helpers"]), year),
        )

    def proof(self, rows: list[PastLine], source: Any) -> Table:
        """Projects, budget lines and their sum, year by year."""
        years = sorted({one.year for one in rows})
        columns = (
            Column(_("연도"), align="center"),
            Column(_("사업(개)"), "int"),
            Column(_("사업비(줄)"), "int"),
            Column(_("사업비(백만원)"), align="right"),
        )
        return Table(
            columns=columns,
            rows=tuple(
                row(
                    str(year),
                    len({(one.kind, one.number) for one in rows if one.year == year}),
                    sum(one.budget is not None for one in rows if one.year == year),
                    millions(sum(one.budget or 0 for one in rows if one.year == year)),
                )
                for year in years
            ),
            caption=_("저장하면 만들어질 사업"),
        )

    def save(self, rows: list[Any], actor: Any) -> int:
        self.made += take_in_projects(rows, actor=actor)
        return len(rows)

    def exported(self) -> Iterator[dict[str, Any]]:
        """Those of earlier years."""
        divisions = Division.objects.filter(state=DivisionState.JUDGED, project__year__lt=today().year)
        order = ("project__year", "project__kind", "project__number", "order")
        found = divisions.select_related("project").prefetch_related("parts").order_by(*order)
        for one in found.iterator(chunk_size=500):
            parts = list(one.parts.all())
            yield {
                "year": Day(date(one.project.year, 1, 1), Precision.YEAR),
                "kind": one.project.kind,
                "number": str(one.project.number),
                "title": one.project.name,
                "name": one.name,
                "budget": str(one.budget) if one.budget else "",
                "evaluator": one.evaluator,
                "owners": ", ".join(part.department_name for part in parts if part.role == Role.OWNER),
                "helpers": ", ".join(part.department_name for part in parts if part.role == Role.HELPER),
            }
