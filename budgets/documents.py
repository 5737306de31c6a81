"""The budget of a year on paper (V5)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from basis.documents.model import (
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
from basis.formats import won_formal
from basis.official import in_office_language
from budgets.enums import BudgetKind
from budgets.models import BudgetEntry
from budgets.purses import Purse
from budgets.selectors import BudgetOverview
from core.now import today
from core.office import office_name


def causes(purse: Purse, entries: Sequence[BudgetEntry], *, linked: bool) -> Table:
    """What has reserved or spent the money; `linked`: leading there, for the page."""
    named = purse.causes
    rows = tuple(
        row(
            Cell(entry.spent_on, "date", url=named.url(entry.cause_id) if linked and entry.cause_id else ""),
            entry.cause_place,
            entry.cause_title if entry.cause_id else _("한 해 집행액"),
            entry.label,
            -entry.amount,
        )
        for entry in entries
    )
    spent = -sum(entry.amount for entry in entries if entry.kind in (BudgetKind.SPEND, BudgetKind.REPAY))
    total = -sum(entry.amount for entry in entries)
    return Table(
        columns=(
            Column(named.day_label, "date", width=1.6),
            Column(named.place_label, width=1.6),
            Column(named.title_label, width=1.8),
            Column(_("구분"), align="center"),
            Column(_("금액"), "int", width=1.2),
        ),
        rows=rows,
        unit=_("원"),
        totals=(
            row(Cell(_("집행"), colspan=4), spent),
            row(Cell(_("예정"), colspan=4), total - spent),
            row(Cell(_("계"), colspan=4), total),
        ),
    )


def allocations(lines: Sequence[BudgetEntry]) -> Table:
    """The first allocation and its changes, with what there was after each."""
    rows, allocated = [], 0
    for line in lines:
        allocated += line.amount
        who = str(line.actor or _("시스템"))
        rows.append(row(line.day, line.label, line.amount, allocated, line.document, line.reason, who))
    return Table(
        columns=(
            Column(_("처리일"), "date", width=1.8),
            Column(_("구분"), align="center"),
            Column(_("증감액"), "int", width=1.2),
            Column(_("편성액"), "int", width=1.2),
            Column(_("결정 문서번호"), width=1.8),
            Column(_("사유"), width=2.6),
            Column(_("처리자"), width=1.8),
        ),
        rows=tuple(rows),
        unit=_("원"),
    )


@in_office_language
def report(
    purse: Purse, found: BudgetOverview, entries: Sequence[BudgetEntry], lines: Sequence[BudgetEntry]
) -> Document:
    """The year's budget on paper: how much, what of it is spent, reserved and free, by what decisions."""
    return Document(
        title=_("%(year)s년 %(purse)s 현황") % {"year": found.year, "purse": purse.words.whole},
        office=f"{office_name()} 기획예산과",
        made_on=today(),
        blocks=(
            Heading(_("Ⅰ. 예산 현황")),
            KeyValues(
                (
                    (Entry(_("예산과목"), found.code),),
                    (Entry(_("편성액"), won_formal(found.allocated)),),
                    (Entry(_("집행액"), won_formal(found.spent)),),
                    (Entry(_("집행 예정액"), won_formal(found.reserved)),),
                    (Entry(_("남은 예산"), won_formal(found.free)),),
                )
            ),
            Heading(_("Ⅱ. %(each)s") % {"each": purse.words.each}),
            causes(purse, entries, linked=False)
            if entries
            else Paragraph(f"○ {purse.words.nothing}", "bullet"),
            Heading(_("Ⅲ. 편성 내역")),
            allocations(lines),
        ),
    )
