"""Who is told what of a bonus (I7)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from basis.formats import won
from basis.official import in_office_language
from incentives.enums import Role
from incentives.models import Payout
from incentives.notifications import charged as of_division
from notifications.services import notify as tell
from organization.enums import Role as Right
from organization.models import User
from organization.selectors import department_readers, holders_of


def charged(payout: Payout) -> list[User]:
    """Who is in charge of the division, and who reads for the owners of the result where these are others."""
    found = {one.pk: one for one in of_division(payout.result.division)}
    owners = [one.department_id for one in payout.result.shares.all() if one.role == Role.OWNER]
    for pk in owners:
        if not any(one.department_id == pk for one in found.values()):
            found |= {one.pk: one for one in department_readers(pk)}
    return list(found.values())


def _tell(payout: Payout, kind: str, whom: Iterable[User], title: str, body: str = "") -> None:
    tell(
        f"incentives.{kind}",
        list(whom),
        title=f"{title}: {payout.title}",
        body=body,
        url=payout.get_absolute_url(),
        key=f"payout:{payout.pk}:{kind}:{payout.version}",
    )


@in_office_language
def reckoned(payout: Payout) -> None:
    _tell(payout, "reckoned", charged(payout), _("평가 결과를 기록했습니다"), said(payout))


def said(payout: Payout) -> str:
    if payout.amount is None:
        return _("포상금 기준이 정해지지 않았습니다.")
    if not payout.amount:
        return _("포상금은 없습니다.")
    return _("포상금은 %(amount)s입니다. 부서별로 배분해 주세요.") % {"amount": won(payout.amount)}


@in_office_language
def chosen(payout: Payout) -> None:
    _tell(payout, "chosen", charged(payout), _("포상금 기준을 정했습니다"), said(payout))


@in_office_language
def approved(payout: Payout) -> None:
    _tell(payout, "payout_approved", holders_of(Right.PLANNING), _("포상금 지급계획에 협조해 주세요"))


@in_office_language
def returned(payout: Payout, reason: str) -> None:
    _tell(payout, "payout_returned", charged(payout), _("포상금 지급계획을 고쳐 주세요"), reason)


@in_office_language
def agreed(payout: Payout) -> None:
    _tell(payout, "payout_agreed", charged(payout), _("포상금 지급계획에 협조했습니다. 지급을 요청해 주세요"))


@in_office_language
def requested(payout: Payout) -> None:
    _tell(payout, "payout_requested", holders_of(Right.PLANNING), _("포상금 지급 요청이 들어왔습니다"))


@in_office_language
def paid(payout: Payout) -> None:
    _tell(payout, "paid", charged(payout), _("포상금을 지급했습니다"), won(payout.amount or 0))
