"""Who is told what of a project's plan (I2)."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from basis.formats import date_weekday
from basis.official import in_office_language
from incentives.enums import Post
from incentives.models import Division
from incentives.workflow import owners, people_of
from notifications.services import notify as tell
from organization.enums import Role
from organization.models import User
from organization.selectors import department_readers, holders_of


def charged(division: Division) -> list[User]:
    """The persons in charge and their team leaders; where none are named, who reads for the owner."""
    named = people_of(division, Post.CHARGE, Post.LEADER)
    found = list(User.objects.filter(pk__in=named, is_active=True).order_by("pk"))
    return found or [one for pk in owners(division) for one in department_readers(pk)]


def _tell(division: Division, kind: str, whom: Iterable[User], title: str, body: str = "") -> None:
    tell(
        f"incentives.{kind}",
        list(whom),
        title=f"{title}: {division}",
        body=body,
        url=division.get_absolute_url(),
        key=f"division:{division.pk}:{kind}:{division.version}",
    )


@in_office_language
def notified(division: Division) -> None:
    assert division.clock is not None
    due = _("자체 추진계획은 %(day)s까지입니다.") % {"day": date_weekday(division.clock.due)}
    _tell(division, "notified", [*holders_of(Role.PLANNING), *charged(division)], _("평가계획 통보"), due)


@in_office_language
def sent(division: Division) -> None:
    _tell(division, "sent", holders_of(Role.PLANNING), _("자체 추진계획이 들어왔습니다"))


@in_office_language
def returned(division: Division, reason: str) -> None:
    _tell(division, "returned", charged(division), _("자체 추진계획을 고쳐 주세요"), reason)


@in_office_language
def approved(division: Division) -> None:
    _tell(division, "approved", charged(division), _("자체 추진계획을 승인했습니다"))


@in_office_language
def submitted(division: Division) -> None:
    _tell(division, "submitted", holders_of(Role.PLANNING), _("평가자료를 제출했습니다"))


@in_office_language
def due_moved(division: Division, old: date, new: date, cause: str) -> None:
    body = _("%(old)s에서 %(new)s로 바뀌었습니다. 사유: %(cause)s") % {
        "old": date_weekday(old),
        "new": date_weekday(new),
        "cause": cause,
    }
    _tell(division, f"due_moved:{new}", charged(division), _("자체 추진계획 기한이 바뀌었습니다"), body)
