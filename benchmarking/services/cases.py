"""Taking in cases and correcting them (B1, B2)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.db import transaction

from benchmarking import similar
from benchmarking.models import Case
from core import attachments
from core.editing import apply, check_version
from core.models import TransitionLog
from core.now import today
from core.once import next_numbers
from core.permissions import ensure
from core.transition import perform, record

FIELDS = (
    "title",
    "source_kind",
    "source_name",
    "channel",
    "link",
    "summary",
    "field",
    "cost_class",
    "found_by",
    "found_on",
)


def number_key(year: int) -> str:
    return f"benchmarking.case.{year}"


@transaction.atomic
def register(
    values: dict[str, Any], *, actor: Any, files: Sequence[File] = (), is_demo: bool = False
) -> Case:
    """A new case, numbered within the year of its registration. `values`: the fields of FIELDS."""
    ensure(actor, "benchmarking.register")
    day = today()
    (number,) = next_numbers(number_key(day.year))
    case = Case(year=day.year, number=number, registered_on=day, created_by=actor, is_demo=is_demo)
    apply(case, {"found_on": day, **values}, FIELDS)
    case.save()
    similar.index_cases([case])
    record(case, "register", actor=actor)
    if files:
        attachments.attach(case, files, actor=actor)
    return case


@transaction.atomic
def register_many(rows: Iterable[dict[str, Any]], *, actor: Any) -> int:
    """Many at once (Excel intake): numbered in the order given."""
    ensure(actor, "benchmarking.plan")
    day, values = today(), list(rows)
    numbers = next_numbers(number_key(day.year), len(values)) if values else range(0)
    cases = []
    for number, row in zip(numbers, values, strict=True):
        case = Case(year=day.year, number=number, registered_on=day, created_by=actor)
        apply(case, {"found_on": day, **row}, FIELDS)
        case.set_cost_order()
        cases.append(case)
    Case.objects.bulk_create(cases, batch_size=500)
    similar.index_cases(cases)
    kind = ContentType.objects.get_for_model(Case)
    TransitionLog.objects.bulk_create(
        [
            TransitionLog(
                content_type=kind,
                object_id=c.pk,
                name="register",
                from_state=c.state,
                to_state=c.state,
                actor=actor,
                at=c.created_at,
                data={"excel": True},
            )
            for c in cases
        ],
        batch_size=500,
    )
    return len(cases)


def lock(pk: int) -> Case:
    return Case.objects.select_for_update(of=("self",)).get(pk=pk)


@transaction.atomic
def update(
    case: Case, values: dict[str, Any], *, actor: Any, version: int | None, files: Sequence[File] = ()
) -> Case:
    """Correct what was entered. Conflict if somebody else was quicker."""
    case = lock(case.pk)
    principal = ensure(actor, "benchmarking.edit_case", case)
    check_version(case, version, {k: v for k, v in values.items() if k in FIELDS})
    changed = apply(case, values, FIELDS)
    if changed:
        case.version += 1
        case.save()
        if "title" in changed:
            similar.index_cases([case])
        labels = [str(Case._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]
        record(
            case,
            "edit",
            actor=actor,
            principal=principal if principal.pk != actor.pk else None,
            data={"fields": labels},
        )
    if files:
        attachments.attach(case, files, actor=actor)
    return case


@transaction.atomic
def cancel(case: Case, *, reason: str, actor: Any) -> None:
    """Take a case registered by mistake out of the lists; it can be restored."""
    perform(lock(case.pk), "cancel", actor=actor, reason=reason)


@transaction.atomic
def restore(case: Case, *, actor: Any) -> None:
    perform(lock(case.pk), "restore", actor=actor)
