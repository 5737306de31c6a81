"""Excel of a list, or of a kind that is taken in (basis.excel.shape): at once when small, in the background when long
(with progress, into the notices)."""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from itertools import chain, islice
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.http import FileResponse, HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.excel.exports import Export, get_export
from basis.excel.writer import ExportColumn, Sheet, write_workbook
from basis.official import in_office_language
from core import access, jobs
from core.attachments import erase, store
from core.limits import limit
from core.models import AccessLog, Attachment, Job
from core.now import today

KIND = "core.export"
AT_ONCE = 5_000  # rows written within about half a second; a technical limit
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def respond(view: Any, params: QueryDict) -> HttpResponseBase:
    """The file itself, or the page of the job that makes it."""
    queryset, _filterset = view.filtered(view.actor, params)
    if queryset.order_by().count() > AT_ONCE:
        access.write(view, AccessLog.Action.EXPORT)  # the file that is fetched later does not know the reason
        cls = type(view)
        name = f"{cls.__module__}.{cls.__qualname__}"
        if being_made := _open(view.actor, name):
            messages.info(
                view.request, _("이 목록의 엑셀을 이미 만들고 있습니다. 끝난 뒤에 다시 받아 주세요.")
            )
            return HttpResponseRedirect(reverse("job", args=[being_made.pk]))
        job = jobs.enqueue(
            KIND,
            _label(view),
            {
                "list": name,
                "query": params.urlencode(),
                "path": view.request.path,
                "kwargs": {k: str(v) for k, v in view.kwargs.items()},
                "user": view.actor.pk,
                "language": translation.get_language(),
            },
            actor=view.actor,
        )
        return HttpResponseRedirect(reverse("job", args=[job.pk]))
    target = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response
    _write(view, view.actor, params, target)
    target.seek(0)
    return FileResponse(
        target, as_attachment=True, filename=file_name(view.get_file_name()), content_type=XLSX
    )


@in_office_language
def respond_kind(view: Any, kind: str) -> HttpResponseBase:
    """All there is of a kind, for `view.actor`, who may have it."""
    found = get_export(kind)
    columns, rows = found.build({})
    rows = iter(rows)
    first = list(islice(rows, AT_ONCE + 1))
    if len(first) > AT_ONCE:
        access.write(view, AccessLog.Action.EXPORT)
        label = _("%(name)s 엑셀 만들기") % {"name": found.label}
        job = jobs.enqueue(KIND, label, {"kind": kind}, actor=view.actor)
        return HttpResponseRedirect(reverse("job", args=[job.pk]))
    target = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response
    write_workbook(target, [Sheet(str(found.label), columns, chain(first, rows))])
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=file_name(found.label), content_type=XLSX)


@in_office_language
def _run_kind(run: jobs.Run, kind: str) -> None:
    found = get_export(kind)
    with tempfile.TemporaryFile() as target:
        columns, rows = found.build({})
        write_workbook(
            target, [Sheet(str(found.label), columns, rows)], progress=lambda done: run.progress(done, done)
        )
        target.seek(0)
        with run.finishing() as result:
            name, actor = file_name(found.label), run.job.created_by
            result["attachment"] = str(store(run.job, File(target), name=name, mime=XLSX, actor=actor).pk)


def _open(user: Any, name: str) -> Job | None:
    """One at a time for each person and list."""
    waiting = Job.objects.filter(kind=KIND, created_by=user, state__in=(Job.State.QUEUED, Job.State.RUNNING))
    return waiting.filter(payload__list=name).first()


def purge(day: date) -> int:
    """Delete the files of jobs that ended `export_days` ago: whoever needs one makes it anew from what is so today.

    Called by: the schedule.
    """
    before = day - timedelta(days=limit("export_days"))
    kind = ContentType.objects.get_for_model(Job)
    old = Job.objects.filter(finished_at__date__lt=before).values("pk")
    files = list(Attachment.objects.filter(content_type=kind, object_id__in=old))
    for file in files:
        erase(file)
    return len(files)


@in_office_language
def _label(view: Any) -> str:
    return _("%(name)s 엑셀 만들기") % {"name": view.get_file_name()}


def file_name(name: Any, ending: str = "xlsx") -> str:
    return f"{name}_{today():%Y%m%d}.{ending}"


def _columns(view: Any) -> list[ExportColumn]:
    return [ExportColumn(str(c.label), c.kind, c.width) for c in view.get_columns() if c.file]


def _write(view: Any, user: Any, params: QueryDict, target: Any, progress: Any = None) -> None:
    columns = _columns(view)
    write_workbook(
        target, [Sheet(str(view.get_file_name()), columns, view.file_rows(user, params))], progress=progress
    )


def _asked(view_class: Any, user: Any, query: str, path: str = "", **kwargs: str) -> Any:
    """The list as it is when this user asks for it with these conditions, without anybody asking just now."""
    request = HttpRequest()
    request.user, request.method, request.GET, request.path = user, "GET", QueryDict(query), path
    view = view_class()
    view.setup(request, **kwargs)
    return view


def run_export(run: jobs.Run, payload: dict[str, Any]) -> None:
    """Job handler: build the list as the person saw it, or all of a kind, and keep the file with the job."""
    if "kind" in payload:
        return _run_kind(run, payload["kind"])
    user = get_user_model().objects.get(pk=payload["user"])
    view = _asked(
        import_string(payload["list"]), user, payload["query"], payload["path"], **payload["kwargs"]
    )
    params = view.request.GET
    with translation.override(payload["language"]), tempfile.TemporaryFile() as target:
        queryset, _filterset = view.filtered(user, params)
        total = queryset.order_by().count()
        _write(view, user, params, target, progress=lambda done: run.progress(done, total))
        target.seek(0)
        with run.finishing() as result:
            attachment = store(
                run.job, File(target), name=file_name(view.get_file_name()), mime=XLSX, actor=user
            )
            result["attachment"] = str(attachment.pk)


def list_export(kind: str, view_class: Any, queryset: Callable[[], Any]) -> Export:
    """What `manage.py export_excel` writes of a list page: its columns, filter and order over all rows. Names of
    filters are those of the page's address."""

    def build(filters: dict[str, str]) -> tuple[list[ExportColumn], Any]:
        user = AnonymousUser()
        view = _asked(view_class, user, urlencode(filters))
        view.get_queryset = lambda user: queryset()
        params = view.request.GET
        _found, filterset = view.filtered(user, params)
        if filterset is not None and not filterset.is_valid():
            problems = [f"{name}: {error}" for name, found in filterset.errors.items() for error in found]
            raise Rejected(" ".join(problems))
        return _columns(view), view.file_rows(user, params)

    names = view_class.filter_class.base_filters if view_class.filter_class else ()
    return Export(kind, view_class.title, build, (*names, "sort"))
