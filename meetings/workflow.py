"""The steps of panels, seats and sessions, and what their states ask of whom (O4, E7)."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from basis.verbs import done, verb
from core.asks import Ask, Bundle, Face, Rung, Work
from core.now import today
from core.permissions import kept_from
from core.work import holders
from core.workflow import Button, Transition, Workflow
from meetings.enums import LASTING, PRESIDING, RUNNING, WRITING, Chair, PanelState, Reply, SeatState
from meetings.enums import SessionState as S
from meetings.models import Panel, Seat, Session
from meetings.policies import MINUTES_DAYS, REMIND_SESSION, REMIND_TERM
from meetings.selectors import due_of
from organization.enums import DepartmentRole, Role

PLAN, SEAT, RUN, CONFIRM = "meetings.plan", "meetings.seat", "meetings.run", "meetings.confirm"
UNDO = "meetings.undo"
P = PanelState


def _planning(thing: Any) -> Iterable[str]:
    return [holders.role(Role.PLANNING)]


def _is_group(thing: Any) -> bool:
    """Of a kind that votes on nothing: it looks after itself."""
    return not getattr(thing, "panel", thing).kind_of.resolves


def _votes(thing: Any) -> bool:
    return not _is_group(thing)


PANEL = Workflow(
    Panel,
    P,
    [
        Transition("lack", (P.STANDING,), P.DUE, None, done("정기 회의를 잡을 때가 됨")),
        Transition("meet", (P.DUE,), P.STANDING, None, done("정기 회의를 잡음")),
        Transition("end", RUNNING, P.ENDED, PLAN, verb("위원회 해산"), needs_reason=True),
        Transition("close", RUNNING, P.ENDED, None, done("활동 기간이 끝남")),
    ],
    _("위원회·평가단"),
    {"make": done("위원회 구성"), "edit": done("위원회 정보 수정")},
    Work(
        lambda panel: Face(panel.name, panel.get_absolute_url()),
        [
            Ask(
                "meet",
                [P.DUE],
                _("정기 회의 잡기"),
                lambda panel: _runners(panel, today()),
                due=lambda panel: due_of(panel, today()),
            )
        ],
        parts=("seats",),
    ),
    prefix="meetings:panel_",
    offers=[
        Button("plan", verb("회의 잡기"), RUNNING, RUN, primary=True),
        Button("plan_many", verb("한 해 모임 잡기"), RUNNING, RUN, when=_is_group),
        Button("appoint", verb("위원 위촉"), RUNNING, SEAT),
        Button("invite", verb("외부위원 위촉·초대"), RUNNING, "organization.invite_outsiders"),
        Button("edit", verb("위원회 정보 고치기"), RUNNING, PLAN),
        Button("end", danger=True),
    ],
)


def _ending(count: int) -> str:
    words = ngettext("임기가 끝나는 위원 %(count)d명", "임기가 끝나는 위원 %(count)d명", count)
    return words % {"count": count}


SEATS = Workflow(
    Seat,
    SeatState,
    [
        Transition("near", (SeatState.SITTING,), SeatState.ENDING, None, done("임기 만료가 가까워짐")),
        Transition("expire", LASTING, SeatState.ENDED, None, done("임기 만료")),
        Transition("renew", (SeatState.SITTING, SeatState.ENDING), SeatState.RENEWED, SEAT, verb("연임")),
        Transition("end", LASTING, SeatState.ENDED, SEAT, verb("임기 끝내기"), needs_reason=True),
    ],
    _("위원"),
    {"appoint": done("위촉"), "edit": done("위원 정보 수정")},
    Work(
        lambda seat: Face(seat.label, seat.get_absolute_url(), seat.panel.name, None, seat.ends_on),
        [
            Ask(
                "renew",
                [SeatState.ENDING],
                _("연임 또는 해촉 정하기"),
                _planning,
                due=lambda seat: seat.ends_on,
                ladder=[Rung("before", REMIND_TERM)],
                title=lambda seat: f"{seat.panel.name}, {seat.label}",
                due_label=_("임기 종료일"),
                bundle=Bundle(_ending, lambda: f"{reverse('meetings:seats')}?state=ending"),
            )
        ],
        ("panel", "user__department"),
    ),
    prefix="meetings:seat_",
    offers=[
        Button("edit", verb("위원 정보 고치기"), LASTING, SEAT),
        Button("renew", when=lambda seat: seat.ends_on is not None),
        Button("end", danger=True),
    ],
)


def _sitting(panel: Panel, day: date) -> list[Seat]:
    """By the rows at hand: the open work of many panels is kept at once."""
    return [seat for seat in panel.seats.all() if seat.sits_on(day)]


def _runners(panel: Panel, day: date) -> list[str]:
    """Who prepares and writes down: planning and the secretaries, where that is planning's; else secretaries and
    leaders, for want of them the president, for want of anybody planning."""
    seats = _sitting(panel, day)
    if panel.kind_of.by_planning:
        people = [seat for seat in seats if seat.chair == Chair.SECRETARY]
        return [*_planning(panel), *map(_holder, people)]
    people = [seat for seat in seats if seat.chair in WRITING]
    people = people or [seat for seat in seats if seat.chair == Chair.CHAIR]
    return list(map(_holder, people)) or list(_planning(panel))


def _holder(seat: Seat) -> str:
    return holders.person(seat.user_id)


def _members(session: Session) -> Iterable[str]:
    """Whoever comes: all with a seat that day but who said not to, and who comes instead."""
    said = {one.seat_id: one for one in session.answers.all()}
    found: dict[str, None] = {}
    for seat in _sitting(session.panel, session.held_on):
        answer = said.get(seat.pk)
        if answer is None or answer.reply == Reply.YES:
            found[_holder(seat)] = None
        elif answer.stand_in_id is not None:
            found[holders.person(answer.stand_in_id)] = None
    return found


def _writers(session: Session) -> Iterable[str]:
    return _runners(session.panel, session.held_on)


def _confirmers(session: Session) -> Iterable[str]:
    """Planning, its head, and who presided; nobody who wrote the minutes. Where planning does not prepare it those who
    presided, and planning only where none of them is left."""
    presided = [seat for seat in _sitting(session.panel, session.held_on) if seat.chair in PRESIDING]
    kept = kept_from(CONFIRM, session)
    own = [_holder(seat) for seat in presided if seat.user_id not in kept]
    if not session.panel.kind_of.by_planning and own:
        return holders.deciders(CONFIRM, session, *own)
    keys = holders.role(Role.PLANNING), holders.heads(DepartmentRole.PLANNING), *map(_holder, presided)
    return holders.deciders(CONFIRM, session, *keys)


def minutes_due(session: Session) -> date:
    return session.held_on + timedelta(days=MINUTES_DAYS.on(session.held_on))


def _attend(name: str, words: Any, when: Callable[[Session], bool]) -> Ask:
    return Ask(
        name,
        [S.PLANNED],
        words,
        _members,
        due=lambda session: session.held_on,
        when=when,
        personal=True,
        ladder=[Rung("before", REMIND_SESSION)],
        title=lambda session: _now("회의: %(session)s") % {"session": session},
        due_label=_("회의일"),
    )


SESSION = Workflow(
    Session,
    S,
    [
        Transition("pass_by", (S.PLANNED,), S.PAST, None, done("회의일이 지남")),
        Transition("cancel", (S.PLANNED, S.PAST), S.CANCELLED, RUN, verb("회의 취소"), needs_reason=True),
        Transition("hold", (S.PLANNED, S.PAST), S.HELD, RUN, verb("회의록 작성")),
        Transition("rewrite", (S.HELD,), None, RUN, verb("회의록 고치기")),
        Transition(
            "give_back",
            (S.HELD,),
            S.PAST,
            CONFIRM,
            verb("회의록 보완 요청"),
            needs_reason=True,
            returns=True,
        ),
        Transition("undo", (S.CONFIRMED,), S.HELD, UNDO, verb("회의록 확정 취소"), needs_reason=True),
        Transition("confirm", (S.HELD,), S.CONFIRMED, CONFIRM, verb("회의록 확정")),
        Transition(
            "ask_correction", (S.CONFIRMED,), S.CORRECTING, RUN, verb("회의록 정정 요청"), needs_reason=True
        ),
        Transition("correct", (S.CORRECTING,), S.CONFIRMED, CONFIRM, verb("정정 확인")),
        Transition(
            "refuse_correction",
            (S.CORRECTING,),
            S.CONFIRMED,
            CONFIRM,
            verb("정정하지 않음"),
            needs_reason=True,
        ),
    ],
    _("회의"),
    {
        "plan": done("회의 잡음"),
        "change": done("회의 변경"),
        "draft": done("안건이 저절로 바뀜"),
        "add_files": done("회의 자료 등록"),
        "take_in": done("지난 회의 기록"),
    },
    Work(
        lambda session: Face(str(session), session.get_absolute_url(), session.place, None, session.held_on),
        [
            _attend("attend", _("회의 참석하기"), _votes),
            _attend("come", _("모임 참석하기"), _is_group),
            Ask(
                "write",
                [S.PAST],
                _("회의록 작성하기"),
                _writers,
                due=minutes_due,
                begun=lambda session: session.held_on,
            ),
            Ask("confirm", [S.HELD], _("회의록 확정하기"), _confirmers, personal=True),
            Ask("correct", [S.CORRECTING], _("회의록 정정 확인하기"), _confirmers, personal=True),
        ],
        ("panel",),
        ("panel__seats", "answers"),
    ),
    prefix="meetings:session_",
    offers=[
        Button("hold", when=lambda session: session.held_on <= today(), primary=True),
        Button(
            "screen",
            verb("출석 번호 띄우기"),
            (S.PLANNED, S.PAST),
            RUN,
            when=lambda session: session.held_on == today() and _is_group(session),
            beside=True,
        ),
        Button("confirm", primary=True),
        Button("give_back", beside=True),
        Button("correct", primary=True),
        Button("refuse_correction", beside=True),
        Button("rewrite"),
        Button("change", verb("회의 변경"), (S.PLANNED,), RUN),
        Button("add_files", verb("회의 자료 올리기"), (S.PLANNED, S.PAST, S.HELD), RUN),
        Button("ask_correction"),
        Button("minutes", _("회의록"), (S.HELD, S.CONFIRMED, S.CORRECTING), "meetings.view"),
        Button(
            "minutes",
            _("회의록 한글(HWPX)"),
            (S.HELD, S.CONFIRMED, S.CORRECTING),
            "meetings.view",
            query="?format=hwpx",
        ),
        Button("sheet", _("출석부 인쇄"), (S.PLANNED, S.PAST), RUN, when=_is_group),
        Button("cancel", danger=True),
        Button("undo", when=_is_group, danger=True),
    ],
)
