"""Tables of what comes after a decision on proposals: interim answers, undertakings, effects (P6, P14, R4)."""

from django.utils.translation import gettext as _

from basis.documents.model import Column, Table, row
from proposals.enums import InterimState, UndertakingState, Verdict
from proposals.selectors.followed import UNSAID, Followed, followed_filter
from proposals.selectors.following import YearOfEffects
from proposals.selectors.reviewing import interim_filter
from proposals.selectors.statistics import Span
from reports.blocks import figure
from reports.links import to_list


def interim_table(counts: dict[str, int], span: Span, *, linked: bool = True) -> Table:
    """Interim answers due in these days: one row, a column for what became of them (P6)."""
    cells = (
        figure(counts[state], to_list("proposals:interims", interim_filter(span, state.value)), linked)
        for state in InterimState
    )
    return Table(
        columns=(
            Column(_("구분"), align="center"),
            *(Column(str(state.label), "int") for state in InterimState),
        ),
        rows=(row(_("중간 답변"), *cells),),
        caption=_("중간 답변"),
        unit=_("건"),
    )


def followed_table(found: Followed, span: Span) -> Table:
    """How far what was adopted is."""
    cells = (
        figure(
            found.states[state], to_list("proposals:undertakings", followed_filter(span, state=state.value))
        )
        for state in UndertakingState
    )
    return Table(
        columns=(
            Column(_("구분"), align="center"),
            *(Column(str(state.label), "int") for state in UndertakingState),
        ),
        rows=(row(_("채택한 제안"), *cells),),
        caption=_("채택한 제안의 이행"),
        unit=_("건"),
    )


def verdict_table(found: Followed, span: Span) -> Table:
    """What the proposers said whether it was done."""
    said = [(verdict.value, str(verdict.label)) for verdict in Verdict] + [("", _("답변 없음"))]
    cells = (
        figure(
            found.verdicts[verdict],
            to_list("proposals:undertakings", followed_filter(span, verdict=verdict or UNSAID)),
        )
        for verdict, _label in said
    )
    return Table(
        columns=(Column(_("구분"), align="center"), *(Column(label, "int") for _verdict, label in said)),
        rows=(row(_("제안자 답변"), *cells),),
        caption=_("제안자가 답한 이행 결과"),
        unit=_("건"),
    )


def effect_table(year: YearOfEffects) -> Table:
    """What was carried out and what it brought, by grade (P14)."""
    return Table(
        columns=(
            Column(_("채택"), "int"),
            Column(_("시행"), "int"),
            *(Column(str(grade.label), "int") for grade in year.graded),
            Column(_("한 해의 효과"), "money", width=1.6),
            Column(_("들어간 비용"), "money", width=1.6),
        ),
        rows=(row(year.adopted, year.carried_out, *year.graded.values(), year.saving, year.cost),),
        caption=_("채택·시행과 효과 등급"),
        unit=_("건, 원"),
        row_header=False,
    )
