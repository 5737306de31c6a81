"""Money for a club: asked for, promised within its allotment and the budget, accounted for, settled (C4).

The club is locked first, then the request, then the budget: two requests approved at once see each other.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import won
from basis.personal import Kind, find
from budgets import services as budget
from clubs import notifications_papers as notifications
from clubs.enums import ClubState, Purpose, SupportState
from clubs.models import Club, Support
from clubs.selectors.papers import money_of
from core import attachments
from core.editing import apply, check_seen, check_version
from core.now import today
from core.permissions import ensure
from core.transition import perform, record

ASKED = ("purpose", "title", "detail", "payee", "day", "amount")


def _locked(support: Support, seen: int | None = None) -> Support:
    club = _club(support.club)
    rows = Support.objects.select_for_update(of=("self",)).select_related("asked_by")
    fresh = rows.get(pk=support.pk)
    check_seen(fresh, seen)
    fresh.club = club
    return fresh


def _club(club: Club) -> Club:
    return Club.objects.select_for_update(of=("self",)).select_related("panel", "bureau").get(pk=club.pk)


def room_of(support: Support) -> int:
    """What of the club's allotment this request may take: what is left, and what it has taken itself.

    Called by: whatever promises or settles, under the club's lock.
    """
    return money_of(support.club).left + support.taken


def _check_room(support: Support, amount: int, why: str) -> None:
    room = room_of(support)
    if amount > room:
        raise Rejected(
            _("%(why)s 이 동아리가 더 쓸 수 있는 지원 한도는 %(room)s인데 %(amount)s이 필요합니다.")
            % {"why": why, "room": won(max(0, room)), "amount": won(amount)}
            + " "
            + _("금액을 줄이거나 지원 한도를 늘린 뒤 다시 처리해 주세요.")
        )


def _check_texts(support: Support) -> None:
    """Who is paid is named, and never with a resident number (A3)."""
    texts = (support.title, support.detail, support.payee)
    if any(one.kind == Kind.RESIDENT for text in texts for one in find(text)):
        raise Rejected(
            _("주민등록번호로 보이는 숫자가 있습니다. 지급에 필요한 번호는 여기에 적지 않으니 지워 주세요."),
            field="payee",
        )
    if support.purpose == Purpose.ADVICE and not support.payee.strip():
        raise Rejected(_("자문수당을 받을 사람을 적어 주세요."), field="payee")


def _check_day(support: Support, day: date) -> None:
    if day.year != support.club.year:
        raise Rejected(
            _("사용일은 동아리가 활동하는 %(year)d년의 날이어야 합니다.") % {"year": support.club.year},
            field="day",
        )


def _check_asked(support: Support) -> None:
    _check_texts(support)
    _check_day(support, support.day)
    if support.amount < 1:
        raise Rejected(_("신청액을 입력해 주세요."), field="amount")
    left = money_of(support.club).left
    if support.amount > left:
        said = {"left": won(max(0, left))}
        raise Rejected(_("이 동아리의 남은 지원 한도는 %(left)s입니다.") % said, field="amount")


@transaction.atomic
def ask(club: Club, values: Mapping[str, Any], *, files: Iterable[File] = (), actor: Any) -> Support:
    """A leader, a secretary or the president asks for the club.

    Locks: the club. Raises: Refused; Rejected for a club that is not active, another year, or more than is left.
    """
    fresh = _club(club)
    support = Support(club=fresh, club_name=fresh.name, asked_by=actor, asked_on=today())
    principal = ensure(actor, "clubs.write", support)
    if fresh.state != ClubState.ACTIVE:
        raise Rejected(_("활동 중인 동아리만 지원을 신청할 수 있습니다."))
    apply(support, {name: values[name] for name in ASKED if name in values}, ASKED)
    _check_asked(support)
    support.save()
    record(support, "ask", actor=actor, principal=principal)
    attachments.attach(support, files, actor=actor)
    notifications.asked(support)
    return support


@transaction.atomic
def edit(
    support: Support,
    values: Mapping[str, Any],
    *,
    files: Iterable[File] = (),
    version: int | None = None,
    actor: Any,
) -> Support:
    """What is asked for, while nobody has decided on it.

    Locks: the club, the request. Raises: Refused, Conflict, Rejected as `ask`.
    """
    fresh = _locked(support)
    principal = ensure(actor, "clubs.write", fresh)
    if fresh.state not in (SupportState.ASKED, SupportState.RETURNED):
        raise Rejected(_("승인한 지원 신청은 고칠 수 없습니다. 취소하고 다시 신청해 주세요."))
    wanted = {name: values[name] for name in ASKED if name in values}
    check_version(fresh, version, wanted)
    apply(fresh, wanted, ASKED)
    _check_asked(fresh)
    fresh.version += 1
    fresh.save()
    record(fresh, "edit", actor=actor, principal=principal)
    attachments.attach(fresh, files, actor=actor)
    return fresh


@transaction.atomic
def again(support: Support, *, version: int | None = None, actor: Any) -> Support:
    """It is asked for anew as it is now.

    Locks: the club, the request. Raises: Outdated, Rejected as `ask`.
    """
    fresh = _locked(support, version)
    perform(fresh, "again", actor=actor)
    _check_asked(fresh)
    notifications.asked(fresh)
    return fresh


@transaction.atomic
def approve(support: Support, *, version: int | None = None, actor: Any) -> Support:
    """Planning promises the sum: it is set aside, within the club's allotment and the budget of the year.

    Locks: the club, the request, the budget. Raises: Refused to who asked and to members; Outdated; Rejected where it
    does not fit.
    """
    fresh = _locked(support, version)
    ensure(actor, "clubs.support_decide", fresh)
    if fresh.state == SupportState.ASKED:
        _check_room(fresh, fresh.amount, _("승인할 수 없습니다."))
    fresh.decided_on = today()
    perform(fresh, "approve", actor=actor, data={"amount": won(fresh.amount)})
    budget.reserve(fresh, fresh.amount, actor=actor)
    notifications.decided(fresh, _("동아리 지원을 승인했습니다"), won(fresh.amount))
    return fresh


@transaction.atomic
def give_back(support: Support, *, reason: str, version: int | None = None, actor: Any) -> Support:
    """Locks: the club, the request. Raises: Refused to who asked and to members; Outdated."""
    fresh = _locked(support, version)
    perform(fresh, "give_back", actor=actor, reason=reason)
    notifications.decided(fresh, _("동아리 지원 신청을 보완해 주세요"), reason)
    return fresh


@transaction.atomic
def refuse(support: Support, *, reason: str, version: int | None = None, actor: Any) -> Support:
    """Locks: the club, the request. Raises: Refused to who asked and to members; Outdated."""
    fresh = _locked(support, version)
    fresh.decided_on = today()
    perform(fresh, "refuse", actor=actor, reason=reason)
    notifications.decided(fresh, _("동아리 지원을 하지 않기로 했습니다"), reason)
    return fresh


@transaction.atomic
def withdraw(support: Support, *, reason: str, version: int | None = None, actor: Any) -> Support:
    """The club does not need it: what was set aside is free again.

    Locks: the club, the request, the budget. Raises: Outdated; Rejected once it was accounted for.
    """
    fresh = _locked(support, version)
    promised = fresh.state == SupportState.APPROVED
    perform(fresh, "withdraw", actor=actor, reason=reason)
    if promised:
        budget.release(fresh, reason=reason, actor=actor)
        notifications.withdrawn(fresh, reason)
    return fresh


@transaction.atomic
def claim(
    support: Support,
    *,
    actual: int,
    day: date,
    files: Iterable[File] = (),
    version: int | None = None,
    actor: Any,
) -> Support:
    """The club accounts for what it spent, with receipts.

    Locks: the club, the request. Raises: Outdated; Rejected without receipts, for nothing, or a day to come.
    """
    fresh = _locked(support, version)
    given = list(files)
    before, fresh.actual, fresh.day = fresh.actual, actual, day
    perform(fresh, "claim", actor=actor, data={"amount": won(actual)})
    if actual < 1:
        raise Rejected(_("쓴 금액을 입력해 주세요. 쓰지 않았으면 신청을 취소해 주세요."), field="actual")
    if day > today():
        raise Rejected(_("사용일은 오늘이나 그 앞의 날이어야 합니다."), field="day")
    _check_day(fresh, day)
    if not given and before is None:
        raise Rejected(_("영수증을 붙여 주세요."), field="attachments")
    attachments.attach(fresh, given, actor=actor)
    notifications.claimed(fresh)
    return fresh


@transaction.atomic
def unclaim(support: Support, *, version: int | None = None, actor: Any) -> Support:
    """The club mends its account before anybody has settled it.

    Locks: the club, the request. Raises: Outdated.
    """
    fresh = _locked(support, version)
    perform(fresh, "unclaim", actor=actor)
    return fresh


@transaction.atomic
def reject_claim(support: Support, *, reason: str, version: int | None = None, actor: Any) -> Support:
    """Locks: the club, the request. Raises: Refused to who asked and to members; Outdated."""
    fresh = _locked(support, version)
    perform(fresh, "reject_claim", actor=actor, reason=reason)
    notifications.decided(fresh, _("동아리 지원 정산을 보완해 주세요"), reason)
    return fresh


@transaction.atomic
def settle(support: Support, *, version: int | None = None, actor: Any) -> Support:
    """Planning accepts the account: what was spent is spent, the rest is free again. More than was promised only
    within the club's allotment and the budget.

    Locks: the club, the request, the budget. Raises: Refused to who asked and to members; Outdated; Rejected where it
    does not fit.
    """
    fresh = _locked(support, version)
    ensure(actor, "clubs.support_decide", fresh)
    actual = fresh.actual or 0
    if fresh.state == SupportState.CLAIMED and actual > fresh.amount:
        _check_room(fresh, actual, _("승인한 금액보다 많이 썼습니다."))
    fresh.settled_on = today()
    perform(fresh, "settle", actor=actor, data={"amount": won(actual)})
    budget.settle(fresh, actual, actor=actor)
    notifications.decided(fresh, _("동아리 지원을 정산했습니다"), won(actual))
    if fresh.purpose == Purpose.ADVICE:
        notifications.to_pay(fresh)
    return fresh


@transaction.atomic
def unsettle(support: Support, *, reason: str, version: int | None = None, actor: Any) -> Support:
    """The settlement was wrong: the spending is taken back, what was promised is set aside again.

    Locks: the club, the request, the budget. Raises: Refused to who asked and to members; Outdated; Rejected where
    others have taken of the club's allotment what was free since.
    """
    fresh = _locked(support, version)
    ensure(actor, "clubs.support_decide", fresh)
    if fresh.state == SupportState.SETTLED:
        _check_room(fresh, fresh.amount, _("정산을 되돌리면 승인한 금액을 다시 잡아 둡니다."))
    fresh.settled_on = None
    perform(fresh, "unsettle", actor=actor, reason=reason)
    budget.unsettle(fresh, reason=reason, actor=actor)
    notifications.decided(fresh, _("동아리 지원 정산을 되돌렸습니다"), reason)
    return fresh
