"""The first page of an intake: a file, or one that was begun before (B2)."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.excel.importer import Importer
from basis.excel.workbooks import template_workbook
from basis.formats import datetime_ko
from basis.official import in_office_language
from core.cells import Cell
from core.components import Action
from core.exports import XLSX
from core.page import Request
from core.views.forms import FormPage
from imports.enums import IntakeState, Step
from imports.forms import ImportForm
from imports.models import Intake
from imports.services import intake as services
from imports.views.base import OfKind, where
from organization.views.tables import table


class ImportStart(OfKind, FormPage):
    form_class = ImportForm
    template_name = "imports/start.html"
    lead = gettext_lazy(
        "파일을 올리면 표를 찾아 모든 행을 확인하고, 무엇이 저장되는지 먼저 보여 드립니다. "
        "저장하기를 누르기 전에는 아무것도 저장되지 않습니다."
    )
    submit = gettext_lazy("파일 확인")

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
            "begun": self._begun(),
            "steps": [(str(step.label), "current" if step == Step.FILE else "", "") for step in Step],
            "actions": [
                Action(
                    _("작성 양식 내려받기"),
                    reverse("import_template", args=[self.import_page.kind]),
                    icon="down",
                ),
                Action(
                    _("등록된 자료 내려받기"),
                    reverse("import_export", args=[self.import_page.kind]),
                    icon="down",
                ),
            ],
        }

    def _begun(self) -> dict[str, Any]:
        mine = Intake.objects.visible_to(self.request.user).select_related("job")
        found = mine.filter(kind=self.import_page.kind, state=IntakeState.OPEN)[:10]
        rows = [
            (
                Cell(intake.file_name, url=where(intake)),
                intake.get_step_display(),
                datetime_ko(intake.changed_at),
            )
            for intake in found
        ]
        return table(_("쓰던 파일"), [_("파일"), _("다음 단계"), _("마지막 작업")], rows)

    def act(self, form: ImportForm) -> str:
        files = form.cleaned_data["file"]
        if len(files) == 1:
            return where(services.begin(self.import_page, files[0], actor=self.request.user))
        refused = []
        for file in files:
            try:
                services.begin(self.import_page, file, actor=self.request.user, wait=False)
            except Rejected as error:
                refused.append(f"{file.name}: {error.message}")
        if len(refused) == len(files):
            raise Rejected(" ".join(refused), field="file")
        for text in refused:
            messages.warning(self.request, text)
        return reverse("imports")


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


class ImportTemplate(OfKind):
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
