"""Bringing the files that a workbook of past posts names (N1)."""

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.components import taking_in
from core.views.held import HoldsFiles
from knowledge.excel import PastPostImporter
from knowledge.forms.past import FilesForm
from knowledge.models import Awaited
from knowledge.services import past_files
from knowledge.views.lists import HOME, SECTION

SHOWN = 50  # names listed; the others are counted


class PastFiles(HoldsFiles):
    permission = "knowledge.plan"
    section = SECTION
    template_name = "knowledge/past_files.html"
    form_class = FilesForm
    title = gettext_lazy("지난 지식의 첨부 파일")
    submit = gettext_lazy("파일 올리기")
    crumbs = (HOME, (gettext_lazy("지난 지식의 첨부 파일"), None))

    def get_draft_key(self) -> str:
        return "knowledge.past_files"

    def get_cancel_url(self) -> str:
        return reverse("knowledge:list")

    def get_context(self) -> dict[str, Any]:
        rows = Awaited.objects.select_related("post")
        return {
            "awaited": rows[:SHOWN],
            "count": rows.count(),
            "tools": taking_in(PastPostImporter.kind, past=True),
        }

    def act(self, form: FilesForm) -> str:
        with self.files(form) as files:
            found = past_files.bring(files, actor=self.actor)
        placed, unknown = len(found.placed), found.unknown
        said = ngettext("파일 %(count)d개를 붙였습니다.", "파일 %(count)d개를 붙였습니다.", placed)
        messages.success(self.request, said % {"count": placed})
        if unknown:
            listed = _("기다리는 글이 없어 올리지 않은 파일: %(names)s") % {"names": ", ".join(unknown)}
            messages.warning(self.request, listed)
        return reverse("knowledge:past_files")
