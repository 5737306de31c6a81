"""Visits and travel budgets of earlier years from an office's records (V5, N1)."""

import re
from collections.abc import Hashable, Iterator, Set
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.days import Day
from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, check
from basis.excel.rows import RawRow
from basis.folding import fold, folded
from basis.formats import won
from basis.official import document_number
from benchmarking.models import Case
from budgets.excel import PastBudgetImporter
from budgets.selectors import overviews
from core.now import today
from core.numbers import year_and_number
from organization.models import User
from organization.naming import NamesThen
from visits.enums import VisitState
from visits.models import FieldVisit
from visits.purse import TRAVEL
from visits.services import past

_BETWEEN = re.compile(r"[,;/·、，\n]+")
MOST_DAYS, MOST_PEOPLE = 99, 999


class PastTravelBudgetImporter(PastBudgetImporter):
    kind = TRAVEL.past
    label = gettext_lazy("지난 여비 예산")
    purse = TRAVEL


class PastVisitImporter(Importer):
    """What the office visited before it had this system."""

    kind = "visits-past"
    label = gettext_lazy("지난 현장체험")
    unique = ("visited", "host", "departments")
    columns = (
        ImportColumn(
            "visited", gettext_lazy("방문일"), True, "day", example="2015-03-05",
            synonyms=("일자", "방문일자", "방문시기", "출장일", "기간", "일시"),
        ),
        ImportColumn("days", gettext_lazy("방문 일수"), False, "int", may_lack=True, synonyms=("일수",)),
        ImportColumn(
            "host", gettext_lazy("방문 기관"), True, max_length=100, example="○○시",
            synonyms=("기관", "기관명", "방문처", "방문지", "대상기관", "출장지"),
        ),
        ImportColumn(
            "departments", gettext_lazy("방문 부서"), True, "departments", example="교통행정과",
            synonyms=("부서", "부서명", "참여부서", "소속"),
            help=gettext_lazy("그때의 부서명입니다. 여럿이면 쉼표로 나누어 적어 주세요."),
        ),
        ImportColumn(
            "purpose", gettext_lazy("방문 목적"), max_length=300, may_lack=True,
            synonyms=("목적", "내용", "방문내용", "주요내용"),
        ),
        ImportColumn(
            "headcount", gettext_lazy("인원(명)"), False, "int", may_lack=True, example=5,
            synonyms=("인원", "인원수", "참여인원"),
        ),
        ImportColumn(
            "people", gettext_lazy("참여자"), max_length=300, may_lack=True, example="200123, 홍길동",
            synonyms=("참여자 명단", "출장자", "방문자", "현장체험단", "단원", "참석자"),
            help=gettext_lazy(
                "직원번호나 이름입니다. 여럿이면 쉼표로 나누어 적어 주세요. "
                "지금 없는 직원은 이름만 남고, 점수는 드리지 않습니다."
            ),
        ),
        ImportColumn(
            "cost", gettext_lazy("집행액(원)"), False, "int", may_lack=True, example=250_000,
            synonyms=("집행액", "여비", "경비", "소요경비", "금액", "정산액"),
            help=gettext_lazy("그해의 여비 예산에서 집행한 것으로 기록합니다. 예산을 먼저 가져와 주세요."),
        ),
        ImportColumn(
            "case", gettext_lazy("사례"), max_length=200, may_lack=True, synonyms=("사례번호", "관련사례", "사례명"),
            help=gettext_lazy("사례 번호(2015-0012)나 사례명입니다."),
        ),
        ImportColumn(
            "order", gettext_lazy("출장명령 번호"), max_length=60, may_lack=True, synonyms=("문서번호", "출장명령"),
        ),
    )  # fmt: skip

    def prepare(self) -> None:
        self.names, self.today = NamesThen(), today()
        self.people: dict[str, list[User]] = {}
        for person in User.objects.all():
            for key in (person.employee_number, person.name):
                self.people.setdefault(fold(key), []).append(person)
        self.left = {year: found.free for year, found in overviews(TRAVEL).items()}
        self.codes: dict[tuple[int, int], Case] = {}
        self.titles: dict[str, list[Case]] = {}
        for case in Case.objects.only("year", "number", "title"):
            self.codes[case.year, case.number] = case
            self.titles.setdefault(fold(case.title), []).append(case)

    @check("visited")
    def check_visited(self, day: Day) -> None:
        if day.date > self.today:
            raise Rejected(_("방문일은 오늘 또는 이전이어야 합니다."))

    @check("days", "headcount")
    def check_counts(self, days: int | None, headcount: int | None) -> None:
        if days is not None and not 1 <= days <= MOST_DAYS:
            raise Rejected(_("1 이상 %(most)s 이하의 수를 입력해 주세요.") % {"most": MOST_DAYS})
        if headcount is not None and not 1 <= headcount <= MOST_PEOPLE:
            text = _("1 이상 %(most)s 이하의 수를 입력해 주세요.")
            raise Rejected(text % {"most": MOST_PEOPLE}, field="headcount")

    @check("departments", "visited")
    def check_departments(self, text: str, day: Day) -> None:
        self.names.read(text, day)

    @check("cost", "visited")
    def check_cost(self, cost: int | None, day: Day) -> None:
        """As far as the year's budget reaches, over all rows."""
        year = day.date.year
        if not cost:
            return
        if cost < 0:
            raise Rejected(_("0 이상의 금액을 입력해 주세요."))
        if year not in self.left:
            raise Rejected(_("%(year)s년 여비 예산이 없습니다. 먼저 가져와 주세요.") % {"year": year})
        self.left[year] -= cost
        if self.left[year] < 0:
            values = {"year": year, "over": won(-self.left[year])}
            raise Rejected(_("%(year)s년 여비 예산을 %(over)s 넘습니다. 편성액을 확인해 주세요.") % values)

    @check("case")
    def check_case(self, text: str) -> None:
        self._case(text)

    @check("order")
    def check_order(self, text: str) -> None:
        if text:
            document_number(text, field="order")

    def _case(self, text: str) -> Case | None:
        if not text:
            return None
        if (code := year_and_number(text)) and code in self.codes:
            return self.codes[code]
        found = self.titles.get(fold(text), [])
        if len(found) != 1:
            raise Rejected(_("이 사례를 찾을 수 없습니다. 사례 번호를 적거나 비워 주세요."))
        return found[0]

    def row_key(self, values: Any) -> Hashable:
        return values["visited"], folded(values["host"]), folded(values["departments"])

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        rows = FieldVisit.objects.made().values_list("visited_on", "host").iterator()
        known = {(day, fold(host)) for day, host in rows}
        return {key for key in keys if (key[0].date, key[1]) in known}

    def clean_row(self, row: RawRow) -> past.PastVisit:
        values = row.values
        people, others = self._people(values["people"])
        return past.PastVisit(
            visited=values["visited"],
            days=values["days"] or 1,
            host=values["host"],
            departments=self.names.read(values["departments"], values["visited"]),
            purpose=values["purpose"],
            headcount=values["headcount"],
            cost=values["cost"],
            case=self._case(values["case"]),
            order_number=values["order"].strip(),
            people=people,
            others=", ".join(others),
        )

    def _people(self, text: str) -> tuple[list[User], list[str]]:
        """Who is meant, and the names of nobody here or of several."""
        people: dict[int, User] = {}
        others: list[str] = []
        for part in _BETWEEN.split(text):
            words = part.split()
            found = [self._person(part)] if self._person(part) else [self._person(word) for word in words]
            if words and all(found):
                people |= {person.pk: person for person in found if person}
            elif words:
                others.append(" ".join(words))
        return list(people.values()), others

    def _person(self, text: str) -> User | None:
        found = {person.pk: person for person in self.people.get(fold(text), ())}
        return next(iter(found.values())) if len(found) == 1 else None

    def save(self, rows: list[Any], actor: Any) -> int:
        self.made += past.take_in(rows, actor=actor)
        return len(rows)

    def unmake(self, made: list[Any], actor: Any) -> list[Any]:
        return past.give_up(made, actor=actor)

    def exported(self) -> Iterator[dict[str, Any]]:
        """Those recorded, not those of the process."""
        found = FieldVisit.objects.filter(state=VisitState.RECORDED, review=None).select_related("case")
        found = found.prefetch_related("members__user")
        for visit in found.order_by("visited_on", "pk").iterator(chunk_size=1000):
            went = [member.user.employee_number for member in visit.members.all()]
            yield {
                "visited": visit.day("visited_on"),
                "days": visit.days,
                "host": visit.host,
                "departments": visit.department_name,
                "purpose": visit.purpose,
                "headcount": visit.headcount,
                "people": ", ".join(filter(None, [*went, visit.others])),
                "cost": visit.actual,
                "case": visit.case.code if visit.case else "",
                "order": visit.order_number,
            }
