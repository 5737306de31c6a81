"""What django-auditlog wrote down, in words: who changed what, from what to what (D5). Few queries for many rows."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from basis.formats import NOTHING, date_weekday, datetime_ko
from basis.official import office_text
from core.changes import NOTED
from core.components import Event
from core.permissions import can
from core.workflow import WORKFLOWS
from organization.rules import is_auditor

ACTIONS: dict[int, Any] = {
    LogEntry.Action.CREATE: pgettext_lazy("log", "등록"),
    LogEntry.Action.UPDATE: pgettext_lazy("log", "변경"),
    LogEntry.Action.DELETE: pgettext_lazy("log", "삭제"),
}
GROUND = (
    "organization",
    "policies",
    "core",
    "notifications",
)  # what system administrators look after; no content of processes
EMPTY = ("None", "", None)
UNTOLD = ("id", "version", "dropped_version")
LONGEST = 200  # characters of one value


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str

    def __str__(self) -> str:
        if self.before == NOTHING:
            return f"{self.label}: {self.after}"
        return f"{self.label}: {self.before} → {self.after}"


class Names:
    """The names and addresses of rows that logs point to, fetched together by model: one query each, so a model whose
    name is made of other rows' has a manager with `named()`, which joins them."""

    def __init__(self) -> None:
        self.wanted: dict[type[models.Model], set[str]] = {}
        self.known: dict[tuple[type[models.Model], str], tuple[str, str]] = {}

    def want(self, model: type[models.Model], pk: Any) -> None:
        if pk not in EMPTY and (model, str(pk)) not in self.known:
            self.wanted.setdefault(model, set()).add(str(pk))

    def fetch(self) -> None:
        for model, pks in self.wanted.items():
            rows = model._default_manager
            for row in getattr(rows, "named", rows.all)().filter(pk__in=pks):
                address = getattr(row, "get_absolute_url", None)
                self.known[model, str(row.pk)] = str(row), address() if address else ""
        self.wanted.clear()

    def name_of(self, model: type[models.Model], pk: Any) -> str:
        return self.known.get((model, str(pk)), (f"#{pk}", ""))[0]

    def url_of(self, model: type[models.Model], pk: Any) -> str:
        return self.known.get((model, str(pk)), ("", ""))[1]


def logged_models(user: Any) -> list[type[models.Model]]:
    """Models whose changes the user may read: audit all, administrators those of the ground."""
    everything = [*auditlog.get_models(), *NOTED]
    return everything if is_auditor(user) else [m for m in everything if m._meta.app_label in GROUND]


def entries_for(user: Any) -> QuerySet[LogEntry]:
    """All changes the user may read."""
    if not can(user, "organization.view_logs"):
        return LogEntry.objects.none()
    kinds = ContentType.objects.get_for_models(*logged_models(user)).values()
    return LogEntry.objects.filter(content_type__in=[kind.pk for kind in kinds])


def kind_name(content_type_id: int) -> str:
    """What a kind of thing is called; the table of kinds is cached by Django."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    if model is None:
        return NOTHING
    workflow = WORKFLOWS.get(model._meta.label_lower)
    return str(workflow.label if workflow else model._meta.verbose_name)


def step_text(model: type[models.Model], name: str, state: str) -> tuple[str, str]:
    """A step of a workflow and the state it led to, in words."""
    workflow = WORKFLOWS.get(model._meta.label_lower)
    if workflow is None:
        return name, state
    return str(workflow.label_of(name)), str(dict(workflow.states.choices).get(state, state))


def differences(rows: Sequence[tuple[int, dict[str, Any] | None]]) -> list[list[Difference]]:
    """For each (content type id, changes): the differences in words, in the order of the model's fields."""
    parsed = [_fields(type_id, changes or {}) for type_id, changes in rows]
    names = Names()
    for fields in parsed:
        for field, pair in fields:
            if target := _target(field):
                for value in pair:
                    names.want(target, value)
    names.fetch()
    return [
        [_difference(field, pair, names) for field, pair in fields if _differs(pair)] for fields in parsed
    ]


def timeline(*objects: models.Model, limit: int = 30) -> list[Event]:
    """The latest changes of these rows together, newest first."""
    query = Q(pk=None)
    by_model: dict[type[models.Model], list[int]] = {}
    for obj in objects:
        by_model.setdefault(type(obj), []).append(obj.pk)
    for model, pks in by_model.items():
        query |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=pks)
    entries = list(LogEntry.objects.filter(query).select_related("actor__department")[:limit])
    found = differences([(entry.content_type_id, entry.changes) for entry in entries])
    return [_event(entry, changes) for entry, changes in zip(entries, found, strict=True)]


def _event(entry: LogEntry, changes: Iterable[Difference]) -> Event:
    return Event(
        when=datetime_ko(entry.timestamp),
        text=f"{kind_name(entry.content_type_id)} {ACTIONS[entry.action]}",
        who=str(entry.actor) if entry.actor else _("시스템"),
        note="\n".join(map(str, changes)) if entry.action == LogEntry.Action.UPDATE else "",
        tone="danger" if entry.action == LogEntry.Action.DELETE else "neutral",
    )


def _fields(type_id: int, changes: dict[str, Any]) -> list[tuple[Any, Sequence[Any]]]:
    model = ContentType.objects.get_for_id(type_id).model_class()
    if model is None:
        return []
    known = {field.name: field for field in model._meta.concrete_fields}
    pairs = {name: pair for name, pair in changes.items() if name in known and isinstance(pair, list)}
    return [(field, pairs[name]) for name, field in known.items() if name in pairs and name not in UNTOLD]


def _differs(pair: Sequence[Any]) -> bool:
    """An empty field of a new row is no news."""
    return not (pair[0] in EMPTY and pair[1] in EMPTY)


def _target(field: Any) -> Any:
    return field.related_model if field.many_to_one or field.one_to_one else None


def _difference(field: Any, pair: Sequence[Any], names: Names) -> Difference:
    before, after = (_shown(field, value, names) for value in pair)
    return Difference(str(field.verbose_name), before, after)


def _shown(field: Any, value: Any, names: Names) -> str:
    if value in EMPTY:
        return NOTHING
    if target := _target(field):
        return names.name_of(target, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return _("예") if value == "True" else _("아니요")
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(str(value))
        return datetime_ko(timezone.make_aware(moment, dt.UTC)) if moment else str(value)
    if isinstance(field, models.DateField):
        day = parse_date(str(value))
        return date_weekday(day) if day else str(value)
    if isinstance(field, models.IntegerField) and "(원)" in office_text(field.verbose_name):
        return f"{int(value):,}"
    text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
