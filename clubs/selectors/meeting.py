"""What a club's meetings of a period were: who came, for how long, what was resolved (C2, C3). Nothing of it is typed
into a report a second time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from basis.formats import date_weekday
from basis.periods import Period
from clubs.models import Club, Report
from core.attachments import files_of_each
from meetings.enums import STANDS, SessionState
from meetings.models import Attendance, Decision, Session

MET = (SessionState.HELD, *STANDS)


@dataclass(frozen=True)
class Met:
    """A meeting that took place. `hours`: hundredths that it is worth to all who came; none until its minutes stand."""

    session: Session
    people: Sequence[Attendance]
    pictures: Sequence[Any] = ()

    @property
    def came(self) -> list[Attendance]:
        return [one for one in self.people if one.present]

    @property
    def hours(self) -> int:
        return sum(one.hours for one in self.people) if self.stands else 0

    @property
    def stands(self) -> bool:
        return self.session.state in STANDS

    @property
    def when(self) -> str:
        session = self.session
        ended = f"~{session.ends_at:%H:%M}" if session.ends_at else ""
        return f"{date_weekday(session.held_on)} {session.begins_at:%H:%M}{ended}"

    @property
    def decisions(self) -> Sequence[Decision]:
        return list(self.session.decisions.all())


@dataclass
class Came:
    """A member over a period: to how many of the meetings, for how many hundredths of hours."""

    label: str
    team: int | None
    chair: str
    came: int = 0
    of: int = 0
    hours: int = 0


@dataclass(frozen=True)
class Held:
    """All meetings of a period."""

    met: Sequence[Met] = ()
    people: Sequence[Came] = field(default_factory=list)

    @property
    def hours(self) -> int:
        return sum(one.hours for one in self.met)

    @property
    def came(self) -> int:
        return sum(len(one.came) for one in self.met)

    @property
    def pictures(self) -> int:
        return sum(len(one.pictures) for one in self.met)


def held_of(club: Club, period: Period) -> Held:
    """A handful of queries, however many meetings there were."""
    rows = Session.objects.filter(panel=club.panel_id, state__in=MET, held_on__range=period.days)
    rows = rows.prefetch_related(
        "attendances__seat__user",
        "attendances__stand_in",
        "items",
        "decisions__person",
        "decisions__department",
    )
    sessions = list(rows.order_by("held_on", "begins_at", "pk"))
    files = files_of_each(sessions)
    met = [Met(one, list(one.attendances.all()), files.get(one, ())) for one in sessions]
    return Held(met, _people(met))


def of_report(report: Report) -> Held:
    return held_of(report.club, report.span)


def _people(met: Sequence[Met]) -> list[Came]:
    """By seat, in the order in which they sit."""
    found: dict[int, Came] = {}
    for one in met:
        for row in one.people:
            seat = row.seat
            line = found.setdefault(seat.pk, Came(row.label, seat.team, row.chair))
            line.of += 1
            line.came += row.present
            line.hours += row.hours if one.stands else 0
    return [found[pk] for pk in sorted(found)]


def written_of(met: Met) -> str:
    """A meeting as a paragraph of a report's text."""
    session, came = met.session, met.came
    head = _("○ %(when)s %(sort)s (%(place)s)") % {
        "when": met.when,
        "sort": session.get_sort_display(),
        "place": session.place,
    }
    lines = [head]
    names = ", ".join(_name(one) for one in came)
    lines.append(
        _("- 참석 %(came)d명 / 회원 %(all)d명: %(names)s")
        % {"came": len(came), "all": len(met.people), "names": names or "–"}
    )
    for item in session.items.all():
        lines.append(_("- 안건: %(title)s") % {"title": item.title})
        lines += [f"  {line.strip()}" for line in item.resolution.splitlines() if line.strip()]
    if session.guest:
        lines.append(_("- 외부 전문가: %(guest)s") % {"guest": session.guest})
    lines += [f"- {line.strip()}" for line in session.minutes.splitlines() if line.strip()]
    lines += [_("- 결정: %(text)s") % {"text": said(one)} for one in met.decisions]
    if met.pictures:
        names = ", ".join(str(one.name) for one in met.pictures)
        lines.append(_("- 사진·자료: %(names)s") % {"names": names})
    return "\n".join(lines)


def _name(one: Attendance) -> str:
    """Whoever came for somebody is named with them."""
    name: str = one.seat.user.name
    return (
        _("%(name)s(%(other)s 대신)") % {"name": one.stand_in.name, "other": name} if one.stand_in else name
    )


def said(decision: Decision) -> str:
    """`설문지를 만든다 (김○○, 4. 3.(금)까지)`."""
    whose = decision.person.name if decision.person else str(decision.department)
    until = _("%(day)s까지") % {"day": date_weekday(decision.until)} if decision.until else ""
    return f"{decision.text} ({', '.join(part for part in (whose, until) if part)})"
