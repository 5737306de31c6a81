"""What a club must have before it can be one, and what is only pointed out (C1)."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Value
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import counted
from clubs.enums import GONE, ClubKind, ClubState
from clubs.models import Club, Founder, Topic
from clubs.policies import PEOPLE, SIZE, SIZE_AROUND, TEAMS
from clubs.services.founding import Member, TeamPlan, need_president
from core.now import today
from meetings.enums import Chair
from meetings.models import Seat
from organization.bureaus import head_of, parents, within
from organization.enums import DepartmentKind
from organization.models import User

OF_TWO = (ClubKind.BUREAU, ClubKind.JOINT)  # with teams
MOST = 200  # people of one club


def need_shape(club: Club, people: Sequence[Member], teams: Sequence[TeamPlan]) -> None:
    """What not even a draft may have. Raises: Rejected beside the field."""
    if len({one.user.pk for one in people}) < len(people):
        raise Rejected(_("같은 직원을 두 번 적었습니다."), field="members")
    if len(people) > MOST:
        raise Rejected(_("회원은 %(most)d명까지 적을 수 있습니다.") % {"most": MOST}, field="members")
    if any(one.topic is not None and one.topic.year != club.year for one in teams):
        raise Rejected(_("그 해의 연구 과제를 골라 주세요."), field="teams")
    numbers = {one.number for one in teams}
    if any(one.team is not None and one.team not in numbers for one in people):
        raise Rejected(_("회원의 분임이 이 동아리에 없습니다."), field="members")


def need_whole(club: Club, people: Sequence[Member], teams: Sequence[TeamPlan]) -> None:
    """Raises: Rejected where something is missing that a club of this kind must have."""
    if not club.goal.strip():
        raise Rejected(_("연구 목적을 입력해 주세요."), field="goal")
    need_shape(club, people, teams)
    need_president(people)
    if gone := [one.user.full_label for one in people if not one.user.is_active]:
        raise Rejected(
            _("계정이 중지된 직원이 있습니다. 명단에서 빼 주세요: %(names)s") % {"names": ", ".join(gone)},
            field="members",
        )
    if club.kind == ClubKind.BUREAU:
        _need_bureau(club, people)
    if club.kind in OF_TWO:
        _need_teams(club, people, teams)
    elif not any(one.chair == Chair.SECRETARY for one in people):
        raise Rejected(_("총무를 한 명 이상 정해 주세요."), field="members")


def _need_bureau(club: Club, people: Sequence[Member]) -> None:
    bureau = club.bureau
    if bureau is None or bureau.kind != DepartmentKind.BUREAU or bureau.valid_to is not None:
        raise Rejected(_("국·소를 골라 주세요."), field="bureau")
    head = head_of(bureau)
    president = next(one.user for one in people if one.chair == Chair.CHAIR)
    if head is not None and president.pk != head.pk:
        raise Rejected(
            _("국·소별 동아리의 회장은 그 국·소의 장입니다. %(head)s을(를) 회장으로 적어 주세요.")
            % {"head": head.full_label},
            field="members",
        )


def _need_teams(club: Club, people: Sequence[Member], teams: Sequence[TeamPlan]) -> None:
    wanted = TEAMS.current()
    if len(teams) != wanted:
        raise Rejected(_("분임을 %(count)d개로 나누어 주세요.") % {"count": wanted}, field="teams")
    for team in teams:
        chairs = {one.chair for one in people if one.team == team.number}
        for chair, words in (
            (Chair.LEADER, _("%(team)d분임의 분임장을 정해 주세요.")),
            (Chair.SECRETARY, _("%(team)d분임의 총무를 정해 주세요.")),
        ):
            if chair not in chairs:
                raise Rejected(words % {"team": team.number}, field="members")
    if any(one.team is None for one in people if one.chair != Chair.CHAIR):
        raise Rejected(_("회장을 뺀 모든 회원의 분임을 정해 주세요."), field="members")
    bound = club.kind == ClubKind.BUREAU and Topic.objects.filter(year=club.year, is_open=True).exists()
    if bound and any(one.topic is None for one in teams):
        raise Rejected(_("분임마다 연구 과제를 골라 주세요."), field="teams")


def members_of(club: Club) -> list[Member]:
    """Who stands on its list."""
    return [Member(one.user, one.chair, one.team) for one in club.founders.all()]


def teams_of(club: Club) -> list[TeamPlan]:
    return [TeamPlan(one.number, one.name, one.topic) for one in club.teams.all()]


def remarks(club: Club, people: Iterable[User], presidents: int = 1) -> list[str]:
    """What stops nothing but deserves a look: the size, members from elsewhere, people of two clubs."""
    users = list(people)
    return [*_size(len(users) - presidents), *_outside(club, users), *_twice(club, users)]


def _size(count: int) -> Iterable[str]:
    size, around = SIZE.on(today()), SIZE_AROUND.on(today())
    if abs(count - size) > around:
        yield _("회장을 뺀 회원이 %(count)s입니다. %(size)s 안팎으로 구성합니다.") % {
            "count": counted(count, PEOPLE),
            "size": counted(size, PEOPLE),
        }


def _outside(club: Club, users: Sequence[User]) -> Iterable[str]:
    if club.kind != ClubKind.BUREAU or club.bureau_id is None:
        return
    far = [one for one in users if not _near(one, club.bureau_id)]
    tree = parents() if far else {}
    if others := [one.full_label for one in far if not within(one.department_id, club.bureau_id, tree)]:
        yield _("다른 국·소의 직원이 있습니다: %(names)s") % {"names": ", ".join(others)}


def _near(user: User, bureau: int) -> bool:
    """In the bureau or right under it: nothing is to be asked."""
    place = user.department
    return place is not None and bureau in (place.pk, place.parent_id)


def _twice(club: Club, users: Sequence[User]) -> Iterable[str]:
    found = others_of(club, [one.pk for one in users])
    for one in users:
        if clubs := found.get(one.pk):
            yield _("%(who)s: 같은 해의 다른 동아리에도 있습니다(%(clubs)s).") % {
                "who": one.full_label,
                "clubs": ", ".join(clubs),
            }


def others_of(club: Club, users: Sequence[int]) -> Mapping[int, list[str]]:
    """The other clubs of the year in which these people are, or are asked for: one question."""
    found: dict[int, list[str]] = {}
    others = Club.objects.filter(year=club.year).exclude(pk=club.pk).exclude(state__in=GONE)
    seats = Seat.objects.on(today()).filter(
        user__in=users, panel__club__in=others.filter(state=ClubState.ACTIVE)
    )
    listed = Founder.objects.filter(user__in=users, club__in=others.filter(panel=None))
    rows = seats.order_by().values_list("user", "panel__club__name", Value(0))
    for user, name, _of in sorted(
        rows.union(listed.order_by().values_list("user", "club__name", Value(1)), all=True),
        key=lambda row: (row[2], row[1]),
    ):
        found.setdefault(user, []).append(name)
    return found
