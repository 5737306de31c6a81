"""Entering and taking back by hand: one of planning asks, a second person decides (M3, D5)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core import attachments
from core.now import now, today
from core.permissions import ensure
from core.transition import perform, record
from mileage import catalogue, notifications
from mileage.catalogue import Rule
from mileage.enums import RequestKind
from mileage.models import Entry, Request
from mileage.models.request import EVENT
from mileage.services import awards
from organization.models import User


class AlreadyAsked(Rejected):
    """`request` waits for the second person already."""

    def __init__(self, request: Request) -> None:
        super().__init__(_("같은 내용의 요청이 이미 확인을 기다리고 있습니다."))
        self.request = request


@transaction.atomic
def request_grant(
    *,
    people: Sequence[User],
    rule: Rule,
    amount: int | None,
    day: date,
    title: str,
    reason: str,
    files: Sequence[File],
    document: str = "",
    actor: Any,
) -> Request:
    """Ask for points or hours of these people; `amount` (hundredths) None: what the rule gives for the day.

    Locks: the asker's own row, so that their requests take turns. Raises: Rejected where the same person has asked
    for the same already, as a second click does.
    """
    ensure(actor, "mileage.manage")
    if not people:
        raise Rejected(_("받는 사람을 한 명 이상 선택해 주세요."), field="people")
    if day > today():
        raise Rejected(_("일자는 오늘 또는 이전이어야 합니다."), field="day")
    if amount is None and rule.amount is None:
        raise Rejected(_("이 기준은 정해진 점수가 없습니다. 점수를 입력해 주세요."), field="amount")
    given = rule.on(day) if amount is None else amount
    if given <= 0:
        raise Rejected(
            _("점수는 0보다 커야 합니다. 그날의 기준에 점수가 없으면 직접 입력해 주세요."), field="amount"
        )
    request = Request(
        kind=RequestKind.GRANT, rule=rule.key, amount=amount, day=day, title=title.strip(),
        reason=reason.strip(), document=document.strip(), requested_by=actor,
    )  # fmt: skip
    if found := _asked_before(request, people):
        raise AlreadyAsked(found)
    _ask(request, files, people)
    notifications.requested(request)
    return request


@transaction.atomic
def request_reversal(
    entry: Entry, *, reason: str, files: Sequence[File], document: str = "", actor: Any
) -> Request:
    """Ask that an entry be taken back.

    Locks: the entry. Raises: Rejected where it is a reversal, is taken back, or is asked for already.
    """
    ensure(actor, "mileage.manage")
    entry = Entry.objects.select_for_update(of=("self",)).select_related("account__user").get(pk=entry.pk)
    if entry.reverses_id is not None or Entry.objects.filter(reverses=entry).exists():
        raise Rejected(_("이미 취소된 기록입니다."))
    if Request.objects.waiting().filter(entry=entry).exists():
        raise Rejected(_("이 기록의 취소 요청이 이미 확인을 기다리고 있습니다."))
    request = _ask(
        Request(
            kind=RequestKind.REVERSE, entry=entry, rule=entry.rule, amount=-entry.amount, day=entry.day,
            title=entry.title, reason=reason.strip(), document=document.strip(), requested_by=actor,
        ),
        files,
    )  # fmt: skip
    notifications.requested(request)
    return request


def _asked_before(request: Request, people: Sequence[User]) -> Request | None:
    """The same for the same people, by the same person, not yet decided. Their requests take turns."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=request.requested_by_id)
    same = {name: getattr(request, name) for name in ("kind", "rule", "day", "title", "requested_by")}
    wanted = {person.pk for person in people}
    waiting = Request.objects.waiting().filter(**same)
    return next((one for one in waiting if {person.pk for person in one.receivers} == wanted), None)


def _ask(request: Request, files: Sequence[File], people: Sequence[User] = ()) -> Request:
    if not request.reason:
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    if not files:
        raise Rejected(_("근거 자료를 한 개 이상 첨부해 주세요."), field="attachments")
    request.save()
    request.people.set(people)
    attachments.attach(request, files, actor=request.requested_by)
    record(request, "request", actor=request.requested_by, reason=request.reason)
    return request


@transaction.atomic
def confirm(request: Request, *, actor: Any) -> list[Entry]:
    """Post what was asked for; done by a second person of planning. Gives the entries; asked for twice, it is
    posted once.

    Locks: the request, then accounts.
    """
    request = _decide(request, "confirm", actor=actor)
    entries = _post(request, actor)
    notifications.decided(request, "")
    notifications.posted(entries, request.reason)
    return entries


@transaction.atomic
def reject(request: Request, *, reason: str, actor: Any) -> None:
    """Refuse what was asked for; done by a second person of planning.

    Locks: the request.
    """
    notifications.decided(_decide(request, "reject", actor=actor, reason=reason), reason)


@transaction.atomic
def withdraw(request: Request, *, actor: Any) -> None:
    """Take one's own request back before it is decided.

    Locks: the request.
    """
    perform(_locked(request), "withdraw", actor=actor)


def _locked(request: Request) -> Request:
    rows = Request.objects.select_for_update(of=("self",))
    return rows.select_related("entry__account__user__department", "requested_by__department").get(
        pk=request.pk
    )


def _decide(request: Request, step: str, *, actor: Any, reason: str = "") -> Request:
    fresh = _locked(request)
    fresh.decided_by, fresh.decided_at = actor, now()
    perform(fresh, step, actor=actor, reason=reason)
    return fresh


def _post(request: Request, actor: Any) -> list[Entry]:
    if request.entry is not None:
        return awards.reverse([request.entry], reason=request.reason, actor=actor)
    rule = catalogue.rule_of(request.rule)
    return awards.award(
        [
            awards.Award(
                rule,
                person,
                f"{EVENT}:{request.pk}",
                request.day,
                request.title,
                source=request,
                amount=request.amount,
                reason=request.reason,
            )
            for person in request.receivers
        ],
        actor=actor,
    )
