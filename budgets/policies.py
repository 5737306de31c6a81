"""Policy values of the travel budget (V5)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from policies.registry import Policies

PLAN_2016 = _("2016. 벤치마킹 운영 계획")

own = Policies("visits", _("벤치마킹"), section="benchmarking")

VISIT_TEAMS = own.number(
    "teams", 5, pgettext_lazy("단위", "팀"), _("한 해의 현장체험단"),
    _("여비 예산은 한 해 {value}을 기준으로 편성합니다."),
    least=1, most=500, source=PLAN_2016,
)  # fmt: skip
VISIT_AMOUNT = own.money(
    "amount", 250_000, _("한 팀의 여비"), _("여비 예산은 한 팀에 {value}을 기준으로 편성합니다."),
    most=100_000_000, source=PLAN_2016,
)  # fmt: skip
BUDGET_WARNING_PERCENT = own.number(
    "budget_warning", 80, "%", _("여비 예산 알림 기준"),
    _("여비 예산을 {value} 이상 집행하거나 집행 예정이면 기획 담당자에게 알립니다."),
    least=1, most=100,
)  # fmt: skip
