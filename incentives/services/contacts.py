"""Who is named for each department of a division, and who comes after them (I1, O2)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.actors import SYSTEM
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from core.work import keep
from incentives.enums import ContactState, DivisionState, Post
from incentives.models import Contact, Division, Part
from incentives.workflow import open_weeks
from organization.models import User

WORK = "incentives.work"
CLOSED = (DivisionState.JUDGED, DivisionState.DROPPED)


def put(part: Part, post: str, user: User, *, actor: Any, principal: Any) -> Contact:
    """Called by: whoever holds the division's lock."""
    made = Contact.objects.create(part=part, post=post, user=user, since=today())
    record(made, "name", actor=actor, principal=principal)
    return made


@transaction.atomic
def name(division: Division, people: Mapping[tuple[int, str], User | None], *, actor: Any) -> Division:
    """Who is named now, by (key of the part, post); None: nobody.

    Locks: the division. Raises: Refused; Rejected for somebody of another department.
    """
    fresh = Division.objects.select_for_update(of=("self",)).select_related("project").get(pk=division.pk)
    principal = ensure(actor, WORK, fresh)
    for part in fresh.parts.select_related("department").prefetch_related("contacts__user"):
        had = {one.post: one for one in part.contacts.all() if one.state != ContactState.ENDED}
        for post in Post.values:
            if (part.pk, post) in people:
                _set(part, post, had.get(post), people[part.pk, post], actor, principal)
    keep.refresh(Division.objects.get(pk=fresh.pk), *open_weeks(fresh))
    return fresh


def _set(part: Part, post: str, had: Contact | None, user: User | None, actor: Any, principal: Any) -> None:
    if had is not None and user is not None and had.user_id == user.pk:
        return
    if user is not None and user.department_id != part.department_id:
        raise Rejected(
            _("%(person)s은(는) %(department)s 직원이 아닙니다.")
            % {"person": user.full_label, "department": part.department_name},
            field=f"part-{part.pk}-{post}",
        )
    if had is not None:
        had.until = had.until or today()
        perform(had, "end", actor=actor)
    if user is not None:
        put(part, post, user, actor=actor, principal=principal)


@transaction.atomic
def note_moves(day: date) -> int:
    """Those named who serve elsewhere or are gone are to be replaced; those of divisions that are over are at an end.
    How many.

    Locks: the contacts. Called by: the schedule, when postings are in force.
    """
    rows = Contact.objects.select_for_update(of=("self",)).exclude(state=ContactState.ENDED)
    found = 0
    for one in rows.select_related("user", "part__division__project").order_by("pk"):
        there = one.user.is_active and one.user.department_id == one.part.department_id
        step = _step_of(one, there)
        if step:
            one.until = None if step == "stay" else one.until or day
            perform(one, step, actor=SYSTEM)
            found += 1
    return found


def _step_of(contact: Contact, there: bool) -> str:
    if contact.part.division.state in CLOSED:
        return "close"
    if contact.state == ContactState.CURRENT:
        return "" if there else "move"
    return "stay" if there else ""
