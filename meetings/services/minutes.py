"""What is written down of a session: who was there and what was resolved; the caller holds the session's lock (E7)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from basis.errors import Rejected
from meetings.enums import CARRIED, DECIDED, VOTING, Outcome, Presence
from meetings.models import Attendance, Item, Seat, Session
from meetings.selectors import carries, needed_of, seated

Outcomes = Mapping[int, tuple[str, str, int | None, int | None, int | None]]


def attend(session: Session, present: set[int], excused: Mapping[int, str]) -> None:
    seats = seated(session.panel, session.held_on)
    known = {seat.pk for seat in seats}
    if not present <= known or not set(excused) <= known:
        raise Rejected(_("그날 임기 중이 아닌 위원이 있습니다. 화면을 새로 고쳐 주세요."), field="present")
    if present & set(excused):
        raise Rejected(_("제척·회피한 위원은 출석에서 빼 주세요."), field="excused")
    if not present:
        raise Rejected(
            _("출석한 위원을 골라 주세요. 아무도 오지 않았으면 회의를 취소해 주세요."), field="present"
        )
    session.attendances.all().delete()
    Attendance.objects.bulk_create(_attendance(session, seat, present, excused) for seat in seats)
    voters = [seat for seat in seats if seat.chair in VOTING]
    session.needed = needed_of(len(voters), session.held_on)
    session.came = sum(seat.pk in present for seat in voters)


def _attendance(session: Session, seat: Seat, present: set[int], excused: Mapping[int, str]) -> Attendance:
    return Attendance(
        session=session,
        seat=seat,
        label=seat.label[:120],
        chair=seat.chair,
        presence=Presence.PRESENT if seat.pk in present else Presence.ABSENT,
        excused=seat.pk in excused,
        note=excused.get(seat.pk, "").strip()[:100],
    )


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
