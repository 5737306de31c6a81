"""Mending in the page: only the rows at fault, with all their faults at once (B2, N3)."""

from pathlib import PurePath
from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.excel.importer import RowError
from basis.official import in_office_language
from core.exports import XLSX
from core.numbers import whole
from core.page import Request
from core.views.forms import ConfirmPage, FormPage
from imports.enums import IntakeState, Step
from imports.forms import RowsForm, SkippedForm, name_of
from imports.returned import keeps_look, returned_workbook
from imports.selectors import skipped, stage
from imports.services import intake as services
from imports.services.results import MOST_ROWS
from imports.source import opened, place_key, placed
from imports.views.base import OfIntake, where

PER_PAGE = 20  # rows
MOST_SAME = 20  # values put right once for all
MOST_SKIPPED = 200  # rows that can be chosen one by one


class ImportRows(OfIntake, FormPage):
    here = Step.ROWS
    form_class = RowsForm
    template_name = "imports/rows.html"
    submit = gettext_lazy("고친 내용 확인")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        self.prepare()
        if self.intake.state == IntakeState.OPEN and stage(self.intake) == Step.SAVE and skipped(self.intake):
            return HttpResponseRedirect(reverse("import_skipped", args=[self.intake.pk]))
        if self.intake.state != IntakeState.OPEN or stage(self.intake) != Step.ROWS:
            return HttpResponseRedirect(where(self.intake))
        return super().get(request, *args, **kwargs)

    def get_title(self) -> Any:
        return _("고칠 행")

    @property
    def number(self) -> int:
        given = self.request.GET.get("page", "")
        return min(max(1, whole(given) or 1), self.pages)

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.intake.result.get("rows", {})) // PER_PAGE))

    def faults(self) -> dict[str, list[RowError]]:
        found: dict[str, list[RowError]] = {}
        for values in self.intake.result.get("errors", []):
            error = RowError(*values)
            found.setdefault(place_key((error.sheet, error.row)), []).append(error)
        return found

    def shown(self) -> list[tuple[str, dict[str, str], list[str]]]:
        """Rows of this page: place, cells, columns to be typed (of one at fault as a whole: what makes it that row)."""
        faults, rows = self.faults(), self.intake.result.get("rows", {})
        places = [place for place in faults if place in rows][(self.number - 1) * PER_PAGE :][:PER_PAGE]
        order = [column.key for column in self.importer.columns]
        found = []
        for place in places:
            keys = {error.key for error in faults[place] if error.key}
            if any(not error.key for error in faults[place]) or keys & set(self.importer.unique):
                keys |= set(self.importer.unique)
            found.append((place, rows[place], [key for key in order if key in keys]))
        return found

    def beside(self) -> list[str]:
        """What is wrong with rows that are no data, as with a total: mended in the file, or left out."""
        rows, places = self.intake.result.get("rows", {}), self.faults()
        if len(rows) >= MOST_ROWS:
            return []
        return [str(error) for place, errors in places.items() if place not in rows for error in errors]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"rows": self.shown(), "same": self.same(), "columns": self.importer.columns}

    def same(self) -> list[tuple[str, str, list[str]]]:
        """Column, value and places of what is at fault in several rows."""
        rows = self.intake.result.get("rows", {})
        found: dict[tuple[str, str], list[str]] = {}
        for place, errors in self.faults().items():
            for key in {error.key for error in errors if error.key} - set(self.importer.unique):
                if value := rows.get(place, {}).get(key):
                    found.setdefault((key, value), []).append(place)
        several = sorted(
            (len(places), key, value) for (key, value), places in found.items() if len(places) > 1
        )
        return [(key, value, found[key, value]) for _count, key, value in reversed(several[-MOST_SAME:])]

    def get_context(self) -> dict[str, Any]:
        result = self.intake.result
        pk = self.intake.pk
        return {
            "steps": self.steps(),
            "total": result.get("total", 0),
            "faulty": len(self.faults()),
            "error_count": result.get("error_count", 0),
            "beside": self.beside(),
            "pages": [(n, n == self.number) for n in range(1, self.pages + 1)] if self.pages > 1 else [],
            "workbook_url": reverse("import_returned", args=[pk]),
            "plain": self._comes_back_plain(),
            "skip_url": reverse("import_skip", args=[pk]),
            "skipped": len(skipped(self.intake)),
            "skipped_url": reverse("import_skipped", args=[pk]),
            "again_url": reverse("import_start", args=[self.intake.kind]),
        }

    def _comes_back_plain(self) -> bool:
        result = self.intake.result
        laid_out = any(table.get("layout") for table in result["tables"] if table["taken"])
        kept = keeps_look(result.get("container", "xlsx"), services.file_of(self.intake).size)
        return laid_out or not kept

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        same = [form[f"s{i}"] for i in range(len(form.same))]
        return super().page(form, status, rows=self._placed(form), same=same, **extra)

    def _placed(self, form: RowsForm) -> list[dict[str, Any]]:
        faults = self.faults()
        labels = {column.key: str(column.label) for column in self.importer.columns}
        found = []
        for place, cells, keys in form.rows:
            errors = faults[place]
            found.append(
                {
                    "place": self.place_text(errors[0].sheet, errors[0].row),
                    "whole": [error.message for error in errors if not error.key],
                    "fields": [
                        (form[name_of(place, key)], [error.message for error in errors if error.key == key])
                        for key in keys
                    ],
                    "skip": form[name_of(place, "skip")],
                    "others": [
                        (labels[key], text) for key, text in cells.items() if text and key not in keys
                    ],
                }
            )
        return found

    def act(self, form: RowsForm) -> str:
        user = self.request.user
        return where(services.answer(self.intake, {"rows": form.answers()}, actor=user, version=self.seen))


class ImportSkip(OfIntake, ConfirmPage):
    """Leave out all rows at fault, and go on with the good ones."""

    here = Step.ROWS
    title = submit = gettext_lazy("오류 있는 행 모두 빼기")

    def get_text(self) -> str:
        return _("오류가 있는 행은 등록하지 않고, 나머지 행으로 계속합니다.")

    def act(self) -> str:
        return where(services.skip_faulty(self.intake, actor=self.request.user, version=self.seen))


class ImportSkipped(OfIntake, FormPage):
    """The rows that were left out, to be put in again as long as nothing is saved."""

    here = Step.ROWS
    form_class = SkippedForm
    template_name = "imports/skipped.html"
    title = gettext_lazy("뺀 행")
    lead = gettext_lazy("다시 넣은 행은 바로 확인하고, 고칠 곳이 있으면 ‘고칠 행’에 나옵니다.")
    submit = gettext_lazy("다시 넣기")

    def begin(self) -> HttpResponse | None:
        answer = super().begin()
        if answer is None and (self.intake.state != IntakeState.OPEN or not skipped(self.intake)):
            return HttpResponseRedirect(where(self.intake))
        return answer

    def get_title(self) -> Any:
        return self.title

    def get_draft_key(self) -> str:
        return ""

    def get_cancel_url(self) -> str:
        return where(self.intake)

    def get_context(self) -> dict[str, Any]:
        return {"steps": self.steps()}

    def get_form_kwargs(self) -> dict[str, Any]:
        begins, places = dict(self.intake.result.get("skipped", [])), skipped(self.intake)
        shown = [
            (place, self.place_text(*placed(place)), begins.get(place, "")) for place in places[:MOST_SKIPPED]
        ]
        return {"rows": shown, "more": len(places) - len(shown)}

    def act(self, form: SkippedForm) -> str:
        said = form.cleaned_data
        places = skipped(self.intake) if said.get("all") else said["rows"]
        return where(services.put_back(self.intake, places, actor=self.request.user, version=self.seen))


class ImportReturned(OfIntake):
    """The file as it was, with what is wrong beside it."""

    def get_look(self) -> None:
        return None

    def get(self, request: Request, pk: int) -> FileResponse:
        self.prepare()
        return self.file()

    @in_office_language
    def file(self) -> FileResponse:
        errors = [RowError(*values) for values in self.intake.result.get("errors", [])]
        kept = services.file_of(self.intake)
        with opened(self.intake, self.importer) as source, kept.file.open("rb") as file:
            made = returned_workbook(file, source, errors)
        name = _("오류_%(name)s.xlsx") % {"name": PurePath(kept.name).stem}
        return FileResponse(made, as_attachment=True, filename=name, content_type=XLSX)
