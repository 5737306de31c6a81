"""The budget of a year on paper (V5)."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from budgets.enums import BudgetKind
from budgets.models import BudgetEntry
from budgets.selectors import BudgetOverview
from core.documents.model import (
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
from core.formats import won_formal
from core.now import today
from core.official import in_office_language


def visits(entries: Sequence[BudgetEntry], urls: dict[int, str]) -> Table:
    """What has reserved or spent the money; `urls`: of the visits by their id, for the page."""
    rows = tuple(
        row(
            Cell(entry.visit.visited_on, "date", url=urls.get(entry.visit.pk, "")),
            entry.visit.department_name,
            entry.visit.host,
            entry.label,
            -entry.amount,
        )
        for entry in entries
        if entry.visit
    )
    spent = -sum(entry.amount for entry in entries if entry.kind == BudgetKind.SPEND)
    total = -sum(entry.amount for entry in entries)
    return Table(
        columns=(
            Column(_("방문일"), "date", width=1.6),
            Column(_("방문 부서"), width=1.6),
            Column(_("방문 기관"), width=1.8),
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
def report(found: BudgetOverview, entries: Sequence[BudgetEntry], lines: Sequence[BudgetEntry]) -> Document:
    """The year's budget on paper: how much, what of it is spent, reserved and free, by what decisions."""
    return Document(
        title=_("%(year)s년 현장체험 여비 예산 현황") % {"year": found.year},
        office=f"{settings.OFFICE_NAME} 기획예산과",
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
            Heading(_("Ⅱ. 현장체험별 여비")),
            visits(entries, {})
            if entries
            else Paragraph(_("○ 집행했거나 집행할 여비가 없습니다."), "bullet"),
            Heading(_("Ⅲ. 편성 내역")),
            allocations(lines),
        ),
    )
