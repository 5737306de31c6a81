"""Cases from and to Excel (B2)."""

from collections.abc import Hashable, Iterator, Sequence, Set
from datetime import date
from typing import Any

from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, check
from basis.excel.rows import RawRow
from basis.folding import fold
from benchmarking.enums import NO_CASES, Channel, CostClass, Field, Origin, SourceKind
from benchmarking.models import Case
from benchmarking.selectors.cases import similar_among
from benchmarking.services.cases import SUGGESTED, register_many, unregister_many
from benchmarking.similar import TITLES
from core.forms import MOST_WON
from core.now import today
from organization.models import User
from organization.roster import Roster
from reviews.selectors.naming import Departments

LOOKED_AT = 300  # rows compared with earlier cases


def choices(enum: Any) -> Any:
    return lambda: [(value, str(label)) for value, label in enum.choices]


class CaseImporter(Importer):
    """Many cases at once; the same title of the same institution is a duplicate."""

    kind = "benchmarking-cases"
    label = gettext_lazy("벤치마킹 사례")
    unique = ("title", "source_name")
    columns = (
        ImportColumn("title", gettext_lazy("사례명"), True, max_length=200, example="공유주차 앱 도입"),
        ImportColumn(
            "source_kind",
            gettext_lazy("기관 구분"),
            True,
            "choice",
            choices=choices(SourceKind),
            example="시·군·구",
        ),
        ImportColumn("source_name", gettext_lazy("기관명"), True, max_length=100, example="○○시"),
        ImportColumn(
            "channel", gettext_lazy("발굴 경로"), True, "choice", choices=choices(Channel), example="언론보도"
        ),
        ImportColumn(
            "field", gettext_lazy("분야"), True, "choice", choices=choices(Field), example="건설교통"
        ),
        ImportColumn(
            "cost_class",
            gettext_lazy("예산 구분"),
            True,
            "choice",
            choices=choices(CostClass),
            example="저예산",
        ),
        ImportColumn(
            "summary", gettext_lazy("주요 내용"), True, max_length=4000, example="빈 주차면을 나누어 씁니다."
        ),
        ImportColumn("found_on", gettext_lazy("발굴일"), True, "date", example="2026-11-20"),
        ImportColumn("estimated_cost", gettext_lazy("예상 비용(원)"), False, "int", example=5_000_000),
        ImportColumn("link", gettext_lazy("관련 링크"), max_length=500),
        ImportColumn(
            "departments",
            gettext_lazy("검토 예정 부서"),
            example="교통행정과",
            help=gettext_lazy("부서가 여럿이면 쉼표로 나누어 적어 주세요."),
        ),
        ImportColumn(
            "finder",
            gettext_lazy("발굴자"),
            max_length=60,
            example="E00012",
            help=gettext_lazy("이름이나 직원번호입니다. 비워 두면 발굴 점수를 받는 사람이 없습니다."),
        ),
    )

    def prepare(self) -> None:
        self.departments, self.roster = Departments(), Roster.of_all()
        self.valid_url = URLValidator(
            schemes=["http", "https"], message=_("주소는 https://로 시작해야 합니다.")
        )
        self.today = today()

    @check("title")
    def check_title(self, title: str) -> None:
        if len(title) < 4:
            raise Rejected(_("사례명을 4자 이상 입력해 주세요."))

    @check("found_on")
    def check_found_on(self, day: date) -> None:
        if day > self.today:
            raise Rejected(_("발굴일은 오늘 또는 이전이어야 합니다."))

    @check("estimated_cost")
    def check_cost(self, cost: int | None) -> None:
        if (cost or 0) < 0:
            raise Rejected(_("0 이상의 금액을 입력해 주세요."))
        if (cost or 0) > MOST_WON:
            raise Rejected(_("{most}원 이하로 입력해 주세요.").format(most=f"{MOST_WON:,}"))

    @check("link")
    def check_link(self, link: str) -> None:
        if link:
            self.valid_url(link)

    @check("departments")
    def check_departments(self, text: str) -> None:
        self.departments.read(text)

    @check("finder")
    def check_finder(self, text: str) -> None:
        if text:
            self.roster.read(text)

    def clean_row(self, row: RawRow) -> Any:
        values = dict(row.values)
        values[SUGGESTED] = tuple(self.departments.read(values.pop("departments")))
        finder = values.pop("finder")
        values["found_by"] = self.roster.read(finder) if finder else None
        self.keys = tuple(values)  # rows are held as bare tuples until the last is checked
        return tuple(values.values())

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        rows = Case.objects.values_list("title", "source_name").iterator()
        return {key for title, source in rows if (key := (fold(title), fold(source))) in keys}

    def remarks(self, keys: Sequence[Any]) -> Iterator[tuple[Any, str]]:
        """Earlier cases like these (B2); of a long file, its beginning is looked at."""
        looked_at = keys[:LOOKED_AT]
        rarity = TITLES.rarity_of(key[0] for key in looked_at)
        for key in looked_at:
            if found := similar_among(key[0], Case.objects.all(), rarity=rarity)[:1]:
                yield key, _("비슷한 사례가 있습니다: %(case)s") % {"case": found[0].case}

    def save(self, rows: list[Any], actor: Any) -> int:
        made = register_many(rows, self.keys, actor=actor)
        self.made += [(Case, pk) for pk in made]
        return len(made)

    def unmake(self, made: list[Case], actor: Any) -> list[Case]:
        return unregister_many(made, actor=actor)

    def exported(self) -> Iterator[dict[str, Any]]:
        """What was registered here. A department that has ended and a finder who has left would not be taken again."""
        standing = set(Departments().by_name.values())
        cases = Case.objects.filter(origin=Origin.HERE).exclude(state__in=NO_CASES)
        cases = cases.order_by("year", "number").select_related("found_by")
        for case in cases.prefetch_related("suggested_departments").iterator(chunk_size=1000):
            finder = case.found_by
            yield {
                **{column.key: getattr(case, column.key, None) for column in self.columns},
                "departments": ", ".join(d.name for d in case.suggested_departments.all() if d in standing),
                "finder": finder.employee_number if finder and _is_here(finder) else "",
            }


def _is_here(person: User) -> bool:
    return person.is_active and person.department_id is not None
