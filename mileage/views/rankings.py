"""Who was chosen (all staff), and planning's drafts, confirmations and prizes (M5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.enums import AwardState
from awards.models import Award
from basis.documents.response import document_response
from basis.errors import Gone
from basis.formats import NOTHING, counted, date_weekday, datetime_ko, told
from basis.periods import parse
from core.access import Look
from core.cells import Cell, Column
from core.components import Action, Badge
from core.listed import Head, Row
from core.lists import ListView
from core.models import TransitionLog
from core.now import today
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.permissions import NOBODY, can
from core.steps import steps_for
from core.timeline import event_of
from core.transition import latest_first
from mileage.contests import contest_of
from mileage.documents import (
    criteria_text,
    exclusions_text,
    ranking_report,
    scheme_names,
    score_text,
    winners_text,
)
from mileage.enums import RankingKind, RankingState
from mileage.filters import RankingFilter
from mileage.models import Ranking, RankingRow
from mileage.selectors import rankings as selectors

HOME = (gettext_lazy("마일리지"), reverse_lazy("mileage:statement"))
HONOURS = (gettext_lazy("선정 결과"), reverse_lazy("mileage:rankings"))
LIST = (gettext_lazy("순위 관리"), reverse_lazy("mileage:ranking_list"))
TONES = {RankingState.DRAFT: "warning", RankingState.CONFIRMED: "success"}


def get_ranking(user: Any, pk: int) -> Ranking:
    """404 for what one may not know; what one knew of and is gone leads to the list, and says so there."""
    rows = Ranking.objects.visible_to(user).select_related("made_by__department", "confirmed_by__department")
    ranking = rows.filter(pk=pk).first()
    if ranking is None:
        raise _gone(selectors.gone(user, pk))
    return ranking


def _gone(step: TransitionLog | None) -> Http404:
    if step is None:
        return Http404()
    if step.name == "cancel":
        text = _("확정이 취소된 순위입니다. 다시 확정되면 여기에서 볼 수 있습니다.")
        return Gone(text, reverse("mileage:rankings"))
    values = {"title": step.data["title"], "when": datetime_ko(step.at), "who": step.actor}
    text = _("‘%(title)s’ 초안은 지워졌습니다(%(when)s · %(who)s).") % values
    return Gone(text, reverse("mileage:ranking_list"))


@dataclass
class Table:
    """A small table drawn as lists are."""

    title: Any
    columns: list[Head]
    rows: list[Row]
    selectable: bool = False


def head(label: Any, align: str = "left", *, primary: bool = False) -> Head:
    return Head("", label, align, None, "", primary, False)


class Honours(BaseView):
    """Confirmed rankings of a year: who was chosen when, which everybody may know."""

    permission = "mileage.see_rankings"
    reveals = NOBODY
    section = "mileage"
    template_name = "mileage/honours.html"
    crumbs = (HOME, (HONOURS[0], None))

    def get(self, request: Request) -> HttpResponse:
        years = selectors.honoured_years()
        asked = whole(request.GET.get("year", ""))
        year = asked if asked in years else next(iter(years), today().year)
        groups: dict[str, list[Ranking]] = {}
        for ranking in selectors.honours(year):
            groups.setdefault(ranking.kind, []).append(ranking)
        return self.render(
            {
                "title": _("선정 결과"),
                "lead": _("창의왕, 혁신 MVP, 통합마일리지 우수자로 선정된 직원과 부서입니다."),
                "actions": [Action(_("순위 관리"), reverse("mileage:ranking_list"))]
                if can(request.user, "mileage.view_all")
                else [],
                "years": [
                    {
                        "label": _("%(year)d년") % {"year": y},
                        "url": f"?year={y}",
                        "current": y == year,
                        "count": None,
                    }
                    for y in years
                ],
                "groups": [
                    (RankingKind(kind).label, [self.honour(r) for r in groups[kind]])
                    for kind in RankingKind.values
                    if kind in groups
                ],
            }
        )

    def honour(self, ranking: Ranking) -> dict[str, Any]:
        return {
            "period": ranking.span.label,
            "url": ranking.get_absolute_url(),
            "rows": [
                (row, score_text(selectors.frozen(row), ranking.by_head))
                for row in ranking.chosen  # type: ignore[attr-defined]  # set by the selector that read it
            ],
        }


def title_of(kind: str, period: str) -> str:
    return contest_of(kind).title(parse(period))


def chosen_text(count: int, kind: str) -> str:
    return counted(count, _("개 부서") if contest_of(kind).of_departments else _("명"))


def given_text(given: int, chosen: int, kind: str, prize: int, state: str) -> str:
    """`1/3명`; nothing where there is no prize to hand out."""
    due = chosen and state == RankingState.CONFIRMED and (prize or given)
    return f"{given}/{chosen_text(chosen, kind)}" if due else ""


class RankingList(ListView):
    permission = "mileage.view_all"
    section = "mileage"
    title = gettext_lazy("순위 관리")
    file_name = gettext_lazy("순위_관리")
    filter_class = RankingFilter
    default_order = ("-ends_on", "kind")
    crumbs = (HOME, (LIST[0], None))
    empty_message = gettext_lazy(
        "아직 순위가 없습니다. 기간이 끝나면 초안이 자동으로 만들어져 할 일에 나타납니다."
    )
    columns = (
        Column(
            "title", gettext_lazy("순위"), ("kind", "period"), title_of, sort=("ends_on",), primary=True,
            excel=title_of, width=36,
        ),
        Column(
            "state", gettext_lazy("상태"), ("state",),
            lambda state: Cell(str(RankingState(state).label), tone=TONES[RankingState(state)]),
            sort=("state",), excel=lambda state: str(RankingState(state).label), width=10,
        ),
        Column(
            "chosen", gettext_lazy("선정"), ("chosen", "kind"), chosen_text, align="right",
            excel=lambda chosen, _kind: chosen, kind="int", width=10,
        ),
        Column(
            "given", gettext_lazy("시상"), ("given", "chosen", "kind", "prize", "state"), given_text,
            align="right", kind="int", width=10,
        ),
        Column(
            "made", gettext_lazy("계산 일시"), ("made_at",), datetime_ko, sort=("made_at",),
            excel=datetime_ko, width=20, hide_mobile=True,
        ),
        Column(
            "confirmed", gettext_lazy("확정 일시"), ("confirmed_at",),
            lambda at: datetime_ko(at) if at else "", sort=("confirmed_at",),
            excel=lambda at: datetime_ko(at) if at else "", width=20, hide_mobile=True,
        ),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Ranking]:
        return Ranking.objects.visible_to(user).annotate(
            chosen=Count("rows", filter=Q(rows__wins=True)), given=Count("rows__given")
        )

    def row_url(self, pk: Any) -> str:
        return reverse("mileage:ranking", args=[pk])

    def get_context(self) -> dict[str, Any]:
        if not can(self.request.user, "mileage.rank"):
            return {}
        return {"primary": Action(_("초안 만들기"), reverse("mileage:ranking_new"), hotkey="n")}


def awards_by_row(ranking: Ranking) -> dict[int, Award]:
    """What stands of what its winners were given, by the key of their row."""
    return {award.object_id: award for award in selectors.awards_of(ranking)}


class _OfRanking(BaseView):
    """Who was chosen everybody may know; that somebody saw who was not is logged."""

    permission = "mileage.see_rankings"
    ranking: Ranking
    full = False

    def get_look(self) -> Look | None:
        return Look(self.ranking, self.ranking.pk) if self.full else None


class RankingPage(_OfRanking):
    """Staff see who was chosen and how; planning and audit also who came next, who is left out, what has changed."""

    section = "mileage"
    template_name = "mileage/ranking.html"

    def get_crumbs(self) -> Crumbs:
        above = LIST if can(self.request.user, "mileage.view_all") else HONOURS
        return [HOME, above, (self.ranking.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.ranking = ranking = get_ranking(request.user, pk)
        self.full = full = can(request.user, "mileage.view_all")
        self.hands = can(request.user, "awards.hand_over")
        rows = selectors.rows_of(ranking, winners_only=not full)
        self.awards = awards_by_row(ranking) if full and ranking.is_confirmed else {}
        changes = selectors.changes(ranking, rows) if full else []
        stale = changes or not any(row.wins for row in rows)  # would not be confirmed
        primary, actions = steps_for(request.user, ranking, without={"confirm"} if stale else ())
        return self.render(
            {
                "title": ranking.title,
                "badges": [Badge(ranking.get_state_display(), TONES[RankingState(ranking.state)])]
                if full
                else [],
                "primary": primary,
                "actions": actions,
                "tools": self.tools(),
                "facts": self.facts(),
                "tie_rule": ranking.tie_rule,
                "winners": self.table(_("선정 결과"), [row for row in rows if row.wins], prizes=True),
                "after": self.table(_("다음 순위"), [row for row in rows if row.place and not row.wins]),
                "left_out": self.table(_("제외"), [row for row in rows if row.left_out], reason=True),
                "changes": self.changes(changes),
                "changes_title": _("확정 뒤 달라진 점수")
                if ranking.is_confirmed
                else _("초안 뒤 달라진 점수"),
                "confirmed": ranking.is_confirmed,
                "full": full,
                "events": [event_of(row, detail=detail_of(row)) for row in latest_first(ranking)]
                if full
                else [],
            }
        )

    def tools(self) -> list[Action]:
        report = reverse("mileage:ranking_report", args=[self.ranking.pk])
        return [
            Action(_("인쇄"), report, icon="print"),
            Action(_("엑셀"), f"{report}?format=xlsx", icon="down"),
            Action(_("한글(HWPX)"), f"{report}?format=hwpx", icon="down"),
        ]

    def facts(self) -> list[tuple[Any, Any]]:
        ranking, result = self.ranking, selectors.result_of(self.ranking, [])
        facts = [
            (_("대상 기간"), f"{ranking.span.label} ({ranking.span.dates})"),
            (_("선정 기준"), self.basis()),
            (_("선정 인원"), winners_text(result)),
            (_("시상"), ranking.contest.prize_text(ranking.prize)),
            (_("배제 기준"), exclusions_text(ranking.exclusions)),
        ]
        if self.full:
            facts.append(
                (_("계산"), " · ".join([datetime_ko(ranking.made_at), str(ranking.made_by or _("자동"))]))
            )
        if ranking.confirmed_at:
            who = str(ranking.confirmed_by) if ranking.confirmed_by else ""
            facts.append((_("확정"), f"{datetime_ko(ranking.confirmed_at)} · {who}"))
        return facts

    def basis(self) -> str:
        """Which points, and of departments how they are compared."""
        names = scheme_names(self.ranking.schemes)
        if not self.ranking.contest.of_departments:
            return names
        how = _("그날 부서의 직원 1인당 점수") if self.ranking.by_head else _("그날 부서의 점수 합계")
        return f"{names} · {how}"

    def table(
        self, title: Any, rows: Sequence[RankingRow], *, prizes: bool = False, reason: bool = False
    ) -> Table | None:
        if not rows:
            return None
        ranking = self.ranking
        tied = not reason and any(row.events is not None for row in rows)
        heads = [] if reason else [head(_("순위"), "right")]
        named = _("부서") if ranking.contest.of_departments else _("직원")
        heads += [head(named, primary=True), head(_("점수"), "right")]
        heads += [head(_("동점 기준(건수 · 도달 일시)"))] if tied else []
        heads += [head(_("제외 사유"))] if reason else []
        shows = prizes and ranking.is_confirmed and self.full
        heads += [head(_("시상"))] if shows else []
        heads += [head(_("처리"))] if shows and self.hands else []
        placed = []
        for row in rows:
            one = selectors.frozen(row)
            cells = [] if reason else [Cell(str(row.place))]
            cells += [Cell(row.label), Cell(score_text(one, ranking.by_head), url=self.behind(row))]
            cells += [Cell(criteria_text(one) or NOTHING)] if tied else []
            cells += [Cell(row.left_out)] if reason else []
            cells += self.prize(row) if shows else []
            placed.append(Row(row.pk, None, cells))
        return Table(title, heads, placed)

    def behind(self, row: RankingRow) -> str | None:
        """Where who may see them finds the events behind the figure."""
        if not self.full:
            return None
        ranking = self.ranking
        if row.user_id is not None and len(ranking.schemes) > 1:
            return reverse("mileage:person", args=[row.user_id])
        start, end = ranking.span.days
        whose = {"department": row.department_id} if row.user_id is None else {"q": row.number}
        scheme = {"scheme": ranking.schemes[0]} if len(ranking.schemes) == 1 else {}
        return (
            f"{reverse('mileage:entries')}?{urlencode({**whose, **scheme, 'day_from': start, 'day_to': end})}"
        )

    def prize(self, row: RankingRow) -> list[Cell]:
        """Whether it was handed over, and what can be done."""
        award = self.awards.get(row.pk)
        if award is None:
            return [Cell(_("취소")), Cell("")] if self.hands else [Cell(_("취소"))]
        url = award.get_absolute_url()
        if award.handed_on is None:
            text = Cell(award.get_state_display(), url=url)
            do = Cell(_("시상 기록"), url=reverse("awards:hand_over", args=[award.pk]))
            do = do if award.state == AwardState.GRANTED else Cell("")
        else:
            said = _("%(day)s 지급") % {"day": date_weekday(award.handed_on)}
            text = Cell(said, url=url, sub=f"{award.receipt} · {award.handed_by}")
            do = Cell(_("되돌리기"), url=reverse("awards:take_back", args=[award.pk]))
        return [text, do] if self.hands else [text]

    def changes(self, changes: Sequence[selectors.Change]) -> Table | None:
        if not changes:
            return None
        then = _("확정한 때") if self.ranking.is_confirmed else _("초안")
        named = _("부서") if self.ranking.contest.of_departments else _("직원")
        heads = [head(named, primary=True), head(then, "right"), head(_("지금"), "right")]
        rows = [
            Row(n, None, [Cell(change.label), self.stand(change.then), self.stand(change.now)])
            for n, change in enumerate(changes)
        ]
        return Table(_("달라진 점수"), heads, rows)

    def stand(self, one: selectors.Standing | None) -> Cell:
        if one is None:
            return Cell(NOTHING)
        place = _("%(place)d위") % {"place": one.place} if one.place else one.left_out
        return Cell(f"{place} · {score_text(one, self.ranking.by_head)}")


def detail_of(row: TransitionLog) -> str:
    """To whom a prize was given, when, its receipt."""
    return " · ".join(told(row.data[name]) for name in ("to", "on", "receipt") if name in row.data)


class RankingReport(_OfRanking):
    """Print page, Excel, HWPX; to staff without those who were not chosen."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.ranking = ranking = get_ranking(request.user, pk)
        self.full = full = can(request.user, "mileage.view_all")
        result = selectors.result_of(ranking, selectors.rows_of(ranking, winners_only=not full))
        name = f"{ranking.contest.label}_선정결과_{ranking.period}"
        document, back = ranking_report(result, full=full), ranking.get_absolute_url()
        return document_response(document, request.GET.get("format", "html"), name, back=back)
