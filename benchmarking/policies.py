"""Policy values of benchmarking (B3–B6, O9) and of its field visits (V1, V3–V5, V7)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from policies.registry import Policy

PROCESS = _("벤치마킹")
PLAN_2016 = _("2016. 벤치마킹 운영 계획")

REVIEW_DAYS: Policy[int] = Policy(
    key="benchmarking.review_days",
    kind="int",
    default=14,
    unit=_("일"),
    label=_("부서 검토 기한"),
    sentence=_("부서 검토 기한은 통보일부터 {value} 이내입니다."),
    source=PLAN_2016,
    process=PROCESS,
    minimum=1,
    maximum=90,
)
CONFIRMATION_NEEDED: Policy[bool] = Policy(
    key="benchmarking.confirmation_needed",
    kind="bool",
    default=True,
    unit="",
    label=_("부서장 확인"),
    sentence=_("검토 결과는 부서장 확인을 거칩니다: {value}"),
    source=_("운영 기본값"),
    process=PROCESS,
)
REMIND_BEFORE: Policy[list[int]] = Policy(
    key="benchmarking.remind_before",
    kind="days",
    default=[7, 3, 1, 0],
    unit=_("일 전"),
    label=_("기한 전 알림"),
    sentence=_("검토 기한 {value}에 검토자에게 알립니다(0은 당일)."),
    source=_("운영 기본값"),
    process=PROCESS,
)
OVERDUE_REVIEWER: Policy[int] = Policy(
    key="benchmarking.overdue_reviewer",
    kind="int",
    default=1,
    unit=_("일"),
    label=_("지연 알림: 검토자"),
    sentence=_("기한이 {value} 지나면 검토자에게 알립니다."),
    source=_("운영 기본값"),
    process=PROCESS,
    minimum=1,
    maximum=60,
)
OVERDUE_HEAD: Policy[int] = Policy(
    key="benchmarking.overdue_head",
    kind="int",
    default=3,
    unit=_("일"),
    label=_("지연 알림: 부서장"),
    sentence=_("기한이 {value} 지나면 부서장에게 알립니다."),
    source=_("운영 기본값"),
    process=PROCESS,
    minimum=1,
    maximum=60,
)
OVERDUE_PLANNING: Policy[int] = Policy(
    key="benchmarking.overdue_planning",
    kind="int",
    default=7,
    unit=_("일"),
    label=_("지연 알림: 기획 담당"),
    sentence=_("기한이 {value} 지나면 기획 담당자에게 알립니다."),
    source=_("운영 기본값"),
    process=PROCESS,
    minimum=1,
    maximum=60,
)
EXTENSION_CAP_DAYS: Policy[int] = Policy(
    key="benchmarking.extension_cap_days",
    kind="int",
    default=14,
    unit=_("일"),
    label=_("기한 연장 한도"),
    sentence=_("기한은 당초 기한부터 {value}까지 연장할 수 있습니다(정지한 날은 세지 않습니다)."),
    source=_("운영 기본값"),
    process=PROCESS,
    minimum=0,
    maximum=365,
)
REREVIEW_MONTHS: Policy[list[int]] = Policy(
    key="benchmarking.rereview_months",
    kind="months",
    default=[1, 7],
    unit=_("월"),
    label=_("장기검토 재검토 시기"),
    sentence=_("장기검토 사례는 매년 {value}에 다시 검토합니다."),
    source=PLAN_2016,
    process=PROCESS,
    minimum=1,
    maximum=12,
)
SIMILAR_PERCENT: Policy[int] = Policy(
    key="benchmarking.similar_percent",
    kind="int",
    default=60,
    unit="%",
    label=_("유사 사례 안내 기준"),
    sentence=_("사례명이 {value} 이상 비슷하면 유사 사례로 안내합니다."),
    source=_("운영 기본값"),
    process=PROCESS,
    minimum=30,
    maximum=95,
)
FOLLOW_UP_REMIND: Policy[list[int]] = Policy(
    key="benchmarking.follow_up_remind",
    kind="days",
    default=[30, 7, 0],
    unit=_("일 전"),
    label=_("업무반영 예정일 알림"),
    sentence=_("업무반영 예정일 {value}에 담당자에게 알립니다(0은 당일)."),
    source=_("운영 기본값"),
    process=PROCESS,
)

# Field visits (V): who, how often, what is paid.
TRAVEL_RULES = _("공무원 여비 규정 별표 2")
RATES_OF_2023 = date(2023, 3, 2)  # until the day before, what the plan of 2016 says


def per_day(key: str, label: Any, sentence: Any) -> Policy[int]:
    """Won for one person and one day of travel."""
    return Policy(
        key=f"benchmarking.{key}",
        kind="money",
        default=25_000,
        unit=_("원"),
        label=label,
        sentence=sentence,
        source=TRAVEL_RULES,
        process=PROCESS,
        minimum=0,
        maximum=1_000_000,
        earlier=((RATES_OF_2023, 20_000),),
    )


def visit_count(
    key: str, default: int, unit: Any, label: Any, sentence: Any, *, least: int, most: int, source: Any
) -> Policy[int]:
    return Policy(
        key=f"benchmarking.{key}",
        kind="int",
        default=default,
        unit=unit,
        label=label,
        sentence=sentence,
        source=source,
        process=PROCESS,
        minimum=least,
        maximum=most,
    )


VISIT_TEAM_SIZE = visit_count(
    "visit_team_size", 5, _("명"), _("현장체험단 인원"), _("현장체험단은 {value} 이내로 구성합니다."),
    least=1, most=50, source=PLAN_2016,
)  # fmt: skip
VISIT_DAYS = visit_count(
    "visit_days", 1, _("일"), _("현장체험 기간"), _("현장체험은 한 번에 {value}까지 다녀올 수 있습니다."),
    least=1, most=30, source=PLAN_2016,
)  # fmt: skip
VISIT_REPORT_DAYS = visit_count(
    "visit_report_days", 7, _("일"), _("결과보고 기한"), _("결과보고는 현장체험을 마친 날부터 {value} 이내입니다."),
    least=1, most=90, source=PLAN_2016,
)  # fmt: skip
VISIT_REMIND: Policy[list[int]] = Policy(
    key="benchmarking.visit_remind",
    kind="days",
    default=[3, 1, 0],
    unit=_("일 전"),
    label=_("결과보고 기한 전 알림"),
    sentence=_("결과보고 기한 {value}에 다녀온 직원에게 알립니다(0은 당일)."),
    source=_("운영 기본값"),
    process=PROCESS,
)
VISIT_OVERDUE_TEAM = visit_count(
    "visit_overdue_team", 1, _("일"), _("결과보고 지연 알림: 다녀온 직원"),
    _("결과보고 기한이 {value} 지나면 다녀온 직원에게 알립니다."),
    least=1, most=60, source=_("운영 기본값"),
)  # fmt: skip
VISIT_OVERDUE_HEAD = visit_count(
    "visit_overdue_head", 3, _("일"), _("결과보고 지연 알림: 부서장"),
    _("결과보고 기한이 {value} 지나면 부서장에게 알립니다."),
    least=1, most=60, source=_("운영 기본값"),
)  # fmt: skip
VISIT_TEAMS = visit_count(
    "visit_teams", 5, pgettext_lazy("단위", "팀"), _("한 해의 현장체험단"),
    _("여비 예산은 한 해 {value}을 기준으로 편성합니다."),
    least=1, most=500, source=PLAN_2016,
)  # fmt: skip
VISIT_AMOUNT: Policy[int] = Policy(
    key="benchmarking.visit_amount",
    kind="money",
    default=250_000,
    unit=_("원"),
    label=_("한 팀의 여비"),
    sentence=_("여비 예산은 한 팀에 {value}을 기준으로 편성합니다."),
    source=PLAN_2016,
    process=PROCESS,
    minimum=0,
    maximum=100_000_000,
)
VISIT_MONTHS: Policy[list[int]] = Policy(
    key="benchmarking.visit_months",
    kind="months",
    default=list(range(1, 13)),  # the plan of 2016, made in March, says April to December
    unit=_("월"),
    label=_("현장체험 시기"),
    sentence=_("현장체험은 매년 {value}에 다녀올 수 있습니다."),
    source=_("운영 기본값"),
    process=PROCESS,
    minimum=1,
    maximum=12,
)
VISIT_GROUPS = visit_count(
    "visit_groups", 0, pgettext_lazy("단위", "팀"), _("한 달의 현장체험단"),
    _("한 달에 {value}까지 다녀올 수 있습니다(0은 제한 없음)."),
    least=0, most=100, source=_("운영 기본값"),
)  # fmt: skip
MEALS = per_day("visit_meals", _("현장체험 식비"), _("식비는 한 사람에게 하루 {value}입니다."))
DAILY_ALLOWANCE = per_day(
    "visit_daily_allowance", _("현장체험 일비"), _("일비는 한 사람에게 하루 {value}입니다.")
)
OFFICIAL_VEHICLE_PERCENT = visit_count(
    "visit_vehicle_percent", 50, "%", _("공용차량 이용 시 일비"),
    _("공용차량을 이용하면 일비의 {value}만 지급하고 교통비는 지급하지 않습니다."),
    least=0, most=100, source=TRAVEL_RULES,
)  # fmt: skip
BUDGET_WARNING_PERCENT = visit_count(
    "visit_budget_warning", 80, "%", _("여비 예산 알림 기준"),
    _("여비 예산을 {value} 이상 집행하거나 집행 예정이면 기획 담당자에게 알립니다."),
    least=1, most=100, source=_("운영 기본값"),
)  # fmt: skip
