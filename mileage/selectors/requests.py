"""Requests: who can decide, what waits for whom."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from core.permissions import kept_from
from mileage.enums import RequestState
from mileage.models import Entry, Request
from mileage.models.request import EVENT
from organization.enums import DepartmentRole, Position, Role
from organization.models import User
from organization.selectors import holders_of


def deciders() -> list[User]:
    """Planning officers and the head of the planning department."""
    heads = User.objects.filter(
        department__role=DepartmentRole.PLANNING, position=Position.HEAD, is_active=True
    )
    return list({person.pk: person for person in [*holders_of(Role.PLANNING), *heads]}.values())


def others(request: Request) -> list[User]:
    """Who may decide on this request."""
    kept = kept_from("mileage.confirm", request)
    return [person for person in deciders() if person.pk not in kept]


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
