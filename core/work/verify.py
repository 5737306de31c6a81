"""Whether the table of open work says what the states say; a nightly duty and `verify_work` ask, and mend it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from basis.official import in_office_language
from core.models import OpenWork
from core.models.work import OpenWorkQuerySet
from core.work.keep import BATCH, Place, Row, forget, loaded, refresh, standing, wanted
from core.workflow import WORKFLOWS, Workflow


@dataclass(frozen=True)
class Difference:
    """One ask of one thing that the table has wrong; `text` says what of it."""

    model: str
    pk: int
    ask: str
    text: str

    def __str__(self) -> str:
        return f"{self.model} {self.pk} {self.ask}: {self.text}"


@in_office_language
def differences() -> list[Difference]:
    """All of them; empty where the table is right."""
    found = [one for workflow in WORKFLOWS if workflow.work for one in _of(workflow)]
    return found + [
        Difference(row.content_type.model, row.object_id, row.ask, _("할 일이 아닌데 남아 있음"))
        for row in _of_no_kind().select_related("content_type")
    ]


def _of(workflow: Workflow) -> Iterator[Difference]:
    assert workflow.work is not None
    table = {place: row for place, (_work, row) in standing(workflow.model).items()}
    asked = loaded(workflow).filter(state__in=workflow.work.states)
    for obj in asked.iterator(chunk_size=BATCH):
        for place, row in wanted(workflow.work, obj).items():
            if text := _compared(table.pop(place, None), row):
                yield _difference(workflow, place, text)
    for place in table:
        yield _difference(workflow, place, _("할 일이 아닌데 남아 있음"))


def _difference(workflow: Workflow, place: Place, text: str) -> Difference:
    return Difference(workflow.model._meta.label_lower, *place, text)


def _compared(have: Row | None, want: Row) -> str:
    if have is None:
        return _("할 일 목록에 없음")
    wrong = [name for name, value in want.values.items() if have.values[name] != value]
    wrong += ["who"] if have.keys != want.keys else []
    return _("다른 항목: %(names)s") % {"names": ", ".join(wrong)} if wrong else ""


@transaction.atomic
def mend() -> list[Difference]:
    """Bring the table in line; gives what was wrong. Things that somebody is changing just now are left to them: what
    of them is still wrong is found the next time."""
    found = differences()
    for workflow in WORKFLOWS:
        pks = {one.pk for one in found if one.model == workflow.model._meta.label_lower}
        if not pks:
            continue
        things = loaded(workflow).select_for_update(of=("self",), skip_locked=True).filter(pk__in=pks)
        refresh(*things)
        there = set(workflow.model._default_manager.filter(pk__in=pks).values_list("pk", flat=True))
        forget(*(workflow.model(pk=pk) for pk in pks - there))
    _of_no_kind().delete()
    return found


def _of_no_kind() -> OpenWorkQuerySet:
    """Rows of kinds that ask nothing any more."""
    asking = (workflow.model for workflow in WORKFLOWS if workflow.work)
    return OpenWork.objects.exclude(pk__in=OpenWork.objects.about(*asking).values("pk"))
