"""The results of a year, as the plan lists them (I6, N1)."""

from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
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
from incentives.enums import DivisionState, Kind, Money, Role
from incentives.excel.matching import division_of, project_of
from incentives.excel.reading import about, kinds, number_of, one_line, together, won_of
from incentives.models import Project, Result
from incentives.selectors.grades import tiers
from incentives.selectors.years import millions
from incentives.services.past import PastResult, take_in_results
from incentives.services.results import graded
from organization.naming import NamesThen


class PastResultImporter(Importer):
    """A row a result. The year's projects are taken in before it: a result finds its own by its name."""

    kind = "incentive-results"
    label = gettext_lazy("지난 평가 결과")
    unique = ("year", "title")
    columns = (
        ImportColumn(
            "year", gettext_lazy("연도"), True, "day", example="2015", synonyms=("년도", "사업연도"), titled=True
        ),
        ImportColumn(
            "number", gettext_lazy("연번"), max_length=20, may_lack=True, example="1", synonyms=("번호", "순번")
        ),
        ImportColumn(
            "title", gettext_lazy("평가 이름"), True, max_length=200, example="안전도시 만들기",
            synonyms=("사업명", "평가명", "사업", "부문명"),
        ),
        ImportColumn(
            "grade", gettext_lazy("평가 결과"), True, max_length=40, example="최우수",
            synonyms=("결과", "수상", "수상내역", "등급", "훈격"),
        ),
        ImportColumn(
            "prize", gettext_lazy("수상금"), False, max_length=40, example="90", may_lack=True,
            synonyms=("인센티브", "인센티브(백만원)", "수상금액", "수상금(백만원)", "상금"),
            help=gettext_lazy("제목이나 표 위에 적힌 단위로 읽습니다. 돈의 구분은 ‘15 (포상금)’처럼 적습니다."),
        ),
        ImportColumn(
            "owners", gettext_lazy("주관 부서"), True, "departments", example="안전치수과",
            synonyms=("추관부서", "부서", "수상부서", "담당부서"),
            help=gettext_lazy("그때의 부서명입니다. 여럿이면 대표하는 부서를 먼저 적습니다."),
        ),
        ImportColumn(
            "kind", gettext_lazy("평가 구분"), True, "choice", example="시·자치구 공동협력사업", choices=kinds,
            synonyms=("비고", "구분", "평가구분"),
        ),
        ImportColumn(
            "project", gettext_lazy("소속 사업"), max_length=120, may_lack=True, synonyms=("사업 연번",),
            help=gettext_lazy("비우면 이름으로 찾습니다. 찾지 못할 때 그해 사업의 연번이나 이름을 적습니다."),
        ),
        ImportColumn("rank", gettext_lazy("순위"), max_length=10, may_lack=True),
        ImportColumn("decided", gettext_lazy("발표일"), False, "day", may_lack=True, synonyms=("수상일", "결정일")),
    )  # fmt: skip

    def prepare(self) -> None:
        self.names, self.year, self.tiers = NamesThen(), today().year, tiers()
        self.projects: dict[int, list[Project]] = {}
        for one in Project.objects.prefetch_related("divisions__parts"):
            self.projects.setdefault(one.year, []).append(one)
        self.sum = 0
        self.alone: dict[Hashable, str] = {}

    @check("year")
    def check_year(self, year: Day) -> None:
        if year.date.year >= self.year:
            raise Rejected(_("지난 연도를 입력해 주세요. 올해 결과는 사업 화면에서 적습니다."))

    @check("title")
    def check_title(self, title: str) -> None:
        if len(one_line(title)) > 120:
            raise Rejected(_("평가 이름은 120자까지 적을 수 있습니다."))

    @check("number")
    def check_number(self, text: str) -> None:
        number_of(text)

    @check("rank")
    def check_rank(self, text: str) -> None:
        number_of(text.rstrip("위 "))

    @check("grade")
    def check_grade(self, text: str) -> None:
        graded(text, self.tiers)

    @check("prize")
    def check_prize(self, text: str) -> None:
        factor = self.source.unit_of("prize")
        self.sum += about(text, factor)
        won_of(text, factor)

    @check("owners", "year")
    def check_owners(self, text: str, year: Day) -> None:
        if not self.names.read(together(text), year):
            raise Rejected(_("주관 부서를 적어 주세요."))

    @check("decided")
    def check_decided(self, day: Day | None) -> None:
        if day and day.date > today():
            raise Rejected(_("오늘 또는 이전의 날짜를 입력해 주세요."))

    @check("title", "kind", "year", "project")
    def check_project(self, title: str, kind: str, year: Day, said: str) -> None:
        found = self._project(one_line(title), kind, year.date.year, said)
        if found is None:
            return
        if any(one.state != DivisionState.JUDGED for one in found.divisions.all()):
            raise Rejected(_("진행 중인 사업입니다. 결과는 그 사업 화면에서 적어 주세요."))

    def _project(self, title: str, kind: str, year: int, said: str) -> Project | None:
        """Single and outside evaluations are projects of their own."""
        known = self.projects.get(year, [])
        wanted = one_line(said)
        if wanted:
            found = [
                one for one in known if one.kind == kind and wanted.rstrip(".") in (str(one.number), one.name)
            ]
            if len(found) != 1:
                raise Rejected(
                    _("그해에 없는 사업입니다. 사업을 먼저 가져오거나 비워 주세요."), field="project"
                )
            return found[0]
        return project_of(title, known) if kind == Kind.JOINT else None

    def row_key(self, values: Mapping[str, Any]) -> Hashable:
        return values["year"].date.year, fold(one_line(values["title"]))

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        rows = Result.objects.values_list("division__project__year", "title")
        known = {(year, fold(title)) for year, title in rows}
        return {key for key in keys if key in known}

    def disproved(self, source: Any) -> Iterator[Any]:
        """The total row says another sum."""
        told = [
            (place, str(cells["prize"]))
            for place, cells in source.total_rows
            if cells.get("prize") is not None
        ]
        said = sum(about(text, source.unit_of("prize")) for _place, text in told)
        if told and said != self.sum:
            text = _("합계가 맞지 않습니다. 파일은 %(said)s백만원, 행의 합은 %(sum)s백만원입니다.")
            place, value = told[-1]
            yield place, "prize", value, text % {"said": millions(said), "sum": millions(self.sum)}

    def clean_row(self, row: RawRow) -> PastResult:
        values, year = row.values, row.values["year"].date.year
        title, kind = one_line(values["title"]), values["kind"]
        owners = self.names.read(together(values["owners"]), values["year"])
        project = self._project(title, kind, year, values["project"])
        if project is None and kind == Kind.JOINT:
            self.alone[self.row_key(values)] = title
        divisions = list(project.divisions.all()) if project else []
        amount, money = won_of(values["prize"], self.source.unit_of("prize"))
        grade, tier = graded(values["grade"], self.tiers)
        return PastResult(
            year=year,
            kind=kind,
            number=number_of(values["number"]),
            title=title,
            grade=grade,
            tier=tier,
            amount=amount,
            money=money or Money.GRANT,
            decided_on=values["decided"].date if values["decided"] else date(year, 12, 31),
            owners=owners,
            rank=number_of(values["rank"].rstrip("위 ")),
            division=division_of(title, [one.department.pk for one in owners], divisions)
            if divisions
            else None,
        )

    def remarks(self, keys: Sequence[Any]) -> Iterator[tuple[Any, str]]:
        """What becomes a project of its own though it is none of the city's list."""
        for key in keys:
            if key in self.alone:
                yield key, _("그해 사업 가운데 같은 이름이 없어 사업비 없는 사업으로 따로 등록합니다.")

    def proof(self, rows: list[PastResult], source: Any) -> Table:
        """Results and money by year and kind."""
        lines = []
        for year in sorted({one.year for one in rows}):
            for kind in Kind:
                own = [one for one in rows if one.year == year and one.kind == kind]
                if own:
                    lines.append(
                        row(str(year), str(kind.label), len(own), millions(sum(r.amount for r in own)))
                    )
        columns = (
            Column(_("연도"), align="center", width=0.6),
            Column(_("평가 구분"), width=1.6),
            Column(_("수상(건)"), "int"),
            Column(_("수상금(백만원)"), align="right"),
        )
        total = row(_("계"), "", len(rows), millions(sum(one.amount for one in rows)))
        return Table(
            columns=columns,
            rows=tuple(lines),
            totals=(total,),
            caption=_("저장하면 만들어질 결과"),
            row_header=False,
        )

    def save(self, rows: list[Any], actor: Any) -> int:
        self.made += take_in_results(rows, actor=actor)
        return len(rows)

    def exported(self) -> Iterator[dict[str, Any]]:
        """Those of earlier years."""
        found = Result.objects.filter(division__project__year__lt=today().year)
        found = found.select_related("division__project").prefetch_related("prizes", "shares")
        for one in found.order_by("division__project__year", "number", "pk").iterator(chunk_size=500):
            project, prizes = one.division.project, list(one.prizes.all())
            amount = sum(prize.amount for prize in prizes)
            kind = f" ({prizes[0].get_money_display()})" if prizes else ""
            yield {
                "year": Day(date(project.year, 1, 1), Precision.YEAR),
                "number": str(one.number or ""),
                "title": one.title,
                "grade": one.grade,
                "prize": f"{amount}{kind}" if amount else "",
                "owners": ", ".join(
                    share.department_name for share in one.shares.all() if share.role == Role.OWNER
                ),
                "kind": project.kind,
                "project": "" if project.name == one.title else str(project.number),
                "rank": str(one.rank or ""),
                "decided": Day(one.decided_on),
            }
