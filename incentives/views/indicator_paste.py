"""A block pasted from a spreadsheet, or a workbook: what changes is shown before it is saved (I3). The workbook out."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.response import FORMATS, file_name
from basis.errors import Rejected
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.permissions import ensure
from core.views.forms import PreviewPage
from incentives.excel_indicators import block_of_text, typed_of, workbook
from incentives.forms.indicators import PasteForm
from incentives.models import Division, Indicator
from incentives.services import indicators
from incentives.services.indicators import Faulty, Typed
from incentives.sheet import ALL
from incentives.views.find import find_division
from incentives.views.indicators import WORK, foresee
from incentives.views.lists import HOME, SECTION

_NAMED = 10  # faults said at once


def rows_of(division: Division) -> list[Indicator]:
    return list(division.indicators.standing().select_related("person").order_by("order", "pk"))


class IndicatorPaste(PreviewPage):
    permission = "incentives.view"
    section = SECTION
    form_class = PasteForm
    template_name = "incentives/indicator_paste.html"
    title = gettext_lazy("엑셀에서 가져오기")
    submit = gettext_lazy("이대로 저장")
    success = gettext_lazy("가져온 내용을 저장했습니다.")
    lead = gettext_lazy("바뀌는 칸을 먼저 보여 드립니다. 가져온 표에 없는 지표는 그대로 둡니다.")
    division: Division

    def prepare(self) -> None:
        self.division = find_division(self.actor, self.kwargs["pk"])
        ensure(self.actor, WORK, self.division)

    def get_crumbs(self) -> Crumbs:
        if not hasattr(self, "division"):
            return [HOME, (self.title, None)]
        own = (str(self.division), self.division.get_absolute_url())
        return [HOME, own, (_("지표"), self.get_cancel_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return reverse("incentives:indicators", args=[self.division.pk])

    def get_draft_key(self) -> str:
        return ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"rows": rows_of(self.division)}

    def hold(self, form: Any) -> QueryDict:
        """A file is sent once: its cells stand in the form from here on."""
        typed = self.request.POST.copy()
        typed["block"] = form.cleaned_data["block"]
        form.data = typed
        return typed

    def typed(self, form: Any) -> dict[str, Typed]:
        data = form.cleaned_data
        block = block_of_text(data["block"])
        first = whole(data["first"]) if data["first"] else None
        return typed_of(block, rows_of(self.division), first, data["column"] or "name")

    def foresee(self, form: Any) -> Sequence[str]:
        typed = self.typed(form)
        try:
            lines = foresee(self.division, typed, self.actor)
        except Faulty as error:
            raise Rejected(faults(error, typed), field="block") from error
        if not lines:
            raise Rejected(_("바뀌는 칸이 없습니다."), field="block")
        return lines

    def act(self, form: Any) -> str:
        typed = self.typed(form)
        try:
            indicators.save_rows(self.division, list(typed.values()), actor=self.actor)
        except Faulty as error:
            raise Rejected(faults(error, typed), field="block") from error
        return self.get_cancel_url()


def faults(error: Faulty, typed: dict[str, Typed]) -> str:
    """Each by its row and column."""
    found = []
    lines = {key: n for n, key in enumerate(typed, start=1)}
    for key, trouble in error.troubles.items():
        name = typed[key].texts.get("name", "") if key in typed else ""
        place = _("%(number)d번째 줄") % {"number": lines.get(key, 0)} + (f"({name[:40]})" if name else "")
        found += [f"{place} {ALL[column].label}: {text}" for column, text in trouble.cells.items()]
        if trouble.conflict:
            found.append(f"{place}: {trouble.conflict}")
    more = len(found) - _NAMED
    said = " / ".join(found[:_NAMED])
    return said + (_(" 외 %(count)d곳") % {"count": more} if more > 0 else "")


class IndicatorExcel(BaseView):
    """The table as a workbook, to be changed and taken in again."""

    permission = "incentives.view"
    section = SECTION

    def get(self, request: Request, pk: int) -> HttpResponse:
        division = find_division(request.user, pk)
        title = _("지표")
        self.looked = name = f"{division.project.year}_{division}_{title}"
        named = content_disposition_header(as_attachment=True, filename=file_name(name, "xlsx"))
        return HttpResponse(
            workbook(rows_of(division)),
            content_type=FORMATS["xlsx"].content_type,
            headers={"Content-Disposition": named or ""},
        )
