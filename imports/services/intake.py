"""An intake step by step: a file is kept and looked through, what the person says of it is looked through again, all
of it is saved. Each look and the saving are jobs, so they survive their worker."""

from collections.abc import Mapping
from typing import Any

from auditlog.context import set_actor
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.excel.importer import Importer, get_importer
from basis.excel.safety import ExcelRefused, check_upload
from basis.official import in_office_language
from core import attachments, jobs
from core.attachments import files_of
from core.editing import check_seen
from core.exports import XLSX
from core.models import Attachment, Job
from core.now import now
from core.transition import perform, record
from imports.enums import IntakeState
from imports.models import Intake
from imports.services import undo
from imports.services.results import summary
from imports.sockets import IMPORT_PAGES, ImportPage
from imports.source import opened, place_key
from organization.services import authorise

CHECK, SAVE = "imports.check", "imports.save"
AT_ONCE = 256 * 1024  # bytes, about 3,000 rows: done while the person waits; a technical limit


def begin(page: ImportPage, upload: UploadedFile, *, actor: Any) -> Intake:
    """Keep the file and look through it; nothing is saved yet. Rejected if it is no workbook."""
    authorise(actor, page.permission)
    try:
        check_upload(upload)
    except ExcelRefused as error:
        raise Rejected(error.message, field="file") from error
    with transaction.atomic():
        intake = Intake.objects.create(kind=page.kind, file_name=upload.name or "upload.xlsx", person=actor)
        attachments.store(intake, upload, name=intake.file_name, mime=XLSX, actor=actor)
        record(intake, "upload", actor=actor)
        _look(intake, actor)
    return _soon(intake)


def answer(intake: Intake, said: Mapping[str, Any], *, actor: Any, version: int | None = None) -> Intake:
    """Note what the person says of the file, part by part (of `rows`, row by row), and look through it again.

    Locks: the intake. Raises: Outdated, Rejected if it is no longer open.
    """
    with transaction.atomic():
        intake = _open(intake, actor, version)
        for part, values in said.items():
            intake.answers[part] = _with(intake.answers.get(part), values)
        _look(intake, actor)
    return _soon(intake)


def _with(before: Any, said: Any) -> Any:
    """What was said before, with what is said now, down to the single cell."""
    if not (isinstance(before, dict) and isinstance(said, dict)):
        return said
    return {**before, **{key: _with(before.get(key), value) for key, value in said.items()}}


def skip_faulty(intake: Intake, *, actor: Any, version: int | None = None) -> Intake:
    """Leave out every row at fault; what then lacks a row it needs is found by the next look. Locks and raises as
    `answer`."""
    places = {place_key((error[6], error[0])) for error in intake.result.get("errors", [])}
    return answer(intake, {"rows": {place: {"skip": True} for place in places}}, actor=actor, version=version)


def save(intake: Intake, *, actor: Any, version: int | None = None) -> Intake:
    """Save all that the last look found good; asked for twice, it is done once.

    Locks: the intake. Raises: Outdated, Rejected if something is at fault still.
    """
    with transaction.atomic():
        intake = _locked(intake, actor)
        if intake.state == IntakeState.SAVED or _running(intake):
            return intake
        _need_open(intake, version)
        result = intake.result
        if not result or result.get("error_count") or result.get("refused"):
            raise Rejected(_("아직 저장할 수 없습니다. 남은 확인을 마쳐 주세요."))
        intake.version += 1
        intake.job = _enqueue(SAVE, intake, actor)
        intake.save(update_fields=["job", "version"])
    return _soon(intake)


@transaction.atomic
def drop(intake: Intake, *, actor: Any, version: int | None = None) -> None:
    """Give it up; the file goes for good.

    Locks: the intake. Raises: Outdated.
    """
    intake = _open(intake, actor, version)
    empty(intake)
    perform(intake, "drop", actor=actor)


def empty(intake: Intake) -> None:
    """Nothing of the file is left; the caller saves."""
    for file in files_of(intake):
        attachments.erase(file)
    intake.answers, intake.result = {}, {}


def _locked(intake: Intake, actor: Any) -> Intake:
    authorise(actor, IMPORT_PAGES[intake.kind].permission)
    intake = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    authorise(actor, "imports.own", intake)
    return intake


def _need_open(intake: Intake, version: int | None) -> None:
    check_seen(intake, version)
    if intake.state != IntakeState.OPEN:
        raise Rejected(_("이미 끝난 엑셀 등록입니다. 새로 올려 주세요."))


def _open(intake: Intake, actor: Any, version: int | None) -> Intake:
    intake = _locked(intake, actor)
    _need_open(intake, version)
    return intake


def _look(intake: Intake, actor: Any) -> None:
    """The caller holds it."""
    intake.version += 1
    intake.changed_at = now()
    intake.job = _enqueue(CHECK, intake, actor)
    intake.save()


@in_office_language
def _enqueue(kind: str, intake: Intake, actor: Any) -> Job:
    text = _("엑셀 저장: %(name)s") if kind == SAVE else _("엑셀 확인: %(name)s")
    label = text % {"name": get_importer(intake.kind).label}
    return jobs.enqueue(
        kind,
        label,
        {"intake": intake.pk, "version": intake.version},
        actor=actor,
        unique_key=f"{kind}:{intake.pk}:{intake.version}",
    )


def _running(intake: Intake) -> bool:
    return intake.job is not None and intake.job.state in (Job.State.QUEUED, Job.State.RUNNING)


def _soon(intake: Intake) -> Intake:
    """Small files are done at once; a worker that was quicker does no harm."""
    if file_of(intake).size <= AT_ONCE and intake.job_id:
        jobs.run(intake.job_id, awaited=True)
    intake.refresh_from_db()
    return intake


def file_of(intake: Intake) -> Attachment:
    """Rejected once it was purged."""
    kept = files_of(intake).first()
    if kept is None:
        raise Rejected(_("올린 지 오래되어 파일을 지웠습니다. 파일을 다시 올려 주세요."))
    return kept


@in_office_language  # of the form, whose heads and choices are read
def run_check(run: jobs.Run, payload: dict[str, Any]) -> dict[str, Any]:
    """Job handler: what is found stands in the intake, if nothing else was said of it meanwhile."""
    intake = Intake.objects.select_related("person").get(pk=payload["intake"])
    found = _checked(run, intake)
    with run.finishing({"url": intake.get_absolute_url()}) as result:
        Intake.objects.filter(pk=intake.pk, version=payload["version"], state=IntakeState.OPEN).update(
            result=found, total=found.get("total", 0)
        )
    return result


def _checked(run: jobs.Run, intake: Intake) -> dict[str, Any]:
    importer, kept = get_importer(intake.kind), file_of(intake)
    try:
        with kept.file.open("rb") as file, opened(file, kept.name, importer, intake.answers) as source:
            result = importer.take(
                source, intake.person, dry_run=True, progress=lambda rows: run.progress(rows, 0)
            )
        return summary(importer, result, source, intake)
    except (ExcelRefused, Rejected) as error:
        return {"refused": error.message}


@in_office_language
def run_save(run: jobs.Run, payload: dict[str, Any]) -> dict[str, Any]:
    """Job handler. Saving and the end of the job are one transaction, so that a second attempt finds it done."""
    intake = Intake.objects.select_related("person").get(pk=payload["intake"])
    importer, kept, actor = get_importer(intake.kind), file_of(intake), intake.person
    url = {"url": intake.get_absolute_url()}
    _end_with(run, importer, intake.pk, url)
    with (
        set_actor(actor),
        kept.file.open("rb") as file,
        opened(file, kept.name, importer, intake.answers) as source,
    ):
        result = importer.take(source, actor, progress=lambda rows: run.progress(rows, 0))
        if result.errors:  # others were at work since the check
            Intake.objects.filter(pk=intake.pk).update(result=summary(importer, result, source, intake))
    return url


def _end_with(run: jobs.Run, importer: Importer, pk: int, url: dict[str, Any]) -> None:
    save_rows = importer.save

    def save_and_end(rows: list[Any], actor: Any) -> int:
        with run.finishing(url):
            intake = Intake.objects.select_for_update(of=("self",)).get(pk=pk)
            intake.saved, intake.saved_at = save_rows(rows, actor), now()
            undo.remember(intake, importer.made)
            perform(intake, "save", actor=actor, data={"rows": intake.saved})
        return intake.saved

    importer.save = save_and_end  # type: ignore[method-assign]
