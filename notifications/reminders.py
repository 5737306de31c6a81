"""Reminders and escalation by the ladders that open work declares: each is told once, in office hours and in the words
of the day; who has several finds them in one mail (B5). What has hours to go is told at any hour (D7)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from basis.clock import deadline_badge, hour_badge, hour_text
from basis.formats import date_weekday
from basis.official import in_office_language
from core.asks import Ask, Rung
from core.calendar import system_calendar
from core.models import OpenWork
from core.now import now
from core.once import not_yet_done
from core.work import holders
from core.work.keep import loaded
from core.workflow import WORKFLOWS, Workflow
from notifications.policies import REMIND_FROM, REMIND_UNTIL
from notifications.services import Line, audience, notify, queue_mail
from organization.models import User
from organization.selectors import people_by

KIND = "notifications.reminder"
LONGEST = 60  # days: no ladder begins earlier before its deadline
Holding = Callable[[str], list[User]]


@dataclass(frozen=True)
class Reminder:
    """`key` names deadline and event, so a moved deadline reminds anew. `day`: when it should be told."""

    key: str
    day: date
    due: date
    people: tuple[User, ...]
    title: str
    detail: str
    url: str


def due_reminders(day: date, *, hours_only: bool = False) -> Iterator[Reminder]:
    """All whose day has come, also those told long ago: one look at the table a kind of thing, one at the things.
    `hours_only`: of deadlines with an hour alone."""
    holding = cache(people_by)
    for workflow in WORKFLOWS:
        asks = _reminding(workflow, hours_only)
        if asks:
            yield from _of_kind(workflow, asks, day, holding, hours_only)


def _reminding(workflow: Workflow, hours_only: bool) -> dict[str, Ask]:
    asks = workflow.work.asks if workflow.work else ()
    return {
        ask.name: ask
        for ask in asks
        if ask.ladder and (not hours_only or any(rung.hours for rung in ask.ladder))
    }


def _of_kind(
    workflow: Workflow, asks: dict[str, Ask], day: date, holding: Holding, hours_only: bool
) -> Iterator[Reminder]:
    rows = OpenWork.objects.about(workflow.model).filter(
        ask__in=asks, paused=False, due__lte=day + timedelta(days=LONGEST)
    )
    works = list(rows.order_by("object_id", "ask").prefetch_related("holders"))
    things = loaded(workflow).in_bulk({work.object_id for work in works}) if works else {}
    for work in works:
        thing = things[work.object_id]
        for rung in asks[work.ask].ladder:
            if rung.hours:
                yield from _of_hours(work, asks[work.ask], rung, thing, holding)
            if rung.hours or hours_only:
                continue
            for offset in rung.offsets(work.begun or day):
                assert work.due is not None
                event = work.due + timedelta(days=offset)
                if event <= day and (work.begun is None or event > work.begun):
                    yield _reminder(work, asks[work.ask], rung, offset, thing, day, holding)


def _of_hours(work: OpenWork, ask: Ask, rung: Rung, thing: Any, holding: Holding) -> Iterator[Reminder]:
    """Of a deadline with an hour, those whose hour has come; none that was over when the work began."""
    due, moment = ask.at(thing), now()
    assert due is not None
    for offset in rung.offsets(work.begun or timezone.localdate(due)):
        event = due + timedelta(hours=offset)
        if event <= moment:
            yield Reminder(
                f"remind:{work.content_type_id}:{work.object_id}:{work.ask}:{due.isoformat()}:{offset}",
                timezone.localdate(event),
                timezone.localdate(due),
                _people(work, rung, thing, holding),
                ask.title(thing) if ask.title else work.title,
                _until(ask, hour_text(due), hour_badge(due, moment).text),
                work.url,
            )


def _people(work: OpenWork, rung: Rung, thing: Any, holding: Holding) -> tuple[User, ...]:
    keys = rung.to(thing) if rung.to else [holder.key for holder in work.holders.all()]
    kept = {key for key in keys if key.startswith(holders.NEVER)}
    people = {person.pk: person for key in keys for person in holding(key)}
    return tuple(person for pk, person in people.items() if holders.never(pk) not in kept)


def _until(ask: Ask, due: str, state: str) -> str:
    return _("%(label)s %(due)s (%(state)s)") % {"label": ask.due_label, "due": due, "state": state}


def _reminder(
    work: OpenWork, ask: Ask, rung: Rung, offset: int, thing: Any, day: date, holding: Holding
) -> Reminder:
    due = work.due
    assert due is not None
    detail = _until(ask, date_weekday(due), deadline_badge(due, day, paused=False).text)
    return Reminder(
        f"remind:{work.content_type_id}:{work.object_id}:{due}:{rung.name}:{offset}",
        due + timedelta(days=offset),
        due,
        _people(work, rung, thing, holding),
        ask.title(thing) if ask.title else work.title,
        f"{work.detail} · {detail}" if rung.up and work.detail else detail,
        work.url,
    )


def in_office_hours() -> bool:
    moment = timezone.localtime(now())
    day = moment.date()
    return REMIND_FROM.on(day) <= moment.hour < REMIND_UNTIL.on(day) and not system_calendar().is_closed(day)


@in_office_language
def remind(day: date) -> int:
    """Tell of all whose day has come, also of days on which nobody was at the switch: each person once of each thing,
    as it stands today. Outside office hours nobody is told but of what has hours to go; the next tick inside them does
    it. Gives how many notices.

    Called by: the schedule.
    """
    open_now = in_office_hours()
    found = {reminder.key: reminder for reminder in due_reminders(day, hours_only=not open_now)}
    fresh = sorted((found[key] for key in not_yet_done(found)), key=lambda one: (one.day, one.key))
    told: dict[User, dict[str, Reminder]] = {}
    for reminder in fresh:
        for person in audience(reminder.people):
            told.setdefault(person, {})[reminder.url] = reminder  # the newest word on a thing is enough
    for person, reminders in told.items():
        _tell(person, sorted(reminders.values(), key=lambda one: (one.due, one.key)))
    return sum(map(len, told.values()))


def _tell(person: User, reminders: list[Reminder]) -> None:
    """A notice of each, and one mail with the most urgent as its subject."""
    for one in reminders:
        text = f"{one.title} · {one.detail}"
        notify(KIND, [person], title=text, url=one.url, key=one.key, mail=False, personal=True)
    first = f"{reminders[0].title} · {reminders[0].detail}"
    more = _("%(first)s 외 %(count)d건") % {"first": first, "count": len(reminders) - 1}
    queue_mail(
        KIND,
        person,
        subject=more if len(reminders) > 1 else first,
        intro=_("처리 기한을 안내해 드립니다."),
        lines=[Line(one.title, one.detail, one.url) for one in reminders],
        key=f"digest:{person.pk}:{max(one.key for one in reminders)}",
    )
