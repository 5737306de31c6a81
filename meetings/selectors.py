"""Reading panels and sessions: who sits on a day, whether a composition is as it should be, what was resolved."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _

from basis.formats import date_weekday
from basis.periods import PeriodKind, containing
from meetings.enums import (
    CARRIED,
    DECIDED,
    RUNNING,
    STANDS,
    VOTING,
    Basis,
    Chair,
    PanelState,
    SeatState,
    SessionState,
    Sex,
    Sort,
)
from meetings.models import Item, Panel, Seat, Session
from meetings.policies import MAJORITY, ONE_SEX_MOST, OUTSIDE_LEAST, QUORUM

WHOLE = 100  # per cent
PANEL_TONES: dict[str, str] = {
    PanelState.STANDING: "success",
    PanelState.DUE: "warning",
    PanelState.ENDED: "neutral",
}
SEAT_TONES: dict[str, str] = {
    SeatState.SITTING: "success",
    SeatState.ENDING: "warning",
    SeatState.RENEWED: "info",
    SeatState.ENDED: "neutral",
}
SESSION_TONES: dict[str, str] = {
    SessionState.PLANNED: "info",
    SessionState.PAST: "warning",
    SessionState.HELD: "warning",
    SessionState.CONFIRMED: "success",
    SessionState.CORRECTING: "warning",
    SessionState.CANCELLED: "neutral",
}
_RANK = {chair: place for place, chair in enumerate(Chair.values)}


@dataclass(frozen=True)
class Composition:
    """How a panel stands on a day: the counts, as they are read out, and what is not as it should be (O4)."""

    size: int
    seats: int
    outsiders: int
    appointed: int
    women: int
    men: int
    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def seated(panel: Panel, day: date) -> list[Seat]:
    """All whose term has this day, the chair first."""
    rows = panel.seats.on(day).select_related("user__department").order_by("pk")
    return sorted(rows, key=lambda seat: _RANK[seat.chair])


def voting(panel: Panel, day: date) -> list[Seat]:
    return [seat for seat in seated(panel, day) if seat.chair in VOTING]


def composition(panel: Panel, day: date) -> Composition:
    seats = voting(panel, day)
    appointed = [seat for seat in seats if seat.basis == Basis.APPOINTED]
    sexes = Counter(seat.sex for seat in appointed)
    found = Composition(
        size=panel.size,
        seats=len(seats),
        outsiders=sum(not seat.official for seat in seats),
        appointed=len(appointed),
        women=sexes[Sex.FEMALE],
        men=sexes[Sex.MALE],
    )
    return Composition(
        **{**found.__dict__, "lines": _lines(found, panel), "faults": [*_faults(found, panel, seats, day)]}
    )


def _lines(found: Composition, panel: Panel) -> list[str]:
    lines = [
        _("의결권이 있는 위원 %(seats)d명 (정원 %(size)d명)") % {"seats": found.seats, "size": found.size},
        _("공무원이 아닌 위원 %(outsiders)d명, 공무원 %(officials)d명")
        % {"outsiders": found.outsiders, "officials": found.seats - found.outsiders},
    ]
    if found.appointed:
        lines.append(
            _("위촉직 %(count)d명: 여성 %(women)d명, 남성 %(men)d명")
            % {"count": found.appointed, "women": found.women, "men": found.men}
        )
    return lines


def _faults(found: Composition, panel: Panel, seats: list[Seat], day: date) -> Iterable[str]:
    chairs = {seat.chair for seat in seats}
    if Chair.CHAIR not in chairs:
        yield _("위원장이 없습니다.")
    if Chair.VICE not in chairs:
        yield _("부위원장이 없습니다.")
    if found.seats < found.size:
        yield _("정원보다 %(count)d명 적습니다.") % {"count": found.size - found.seats}
    if found.seats > found.size:
        yield _("정원보다 %(count)d명 많습니다.") % {"count": found.seats - found.size}
    if closed := sum(not seat.user.is_active for seat in seats):
        yield _("계정이 중지된 위원이 %(count)d명 있습니다.") % {"count": closed}
    if panel.decides:
        yield from _bound(found, day)


def _bound(found: Composition, day: date) -> Iterable[str]:
    """What binds those that decide on proposals."""
    least = OUTSIDE_LEAST.on(day)
    if found.outsiders * WHOLE < found.seats * least:
        yield _("공무원이 아닌 위원이 %(least)d%%에 미치지 못합니다(%(seats)d명 가운데 %(count)d명).") % {
            "least": least,
            "seats": found.seats,
            "count": found.outsiders,
        }
    if found.appointed < 2:  # of one, there is always one sex alone
        return
    if unknown := found.appointed - found.women - found.men:
        yield _("위촉직 %(count)d명의 성별이 입력되지 않았습니다.") % {"count": unknown}
    most = ONE_SEX_MOST.on(day)
    if max(found.women, found.men) * WHOLE > found.appointed * most:
        yield _("위촉직의 한 성별이 %(most)d%%를 넘습니다(여성 %(women)d명, 남성 %(men)d명).") % {
            "most": most,
            "women": found.women,
            "men": found.men,
        }


def needed_of(voters: int, day: date) -> int:
    """How many of so many voters must be there: more than the policy's part (E7)."""
    return voters * QUORUM.on(day) // WHOLE + 1


def carries(yes: int, came: int, day: date) -> bool:
    """Whether so many of those who came are a majority."""
    return yes * WHOLE > came * MAJORITY.on(day)


def resolved(thing: Model) -> Item | None:
    """The resolution that carries the thing: its last item that was decided in a session with a quorum whose minutes
    are confirmed, unless that was against it."""
    kind = ContentType.objects.get_for_model(thing)
    rows = Item.objects.filter(
        content_type=kind, object_id=thing.pk, outcome__in=DECIDED, session__state__in=STANDS
    ).select_related("session__panel")
    decided = (item for item in rows.order_by("-session__held_on", "-session_id", "-order"))
    last = next((item for item in decided if item.session.is_quorate), None)
    return last if last is not None and last.outcome in CARRIED else None


def is_lacking(panel: Panel, day: date) -> bool:
    """It meets in each period, and in the one of this day no session is held or planned."""
    if not panel.every or panel.begun_on > day or not panel.kind_of.meets(panel, day):
        return False
    period = containing(day, PeriodKind(panel.every))
    rows = panel.sessions.filter(sort=Sort.REGULAR).exclude(state=SessionState.CANCELLED)
    return not rows.filter(held_on__gte=period.start, held_on__lte=period.end).exists()


def due_of(panel: Panel, day: date) -> date | None:
    """Until when it has to meet."""
    return containing(day, PeriodKind(panel.every)).end if panel.every else None


def told(session: Session) -> list[Any]:
    """Whom a session concerns: all with a seat that day, and who comes instead of one of them."""
    seats = seated(session.panel, session.held_on)
    people = {seat.user_id: seat.user for seat in seats}
    if session.panel.kind_of.stand_ins:
        said = session.answers.filter(seat__in=seats).exclude(stand_in=None)
        for one in said.select_related("stand_in__department"):
            people.setdefault(one.stand_in.pk, one.stand_in)
    return list(people.values())


def when(session: Session) -> str:
    """`2026. 11. 20.(금) 14:00, 3층 회의실`."""
    return f"{date_weekday(session.held_on)} {session.begins_at:%H:%M}, {session.place}"


def things_seen(user: Any, items: Iterable[Item]) -> Mapping[int, Any]:
    """By the item's key, the things behind it that this user may see."""
    found: dict[int, Any] = {}
    for item in items:
        thing = item.thing if item.object_id else None
        if thing is not None and _sees(user, thing):
            found[item.pk] = thing
    return found


def _sees(user: Any, thing: Model) -> bool:
    rows: Any = type(thing)._default_manager
    return hasattr(rows, "visible_to") and rows.visible_to(user).filter(pk=thing.pk).exists()


def running_panels() -> Any:
    return Panel.objects.filter(state__in=RUNNING)


def votes_of(item: Item) -> str:
    """`찬성 5 · 반대 1 · 기권 0`; empty where nobody counted."""
    if item.yes is None:
        return ""
    return _("찬성 %(yes)d · 반대 %(no)d · 기권 %(abstained)d") % {
        "yes": item.yes,
        "no": item.no or 0,
        "abstained": item.abstained or 0,
    }
