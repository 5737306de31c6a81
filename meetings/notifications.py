"""Who is told what of panels and sessions: all with a seat on the day."""

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from basis.ical import Event
from basis.official import in_office_language
from meetings.events import event_of, file_for, files_for
from meetings.models import Answer, Decision, Panel, Seat, Session
from meetings.selectors import told, when
from notifications.services import Line, MailFile, notify
from organization.models import User
from organization.selectors import department_readers


def _tell(
    session: Session,
    kind: str,
    people: Iterable[User],
    title: str,
    body: str = "",
    *,
    mail: bool = True,
    event: Event | None = None,
) -> None:
    """`event`: what the mail program of each is to make of it."""
    notify(
        f"meetings.{kind}",
        people,
        title=f"{title}: {session}",
        body=body,
        url=session.get_absolute_url(),
        key=f"session:{session.pk}:{kind}:{session.version}",
        lines=[Line(str(session), when(session), session.get_absolute_url())],
        mail=mail,
        personal=True,
        files=lambda person: file_for(person, event) if event else (),
    )


def _agenda(session: Session) -> str:
    return "\n".join(f"{item.order}. {item.title}" for item in session.items.all())


@in_office_language
def invited(session: Session) -> None:
    body = f"{when(session)}\n{_agenda(session)}"
    _tell(session, "invited", told(session), _("회의에 참석해 주세요"), body, event=event_of(session))


@in_office_language
def changed(session: Session, before: Sequence[User], reason: str = "") -> None:
    """Who had a seat on the day before but has none on the new one hears that it is off for them."""
    people = told(session)
    known = {person.pk for person in people}
    body = "\n".join(filter(None, [when(session), reason, _agenda(session)]))
    _tell(session, "changed", people, _("회의가 바뀌었습니다"), body, event=event_of(session))
    others = [person for person in before if person.pk not in known]
    off = event_of(session, cancelled=True)
    _tell(
        session,
        "moved_away",
        others,
        _("회의일이 바뀌어 참석하지 않으셔도 됩니다"),
        when(session),
        event=off,
    )


@in_office_language
def cancelled(session: Session, reason: str) -> None:
    body = f"{when(session)}\n{reason}"
    _tell(session, "cancelled", told(session), _("회의가 취소되었습니다"), body, event=event_of(session))


@in_office_language
def given_back(session: Session, reason: str) -> None:
    if session.written_by is not None:
        _tell(session, "given_back", [session.written_by], _("회의록을 보완해 주세요"), reason)


@in_office_language
def confirmed(session: Session) -> None:
    _tell(session, "confirmed", told(session), _("회의록이 확정되었습니다"), mail=False)


@in_office_language
def corrected(session: Session, reason: str) -> None:
    _tell(session, "corrected", told(session), _("확정된 회의록이 정정되었습니다"), reason)


@in_office_language
def invited_many(panel: Panel, sessions: Sequence[Session]) -> None:
    """One word of all the sessions planned at once: to each those on whose day they sit, each with its file."""
    by_person: dict[User, list[Session]] = {}
    for session in sessions:
        for person in told(session):
            by_person.setdefault(person, []).append(session)
    for person, theirs in by_person.items():
        notify(
            "meetings.invited",
            [person],
            title=_("회의 일정을 알립니다: %(panel)s") % {"panel": panel},
            body="\n".join(when(one) for one in theirs),
            url=panel.get_absolute_url(),
            key=f"panel:{panel.pk}:invited:{theirs[0].pk}-{theirs[-1].pk}",
            lines=[Line(one.title, when(one), one.get_absolute_url()) for one in theirs],
            personal=True,
            files=_files_of(theirs),
        )


def _files_of(sessions: Sequence[Session]) -> Callable[[User], list[MailFile]]:
    return lambda person: files_for(person, map(event_of, sessions))


@in_office_language
def asked_instead(answer: Answer) -> None:
    session = answer.session
    body = "\n".join(filter(None, [when(session), _agenda(session), answer.reason]))
    title = _("%(who)s 대신 회의에 참석해 주세요") % {"who": answer.seat.label}
    _tell_instead(answer, "stand_in", answer.stand_in, title, body, event_of(session))


@in_office_language
def released(answer: Answer, was: User) -> None:
    """Who was to come instead need not."""
    session = answer.session
    event = event_of(session, cancelled=True)
    _tell_instead(answer, "stand_in_off", was, _("대신 참석하지 않으셔도 됩니다"), when(session), event)


def _tell_instead(answer: Answer, kind: str, person: User, title: str, body: str, event: Event) -> None:
    session = answer.session
    notify(
        f"meetings.{kind}",
        [person],
        title=f"{title}: {session}",
        body=body,
        url=session.get_absolute_url(),
        key=f"session:{session.pk}:{kind}:{answer.answered_at.timestamp()}",
        lines=[Line(str(session), when(session), session.get_absolute_url())],
        personal=True,
        files=lambda person: file_for(person, event),
    )


@in_office_language
def undone(session: Session, reason: str) -> None:
    _tell(session, "undone", told(session), _("회의록 확정이 취소되었습니다"), reason, mail=False)


CHANGED = {
    "moved": gettext_lazy("회의에서 정한 일의 기한이 바뀌었습니다"),
    "dropped": gettext_lazy("회의에서 정한 일을 거두었습니다"),
    "recalled": gettext_lazy("회의록 확정이 취소되어 정한 일을 잠시 멈춥니다"),
    "reopened": gettext_lazy("회의에서 정한 일을 다시 처리해 주세요"),
}


@in_office_language
def decided(decision: Decision) -> None:
    _tell_of_decision(decision, "decided", _("회의에서 정한 일을 처리해 주세요"))


@in_office_language
def decision_changed(decision: Decision, how: str, reason: str) -> None:
    """`how`: one of CHANGED."""
    _tell_of_decision(decision, how, str(CHANGED[how]), reason)


def _tell_of_decision(decision: Decision, kind: str, title: str, reason: str = "") -> None:
    people = [decision.person] if decision.person else department_readers(decision.department_id or 0)
    until = date_weekday(decision.until) if decision.until else ""
    notify(
        f"meetings.decision_{kind}",
        people,
        title=f"{title}: {decision.text}",
        body="\n".join(filter(None, [str(decision.session), until, reason])),
        url=decision.get_absolute_url(),
        key=f"decision:{decision.pk}:{kind}:{decision.version}",
    )


@in_office_language
def appointed(seat: Seat) -> None:
    words = _("위원으로 위촉되었습니다: %(panel)s") if _votes(seat) else _("회원이 되었습니다: %(panel)s")
    title = words % {"panel": seat.panel.name}
    _tell_of_seat(seat, "appointed", title, f"{seat.chair_label}, {_term(seat)}")


@in_office_language
def seat_ended(seat: Seat, reason: str) -> None:
    words = _("위원 임기가 끝났습니다: %(panel)s") if _votes(seat) else _("회원에서 빠졌습니다: %(panel)s")
    title = words % {"panel": seat.panel.name}
    _tell_of_seat(seat, "seat_ended", title, f"{_term(seat)}\n{reason}")


def _votes(seat: Seat) -> bool:
    return seat.panel.kind_of.resolves


def _term(seat: Seat) -> str:
    end = date_weekday(seat.ends_on) if seat.ends_on else ""
    return f"{date_weekday(seat.starts_on)} ~ {end}".strip()


def _tell_of_seat(seat: Seat, kind: str, title: str, body: str) -> None:
    notify(
        f"meetings.{kind}",
        [seat.user],
        title=title,
        body=body,
        url=seat.panel.get_absolute_url(),
        key=f"seat:{seat.pk}:{kind}",
        personal=True,
    )
