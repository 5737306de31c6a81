"""What the pages of an intake share: the kind, the intake, the steps shown above."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from basis.excel.importer import Importer, RowError, get_importer
from core.page import BaseView, Crumbs
from core.permissions import ensure
from imports.enums import IntakeState, Step
from imports.models import Intake
from imports.selectors import is_running, stage
from imports.sockets import IMPORT_PAGES, ImportPage
from imports.source import place_key

PAGES = {Step.TABLES: "import_tables", Step.WORDS: "import_words", Step.ROWS: "import_rows"}


class OfKind(BaseView):
    """One kind of import: 404 for a kind nobody registered, refused to those who may not."""

    permission = "organization.self"
    import_page: ImportPage
    importer: Importer

    def prepare(self) -> None:
        self.belong_to(self.kwargs["kind"])

    def belong_to(self, kind: str) -> None:
        page = IMPORT_PAGES.get(kind)
        if page is None:
            raise Http404
        ensure(self.request.user, page.permission)
        self.import_page, self.importer = page, get_importer(page.kind)
        belongs: Any = resolve(reverse(page.url_name)).func
        self.request.section = belongs.view_class.section

    def get_crumbs(self) -> Crumbs:
        return [(self.importer.label, reverse(self.import_page.url_name)), (_("엑셀로 등록"), None)]

    def get_title(self) -> Any:
        return _("%(name)s 엑셀로 등록") % {"name": self.importer.label}


class OfIntake(OfKind):
    """A page of one's own intake; `here` is the step it shows."""

    here: Step = Step.SAVE
    intake: Intake

    def prepare(self) -> None:
        kind = self.kwargs.get("kind")
        if kind:
            self.belong_to(kind)
        mine = Intake.objects.visible_to(self.request.user).select_related("job")
        self.intake = get_object_or_404(mine, pk=self.kwargs["pk"], **({"kind": kind} if kind else {}))
        self.belong_to(self.intake.kind)

    def get_subject(self) -> Any:
        return self.intake

    def get_cancel_url(self) -> str:
        return self.intake.get_absolute_url()

    def get_crumbs(self) -> Crumbs:
        start = reverse("import_start", args=[self.import_page.kind])
        return [
            (self.importer.label, reverse(self.import_page.url_name)),
            (_("엑셀로 등록"), start),
            (self.intake.file_name, None),
        ]

    def steps(self) -> list[tuple[str, str, str]]:
        """Name, state and address of each step; only what there is something to say of can be gone back to."""
        now = stage(self.intake)
        order = list(Step)
        found = []
        for step in order:
            state = "current" if step == self.here else "done" if order.index(step) < order.index(now) else ""
            found.append((str(step.label), state, self._address(step, now)))
        return found

    def place_text(self, sheet: str, row: int) -> str:
        """A row, or the card or column it was, in words."""
        names = self.intake.result.get("names", {})
        name = names.get(place_key((sheet, row))) or _("%(row)s행") % {"row": f"{row:,}"}
        return _("%(sheet)s 시트 %(row)s") % {"sheet": sheet, "row": name} if sheet else name

    def _address(self, step: Step, now: Step) -> str:
        if step == self.here or self.intake.state != IntakeState.OPEN or step not in PAGES:
            return self.intake.get_absolute_url() if step == now and step != self.here else ""
        return reverse(PAGES[step], args=[self.intake.pk])


def where(intake: Intake) -> str:
    """The page of the next step, or the progress of what takes longer."""
    if is_running(intake):
        return reverse("job", args=[intake.job_id])
    step = stage(intake) if intake.state == IntakeState.OPEN else Step.SAVE
    if step in PAGES:
        return reverse(PAGES[step], args=[intake.pk])
    return intake.get_absolute_url()


def column_text(error: RowError) -> str:
    return f"{error.column_letter} {error.column_label}".strip() or _("행 전체")
