"""Who is coming, who came, what that is worth, and what of it does not fit together (C2, C3, C7)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from basis.formats import counted
from core.now import now
from meetings.enums import CAME, Presence, Reply, SessionState, Sort
from meetings.models import Answer, Attendance, Panel, Seat, Session, SignIn
from meetings.policies import GRACE, SIGN_AFTER, SIGN_BEFORE
from meetings.selectors import seated
from mileage.rules import amount_text
from organization.models import User

HOUR = 100  # hundredths


@dataclass(frozen=True)
class Coming:
    """A seat of the day, and what its holder said."""

    seat: Seat
    answer: Answer | None

    @property
    def reply(self) -> str:
        return self.answer.reply if self.answer else ""


def coming(session: Session) -> list[Coming]:
    """Everybody with a seat that day, the chair first."""
    said = {one.seat_id: one for one in session.answers.select_related("stand_in__department")}
    return [Coming(seat, said.get(seat.pk)) for seat in seated(session.panel, session.held_on)]


def tally(of: Iterable[Coming]) -> list[str]:
    """`참석 5명`, `불참 1명`, `답하지 않음 3명`."""
    found = Counter(one.reply for one in of)
    words, unit = {**{key: str(label) for key, label in Reply.choices}, "": _("답하지 않음")}, _("명")
    return [f"{words[key]} {counted(found[key], unit)}" for key in (*Reply.values, "") if found[key]]


def own_seat(session: Session, user: Any) -> Seat | None:
    return session.panel.seats.on(session.held_on).filter(user=user).order_by("pk").first()


def seat_for(session: Session, user: Any) -> Seat | None:
    """The own seat that day, or that of whom the person comes instead of."""
    if own := own_seat(session, user):
        return own
    said = session.answers.filter(stand_in=user, reply=Reply.OTHER).select_related("seat").first()
    return said.seat if said and said.seat.sits_on(session.held_on) else None


# ------------------------------------------------------------------------------------------------- the code on the wall


def room(session: Session) -> str:
    return f"meetings.session:{session.pk}"


def opens(session: Session) -> datetime:
    return session.begins - timedelta(minutes=SIGN_BEFORE.on(session.held_on))


def closes(session: Session) -> datetime:
    return session.ends + timedelta(minutes=SIGN_AFTER.on(session.held_on))


def may_sign(session: Session) -> bool:
    """Whether the number on the wall is taken at this moment."""
    waiting = session.state in (SessionState.PLANNED, SessionState.PAST)
    return waiting and opens(session) <= now() <= closes(session)


def signed(session: Session) -> list[SignIn]:
    return list(session.signs.select_related("user__department", "seat"))


@dataclass(frozen=True)
class Here:
    """How somebody's attendance is to be written down."""

    presence: str
    stand_in: User | None = None
    note: str = ""


def expected(session: Session) -> dict[int, Here]:
    """By the seat's key, as the signatures say; where nobody signed, as the answers do. With neither all were there."""
    said = coming(session)
    signs = {one.seat_id: one for one in signed(session)}
    return {one.seat.pk: _here(session, one, signs) for one in said}


def _here(session: Session, one: Coming, signs: Mapping[int, SignIn]) -> Here:
    sign = signs.get(one.seat.pk)
    if sign is not None:
        late = sign.signed_at > session.begins + timedelta(minutes=GRACE.on(session.held_on))
        instead = sign.user if sign.user_id != one.seat.user_id else None
        return Here(Presence.LATE if late else Presence.PRESENT, instead)
    reason = one.answer.reason if one.answer else ""
    if signs or one.reply == Reply.NO:
        return Here(Presence.ABSENT, note=reason)
    return Here(Presence.PRESENT, one.answer.stand_in if one.answer else None)


# -------------------------------------------------------------------------------------------------------------- hours


def worth(session: Session, presence: str) -> int:
    """Hundredths of hours for being there in this way; only regular sessions of kinds with a rule earn (C3)."""
    kind = session.panel.kind_of
    if kind.rule is None or session.sort != Sort.REGULAR or presence not in CAME:
        return 0
    return kind.hours(presence, session.held_on)


def hours_of(session: Session) -> dict[int, int]:
    """By the person's key the hundredths of hours written down; a ledger may have kept less (M4)."""
    rows = session.attendances.filter(hours__gt=0).select_related("seat")
    return {one.person_id: one.hours for one in rows}


def length_of(session: Session) -> int | None:
    """Hundredths of hours from its beginning to its end, where that was said."""
    if session.ends_at is None:
        return None
    return int((session.ends - session.begins).total_seconds() * HOUR // 3600)


def hours_line(session: Session) -> str:
    """`12명에게 상시학습 22시간`, empty where it earns none."""
    found = hours_of(session)
    if not found:
        return ""
    words = _("%(people)s에게 상시학습 %(hours)s이 올라갑니다. 반기 한도를 넘는 시간은 인정되지 않습니다.")
    return words % {
        "people": counted(len(found), _("명")),
        "hours": amount_text(sum(found.values()), "learning"),
    }


@dataclass(frozen=True)
class Clash:
    session: Session
    people: int


def clashes(panel: Panel, days: Sequence[date], begins: time, ends: time | None) -> dict[date, list[Clash]]:
    """Which other sessions of its members fall into these hours, by the day."""
    asked = list(days)
    others = (
        Session.objects.filter(held_on__in=asked).exclude(state=SessionState.CANCELLED).exclude(panel=panel)
    )
    near = []
    for other in others.select_related("panel").order_by("held_on", "begins_at", "pk"):
        meant = Session(panel=panel, held_on=other.held_on, begins_at=begins, ends_at=ends)
        if meant.begins < other.ends and other.begins < meant.ends:
            near.append(other)
    members = list(panel.seats.all())
    seats = Seat.objects.filter(
        panel__in=[one.panel_id for one in near], user__in=[seat.user_id for seat in members]
    )
    theirs = list(seats) if near else []
    found = defaultdict[date, list[Clash]](list)
    for other in near:
        own = {seat.user_id for seat in members if seat.sits_on(other.held_on)}
        there = {
            seat.user_id for seat in theirs if seat.panel_id == other.panel_id and seat.sits_on(other.held_on)
        }
        if both := own & there:
            found[other.held_on].append(Clash(other, len(both)))
    return found


# --------------------------------------------------------------------------------------------------------- pointed out


def pointed(session: Session) -> list[str]:
    """What whoever writes or confirms should look at; nothing of it is refused (C7)."""
    if session.panel.kind_of.resolves or session.state == SessionState.CANCELLED:
        return []
    people = list(session.attendances.select_related("seat__user", "stand_in__department"))
    return [*_too_long(session, people), *_elsewhere(session, people), *_one_phone(session)]


def _too_long(session: Session, people: Iterable[Attendance]) -> Iterable[str]:
    most, lasted = max((one.hours for one in people), default=0), length_of(session)
    if lasted is not None and most > lasted:
        yield _("인정 시간(%(hours)s)이 모임 시간(%(lasted)s)보다 깁니다.") % {
            "hours": amount_text(most, "learning"),
            "lasted": amount_text(lasted, "learning"),
        }


def _elsewhere(session: Session, people: Iterable[Attendance]) -> Iterable[str]:
    here = {one.person_id: one for one in people if one.present}
    for other, them in _others(session.held_on, session, here).items():
        if other.begins < session.ends and session.begins < other.ends:
            for pk in them:
                one = here[pk]
                name = one.stand_in.full_label if one.stand_in else one.label
                yield _("%(who)s: 같은 시간에 %(other)s에도 참석한 것으로 적혀 있습니다.") % {
                    "who": name,
                    "other": other,
                }


def _others(day: date, session: Session, people: Iterable[int]) -> Mapping[Session, list[int]]:
    """The other sessions of the day in which some of these were, too."""
    rows = Attendance.objects.filter(session__held_on=day, presence__in=CAME).exclude(session=session)
    rows = rows.exclude(session__state=SessionState.CANCELLED).select_related("session__panel", "seat")
    asked, found = set(people), defaultdict[Session, list[int]](list)
    for one in rows:
        if one.person_id in asked:
            found[one.session].append(one.person_id)
    return found


def _one_phone(session: Session) -> Iterable[str]:
    by_device = defaultdict[str, list[str]](list)
    for sign in signed(session):
        if sign.device:
            by_device[sign.device].append(sign.user.full_label)
    for names in by_device.values():
        if len(names) > 1:
            yield _("휴대전화 한 대로 여러 명이 서명했습니다: %(names)s") % {"names": ", ".join(names)}
