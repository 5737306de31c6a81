"""Patterns that planning looks at, and what it does about them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.model import Column, Document, Paragraph, Table, row
from basis.documents.response import document_response
from basis.errors import Rejected
from basis.formats import counted, date_short, number
from basis.official import in_office_language
from basis.periods import Period, PeriodKind, containing, parse
from core.components import Action
from core.forms import ReasonForm
from core.now import today
from core.office import office_name
from core.page import BaseView, Crumbs, Request
from core.views.forms import FormPage
from core.views.steps import ServiceStep
from knowledge.forms.oddities import PeriodForm, RevokeForm, TakeBackForm
from knowledge.models import Cleared, Opinion, Post
from knowledge.selectors.oddities import Finding, Pattern, finding, open_and_cleared, rows_of
from knowledge.services import oddities
from knowledge.views.lists import HOME, SECTION
from knowledge.views.post import PostStep

TITLE = gettext_lazy("살펴볼 활동")


def when(one: Finding) -> str:
    """`9. 14.`, `9. 1. ~ 9. 14.`, within a day with the minutes."""
    first, last = timezone.localtime(one.first), timezone.localtime(one.last)
    if first.date() != last.date():
        return f"{date_short(first.date())} ~ {date_short(last.date())}"
    if first == last:
        return date_short(first.date())
    times = dict.fromkeys((f"{first:%H:%M}", f"{last:%H:%M}"))
    return f"{date_short(first.date())} {'~'.join(times)}"


class OfPeriod(BaseView):
    permission = "knowledge.plan"
    section = SECTION

    @property
    def period(self) -> Period:
        """As the address says, else the quarter that runs."""
        try:
            return parse(self.request.GET.get("period", ""))
        except Rejected:
            return containing(today(), PeriodKind.QUARTER)

    def address(self, name: str, **more: str) -> str:
        return f"{reverse(name)}?{urlencode({'period': self.period.key, **more})}"


class OddityList(OfPeriod):
    """All of a period; with `format`, as a paper."""

    template_name = "knowledge/oddities.html"
    crumbs = (HOME, (TITLE, None))

    def get(self, request: Request) -> HttpResponse:
        period = self.period
        found, cleared = open_and_cleared(period)
        if fmt := request.GET.get("format"):
            return _file(period, found, fmt, self.address("knowledge:oddities"))
        form = PeriodForm({"period": period.key}, day=today())
        return self.render(
            {
                "title": TITLE,
                "lead": _(
                    "점수를 얻으려고 한 것처럼 보이는 활동입니다. 근거일 뿐이며, 저절로 회수하는 점수는 없습니다."
                ),
                "form": form,
                "tools": [
                    Action(_("엑셀"), self.address("knowledge:oddities", format="xlsx"), icon="down"),
                    Action(_("인쇄"), self.address("knowledge:oddities", format="html"), icon="print"),
                ],
                "groups": [
                    (
                        pattern.label,
                        [(one, when(one), self.case(one)) for one in found if one.pattern == pattern],
                    )
                    for pattern in Pattern
                ],
                "count": len(found),
                "cleared": [(one, when(one), record) for one, record in cleared],
            }
        )

    def case(self, one: Finding) -> str:
        return self.address("knowledge:oddity", case=one.key)


@in_office_language
def _file(period: Period, found: list[Finding], fmt: str, back: str) -> HttpResponse:
    title = _("살펴볼 활동")
    columns = (
        Column(_("종류"), width=1.4),
        Column(_("직원"), width=2.0),
        Column(_("내용"), width=3.0),
        Column(_("때"), width=1.2),
        Column(_("건수"), "int", width=0.6),
    )
    lines = [row(str(one.pattern.label), one.names, one.what, when(one), one.count) for one in found]
    document = Document(
        title=f"{period.label} {title}",
        subtitle=period.dates,
        office=office_name(),
        made_on=today(),
        blocks=(
            Table(columns, tuple(lines), caption=title, unit=_("건")),
            Paragraph(_("※ 근거일 뿐이며, 저절로 회수하는 점수는 없습니다."), "note"),
        ),
    )
    return document_response(document, fmt, f"{title}_{period.key}", back=back)


class OfCase(OfPeriod):
    """About one case, named by the address."""

    def case(self) -> Finding:
        found = finding(self.period, self.request.GET.get("case", ""))
        if found is None:
            raise Http404
        return found

    @property
    def list_url(self) -> str:
        return self.address("knowledge:oddities")

    def of_case(self, name: str, one: Finding) -> str:
        return self.address(name, case=one.key)


class OddityPage(OfCase):
    template_name = "knowledge/oddity.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (TITLE, self.list_url), (self.title, None)]

    def get(self, request: Request) -> HttpResponse:
        one = self.case()
        self.title = one.pattern.label
        rows = list(rows_of(one)[:500])
        entries = oddities.entries_of(one).count()
        return self.render(
            {
                "title": self.title,
                "lead": one.what,
                "facts": [
                    (_("직원"), one.names),
                    (_("때"), when(one)),
                    (_("건수"), counted(number(one.count), _("건"))),
                ],
                "rows": [_line(row) for row in rows],
                "entries": entries,
                "clear_url": self.of_case("knowledge:oddity_clear", one),
                "take_back_url": self.of_case("knowledge:oddity_take_back", one) if entries else "",
                "list_url": self.list_url,
            }
        )


def _line(thing: Any) -> tuple[str, str, str, str]:
    """When, who, what, and its address."""
    if isinstance(thing, Post):
        day = date_short(thing.submitted_on) if thing.submitted_on else ""
        return day, thing.writer.name, thing.title, thing.get_absolute_url()
    at = timezone.localtime(thing.at)
    moment = f"{date_short(at.date())} {at:%H:%M}"
    if isinstance(thing, Opinion):
        return moment, thing.writer.name, f"{thing.post.title}: {thing.text[:80]}", thing.get_absolute_url()
    return moment, thing.user.name, thing.post.title, thing.post.get_absolute_url()


class OfCaseForm(OfCase, FormPage):
    def prepare(self) -> None:
        self.one = self.case()

    def get_crumbs(self) -> Crumbs:
        case = self.of_case("knowledge:oddity", self.one)
        return [HOME, (TITLE, self.list_url), (self.one.pattern.label, case), (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.of_case("knowledge:oddity", self.one)

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        return super().page(form, status, lead=f"{self.one.names}: {self.one.what}", **extra)


class OddityClear(OfCaseForm):
    form_class = ReasonForm
    title = gettext_lazy("이상 없음으로 기록")
    submit = gettext_lazy("기록")
    success = gettext_lazy("기록했습니다. 더 늘어나지 않으면 다시 나오지 않습니다.")

    def act(self, form: ReasonForm) -> str:
        oddities.clear(self.one, reason=form.cleaned_data["reason"], actor=self.actor)
        return self.list_url


class OddityTakeBack(OfCaseForm):
    form_class = TakeBackForm
    template_name = "knowledge/oddity_take_back.html"
    title = gettext_lazy("점수 회수")
    submit = gettext_lazy("회수")
    danger = True
    success = gettext_lazy("점수를 회수하고 사유를 알렸습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"entries": oddities.entries_of(self.one)}

    def get_initial(self) -> dict[str, Any]:
        """All of them; what is right is unticked."""
        return {"entries": [entry.pk for entry in oddities.entries_of(self.one)]}

    def act(self, form: TakeBackForm) -> str:
        chosen = form.cleaned_data["entries"]
        oddities.take_back(self.one, chosen, reason=form.cleaned_data["reason"], actor=self.actor)
        return self.get_cancel_url()


class OddityAgain(OfPeriod):
    """Undo a record of nothing wrong."""

    def post(self, request: Request, pk: int) -> HttpResponse:
        oddities.look_again(get_object_or_404(Cleared, pk=pk), actor=self.actor)
        messages.success(request, _("다시 살펴볼 것으로 되돌렸습니다."))
        return HttpResponseRedirect(self.address("knowledge:oddities"))


class PostRevoke(PostStep, ServiceStep, FormPage):
    """Planning undoes what an approval brought."""

    step = "revoke"
    form_class = RevokeForm
    lead = gettext_lazy("이 지식으로 받은 점수를 사유와 함께 회수합니다. 쓴 직원에게 알립니다.")
    success = gettext_lazy("점수를 회수했습니다. 쓴 직원에게 사유를 알렸습니다.")
    service = staticmethod(oddities.revoke)

    def act(self, form: RevokeForm) -> str:
        return self.serve(reason=form.cleaned_data["reason"], archive=form.cleaned_data["archive"])
