"""The scores of a division as a tree, each with its line of arithmetic; the same as a paper (I3)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from basis.documents.response import document_response
from core.components import Action, Badge
from core.page import BaseView, Crumbs, Request
from incentives.documents_scores import scores_paper
from incentives.models import Division, Indicator
from incentives.selectors.gains import gains
from incentives.selectors.indicators import Standing, standing_of
from incentives.selectors.wording import arithmetic, measured, percent, points, standing_words
from incentives.services.indicators import depth
from incentives.views.find import find_division
from incentives.views.heat import Next, next_of
from incentives.views.lists import HOME, SECTION
from incentives.views.sums import sums_of

FIRST = 5  # of what to do next


@dataclass(frozen=True)
class Row:
    one: Indicator
    depth: int
    weight: str
    value: str
    score: str
    expected: str
    missing: str
    badge: Badge | None
    pace: str
    arithmetic: str


class Scores(BaseView):
    permission = "incentives.view"
    section = SECTION
    template_name = "incentives/scores.html"
    division: Division

    def get_crumbs(self) -> Crumbs:
        return [HOME, (str(self.division), self.division.get_absolute_url()), (_("지표 점수"), None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.division = division = find_division(request.user, pk)
        found = standing_of([division])[0]
        here = [division.pk]
        paper = reverse("incentives:scores_paper", args=here)
        return self.render(
            {
                "title": _("지표 점수"),
                "lead": str(division),
                "rows": rows_of(found),
                "total": found.total,
                "sums": sums_of(found),
                "next": next_(found),
                "actions": [
                    Action(_("지표 표"), reverse("incentives:indicators", args=here)),
                    Action(_("인쇄"), paper),
                    Action(_("한글(HWPX)"), f"{paper}?format=hwpx"),
                    Action(_("엑셀"), f"{paper}?format=xlsx"),
                ],
            }
        )


def next_(found: Standing) -> list[Next]:
    return [next_of(gain) for gain in gains([found], FIRST)]


def rows_of(found: Standing) -> list[Row]:
    return [_row(found, one) for one in found.rows]


def _row(found: Standing, one: Indicator) -> Row:
    own, leaf = found.sums[one.pk], found.leaves.get(one.pk)
    missing = points(own.missing) if own.missing else ""
    if leaf is None:
        score = points(own.score) if own.known else ""
        return Row(one, depth(one), points(own.weight), "", score, "", missing, None, "", "")
    word, sign, tone = standing_words(leaf)
    return Row(
        one,
        depth(one),
        points(own.weight),
        measured(leaf) if leaf.value else "",
        points(leaf.scored.score) if leaf.scored else "",
        points(leaf.outlook.plain.score) if leaf.outlook else "",
        "",
        Badge(f"{sign} {word}", tone),
        percent(leaf.pace) if leaf.pace is not None else "",
        arithmetic(leaf),
    )


class ScoresPaper(BaseView):
    """For printing, as HWPX (`?format=hwpx`) and Excel."""

    permission = "incentives.view"
    section = SECTION

    def get(self, request: Request, pk: int) -> HttpResponse:
        division = find_division(request.user, pk)
        title = _("지표 점수")
        self.looked = name = f"{division.project.year}_{division}_{title}".replace(" ", "_")
        fmt: Any = request.GET.get("format", "html")
        back = reverse("incentives:scores", args=[pk])
        return document_response(scores_paper(standing_of([division])[0]), fmt, name, back=back)
