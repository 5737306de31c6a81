"""Papers of awards: the prize list, what payroll and personnel get, certificates (A2, A4, A5)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from awards.enums import AwardState, Receiver, Tax
from awards.models import Award
from awards.policies import LEAVE_MOST, MERIT_PERCENT, TAX_FREE
from awards.selectors.lists import Merit
from awards.selectors.tax import Total, last_day
from basis.documents.model import (
    Block,
    Cell,
    Column,
    Document,
    Entry,
    Heading,
    KeyValues,
    PageBreak,
    Paragraph,
    Table,
    row,
)
from basis.formats import NOTHING, date_ko, number, won, won_formal
from basis.official import in_office_language
from core.now import today
from core.office import office_name


def points(amount: int) -> Decimal:
    return Decimal(amount) / 100


def _paper(title: str, subtitle: str, *blocks: Block, wide: bool = False) -> Document:
    return Document(
        title=title,
        subtitle=subtitle,
        office=office_name(),
        made_on=today(),
        blocks=blocks,
        orientation="landscape" if wide else "portrait",
    )


def _note(text: str) -> Paragraph:
    return Paragraph(f"※ {text}", "note")


def state_text(award: Award) -> str:
    """The day on which it was handed over, else how it stands."""
    if award.state == AwardState.HANDED and award.handed_on:
        return date_ko(award.handed_on)
    return str(award.get_state_display())


@in_office_language
def prize_list(awards: Sequence[Award], conditions: str) -> Document:
    """`시상 대장`: who, for what, by which decision, when, the receipt (A5)."""
    columns = (
        Column(_("번호"), align="center", width=1.3),
        Column(_("상 이름"), width=2),
        Column(_("받는 사람"), width=1.6),
        Column(_("공적"), width=2.2),
        Column(_("시상금(원)"), "money", width=1.4),
        Column(_("결정일"), "date", width=1.6),
        Column(_("지급"), align="center", width=1.6),
        Column(_("수령 확인"), width=1.5),
    )
    rows = tuple(
        row(
            one.code, f"{one.title} {one.grade}".strip(), one.who or NOTHING, one.work, one.amount or None,
            one.decided_on, state_text(one), one.receipt,
        )
        for one in awards
    )  # fmt: skip
    sum_ = sum(one.amount for one in awards if one.state != AwardState.REVOKED)
    total = row(Cell(_("계(취소 제외)"), colspan=4), sum_, Cell("", colspan=3))
    table = Table(columns, rows, unit=_("원"), totals=(total,), row_header=False)
    return _paper(_("시상 대장"), conditions, table, wide=True)


@in_office_language
def tax_list(year: int, totals: Sequence[Total]) -> Document:
    """What payroll needs: what was paid to each, and what of it is taxed (A2)."""
    columns = (
        Column(_("직원번호"), align="center", width=1.2),
        Column(_("부서"), width=1.6),
        Column(_("성명"), width=1.2),
        Column(_("지급액"), "money", width=1.3),
        Column(_("비과세"), "money", width=1.3),
        Column(_("과세"), "money", width=1.3),
        Column(_("지급 예정"), "money", width=1.3),
        Column(_("한도"), align="center", width=1.4),
    )
    rows = tuple(
        row(
            one.number, one.department, one.name, one.paid, one.free, one.taxable, one.coming, limit_text(one)
        )
        for one in totals
    )
    total = row(
        Cell(_("계"), colspan=3),
        *(sum(getattr(one, name) for one in totals) for name in ("paid", "free", "taxable", "coming")),
        "",
    )
    limit = won(TAX_FREE.on(last_day(year)))
    return _paper(
        _("직무 관련 시상금 명단"),
        _("%(year)s년 귀속") % {"year": year},
        Table(columns, rows, unit=_("원"), totals=(total,) if rows else (), row_header=False),
        _note(_("한 사람의 한 해 비과세 한도는 %(limit)s이며, 지급일이 속한 해로 셈") % {"limit": limit}),
        _note(_("구민에게 준 시상금은 비과세이고 원천징수를 하지 않으므로 이 명단에 없음")),
    )


def limit_text(one: Total) -> str:
    if one.over:
        return _("%(over)s 초과") % {"over": number(one.over)}
    return _("한도 가까움") if one.warns else ""


@in_office_language
def leave_list(year: int, awards: Sequence[Award]) -> Document:
    columns = (
        Column(_("직원번호"), align="center", width=1.2),
        Column(_("부서"), width=1.6),
        Column(_("성명"), width=1.2),
        Column(_("사유"), width=2.6),
        Column(_("결정일"), "date", width=1.3),
        Column(_("준 날"), "int", width=0.8),
        Column(_("인정"), "int", width=0.8),
        Column(_("한도 초과"), "int", width=0.9),
        Column(_("사용 기한"), "date", width=1.3),
    )
    rows = tuple(
        row(
            one.user.employee_number if one.user else "", one.department_name, one.name,
            f"{one.title} {one.grade}".strip(), one.decided_on, one.leave_days, one.leave_counted,
            one.leave_over, one.leave_until,
        )
        for one in awards
    )  # fmt: skip
    names = ("leave_days", "leave_counted", "leave_over")
    total = row(Cell(_("계"), colspan=5), *(sum(getattr(one, name) for one in awards) for name in names), "")
    most = LEAVE_MOST.on(last_day(year))
    return _paper(
        _("시상 특별휴가 명단"),
        _("%(year)s년 결정") % {"year": year},
        Table(columns, rows, unit=_("일"), totals=(total,) if rows else (), row_header=False),
        _note(_("한 사람에게 한 해 %(most)s일까지 인정하며, 넘은 날은 한도 초과로 적음") % {"most": most}),
        _note(_("휴가 일수에 토요일과 공휴일은 세지 않음")),
        wide=True,
    )


@in_office_language
def merit_list(year: int, merits: Sequence[Merit]) -> Document:
    columns = (
        Column(_("직원번호"), align="center", width=1.2),
        Column(_("부서"), width=1.6),
        Column(_("성명"), width=1.2),
        Column(_("시상"), width=2.6),
        Column(_("성과포인트"), "decimal", width=1.1),
        Column(_("실적가점"), "decimal", width=1.1),
    )
    rows: list[Any] = []
    for one in merits:
        for award, merit in one.lines:
            title = f"{award.title} {award.grade}".strip()
            rows.append(row(one.number, one.department, one.name, title, points(award.points), merit))
        said = _("%(name)s 계(앞 해까지 %(before)s점)") % {"name": one.name, "before": number(one.before)}
        sum_ = sum(points(award.points) for award, _merit in one.lines)
        rows.append(row(Cell(said, colspan=4, emphasis=True), sum_, Cell(one.shown, emphasis=True)))
    percent = MERIT_PERCENT.on(last_day(year))
    most = merits[0].most if merits else 0
    return _paper(
        _("실적가점 명단"),
        _("%(year)s년 결정") % {"year": year},
        Table(columns, tuple(rows), unit=_("점"), row_header=False),
        _note(
            _("성과포인트의 %(percent)s%%이며, 한 사람에게 모두 %(most)s점까지 적음")
            % {"percent": percent, "most": most}
        ),
        _note(_("주 제안자에게만 주며, 근무성적평정은 이 시스템에서 계산하지 않음")),
    )


# ------------------------------------------------------------------------------------------------ certificates
def certificate_text(award: Award) -> str:
    """What stands on the paper; an office words it in its catalogue of texts."""
    if award.receiver == Receiver.DEPARTMENT:
        text = _("귀 부서는 ‘%(work)s’(으)로 구정 발전에 이바지한 공이 크므로 이 상장을 드립니다.")
    elif award.receiver == Receiver.CITIZEN:
        text = _(
            "귀하는 ‘%(work)s’(으)로 구정 발전에 이바지한 공이 크므로 감사하는 마음을 담아 이 상장을 드립니다."
        )
    else:
        text = _("위 사람은 ‘%(work)s’(으)로 구정 발전에 이바지한 공이 크므로 이 상장을 수여합니다.")
    return text % {"work": award.work}


def _certificate(award: Award) -> list[Block]:
    place = [] if award.receiver == Receiver.CITIZEN else [Entry(_("소속"), award.department_name or NOTHING)]
    name = [] if award.receiver == Receiver.DEPARTMENT else [Entry(_("성명"), award.name or NOTHING)]
    rows: list[tuple[Entry, ...]] = [(*place, *name)]
    if award.amount:
        rows.append((Entry(_("부상"), won_formal(award.amount)),))
    return [
        Paragraph(award.certificate),
        Heading(f"{award.title} {award.grade}".strip()),
        KeyValues(tuple(rows)),
        Paragraph(certificate_text(award)),
        Paragraph(date_ko(award.decided_on)),
        Paragraph(_("%(office)s장") % {"office": office_name()}),
    ]


@in_office_language
def certificates(awards: Sequence[Award]) -> Document:
    """One or many, each on a page of its own."""
    blocks: list[Block] = []
    for place, award in enumerate(awards):
        blocks += [PageBreak()] if place else []
        blocks += _certificate(award)
    return _paper(_("상장"), "", *blocks)


def file_name(awards: Sequence[Award]) -> str:
    """Without a name: files lie about."""
    first = awards[0].code if awards else ""
    return _("상장_%(code)s") % {"code": first if len(awards) == 1 else f"{first}_{len(awards)}"}


def tax_text(award: Award) -> str:
    return str(Tax(award.tax).label)
