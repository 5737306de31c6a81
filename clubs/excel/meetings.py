"""The meetings of clubs (C2, N1): a row for each. Whoever was there is named; hours come as balances (mileage-past)."""

import datetime as dt
import re
from collections.abc import Hashable, Iterator, Set
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.importer import Importer, check
from basis.excel.rows import RawRow
from basis.folding import fold, folded
from clubs.enums import LIVED
from clubs.kinds import ClubPanel
from clubs.models import Club
from core.now import today
from meetings.enums import CAME, STANDS, Sort
from meetings.models import Panel, Session
from meetings.services.past import PastSession, take_in
from organization.models import User

_BETWEEN = re.compile(r"[,;/·、，\n]+")
_TIME = re.compile(r"(\d{1,2})\s*[:시]\s*(\d{2})?")
HOURS, MINUTES = 24, 60
NOON = dt.time(12)  # of a meeting of which nobody wrote the hour


class PastMeetingImporter(Importer):
    kind = "club-meetings-past"
    label = gettext_lazy("지난 동아리 모임")
    unique = ("club", "held", "time")
    columns = (
        ImportColumn("held", gettext_lazy("모임일"), True, "date", example="2025-03-12",
                     synonyms=("일자", "일시", "모임 일자", "개최일", "날짜")),
        ImportColumn("time", gettext_lazy("시각"), max_length=20, may_lack=True, example="16:00", synonyms=("시간",)),
        ImportColumn("club", gettext_lazy("동아리"), True, max_length=55, example="주차연구회",
                     synonyms=("동아리명", "동아리 이름", "학습동아리")),
        ImportColumn("title", gettext_lazy("내용"), True, max_length=100, example="과제 토론",
                     synonyms=("제목", "주제", "모임 내용", "안건")),
        ImportColumn("sort", gettext_lazy("모임 구분"), False, "choice", may_lack=True, synonyms=("구분",),
                     choices=lambda: [(sort.value, str(sort.label)) for sort in Sort]),
        ImportColumn("place", gettext_lazy("장소"), max_length=100, may_lack=True),
        ImportColumn("people", gettext_lazy("참석자"), True, max_length=1_000, example="200123, 200124",
                     synonyms=("참석 회원", "참여자", "참석 명단"),
                     help=gettext_lazy("직원번호나 이름입니다. 여럿이면 쉼표로 나누어 적어 주세요.")),
        ImportColumn("minutes", gettext_lazy("회의 내용"), max_length=20_000, may_lack=True,
                     synonyms=("활동 내용", "결과", "회의록", "비고")),
    )  # fmt: skip

    def prepare(self) -> None:
        self.today = today()
        rows = Club.objects.filter(state__in=LIVED).select_related("panel")
        self.clubs = {
            (club.year, fold(club.name)): club for club in rows.prefetch_related("panel__seats__user")
        }
        self.members: dict[int, dict[str, list[User]]] = {}

    @check("held")
    def check_held(self, held: dt.date) -> None:
        if held > self.today:
            raise Rejected(_("오늘 또는 이전의 날짜를 입력해 주세요."))

    @check("time")
    def check_time(self, text: str) -> None:
        if _time(text) is None:
            raise Rejected(_("시각은 16:00처럼 입력해 주세요."))

    @check("club", "held")
    def check_club(self, name: str, held: dt.date) -> None:
        club = self.clubs.get((held.year, fold(name)))
        if club is None:
            raise Rejected(_("그 해에 이 이름의 동아리가 없습니다. 회원 명부를 먼저 가져와 주세요."))

    @check("people", "club", "held")
    def check_people(self, text: str, name: str, held: dt.date) -> None:
        if club := self.clubs.get((held.year, fold(name))):
            self._came(club, text, held)

    def _came(self, club: Club, text: str, held: dt.date) -> set[int]:
        """Rejected naming who was no member that day, or could be several."""
        known = self._members(club)
        assert club.panel is not None
        sitting = {seat.user_id for seat in club.panel.seats.all() if seat.sits_on(held)}
        came, unknown = set(), []
        for part in filter(None, (part.strip() for part in _BETWEEN.split(text))):
            found = {one.pk for one in known.get(fold(part), ())} & sitting
            if len(found) == 1:
                came |= found
            else:
                unknown.append(part)
        if unknown:
            listed = ", ".join(f"‘{name}’" for name in unknown)
            raise Rejected(
                _("그날 이 동아리 회원이 아니거나 여럿입니다: %(names)s. 직원번호를 확인해 주세요.")
                % {"names": listed}
            )
        return came

    def _members(self, club: Club) -> dict[str, list[User]]:
        if club.pk not in self.members:
            found: dict[str, list[User]] = {}
            assert club.panel is not None
            for person in {seat.user_id: seat.user for seat in club.panel.seats.all()}.values():
                for key in (person.employee_number, person.name):
                    found.setdefault(fold(key), []).append(person)
            self.members[club.pk] = found
        return self.members[club.pk]

    def row_key(self, values: Any) -> Hashable:
        return folded(values["club"]), values["held"], _time(values["time"])

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        rows = Session.objects.filter(panel__kind=ClubPanel.key, state__in=STANDS)
        known = rows.values_list("panel__club__name", "held_on", "begins_at")
        return {key for name, held, at in known if (key := (fold(name), held, at)) in keys}

    def clean_row(self, row: RawRow) -> PastSession:
        values = row.values
        club = self.clubs[values["held"].year, fold(values["club"])]
        panel: Panel | None = club.panel
        assert panel is not None
        return PastSession(
            panel=panel,
            title=values["title"],
            held_on=values["held"],
            begins_at=_time(values["time"]) or NOON,
            came=self._came(club, values["people"], values["held"]),
            place=values["place"],
            minutes=values["minutes"],
            sort=values["sort"] or Sort.REGULAR,
        )

    def save(self, rows: list[Any], actor: Any) -> int:
        self.made += [take_in(row, actor=actor) for row in rows]
        return len(rows)

    def exported(self) -> Iterator[dict[str, Any]]:
        """Those whose minutes stand."""
        rows = Session.objects.filter(panel__kind=ClubPanel.key, state__in=STANDS).select_related(
            "panel__club"
        )
        rows = rows.prefetch_related("attendances__seat__user", "attendances__stand_in")
        for one in rows.order_by("held_on", "pk").iterator(chunk_size=500):
            came = [row for row in one.attendances.all() if row.presence in CAME]
            yield {
                "held": one.held_on,
                "time": f"{one.begins_at:%H:%M}",
                "club": one.panel.club.name,
                "title": one.title,
                "sort": one.sort,
                "place": one.place,
                "people": ", ".join((row.stand_in or row.seat.user).employee_number for row in came),
                "minutes": one.minutes,
            }


def _time(text: str) -> dt.time | None:
    """`16:00`, `16시`, `오후 4시 30분`; None for what is none."""
    if not text:
        return NOON
    found = _TIME.search(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (HOURS, 0)
    if "오후" in text and hour < NOON.hour:
        hour += NOON.hour
    return dt.time(hour, minute) if hour < HOURS and minute < MINUTES else None
