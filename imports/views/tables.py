"""Which of the tables found are taken, and where their heads are (B2)."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.excel.importer import RowError
from core.page import Request
from core.views.forms import FormPage
from imports.enums import IntakeState, Step
from imports.forms import TablesForm
from imports.services import intake as services
from imports.views.base import OfIntake, column_text, where
from organization.views.tables import table

SHOWN = 100  # lines of the table of faults


class OfOpen(OfIntake, FormPage):
    """A page on which something is said of an open intake; shown again as long as it is open."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        self.prepare()
        if self.intake.state != IntakeState.OPEN or "questions" not in self.intake.result:
            return HttpResponseRedirect(where(self.intake))
        return super().get(request, *args, **kwargs)

    def faults(self) -> dict[str, Any]:
        """All that is wrong already, though something else is asked first."""
        errors = [RowError(*values) for values in self.intake.result.get("errors", [])[:SHOWN]]
        return table(
            _("지금까지 찾은 오류"),
            [_("행"), _("열"), _("입력한 값"), _("고칠 내용")],
            [(self.place_text(e.sheet, e.row), column_text(e), e.value, e.message) for e in errors],
        )


class ImportTables(OfOpen):
    here = Step.TABLES
    form_class = TablesForm
    template_name = "imports/tables.html"
    submit = gettext_lazy("다음")

    def get_title(self) -> Any:
        return _("가져올 표 고르기")

    def get_form_kwargs(self) -> dict[str, Any]:
        result = self.intake.result
        return {
            "tables": result["tables"],
            "sheets": result["sheets"],
            "answered": "tables" in self.intake.answers,
        }

    def get_context(self) -> dict[str, Any]:
        return {
            "steps": self.steps(),
            "remarks": self.intake.result.get("book", []),
            "faults": self.faults(),
            "again_url": reverse("import_start", args=[self.intake.kind]),
        }

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        return super().page(form, status, cards=self._cards(form), **extra)

    def _cards(self, form: TablesForm) -> list[dict[str, Any]]:
        """Each sheet with its tables to be ticked, and its first rows of which some are its head."""
        tables, chosen = self.intake.result.get("tables", []), list(form["tables"].subwidgets)
        found = []
        for i, sheet in enumerate(form.sheets):
            boxes = form[f"head{i}"].subwidgets
            ticks = [
                (box, table)
                for box, table in zip(chosen, tables, strict=True)
                if table["sheet"] == sheet["name"]
            ]
            rows = [(box, cells) for box, (_number, cells) in zip(boxes, sheet["rows"], strict=True)]
            upright = form[f"upright{i}"] if sheet.get("turned") else None
            found.append({"name": sheet["name"], "ticks": ticks, "rows": rows, "upright": upright})
        return found

    def act(self, form: TablesForm) -> str:
        user, heads, upright = self.request.user, form.heads(), form.upright()
        if upright:
            said = {"upright": [*self.intake.answers.get("upright", []), *upright]}
            services.look_anew(self.intake, said, actor=user, version=self.seen)
            return reverse("import_tables", args=[self.intake.pk])
        if not heads:
            said = {"tables": form.cleaned_data["tables"]}
            return where(services.answer(self.intake, said, actor=user, version=self.seen))
        heads = {**self.intake.answers.get("heads", {}), **heads}
        others = [key for key in form.cleaned_data["tables"] if key.rpartition("!")[0] not in heads]
        services.show_heads(self.intake, heads, others, actor=user, version=self.seen)
        return reverse("import_tables", args=[self.intake.pk])
