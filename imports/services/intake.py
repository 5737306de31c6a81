"""An intake step by step: a file is kept and looked through, what the person says of it is looked through again, all
of it is saved. Each look and the saving are jobs, so they survive their worker."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from auditlog.context import set_actor
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.excel.importer import Importer, get_importer
from basis.excel.safety import ExcelRefused
from basis.official import in_office_language
from basis.tables.containers import open_book
from core import attachments, jobs
from core.attachments import files_of
from core.editing import check_seen
from core.models import Attachment, Job
from core.now import now
from core.transition import perform, record
from imports.enums import IntakeState, Step
from imports.models import Intake
from imports.selectors import is_running, skipped, stage
from imports.services import undo
from imports.services.results import look, outcome
from imports.services.words import learn
from imports.sockets import IMPORT_PAGES, ImportPage
from imports.source import opened, place_key
from organization.services import authorise

CHECK, SAVE = "imports.check", "imports.save"
MIME = "application/octet-stream"  # never shown, only handed back
AT_ONCE = 256 * 1024  # bytes, about 3,000 rows: done while the person waits; a technical limit


def begin(page: ImportPage, upload: UploadedFile, *, actor: Any, wait: bool = True) -> Intake:
    """Keep the file and look through it; nothing is saved yet. A small one is looked through at once, unless nobody is
    to `wait` for it. Rejected if it is no workbook."""
    authorise(actor, page.permission)
    try:
        open_book(upload, upload.name or "")
    except ExcelRefused as error:
        raise Rejected(error.message, field="file") from error
    with transaction.atomic():
        intake = Intake.objects.create(kind=page.kind, file_name=upload.name or "upload.xlsx", person=actor)
        attachments.store(intake, upload, name=intake.file_name, mime=MIME, actor=actor)
        record(intake, "upload", actor=actor)
        _look(intake, actor)
    return _soon(intake) if wait else intake


def answer(intake: Intake, said: Mapping[str, Any], *, actor: Any, version: int | None = None) -> Intake:
    """Note what the person says of the file, each part whole (of `rows`, what is new), and look through it again.

    Locks: the intake. Raises: Outdated, Rejected if it is no longer open.
    """
    with transaction.atomic():
        intake = _open(intake, actor, version)
        for part, values in said.items():
            rows = part == "rows"
            intake.answers[part] = _with(intake.answers.get(part, {}), values) if rows else values
        _look(intake, actor)
    return _soon(intake)


def show_heads(
    intake: Intake,
    heads: Mapping[str, list[int]],
    others: list[str],
    *,
    actor: Any,
    version: int | None = None,
) -> Intake:
    """Note which rows are heads, and look again for the tables under them; `others` are taken as before. Locks and
    raises as `answer`."""
    intake = look_anew(intake, {"heads": dict(heads)}, actor=actor, version=version)
    found = [table["key"] for table in intake.result.get("tables", []) if table["sheet"] in heads]
    if not others or not found:
        return intake
    return answer(intake, {"tables": [*others, *found]}, actor=actor)


def look_anew(intake: Intake, said: Mapping[str, Any], *, actor: Any, version: int | None = None) -> Intake:
    """Note what makes other tables of the file, and look for them. Locks and raises as `answer`."""
    with transaction.atomic():
        intake = _open(intake, actor, version)
        intake.answers.update(said)
        intake.answers.pop("tables", None)
        _look(intake, actor)
    return _soon(intake)


def _with(before: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said of rows before, with what is said now, down to the single cell."""
    return {**before, **{place: {**before.get(place, {}), **cells} for place, cells in said.items()}}


def skip_faulty(intake: Intake, *, actor: Any, version: int | None = None) -> Intake:
    """Leave out every row at fault; what then lacks a row it needs is found by the next look. Locks and raises as
    `answer`."""
    places = {place_key((error[6], error[0])) for error in intake.result.get("errors", [])}
    return answer(intake, {"rows": {place: {"skip": True} for place in places}}, actor=actor, version=version)


def put_back(intake: Intake, places: Iterable[str], *, actor: Any, version: int | None = None) -> Intake:
    """Read these rows again that were left out. Locks and raises as `answer`."""
    left_out = set(skipped(intake))
    rows = {place: {"skip": False} for place in places if place in left_out}
    return answer(intake, {"rows": rows}, actor=actor, version=version)


def save(intake: Intake, *, actor: Any, version: int | None = None, wishes: Collection[str] = ()) -> Intake:
    """Save all that the last look found good, and do what is wished besides; asked for twice, it is done once.

    Locks: the intake. Raises: Outdated, Rejected if something is at fault still.
    """
    with transaction.atomic():
        intake = _locked(intake, actor)
        if intake.state == IntakeState.SAVED or is_running(intake):
            return intake
        _need_open(intake, version)
        if stage(intake) != Step.SAVE:
            raise Rejected(_("아직 저장할 수 없습니다. 남은 확인을 마쳐 주세요."))
        intake.version += 1
        intake.answers["wishes"] = sorted(wishes)
        intake.job = _enqueue(SAVE, intake, actor)
        intake.save(update_fields=["answers", "job", "version"])
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
    file_of(intake)  # is there
    try:
        found = look(get_importer(intake.kind), intake, lambda rows: run.progress(rows, 0))
    except Rejected as error:
        found = {"refused": error.message}
    intake.result = found
    with run.finishing({"url": intake.get_absolute_url()}) as result:
        Intake.objects.filter(pk=intake.pk, version=payload["version"], state=IntakeState.OPEN).update(
            result=found, total=found.get("total", 0), step=stage(intake)
        )
    return result


@in_office_language
def run_save(run: jobs.Run, payload: dict[str, Any]) -> dict[str, Any]:
    """Job handler. Saving and the end of the job are one transaction, so that a second attempt finds it done."""
    intake = Intake.objects.select_related("person").get(pk=payload["intake"])
    file_of(intake)  # is there
    importer, actor = get_importer(intake.kind), intake.person
    importer.wished = frozenset(intake.answers.get("wishes", ()))
    url = {"url": intake.get_absolute_url()}
    _end_with(run, importer, intake.pk, url)
    with set_actor(actor), opened(intake, importer) as source:
        result = importer.take(source, actor, progress=lambda rows: run.progress(rows, 0))
        if result.errors:  # others were at work since the check
            found = {**intake.result, **outcome(importer, result, source)}
            Intake.objects.filter(pk=intake.pk).update(result=found)
    return url


def _end_with(run: jobs.Run, importer: Importer, pk: int, url: dict[str, Any]) -> None:
    save_rows = importer.save

    def save_and_end(rows: list[Any], actor: Any) -> int:
        with run.finishing(url):
            intake = Intake.objects.select_for_update(of=("self",)).get(pk=pk)
            intake.saved, intake.saved_at = save_rows(rows, actor), now()
            undo.remember(intake, importer.made)
            learn(intake, actor)
            perform(
                intake, "save", actor=actor, data={"rows": intake.saved, "wishes": sorted(importer.wished)}
            )
        return intake.saved

    importer.save = save_and_end  # type: ignore[method-assign]  # of this one importer alone
