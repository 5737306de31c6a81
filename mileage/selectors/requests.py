"""Requests: who can decide, what waits for whom."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from core.permissions import can
from mileage.enums import RequestKind, RequestState
from mileage.models import Entry, Request
from mileage.models.request import EVENT
from mileage.rules import has_no_part
from notifications.todo import Todo
from organization.enums import DepartmentRole, Position, Role
from organization.models import User
from organization.selectors import holders_of

VERBS = {RequestKind.GRANT: _("점수 등록 확인하기"), RequestKind.REVERSE: _("기록 취소 확인하기")}


def deciders() -> list[User]:
    """Planning officers and the head of the planning department."""
    heads = User.objects.filter(
        department__role=DepartmentRole.PLANNING, position=Position.HEAD, is_active=True
    )
    return list({person.pk: person for person in [*holders_of(Role.PLANNING), *heads]}.values())


def others(request: Request) -> list[User]:
    """Who may decide on this request."""
    return [person for person in deciders() if has_no_part(person, request)]


def behind(entry: Entry) -> Request | None:
    """The request that this line came of, if it was entered or taken back by hand."""
    rows = Request.objects.filter(state=RequestState.CONFIRMED).select_related("requested_by__department")
    if entry.reverses_id is not None:
        return rows.filter(entry=entry.reverses_id).first()
    prefix, _colon, pk = entry.event.partition(":")
    return rows.filter(pk=pk).first() if prefix == EVENT else None


def taken_back_by_hand(source: Model) -> list[Entry]:
    """What came of this and was taken back by a request: it does not earn that again by itself (M3)."""
    rows = Entry.objects.filter(
        source_type=ContentType.objects.get_for_model(source),
        source_id=source.pk,
        reverses=None,
        requests__state=RequestState.CONFIRMED,
    )
    return list(rows.select_related("account__user").order_by("account__user__employee_number", "pk"))


def reversal_asked(entry: Entry) -> Request | None:
    """The request to take this line back that waits for the second person."""
    return Request.objects.waiting().filter(entry=entry).select_related("requested_by__department").first()


def todos(user: Any) -> Iterable[Todo]:
    """What waits for this person as the second one; it never passes to a substitute."""
    if not can(user, "mileage.confirm"):
        return
    for request in Request.objects.open_to(user).select_related("requested_by__department"):
        yield Todo(
            verb=VERBS[RequestKind(request.kind)],
            title=request.title,
            url=request.get_absolute_url(),
            due=None,
            detail=str(request.requested_by),
            kind="mileage.request",
        )
