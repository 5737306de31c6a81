"""The first page: what I must do, by urgency (R5). One question for all kinds of work together."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, DateField, Exists, IntegerField, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast

from basis.clock import DeadlineBadge, deadline_badge
from basis.formats import date_short, date_weekday
from core.asks import Ask
from core.models import OpenWork, WorkHolder
from core.models.work import OpenWorkQuerySet
from core.now import today
from core.work import holders
from core.workflow import verb_of, workflow_of
from notifications.models import Notice
from notifications.todo import Todo
from organization.models import User
from organization.selectors import holder_keys, selves

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Owed:
    """A line of what waits for somebody, on a page of its process."""

    verb: str
    title: str
    detail: str
    url: str
    badge: DeadlineBadge | None


@dataclass(frozen=True)
class TodoRow:
    todo: Todo
    badge: DeadlineBadge | None
    due: str
    waited: int  # days


@dataclass(frozen=True)
class TodoGroup:
    key: str
    rows: Sequence[TodoRow]

    @property
    def count(self) -> int:
        return len(self.rows)


def waiting_for(user: User) -> OpenWorkQuerySet:
    """The open work that is in `todos_of`, for filtering."""
    rows = WorkHolder.objects.filter(work=OuterRef("pk"))
    held = Q()
    for one in selves(user):
        by = Exists(rows.filter(key__in=holder_keys(one)))
        kept = Exists(rows.filter(key=holders.never(one.pk)))
        held |= Q(by, ~kept, *([] if one == user else [Q(personal=False)]))
    return OpenWork.objects.filter(held, ~Exists(rows.filter(key=holders.never(user.pk))))


Held = tuple[int, int, str, date | None, bool, str, str, date | None, str, date | None, bool, str, int]


Keys = dict[User, frozenset[str]]


def owed(user: User, kinds: Q, most: int = 20) -> list[Owed]:
    """The open work of these kinds of things, the most urgent first: one question."""
    day = today()
    rows = waiting_for(user).filter(kinds, bundled=False).order_by("due", "pk")
    return [
        Owed(
            verb_of(one.content_type_id, one.ask),
            one.title,
            one.detail,
            one.url,
            deadline_badge(one.due, day, one.paused) if one.due else None,
        )
        for one in rows[:most]
    ]


def keys_of(user: User, *, leads: bool = True) -> Keys:
    """By which keys the user, and whom the user stands in for, hold work; without `leads` also what they lead."""
    return {one: frozenset(holder_keys(one, leads=leads)) for one in selves(user)}


def acting(user: User, keys: Keys, held: Collection[str], personal: bool) -> User | None:
    """For whom the user may do work that is held by these keys; None: not at all (D9)."""
    if holders.never(user.pk) in held:
        return None
    for one in [user] if personal else keys:
        if holders.never(one.pk) not in held and not keys[one].isdisjoint(held):
            return one
    return None


def todos_of(user: User) -> list[Todo]:
    """What waits for this person and for those the person stands in for; the most urgent first, paused and undated
    ones last. Nothing that the one acting, or the one acted for, is kept from (D9)."""
    keys = keys_of(user)
    things: dict[tuple[int, int, str], list[Held]] = {}
    for row in _held(sorted({holders.never(one.pk) for one in keys}.union(*keys.values()))):
        things.setdefault(row[:3], []).append(row)
    found = [todo for rows in things.values() for todo in _todos(user, rows, keys)]
    return sorted(found, key=lambda t: (t.paused, t.due is None, t.due or date.max, t.title))


def _held(keys: Sequence[str]) -> Any:
    """Rows of work with the key that leads to them, one of those given; bundled ones counted, as thing 0."""
    rows = WorkHolder.objects.filter(key__in=keys).order_by()
    single = rows.filter(work__bundled=False).values_list(
        "work__content_type",
        "work__object_id",
        "work__ask",
        "work__due",
        "work__paused",
        "work__title",
        "work__detail",
        "work__day",
        "work__url",
        "work__since",
        "work__personal",
        "key",
        Value(1, IntegerField()),
    )
    no_text, no_day = Value("", TextField()), Cast(Value(None), DateField())
    bundles = rows.filter(work__bundled=True).values_list(
        "work__content_type",
        Value(0, IntegerField()),
        "work__ask",
        no_day,
        "work__paused",
        no_text,
        no_text,
        no_day,
        no_text,
        no_day,
        "work__personal",
        "key",
    )
    return single.union(bundles.annotate(n=Count("work")), all=True)


def _todos(user: User, rows: Sequence[Held], keys: Keys) -> Iterator[Todo]:
    """The to-do that these rows of one thing are, if any."""
    kind, pk, name, due, paused, title, detail, day, url, since, personal, _key, _n = rows[0]
    whose = acting(user, keys, {row[11] for row in rows}, personal)
    if whose is None:
        return
    model = ContentType.objects.get_for_id(kind).model_class()
    assert model is not None
    work = workflow_of(model).work
    assert work is not None
    ask: Ask = work.ask(name)
    if ask.bundle is not None:
        title, url = ask.bundle.title(max(row[12] for row in rows)), ask.bundle.url()
    yield Todo(
        verb=ask.verb,
        title=title,
        url=url,
        due=due,
        paused=paused,
        detail=" · ".join(filter(None, [detail, date_weekday(day) if day else ""])),
        principal=str(whose) if whose != user else "",
        kind=model._meta.label_lower,
        since=since,
        key=f"{kind}-{pk}-{name}",
    )


def grouped_todos(todos: Sequence[Todo]) -> dict[str, TodoGroup]:
    """late, today, week (the next seven days), later, undated; each row with its badge."""
    day = today()
    groups: dict[str, list[TodoRow]] = {key: [] for key in ("late", "today", "week", "later", "undated")}
    for todo in todos:
        badge = deadline_badge(todo.due, day, todo.paused) if todo.due else None
        waited = (day - todo.since).days if todo.since else 0
        groups[_group(todo, day)].append(
            TodoRow(todo, badge, date_short(todo.due) if todo.due else "", waited)
        )
    return {key: TodoGroup(key, rows) for key, rows in groups.items()}


def _group(todo: Todo, day: date) -> str:
    if todo.due is None:
        return "undated"
    if todo.paused or todo.due > day + WEEK:
        return "later"
    return "late" if todo.due < day else "today" if todo.due == day else "week"


def unread_of(user: User, limit: int = 5) -> Sequence[Notice]:
    """The latest notices not yet read."""
    return list(Notice.objects.visible_to(user).filter(read_at=None)[:limit])


def unread_count(user: User) -> int:
    """Known of the person of a request (notifications.process); of anybody else it is asked here."""
    known: int | None = getattr(user, "unread", None)
    return Notice.objects.filter(recipient=user, read_at=None).count() if known is None else known
