"""The list of topics of a year, from a workbook (C1)."""

from collections.abc import Hashable, Iterator, Set
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.clock.calendar import YEARS
from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, check
from basis.excel.rows import RawRow
from basis.folding import folded
from clubs.enums import TopicSource
from clubs.models import Topic
from clubs.services import topics
from core.numbers import MOST
from organization.models import Department


class TopicImporter(Importer):
    """One topic a row; its number is its place in the list of its kind."""

    kind = "club-topics"
    label = gettext_lazy("동아리 연구 과제")
    unique = ("year", "source", "number")
    columns = (
        ImportColumn("year", gettext_lazy("연도"), True, "int", example=2026, synonyms=("년도", "대상 연도")),
        ImportColumn(
            "source", gettext_lazy("과제 구분"), True, "choice", example="핵심과제", synonyms=("구분", "과제 종류"),
            choices=lambda: [(source.value, str(source.label)) for source in TopicSource],
        ),
        ImportColumn("number", gettext_lazy("번호"), True, "int", example=1, synonyms=("연번", "과제 번호")),
        ImportColumn(
            "title", gettext_lazy("과제"), True, max_length=120, example="골목 주차난 해소", synonyms=("과제명", "제목")
        ),
        ImportColumn(
            "department", gettext_lazy("주관 부서"), False, max_length=60, example="교통행정과",
            synonyms=("부서", "담당 부서", "주관"), may_lack=True,
        ),
    )  # fmt: skip

    def prepare(self) -> None:
        self.departments = {folded(one.name): one for one in Department.objects.filter(valid_to=None)}

    @check("year")
    def check_year(self, year: int) -> None:
        if not YEARS[0] <= year <= YEARS[1]:
            raise Rejected(_("연도를 다시 확인해 주세요."))

    @check("number")
    def check_number(self, number: int) -> None:
        if not 1 <= number <= min(MOST, 32_000):
            raise Rejected(_("1 이상의 번호를 입력해 주세요."))

    @check("department")
    def check_department(self, name: str) -> None:
        if name and folded(name) not in self.departments:
            raise Rejected(_("없는 부서입니다. 지금 있는 부서의 이름을 입력해 주세요."))

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        rows = Topic.objects.values_list("year", "source", "number").iterator()
        return {key for row in rows if (key := tuple(folded(value) for value in row)) in keys}

    def clean_row(self, row: RawRow) -> dict[str, Any]:
        values = row.values
        name = values["department"]
        return {
            "year": values["year"],
            "source": values["source"],
            "number": values["number"],
            "title": values["title"],
            "department": self.departments[folded(name)] if name else None,
        }

    def save(self, rows: list[Any], actor: Any) -> int:
        self.made += topics.take_in(rows, actor=actor)
        return len(rows)

    def exported(self) -> Iterator[dict[str, Any]]:
        for one in Topic.objects.select_related("department").order_by("year", "source", "number").iterator():
            yield {
                "year": one.year,
                "source": one.source,
                "number": one.number,
                "title": one.title,
                "department": one.department.name if one.department else None,
            }
