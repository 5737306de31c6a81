"""Budgets of earlier years (V5, N1): what a year was given and spent, through the ledger, by its document."""

from collections.abc import Hashable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.days import Day, Precision
from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, check
from basis.excel.rows import RawRow
from basis.official import document_number
from budgets import services
from budgets.enums import BudgetKind
from budgets.models import BudgetEntry
from budgets.purses import Purse
from budgets.selectors import overviews
from core.forms import MOST_WON
from core.now import today

TAKEN_IN = gettext_lazy("지난 자료 가져오기")


@dataclass(frozen=True)
class PastYear:
    year: int
    given: int
    spent: int
    day: date
    document: str
    code: str
    reason: str


class PastBudgetImporter(Importer):
    """Of one purse; whose it is declares a subclass with `kind`, `label` and `purse`."""

    purse: ClassVar[Purse]
    unique = ("year",)
    columns = (
        ImportColumn(
            "year", gettext_lazy("연도"), True, "day", example="2015", synonyms=("년도", "회계연도", "예산연도"),
            titled=True,
        ),
        ImportColumn(
            "given", gettext_lazy("편성액(원)"), True, "int", example=1_250_000,
            synonyms=("편성액", "예산액", "예산", "예산현액", "배정액"),
        ),
        ImportColumn(
            "spent", gettext_lazy("집행액(원)"), False, "int", may_lack=True,
            synonyms=("집행액", "집행", "지출액", "결산액"),
            help=gettext_lazy("현장체험별 집행액을 따로 가져올 때는 비워 두세요. 두 번 셉니다."),
        ),
        ImportColumn(
            "document", gettext_lazy("결정 문서번호"), True, max_length=60, example="기획예산과-1234",
            synonyms=("문서번호", "근거", "근거문서", "관련문서"),
        ),
        ImportColumn("day", gettext_lazy("결정일"), False, "day", may_lack=True, synonyms=("편성일", "일자")),
        ImportColumn(
            "code", gettext_lazy("예산과목"), False, max_length=200, may_lack=True, synonyms=("과목", "세부사업")
        ),
        ImportColumn("reason", gettext_lazy("비고"), False, max_length=200, may_lack=True, synonyms=("사유", "적요")),
    )  # fmt: skip

    def prepare(self) -> None:
        self.year = today().year

    @check("year")
    def check_year(self, year: Day) -> None:
        if year.date.year >= self.year:
            raise Rejected(_("지난 연도를 입력해 주세요. 올해 예산은 예산 화면에서 편성합니다."))

    @check("given", "spent")
    def check_sums(self, given: int, spent: int | None) -> None:
        if not 0 < given <= MOST_WON:
            raise Rejected(_("0원보다 큰 금액을 입력해 주세요."))
        if not 0 <= (spent or 0) <= given:
            raise Rejected(_("편성액 안에서 집행액을 입력해 주세요."), field="spent")

    @check("document")
    def check_document(self, text: str) -> None:
        document_number(text, field="document")

    def row_key(self, values: Any) -> Hashable:
        return values["year"].date.year

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        return {year for year, found in overviews(self.purse).items() if found.allocated and year in keys}

    def clean_row(self, row: RawRow) -> PastYear:
        values, year = row.values, row.values["year"].date.year
        return PastYear(
            year=year,
            given=values["given"],
            spent=values["spent"] or 0,
            day=values["day"].date if values["day"] else date(year, 1, 1),
            document=values["document"],
            code=values["code"],
            reason=values["reason"] or str(TAKEN_IN),
        )

    def save(self, rows: list[Any], actor: Any) -> int:
        for row in rows:
            known = {"day": row.day, "document": row.document, "reason": row.reason, "actor": actor}
            self.made.append(services.allocate(self.purse, row.year, row.given, code=row.code, **known))
            if row.spent:
                spent = {**known, "day": max(row.day, date(row.year, 12, 31))}
                self.made.append(services.spend_in_all(self.purse, row.year, row.spent, **spent))
        return len(rows)

    def unmake(self, made: list[Any], actor: Any) -> list[Any]:
        """Lines of a ledger stay; each gets its opposite."""
        services.take_back(made, reason=_("가져오기 되돌림"), actor=actor)
        return []

    def exported(self) -> Iterator[dict[str, Any]]:
        """What earlier years were given, and what they spent in one sum; things that cost have exports of their own."""
        lines = BudgetEntry.objects.standing().filter(
            account__kind=self.purse.key, account__holder="", account__year__lt=today().year, cause_type=None
        )
        by_year: dict[int, list[BudgetEntry]] = {}
        for line in lines.select_related("account").order_by("account__year", "sequence"):
            by_year.setdefault(line.account.year, []).append(line)
        for year, found in by_year.items():
            given = [line for line in found if line.kind == BudgetKind.ALLOCATE]
            if total := sum(line.amount for line in given):
                yield {
                    "year": Day(date(year, 1, 1), Precision.YEAR),
                    "given": total,
                    "spent": -sum(line.amount for line in found if line.kind == BudgetKind.SPEND) or None,
                    "document": given[0].document,
                    "day": Day(given[0].day),
                    "code": given[0].account.code,
                    "reason": given[0].reason,
                }
