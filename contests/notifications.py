"""Who is told what of the best-practice contest (E5)."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from basis.formats import date_weekday
from basis.official import in_office_language
from contests.models import Contest, Practice
from notifications.services import notify
from organization.enums import Role
from organization.models import User
from organization.selectors import department_readers, holders_of, leaders_of


def _readers(practices: Iterable[Practice]) -> list[User]:
    departments = {one.department_id for one in practices}
    return list({user.pk: user for pk in departments for user in department_readers(pk)}.values())


def writer_of(practice: Practice) -> list[User]:
    """Who wrote it while still in the department, else whoever reads what is sent there."""
    one = practice.written_by
    return [one] if one and practice.writer_here else department_readers(practice.department_id)


@in_office_language
def announced(contest: Contest, practices: Sequence[Practice]) -> None:
    notify(
        "contests.announced",
        _readers(practices),
        title=_("우수사례를 내 주세요: %(title)s") % {"title": contest.title},
        body=_("접수 기간은 %(days)s입니다. 부서마다 하나를 냅니다.") % {"days": contest.days},
        url=contest.get_absolute_url(),
        key=f"contest:{contest.pk}:announced",
    )


@in_office_language
def withdrawn(contest: Contest, practices: Sequence[Practice], reason: str) -> None:
    notify(
        "contests.withdrawn",
        _readers(practices),
        title=_("경진대회를 거두었습니다: %(title)s") % {"title": contest.title},
        body=reason,
        url=contest.get_absolute_url(),
        key=f"contest:{contest.pk}:withdrawn",
    )


def _tell(practice: Practice, kind: str, people: Iterable[User], title: str, body: str = "") -> None:
    notify(
        f"contests.{kind}",
        people,
        title=f"{title}: {practice}",
        body=body,
        url=practice.get_absolute_url(),
        key=f"practice:{practice.pk}:{kind}:{practice.version}",
    )


@in_office_language
def asked(practice: Practice) -> None:
    _tell(practice, "asked", leaders_of(practice.department_id), _("우수사례를 확인해 주세요"))


@in_office_language
def entered(practice: Practice) -> None:
    title = _("우수사례가 들어왔습니다(%(department)s)") % {"department": practice.department_name}
    _tell(practice, "entered", holders_of(Role.PLANNING), title)
    _tell(practice, "entered_own", writer_of(practice), _("우수사례를 제출했습니다"))


@in_office_language
def returned(practice: Practice, reason: str) -> None:
    _tell(practice, "returned", writer_of(practice), _("우수사례를 고쳐 주세요"), reason)


@in_office_language
def late_allowed(practice: Practice, reason: str) -> None:
    until = _("%(day)s까지 낼 수 있습니다.") % {"day": date_weekday(practice.due_on)}
    people = [*writer_of(practice), *leaders_of(practice.department_id)]
    _tell(practice, "late", people, _("늦은 제출이 허용되었습니다"), f"{until}\n{reason}")


@in_office_language
def judged(practice: Practice, said: str, *, corrected: bool = False) -> None:
    """The department, and whoever contributed."""
    people = [*department_readers(practice.department_id), *(one.user for one in practice.contributors.all())]
    title = _("우수사례 심사 결과 정정") if corrected else _("우수사례 심사 결과")
    _tell(practice, "corrected" if corrected else "judged", people, title, said)
