"""Pages of Excel intake, the same for every kind: upload, what is wrong, save all (B2, O1, O2)."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.excel.importer import Importer, RowError, get_importer
from basis.excel.workbooks import template_workbook
from basis.official import in_office_language
from core.cells import Cell
from core.components import Action
from core.exports import XLSX
from core.models import Attachment, Job
from core.page import BaseView, Crumbs, Request
from core.permissions import ensure
from core.views.forms import FormPage
from imports.forms import ImportForm
from imports.services import intake as services
from imports.sockets import IMPORT_PAGES, ImportPage
from organization.views.tables import table

SHOWN = 200  # errors on the page; the returned workbook has all that are kept


class _OfKind(BaseView):
    """One kind of import: 404 for a kind nobody registered, refused to those who may not."""

    permission = "organization.self"
    import_page: ImportPage
    importer: Importer

    def prepare(self) -> None:
        page = IMPORT_PAGES.get(self.kwargs["kind"])
        if page is None:
            raise Http404
        ensure(self.request.user, page.permission)
        self.import_page, self.importer = page, get_importer(page.kind)
        belongs: Any = resolve(reverse(page.url_name)).func
        self.request.section = belongs.view_class.section

    def get_crumbs(self) -> Crumbs:
        return [(self.importer.label, reverse(self.import_page.url_name)), (_("엑셀로 등록"), None)]


class ImportStart(_OfKind, FormPage):
    form_class = ImportForm
    template_name = "imports/start.html"
    lead = gettext_lazy(
        "먼저 모든 행을 확인하고, 오류가 하나도 없을 때만 저장합니다. 오류가 있으면 아무것도 저장되지 않습니다."
    )
    submit = gettext_lazy("파일 확인")

    def get_title(self) -> str:
        return _("%(name)s 엑셀로 등록") % {"name": self.importer.label}

    def get_cancel_url(self) -> str:
        return reverse(self.import_page.url_name)

    def get_context(self) -> dict[str, Any]:
        needed = {True: Cell(_("필수"), tone="info"), False: Cell(_("선택"))}
        rows = [
            (label, needed[required], example, text)
            for label, required, example, text in _form(self.importer)
        ]
        return {
            "columns": table(_("작성 항목"), [_("항목"), _("필수 여부"), _("예시"), _("설명")], rows),
            "actions": [
                Action(
                    _("작성 양식 내려받기"),
                    reverse("import_template", args=[self.import_page.kind]),
                    icon="down",
                )
            ],
        }

    def act(self, form: ImportForm) -> str:
        job = services.check(self.import_page, form.cleaned_data["file"], actor=self.request.user)
        return _where(job)


@in_office_language
def _form(importer: Importer) -> list[tuple[str, bool, str, str]]:
    """Label, whether needed, example and explanation of each column, as they stand in the form."""
    return [
        (
            str(column.label),
            column.required,
            str(column.example),
            str(column.help) or _choices(column.options()),
        )
        for column in importer.columns
    ]


def _choices(options: Any) -> str:
    return ", ".join(str(label) for _value, label in options)


def _where(job: Job) -> str:
    """The result, or the progress of what takes longer."""
    if job.state in (Job.State.QUEUED, Job.State.RUNNING):
        return reverse("job", args=[job.pk])
    return reverse("import_result", args=[job.payload["kind"], job.pk])


class ImportTemplate(_OfKind):
    """An empty form with the heads, the choices and an example row."""

    def get_look(self) -> None:
        return None

    def get(self, request: Request, kind: str) -> FileResponse:
        self.prepare()
        return self.form()

    @in_office_language
    def form(self) -> FileResponse:
        name = _("%(name)s_작성양식.xlsx") % {"name": self.importer.label}
        return FileResponse(
            BytesIO(template_workbook(self.importer)), as_attachment=True, filename=name, content_type=XLSX
        )


class ImportResultPage(_OfKind):
    """What the check has found: everything wrong with row, column and reason, or the button that saves."""

    template_name = "imports/result.html"

    def prepare(self) -> None:
        super().prepare()
        jobs = Job.objects.filter(kind=services.KIND, created_by=self.request.user)
        self.job = get_object_or_404(jobs, pk=self.kwargs["pk"], payload__kind=self.import_page.kind)

    def get(self, request: Request, kind: str, pk: int) -> HttpResponse:
        self.prepare()
        job, result = self.job, self.job.result
        if job.state in (Job.State.QUEUED, Job.State.RUNNING):
            return HttpResponseRedirect(_where(job))
        errors = [RowError(*values) for values in result.get("errors", [])]
        remarks = [RowError(*values) for values in result.get("remarks", [])]
        return self.render(
            {
                "title": _("%(name)s 엑셀로 등록") % {"name": self.importer.label},
                "failed": job.error,
                "total": result.get("total", 0),
                "saved": result.get("saved", 0),
                "error_count": result.get("error_count", 0),
                "shown_count": min(len(errors), SHOWN),
                "errors": table(
                    _("오류"),
                    [_("행"), _("열"), _("입력한 값"), _("고칠 내용")],
                    [(f"{e.row:,}", _column(e), e.value, e.message) for e in errors[:SHOWN]],
                ),
                "ignored": result.get("ignored", []),
                "remarks": table(
                    _("살펴볼 행"),
                    [_("행"), _("입력한 값"), _("살펴볼 내용")],
                    [(f"{r.row:,}", r.value, r.message) for r in remarks[:SHOWN]],
                ),
                "workbook_url": reverse("attachment", args=[result["workbook"]])
                if Attachment.objects.filter(pk=result.get("workbook")).exists()
                else "",
                "is_check": not job.payload["save"],
                "list_url": reverse(self.import_page.url_name),
                "again_url": reverse("import_start", args=[self.import_page.kind]),
            }
        )

    def post(self, request: Request, kind: str, pk: int) -> HttpResponse:
        self.prepare()
        try:
            job = services.save(self.import_page, self.job, actor=request.user)
        except Rejected as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(reverse("import_start", args=[kind]))
        return HttpResponseRedirect(_where(job))


def _column(error: RowError) -> str:
    return f"{error.column_letter} {error.column_label}".strip() or _("행 전체")
