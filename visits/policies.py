"""Policy values of field visits (V1, V3, V4, V7)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from benchmarking.policies import PLAN_2016, PROCESS
from policies.registry import Policy

SECTION = "benchmarking"  # of the menu
TRAVEL_RULES = _("공무원 여비 규정 별표 2")
RATES_OF_2023 = date(2023, 3, 2)  # until the day before, what the plan of 2016 says


def per_day(key: str, label: Any, sentence: Any) -> Policy[int]:
    """Won for one person and one day of travel."""
    return Policy(
        key=f"visits.{key}",
        kind="money",
        default=25_000,
        unit=_("원"),
        label=label,
        sentence=sentence,
        source=TRAVEL_RULES,
        process=PROCESS,
        section=SECTION,
        minimum=0,
        maximum=1_000_000,
        earlier=((RATES_OF_2023, 20_000),),
    )


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


TEAM_SIZE = count(
    "team_size", 5, _("명"), _("현장체험단 인원"), _("현장체험단은 {value} 이내로 구성합니다."),
    least=1, most=50, source=PLAN_2016,
)  # fmt: skip
DAYS = count(
    "days", 1, _("일"), _("현장체험 기간"), _("현장체험은 한 번에 {value}까지 다녀올 수 있습니다."),
    least=1, most=30, source=PLAN_2016,
)  # fmt: skip
REPORT_DAYS = count(
    "report_days", 7, _("일"), _("결과보고 기한"), _("결과보고는 현장체험을 마친 날부터 {value} 이내입니다."),
    least=1, most=90, source=PLAN_2016,
)  # fmt: skip
REMIND: Policy[list[int]] = Policy(
    key="visits.remind",
    kind="days",
    default=[3, 1, 0],
    unit=_("일 전"),
    label=_("결과보고 기한 전 알림"),
    sentence=_("결과보고 기한 {value}에 다녀온 직원에게 알립니다(0은 당일)."),
    source=_("운영 기본값"),
    process=PROCESS,
    section=SECTION,
)
OVERDUE_TEAM = count(
    "overdue_team", 1, _("일"), _("결과보고 지연 알림: 다녀온 직원"),
    _("결과보고 기한이 {value} 지나면 다녀온 직원에게 알립니다."),
    least=1, most=60, source=_("운영 기본값"),
)  # fmt: skip
OVERDUE_HEAD = count(
    "overdue_head", 3, _("일"), _("결과보고 지연 알림: 부서장"),
    _("결과보고 기한이 {value} 지나면 부서장에게 알립니다."),
    least=1, most=60, source=_("운영 기본값"),
)  # fmt: skip
MONTHS: Policy[list[int]] = Policy(
    key="visits.months",
    kind="months",
    default=list(range(1, 13)),  # the plan of 2016, made in March, says April to December
    unit=_("월"),
    label=_("현장체험 시기"),
    sentence=_("현장체험은 매년 {value}에 다녀올 수 있습니다."),
    source=_("운영 기본값"),
    process=PROCESS,
    section=SECTION,
    minimum=1,
    maximum=12,
)
GROUPS = count(
    "groups", 0, pgettext_lazy("단위", "팀"), _("한 달의 현장체험단"),
    _("한 달에 {value}까지 다녀올 수 있습니다(0은 제한 없음)."),
    least=0, most=100, source=_("운영 기본값"),
)  # fmt: skip
MEALS = per_day("meals", _("현장체험 식비"), _("식비는 한 사람에게 하루 {value}입니다."))
DAILY_ALLOWANCE = per_day("daily_allowance", _("현장체험 일비"), _("일비는 한 사람에게 하루 {value}입니다."))
OFFICIAL_VEHICLE_PERCENT = count(
    "vehicle_percent", 50, "%", _("공용차량 이용 시 일비"),
    _("공용차량을 이용하면 일비의 {value}만 지급하고 교통비는 지급하지 않습니다."),
    least=0, most=100, source=TRAVEL_RULES,
)  # fmt: skip
