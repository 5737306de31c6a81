"""Policy values of the travel budget (V5)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from policies.registry import Policy

PROCESS = _("벤치마킹")
SECTION = "benchmarking"  # of the menu
PLAN_2016 = _("2016. 벤치마킹 운영 계획")


def count(
    key: str, default: int, unit: Any, label: Any, sentence: Any, *, least: int, most: int, source: Any
) -> Policy[int]:
    return Policy(
        key=f"visits.{key}",
        kind="int",
        default=default,
        unit=unit,
        label=label,
        sentence=sentence,
        source=source,
        process=PROCESS,
        section=SECTION,
        minimum=least,
        maximum=most,
    )


VISIT_TEAMS = count(
    "teams", 5, pgettext_lazy("단위", "팀"), _("한 해의 현장체험단"),
    _("여비 예산은 한 해 {value}을 기준으로 편성합니다."),
    least=1, most=500, source=PLAN_2016,
)  # fmt: skip
VISIT_AMOUNT: Policy[int] = Policy(
    key="visits.amount",
    kind="money",
    default=250_000,
    unit=_("원"),
    label=_("한 팀의 여비"),
    sentence=_("여비 예산은 한 팀에 {value}을 기준으로 편성합니다."),
    source=PLAN_2016,
    process=PROCESS,
    section=SECTION,
    minimum=0,
    maximum=100_000_000,
)
BUDGET_WARNING_PERCENT = count(
    "budget_warning", 80, "%", _("여비 예산 알림 기준"),
    _("여비 예산을 {value} 이상 집행하거나 집행 예정이면 기획 담당자에게 알립니다."),
    least=1, most=100, source=_("운영 기본값"),
)  # fmt: skip
