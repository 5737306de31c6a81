"""Terms of members: appointed, renewed, ended (O4)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from basis.clock.rules import Unit, period_end
from basis.errors import Rejected
from basis.formats import date_ko
from core.actors import SYSTEM
from core.editing import apply, check_seen, check_version
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from meetings import notifications
from meetings.enums import LASTING, Basis, Chair, SeatState
from meetings.models import Answer, Panel, Seat
from meetings.policies import RENEW_BEFORE, TERM_MONTHS
from meetings.services import panels
from notifications.services import silent
from organization.models import User
from organization.services import outsiders

FIELDS = ("chair", "team", "belongs", "basis", "official", "sex", "starts_on", "ends_on")
ONE_DAY = timedelta(days=1)


def usual_end(start: date) -> date:
    """The last day of a term of the usual length."""
    return period_end(start, TERM_MONTHS.on(start), Unit.MONTHS, None)


def _locked(seat: Seat, seen: int | None = None) -> tuple[Panel, Seat]:
    """In the order panel, seat."""
    panel = panels.locked(seat.panel_id)
    fresh = Seat.objects.select_for_update(of=("self",)).select_related("user__department").get(pk=seat.pk)
    fresh.panel = panel
    check_seen(fresh, seen)
    return panel, fresh


@transaction.atomic
def appoint(panel: Panel, user: User, values: dict[str, Any], *, actor: Any) -> Seat:
    """Give somebody a seat; who is none of the staff may judge as long as they sit.

    Locks: the panel. Raises: Rejected beside the field: a second chair, a second seat in the same days, days that do
    not fit the panel's.
    """
    (seat,) = appoint_all(panel, [(user, values)], actor=actor)
    return seat


@transaction.atomic
def appoint_all(panel: Panel, people: Sequence[tuple[User, dict[str, Any]]], *, actor: Any) -> list[Seat]:
    """Give each a seat, with what it is; all or none.

    Locks: the panel. Raises: as `appoint`.
    """
    panel = panels.locked(panel)
    principal = ensure(actor, "meetings.seat", panel)
    panels.need_running(panel)
    made = [_appoint(panel, user, values, actor, principal) for user, values in people]
    _moved(panel)
    for seat in made:
        if seat.state != SeatState.ENDED:
            notifications.appointed(seat)
    return made


def _appoint(panel: Panel, user: User, values: dict[str, Any], actor: Any, principal: Any) -> Seat:
    seat = Seat(panel=panel, user=user, **{name: values[name] for name in FIELDS if name in values})
    if not user.is_active:
        raise Rejected(_("중지된 계정입니다. 다른 사람을 골라 주세요."), field="user")
    _check(seat)
    seat.state = _state_of(seat)
    seat.save()
    record(seat, "appoint", actor=actor, principal=principal, data={"to": seat.label})
    if outsiders.is_outsider(user):
        outsiders.let_judge(user, until=seat.ends_on, reason=_reason(seat), actor=actor)
    return seat


def _reason(seat: Seat) -> str:
    return f"{seat.panel.name} {seat.chair_label}"


def _moved(panel: Panel) -> None:
    """Whose the open work of the panel and its sessions is has changed."""
    panels.refresh_sessions(Panel.objects.prefetch_related("seats").get(pk=panel.pk))
    panel.kind_of.moved(panel)


@transaction.atomic
def invite(panel: Panel, values: dict[str, Any], *, name: str, email: str, actor: Any) -> Seat:
    """A seat for somebody from outside who has no account yet: it is made, and the invitation to it is sent.

    Locks: the panel. Raises: Rejected as `appoint`, and for an address that is taken.
    """
    person = outsiders.create(name=name, email=email, actor=actor)
    seat = appoint(panel, person, values, actor=actor)
    outsiders.invite(person, actor=actor)
    return seat


@transaction.atomic
def edit(seat: Seat, values: dict[str, Any], *, actor: Any, version: int | None = None) -> Seat:
    """Correct what a seat is.

    Locks: panel, seat. Raises: Conflict if somebody was quicker, Rejected as `appoint`, or for one that has ended.
    """
    panel, seat = _locked(seat)
    principal = ensure(actor, "meetings.seat", seat)
    if seat.state not in LASTING:
        raise Rejected(_("임기를 마친 위원입니다."))
    check_version(seat, version, values)
    before = seat.starts_on, seat.ends_on
    if apply(seat, values, FIELDS):
        _check(seat)
        if before != (seat.starts_on, seat.ends_on):
            _check_attended(seat)
            if seat.state != SeatState.RENEWED:
                seat.state = _state_of(seat)
        seat.version += 1
        seat.save()
        record(seat, "edit", actor=actor, principal=principal)
        _moved(panel)
        if outsiders.is_outsider(seat.user):
            outsiders.let_judge(seat.user, until=seat.ends_on, reason=_reason(seat), actor=actor)
    return seat


@transaction.atomic
def end(seat: Seat, *, on: date, reason: str, actor: Any, version: int | None = None) -> Seat:
    """The last day of somebody's term is another than was said (해촉, 사임).

    Locks: panel, seat. Raises: Outdated, Rejected for a day to come or before the term, or before a session attended.
    """
    panel, seat = _locked(seat, version)
    if on > today():
        raise Rejected(_("임기를 끝내는 날을 오늘 또는 지난 날로 입력해 주세요."), field="on")
    if on < seat.starts_on:
        raise Rejected(_("임기를 끝내는 날이 임기 시작일보다 빠릅니다."), field="on")
    if seat.ends_on is not None and on > seat.ends_on:
        raise Rejected(_("임기가 그보다 먼저 끝납니다."), field="on")
    seat.ends_on, seat.end_reason = on, reason.strip()[:200]
    _check_attended(seat)
    perform(seat, "end", actor=actor, reason=reason)
    _moved(panel)
    _end_judging(seat, actor)
    notifications.seat_ended(seat, reason)
    return seat


@transaction.atomic
def change_over(seat: Seat, values: dict[str, Any], *, on: date, actor: Any) -> Seat:
    """From this day on the person is something else in the panel: a seat of its own, to which answers to sessions from
    then on go along. From its first day: the seat itself is corrected. The person is told once, by who calls.

    Locks: panel, seat. Raises: Rejected as `end` and `appoint`.
    """
    panel, seat = _locked(seat)
    if on == seat.starts_on:
        return edit(seat, values, actor=actor)
    if seat.state not in LASTING:
        raise Rejected(_("임기를 마친 위원입니다."))
    if on < seat.starts_on:
        raise Rejected(_("지금 직책을 맡은 날보다 빠릅니다."), field="on")
    ends_on = seat.ends_on
    kept = {name: getattr(seat, name) for name in FIELDS}
    with silent():
        end(seat, on=on - ONE_DAY, reason=_("직책 변경"), actor=actor)
        new = appoint(panel, seat.user, {**kept, **values, "starts_on": on, "ends_on": ends_on}, actor=actor)
    Answer.objects.filter(seat=seat, session__held_on__gte=on).update(seat=new)
    return new


@transaction.atomic
def renew(seats: Iterable[Seat], *, ends_on: date | None = None, actor: Any) -> list[Seat]:
    """A further term for each, from the day after the one there is, until this day (as long as is usual). All or none.

    Locks: the panels, the seats. Raises: Rejected for one without an end, one that is renewed already, or has ended.
    """
    chosen = sorted(seats, key=lambda seat: (seat.panel_id, seat.pk))
    if not chosen:
        raise Rejected(_("연임할 위원을 골라 주세요."))
    return [_renewed(*_locked(seat), ends_on, actor) for seat in chosen]


def _renewed(panel: Panel, seat: Seat, ends_on: date | None, actor: Any) -> Seat:
    panels.need_running(panel)
    if seat.ends_on is None:
        raise Rejected(_("%(who)s: 임기 종료일이 없어 연임할 것이 없습니다.") % {"who": seat.label})
    perform(seat, "renew", actor=actor)
    start = seat.ends_on + ONE_DAY
    values = {name: getattr(seat, name) for name in FIELDS}
    return appoint(
        panel, seat.user, {**values, "starts_on": start, "ends_on": ends_on or usual_end(start)}, actor=actor
    )


def mark_terms(day: date) -> int:
    """Terms that end soon are to be decided on, those that are over have ended; how many changed.

    Locks: panels, seats. Called by: the schedule.
    """
    soon = day + timedelta(days=RENEW_BEFORE.on(day))
    rows = Seat.objects.filter(
        Q(state__in=LASTING, ends_on__lt=day) | Q(state=SeatState.SITTING, ends_on__lte=soon)
    )
    marked = 0
    for found in rows.order_by("panel", "pk"):
        panel, seat = _locked(found)
        wanted = _state_of(seat)
        if seat.state == SeatState.SITTING and wanted == SeatState.ENDING:
            perform(seat, "near", actor=SYSTEM)
        elif seat.state in LASTING and wanted == SeatState.ENDED:
            perform(seat, "expire", actor=SYSTEM)
            _moved(panel)
        else:
            continue
        marked += 1
    return marked


def _state_of(seat: Seat) -> SeatState:
    """What the days say."""
    if seat.ends_on is None:
        return SeatState.SITTING
    left = (seat.ends_on - today()).days
    if left < 0:
        return SeatState.ENDED
    return SeatState.ENDING if left <= RENEW_BEFORE.current() else SeatState.SITTING


def _end_judging(seat: Seat, actor: Any) -> None:
    """Who sits nowhere else judges no more."""
    lasting = seat.user.seats.filter(state__in=LASTING).exclude(pk=seat.pk)
    if outsiders.is_outsider(seat.user) and not lasting.exists():
        outsiders.end_judging(seat.user, reason=_reason(seat), actor=actor)


def _check(seat: Seat) -> None:
    """Rejected beside the field that does not fit."""
    panel = seat.panel
    if seat.ends_on is not None and seat.ends_on < seat.starts_on:
        raise Rejected(_("임기 종료일을 시작일이나 그 뒤의 날로 입력해 주세요."), field="ends_on")
    if seat.starts_on < panel.begun_on:
        raise Rejected(
            _("임기 시작일을 위원회 구성일(%(day)s)이나 그 뒤의 날로 입력해 주세요.")
            % {"day": date_ko(panel.begun_on)},
            field="starts_on",
        )
    if seat.basis == Basis.APPOINTED and seat.ends_on is None:
        raise Rejected(_("위촉직은 임기 종료일을 입력해 주세요."), field="ends_on")
    others = _in_these_days(panel.seats.exclude(pk=seat.pk), seat)
    if others.filter(user=seat.user).exists():
        votes = panel.kind_of.resolves
        words = _("그 기간에 이미 이 위원회의 위원입니다.") if votes else _("그 기간에 이미 회원입니다.")
        raise Rejected(words, field="user" if not seat.pk else "starts_on")
    if seat.chair == Chair.CHAIR and (other := others.filter(chair=Chair.CHAIR).first()):
        raise Rejected(
            _("그 기간에 %(chair)s(%(who)s)이 있습니다. %(chair)s은 한 명입니다.")
            % {"chair": seat.chair_label, "who": other.label},
            field="chair",
        )


def _in_these_days(rows: Any, seat: Seat) -> Any:
    lasting = rows.filter(Q(ends_on=None) | Q(ends_on__gte=seat.starts_on))
    return lasting if seat.ends_on is None else lasting.filter(starts_on__lte=seat.ends_on)


def _check_attended(seat: Seat) -> None:
    """The minutes say who was there: no term is moved away from a session that its member attended."""
    days = seat.attendances.values_list("session__held_on", flat=True)
    if any(not seat.sits_on(day) for day in days):
        raise Rejected(_("출석부에 있는 회의가 임기 밖이 됩니다. 임기를 다시 확인해 주세요."))
