"""A club begins: its panel with everybody's seat, its teams (C1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from clubs.enums import GONE, ClubKind, ClubState
from clubs.kinds import ClubPanel
from clubs.models import Club, Team, Topic
from clubs.policies import ALLOTMENT
from core.now import today
from core.permissions import ensure
from core.transition import record
from meetings.enums import Basis, Chair, Every
from meetings.models import Panel
from meetings.services import panels, seats
from organization.models import User

TAKEN = gettext_lazy("그 해에 같은 이름의 동아리가 있습니다.")
FIELDS = ("year", "kind", "name", "bureau", "goal", "plan")


@dataclass(frozen=True)
class Member:
    """Somebody of a club: as what, in which team. `until`: the last day, of one who left."""

    user: User
    chair: str = Chair.MEMBER
    team: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class TeamPlan:
    number: int
    name: str = ""
    topic: Topic | None = None


def need_president(people: Sequence[Member]) -> None:
    """Raises: Rejected unless there is just one president, and nobody stands there twice."""
    if sum(one.chair == Chair.CHAIR for one in people) != 1:
        raise Rejected(_("회장을 한 명 정해 주세요."), field="members")
    if len({one.user.pk for one in people}) < len(people):
        raise Rejected(_("같은 직원을 두 번 적었습니다."), field="members")


def seat_all(club: Club, people: Sequence[Member], *, begun_on: date, actor: Any) -> None:
    """The panel of an approved club, and everybody's seat in it; saves the club with it.

    Called by: `found`, applications.approve, under the club's lock.
    """
    values = {
        "name": panel_name(club),
        "purpose": club.goal[:1_000],
        "size": len(people),
        "every": Every.MONTH,
        "begun_on": begun_on,
    }

    def attach(panel: Panel) -> None:
        club.panel = panel
        save(club)

    panel = panels.make(values, kind=ClubPanel.key, attach=attach, actor=actor)
    seats.appoint_all(panel, [(one.user, _seat(one, begun_on)) for one in people], actor=actor)


def _seat(one: Member, begun_on: date) -> dict[str, Any]:
    ex_officio = {"basis": Basis.EX_OFFICIO, "official": True, "chair": one.chair, "team": one.team}
    return {**ex_officio, "starts_on": one.since or begun_on, "ends_on": one.until}


def panel_name(club: Club) -> str:
    """Panels that run have names of their own; a club may be called as the year before."""
    return f"{club.year} {club.name}"[:60]


def set_teams(club: Club, teams: Sequence[TeamPlan]) -> None:
    """Called by: whatever writes a club, under its lock."""
    club.teams.all().delete()
    Team.objects.bulk_create(
        Team(club=club, number=one.number, name=one.name.strip(), topic=one.topic) for one in teams
    )


@transaction.atomic
def found(
    values: Mapping[str, Any],
    people: Sequence[Member],
    teams: Sequence[TeamPlan] = (),
    *,
    begun_on: date | None = None,
    allotment: int | None = None,
    actor: Any,
) -> Club:
    """A club that is already approved: taken in from papers, or made by planning itself.

    Raises: Rejected for a name that is taken, without a president, or from a member of it (D9).
    """
    principal = ensure(actor, "clubs.plan")
    need_president(people)
    if {one.user.pk for one in people} & {actor.pk, principal.pk}:
        raise Rejected(
            _("자신이 회원인 동아리는 바로 등록할 수 없습니다. 신청하면 다른 담당자가 승인합니다."),
            field="members",
        )
    day = begun_on or today()
    club = Club(**{name: values[name] for name in FIELDS if name in values}, state=ClubState.ACTIVE)
    if club.kind != ClubKind.BUREAU:
        club.bureau = None
    check_name(club)
    club.approved_on = day
    club.allotment = ALLOTMENT.on(day) if allotment is None else allotment
    seat_all(club, people, begun_on=day, actor=actor)
    set_teams(club, teams)
    record(club, "found", actor=actor, principal=principal)
    return club


def check_name(club: Club) -> None:
    """Raises: Rejected where another club of the year bears it."""
    club.name = club.name.strip()
    if not club.name:
        raise Rejected(_("동아리 이름을 입력해 주세요."), field="name")
    same = Club.objects.filter(year=club.year, name=club.name).exclude(state__in=GONE).exclude(pk=club.pk)
    if same.exists():
        raise Rejected(str(TAKEN), field="name")


def save(club: Club) -> None:
    """Raises: Rejected where somebody was quicker to take its name."""
    try:
        with transaction.atomic():
            club.save()
    except IntegrityError:
        raise Rejected(str(TAKEN), field="name") from None
