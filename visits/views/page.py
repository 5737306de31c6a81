"""A field visit: its page, the request, its change, what planning decides (V1, V2)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from basis.clock import deadline_badge
from basis.formats import UNRECORDED, counted, date_weekday, won
from benchmarking.models import Case, Review
from benchmarking.selectors.ways import beside, to_case, to_review
from benchmarking.views.lists import HOME
from budgets.selectors import budget_overview
from core import deadlines
from core.attachments import link_of
from core.components import Badge, Way
from core.models import Attachment
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from notifications.bar import bar_of
from visits.enums import VisitState
from visits.models import FieldVisit, VisitExpense, VisitMember
from visits.purse import TRAVEL
from visits.rates import total
from visits.selectors import page as selectors
from visits.views.lists import LIST


def get_visit(user: Any, pk: int) -> FieldVisit:
    """404 for what one may not know."""
    team = VisitMember.objects.select_related("user__department")
    cases = Case.objects.visible_to(user).filter(pk=OuterRef("case"))
    asked = Review.objects.visible_to(user).filter(pk=OuterRef("review"))
    return get_object_or_404(
        FieldVisit.objects.visible_to(user)
        .annotate(knows_case=Exists(cases), knows_review=Exists(asked))
        .select_related(
            "case",
            "review__reviewer__department",
            "review__follow_up",
            "department",
            "clock",
            "claim",
            "recorded_by__department",
            "report__reported_by__department",
        )
        .prefetch_related(Prefetch("members", team)),
        pk=pk,
    )


def travel_days(visit: FieldVisit) -> str:
    """The day, or from when to when."""
    first = visit.visited
    return first if visit.days == 1 or visit.inexact else f"{first} ~ {date_weekday(visit.ends_on)}"


def place_text(visit: FieldVisit) -> str:
    """With the hours, where they count."""
    if visit.is_record:
        return ""
    place = str(visit.get_place_display())
    hours = _("하루 %(hours)s시간") % {"hours": visit.hours}
    return f"{place}, {hours}" if visit.journey.is_inside else place


def _of_record(visit: FieldVisit, costs: bool) -> list[tuple[Any, Any]]:
    """What is known of a visit made before the process was kept here (N1)."""
    if not visit.is_record:
        return []
    count = counted(visit.headcount, _("명")) if visit.headcount else UNRECORDED
    spent = won(visit.actual) if visit.actual is not None else UNRECORDED
    return [(_("인원"), count), *([(_("집행액"), spent)] if costs else [])]


def plan_facts(visit: FieldVisit, *, costs: bool = False) -> list[tuple[Any, Any]]:
    return [
        (_("방문 기관"), visit.host),
        (_("방문 기관 담당"), visit.contact),
        (_("방문일"), travel_days(visit)),
        (_("방문 지역"), place_text(visit)),
        (_("교통편"), "" if visit.is_record else visit.get_means_display()),
        (_("방문 목적"), visit.purpose or UNRECORDED),
        (_("살펴볼 내용"), visit.look_at),
        *_of_record(visit, costs),
        (_("출장명령"), visit.order_number),
        (_("신청자"), str(visit.recorded_by or "")),
    ]


def money_facts(year: int, needed: int, held: int | None) -> dict[str, Any]:
    """The year's budget and what is left after this visit; `held`: what is reserved for it already."""
    found = budget_overview(TRAVEL, year)
    room = found.free + (held or 0)
    return {
        "budget": found,
        "budget_left": room - needed,
        "budget_short": room < needed,
        "budget_room": room,
        "budget_own": held,
    }


class VisitPage(BaseView):
    permission = "visits.view"
    section = "benchmarking"
    template_name = "visits/page.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.visit.host, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.visit = visit = get_visit(request.user, pk)
        report = getattr(visit, "report", None)
        costs = can(request.user, "visits.costs", visit)
        log = selectors.log_of(visit)
        lines = [row.as_line() for row in visit.lines.all()] if costs else []
        spent = list(visit.expenses.select_related("user__department")) if costs and report else []
        files, receipts = selectors.files_of_report(report, spent)
        went = visit.labels
        open_ = visit.state in (VisitState.SUBMITTED, VisitState.APPROVED, VisitState.ORDERED)
        return self.render(
            {
                "visit": visit,
                "title": visit.host,
                "lead": f"{visit.department_name} · {travel_days(visit)}",
                "badges": [Badge(visit.get_state_display(), selectors.VISIT_TONES[VisitState(visit.state)])],
                **bar_of(request.user, visit, log=log),
                "steps": selectors.steps_of(visit),
                "facts": plan_facts(visit, costs=costs),
                "members": visit.members.all(),
                "cautions": selectors.cautions(
                    [member.user for member in visit.members.all()],
                    visit.visited_on,
                    visit.days,
                    visit=visit,
                )
                if open_
                else [],
                "costs": costs and not visit.is_record,
                "lines": lines,
                "sum": total(lines),
                **(
                    money_facts(visit.visited_on.year, visit.estimate, visit.reserved)
                    if costs and open_
                    else {"budget": None}
                ),
                "deadline": deadline_badge(visit.clock.due, today(), False, visit.clock.closed_on)
                if visit.clock
                else None,
                "arithmetic": deadlines.steps(visit.clock)
                if visit.clock and visit.state == VisitState.TRAVELLED
                else [],
                "report": report,
                "files": [link_of(file) for file in files],
                "expenses": [self.expense(row, receipts.get(row.pk, ()), went) for row in spent],
                "repayments": [
                    _("%(who)s: 환수 %(amount)s, 가산 징수 %(surcharge)s (%(document)s, %(day)s)")
                    % {
                        "who": went.get(row.user_id, ""),
                        "amount": won(row.amount),
                        "surcharge": won(row.surcharge),
                        "document": row.document,
                        "day": date_weekday(row.decided_on),
                    }
                    for row in (visit.repayments.all() if spent else ())
                ],
                "spent": sum(row.amount for row in spent),
                "ways": self.ways(),
                "events": selectors.timeline(log, costs=costs),
            }
        )

    def ways(self) -> list[Way]:
        """To what one may know of, by the questions of `get_visit`."""
        visit: Any = self.visit
        ways = [to_case(visit.case)] if visit.knows_case else []
        return [*ways, to_review(visit.review), *beside(visit.review)] if visit.knows_review else ways

    def expense(
        self, row: VisitExpense, receipts: Sequence[Attachment], labels: Mapping[int, str]
    ) -> dict[str, Any]:
        return {
            "kind": row.get_kind_display(),
            "who": labels.get(row.user_id, row.user.full_label),
            "amount": row.amount,
            "receipt": row.receipt,
            "note": row.note,
            "files": [link_of(file) for file in receipts],
        }
