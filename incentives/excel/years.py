"""What the office's own papers say of years: the four-year table, the summary of a year by kind (I6)."""

import re
from collections.abc import Hashable, Iterator, Mapping, Set
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.clock.calendar import YEARS
from basis.days import Day, Precision
from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, check
from basis.excel.rows import RawRow
from basis.tables import amounts
from core.now import today
from incentives.enums import Kind
from incentives.excel.reading import LEAST, NOTHING, count_in, kinds, number_of, one_line
from incentives.models import YearSum
from incentives.services.past import take_in_sums

_WINS = re.compile(r"^[○◦•\s]*(\d+)\s*(?:개|건)\s*(?:사업|부문)?\s*수상\s*[-–:]?\s*")
LONGEST = 200


class YearSumImporter(Importer):
    """A row, or a column, a year; with the kind of evaluations a row for each."""

    kind = "incentive-years"
    label = gettext_lazy("연도별 수상 현황")
    unique = ("year", "kind")
    columns = (
        ImportColumn(
            "year", gettext_lazy("연도"), True, "day", example="2015", synonyms=("구분", "년도"), titled=True
        ),
        ImportColumn(
            "kind", gettext_lazy("평가 구분"), False, "choice", may_lack=True, choices=kinds,
            help=gettext_lazy("비우면 시·자치구 공동협력사업입니다."), example="시·자치구 공동협력사업",
        ),
        ImportColumn(
            "rank", gettext_lazy("순위"), max_length=20, may_lack=True, example="9위",
            synonyms=("순위(금액기준)", "순위 (금액기준)"),
        ),
        ImportColumn(
            "amount", gettext_lazy("수상금"), True, max_length=40, example="5억 9백만원",
            synonyms=("수상금액", "수상금(백만원)", "인센티브", "금액"),
        ),
        ImportColumn(
            "wins", gettext_lazy("수상(건)"), max_length=20, may_lack=True, synonyms=("건수", "수상", "사업수")
        ),
        ImportColumn(
            "named", gettext_lazy("수상 내역"), max_length=400, may_lack=True, example="최우수1, 우수8, 노력3",
            synonyms=("수상내역", "내역"),
        ),
    )  # fmt: skip

    def prepare(self) -> None:
        self.year = today().year

    @check("year")
    def check_year(self, year: Day) -> None:
        if not YEARS[0] <= year.date.year <= self.year:
            raise Rejected(_("올해 또는 지난 해를 입력해 주세요."))

    @check("rank")
    def check_rank(self, text: str) -> None:
        _place(text)

    @check("amount")
    def check_amount(self, text: str) -> None:
        self._won(text)

    @check("wins", "named")
    def check_wins(self, text: str, named: str) -> None:
        count, words = _named(text, named)
        if count is not None and count > 999:
            raise Rejected(_("1 이상 999 이하의 수를 적어 주세요."))
        if len(words) > LONGEST:
            raise Rejected(_("200자까지 적을 수 있습니다."), field="named")

    def _won(self, text: str) -> int:
        """`5억 9백만원`, `509.2` under a unit."""
        found = one_line(text)
        spelled = any(sign in found for sign in "억만천백")
        number = None if found.startswith("약") else amounts.parse(found)
        if number is None:
            raise Rejected(_("‘%(text)s’은(는) 정확한 금액이 아닙니다.") % {"text": found[:40]})
        won = number * (1 if spelled or found.endswith("원") else Decimal(self.source.unit_of("amount")))
        if won != int(won) or won < 0:
            raise Rejected(_("원 아래로 나뉘는 금액입니다. 단위를 확인해 주세요."))
        if 0 < won < LEAST:
            raise Rejected(
                _("금액의 단위를 알 수 없습니다. 제목이나 표 위에 ‘(단위: 백만원)’처럼 적어 주세요.")
            )
        return int(won)

    def row_key(self, values: Mapping[str, Any]) -> Hashable:
        return values["year"].date.year, values["kind"] or Kind.JOINT.value

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        return {key for key in YearSum.objects.values_list("year", "kind") if key in keys}

    def clean_row(self, row: RawRow) -> YearSum:
        values = row.values
        wins, named = _named(values["wins"], values["named"])
        return YearSum(
            year=values["year"].date.year,
            kind=values["kind"] or Kind.JOINT,
            rank=_place(values["rank"]),
            amount=self._won(values["amount"]),
            wins=wins,
            named=named,
        )

    def save(self, rows: list[Any], actor: Any) -> int:
        self.made += take_in_sums(rows, actor=actor)
        return len(rows)

    def exported(self) -> Iterator[dict[str, Any]]:
        for one in YearSum.objects.order_by("year", "kind"):
            yield {
                "year": Day(date(one.year, 1, 1), Precision.YEAR),
                "kind": one.kind,
                "rank": str(one.rank or ""),
                "amount": f"{one.amount}원",
                "wins": str(one.wins or ""),
                "named": one.named,
            }


def _place(text: str) -> int | None:
    return number_of(one_line(text).removesuffix("위").strip())


def _named(wins: str, named: str) -> tuple[int | None, str]:
    """`○ 12개 수상 - 최우수1, …` says both."""
    found = one_line(named)
    told = _WINS.match(found)
    words = found[told.end() :] if told else found
    bare = one_line(wins)
    if bare in NOTHING:
        return (int(told[1]) if told else None), words
    count = int(bare) if bare.isdecimal() else count_in(bare)
    if count is None:
        raise Rejected(_("몇 건인지 숫자로 적어 주세요."))
    return count, words
