"""Papers of incentive projects: the own plan in the shape of the office's (I2)."""

from typing import Any

from django.utils.translation import gettext as _

from basis.documents.model import Column, Document, Entry, Heading, KeyValues, Paragraph, Table, row
from basis.formats import date_weekday, won
from basis.official import in_office_language
from core.now import today
from core.office import office_name
from incentives.enums import ContactState, Post
from incentives.models import Division, Plan
from incentives.selectors.projects import line_of, owners_of

NONE = "–"


@in_office_language
def plan_paper(plan: Plan, division: Division) -> Document:
    """자체 추진계획: overview, trend, goals, fields and items with who answers them, weak points, measures, people."""
    blocks: list[Any] = [
        Heading(_("Ⅰ. 평가 개요"), 1),
        KeyValues(_facts(division)),
        *_texts(plan.overview),
        Heading(_("Ⅱ. 평가 추이와 우리 구 현황"), 1),
        *_texts(plan.trend),
        _years(division),
        Heading(_("Ⅲ. 추진 목표"), 1),
        *_texts(plan.goals),
        Heading(_("Ⅳ. 평가 분야·항목별 대응 방안"), 1),
        *_indicators(division),
        Heading(_("Ⅴ. 전년도 문제점과 개선 방안"), 1),
        *_texts(plan.weak),
        Heading(_("Ⅵ. 중점 추진 방안"), 1),
        *_texts(plan.measures),
        Heading(_("Ⅶ. 우수기관 비교·벤치마킹"), 1),
        *_texts(plan.compared),
        *(Paragraph(f"○ {one.code} {one.title} ({one.source_name})", "bullet") for one in plan.cases.all()),
        Heading(_("Ⅷ. 담당자"), 1),
        _people(division),
    ]
    return Document(
        title=_("%(year)d년 %(name)s 자체 추진계획") % {"year": division.project.year, "name": division},
        office=office_name(),
        made_on=today(),
        subtitle=owners_of(division.parts.all()),
        blocks=tuple(blocks),
    )


def _texts(text: str) -> list[Paragraph]:
    return [Paragraph(line, "body") for line in text.splitlines() if line.strip()] or [
        Paragraph(NONE, "body")
    ]


def _facts(division: Division) -> tuple[tuple[Entry, ...], ...]:
    return (
        (
            Entry(_("사업명"), str(division)),
            Entry(_("평가 구분"), str(division.project.get_kind_display())),
        ),
        (
            Entry(_("평가 부서"), division.evaluator or NONE),
            Entry(_("평가 방법"), str(division.get_way_display())),
        ),
        (
            Entry(_("사업비"), won(division.budget) if division.budget else NONE),
            Entry(_("제출 기한"), date_weekday(division.submit_on) if division.submit_on else NONE),
        ),
    )


def _years(division: Division) -> Table:
    columns = (
        Column(_("연도"), align="center", width=0.5),
        Column(_("사업명"), width=2),
        Column(_("평가 결과"), align="center", width=1),
        Column(_("수상금(원)"), "money", width=1),
    )
    lines = line_of(division.project)[1:]
    rows = tuple(
        row(
            str(one.project.year),
            one.project.name,
            ", ".join(r.grade for r in one.results) or NONE,
            one.prize,
        )
        for one in lines
    )
    return Table(columns=columns, rows=rows or (row(NONE, NONE, NONE, None),), row_header=False)


def _indicators(division: Division) -> list[Any]:
    rows = division.indicators.filter(ended_on=None).select_related("person__department", "parent")
    made = tuple(
        row(
            str(one.get_level_display()),
            one.name,
            one.weight if one.shape else None,
            str(one.person.full_label) if one.person else NONE,
            one.response or NONE,
        )
        for one in rows.order_by("order", "pk")
    )
    if not made:
        return [Paragraph(_("평가지표를 아직 적지 않았습니다."), "body")]
    columns = (
        Column(_("구분"), align="center", width=0.7),
        Column(_("지표"), width=2),
        Column(_("배점"), "decimal", width=0.5),
        Column(_("담당자"), width=1.2),
        Column(_("대응 방안"), width=2.6),
    )
    return [Table(columns=columns, rows=made, row_header=False)]


def _people(division: Division) -> Table:
    columns = (
        Column(_("구분"), align="center", width=0.7),
        Column(_("부서명"), width=1.4),
        *(Column(str(label), align="center", width=1.2) for label in Post.labels),
    )
    rows = []
    for part in division.parts.all():
        named = {one.post: one.user for one in part.contacts.all() if one.state != ContactState.ENDED}
        people = (named[post].name if post in named else NONE for post in Post.values)
        rows.append(row(str(part.get_role_display()), part.department_name, *people))
    return Table(columns=columns, rows=tuple(rows), row_header=False)
