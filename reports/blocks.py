"""Tables and charts of benchmarking that reports and the statistics page share. Every figure leads to its rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from basis.documents.model import Block, Cell, Chart, Column, HeadCell, Paragraph, Series, Table, row
from basis.formats import UNRECORDED
from benchmarking.enums import UNKNOWN, Field
from benchmarking.models import Case, Review
from benchmarking.selectors.statistics import (
    ADOPTED,
    DECIDED,
    IN_FORCE,
    KEPT,
    REJECTED,
    DepartmentHandling,
    Handling,
    Outcomes,
    Span,
)
from reports.links import to_cases, to_reviews, to_visits
from reviews.enums import ReviewState

LIST_ROWS = 200  # longer lists belong into Excel of the list itself
UNDECIDED = ("",)


@dataclass(frozen=True)
class Line:
    """A line of B9: its name, its counts, the days it covers; `field` for a line of one field."""

    label: str
    counts: Outcomes
    span: Span
    field: str = ""

    def to_cases(self, decisions: Iterable[str]) -> str:
        more = {"field": self.field} if self.field else {}
        return to_cases(self.span, decisions, **more)


def figure(value: int, url: str, linked: bool = True) -> Cell:
    """A number that leads to its rows, if it has any and the reader may see them."""
    return Cell(value, url=url if value and linked else "")


def _outcome_cells(line: Line) -> tuple[Cell, ...]:
    c = line.counts
    groups = (
        (c.total, DECIDED),
        (c.adopted, ADOPTED),
        (c.rejected, REJECTED),
        (c.kept, KEPT),
        (c.in_force, IN_FORCE),
    )
    return tuple(figure(n, line.to_cases(decisions)) for n, decisions in groups)


def _beside_cells(line: Line, linked: bool = True) -> tuple[Cell, ...]:
    return (
        figure(line.counts.beside, to_visits(line.span)),
        figure(line.counts.pending, line.to_cases(UNDECIDED), linked),
    )


def _total(lines: Sequence[Line]) -> list[Line]:
    """A line for all where there are several."""
    whole = (lines[0].span[0], lines[-1].span[1])
    return [Line(_("계"), sum((line.counts for line in lines), Outcomes()), whole)] if len(lines) > 1 else []


def _rows(lines: Sequence[Line], cells: Callable[[Line], tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(row(line.label, *cells(line)) for line in lines)


def outcome_table(
    lines: Sequence[Line], *, caption: str, first: str, beside: bool = False, linked: bool = True
) -> Table:
    """합계 | 도입 | 미도입 (소계 | 현행유지·장기검토 등 | 기시행 중), as the plans print it (B9).

    With `beside` field visits and undecided cases stand in the same table. Not `linked` is what only planning sees.
    """
    names = (_("합계"), _("도입"), _("소계"), _("현행유지·장기검토 등"), _("기시행 중"))
    more = beside_names() if beside else ()

    def cells(line: Line) -> tuple[Cell, ...]:
        return _outcome_cells(line) + (_beside_cells(line, linked) if beside else ())

    return Table(
        columns=(
            Column(first, align="center", width=1.4),
            *(Column(name, "int") for name in (*names, *more)),
        ),
        head_rows=(
            (
                *(HeadCell(name, rowspan=2) for name in (first, *names[:2])),
                HeadCell(_("미도입"), colspan=3),
                *(HeadCell(name, rowspan=2) for name in more),
            ),
            tuple(HeadCell(name) for name in names[2:]),
        ),
        rows=_rows(lines, cells),
        totals=_rows(_total(lines), cells),
        caption=caption,
        unit=_("건"),
    )


def beside_table(lines: Sequence[Line], *, first: str) -> Table:
    """What stands beside B9: field visits made, cases not yet decided."""
    return Table(
        columns=(Column(first, align="center", width=1.4), *(Column(name, "int") for name in beside_names())),
        rows=_rows(lines, _beside_cells),
        totals=_rows(_total(lines), _beside_cells),
        caption=_("현장체험과 결정 전 사례"),
        unit=_("건"),
    )


def beside_names() -> tuple[str, str]:
    return pgettext("목록", "현장체험"), _("결정 전")


def outcome_chart(lines: Sequence[Line], *, caption: str) -> Chart:
    series = (
        (_("도입"), [line.counts.adopted for line in lines]),
        (_("현행유지·장기검토 등"), [line.counts.kept for line in lines]),
        (_("기시행 중"), [line.counts.in_force for line in lines]),
    )
    return Chart(
        kind="stacked",
        categories=tuple(line.label for line in lines),
        series=tuple(Series(name, tuple(values)) for name, values in series),
        unit=_("건"),
        caption=caption,
    )


def comparison_table(now: Line, before: Line) -> Table:
    """The period beside the one before."""

    def compared(
        name: str, value: Callable[[Outcomes], int], link: Callable[[Line], str]
    ) -> tuple[Cell, ...]:
        old, new = value(before.counts), value(now.counts)
        return row(name, figure(old, link(before)), figure(new, link(now)), new - old)

    def decided(name: str, value: Callable[[Outcomes], int], decisions: Iterable[str]) -> tuple[Cell, ...]:
        return compared(name, value, lambda line: line.to_cases(decisions))

    return Table(
        columns=(
            Column(_("구분"), width=1.4),
            Column(before.label, "int"),
            Column(now.label, "int"),
            Column(_("증감"), "int"),
        ),
        rows=(
            decided(_("합계"), lambda c: c.total, DECIDED),
            decided(_("도입"), lambda c: c.adopted, ADOPTED),
            decided(_("미도입"), lambda c: c.rejected, REJECTED),
            decided(_("현행유지·장기검토 등"), lambda c: c.kept, KEPT),
            decided(_("기시행 중"), lambda c: c.in_force, IN_FORCE),
            compared(pgettext("목록", "현장체험"), lambda c: c.beside, lambda line: to_visits(line.span)),
        ),
        caption=_("%(before)s 대비") % {"before": before.label},
        unit=_("건"),
    )


def field_lines(counts: dict[str, Outcomes], span: Span) -> list[Line]:
    return [Line(_field(field), counts[field], span, field or UNKNOWN) for field in counts]


def _field(field: str) -> str:
    return str(Field(field).label if field else UNRECORDED)


def department_table(
    handled: Sequence[DepartmentHandling], whole: Handling, span: Span, *, caption: str, linked: bool = True
) -> Table:
    """Each department: asked, answered, in time, late, rate, days."""

    def cells(name: str, h: Handling, **here: int) -> tuple[Cell, ...]:
        def counted(value: int, **more: str) -> Cell:
            return figure(value, to_reviews(span, **here, **more), linked)

        return row(
            name,
            counted(h.sent),
            counted(h.answered, state=ReviewState.COMPLETED.value),
            counted(h.in_time, in_time="true"),
            counted(h.late, late="1"),
            None if h.rate is None else round(h.rate, 4),
            h.days,
        )

    return Table(
        columns=(
            Column(_("부서"), width=1.8),
            Column(_("요청"), "int"),
            Column(_("완료"), "int"),
            Column(_("기한 내"), "int"),
            Column(_("기한 지남"), "int"),
            Column(_("기한 내 처리율"), "percent", width=1.2),
            Column(_("평균 처리일"), "decimal", width=1.2),
        ),
        rows=tuple(cells(h.name, h, department=h.department_id) for h in handled),
        totals=(cells(_("계"), whole),) if handled else (),
        caption=caption,
        unit=_("건, %, 일"),
    )


def adoption_table(reviews: QuerySet[Review], *, caption: str) -> list[Block]:
    """Adopted cases and how far they are (B7)."""

    def cells(review: Review) -> tuple[Cell, ...]:
        follow_up = getattr(review, "follow_up", None)
        return row(
            Cell(review.case.code, url=review.case.get_absolute_url()),
            review.case.title,
            review.department_name,
            follow_up.planned_on if follow_up else review.plan_on,
            str(follow_up.get_state_display()) if follow_up else _("추진 기록 없음"),
            follow_up.day_value("implemented_on") if follow_up else None,
        )

    columns = (
        Column(_("번호"), align="center"),
        Column(_("사례명"), width=3),
        Column(_("추진 부서"), width=1.5),
        Column(_("시행 예정일"), "date", width=1.3),
        Column(_("상태"), align="center", width=1.3),
        Column(_("업무반영일"), "date", width=1.3),
    )
    return listed(columns, reviews, cells, caption=caption)


def rereview_table(cases: QuerySet[Case], *, caption: str) -> list[Block]:
    """장기검토 cases that are to be reviewed again (B6)."""

    def cells(case: Case) -> tuple[Cell, ...]:
        return row(
            Cell(case.code, url=case.get_absolute_url()),
            case.title,
            case.source_name,
            _field(case.field),
            case.day_value("decided_on"),
            case.round_number,
        )

    columns = (
        Column(_("번호"), align="center"),
        Column(_("사례명"), width=3),
        Column(_("기관"), width=1.5),
        Column(_("분야"), align="center"),
        Column(_("결정일"), "date", width=1.2),
        Column(_("검토 회차"), "int"),
    )
    return listed(columns, cases, cells, caption=caption)


def review_table(reviews: QuerySet[Review], day: date, *, caption: str) -> list[Block]:
    """Open reviews with their deadlines."""

    def cells(review: Review) -> tuple[Cell, ...]:
        late = (day - review.clock.due).days
        return row(
            review.department_name,
            Cell(review.case.code, url=review.get_absolute_url()),
            review.case.title,
            review.notified_on,
            review.clock.due,
            late if late > 0 else None,
            str(review.get_state_display()),
        )

    columns = (
        Column(_("부서"), width=1.5),
        Column(_("번호"), align="center", width=1.1),
        Column(_("사례명"), width=3),
        Column(_("통보일"), "date", width=1.3),
        Column(_("기한"), "date", width=1.3),
        Column(_("지난 일수"), "int"),
        Column(_("상태"), align="center", width=1.4),
    )
    return listed(columns, reviews, cells, caption=caption)


def listed(
    columns: tuple[Column, ...], rows: QuerySet, cells: Callable[..., tuple[Cell, ...]], *, caption: str
) -> list[Block]:
    """A table of things, cut where it would fill a book, with a note of how many there are."""
    shown = list(rows[: LIST_ROWS + 1])
    table = Table(columns, tuple(cells(thing) for thing in shown[:LIST_ROWS]), caption=caption)
    if len(shown) <= LIST_ROWS:
        return [table]
    left = rows.count() - LIST_ROWS
    return [
        table,
        Paragraph(_("※ 나머지 %(count)d건은 시스템의 목록에서 볼 수 있음") % {"count": left}, "note"),
    ]
