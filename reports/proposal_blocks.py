"""Tables and charts of proposals that reports, the statistics page and the dashboard share. Every figure leads to its
rows (P10, R4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.model import Block, Cell, Chart, Column, Series, Table, row
from basis.formats import UNRECORDED
from proposals.enums import Channel, Field, Kind, State
from proposals.models import Proposal
from proposals.selectors.reviewing import Asked, review_filter, together
from proposals.selectors.statistics import (
    GROUPS,
    Counts,
    DepartmentCounts,
    FieldCounts,
    Handling,
    Span,
    answered_filter,
    desk_filter,
)
from reports.blocks import figure, listed
from reports.links import to_list
from reviews.enums import ReviewState

GROUP_NAMES: dict[str, Any] = {
    "adopted": State.ADOPTED.label,
    "rejected": State.REJECTED.label,
    "no_proposal": State.NO_PROPOSAL.label,
    "petition": gettext_lazy("민원 전환"),
    "transferred": gettext_lazy("다른 기관 이송"),
    "ended": gettext_lazy("그 밖의 종결"),
    "open": gettext_lazy("처리 중"),
}
assert GROUP_NAMES.keys() == GROUPS.keys()


@dataclass(frozen=True)
class Line:
    """A line of figures: its name, its counts, the days it covers; `narrow`: what else its rows have in common, as the
    desk's list is told. Not `linked` are figures whose rows the reader may not all see."""

    label: str
    counts: Counts
    span: Span
    kind: str = ""
    narrow: tuple[tuple[str, Any], ...] = ()
    linked: bool = True

    def cell(self, value: int, params: dict[str, Any]) -> Cell:
        return figure(value, to_list("proposals:desk", params), self.linked)

    def more(self) -> dict[str, Any]:
        return dict(self.narrow) | ({"kind": self.kind} if self.kind else {})

    def counted(self, *, channel: str | None = None, group: str = "") -> Cell:
        value = self.counts.of(kind=self.kind, channel=channel, group=group)
        return self.cell(value, desk_filter(self.span, channel=channel, group=group, **self.more()))


def kind_lines(line: Line) -> list[Line]:
    """The same for each kind."""
    return [
        Line(str(kind.label), line.counts, line.span, kind.value, line.narrow, line.linked)
        for kind in Kind
        if line.kind in ("", kind)
    ]


def _table(
    first: str,
    names: Sequence[str],
    lines: Sequence[Line],
    cells: Callable[[Line], Sequence[Any]],
    **more: Any,
) -> Table:
    """A line for each kind and one for all of them; `cells` beside the name of a line."""
    kinds = more.pop("kinds", ["int"] * len(names))
    columns = (Column(name, kind) for name, kind in zip(names, kinds, strict=True))
    return Table(
        columns=(Column(first, align="center", width=1.4), *columns),
        rows=tuple(row(line.label, *cells(line)) for line in lines),
        **more,
    )


def _with_total(line: Line, build: Callable[[Line], Sequence[Any]]) -> tuple[tuple[Cell, ...], ...]:
    whole = Line(_("계"), line.counts, line.span, line.kind, line.narrow, line.linked)
    return (row(whole.label, *build(whole)),)


def intake_table(line: Line, *, caption: str = "") -> Table:
    """How many came, by kind and channel."""
    channels = list(Channel.values)
    if "" in line.counts.channels():
        channels.append("")
    names = [_("합계"), *(str(Channel(c).label if c else UNRECORDED) for c in channels)]

    def cells(one: Line) -> Sequence[Any]:
        return [one.counted(), *(one.counted(channel=channel) for channel in channels)]

    return _table(
        _("구분"), names, kind_lines(line), cells, totals=_with_total(line, cells),
        caption=caption or _("구분별·경로별 접수"), unit=_("건"),
    )  # fmt: skip


def outcome_table(line: Line, *, caption: str = "") -> Table:
    """What became of them."""
    names = [_("접수"), *(str(name) for name in GROUP_NAMES.values())]

    def cells(one: Line) -> Sequence[Any]:
        return [one.counted(), *(one.counted(group=group) for group in GROUP_NAMES)]

    return _table(
        _("구분"), names, kind_lines(line), cells, totals=_with_total(line, cells),
        caption=caption or _("처리 결과"), unit=_("건"),
    )  # fmt: skip


def _handled(line: Line, handled: Handling) -> list[Any]:
    more = line.more()
    return [
        line.cell(handled.answered, answered_filter(line.span, **more)),
        line.cell(handled.in_time, answered_filter(line.span, "true", **more)),
        line.cell(handled.late, desk_filter(line.span, late="1", **more)),
        None if handled.rate is None else round(handled.rate, 4),
        handled.days,
    ]


KEPT_KINDS = ("int", "int", "int", "percent", "decimal")


def _kept_names() -> list[str]:
    return [_("결정"), _("기한 내"), _("기한 지나 처리 중"), _("기한 내 처리율"), _("평균 처리일")]


def handling_table(line: Line, *, caption: str = "") -> Table:
    """How the days of P6 were kept."""

    def cells(one: Line) -> Sequence[Any]:
        return _handled(one, one.counts.handling(one.kind))

    return _table(
        _("구분"), _kept_names(), kind_lines(line), cells, totals=_with_total(line, cells), kinds=KEPT_KINDS,
        caption=caption or _("결정 기한 준수"), unit=_("건, %, 일"),
    )  # fmt: skip


def department_table(lines: Sequence[DepartmentCounts], of: Line, *, caption: str = "") -> Table:
    """The departments in charge of what was decided."""

    def cells(one: DepartmentCounts) -> tuple[Cell, ...]:
        here = Line(
            one.name, of.counts, of.span, of.kind, (*of.narrow, ("charge", one.department_id)), of.linked
        )
        answered, in_time, _late, rate, days = _handled(here, one.handling)
        adopted = here.cell(one.adopted, desk_filter(of.span, group="adopted", **here.more()))
        return row(one.name, answered, adopted, in_time, rate, days)

    return Table(
        columns=(
            Column(_("담당 부서"), width=1.8),
            Column(_("결정"), "int"),
            Column(str(State.ADOPTED.label), "int"),
            Column(_("기한 내"), "int"),
            Column(_("기한 내 처리율"), "percent", width=1.2),
            Column(_("평균 처리일"), "decimal", width=1.2),
        ),
        rows=tuple(cells(one) for one in lines),
        caption=caption or _("담당 부서별 결정"),
        unit=_("건, %, 일"),
    )


def review_table(lines: Sequence[Asked], span: Span, *, linked: bool = True, caption: str = "") -> Table:
    """Each department that was asked: asked, answered, in time, late, rate, days."""

    def cells(name: str, one: Asked, **here: int) -> tuple[Cell, ...]:
        def counted(value: int, **more: str) -> Cell:
            return figure(value, to_list("proposals:reviews", review_filter(span, **here, **more)), linked)

        handled = one.handling
        return row(
            name,
            counted(one.sent),
            counted(handled.answered, state=ReviewState.COMPLETED.value),
            counted(handled.in_time, in_time="true"),
            counted(handled.late, late="1"),
            None if handled.rate is None else round(handled.rate, 4),
            handled.days,
        )

    return Table(
        columns=(
            Column(_("검토 부서"), width=1.8),
            Column(_("요청"), "int"),
            Column(_("완료"), "int"),
            Column(_("기한 내"), "int"),
            Column(_("기한 지남"), "int"),
            Column(_("기한 내 처리율"), "percent", width=1.2),
            Column(_("평균 처리일"), "decimal", width=1.2),
        ),
        rows=tuple(cells(one.name, one, department=one.department_id) for one in lines),
        totals=(cells(_("계"), together(list(lines))),) if lines else (),
        caption=caption or _("부서 검토"),
        unit=_("건, %, 일"),
    )


def field_table(fields: Sequence[FieldCounts], of: Line, *, caption: str = "") -> Table:
    def cells(one: FieldCounts) -> tuple[Cell, ...]:
        more = of.more() | {"field": one.field}

        def counted(value: int, **narrower: Any) -> Cell:
            return of.cell(value, desk_filter(of.span, **more, **narrower))

        return row(
            str(Field(one.field).label if one.field else UNRECORDED),
            counted(one.total),
            of.cell(one.citizen, desk_filter(of.span, **{**more, "kind": Kind.CITIZEN.value})),
            of.cell(one.staff, desk_filter(of.span, **{**more, "kind": Kind.STAFF.value})),
            counted(one.adopted, group="adopted"),
        )

    names = (_("접수"), str(Kind.CITIZEN.label), str(Kind.STAFF.label), str(State.ADOPTED.label))
    return Table(
        columns=(Column(_("분야"), width=1.6), *(Column(name, "int") for name in names)),
        rows=tuple(cells(one) for one in fields),
        caption=caption or _("분야별 접수"),
        unit=_("건"),
    )


def period_table(lines: Sequence[Line], *, first: str, caption: str) -> Table:
    """Periods beneath one another: what came, of whom, what became of it."""
    names = (
        _("접수"), str(Kind.CITIZEN.label), str(Kind.STAFF.label), str(State.ADOPTED.label),
        str(State.REJECTED.label), _("처리 중"), _("기한 내 처리율"),
    )  # fmt: skip
    kinds = (*["int"] * 6, "percent")

    def cells(line: Line) -> Sequence[Any]:
        by_kind = [
            Line(line.label, line.counts, line.span, kind.value, line.narrow, line.linked).counted()
            if line.kind in ("", kind)
            else None
            for kind in Kind
        ]
        rate = line.counts.handling(line.kind).rate
        groups = (line.counted(group=group) for group in ("adopted", "rejected", "open"))
        return [line.counted(), *by_kind, *groups, None if rate is None else round(rate, 4)]

    return _table(first, names, lines, cells, kinds=kinds, caption=caption, unit=_("건, %"))


def month_chart(lines: Sequence[Line], *, caption: str = "") -> Chart:
    """What came in each, citizens' and staff's on one another."""
    return Chart(
        kind="stacked",
        categories=tuple(line.label for line in lines),
        series=tuple(
            Series(str(kind.label), tuple(line.counts.of(kind=kind) for line in lines)) for kind in Kind
        ),
        unit=_("건"),
        caption=caption,
    )


def comparison_table(now: Line, before: Line) -> Table:
    """The period beside the one before."""

    def compared(name: str, build: Callable[[Line], Cell]) -> tuple[Cell, ...]:
        old, new = build(before), build(now)
        return row(name, old, new, int(new.value or 0) - int(old.value or 0))  # type: ignore[arg-type]  # figures are numbers

    def of_kind(kind: Kind) -> Callable[[Line], Cell]:
        return lambda line: Line(
            line.label, line.counts, line.span, kind.value, line.narrow, line.linked
        ).counted()

    return Table(
        columns=(
            Column(_("구분"), width=1.4),
            Column(before.label, "int"),
            Column(now.label, "int"),
            Column(_("증감"), "int"),
        ),
        rows=(
            compared(_("접수"), lambda line: line.counted()),
            *(compared(str(kind.label), of_kind(kind)) for kind in Kind),
            *(
                compared(str(GROUP_NAMES[group]), lambda line, group=group: line.counted(group=group))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
                for group in ("adopted", "rejected", "no_proposal")
            ),
        ),
        caption=_("%(before)s 대비") % {"before": before.label},
        unit=_("건"),
    )


def adopted_table(rows: QuerySet[Proposal], *, caption: str) -> list[Block]:
    """Adopted ones, with who carries them out and when."""

    def cells(one: Proposal) -> tuple[Cell, ...]:
        decision = getattr(one, "decision", None)
        return row(
            Cell(one.code, url=one.get_absolute_url()),
            one.public_title,
            str(one.get_kind_display()),
            (decision.department_name or str(decision.department or "")) if decision else "",
            one.day_value("closed_on"),
            decision.carry_out_on if decision else None,
        )

    columns = (
        Column(_("번호"), align="center", width=1.1),
        Column(_("제목"), width=3),
        Column(_("구분"), align="center", width=1.2),
        Column(_("담당 부서"), width=1.5),
        Column(_("결정일"), "date", width=1.3),
        Column(_("시행할 날"), "date", width=1.3),
    )
    return listed(columns, rows, cells, caption=caption)


def month_span(year: int, month: int) -> Span:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), date.fromordinal(following.toordinal() - 1)
