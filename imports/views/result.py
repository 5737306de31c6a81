"""The last step of an intake and what became of it: save, give up, undo (B2)."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.html import render_blocks
from basis.documents.model import Table
from basis.errors import Rejected
from basis.excel.importer import RowError
from basis.formats import datetime_ko
from core.numbers import whole
from core.page import Request
from core.steps import step_action, steps_for
from core.views.forms import ConfirmPage
from imports.enums import IntakeState, Step
from imports.forms import WishesForm
from imports.selectors import is_running, skipped, stage
from imports.services import intake as services
from imports.services import undo
from imports.source import placed
from imports.views.base import OfIntake, where
from imports.workflow import can_be_undone, undone_until
from organization.views.tables import table

SHOWN = 200  # lines of a table of the page
NAMED = 50  # rows named one by one


class ImportResultPage(OfIntake):
    """Everything is in order: what will be saved, and the button that saves; or what was saved."""

    template_name = "imports/result.html"

    def get(self, request: Request, kind: str, pk: int) -> HttpResponse:
        self.prepare()
        intake = self.intake
        if is_running(intake) or (
            intake.state == IntakeState.OPEN and stage(intake) not in (Step.SAVE, Step.FILE)
        ):
            return HttpResponseRedirect(where(intake))
        _primary, actions = steps_for(self.actor, intake)
        result, until = intake.result, undone_until(intake.saved_at)
        remarks = [RowError(*values) for values in result.get("remarks", [])]
        return self.render(
            {
                "title": self.get_title(),
                "intake": intake,
                "steps": self.steps(),
                "actions": actions,
                "failed": result.get("refused") or (intake.job.error if intake.job else ""),
                "saved_at": datetime_ko(intake.saved_at) if intake.saved_at else "",
                "undo_until": datetime_ko(until) if until and can_be_undone(intake) else "",
                "ignored": result.get("ignored", []),
                "skipped": self._skipped(),
                "skipped_url": reverse("import_skipped", args=[pk]),
                "told": [*result.get("book", []), *self._tables()],
                "proof": render_blocks([Table.from_json(result["proof"])]) if result.get("proof") else "",
                "remarks": table(
                    _("살펴볼 행"),
                    [_("행"), _("입력한 값"), _("살펴볼 내용")],
                    [(self.place_text(r.sheet, r.row), r.value, r.message) for r in remarks[:SHOWN]],
                ),
                "wishes": self.wishes_form(initial=dict.fromkeys(intake.answers.get("wishes", ()), True)),
                "list_url": self.made_page() or reverse(self.import_page.url_name),
                "again_url": reverse("import_start", args=[kind]),
            }
        )

    def wishes_form(self, *args: Any, **kwargs: Any) -> WishesForm:
        return WishesForm(*args, wishes=self.importer.wishes, **kwargs)

    def made_page(self) -> str:
        """Of the one thing that was made, where there is no more and it has one."""
        if len(self.intake.made) != 1:
            return ""
        ((label, pk),) = self.intake.made
        made: Any = apps.get_model(label)._default_manager.filter(pk=pk).first()
        return str(made.get_absolute_url()) if hasattr(made, "get_absolute_url") else ""

    def _skipped(self) -> list[str]:
        places = skipped(self.intake)
        more = [_("외 %(count)s행") % {"count": f"{len(places) - NAMED:,}"}] if len(places) > NAMED else []
        return [self.place_text(*placed(place)) for place in places[:NAMED]] + more

    def _tables(self) -> list[str]:
        """What was read, and what of it was left out."""
        tables = [table for table in self.intake.result.get("tables", []) if table["taken"]]
        return [f"{table['sheet']}: {table['says']}" for table in tables]

    def post(self, request: Request, kind: str, pk: int) -> HttpResponse:
        self.prepare()
        try:
            seen = whole(request.POST.get("version", ""))
            wishes = self.wishes_form(request.POST).chosen()
            intake = services.save(self.intake, actor=request.user, version=seen, wishes=wishes)
        except Rejected as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(self.intake.get_absolute_url())
        return HttpResponseRedirect(where(intake))


class _Ask(OfIntake, ConfirmPage):
    """A step that is asked for only while it is offered."""

    step = ""

    def begin(self) -> HttpResponse | None:
        self.prepare()
        if step_action(self.actor, self.intake, self.step) is None:
            return HttpResponseRedirect(where(self.intake))
        return super().begin()


class ImportDrop(_Ask):
    step = "drop"
    title = submit = gettext_lazy("그만두기")
    danger = True

    def get_text(self) -> str:
        return _("올린 파일과 고친 내용을 지웁니다. 저장한 자료는 없습니다.")

    def act(self) -> str:
        services.drop(self.intake, actor=self.request.user, version=self.seen)
        return reverse("imports")


class ImportUndo(_Ask):
    """The whole import goes; what has been worked on since is named, and stays."""

    step = "undo"
    title = submit = gettext_lazy("되돌리기")
    danger = True
    success = gettext_lazy("되돌렸습니다.")

    def get_text(self) -> str:
        return _("‘%(file)s’에서 저장한 자료를 통째로 되돌립니다.") % {"file": self.intake.file_name}

    def foresee(self) -> list[str]:
        outlook = undo.foresee(self.intake)
        counts = {"rows": f"{self.intake.saved:,}", "count": f"{len(outlook.goes):,}"}
        lines = [_("파일 %(rows)s행으로 만든 자료 %(count)s건을 지웁니다.") % counts]
        if outlook.stays:
            lines.append(
                _("저장한 뒤에 고치거나 처리한 %(count)s건은 그대로 둡니다.")
                % {"count": f"{len(outlook.stays):,}"}
            )
            lines += [f"{row._meta.verbose_name}: {row}" for row in outlook.stays[:NAMED]]
        return lines

    def act(self) -> str:
        return where(undo.begin(self.intake, actor=self.request.user, version=self.seen))


class ImportResume(OfIntake):
    """To where it was left."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.prepare()
        return HttpResponseRedirect(where(self.intake))
