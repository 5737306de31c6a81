"""Telling who has something open that it is waited for: by hand, at most once a day and thing, and logged."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from basis.clock import deadline_badge
from basis.formats import date_weekday
from basis.official import in_office_language
from core.models import OpenWork, TransitionLog
from core.now import today
from core.permissions import ensure
from core.transition import record
from core.work import holders
from core.workflow import workflow_of
from notifications.services import notify
from organization.enums import Role
from organization.models import User
from organization.selectors import departments_of, people_by

NUDGE = "nudge"


@dataclass(frozen=True)
class Nudge:
    """What one person, or several, are told of one open thing; `why_not`: why nobody is."""

    thing: Any
    title: str
    detail: str
    url: str
    people: tuple[User, ...]
    why_not: str = ""


def nudges(kind: type[models.Model], pks: Collection[int], *, actor: Any) -> list[Nudge]:
    """What would be told of these things, of what the actor sees and may ask for."""
    objects: Any = kind._default_manager
    things = objects.visible_to(actor).in_bulk(list(pks))
    works = OpenWork.objects.about(kind).filter(object_id__in=things).order_by("due", "object_id")
    if not actor.has_role(Role.PLANNING):
        works = works.filter(department__in=departments_of(actor))
    told = _told_today(kind, things)
    holding = cache(people_by)
    return [
        _nudge(work, things[work.object_id], work.object_id in told, holding, actor)
        for work in works.prefetch_related("holders")
    ]


def _nudge(work: OpenWork, thing: Any, told: bool, holding: Any, actor: Any) -> Nudge:
    ask = workflow_of(thing).work.ask(work.ask)  # type: ignore[union-attr]  # it has work: this is a row of it
    keys = [holder.key for holder in work.holders.all()]
    kept = {holders.never(actor.pk), *(key for key in keys if key.startswith(holders.NEVER))}
    people = {one.pk: one for key in keys for one in holding(key) if holders.never(one.pk) not in kept}
    why_not = _("오늘 이미 독촉했습니다.") if told else "" if people else _("독촉할 사람이 없습니다.")
    detail = ""
    if work.due:
        state = deadline_badge(work.due, today(), work.paused).text
        detail = _("기한 %(due)s (%(state)s)") % {"due": date_weekday(work.due), "state": state}
    title = _("%(verb)s: %(title)s") % {"verb": ask.verb, "title": work.title}
    return Nudge(thing, title, detail, work.url, tuple(people.values()), why_not)


def _told_today(kind: type[models.Model], pks: Iterable[int]) -> set[int]:
    rows = TransitionLog.objects.filter(
        content_type=ContentType.objects.get_for_model(kind),
        object_id__in=list(pks),
        name=NUDGE,
        at__gte=timezone.make_aware(datetime.combine(today(), time())),
    )
    return set(rows.values_list("object_id", flat=True))


@in_office_language
@transaction.atomic
def send_nudges(kind: type[models.Model], pks: Collection[int], *, actor: Any) -> int:
    """Tell by notice and mail, each thing at most once a day; gives of how many things.

    Locks: the things. Raises: Refused.
    """
    ensure(actor, "notifications.nudge")
    objects: Any = kind._default_manager
    list(objects.select_for_update(of=("self",)).filter(pk__in=list(pks)).order_by("pk").values_list("pk"))
    asked: dict[int, list[Nudge]] = {}
    for nudge in nudges(kind, pks, actor=actor):
        if not nudge.why_not:
            asked.setdefault(nudge.thing.pk, []).append(nudge)
    for pk, of_one in asked.items():
        for nudge in of_one:
            notify(
                "notifications.nudge",
                nudge.people,
                title=_("독촉: %(title)s") % {"title": nudge.title},
                body=nudge.detail,
                url=nudge.url,
                key=f"nudge:{kind._meta.label_lower}:{pk}:{today()}:{nudge.title}",
            )
        names = list(dict.fromkeys(str(person) for nudge in of_one for person in nudge.people))
        record(of_one[0].thing, NUDGE, actor=actor, data={"to": ", ".join(names)})
    return len(asked)
