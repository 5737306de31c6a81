"""Reminders and escalation by the ladders that open work declares: each is told once, and who has several finds them
in one mail (B5)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from basis.clock import deadline_badge
from basis.formats import date_weekday
from basis.official import in_office_language
from core.asks import Ask, Rung
from core.models import OpenWork
from core.once import not_yet_done
from core.work.keep import loaded
from core.workflow import WORKFLOWS, Workflow
from notifications.services import Line, audience, notify, queue_mail
from organization.models import User
from organization.selectors import people_by

KIND = "notifications.reminder"
LONGEST = 60  # days: no ladder begins earlier before its deadline
Holding = Callable[[str], list[User]]


@dataclass(frozen=True)
class Reminder:
    """`key` names deadline and event, so a moved deadline reminds anew."""

    key: str
    day: date
    people: tuple[User, ...]
    title: str
    detail: str
    url: str


def due_reminders(day: date) -> Iterator[Reminder]:
    """All whose day has come, also those told long ago: one look at the table a kind of thing, one at the things."""
    holding = cache(people_by)
    for workflow in WORKFLOWS:
        asks = {ask.name: ask for ask in workflow.work.asks if ask.ladder} if workflow.work else {}
        if asks:
            yield from _of_kind(workflow, asks, day, holding)


def _of_kind(workflow: Workflow, asks: dict[str, Ask], day: date, holding: Holding) -> Iterator[Reminder]:
    rows = OpenWork.objects.about(workflow.model).filter(
        ask__in=asks, paused=False, due__lte=day + timedelta(days=LONGEST)
    )
    works = list(rows.order_by("object_id", "ask").prefetch_related("holders"))
    things = loaded(workflow).in_bulk({work.object_id for work in works}) if works else {}
    for work in works:
        for rung in asks[work.ask].ladder:
            for offset in rung.offsets(work.begun or day):
                assert work.due is not None
                event = work.due + timedelta(days=offset)
                if event <= day and (work.begun is None or event > work.begun):
                    yield _reminder(work, asks[work.ask], rung, offset, things[work.object_id], holding)


def _reminder(work: OpenWork, ask: Ask, rung: Rung, offset: int, thing: Any, holding: Holding) -> Reminder:
    due = work.due
    assert due is not None
    keys = rung.to(thing) if rung.to else [holder.key for holder in work.holders.all()]
    people = {person.pk: person for key in keys for person in holding(key)}
    event = due + timedelta(days=offset)
    detail = _("%(label)s %(due)s (%(state)s)") % {
        "label": ask.due_label,
        "due": date_weekday(due),
        "state": deadline_badge(due, event, paused=False).text,
    }
    return Reminder(
        f"remind:{work.content_type_id}:{work.object_id}:{due}:{rung.name}:{offset}",
        event,
        tuple(people.values()),
        ask.title(thing) if ask.title else work.title,
        f"{work.detail} · {detail}" if rung.up and work.detail else detail,
        work.url,
    )


@in_office_language
def remind(day: date) -> int:
    """Send all reminders whose day has come; gives how many.

    Called by: the schedule.
    """
    found = {reminder.key: reminder for reminder in due_reminders(day)}
    fresh = [found[key] for key in sorted(not_yet_done(found), key=lambda k: (found[k].day, k))]
    digest: dict[User, dict[str, Line]] = {}
    for reminder in fresh:
        text = f"{reminder.title} · {reminder.detail}"
        notify(KIND, reminder.people, title=text, url=reminder.url, key=reminder.key, mail=False)
        for person in audience(reminder.people):
            # the newest word on a thing is enough in the mail
            digest.setdefault(person, {})[reminder.url] = Line(reminder.title, reminder.detail, reminder.url)
    for person, lines in digest.items():
        queue_mail(
            KIND,
            person,
            subject=_("기한 안내 %(count)d건") % {"count": len(lines)},
            intro=_("처리 기한을 안내해 드립니다."),
            lines=list(lines.values()),
            key=f"digest:{person.pk}:{fresh[-1].key}",
        )
    return len(fresh)
