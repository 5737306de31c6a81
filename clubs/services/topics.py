"""The lists of topics that planning keeps, year by year (C1)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from basis.errors import Rejected
from clubs.models import Topic
from core.editing import apply as set_fields
from core.editing import check_version
from core.permissions import ensure

FIELDS = ("year", "source", "number", "title", "department", "is_open")
PLAN = "clubs.plan"


def next_number(year: int, source: str) -> int:
    rows = Topic.objects.filter(year=year, source=source)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def add(values: Mapping[str, Any], *, actor: Any) -> Topic:
    """Raises: Rejected for a number that is taken, or without a title."""
    ensure(actor, PLAN)
    topic = Topic(**{name: values[name] for name in FIELDS if name in values})
    _save(topic)
    return topic


@transaction.atomic
def edit(topic: Topic, values: Mapping[str, Any], *, version: int | None = None, actor: Any) -> Topic:
    """Also closes it: no club chooses it any more, those that have it keep it.

    Locks: the topic. Raises: Conflict, Rejected as `add`, and for another year once a club has it.
    """
    fresh = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    ensure(actor, PLAN, fresh)
    wanted = {name: values[name] for name in FIELDS if name in values}
    check_version(fresh, version, wanted)
    changed = set_fields(fresh, wanted, FIELDS)
    if "year" in changed and fresh.teams.exists():
        raise Rejected(_("동아리가 고른 과제의 연도는 바꿀 수 없습니다."), field="year")
    if changed:
        fresh.version += 1
        _save(fresh)
    return fresh


@transaction.atomic
def copy(year: int, *, into: int, actor: Any) -> list[Topic]:
    """The open ones of a year into another, with their numbers; those that are there already are left alone.

    Raises: Rejected where there is nothing to copy.
    """
    ensure(actor, PLAN)
    if year == into:
        raise Rejected(_("다른 해를 골라 주세요."), field="into")
    had = Topic.objects.filter(year=into)
    numbers, titles = set(had.values_list("source", "number")), set(had.values_list("source", "title"))
    rows = (
        Topic.objects.filter(year=year, is_open=True)
        .select_related("department")
        .order_by("source", "number")
    )
    found = [
        {
            "year": into,
            "source": one.source,
            "number": one.number,
            "title": one.title,
            "department": _lasting(one.department),
        }
        for one in rows
        if (one.source, one.number) not in numbers and (one.source, one.title) not in titles
    ]
    if not found:
        raise Rejected(_("가져올 과제가 없습니다. 그 해의 과제가 없거나 이미 모두 있습니다."), field="year")
    return take_in(found, actor=actor)


def _lasting(department: Any) -> Any:
    """What became of it."""
    while department is not None and department.valid_to is not None:
        department = department.successor
    return department


@transaction.atomic
def take_in(rows: Iterable[Mapping[str, Any]], *, actor: Any) -> list[Topic]:
    """Many at once, from a workbook or another year."""
    return [add(values, actor=actor) for values in rows]


def _save(topic: Topic) -> None:
    topic.title = topic.title.strip()
    if not topic.title:
        raise Rejected(_("과제를 입력해 주세요."), field="title")
    same = Topic.objects.filter(year=topic.year, source=topic.source, number=topic.number).exclude(
        pk=topic.pk
    )
    taken = _("그 해의 같은 구분에 이 번호의 과제가 있습니다.")
    if same.exists():
        raise Rejected(taken, field="number")
    try:
        with transaction.atomic():
            topic.save()
    except IntegrityError:
        raise Rejected(taken, field="number") from None
