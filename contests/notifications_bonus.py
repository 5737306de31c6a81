"""Who is told what of a savings bonus (E6)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from basis.formats import won
from basis.official import in_office_language
from contests.models import Bonus
from notifications.services import notify
from organization.enums import Role
from organization.models import User
from organization.selectors import department_readers, holders_of


def _tell(bonus: Bonus, kind: str, people: Iterable[User], title: str, body: str = "") -> None:
    notify(
        f"contests.bonus_{kind}",
        people,
        title=f"{title}: {bonus.title}",
        body=body,
        url=bonus.get_absolute_url(),
        key=f"bonus:{bonus.pk}:{kind}:{bonus.version}",
    )


@in_office_language
def nominated(bonus: Bonus) -> None:
    title = _("예산성과금 신청(%(department)s)") % {"department": bonus.department_name}
    _tell(bonus, "nominated", holders_of(Role.PLANNING), title)


@in_office_language
def answered(bonus: Bonus, title: str, reason: str) -> None:
    """Sent back, or nothing is paid."""
    _tell(bonus, "answered", [bonus.written_by, *department_readers(bonus.department_id)], title, reason)


@in_office_language
def granted(bonus: Bonus) -> None:
    """Whoever gets something; how much is each one's own, on the page of the award."""
    people = [one.user for one in bonus.shares.all() if one.user]
    _tell(
        bonus,
        "granted",
        [*people, *department_readers(bonus.department_id)],
        _("예산성과금 지급이 결정되었습니다"),
        won(bonus.amount or 0),
    )
