"""An agenda that keeps itself: what is offered stands there, what is offered no more goes (C8)."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model

from core.actors import SYSTEM
from core.transition import record
from meetings.enums import SessionState
from meetings.models import Item, Session
from meetings.services.sessions import MOST_ITEMS, locked

Offers = Sequence[tuple[Model, str]]


@transaction.atomic
def draft(session: Session, offers: Offers, kinds: Sequence[type[Model]]) -> int:
    """Of things of these kinds exactly those offered stand on the agenda, behind what somebody wrote there, without
    those that somebody struck; how many came or went. Nothing is changed once it has begun.

    Locks: panel, session. Called by: duties of processes.
    """
    session = locked(session)
    if session.state != SessionState.PLANNED or session.has_begun:
        return 0
    types = {ContentType.objects.get_for_model(kind).pk for kind in kinds}
    wanted = {
        (ContentType.objects.get_for_model(thing).pk, thing.pk): (thing, words) for thing, words in offers
    }
    changed, last, there = 0, 0, set()
    for item in session.items.order_by("order"):
        key = (item.content_type_id, item.object_id)
        if item.content_type_id in types and key not in wanted:
            item.delete()
            changed += 1
            continue
        last = item.order
        if key in wanted:
            there.add(key)
            changed += _reword(item, wanted[key][1])
    longest = Item._meta.get_field("title").max_length or 0
    room = MOST_ITEMS - session.items.count()
    there |= set(session.struck.values_list("content_type", "object_id"))
    for key in [key for key in wanted if key not in there][: max(room, 0)]:
        last += 1
        thing, words = wanted[key]
        Item.objects.create(session=session, order=last, title=words[:longest], thing=thing)
        changed += 1
    if changed:
        session.version += 1
        session.save()
        record(session, "draft", actor=SYSTEM)
    return changed


def _reword(item: Item, words: str) -> int:
    longest = Item._meta.get_field("title").max_length or 0
    if item.title == words[:longest]:
        return 0
    item.title = words[:longest]
    item.save()
    return 1
