"""All indicators of a year at a glance: where each stands, and what to do first (I3a)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.clock.calendar import YEARS
from basis.documents.model import Column, Document, Table, row
from basis.documents.response import document_response
from basis.official import in_office_language
from core.components import Action, Figure
from core.now import today
from core.numbers import whole
from core.office import office_name
from core.page import BaseView, Crumbs, Request
from incentives.enums import Kind, Level, Role
from incentives.models import Indicator, Part
from incentives.selectors.gains import Gain, gains
from incentives.selectors.indicators import Leaf, Standing, standing
from incentives.selectors.projects import owners_of
from incentives.selectors.wording import measured, percent, points, rounded, standing_words
from incentives.views.lists import HOME, SECTION

FIRST = 10  # of what to do next


@dataclass(frozen=True)
class Next:
    name: str
    where: str
    text: str
    url: str


def next_of(gain: Gain) -> Next:
    one = gain.leaf.indicator
    told = {"gain": points(gain.gain), "missing": percent(gain.missing)}
    text = _("모자란 달성률 %(missing)s를 채우면 %(gain)s점") % told
    return Next(one.name, str(one.division), text, one.get_absolute_url())


class Marks:
    """Draws indicators of the map, the sign and words beside the colour. There are a thousand and more on the page:
    what is the same for all is asked once, and each is joined here."""

    def __init__(self) -> None:
        self._address = reverse("incentives:indicator", args=[0])
        self._short = _("%(name)s: %(word)s")
        self._long = _("%(name)s: %(word)s, 목표 경로의 %(pace)s")

    def __call__(self, leaf: Leaf) -> str:
        word, sign, tone = standing_words(leaf)
        pace = percent(leaf.pace) if leaf.pace is not None else ""
        told = {"name": leaf.indicator.name, "word": word, "pace": pace}
        label = escape((self._long if pace else self._short) % told)
        return (
            f'<a href="{self._address.replace("0", str(leaf.indicator.pk))}" class="tone-{tone}" title="{label}" '
            f'aria-label="{label}"><span aria-hidden="true">{sign}</span> {escape(pace or word)}</a>'
        )


@dataclass(frozen=True)
class Line:
    """A field of a division, or what stands under no field; `marks`: drawn."""

    name: str
    score: str
    marks: str


@dataclass(frozen=True)
class Block:
    name: str
    url: str
    owners: str
    score: str
    expected: str
    missing: str
    lines: Sequence[Line]


class Heat(BaseView):
    permission = "incentives.view"
    section = SECTION
    template_name = "incentives/heat.html"
    title = gettext_lazy("지표 현황")
    crumbs: ClassVar[Crumbs] = (HOME, (title, None))

    def get(self, request: Request) -> HttpResponse:
        asked = whole(request.GET.get("year", "")) or today().year
        year = asked if YEARS[0] < asked < YEARS[1] else today().year
        everything = standing(year)
        form = HeatForm(request.GET or None, year=year, divisions=everything)
        found = chosen(everything, form)
        if (fmt := request.GET.get("format", "")) in ("xlsx", "hwpx", "html"):
            self.looked = name = "_".join([*_("지표 현황").split(), str(year)])
            return document_response(heat_paper(year, found), fmt, name, back=request.path)
        mark = Marks()
        query = request.GET.copy()
        query["year"] = str(year)
        return self.render(
            {
                "title": _("%(year)d년 지표 현황") % {"year": year},
                "form": form,
                "blocks": [block_of(one, mark) for one in found],
                "figures": figures(found, year),
                "next": [next_of(gain) for gain in gains(found, FIRST)],
                "key": KEY,
                "before": f"{request.path}?year={year - 1}",
                "after": f"{request.path}?year={year + 1}" if year <= today().year else "",
                "year": year,
                "actions": [
                    Action(_("지표 목록"), f"{reverse('incentives:indicator_list')}?year={year}"),
                    Action(_("인쇄"), f"{request.path}?{query.urlencode()}&format=html"),
                    Action(_("한글(HWPX)"), f"{request.path}?{query.urlencode()}&format=hwpx"),
                    Action(_("엑셀"), f"{request.path}?{query.urlencode()}&format=xlsx"),
                ],
            }
        )


KEY = (
    ("●", gettext_lazy("순조: 목표 경로 위")),
    ("■", gettext_lazy("주의: 목표 경로에 조금 못 미침")),
    ("▼", gettext_lazy("부진")),
    ("–", gettext_lazy("실적 없음")),
    ("!", gettext_lazy("목표나 조건이 없어 계산 못 함")),
)


class HeatForm(forms.Form):
    """Which of the year's divisions are shown."""

    year = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("평가 구분"), required=False)
    department = forms.ChoiceField(label=gettext_lazy("부서"), required=False)

    def __init__(self, data: Any, *, year: int, divisions: Iterable[Standing]) -> None:
        super().__init__(data, initial={"year": year})
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("전체")), *Kind.choices]
        place: Any = self.fields["department"]
        names = {
            part.department_id: part.department_name for one in divisions for part in one.division.parts.all()
        }
        place.choices = [
            ("", _("전체")),
            *sorted(((str(pk), name) for pk, name in names.items()), key=lambda x: x[1]),
        ]


def chosen(divisions: Iterable[Standing], form: HeatForm) -> list[Standing]:
    data = form.cleaned_data if form.is_valid() else {}
    kind, department = data.get("kind", ""), whole(data.get("department", ""))
    return [
        one
        for one in divisions
        if (not kind or one.division.project.kind == kind)
        and (not department or _takes_part(one, department))
    ]


def _takes_part(one: Standing, department: int) -> bool:
    parts: Iterable[Part] = one.division.parts.all()
    return any(part.department_id == department and part.role in Role.values for part in parts)


def figures(found: Sequence[Standing], year: int) -> list[Figure]:
    leaves = [leaf for one in found for leaf in one.leaves.values()]
    listing = f"{reverse('incentives:indicator_list')}?year={year}"
    weak = sum(leaf.weak for leaf in leaves)
    missing = sum(leaf.value is None for leaf in leaves)
    return [
        Figure(_("지표"), str(len(leaves)), _("개"), listing),
        Figure(_("부진"), str(weak), _("개"), f"{listing}&standing=weak", tone="danger" if weak else ""),
        Figure(
            _("실적 없음"),
            str(missing),
            _("개"),
            f"{listing}&standing=missing",
            tone="warning" if missing else "",
        ),
    ]


def block_of(found: Standing, mark: Marks) -> Block:
    pk = found.division.pk
    return Block(
        str(found.division),
        reverse("incentives:scores", args=[pk]),
        owners_of(found.division.parts.all()),
        f"{points(found.total.score)} / {points(found.full_marks)}",
        points(found.expected.plain),
        points(found.total.missing) if found.total.missing else "",
        lines_of(found, mark),
    )


def lines_of(found: Standing, mark: Marks) -> list[Line]:
    """A line a field; what stands above the first field comes first."""
    lines: list[tuple[Indicator | None, list[str]]] = []
    for one in found.rows:
        if one.level == Level.FIELD or not lines:
            lines.append((one if one.level == Level.FIELD else None, []))
        if leaf := found.leaves.get(one.pk):
            lines[-1][1].append(mark(leaf))
    return [
        Line(
            field.name if field else _("분야 없음"),
            points(found.sums[field.pk].score) if field else "",
            mark_safe("\n".join(marks)),  # noqa: S308  # each as `Marks` drew it
        )
        for field, marks in lines
        if marks
    ]


@in_office_language
def heat_paper(year: int, found: Sequence[Standing]) -> Document:
    columns = (
        Column(_("사업"), width=1.8),
        Column(_("지표"), width=2.2),
        Column(_("배점"), "decimal", width=0.6),
        Column(_("실적"), align="right", width=1),
        Column(_("점수"), "decimal", width=0.7),
        Column(_("연말 예상"), "decimal", width=0.7),
        Column(_("상태"), align="center", width=0.8),
    )
    rows = tuple(
        row(
            str(one.division),
            leaf.indicator.name,
            leaf.indicator.weight,
            measured(leaf),
            rounded(leaf.scored.score) if leaf.scored else None,
            rounded(leaf.outlook.plain.score) if leaf.outlook else None,
            " ".join(reversed(standing_words(leaf)[:2])),
        )
        for one in found
        for leaf in one.leaves.values()
    )
    return Document(
        title=_("%(year)d년 지표 현황") % {"year": year},
        office=office_name(),
        made_on=today(),
        blocks=(Table(columns=columns, rows=rows, row_header=False),),
        orientation="landscape",
    )
