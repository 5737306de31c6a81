"""Undoing a whole import for a day: what it made goes, except what has been worked on since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from auditlog.context import set_actor
from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.excel.importer import get_importer
from basis.official import in_office_language
from core import attachments, jobs
from core.editing import check_seen
from core.models import Attachment, Job
from core.transition import perform
from imports.models import Intake
from imports.selectors import is_running
from imports.services.footprint import Key, forget, hanging, log_marks, logged_since
from imports.sockets import IMPORT_PAGES
from imports.workflow import can_be_undone
from organization.services import authorise

KIND = "imports.undo"
BATCH = 500
AT_ONCE = 200  # rows undone while the person waits; a technical limit


@dataclass(frozen=True)
class Outlook:
    """What undoing would do: the rows that go, in the order in which they were made; the rows that stay, because they
    have been worked on since or because such a row needs them."""

    goes: Sequence[Key]
    stays: Sequence[Any]


def remember(intake: Intake, made: Iterable[Any]) -> None:
    """Note what saving has made, in its transaction."""
    keys = [_key(row) for row in made]
    intake.made = [[model._meta.label_lower, pk] for model, pk in keys]
    hung: dict[str, list[Any]] = {}
    for model, pk in hanging(keys):
        hung.setdefault(model._meta.label_lower, []).append(str(pk))
    intake.hung, intake.logged = hung, log_marks()


def _key(row: Any) -> Key:
    return row if isinstance(row, tuple) else (type(row), row.pk)


def foresee(intake: Intake) -> Outlook:
    made = [(apps.get_model(label), pk) for label, pk in intake.made]
    there = set(_existing(made))
    made = [key for key in made if key in there]
    hung = hanging(made)
    then = {(apps.get_model(label), pk) for label, pks in intake.hung.items() for pk in pks}
    touched = {root for (model, pk), root in hung.items() if (model, str(pk)) not in then}
    touched |= {hung.get(key, key) for key in logged_since([*made, *hung], intake.logged)}
    stays = _with_what_they_need(touched, there)
    goes = [key for key in made if key not in stays]
    return Outlook(goes, _rows([key for key in made if key in stays]))


def _existing(keys: Sequence[Key]) -> Iterable[Key]:
    for model, group in groupby(sorted(keys, key=_label), key=lambda key: key[0]):
        pks = [pk for _model, pk in group]
        for start in range(0, len(pks), BATCH):
            part = model._base_manager.filter(pk__in=pks[start : start + BATCH])
            yield from ((model, pk) for pk in part.values_list("pk", flat=True))


def _label(key: Key) -> str:
    return key[0]._meta.label_lower


def _rows(keys: Sequence[Key]) -> list[Any]:
    """The rows themselves, in this order."""
    found: dict[Key, Any] = {}
    for model, group in groupby(sorted(keys, key=_label), key=lambda key: key[0]):
        for row in model._base_manager.filter(pk__in=[pk for _model, pk in group]):
            found[model, row.pk] = row
    return [found[key] for key in keys if key in found]


def _with_what_they_need(touched: set[Key], there: set[Key]) -> set[Key]:
    stays, new = set(touched), set(touched)
    while new:
        needed = set()
        for row in _rows(list(new)):
            for field in row._meta.concrete_fields:
                target = (field.related_model, getattr(row, field.attname))
                if field.is_relation and target in there:
                    needed.add(target)
        new = needed - stays
        stays |= new
    return stays


def begin(intake: Intake, *, actor: Any, version: int | None = None) -> Intake:
    """`undo` as a job; of a few rows, at once. Asked for twice, it is done once."""
    with transaction.atomic():
        intake = _undoable(intake, actor)
        check_seen(intake, version)
        if not is_running(intake):
            intake.version += 1
            intake.job = _enqueue(intake, actor)
            intake.save(update_fields=["job", "version"])
    if intake.job and len(intake.made) <= AT_ONCE:
        jobs.run(intake.job.pk, awaited=True)
    intake.refresh_from_db()
    return intake


@in_office_language
def _enqueue(intake: Intake, actor: Any) -> Job:
    label = _("엑셀 등록 되돌리기: %(name)s") % {"name": get_importer(intake.kind).label}
    key = f"{KIND}:{intake.pk}:{intake.version}"
    return jobs.enqueue(KIND, label, {"intake": intake.pk}, actor=actor, unique_key=key)


def run_undo(run: jobs.Run, payload: dict[str, Any]) -> dict[str, Any]:
    """Job handler: the undoing and the end of the job are one transaction."""
    intake = Intake.objects.select_related("person").get(pk=payload["intake"])
    with run.finishing({"url": intake.get_absolute_url()}) as result:
        undo(intake, actor=intake.person)
    return result


def _undoable(intake: Intake, actor: Any) -> Intake:
    authorise(actor, IMPORT_PAGES[intake.kind].permission)
    intake = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    authorise(actor, "imports.own", intake)
    if not can_be_undone(intake):
        raise Rejected(_("되돌릴 수 있는 시간이 지났습니다. 목록에서 하나씩 고치거나 취소해 주세요."))
    return intake


@transaction.atomic
def undo(intake: Intake, *, actor: Any) -> int:
    """Delete what the import made and nobody has worked on since; the number of rows that are gone.

    Locks: the intake, then what the importer's `unmake` locks. Raises: Rejected once the time is over.
    """
    intake = _undoable(intake, actor)
    outlook = foresee(intake)
    with set_actor(actor):
        free = get_importer(intake.kind).unmake(_rows(outlook.goes), actor)
        _delete(free)
    perform(intake, "undo", actor=actor, data={"gone": len(free), "kept": len(outlook.stays)})
    return len(outlook.goes)


def _delete(rows: Sequence[Any]) -> None:
    """What hangs on them first, the farthest before all; then they themselves, the last made before all."""
    hung = list(hanging(_key(row) for row in rows))
    for model, group in groupby(reversed(hung), key=lambda key: key[0]):
        pks = [pk for _model, pk in group]
        for start in range(0, len(pks), BATCH):
            forget(model, pks[start : start + BATCH])
            found = model._base_manager.filter(pk__in=pks[start : start + BATCH])
            if model is Attachment:
                for file in found:
                    attachments.erase(file)
            else:
                found.delete()
    for kind, same in groupby(reversed(rows), key=type):
        of: Any = kind
        of_model = [row.pk for row in same]
        step = 1 if any(field.related_model is of for field in of._meta.fields) else BATCH
        for start in range(0, len(of_model), BATCH):
            forget(of, of_model[start : start + BATCH])
        for start in range(0, len(of_model), step):
            of._base_manager.filter(pk__in=of_model[start : start + step]).delete()
