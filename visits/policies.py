"""Policy values of field visits (V1, V3–V5, V4a, V4b, V7)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from benchmarking.policies import PLAN_2016, PROCESS
from policies.registry import Policies, Policy
from visits.enums import VisitPlace

TRAVEL_TABLE = _("우리 구 공무원 여비 조례, 공무원 여비 규정 별표 2")
TRAVEL_HALVED = _("우리 구 공무원 여비 조례, 공무원 여비 규정 제16조")
TRAVEL_INSIDE = _("우리 구 공무원 여비 조례, 공무원 여비 규정 제18조")
TRAVEL_CLAIM = _("우리 구 공무원 여비 조례, 공무원 여비 규정 제8조의2")
TRAVEL_FALSE = _("우리 구 공무원 여비 조례, 공무원 여비 규정 제31조")
RATES_OF_2023 = date(2023, 3, 2)  # until the day before, what the plan of 2016 says

own = Policies("visits", PROCESS, section="benchmarking")


def per_day(key: str, *words: Any) -> Policy[int]:
    """Won for one person and one day of travel."""
    earlier = ((RATES_OF_2023, 20_000),)
    return own.money(key, 25_000, *words, most=1_000_000, source=TRAVEL_TABLE, earlier=earlier)


def lodging(key: str, won: int, before: int, *words: Any) -> Policy[int]:
    """The most for one person and night."""
    earlier = ((RATES_OF_2023, before),)
    return own.money(f"lodging_{key}", won, *words, most=1_000_000, source=TRAVEL_TABLE, earlier=earlier)


def inside(key: str, won: int, *words: Any) -> Policy[int]:
    """Won for one person and day inside the place of work."""
    return own.money(f"inside_{key}", won, *words, most=1_000_000, source=TRAVEL_INSIDE)


TEAM_SIZE = own.number(
    "team_size", 5, _("명"), _("현장체험단 인원"), _("현장체험단은 {value} 이내로 구성합니다."),
    least=1, most=50, source=PLAN_2016,
)  # fmt: skip
DAYS = own.number(
    "days", 1, _("일"), _("현장체험 기간"), _("현장체험은 한 번에 {value}까지 다녀올 수 있습니다."),
    least=1, most=30, source=PLAN_2016,
)  # fmt: skip
REPORT_DAYS = own.number(
    "report_days", 7, _("일"), _("결과보고 기한"), _("결과보고는 현장체험을 마친 날부터 {value} 이내입니다."),
    least=1, most=90, source=PLAN_2016,
)  # fmt: skip
CLAIM_DAYS = own.number(
    "claim_days", 14, _("일"), _("여비 정산 신청 기한"),
    _("여비 정산은 돌아온 다음 날부터 {value} 안에 영수증과 함께 신청합니다."),
    least=1, most=90, source=TRAVEL_CLAIM,
)  # fmt: skip
SURCHARGE = own.number(
    "surcharge", 5, _("배"), _("거짓으로 받은 여비의 가산액"),
    _("거짓으로 받은 여비는 돌려받고 그 금액의 {value}를 더 거둡니다."),
    least=0, most=5, source=TRAVEL_FALSE,
)  # fmt: skip
REMIND = own.days_before(
    "remind", [3, 1, 0], _("결과보고 기한 전 알림"),
    _("결과보고 기한 {value}에 다녀온 직원에게 알립니다(0은 당일)."),
)  # fmt: skip
OVERDUE_TEAM = own.number(
    "overdue_team", 1, _("일"), _("결과보고 지연 알림: 다녀온 직원"),
    _("결과보고 기한이 {value} 지나면 다녀온 직원에게 알립니다."),
    least=1, most=60,
)  # fmt: skip
OVERDUE_HEAD = own.number(
    "overdue_head", 3, _("일"), _("결과보고 지연 알림: 부서장"),
    _("결과보고 기한이 {value} 지나면 부서장에게 알립니다."),
    least=1, most=60,
)  # fmt: skip
TEAMS = own.number(
    "teams", 5, pgettext_lazy("단위", "팀"), _("한 해의 현장체험단"),
    _("여비 예산은 한 해 {value}을 기준으로 편성합니다."),
    least=1, most=500, source=PLAN_2016,
)  # fmt: skip
AMOUNT = own.money(
    "amount", 250_000, _("한 팀의 여비"), _("여비 예산은 한 팀에 {value}을 기준으로 편성합니다."),
    most=100_000_000, source=PLAN_2016,
)  # fmt: skip
MONTHS = own.months(  # the plan of 2016, made in March, says April to December
    "months", list(range(1, 13)), _("현장체험 시기"), _("현장체험은 매년 {value}에 다녀올 수 있습니다.")
)
GROUPS = own.number(
    "groups", 0, pgettext_lazy("단위", "팀"), _("한 달의 현장체험단"),
    _("한 달에 {value}까지 다녀올 수 있습니다(0은 제한 없음)."),
    least=0, most=100,
)  # fmt: skip
MEALS = per_day("meals", _("현장체험 식비"), _("식비는 한 사람에게 하루 {value}입니다."))
MEALS_A_DAY = own.number(
    "meals_a_day", 3, _("끼"), _("하루 식비의 끼니 수"),
    _("하루 식비는 {value}의 값이며, 제공받는 식사는 한 끼 몫을 뺍니다."),
    least=1, most=3, source=TRAVEL_TABLE,
)  # fmt: skip
DAILY_ALLOWANCE = per_day("daily_allowance", _("현장체험 일비"), _("일비는 한 사람에게 하루 {value}입니다."))
OFFICIAL_VEHICLE_PERCENT = own.number(
    "vehicle_percent", 50, "%", _("공용차량 이용 시 일비"),
    _("공용차량을 이용하면 일비의 {value}만 지급하고 교통비는 지급하지 않습니다."),
    least=0, most=100, source=TRAVEL_HALVED,
)  # fmt: skip
LODGING = {
    VisitPlace.SEOUL: lodging(
        "seoul", 100_000, 70_000, _("숙박비 상한: 서울특별시"), _("서울특별시의 숙박비는 하룻밤 {value}까지입니다.")
    ),
    VisitPlace.METROPOLIS: lodging(
        "metropolis", 80_000, 60_000, _("숙박비 상한: 광역시"), _("광역시의 숙박비는 하룻밤 {value}까지입니다.")
    ),
    VisitPlace.ELSEWHERE: lodging(
        "elsewhere", 70_000, 50_000, _("숙박비 상한: 그 밖의 지역"),
        _("그 밖의 지역의 숙박비는 하룻밤 {value}까지입니다."),
    ),
}  # fmt: skip
LODGING_MORE = own.number(
    "lodging_more", 30, "%", _("숙박비 상한을 넘을 수 있는 범위"),
    _("사유가 있으면 숙박비 상한의 {value}까지 더 지급할 수 있습니다."),
    least=0, most=100, source=TRAVEL_TABLE,
)  # fmt: skip
INSIDE_HOURS = own.number(
    "inside_hours", 4, _("시간"), _("근무지 내 출장: 긴 출장의 기준"),
    _("근무지 내 출장은 {value} 이상인지 미만인지에 따라 여비가 다릅니다."),
    least=1, most=24, source=TRAVEL_INSIDE,
)  # fmt: skip
INSIDE_LONG = inside(
    "long", 20_000, _("근무지 내 출장 여비: 긴 출장"),
    _("근무지 내의 긴 출장에는 한 사람에게 하루 {value}을 지급합니다."),
)  # fmt: skip
INSIDE_SHORT = inside(
    "short", 10_000, _("근무지 내 출장 여비: 짧은 출장"),
    _("근무지 내의 짧은 출장에는 한 사람에게 하루 {value}을 지급합니다."),
)  # fmt: skip
INSIDE_VEHICLE = inside(
    "vehicle", 10_000, _("근무지 내 출장: 관용차 이용 감액"),
    _("근무지 내 출장에 관용차를 이용하면 하루 {value}을 뺍니다."),
)  # fmt: skip
BUDGET_WARNING = own.number(
    "budget_warning", 80, "%", _("여비 예산 알림 기준"),
    _("여비 예산을 {value} 이상 집행하거나 집행 예정이면 기획 담당자에게 알립니다."),
    least=1, most=100,
)  # fmt: skip
OF_A_REPORT = (
    REPORT_DAYS,
    REMIND,
    OVERDUE_TEAM,
    OVERDUE_HEAD,
)  # a report keeps those of the last day of its visit
