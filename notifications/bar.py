"""The bar on top of a thing's page: who must do what until when, and how it is done."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from basis.clock import DeadlineBadge, deadline_badge, hour_badge, hour_text
from basis.formats import date_weekday
from core import beside
from core.asks import Ask, Panel
from core.components import Action
from core.models import OpenWork, TransitionLog, WorkHolder
from core.now import now, today
from core.returned import returned
from core.steps import steps_for
from core.work import holders
from core.workflow import workflow_of
from notifications.selectors import acting, keys_of
from organization.enums import DepartmentRole, Position, Role
from organization.models import User
from organization.selectors import vacancies

MOST = 2  # people named one by one


@dataclass(frozen=True)
class BarLine:
    """One ask. `of` names another thing than the page's, with its address; `mine`: it waits for whoever looks."""

    verb: Any
    who: str
    due: str
    badge: DeadlineBadge | None
    mine: bool
    of: str = ""
    url: str = ""
    panel: Panel | None = None


@dataclass(frozen=True)
class Bar:
    """`back`: the step that gave the thing back."""

    thing: Any
    back: TransitionLog | None
    lines: Sequence[BarLine]
    actions: Sequence[Action]

    @property
    def mine(self) -> bool:
        return any(line.mine for line in self.lines)


def bar_of(
    user: User,
    thing: Any,
    *beside: Any,
    without: Iterable[str] = (),
    log: Iterable[TransitionLog] | None = None,
) -> dict[str, Any]:
    """`action_bar` and `actions` of the page of a thing; `beside` are things whose open work is told there too. `log`
    as `core.returned` takes it."""
    lines = [line for _key, line in lines_of(user, [thing, *beside], main=thing)]
    taken = {line.panel.step for line in lines if line.panel}
    primary, rest = steps_for(user, thing, without={*without, *taken})
    near = [*([primary] if primary else []), *(action for action in rest if action.beside)]
    return {
        "action_bar": Bar(thing, returned(thing, log), lines, near),
        "actions": [action for action in rest if not action.beside],
    }


Key = tuple[int, int]  # of a thing: its kind's, its own


def lines_of(user: User, of: Sequence[Any], main: Any = None) -> list[tuple[Key, BarLine]]:
    """What is open on these things, the most urgent first; panels for the `main` one, which is not named."""
    things = {
        (ContentType.objects.get_for_model(one).pk, one.pk): one for one in of if beside.has(one, "work")
    }
    if not things:
        return []
    asked = Q()
    for kind, pk in things:
        asked |= Q(work__content_type=kind, work__object_id=pk)
    held: dict[OpenWork, set[str]] = {}
    rows = WorkHolder.objects.filter(asked).select_related("work").order_by("work__due", "work")
    for holder in rows:
        held.setdefault(holder.work, set()).add(holder.key)
    by_all = {key for by in held.values() for key in by}
    keys = keys_of(user, leads=any(map(holders.is_led, by_all))) if held else {}
    names = names_of(by_all)
    lines = []
    for work, by in held.items():
        key = work.content_type_id, work.object_id
        one = things[key]
        work_of = workflow_of(one).work
        assert work_of is not None
        ask = work_of.ask(work.ask)
        own = one == main
        until, badge = _due(ask, work, one)
        line = BarLine(
            verb=ask.verb,
            who=told([name for held_by in sorted(by) for name in names.get(held_by, ())]),
            due=until,
            badge=badge,
            mine=acting(user, keys, by, work.personal) is not None,
            of="" if own else work.detail or work.title,
            url="" if own else work.url,
            panel=ask.panel(user, one) if own else None,
        )
        lines.append((key, line))
    return lines


def _due(ask: Ask, work: OpenWork, thing: Any) -> tuple[str, DeadlineBadge | None]:
    """Until when, in words, and how that stands."""
    if moment := ask.at(thing):
        return _("%(day)s까지") % {"day": hour_text(moment)}, hour_badge(moment, now())
    if work.due is None:
        return "", None
    return _("%(day)s까지") % {"day": date_weekday(work.due)}, deadline_badge(work.due, today(), work.paused)


def told(names: Sequence[str]) -> str:
    """The first by name, the others by their number."""
    few = list(dict.fromkeys(names))
    more = len(few) - MOST
    shown = ", ".join(few[:MOST])
    return _("%(names)s 외 %(count)d명") % {"names": shown, "count": more} if more > 0 else shown


def names_of(keys: Iterable[str]) -> dict[str, list[str]]:
    """Who holds by each key, in one question, and two more where a department has no head."""
    values: dict[str, set[str]] = {}
    for key in keys:
        kind, _colon, value = key.partition(":")
        values.setdefault(kind, set()).add(value)
    found = {holders.role(role): [str(Role(role).label)] for role in values.get("r", ())}
    for role in values.get("h", ()):
        found[holders.heads(role)] = [_("%(role)s 부서장") % {"role": DepartmentRole(role).label}]
    people, led = (set(map(int, values.get(kind, ()))) for kind in "ud")
    named = Q(pk__in=people) | Q(department__in=led, position=Position.HEAD)
    for user in _named(named) if people or led else ():
        if user.pk in people:
            found.setdefault(holders.person(user.pk), []).append(user.full_label)
        if user.department_id in led and user.position == Position.HEAD:
            found.setdefault(holders.leaders(user.department_id), []).append(user.full_label)
    return found | _instead({pk for pk in led if holders.leaders(pk) not in found})


def _instead(headless: Collection[int]) -> dict[str, list[str]]:
    """Who leads departments without a head (O3)."""
    if not headless:
        return {}
    vacant = vacancies()
    units = {unit for pk in headless if (unit := vacant.get(pk))}
    above: dict[int | None, list[str]] = {None: [str(Role.PLANNING.label)]}
    for user in _named(Q(department__in=units, position=Position.BUREAU_HEAD)) if units else ():
        above.setdefault(user.department_id, []).append(user.full_label)
    return {holders.leaders(pk): above.get(vacant.get(pk), []) for pk in headless}


def _named(people: Q) -> QuerySet[User]:
    return User.objects.filter(people, is_active=True).select_related("department")
