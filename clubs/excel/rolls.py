"""The rolls of clubs: a row for each member (C1, N1)."""

from collections.abc import Hashable, Iterator, Set
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.days import Day
from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, check
from basis.excel.rows import RawRow
from basis.folding import fold, folded
from clubs.enums import LIVED, ClubKind
from clubs.kinds import ClubPanel
from clubs.models import Club
from clubs.policies import FIRST_MONTH
from clubs.services.founding import Member
from clubs.services.past import PastClub, last_day, take_in
from core.now import today
from meetings.enums import Chair
from organization.models import User
from organization.naming import NamesThen

MOST_TEAMS = 9


class PastRollImporter(Importer):
    """Whoever was in a club; the club itself is made from its rows."""

    kind = "clubs-past"
    label = gettext_lazy("지난 동아리 회원 명부")
    unique = ("year", "club", "number")
    columns = (
        ImportColumn(
            "year", gettext_lazy("연도"), True, "day", example="2025", synonyms=("년도", "운영연도"), titled=True
        ),
        ImportColumn(
            "club", gettext_lazy("동아리"), True, max_length=55, example="주차연구회",
            synonyms=("동아리명", "동아리 이름", "학습동아리"),
        ),
        ImportColumn(
            "kind", gettext_lazy("구분"), False, "choice", example="국·소별 동아리", may_lack=True,
            synonyms=("동아리 구분", "종류"),
            choices=lambda: [(kind.value, str(kind.label)) for kind in ClubKind],
            help=gettext_lazy("비우면 국·소가 적힌 것은 국·소별 동아리, 아닌 것은 통합창의동아리입니다."),
        ),
        ImportColumn(
            "bureau", gettext_lazy("국·소"), max_length=60, example="기획재정국", may_lack=True,
            synonyms=("국", "소속국", "국소"), help=gettext_lazy("그때의 이름입니다."),
        ),
        ImportColumn(
            "topic", gettext_lazy("연구 과제"), max_length=120, may_lack=True, synonyms=("과제", "주제", "연구주제")
        ),
        ImportColumn(
            "team", gettext_lazy("분임"), False, "int", may_lack=True, example=1, synonyms=("조", "분임조"),
        ),
        ImportColumn(
            "chair", gettext_lazy("직책"), False, "choice", example="회원", may_lack=True, synonyms=("역할", "직위"),
            choices=lambda: [(key, str(label)) for key, label in ClubPanel.chairs.items()],
        ),
        ImportColumn(
            "number", gettext_lazy("직원번호"), True, max_length=20, example="200123",
            synonyms=("사번", "행정번호", "번호"),
        ),
        ImportColumn(
            "name", gettext_lazy("이름"), max_length=40, may_lack=True, synonyms=("성명", "회원", "회원명", "직원"),
            help=gettext_lazy("적으면 직원번호의 직원과 같은지 확인합니다."),
        ),
        ImportColumn("since", gettext_lazy("가입일"), False, "date", may_lack=True, synonyms=("시작일", "가입")),
        ImportColumn(
            "until", gettext_lazy("탈퇴일"), False, "date", may_lack=True, synonyms=("종료일", "탈퇴", "마친 날")
        ),
    )  # fmt: skip

    def prepare(self) -> None:
        self.names, self.today = NamesThen(), today()
        self.people = {fold(user.employee_number): user for user in User.objects.exclude(department=None)}
        self.presidents: dict[tuple[int, str], int] = {}
        self.first: dict[tuple[int, str], Hashable] = {}

    @check("year")
    def check_year(self, year: Day) -> None:
        if year.date.year > self.today.year:
            raise Rejected(_("올해 또는 지난 해를 입력해 주세요."))

    @check("bureau", "year")
    def check_bureau(self, name: str, year: Day) -> None:
        if name and self.names.find(name, Day(year.last)) is None:
            raise Rejected(_("그때 없던 국·소입니다. 그때의 이름을 입력해 주세요."))

    @check("team")
    def check_team(self, team: int | None) -> None:
        if team is not None and not 1 <= team <= MOST_TEAMS:
            raise Rejected(_("1 이상 %(most)s 이하의 수를 입력해 주세요.") % {"most": MOST_TEAMS})

    @check("number")
    def check_number(self, number: str) -> None:
        if fold(number) not in self.people:
            raise Rejected(_("없는 직원번호입니다. 번호를 확인해 주세요."))

    @check("name", "number")
    def check_person(self, name: str, number: str) -> None:
        person = self.people.get(fold(number))
        if name and person and fold(person.name) != fold(name):
            raise Rejected(_("이 직원번호의 이름과 다릅니다. 번호와 이름을 확인해 주세요."))

    @check("since", "until", "year")
    def check_days(self, since: date | None, until: date | None, year: Day) -> None:
        first, last = since or _begun(year.date.year), until or last_day(year.date.year)
        if last < first:
            raise Rejected(_("탈퇴일이 가입일보다 빠릅니다."), field="until")

    @check("year", "club", "number", "chair")
    def check_president(self, year: Day, club: str, number: str, chair: str | None) -> None:
        """Counted over all rows of the club."""
        key = year.date.year, folded(club)
        self.presidents[key] = self.presidents.get(key, 0) + (chair == Chair.CHAIR)
        self.first.setdefault(key, (*key, folded(number)))

    def row_key(self, values: Any) -> Hashable:
        return values["year"].date.year, folded(values["club"]), folded(values["number"])

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        rows = Club.objects.filter(state__in=LIVED).values_list("year", "name")
        known = {(year, fold(name)) for year, name in rows}
        return {key for key in keys if key[:2] in known}

    def clean_row(self, row: RawRow) -> tuple[tuple[int, str], dict[str, Any]]:
        values = dict(row.values)
        return (values["year"].date.year, values["club"].strip()), values

    def afterwards(self) -> Iterator[tuple[Any, str, str]]:
        """A club has one president."""
        for key, count in self.presidents.items():
            if count != 1:
                text = _("이 동아리의 회장이 %(count)s명입니다. 회장을 한 명 적어 주세요.") % {"count": count}
                yield self.first[key], "chair", text

    def save(self, rows: list[Any], actor: Any) -> int:
        clubs: dict[tuple[int, str], list[dict[str, Any]]] = {}
        for key, values in rows:
            clubs.setdefault(key, []).append(values)
        self.made += take_in([self._club(*key, rows) for key, rows in clubs.items()], actor=actor)
        return len(rows)

    def _club(self, year: int, name: str, rows: list[dict[str, Any]]) -> PastClub:
        written = next((row["bureau"] for row in rows if row["bureau"]), "")
        named = self.names.find(written, Day(rows[0]["year"].last)) if written else None
        kind = next((row["kind"] for row in rows if row["kind"]), None)
        topics = {row["team"] or 0: row["topic"] for row in rows if row["topic"]}
        begun = min([row["since"] for row in rows if row["since"]] + [_begun(year)])
        return PastClub(
            year=year,
            name=name,
            kind=kind or (ClubKind.BUREAU if named else ClubKind.JOINT),
            bureau=named.department if named else None,
            begun_on=begun,
            people=[self._member(row) for row in rows],
            goal="\n".join(dict.fromkeys(topics.values())),
            topics=tuple(
                topics.get(number, "") for number in sorted({row["team"] for row in rows if row["team"]})
            ),
        )

    def _member(self, row: dict[str, Any]) -> Member:
        person = self.people[fold(row["number"])]
        return Member(person, row["chair"] or Chair.MEMBER, row["team"], row["since"], row["until"])

    def exported(self) -> Iterator[dict[str, Any]]:
        """Whoever is or was in a club."""
        clubs = Club.objects.filter(state__in=LIVED).select_related("bureau", "panel").order_by("year", "pk")
        for club in clubs.prefetch_related("teams__topic", "panel__seats__user").iterator(chunk_size=100):
            topics = {
                team.number: str(team.topic.title if team.topic else team.name) for team in club.teams.all()
            }
            assert club.panel is not None
            for seat in sorted(club.panel.seats.all(), key=lambda seat: seat.pk):
                yield {
                    "year": Day(date(club.year, 1, 1)),
                    "club": club.name,
                    "kind": club.kind,
                    "bureau": club.bureau.name if club.bureau else "",
                    "topic": topics.get(seat.team or 0, ""),
                    "team": seat.team,
                    "chair": seat.chair,
                    "number": seat.user.employee_number,
                    "name": seat.user.name,
                    "since": seat.starts_on,
                    "until": seat.ends_on,
                }


def _begun(year: int) -> date:
    return date(year, FIRST_MONTH.on(date(year, 12, 31)), 1)
