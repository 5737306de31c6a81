"""What is written down of a session: who was there and what was resolved; the caller holds the session's lock (E7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from basis.errors import Rejected
from meetings.attending import worth
from meetings.enums import CAME, CARRIED, DECIDED, VOTING, Outcome, Presence
from meetings.models import Attendance, Item, Seat, Session
from meetings.selectors import carries, needed_of, seated
from organization.models import User

Outcomes = Mapping[int, tuple[str, str, int | None, int | None, int | None]]


@dataclass(frozen=True)
class Roll:
    """Who was there, by the keys of seats: how, who came instead, why not, and who was kept from the matter."""

    here: Mapping[int, str]
    stand_ins: Mapping[int, User] = field(default_factory=dict)
    absent: Mapping[int, str] = field(default_factory=dict)
    excused: Mapping[int, str] = field(default_factory=dict)

    @property
    def present(self) -> set[int]:
        return {pk for pk, presence in self.here.items() if presence in CAME}


def attend(session: Session, roll: Roll) -> None:
    seats = seated(session.panel, session.held_on)
    known, present, excused = {seat.pk for seat in seats}, roll.present, set(roll.excused)
    if not {*roll.here, *roll.stand_ins, *roll.absent, *excused} <= known:
        raise Rejected(_("그날 임기 중이 아닌 위원이 있습니다. 화면을 새로 고쳐 주세요."), field="present")
    if present & excused:
        raise Rejected(_("제척·회피한 위원은 출석에서 빼 주세요."), field="excused")
    _check_stand_ins(session, roll, seats)
    if not present:
        raise Rejected(
            _("출석한 위원을 골라 주세요. 아무도 오지 않았으면 회의를 취소해 주세요."), field="present"
        )
    session.attendances.all().delete()
    Attendance.objects.bulk_create(_attendance(session, seat, roll) for seat in seats)
    voters = [seat for seat in seats if seat.chair in VOTING or not session.panel.kind_of.resolves]
    session.needed = needed_of(len(voters), session.held_on)
    session.came = sum(seat.pk in present for seat in voters)


def _attendance(session: Session, seat: Seat, roll: Roll) -> Attendance:
    presence = roll.here.get(seat.pk, Presence.ABSENT)
    return Attendance(
        session=session,
        seat=seat,
        label=seat.label[:120],
        chair=seat.chair,
        presence=presence,
        stand_in=roll.stand_ins.get(seat.pk),
        excused=seat.pk in roll.excused,
        note=(roll.excused.get(seat.pk) or roll.absent.get(seat.pk) or "").strip()[:100],
        hours=worth(session, presence),
    )


def _check_stand_ins(session: Session, roll: Roll, seats: Sequence[Seat]) -> None:
    """Rejected beside the member's field, named like those of the form: `seat-7-stand_in`."""
    sitting, taken = {seat.user_id for seat in seats}, set[int]()
    for pk, person in roll.stand_ins.items():

        def refuse(text: str, pk: int = pk) -> Rejected:
            return Rejected(text, field=f"seat-{pk}-stand_in")

        if not session.panel.kind_of.stand_ins:
            raise refuse(_("이 회의에는 다른 사람이 대신 참석할 수 없습니다."))
        if pk not in roll.present:
            raise refuse(_("참석하지 않은 회원에게는 대신 온 사람을 적지 않습니다."))
        if person.department_id is None:
            raise refuse(_("대신 온 직원을 골라 주세요."))
        if person.pk in sitting or person.pk in taken:
            raise refuse(_("그날 이미 참석한 사람입니다. 다른 직원을 골라 주세요."))
        taken.add(person.pk)


def resolve(session: Session, outcomes: Outcomes) -> None:
    items = {item.pk: item for item in session.items.all()}
    if not set(outcomes) <= set(items):
        raise Rejected(_("이 회의의 안건이 아닙니다. 화면을 새로 고쳐 주세요."))
    for pk, (outcome, resolution, *votes) in outcomes.items():
        item = items[pk]
        item.outcome, item.resolution = outcome, resolution.strip()
        item.yes, item.no, item.abstained = _counted(votes)
        _check_item(item, session)
        item.save()


def _counted(votes: list[int | None]) -> tuple[int | None, int | None, int | None]:
    """Where any was counted, the others were none."""
    if all(vote is None for vote in votes):
        return None, None, None
    yes, no, abstained = (vote or 0 for vote in votes)
    return yes, no, abstained


def _check_item(item: Item, session: Session) -> None:
    """Rejected beside the item's field. Named like those of the form: `item-7-yes`."""

    def refuse(name: str, text: str) -> Rejected:
        return Rejected(text, field=f"item-{item.pk}-{name}")

    came = session.came or 0
    if item.outcome and not session.panel.kind_of.resolves:
        raise refuse("outcome", _("이 모임은 의결하지 않습니다. 논의한 내용만 적어 주세요."))
    if item.outcome and item.outcome not in Outcome.values:
        raise refuse("outcome", _("의결을 목록에서 골라 주세요."))
    if item.outcome in DECIDED and not session.is_quorate:
        raise refuse(
            "outcome",
            _(
                "출석한 위원이 %(came)d명이어서 의결할 수 없습니다(%(needed)d명 이상 필요). 보류로 적어 주세요."
            )
            % {"came": came, "needed": session.needed},
        )
    if item.outcome == Outcome.AMENDED and not item.resolution:
        raise refuse("resolution", _("어떻게 고쳐 의결했는지 입력해 주세요."))
    if item.yes is None:
        return
    votes = [item.yes, item.no or 0, item.abstained or 0]
    if any(vote < 0 for vote in votes) or sum(votes) > came:
        raise refuse(
            "yes",
            _("찬성·반대·기권을 더하면 출석한 위원(%(came)d명)보다 많습니다.") % {"came": came},
        )
    carried = carries(item.yes, came, session.held_on)
    if item.outcome in CARRIED and not carried:
        raise refuse(
            "yes",
            _("찬성 %(yes)d명은 출석한 위원 %(came)d명의 과반수가 아니어서 의결되지 않습니다.")
            % {"yes": item.yes, "came": came},
        )
    if item.outcome == Outcome.REJECTED and carried:
        raise refuse("outcome", _("찬성이 출석한 위원의 과반수여서 부결이 아닙니다."))
