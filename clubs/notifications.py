"""Who is told what of clubs and their members (C1)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from basis.formats import date_weekday, won
from basis.official import in_office_language
from clubs.models import Club, Upkeep
from core.now import today
from meetings.enums import Chair
from meetings.models import Seat
from notifications.services import notify
from organization.enums import Role
from organization.models import User
from organization.selectors import holders_of


def _tell(club: Club, kind: str, people: Iterable[User], title: str, body: str = "") -> None:
    notify(
        f"clubs.{kind}",
        people,
        title=f"{title}: {club.name}",
        body=body,
        url=club.get_absolute_url(),
        key=f"club:{club.pk}:{kind}:{club.version}",
    )


def _applicant(club: Club) -> list[User]:
    return [club.applied_by] if club.applied_by else []


def sitting(club: Club) -> list[User]:
    assert club.panel is not None
    return [one.user for one in club.panel.seats.on(today()).select_related("user__department")]


@in_office_language
def applied(club: Club) -> None:
    title = _("동아리를 신청했습니다(%(place)s)") % {"place": club.place}
    _tell(club, "applied", holders_of(Role.PLANNING), title)


@in_office_language
def given_back(club: Club, reason: str) -> None:
    _tell(club, "given_back", _applicant(club), _("동아리 신청서를 고쳐 주세요"), reason)


@in_office_language
def approved(club: Club) -> None:
    """Members are told of their seats."""
    body = _("한 해 지원 한도는 %(money)s입니다.") % {"money": won(club.allotment)}
    _tell(club, "approved", _applicant(club), _("동아리를 승인했습니다"), body)


@in_office_language
def refused(club: Club, reason: str) -> None:
    _tell(club, "refused", _applicant(club), _("동아리를 승인하지 않았습니다"), reason)


@in_office_language
def ended(club: Club, people: Iterable[User], reason: str) -> None:
    _tell(club, "ended", people, _("동아리가 활동을 마쳤습니다"), reason)


@in_office_language
def changed(club: Club, people: Iterable[User], reason: str) -> None:
    _tell(club, "changed", people, _("동아리 정보가 바뀌었습니다"), reason)


@in_office_language
def renewed(club: Club) -> None:
    body = _("명단과 연구 과제를 확인한 뒤 신청해 주세요.")
    _tell(club, "renewed", _applicant(club), _("새해 동아리 신청서를 만들었습니다"), body)


@in_office_language
def seat_changed(club: Club, seat: Seat) -> None:
    """What somebody is in the club from now on."""
    team = _("%(number)d분임") % {"number": seat.team} if seat.team else ""
    label = seat.panel.kind_of.chairs[Chair(seat.chair)]
    body = " ".join(filter(None, [date_weekday(seat.starts_on), team, str(label)]))
    notify(
        "clubs.seat_changed",
        [seat.user],
        title=_("동아리 직책이 바뀌었습니다: %(club)s") % {"club": club.name},
        body=body,
        url=club.get_absolute_url(),
        key=f"seat:{seat.pk}:changed:{seat.version}",
        personal=True,
    )


@in_office_language
def noticed(upkeep: Upkeep, people: Iterable[User]) -> None:
    """Who looks after the members hears whose place is to be looked at."""
    who = upkeep.seat.user.full_label
    notify(
        "clubs.upkeep",
        people,
        title=_("회원 명단을 정비해 주세요: %(club)s") % {"club": upkeep.club.name},
        body=f"{who}: {upkeep.get_cause_display()} ({date_weekday(upkeep.since)})",
        url=upkeep.get_absolute_url(),
        key=f"upkeep:{upkeep.pk}",
    )
