"""Sessions: planned, told, changed, cancelled, held; their minutes confirmed by another than who wrote them (E7)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from basis.clock.rules import Unit, period_end
from basis.errors import Rejected
from basis.formats import date_ko
from core import attachments
from core.actors import SYSTEM, user_of
from core.editing import check_seen, check_version
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from meetings import notifications
from meetings.enums import OPEN_SESSIONS, Presence, SessionState, Sort
from meetings.models import Item, Panel, Session
from meetings.policies import AHEAD_MONTHS
from meetings.selectors import seated, told
from meetings.services import decisions, earning, panels
from meetings.services.minutes import Outcomes, Roll, attend, resolve
from organization.models import User

AgendaItem = tuple[str, Model | None]
FIELDS = ("held_on", "begins_at", "ends_at", "place", "title", "sort", "guest")
MOST_ITEMS = 100
MOST_AT_ONCE = 60


def locked(session: Session, seen: int | None = None) -> Session:
    """In the order panel, session; it has its panel.

    Called by: all services of sessions.
    """
    panel = panels.locked(session.panel_id)
    fresh = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    fresh.panel = panel
    check_seen(fresh, seen)
    return fresh


@transaction.atomic
def plan(
    panel: Panel,
    *,
    held_on: date,
    begins_at: time,
    place: str,
    ends_at: time | None = None,
    title: str = "",
    sort: str = Sort.REGULAR,
    guest: str = "",
    items: Sequence[AgendaItem] = (),
    actor: Any,
) -> Session:
    """The panel's next session, and word to all who have a seat that day. One that is over already is only entered.

    Locks: the panel. Raises: Rejected beside the field: a dissolved panel, a day without members or too far off, a
    second session at one time, no agenda where it votes.
    """
    panel = panels.locked(panel)
    principal = ensure(actor, "meetings.run", panel)
    panels.need_running(panel)
    how = {"begins_at": begins_at, "ends_at": ends_at, "place": place, "title": title, "sort": sort}
    session = _made(panel, held_on, {**how, "guest": guest}, items)
    record(session, "plan", actor=actor, principal=principal)
    panels.settle(panel)
    if session.state == SessionState.PLANNED:
        notifications.invited(session)
    return session


def _made(panel: Panel, held_on: date, how: Mapping[str, Any], items: Sequence[AgendaItem]) -> Session:
    last = panel.sessions.aggregate(last=Max("number"))["last"] or 0
    session = Session(panel=panel, number=last + 1, held_on=held_on, **how)
    for name in ("place", "title", "guest"):
        setattr(session, name, getattr(session, name).strip())
    session.title = session.title or _usual_title(session)
    _check(session)
    session.state = SessionState.PAST if session.is_over else SessionState.PLANNED
    session.save()
    _set_items(session, items)
    return session


def _usual_title(session: Session) -> str:
    if session.panel.kind_of.resolves:
        return _("제%(number)d회 회의") % {"number": session.number}
    if session.panel.kind_of.by_planning:  # its panel is named after what it is
        return _("제%(number)d회") % {"number": session.number}
    return _("제%(number)d회 %(sort)s") % {"number": session.number, "sort": session.get_sort_display()}


@transaction.atomic
def plan_many(
    panel: Panel,
    days: Sequence[date],
    *,
    begins_at: time,
    place: str,
    ends_at: time | None = None,
    sort: str = Sort.REGULAR,
    title: str = "",
    guest: str = "",
    items: Sequence[AgendaItem] = (),
    actor: Any,
) -> list[Session]:
    """Sessions on these days, all or none, and one word of them all to whom they concern.

    Locks: the panel. Raises: Rejected as `plan`, without a day, for too many at once or one that is over.
    """
    panel = panels.locked(panel)
    principal = ensure(actor, "meetings.run", panel)
    panels.need_running(panel)
    chosen = sorted(set(days))
    if not chosen:
        raise Rejected(_("잡을 날이 없습니다. 조건을 바꿔 주세요."))
    if len(chosen) > MOST_AT_ONCE:
        raise Rejected(_("한 번에 %(most)d회까지 잡을 수 있습니다.") % {"most": MOST_AT_ONCE})
    if chosen[0] < today():
        raise Rejected(_("지난 날에는 잡을 수 없습니다."))
    how = {"begins_at": begins_at, "ends_at": ends_at, "place": place, "title": title, "sort": sort}
    made = [_made(panel, day, {**how, "guest": guest}, items) for day in chosen]
    for session in made:
        record(session, "plan", actor=actor, principal=principal)
    panels.settle(panel)
    notifications.invited_many(panel, made)
    return made


@transaction.atomic
def change(
    session: Session,
    values: dict[str, Any],
    *,
    items: Sequence[AgendaItem] | None = None,
    reason: str = "",
    actor: Any,
    version: int | None = None,
) -> Session:
    """Another day, time, place, name or agenda; all concerned are told again, and who has a seat no more. What was
    answered for another day is asked anew (C2).

    Locks: panel, session. Raises: Conflict if somebody was quicker, Rejected as `plan`, once its day is over, or for
    another day or time without a reason where the kind wants one.
    """
    session = locked(session)
    principal = ensure(actor, "meetings.run", session)
    if session.state != SessionState.PLANNED:
        raise Rejected(_("예정된 회의만 바꿀 수 있습니다."))
    check_version(session, version, values)
    before, people = {name: getattr(session, name) for name in FIELDS}, told(session)
    for name in FIELDS:
        setattr(session, name, values.get(name, before[name]))
    session.title = session.title.strip() or _usual_title(session)
    _check(session)
    moved = (before["held_on"], before["begins_at"]) != (session.held_on, session.begins_at)
    if moved and session.panel.kind_of.reasoned and not reason.strip():
        raise Rejected(_("날짜나 시각을 바꾸는 사유를 입력해 주세요."), field="reason")
    if session.is_over:
        raise Rejected(_("회의일을 오늘 또는 앞날로 입력해 주세요."), field="held_on")
    session.version += 1
    session.save()
    if items is not None:
        _strike(session, items, actor)
        _set_items(session, items)
    if before["held_on"] != session.held_on:
        session.answers.all().delete()
        session.signs.all().delete()
    record(session, "change", actor=actor, principal=principal, reason=reason, data=_moved(before, session))
    panels.settle(session.panel)
    notifications.changed(session, people, reason)
    return session


def _moved(before: dict[str, Any], session: Session) -> dict[str, str]:
    if before["held_on"] == session.held_on:
        return {}
    return {"from": before["held_on"].isoformat(), "to": session.held_on.isoformat()}


@transaction.atomic
def cancel(session: Session, *, reason: str, actor: Any, version: int | None = None) -> Session:
    """Locks: panel, session. Raises: Outdated."""
    session = locked(session, version)
    was_to_come = not session.is_over
    perform(session, "cancel", actor=actor, reason=reason)
    panels.settle(session.panel)
    if was_to_come:
        notifications.cancelled(session, reason)
    return session


@transaction.atomic
def hold(
    session: Session,
    *,
    present: Mapping[int, str] | Collection[int],
    ends_at: time | None,
    minutes: str,
    outcomes: Outcomes | None = None,
    excused: Mapping[int, str] | None = None,
    absent: Mapping[int, str] | None = None,
    stand_ins: Mapping[int, User] | None = None,
    decided: Sequence[decisions.Given] | None = None,
    actor: Any,
    version: int | None = None,
) -> Session:
    """Write down who was there and what became of each item: by the item's key the outcome, the resolution, and the
    votes where they were counted. `present`: keys of seats, or how each was there (Presence). `excused`: seats kept
    from the matter, each with its reason; `absent`: why others were not there; `stand_ins`: who came instead.
    `decided`: what somebody is to do; None leaves what was written before. Written again until it is confirmed.

    Locks: panel, session. Raises: Outdated, Rejected beside the field: before the day, who had no seat, more votes than
    members there, an outcome that the votes or the quorum do not give.
    """
    session = locked(session, version)
    if session.held_on > today():
        raise Rejected(_("회의일이 되면 회의록을 작성할 수 있습니다."))
    if not minutes.strip():
        raise Rejected(_("회의 내용을 입력해 주세요."), field="minutes")
    if ends_at is not None and ends_at < session.begins_at:
        raise Rejected(_("마친 시각이 시작 시각보다 빠릅니다."), field="ends_at")
    here = present if isinstance(present, Mapping) else dict.fromkeys(present, Presence.PRESENT)
    attend(session, Roll(here, stand_ins or {}, absent or {}, excused or {}))
    resolve(session, outcomes or {})
    if decided is not None:
        decisions.write(session, decided)
    session.ends_at, session.minutes, session.written_by = ends_at, minutes.strip(), user_of(actor)
    perform(session, "rewrite" if session.state == SessionState.HELD else "hold", actor=actor)
    return session


@transaction.atomic
def confirm(session: Session, *, actor: Any, version: int | None = None) -> Session:
    """The minutes stand; what was resolved holds from now on, and who was there has the hours. In person, never by who
    wrote them.

    Locks: panel, session, accounts. Raises: Outdated, Rejected where an item that was voted on has no outcome.
    """
    session = locked(session, version)
    kind = session.panel.kind_of
    if kind.resolves and session.items.filter(outcome="").exists():
        raise Rejected(_("의결을 적지 않은 안건이 있습니다. 보완을 요청해 주세요."))
    session.confirmed_by = user_of(actor)
    perform(session, "confirm", actor=actor)
    decisions.begin(session)
    notifications.confirmed(session)
    kind.confirmed(session, actor)
    earning.post(session, actor=actor)
    return session


@transaction.atomic
def undo(session: Session, *, reason: str, actor: Any, version: int | None = None) -> Session:
    """They were confirmed by mistake: the hours are taken back, what was decided and is not done yet waits. They are
    written and confirmed again. Only of groups: what was resolved with votes goes before the panel again.

    Locks: panel, session, accounts. Raises: Outdated, Refused where it resolves.
    """
    session = locked(session, version)
    perform(session, "undo", actor=actor, reason=reason)
    decisions.recall(session, reason)
    session.panel.kind_of.undone(session, reason, actor)
    earning.take_back(session, reason=reason, actor=actor)
    notifications.undone(session, reason)
    return session


@transaction.atomic
def give_back(session: Session, *, reason: str, actor: Any, version: int | None = None) -> Session:
    """Locks: panel, session. Raises: Outdated."""
    session = locked(session, version)
    perform(session, "give_back", actor=actor, reason=reason)
    notifications.given_back(session, reason)
    return session


@transaction.atomic
def add_files(session: Session, files: Iterable[File], *, actor: Any) -> None:
    """Papers for the agenda.

    Locks: panel, session. Raises: Rejected for a file that will not do, or once the minutes are confirmed.
    """
    session = locked(session)
    principal = ensure(actor, "meetings.run", session)
    if session.state not in OPEN_SESSIONS:
        raise Rejected(_("회의록이 확정되었거나 취소된 회의에는 자료를 올릴 수 없습니다."))
    given = list(files)
    if not given:
        raise Rejected(_("파일을 골라 주세요."), field="attachments")
    attachments.attach(session, given, actor=actor)
    names = ", ".join(str(file.name) for file in given)
    record(session, "add_files", actor=actor, principal=principal, data={"text": names[:200]})


def pass_by(day: date) -> int:
    """Sessions whose day is over wait for their minutes; how many.

    Locks: panels, sessions. Called by: the schedule.
    """
    rows = Session.objects.filter(state=SessionState.PLANNED, held_on__lt=day).order_by("panel", "pk")
    marked = 0
    for found in rows:
        session = locked(found)
        if session.state == SessionState.PLANNED and session.held_on < day:
            perform(session, "pass_by", actor=SYSTEM)
            marked += 1
    return marked


def _strike(session: Session, items: Sequence[AgendaItem], actor: Any) -> None:
    """What stood there and stands there no more was struck; what is put back is struck no more."""
    kept = {
        (ContentType.objects.get_for_model(thing).pk, thing.pk)
        for _title, thing in items
        if thing is not None
    }
    for old in session.struck.all():
        if (old.content_type_id, old.object_id) in kept:
            old.delete()
    for item in session.items.exclude(object_id=None):
        key = {"content_type_id": item.content_type_id, "object_id": item.object_id}
        if tuple(key.values()) not in kept:
            session.struck.get_or_create(**key, defaults={"title": item.title, "by": user_of(actor)})


def _set_items(session: Session, items: Sequence[AgendaItem]) -> None:
    given = [(title.strip(), thing) for title, thing in items if title.strip()]
    if not given and session.panel.kind_of.resolves:
        raise Rejected(_("안건을 하나 이상 입력해 주세요."), field="agenda")
    if len(given) > MOST_ITEMS:
        raise Rejected(_("안건은 %(most)d건까지 올릴 수 있습니다.") % {"most": MOST_ITEMS}, field="agenda")
    longest = Item._meta.get_field("title").max_length or 0
    if any(len(title) > longest for title, _thing in given):
        raise Rejected(_("안건 하나를 %(most)d자 이내로 입력해 주세요.") % {"most": longest}, field="agenda")
    session.items.all().delete()
    for place, (title, thing) in enumerate(given, start=1):
        Item.objects.create(session=session, order=place, title=title, thing=thing)


def _check(session: Session) -> None:
    """Rejected beside the field that does not fit."""
    panel = session.panel
    if not session.place:
        raise Rejected(_("장소를 입력해 주세요."), field="place")
    if session.held_on < panel.begun_on:
        raise Rejected(
            (
                _("회의일이 위원회 구성일(%(day)s)보다 빠릅니다.")
                if panel.kind_of.resolves
                else _("활동을 시작한 날(%(day)s)보다 빠릅니다.")
            )
            % {"day": date_ko(panel.begun_on)},
            field="held_on",
        )
    farthest = period_end(today(), AHEAD_MONTHS.current(), Unit.MONTHS, None)
    if session.held_on > farthest:
        raise Rejected(
            _("회의는 %(day)s까지 잡을 수 있습니다.") % {"day": date_ko(farthest)}, field="held_on"
        )
    if not seated(panel, session.held_on):
        votes = panel.kind_of.resolves
        none = (
            _("그날 임기 중인 위원이 없습니다. 위원을 먼저 위촉해 주세요.")
            if votes
            else _("그날 회원이 없습니다.")
        )
        raise Rejected(none, field="held_on")
    if session.sort not in Sort.values:
        raise Rejected(_("모임 구분을 골라 주세요."), field="sort")
    if session.ends_at is not None and session.ends_at <= session.begins_at:
        raise Rejected(_("마칠 시각을 시작 시각보다 늦게 입력해 주세요."), field="ends_at")
    same = panel.sessions.filter(held_on=session.held_on, begins_at=session.begins_at)
    if same.exclude(state=SessionState.CANCELLED).exclude(pk=session.pk).exists():
        raise Rejected(_("같은 날 같은 시각에 잡은 회의가 있습니다."), field="begins_at")
