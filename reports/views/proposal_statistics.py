"""제안 통계: by period, kind and department, with its rows behind every figure (P6, P10)."""

from typing import Any

from django.utils.translation import gettext_lazy

from basis.periods import PeriodKind
from core.permissions import can
from reports.forms import ProposalStatisticsForm
from reports.proposal_statistics import ProposalStatistics
from reports.views.statistics import ABOVE, ByPeriods


class ProposalStatisticsPage(ByPeriods):
    permission = "proposals.statistics"
    title = gettext_lazy("제안 통계")
    lead = gettext_lazy("구민과 직원의 제안 · %(day)s 현재")
    crumbs = (ABOVE, (title, None))
    form_class = ProposalStatisticsForm
    found_class = ProposalStatistics
    unit = PeriodKind.HALF

    def chosen(self, values: dict[str, Any]) -> dict[str, Any]:
        return {
            "kind": values.get("kind", ""),
            "charge": values.get("charge"),
            "answers_linked": can(self.request.user, "proposals.plan"),
        }

    def part(self, found: ProposalStatistics) -> str:
        return " · ".join(filter(None, [found.period.label, found.narrowed_to()]))
