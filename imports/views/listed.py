"""One's own imports: what was begun, saved, undone."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from basis.excel.importer import IMPORTERS
from basis.formats import datetime_ko
from core.cells import Column, badge_cell, choice
from core.components import Action
from core.lists import ListView
from core.now import now
from imports.enums import IntakeState, Step
from imports.models import Intake
from imports.selectors import importable
from imports.workflow import undone_until

TONES = {IntakeState.OPEN: "warning", IntakeState.SAVED: "success"}


def kind_text(kind: str) -> str:
    importer = IMPORTERS.get(kind)
    return str(importer.label) if importer else kind


def _step(state: str, step: str) -> str:
    return str(Step(step).label) if state == IntakeState.OPEN else ""


def _undo(state: str, saved_at: datetime | None) -> str:
    until = undone_until(saved_at) if state == IntakeState.SAVED else None
    return gettext("%(time)s까지") % {"time": datetime_ko(until)} if until and now() < until else ""


class ImportList(ListView):
    permission = "organization.self"
    title = _("엑셀로 등록한 자료")
    file_name = _("엑셀로 등록한 자료")
    crumbs = ((_("엑셀로 등록한 자료"), None),)
    default_order = ("-created_at",)
    empty_message = _("엑셀로 등록한 자료가 없습니다. 사례·부서·직원 목록의 ‘엑셀로 등록’에서 시작해 주세요.")
    columns = (
        Column("file", _("파일"), ("file_name",), sort=("file_name",), primary=True),
        Column("kind", _("종류"), ("kind",), kind_text, excel=kind_text, sort=("kind",)),
        Column(
            "state",
            _("상태"),
            ("state",),
            badge_cell(IntakeState, TONES),
            excel=choice(IntakeState),
            sort=("state",),
        ),
        Column("step", _("다음 단계"), ("state", "step"), _step, excel=_step),
        Column("total", _("행"), ("total",), kind="int", sort=("total",)),
        Column("created", _("올린 때"), ("created_at",), datetime_ko, sort=("created_at",)),
        Column(
            "saved",
            _("저장한 때"),
            ("saved_at",),
            lambda at: datetime_ko(at) if at else "",
            sort=("saved_at",),
        ),
        Column("undo", _("되돌리기"), ("state", "saved_at"), _undo),
    )

    def admit(self) -> None:
        super().admit()
        if not importable(self.actor):
            raise Http404

    def get_queryset(self, user: Any) -> Any:
        return Intake.objects.visible_to(user)

    def get_tools(self) -> list[Action]:
        return [Action(gettext("기억한 말"), reverse("import_known"))]

    def row_url(self, pk: Any) -> str:
        return reverse("import_resume", args=[pk])
