"""Results: the list, the page with its bonus line by line, how they are written down and corrected (I6, I7)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday, number, won
from core.attachments import files_of, link_of
from core.cells import Cell, Column, badge_cell, choice, day
from core.components import Action, Badge, Figure
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.timeline import event_of
from core.transition import latest_first
from incentives.enums import DivisionState, Kind, PayoutState, Role, Tier
from incentives.filters_results import ResultFilter
from incentives.models import Division, Payout, Result, Share
from incentives.selectors.results import explain, owners_of, prize_of
from incentives.selectors.tones import PAYOUT_TONES, TIER_TONES
from incentives.selectors.years import millions
from incentives.services.results import CHANGEABLE
from incentives.views.lists import HOME, SECTION
from incentives.workflow import LIVING
from notifications.bar import bar_of
from organization.views.tables import table

LIST = (gettext_lazy("평가 결과"), reverse_lazy("incentives:results"))
NONE = "–"


def get_result(user: Any, pk: int) -> Result:
    """404 for what one may not know."""
    rows = Result.objects.visible_to(user).select_related("division__project", "payout")
    return get_object_or_404(rows.prefetch_related("prizes", "shares", "elsewhere"), pk=pk)


def listed(rows: QuerySet[Result]) -> Any:
    """With the department that answers for each, and the money it brought."""
    first = Share.objects.filter(result=OuterRef("pk"), role=Role.OWNER).order_by("order")
    return rows.annotate(
        owner=Subquery(first.values("department_name")[:1]), prize=Sum("prizes__amount")
    ).order_by()


def _won(value: int | None) -> str:
    return number(value) if value else NONE


def _bonus(amount: int | None) -> str:
    return _("정해지지 않음") if amount is None else number(amount)


def _tier(tier: str) -> str:
    return str(Tier(tier).label) if tier else _("정해지지 않음")


class ResultList(ListView):
    permission = "incentives.view"
    section = SECTION
    title = gettext_lazy("평가 결과")
    file_name = gettext_lazy("공동협력사업_평가_결과")
    filter_class = ResultFilter
    default_order = ("-division__project__year", "number", "-decided_on", "title")
    crumbs = (HOME, LIST)
    empty_message = gettext_lazy("조건에 맞는 결과가 없습니다. 결과는 사업 화면에서 기획예산과가 적습니다.")
    columns = (
        Column("number", gettext_lazy("연번"), ("number",), lambda value: str(value or NONE), sort=("number",),
               kind="int", align="right", excel=lambda value: value, width=7),
        Column("title", gettext_lazy("평가 이름"), ("title",), sort=("title",), primary=True, width=44),
        Column("year", gettext_lazy("연도"), ("division__project__year",), sort=("division__project__year",),
               kind="int", align="right", excel=lambda value: value, width=8),
        Column("kind", gettext_lazy("평가 구분"), ("division__project__kind",), choice(Kind),
               sort=("division__project__kind",), excel=choice(Kind), width=22, hide_mobile=True),
        Column("grade", gettext_lazy("평가 결과"), ("grade",), sort=("grade",), width=16),
        Column("tier", gettext_lazy("급"), ("tier",), _tier, sort=("tier",), excel=_tier, width=14, screen=False),
        Column("rank", gettext_lazy("순위"), ("rank",), lambda value: str(value or NONE), sort=("rank",), kind="int",
               align="right", excel=lambda value: value, width=8, screen=False),
        Column("prize", gettext_lazy("수상금(원)"), ("prize",), _won, sort=("prize",), kind="int", align="right",
               excel=lambda value: value or 0, width=16),
        Column("owner", gettext_lazy("주관 부서"), ("owner",), sort=("owner",), width=18),
        Column("bonus", gettext_lazy("포상금(원)"), ("payout__amount",), _bonus, sort=("payout__amount",), kind="int",
               align="right", excel=lambda value: _("정해지지 않음") if value is None else value, width=16),
        Column("state", gettext_lazy("포상금 상태"), ("payout__state",), badge_cell(PayoutState, PAYOUT_TONES),
               sort=("payout__state",), excel=choice(PayoutState)),
        Column("decided", gettext_lazy("발표일"), ("decided_on",), day, kind="date", excel=lambda value: value,
               screen=False),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return listed(Result.objects.visible_to(user))

    def row_url(self, pk: Any) -> str:
        return reverse("incentives:result", args=[pk])

    def get_empty_action(self) -> tuple[Any, str]:
        return _("사업 목록 보기"), reverse("incentives:list")

    def get_figures(self, queryset: QuerySet) -> Sequence[Figure]:
        shown = Result.objects.filter(pk__in=queryset.order_by().values("pk"))
        prize = shown.aggregate(sum=Sum("prizes__amount"))["sum"] or 0
        sums = Payout.objects.filter(result__in=shown).aggregate(
            bonus=Sum("amount"), paid=Sum("amount", filter=Q(state=PayoutState.PAID))
        )
        here = self.request.path
        return [
            Figure(_("수상금"), millions(prize), _("백만원")),
            Figure(_("포상금"), millions(sums["bonus"] or 0), _("백만원")),
            Figure(
                _("지급한 포상금"),
                millions(sums["paid"] or 0),
                _("백만원"),
                f"{here}?state={PayoutState.PAID.value}",
            ),
        ]

    def get_tools(self) -> list[Action]:
        found = [Action(_("연도별 비교"), reverse("incentives:years"))]
        if can(self.actor, "incentives.plan"):
            found.append(Action(_("등급 이름"), reverse("incentives:grades")))
            found.append(Action(_("지난 결과 가져오기"), reverse("import_start", args=["incentive-results"])))
        return found


class ResultPage(BaseView):
    permission = "incentives.view"
    section = SECTION
    template_name = "incentives/result.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.result.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.result = result = get_result(request.user, pk)
        payout = result.payout
        payout.result = result
        shares = list(result.shares.all())
        return self.render(
            {
                **bar_of(request.user, payout),
                "result": result,
                "payout": payout,
                "title": result.title,
                "lead": f"{result.division.project.year} · {owners_of(shares)}",
                "badges": [
                    Badge(result.grade, TIER_TONES[result.tier]),
                    Badge(
                        _("포상금: %(state)s") % {"state": payout.get_state_display()},
                        PAYOUT_TONES[payout.state],
                    ),
                ],
                "facts": self.facts(),
                "prizes": self.prizes(),
                "explained": explain(result, payout),
                "shares": self.shares(shares),
                "paid": self.paid(payout),
                "others": self.others(),
                "people": self.people(),
                "files": [link_of(file) for file in files_of(result)],
                "tools": self.tools(payout),
                "events": [event_of(row) for row in latest_first(payout)],
            }
        )

    def facts(self) -> list[tuple[Any, Any]]:
        one = self.result
        found = [
            (_("사업"), str(one.division)),
            (_("평가 구분"), one.division.project.get_kind_display()),
            (_("평가 결과"), one.grade),
            (_("급"), _tier(one.tier)),
            (_("순위"), _("%(rank)d위") % {"rank": one.rank} if one.rank else ""),
            (_("점수"), f"{one.score.normalize():f}" if one.score is not None else ""),
            (_("발표일"), date_weekday(one.decided_on)),
            (_("수상금"), won(prize_of(one)) if prize_of(one) else _("없음")),
        ]
        return [(label, text) for label, text in found if text]

    def prizes(self) -> dict[str, Any] | None:
        rows: list[list[Cell | str]] = [
            [
                str(one.get_money_display()),
                number(one.amount),
                date_weekday(one.received_on) if one.received_on else _("받기 전"),
            ]
            for one in self.result.prizes.all()
        ]
        heads = [_("구분"), _("금액(원)"), _("받은 날")]
        return table(_("수상금"), heads, rows, right=[1]) if rows else None

    def shares(self, shares: Sequence[Share]) -> dict[str, Any]:
        rows: list[list[Cell | str]] = [
            [
                one.department_name,
                str(one.get_role_display()),
                "" if one.percent is None else f"{one.percent}%",
                "" if one.amount is None else number(one.amount),
            ]
            for one in shares
        ]
        heads = [_("부서"), _("역할"), _("비율"), _("금액(원)")]
        return table(_("부서별 포상금"), heads, rows, right=[2, 3])

    def paid(self, payout: Payout) -> list[tuple[Any, Any]]:
        found = [
            (_("분담 근거"), payout.basis),
            (_("부구청장 결재"), _dated(payout.approved_on, payout.document)),
            (_("지급 요청"), _dated(payout.requested_on, payout.request)),
            (_("지급일"), date_weekday(payout.paid_on) if payout.paid_on else ""),
            (_("환수액"), won(payout.repaid) if payout.repaid else ""),
        ]
        return [(label, text) for label, text in found if text]

    def others(self) -> dict[str, Any] | None:
        """Our own among them, in the order of ranks."""
        own = self.result
        lines = [(one.rank, one.district, one.grade, one.score) for one in own.elsewhere.all()]
        if not lines:
            return None
        lines.append((own.rank, _("우리 구"), own.grade, own.score))
        lines.sort(key=lambda line: (line[0] is None, line[0] or 0, line[1]))
        rows: list[list[Cell | str]] = [
            [
                district,
                grade or NONE,
                str(rank) if rank else NONE,
                f"{score.normalize():f}" if score is not None else "",
            ]
            for rank, district, grade, score in lines
        ]
        heads = [_("자치구"), _("평가 결과"), _("순위"), _("점수")]
        return table(_("다른 자치구의 결과"), heads, rows, right=[2, 3])

    def people(self) -> dict[str, Any] | None:
        rows: list[list[Cell | str]] = [
            [one.label, str(one.get_part_display()), _("평가기관에서 표창") if one.known else ""]
            for one in self.result.rewards.all()
        ]
        return table(_("유공 직원"), [_("직원"), _("구분"), _("비고")], rows) if rows else None

    def tools(self, payout: Payout) -> list[Action]:
        """What is done with the result itself."""
        user, pk = self.request.user, self.result.pk
        found = []
        if can(user, "incentives.payout_work", payout):
            found.append(Action(_("유공 직원 적기"), reverse("incentives:result_people", args=[pk])))
        if can(user, "incentives.plan") and payout.state != PayoutState.PAID:
            found.append(Action(_("수상금 적기"), reverse("incentives:result_prizes", args=[pk])))
        if can(user, "incentives.plan") and payout.state in CHANGEABLE:
            found.append(Action(_("결과 정정"), reverse("incentives:result_correct", args=[pk])))
            found.append(Action(_("결과 삭제"), reverse("incentives:result_delete", args=[pk])))
        return found


def _dated(on: Any, document: str) -> str:
    return f"{date_weekday(on)} · {document}" if on else ""


class PayoutPage(BaseView):
    """Of a line of the purse: the page of its result."""

    permission = "incentives.view"
    section = SECTION

    def get(self, request: Request, pk: int) -> HttpResponse:
        payout = get_object_or_404(Payout.objects.visible_to(request.user), pk=pk)
        return HttpResponseRedirect(payout.get_absolute_url())


# -- beside a division
def results_of(user: Any, division: Division) -> dict[str, Any]:
    """For the page of a division: its results, and where the next is written down."""
    rows: list[list[Cell | str]] = [
        [
            Cell(one.title, url=one.get_absolute_url()),
            one.grade,
            won(prize_of(one)) if prize_of(one) else NONE,
            date_weekday(one.decided_on),
        ]
        for one in division.results.prefetch_related("prizes").order_by("number", "pk")
    ]
    heads = [_("평가 이름"), _("평가 결과"), _("수상금"), _("발표일")]
    open_ = division.state in (*LIVING, DivisionState.JUDGED) and can(user, "incentives.plan", division)
    return {
        "results": table(_("평가 결과"), heads, rows, right=[2]) if rows else None,
        "result_new": reverse("incentives:division_result_new", args=[division.pk]) if open_ else "",
    }
