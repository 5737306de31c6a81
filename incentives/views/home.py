"""Projects of a year at a glance: what I owe, where each stands and leads to, what this week lacks (R4, R5)."""

from typing import ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import counted, number
from core.cells import Cell
from core.components import Action, Figure
from core.now import today
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from incentives.enums import WeeklyState
from incentives.kinds import BriefingPanel
from incentives.models import Contact, Division, Week, WeekReport
from incentives.selectors.indicators import Standing, standing
from incentives.selectors.projects import owners_of, prizes
from incentives.selectors.tones import DIVISION_TONES, WEEKLY_TONES
from incentives.selectors.wording import expected_words, points
from incentives.selectors.years import millions
from incentives.views.lists import HOME, SECTION
from meetings.models import Session
from notifications.selectors import owed
from organization.views.tables import table


class Home(BaseView):
    permission = "incentives.view"
    section = SECTION
    template_name = "incentives/home.html"
    crumbs: ClassVar[Crumbs] = ((HOME[0], None),)

    def get(self, request: Request) -> HttpResponse:
        this = today().year
        year = whole(request.GET.get("year", "")) or this
        found = standing(year)
        week = (
            Week.objects.visible_to(request.user).filter(year=year).order_by("-year", "-number").first()
            if found
            else None
        )
        self.reports = {one.division_id: one for one in week.reports.all()} if week else {}
        url = reverse("incentives:home")
        return self.render(
            {
                "title": _("공동협력사업"),
                "year": year,
                "before": f"{url}?year={year - 1}",
                "after": f"{url}?year={year + 1}" if year <= this else "",
                "owed": owed(request.user, _kinds()) if year == this else [],
                "figures": self.figures(year, found, week),
                "projects": table(_("사업별 현황"), HEADS, [self.line(one) for one in found], right=[2, 3, 4])
                if found
                else None,
                "week": week,
                "primary": Action(_("사업 등록"), reverse("incentives:new"))
                if can(self.actor, "incentives.plan") and not found
                else None,
                "actions": [Action(_("지표 현황"), f"{reverse('incentives:heat')}?year={year}")],
            }
        )

    def figures(self, year: int, found: list[Standing], week: Week | None) -> list[Figure]:
        """Each leads to its rows."""
        weak = sum(len(one.weak) for one in found)
        missing = sum(len(one.missing) for one in found)
        measured = sum(len(one.leaves) for one in found)
        listing, many = reverse("incentives:list"), reverse("incentives:indicator_list")
        behind = f"{many}?year={year}&standing="
        lacking = [one for one in self.reports.values() if one.state != WeeklyState.CONFIRMED]
        received, expected = prizes(year)
        lines = [
            Figure(_("사업 부문"), number(len(found)), _("개"), f"{listing}?year={year}&show=all"),
            Figure(_("지표"), number(measured), _("개"), f"{many}?year={year}"),
            Figure(_("부진 지표"), number(weak), _("개"), f"{behind}weak", tone="danger" if weak else ""),
            Figure(_("실적 없는 지표"), number(missing), _("개"), f"{behind}missing"),
        ]  # fmt: skip
        if week is not None:
            words = _("%(week)s 보고하지 않은 부문") % {"week": week}
            tone = "warning" if lacking else ""
            lines.append(Figure(words, number(len(lacking)), _("개"), week.get_absolute_url(), tone=tone))
        if expected:
            unit, words = _("백만원"), expected_words(received)
            lines.append(Figure(_("예상 수상금"), millions(received + expected), unit, listing, words))
        elif received:
            results = f"{reverse('incentives:results')}?year={year}"
            lines.append(Figure(_("받은 수상금"), millions(received), _("백만원"), results))
        return lines

    def line(self, one: Standing) -> list[Cell | str]:
        division, report = one.division, self.reports.get(one.division.pk)
        return [
            Cell(str(division), url=division.get_absolute_url(), sub=owners_of(division.parts.all())),
            Cell(str(division.get_state_display()), tone=DIVISION_TONES[division.state]),
            points(one.total.score, 1) if one.leaves else "",
            points(one.expected.plain, 1) if one.leaves else "",
            Cell(counted(len(one.weak), _("개")), tone="danger") if one.weak else "",
            _weekly(report),
        ]


HEADS = [
    gettext_lazy("사업(부문)"),
    gettext_lazy("상태"),
    gettext_lazy("지금 점수"),
    gettext_lazy("연말 예상 점수"),
    gettext_lazy("부진 지표"),
    gettext_lazy("이번 주 보고"),
]


def _weekly(report: WeekReport | None) -> Cell | str:
    if report is None:
        return ""
    return Cell(str(report.get_state_display()), tone=WEEKLY_TONES[report.state])


def _kinds() -> Q:
    """Whatever of this process waits for somebody."""
    own = ContentType.objects.get_for_models(Division, Contact, WeekReport, Week).values()
    session = ContentType.objects.get_for_model(Session)
    briefings = Session.objects.filter(panel__kind=BriefingPanel.key)
    return Q(content_type__in=own) | Q(content_type=session, object_id__in=briefings.values("pk"))
