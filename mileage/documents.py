"""Papers that leave the system: who was chosen, which hours were handed over."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from basis.documents.model import (
    Block,
    Cell,
    Column,
    Document,
    Entry,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    row,
)
from basis.formats import NOTHING, counted, date_ko, datetime_ko
from basis.official import in_office_language
from core.now import today
from core.office import office_name
from mileage.enums import RankingState, Scheme
from mileage.models import Handover, HandoverLine
from mileage.rules import HUNDREDTHS, amount_text
from mileage.selectors.rankings import Result, Standing
from organization.enums import DepartmentRole
from organization.models import Department


def points(amount: int) -> Decimal:
    return Decimal(amount) / HUNDREDTHS


def score_text(standing: Standing, by_head: bool) -> str:
    """`24점`; by head `3.5점 (28점 ÷ 8명)`."""
    whole = counted(amount_text(standing.total), _("점"))
    if not by_head or not standing.heads:
        return whole
    each = counted(amount_text(round(standing.score)), _("점"))
    heads = counted(standing.heads, _("명"))
    return f"{each} ({whole} ÷ {heads})"


def scheme_names(schemes: Sequence[str]) -> str:
    return " + ".join(str(Scheme(scheme).label) for scheme in schemes)


def winners_text(result: Result) -> str:
    return counted(result.winners, _("개 부서") if result.contest.of_departments else _("명"))


def exclusions_text(exclusions: Sequence[str]) -> str:
    return ", ".join(exclusions) or _("없음")


def _overview(result: Result) -> KeyValues:
    return KeyValues(
        (
            (Entry(_("대상 기간"), f"{result.period.label} ({result.period.dates})"),),
            (
                Entry(_("선정 기준"), scheme_names(result.schemes)),
                Entry(_("선정 인원"), winners_text(result)),
            ),
            (
                Entry(_("시상"), result.contest.prize_text(result.prize)),
                Entry(_("배제 기준"), exclusions_text(result.exclusions)),
            ),
        )
    )


def _table(result: Result, found: Sequence[Standing], caption: str, last: Any = None) -> Table:
    """`last`: (label, value of a standing) of one more column. Criteria stand where any were asked for."""
    people = not result.contest.of_departments
    more = [last] if last else []
    if any(one.events is not None for one in found):
        more.insert(0, (_("동점 기준(건수 · 도달 일시)"), criteria_text))
    who = [Column(_("부서"), width=1.8)]
    who += [Column(_("직위"), width=1), Column(_("성명"), width=1.1)] if people else []
    heads = [Column(_("직원 수"), "int", width=1), Column(_("1인당"), "decimal", width=1)]
    columns = [
        Column(_("순위"), "int", align="center", width=0.7),
        *who,
        Column(_("점수"), "decimal", width=1),
        *(heads if result.by_head else []),
        *(Column(label, width=2.6) for label, _value in more),
    ]

    def cells(one: Standing) -> tuple[Cell, ...]:
        named = (one.department_name, one.position, one.name)[: len(who)]
        values = (value(one) for _label, value in more)
        each = (one.heads, points(round(one.score))) if result.by_head else ()
        return row(one.place or NOTHING, *named, points(one.total), *each, *values)

    rows = tuple(cells(one) for one in found)
    unit = _("점, 명") if result.by_head else _("점")
    return Table(tuple(columns), rows, caption=caption, unit=unit, row_header=False)


def criteria_text(one: Standing) -> str:
    """What told a tied one from its equals."""
    if one.events is None or one.last_at is None:
        return ""
    return _("%(events)d건 · %(last)s") % {"events": one.events, "last": datetime_ko(one.last_at)}


def ranking_blocks(result: Result, *, full: bool) -> list[Block]:
    """Overview, winners, and with `full` those after them and those left out."""
    chosen = [one for one in result.standings if one.wins]
    after = [one for one in result.standings if one.place and not one.wins]
    out = [one for one in result.standings if one.left_out]
    prize = (_("시상"), lambda one: result.contest.prize_text(result.prize))
    blocks: list[Block] = [_overview(result), _table(result, chosen, _("선정 결과"), prize)]
    if full and after:
        blocks.append(_table(result, after, _("다음 순위")))
    if full and out:
        blocks.append(_table(result, out, _("제외"), (_("제외 사유"), lambda one: one.left_out)))
    blocks.append(Paragraph(_("※ 동점 처리: %(rule)s") % {"rule": result.tie_rule}, "note"))
    if result.state != RankingState.CONFIRMED:
        blocks.append(Paragraph(_("※ 아직 확정하지 않은 순위임"), "note"))
    return blocks


@in_office_language
def ranking_report(result: Result, *, full: bool) -> Document:
    """`창의왕 선정 결과`."""
    return Document(
        title=_("%(label)s 선정 결과") % {"label": result.contest.label},
        subtitle=f"{result.period.label} ({result.period.dates})",
        office=_office(),
        made_on=today(),
        blocks=tuple(ranking_blocks(result, full=full)),
    )


def _office() -> str:
    planning = Department.objects.filter(role=DepartmentRole.PLANNING).order_by("-valid_to", "pk").first()
    return f"{office_name()} {planning.name if planning else ''}".strip()


@in_office_language
def handover_report(handover: Handover, lines: Sequence[HandoverLine]) -> Document:
    """The list as general affairs takes it over."""
    columns = (
        Column(_("직원번호"), width=1.2),
        Column(_("부서"), width=1.6),
        Column(_("직위"), width=1),
        Column(_("성명"), width=1),
        Column(_("학습활동"), width=3),
        Column(_("일자"), "date", width=1.3),
        Column(_("인정시간"), "decimal", width=1),
    )
    rows = tuple(
        row(
            line.employee_number, line.department_name, line.position, line.name,
            line.entry.title, line.entry.day, points(line.entry.amount),
        )
        for line in lines
    )  # fmt: skip
    total = row(Cell(_("계"), colspan=6), points(handover.amount))
    people = len({line.employee_number for line in lines})
    return Document(
        title=_("상시학습 인정시간 명단"),
        subtitle=_("제%(number)d호 · %(document)s · 인계일 %(day)s · %(people)s %(count)s")
        % {
            "number": handover.number,
            "document": handover.document,
            "day": date_ko(handover.handed_on),
            "people": counted(people, _("명")),
            "count": counted(handover.count, _("건")),
        },
        office=_office(),
        made_on=today(),
        blocks=(
            Heading(_("인정시간")),
            Table(columns, rows, unit=_("시간"), totals=(total,), row_header=False),
        ),
    )
