"""Who is told what of the registration days (K4)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from basis.official import in_office_language
from knowledge.models import Campaign
from knowledge.selectors.campaigns import brought_nothing
from notifications.services import notify
from organization.enums import Role
from organization.models import Department, User
from organization.selectors import department_readers, holders_of


def _tell(campaign: Campaign, kind: str, people: Iterable[User], title: str, body: str) -> None:
    notify(
        f"knowledge.campaign_{kind}",
        people,
        title=f"{title}: {campaign}",
        body=body,
        url=campaign.get_absolute_url(),
        key=f"knowledge.campaign:{campaign.pk}:{kind}:{campaign.ends_on}",
    )


def _readers(departments: Iterable[Department]) -> list[User]:
    return list({user.pk: user for one in departments for user in department_readers(one.pk)}.values())


def _when(campaign: Campaign) -> str:
    return _("등록 기간은 %(days)s입니다.") % {"days": campaign.days}


@in_office_language
def planned(campaign: Campaign) -> None:
    _tell(campaign, "planned", holders_of(Role.PLANNING), _("지식등록의 날을 확인해 주세요"), _when(campaign))


@in_office_language
def opened(campaign: Campaign) -> None:
    people = _readers(brought_nothing(campaign))
    _tell(campaign, "opened", people, _("지식등록의 날이 시작되었습니다"), _when(campaign))


@in_office_language
def last_days(campaign: Campaign) -> None:
    """Once for each last day: a key of its own for every one the days are moved to."""
    people = _readers(brought_nothing(campaign))
    _tell(campaign, "last", people, _("우리 부서에서 아직 올린 지식이 없습니다"), _when(campaign))
