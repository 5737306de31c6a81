"""Papers of what was won: the plan of a payout, the letter that asks for it, lists of who is thanked (I7, I8)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from basis.documents.model import (
    Block,
    Chart,
    Column,
    Document,
    Entry,
    Heading,
    KeyValues,
    Paragraph,
    Series,
    Table,
    row,
)
from basis.formats import date_ko, date_weekday, won, won_formal
from basis.official import in_office_language
from core.now import today
from core.office import office_name
from incentives.enums import Behind
from incentives.models import Payout, Thanks
from incentives.selectors.results import explain
from incentives.selectors.thanks import Line
from incentives.selectors.years import YearLine

NONE = "–"


@in_office_language
def plan_paper(payout: Payout) -> Document:
    """포상금 자체 지급계획서: what was won, how the bonus is reckoned, what each department gets, by which account."""
    result = payout.result
    return Document(
        title=_("포상금 자체 지급계획서"),
        office=office_name(),
        made_on=today(),
        subtitle=f"{result.division.project.year} · {result.title}",
        blocks=(
            Heading(_("1. 평가 결과"), 1),
            KeyValues(_facts(payout)),
            Heading(_("2. 포상금 산정"), 1),
            *_reckoned(payout),
            Heading(_("3. 부서별 배분"), 1),
            _shares(payout),
            *([Paragraph(f"○ {line}", "bullet") for line in payout.basis.splitlines() if line.strip()]),
            Heading(_("4. 지급 방법"), 1),
            Paragraph(_("○ 수상 부서의 일상경비 통장으로 지급"), "bullet"),
            Paragraph(_("○ 부구청장 결재, 기획예산과 협조 뒤 지급 요청"), "bullet"),
            *_approval(payout),
        ),
    )


def _facts(payout: Payout) -> tuple[tuple[Entry, ...], ...]:
    result = payout.result
    return (
        (
            Entry(_("평가 이름"), result.title),
            Entry(_("평가 구분"), str(result.division.project.get_kind_display())),
        ),
        (Entry(_("평가 결과"), result.grade), Entry(_("발표일"), date_weekday(result.decided_on))),
        (Entry(_("주관 부서"), payout.place or NONE), Entry(_("수상금"), _prize(payout))),
    )


def _prize(payout: Payout) -> str:
    total = sum(one.amount for one in payout.result.prizes.all())
    return won(total) if total else NONE


def _reckoned(payout: Payout) -> list[Block]:
    return [Paragraph(f"○ {label}: {text}", "bullet") for label, text in explain(payout.result, payout)]


def _shares(payout: Payout) -> Table:
    shares = list(payout.result.shares.all())
    columns = (
        Column(_("구분"), align="center", width=0.6),
        Column(_("부서명"), width=1.6),
        Column(_("비율(%)"), "int", width=0.6),
        Column(_("금액(원)"), "money", width=1),
    )
    rows = tuple(
        row(str(one.get_role_display()), one.department_name, one.percent, one.amount) for one in shares
    )
    total = row(_("계"), "", sum(one.percent or 0 for one in shares), sum(one.amount or 0 for one in shares))
    return Table(columns=columns, rows=rows, totals=(total,), row_header=False)


def _approval(payout: Payout) -> list[Block]:
    if not payout.document or payout.approved_on is None:
        return []
    said = _("※ %(day)s 부구청장 결재(%(document)s)")
    return [Paragraph(said % {"day": date_ko(payout.approved_on), "document": payout.document}, "note")]


@in_office_language
def request_paper(payout: Payout) -> Document:
    """지급요청: the letter to planning, with the plan."""
    formal = won_formal(payout.amount or 0)
    said = _("%(title)s 수상에 따른 포상금 %(amount)s의 지급을 요청합니다.")
    return Document(
        title=_("포상금 지급요청"),
        office=office_name(),
        made_on=today(),
        subtitle=_("받는 부서: 기획예산과 · 보내는 부서: %(place)s") % {"place": payout.place or NONE},
        blocks=(
            Paragraph(f"1. {said % {'title': payout.result.title, 'amount': formal}}", "body"),
            Paragraph(_("2. 부서별 지급액은 다음과 같습니다."), "body"),
            _shares(payout),
            Paragraph(_("3. 포상금은 수상 부서의 일상경비 통장으로 지급해 주시기 바랍니다."), "body"),
            *_approval(payout),
            Paragraph(_("붙임: 포상금 자체 지급계획서 1부. 끝."), "body"),
        ),
    )


# -- who is thanked
def _person(line: Line) -> list[Any]:
    one = line.reward
    place = one.user.department.name if one.user.department else NONE
    return [place, str(one.user.get_position_display()), one.user.name]


@in_office_language
def commendation_paper(thanks: Thanks, lines: Sequence[Line]) -> Document:
    """표창 추천 명단."""
    columns = (
        Column(_("연번"), "int", "center", 0.4),
        Column(_("소속"), width=1.3),
        Column(_("직위"), align="center", width=0.8),
        Column(_("성명"), align="center", width=0.8),
        Column(_("공적(평가 결과)"), width=2.6),
        Column(_("구분"), align="center", width=1.1),
        Column(_("비고"), width=1.2),
    )
    chosen = [one for one in lines if one.commended]
    rows = tuple(
        row(
            place,
            *_person(one),
            f"{one.reward.result.title} {one.reward.result.grade}",
            str(Behind(one.reward.part).label),
            _("%(person)s 대신") % {"person": one.instead_of} if one.instead_of else "",
        )
        for place, one in enumerate(chosen, start=1)
    )
    return _list(thanks, _("%(year)d년 공동협력사업 유공 직원 표창 추천 명단"), columns, rows)


@in_office_language
def merit_paper(thanks: Thanks, lines: Sequence[Line]) -> Document:
    """근무평정 반영 명단: each person once, with the result that counts (A4: exported, nothing reckoned)."""
    columns = (
        Column(_("연번"), "int", "center", 0.4),
        Column(_("소속"), width=1.3),
        Column(_("직위"), align="center", width=0.8),
        Column(_("성명"), align="center", width=0.8),
        Column(_("평가 결과"), width=2.6),
        Column(_("급"), align="center", width=1),
        Column(_("구분"), align="center", width=1.1),
    )
    first: dict[int, Line] = {}
    for one in lines:
        known = first.get(one.reward.user_id)
        if known is None or (one.counts and not known.counts):
            first[one.reward.user_id] = one
    rows = tuple(
        row(
            place,
            *_person(one),
            f"{one.reward.result.title} {one.reward.result.grade}",
            str(one.reward.result.get_tier_display() or NONE),
            str(Behind(one.reward.part).label),
        )
        for place, one in enumerate(first.values(), start=1)
    )
    return _list(thanks, _("%(year)d년 공동협력사업 수상 직원 근무평정 반영 명단"), columns, rows)


def _list(thanks: Thanks, title: str, columns: tuple[Column, ...], rows: tuple[Any, ...]) -> Document:
    empty: list[Block] = [Paragraph(_("해당하는 직원이 없습니다."), "body")]
    state = _("확정 %(day)s(%(document)s)")
    confirmed = thanks.confirmed_on and state % {
        "day": date_ko(thanks.confirmed_on),
        "document": thanks.document,
    }
    return Document(
        title=title % {"year": thanks.year},
        office=office_name(),
        made_on=today(),
        subtitle=confirmed or _("확정 전"),
        blocks=(Table(columns=columns, rows=rows, row_header=False),) if rows else tuple(empty),
    )


# -- years beside each other
def years_table(lines: Sequence[YearLine]) -> Table:
    """The four-year table of the plan, a column a year."""
    columns = (
        Column(_("구분"), width=1),
        *(Column(_("%(year)d년") % {"year": one.year}, align="center", width=1.4) for one in lines),
    )
    rows = (
        row(
            _("순위(금액 기준)"),
            *(_("%(rank)d위") % {"rank": one.rank} if one.rank else NONE for one in lines),
        ),
        row(_("수상금(백만원)"), *(one.million for one in lines)),
        row(_("수상(건)"), *(str(one.wins) if one.wins is not None else NONE for one in lines)),
        row(_("수상 내역"), *(one.named or NONE for one in lines)),
    )
    return Table(columns=columns, rows=rows, caption=_("연도별 수상 현황"), unit=_("백만원"))


def years_chart(lines: Sequence[YearLine]) -> Chart:
    ordered = sorted(lines, key=lambda one: one.year)
    return Chart(
        kind="bar",
        categories=tuple(str(one.year) for one in ordered),
        series=(Series(_("수상금"), tuple(one.amount // 1_000_000 for one in ordered)),),
        unit=_("백만원"),
        caption=_("연도별 수상금"),
    )


@in_office_language
def years_paper(lines: Sequence[YearLine], title: str) -> Document:
    blocks: tuple[Block, ...] = (years_chart(lines), years_table(lines)) if lines else ()
    return Document(
        title=title,
        office=office_name(),
        made_on=today(),
        subtitle=date_weekday(today()),
        blocks=blocks or (Paragraph(_("기록한 결과가 없습니다."), "body"),),
    )
