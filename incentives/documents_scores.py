"""The paper of a division's scores: the tree with its sums, each score with its line of arithmetic (I3)."""

from typing import Any

from django.utils.translation import gettext as _

from basis.documents.model import Column, Document, Entry, Heading, KeyValues, Paragraph, Table, row
from basis.official import in_office_language
from core.now import today
from core.office import office_name
from incentives.selectors.indicators import Standing
from incentives.selectors.projects import owners_of
from incentives.selectors.wording import (
    arithmetic,
    assumptions,
    measured,
    percent,
    points,
    rounded,
    standing_words,
)
from incentives.services.indicators import depth


@in_office_language
def scores_paper(found: Standing) -> Document:
    division = found.division
    blocks: list[Any] = [
        KeyValues(
            (
                (
                    Entry(_("지금 점수"), _of(found.total.score, found.full_marks)),
                    Entry(_("실적 없는 배점"), points(found.total.missing)),
                ),
                (
                    Entry(_("연말 예상 점수"), points(found.expected.plain)),
                    Entry(
                        _("낙관~비관"), f"{points(found.expected.bright)} ~ {points(found.expected.gloomy)}"
                    ),
                ),
            )
        ),
        Heading(_("Ⅰ. 지표별 점수"), 1),
        _table(found),
    ]
    if not found.fits:
        told = {"sum": points(found.total.weight), "full": points(found.full_marks)}
        blocks.append(Paragraph(_("※ 배점의 합 %(sum)s이 만점 %(full)s과 다릅니다.") % told, "note"))
    if found.weak:
        blocks.append(Heading(_("Ⅱ. 부진 지표의 전망"), 1))
        for leaf in found.weak:
            blocks.append(Paragraph(f"○ {leaf.indicator.name}: {measured(leaf)}", "bullet"))
            blocks += [Paragraph(f"- {line}", "bullet") for line in assumptions(leaf)]
    return Document(
        title=_("%(year)d년 %(name)s 지표 점수") % {"year": division.project.year, "name": division},
        office=office_name(),
        made_on=today(),
        subtitle=owners_of(division.parts.all()),
        blocks=tuple(blocks),
        orientation="landscape",
    )


def _of(score: Any, full: Any) -> str:
    return f"{points(score)} / {points(full)}"


def _table(found: Standing) -> Table:
    columns = (
        Column(_("지표"), width=2.4),
        Column(_("배점"), "decimal", width=0.6),
        Column(_("실적"), align="right", width=1),
        Column(_("점수"), "decimal", width=0.7),
        Column(_("연말 예상"), "decimal", width=0.7),
        Column(_("상태"), align="center", width=0.8),
        Column(_("계산"), width=3),
    )
    rows = []
    for one in found.rows:
        name, leaf = f"{'　' * depth(one)}{one.name}", found.leaves.get(one.pk)
        own = found.sums[one.pk]
        if leaf is None:
            score = rounded(own.score) if own.known else None
            rows.append(row(name, rounded(own.weight), "", score, None, "", "", emphasis=True))
            continue
        word, sign, _tone = standing_words(leaf)
        rows.append(
            row(
                name,
                one.weight,
                measured(leaf),
                rounded(leaf.scored.score) if leaf.scored else None,
                rounded(leaf.outlook.plain.score) if leaf.outlook else None,
                f"{sign} {word}" + (f" {percent(leaf.pace)}" if leaf.pace is not None else ""),
                arithmetic(leaf),
            )
        )
    totals = row(
        _("합계"),
        rounded(found.total.weight),
        "",
        rounded(found.total.score),
        rounded(found.expected.plain),
        "",
        "",
    )
    return Table(columns=columns, rows=tuple(rows), totals=(totals,) if rows else (), row_header=True)
