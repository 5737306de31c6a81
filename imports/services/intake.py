"""Excel intake in two steps: check the file, then save all of it. Each step is a job, so it survives its worker."""

from typing import Any

from auditlog.context import set_actor
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.excel.importer import Importer, ImportResult, get_importer
from basis.excel.safety import ExcelRefused, check_upload
from basis.excel.workbooks import error_workbook
from basis.official import in_office_language
from core import attachments, jobs
from core.exports import XLSX
from core.models import Attachment, Job
from imports.sockets import ImportPage
from organization.models import User
from organization.services import authorise

KIND = "organization.import"
AT_ONCE = 256 * 1024  # bytes, about 3,000 rows: done while the person waits; a technical limit


def check(page: ImportPage, upload: UploadedFile, *, actor: Any) -> Job:
    """Keep the file and look through it; nothing is saved yet. Rejected if it is no workbook."""
    authorise(actor, page.permission)
    try:
        check_upload(upload)
    except ExcelRefused as error:
        raise Rejected(error.message, field="file") from error
    with transaction.atomic():
        job = jobs.enqueue(
            KIND,
            _label(page, saving=False),
            {"kind": page.kind, "user": actor.pk, "save": False},
            actor=actor,
        )
        kept = attachments.store(job, upload, name=upload.name or "upload.xlsx", mime=XLSX, actor=actor)
        job.payload["file"] = str(kept.pk)
        job.save(update_fields=["payload"])
    return _soon(job, kept)


def save(page: ImportPage, checked: Job, *, actor: Any) -> Job:
    """Save what a check has found good; asked for twice, it is done once."""
    authorise(actor, page.permission)
    if checked.state != Job.State.DONE or checked.payload["save"] or checked.result.get("error_count"):
        raise Rejected(_("저장할 수 있는 파일이 아닙니다. 파일을 다시 올려 주세요."))
    kept = _file_of(checked.payload)
    with transaction.atomic():
        payload = {**checked.payload, "save": True}
        job = jobs.enqueue(
            KIND, _label(page, saving=True), payload, actor=actor, unique_key=f"import:{checked.pk}"
        )
    return _soon(job, kept)


def _file_of(payload: dict[str, Any]) -> Attachment:
    """Rejected once it was purged (core.exports.purge)."""
    kept = Attachment.objects.filter(pk=payload["file"]).first()
    if kept is None:
        raise Rejected(_("올린 지 오래되어 파일을 지웠습니다. 파일을 다시 올려 주세요."))
    return kept


@in_office_language
def _label(page: ImportPage, *, saving: bool) -> str:
    text = _("엑셀 저장: %(name)s") if saving else _("엑셀 확인: %(name)s")
    return text % {"name": get_importer(page.kind).label}


def _soon(job: Job, kept: Attachment) -> Job:
    """Small files are done at once; a worker that was quicker does no harm."""
    if kept.size <= AT_ONCE:
        jobs.run(job.pk)
    job.refresh_from_db()
    return job


@in_office_language  # of the form, whose heads and choices are read
def run_import(run: jobs.Run, payload: dict[str, Any]) -> dict[str, Any]:
    """Job handler. Saving and the end of the job are one transaction, so that a second attempt finds it done."""
    actor = User.objects.get(pk=payload["user"])
    kept = _file_of(payload)
    importer = get_importer(payload["kind"])
    if payload["save"]:
        _end_with(run, importer)
    with set_actor(actor), kept.file.open("rb") as file:
        result = importer.run(
            file, actor, dry_run=not payload["save"], progress=lambda rows: run.progress(rows, 0)
        )
        summary = _summary(result, run.job)
        if result.errors:
            summary["workbook"] = _return(run.job, kept, importer, result, actor)
    return summary


def _end_with(run: jobs.Run, importer: Importer) -> None:
    save = importer.save

    def save_and_end(rows: list[Any], actor: Any) -> int:
        with run.finishing({"total": len(rows), "url": _url(run.job)}) as result:
            result["saved"] = save(rows, actor)
        return int(result["saved"])

    importer.save = save_and_end  # type: ignore[method-assign]


def _summary(result: ImportResult, job: Job) -> dict[str, Any]:
    return {
        "total": result.total,
        "saved": result.saved,
        "error_count": result.error_count,
        "errors": [list(error) for error in result.errors],
        "ignored": result.ignored_columns,
        "remarks": [list(remark) for remark in result.remarks],
        "url": _url(job),
    }


def _url(job: Job) -> str:
    return reverse("import_result", args=[job.payload["kind"], job.pk])


def _return(job: Job, kept: Attachment, importer: Importer, result: ImportResult, actor: Any) -> str:
    """The uploaded rows with their errors beside them, as a file of the job."""
    with kept.file.open("rb") as file:
        made = ContentFile(error_workbook(importer, file, result.errors))
    name = _("오류_%(name)s") % {"name": kept.name}
    return str(attachments.store(job, made, name=name, mime=XLSX, actor=actor).pk)
