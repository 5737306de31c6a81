"""Taking in cases and correcting them (B1, B2)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.official import office_text
from benchmarking import notifications
from benchmarking.enums import REPORTS, CaseState
from benchmarking.models import Case
from benchmarking.services import earning
from benchmarking.similar import TITLES
from core import attachments
from core.actors import SYSTEM, user_of
from core.editing import apply, check_version
from core.now import today
from core.once import give_back, next_numbers
from core.permissions import can, ensure
from core.transition import perform, record, record_many

FIELDS = (
    "title",
    "source_kind",
    "source_name",
    "channel",
    "link",
    "summary",
    "difference",
    "field",
    "cost_class",
    "estimated_cost",
    "found_by",
    "found_on",
)


SUGGESTED = "suggested_departments"
UNDONE = gettext_lazy("엑셀 등록 되돌림")
BATCH = 1_000  # cases written together


def number_key(year: int) -> str:
    return f"benchmarking.case.{year}"


@transaction.atomic
def register(
    values: dict[str, Any], *, actor: Any, files: Sequence[File] = (), is_demo: bool = False
) -> Case:
    """A new case of planning, numbered within the year of its registration; what others enter is a report that
    planning takes in (B1). `values`: FIELDS and suggested_departments."""
    ensure(actor, "benchmarking.register")
    day = today()
    (number,) = next_numbers(number_key(day.year))
    case = _new(values, number, day, actor)
    case.is_demo = is_demo
    if not can(actor, "benchmarking.plan"):
        case.state = CaseState.REPORTED
    case.save()
    case.suggested_departments.set(values.get(SUGGESTED, ()))
    TITLES.index([case])
    record(case, "report" if case.state == CaseState.REPORTED else "register", actor=actor)
    if files:
        attachments.attach(case, files, actor=actor)
    if case.state == CaseState.REPORTED:
        notifications.reported(case)
    else:
        earning.found([case], actor=actor)
    return case


@transaction.atomic
def register_many(rows: Sequence[Sequence[Any]], keys: Sequence[str], *, actor: Any) -> list[int]:
    """Many at once (Excel intake), numbered in the order given; their keys. `rows` are values under `keys`, the fields
    of `register`; written in batches, so that memory stays small."""
    if actor is not SYSTEM:  # the command line
        ensure(actor, "benchmarking.plan")
    day = today()
    numbers, made = iter(next_numbers(number_key(day.year), len(rows))), []
    for start in range(0, len(rows), BATCH):
        batch = [dict(zip(keys, row, strict=True)) for row in rows[start : start + BATCH]]
        cases = Case.objects.bulk_create([_new(row, next(numbers), day, actor) for row in batch])
        through = Case.suggested_departments.through
        through.objects.bulk_create(
            through(case_id=case.pk, department_id=department.pk)
            for case, row in zip(cases, batch, strict=True)
            for department in row.get(SUGGESTED, ())
        )
        TITLES.index(cases)
        record_many(cases, "register", actor=actor, data={"excel": True})
        earning.found(cases, actor=actor)
        made += [case.pk for case in cases]
    return made


@transaction.atomic
def unregister_many(cases: Sequence[Case], *, actor: Any) -> list[Case]:
    """Take back what `register_many` made, unless it has been worked on: who earned points by one loses them and it is
    cancelled; the others are to be deleted, and their numbers are given again if none was given since.

    Locks: the cases, accounts, the numbers of the year. Called by: the undoing of an import.
    """
    ensure(actor, "benchmarking.plan")
    free = []
    for case in cases:
        if case.found_by_id is None:
            free.append(case)
        elif case.state != CaseState.CANCELLED:
            cancel(case, reason=office_text(UNDONE), actor=actor)
    for year in {case.year for case in free}:
        give_back(number_key(year), {case.number for case in free if case.year == year})
    return free


def _new(values: dict[str, Any], number: int, day: date, actor: Any) -> Case:
    case = Case(year=day.year, number=number, registered_on=day, created_by=user_of(actor))
    apply(case, {"found_on": day, **values}, FIELDS)
    case.set_cost_order()
    return case


def field_names(changed: Iterable[str]) -> list[str]:
    """As the log calls them."""
    fields: list[Any] = [Case._meta.get_field(name) for name in changed]
    return [office_text(field.verbose_name) for field in fields]


def lock(pk: int) -> Case:
    """The case as it is now, under its lock: taken before reviews, visits, clocks and follow-ups of the case."""
    return Case.objects.select_for_update(of=("self",)).get(pk=pk)


def lock_all(pks: Any) -> list[int]:
    """Lock several cases, always in the order of their keys, so that two who do so never wait for each other.

    Called by: whoever goes through many cases (dispatch, mergers, schedule), before anything else of theirs.
    """
    cases = Case.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    return list(cases.values_list("pk", flat=True))


@transaction.atomic
def update(
    case: Case, values: dict[str, Any], *, actor: Any, version: int | None, files: Sequence[File] = ()
) -> Case:
    """Correct what was entered of a case.

    Locks: the case. Raises: Conflict if somebody else was quicker, Rejected if it was cancelled meanwhile.
    """
    case = lock(case.pk)
    principal = ensure(actor, "benchmarking.edit_case", case)
    if case.state == CaseState.CANCELLED:  # it earns nothing, whoever is named as its finder
        raise Rejected(_("등록이 취소된 사례입니다. 등록 취소를 되돌린 뒤 고쳐 주세요."))
    check_version(case, version, {k: v for k, v in values.items() if k in FIELDS})
    changed = apply(case, values, FIELDS)
    if "found_by" in changed and case.state not in REPORTS:  # moves points
        ensure(actor, "benchmarking.plan")
    if changed:
        case.version += 1
        case.inexact = {name: known for name, known in case.inexact.items() if name not in changed}
        case.save()
        if {"title", "summary"} & set(changed):
            TITLES.index([case])
        record(case, "edit", actor=actor, principal=principal, data={"fields": field_names(changed)})
    if SUGGESTED in values:
        case.suggested_departments.set(values[SUGGESTED])
    if files:
        attachments.attach(case, files, actor=actor)
    if {"found_by", "found_on"} & set(changed) and case.state not in REPORTS:
        earning.found_otherwise(case, actor=actor)
    return case


@transaction.atomic
def cancel(case: Case, *, reason: str, actor: Any) -> None:
    """Take a case registered by mistake out of the lists; who found it loses the points. It can be restored.

    Locks: the case, then accounts.
    """
    case = lock(case.pk)
    perform(case, "cancel", actor=actor, reason=reason)
    earning.not_found(case, reason=reason, actor=actor)


@transaction.atomic
def restore(case: Case, *, actor: Any) -> None:
    """Put a cancelled case back; who found it has the points again.

    Locks: the case, then accounts.
    """
    case = lock(case.pk)
    perform(case, "restore", actor=actor)
    earning.found([case], actor=actor)
