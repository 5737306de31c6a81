"""Policy values of incentive projects (I1–I9)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from incentives.enums import Behind, BriefingKind, Tier
from policies.registry import Policies, Policy

PROCESS = _("공동협력사업")
PLAN_2016 = _("2016. 시·자치구 공동협력사업 추진계획")
DAYS, MONTH, PERCENT, TIMES = _("일"), _("월"), "%", _("배")
own = Policies("incentives", PROCESS)

PLAN_DAYS = own.number(
    "plan_days", 5, DAYS, _("자체 추진계획 기한"),
    _("자체 추진계획은 시의 평가계획을 통보한 날부터 {value} 안에 냅니다."), least=1, most=60, source=PLAN_2016,
)  # fmt: skip
REMIND_PLAN = own.days_before(
    "remind_plan", [3, 1, 0], _("자체 추진계획 알림"), _("자체 추진계획 기한 {value}에 담당자에게 알립니다.")
)
LATE_PLAN = own.number(
    "late_plan", 3, DAYS, _("늦은 자체 추진계획: 부서장에게"),
    _("자체 추진계획 기한이 {value} 지나도 내지 않으면 부서장에게 알립니다."), least=1, most=60,
)  # fmt: skip
NOTIFY_BY = own.month_day(
    "notify_by", "03-31", _("평가계획을 통보할 때"),
    _("시의 평가계획은 {value}까지 통보합니다. 통보하지 않은 사업에는 포상금을 지급하지 않습니다."), source=PLAN_2016,
)  # fmt: skip
REMIND_NOTIFY = own.days_before(
    "remind_notify",
    [14, 7, 0],
    _("평가계획 통보 알림"),
    _("평가계획을 통보할 날 {value}에 담당자에게 알립니다."),
)


def day_of(year: int, month_day: str) -> date:
    month, day = map(int, month_day.split("-"))
    return date(year, month, day)


def told_by(year: int) -> date:
    """Until when the city's evaluation plans of a year are to be told."""
    return day_of(year, NOTIFY_BY.on(date(year, 1, 1)))


SUBMIT_BY = own.month_day(
    "submit_by", "10-31", _("평가자료 제출 기한"),
    _("평가자료는 {value}까지 서울시에 냅니다. 사업마다 다르면 그 날을 적습니다."), source=PLAN_2016,
)  # fmt: skip
REMIND_SUBMIT = own.days_before(
    "remind_submit",
    [14, 7, 3, 0],
    _("평가자료 제출 알림"),
    _("평가자료 제출 기한 {value}에 담당자에게 알립니다."),
)
CONTACT_DAYS = own.number(
    "contact_days", 7, DAYS, _("담당자 정비 기한"),
    _("담당자가 전보되거나 퇴직하면 {value} 안에 새 담당자를 적습니다."), least=1, most=60,
)  # fmt: skip
WEAK = own.number(
    "weak", 70, PERCENT, _("부진으로 보는 기준"),
    _("목표 경로의 {value}에 못 미치는 지표는 부진으로 보고 다음 보고회 안건에 올립니다."), least=1, most=100,
)  # fmt: skip
BEST_PACE = own.number(
    "best_pace", 110, PERCENT, _("낙관 전망의 속도"),
    _("낙관 전망에서는 남은 기간에 목표 경로의 {value}로 나아간다고 봅니다."), least=100, most=300,
)  # fmt: skip
WORST_PACE = own.number(
    "worst_pace", 80, PERCENT, _("비관 전망의 속도"),
    _("비관 전망에서는 남은 기간에 목표 경로의 {value}로 나아간다고 봅니다."), least=0, most=100,
)  # fmt: skip
LEVEL_CHANGE = own.number(
    "level_change", 5, PERCENT, _("누계가 아닌 지표의 변동 폭"),
    _("누계가 아닌 지표는 연말까지 지금의 {value}만큼 나아지거나 나빠진다고 봅니다."), least=0, most=100,
)  # fmt: skip
JUMP = own.number(
    "jump", 10, TIMES, _("다시 묻는 실적의 차이"), _("실적이 지난번의 {value} 넘게 달라지면 맞는지 다시 묻습니다."),
    least=2, most=1_000,
)  # fmt: skip
REMIND_WEEK = own.days_before(
    "remind_week", [1, 0], _("주간 보고 알림"), _("주간 보고일 {value}에 담당자에게 알립니다(0은 당일).")
)
LATE_WEEK = own.number(
    "late_week", 3, DAYS, _("주간 보고 마감"),
    _("주간 보고는 보고일부터 {value} 뒤에 마감하고 그 뒤의 정정은 따로 남깁니다."),
    least=1, most=6,
)  # fmt: skip
BRIEFING_MONTHS: Mapping[str, Policy[list[int]]] = {
    BriefingKind.RESULTS: own.months(
        "briefing_results", [2], _("성과 및 개선대책 보고회"),
        _("구청장이 주관하는 성과 및 개선대책 보고회는 {value}에 엽니다."), source=PLAN_2016,
    ),
    BriefingKind.OVERALL: own.months(
        "briefing_overall", [3, 5, 9], _("종합보고회"), _("부구청장이 주관하는 종합보고회는 {value}에 엽니다."),
        source=PLAN_2016,
    ),
    BriefingKind.PROJECT: own.months(
        "briefing_project", [4, 6, 7, 8], _("사업별 보고회"),
        _("부구청장이 주관하는 사업별 보고회는 {value}에 엽니다."), source=PLAN_2016,
    ),
    BriefingKind.BUREAU: own.months(
        "briefing_bureau", [3, 4, 5, 6, 7, 8, 9, 10], _("국별 보고회"),
        _("국장이 주관하는 국별 보고회는 {value}에 목요일마다 여는 국별회의에서 합니다."), source=PLAN_2016,
    ),
    BriefingKind.CHECK: own.months(
        "briefing_check", [6, 9], _("추진사항 점검"), _("기획 담당 국장의 추진사항 점검은 {value}에 합니다."),
        source=PLAN_2016,
    ),
}  # fmt: skip
BUREAU_WEEKS = own.weeks(
    "bureau_weeks", [1], _("국별 보고회를 하는 국별회의"),
    _("국별 보고회는 그 달 {value} 목요일의 국별회의에서 합니다."), source=PLAN_2016,
)  # fmt: skip
BONUS_PERCENT = own.number(
    "bonus_percent", 10, PERCENT, _("포상금 비율"), _("수상 부서에 수상금의 {value}를 포상금으로 지급합니다."),
    least=0, most=100, source=PLAN_2016,
)  # fmt: skip
BONUS_UNIT = own.money(
    "bonus_unit", 10, _("포상금 단수"),
    _("포상금은 {value} 아래를 버리고, 남는 돈은 주관 부서에 더합니다."), most=10_000,
)  # fmt: skip


FIXED = {
    Tier.TOP: own.money(
        "fixed_top", 1_500_000, _("수상금이 없는 대외기관 평가: 최우수 이상"),
        _("수상금이 없는 대외기관 평가에서 최우수 이상이면 {value}을 지급합니다."), most=100_000_000, source=PLAN_2016,
    ),
    Tier.GOOD: own.money(
        "fixed_good", 1_000_000, _("수상금이 없는 대외기관 평가: 우수"),
        _("수상금이 없는 대외기관 평가에서 우수면 {value}을 지급합니다."), most=100_000_000, source=PLAN_2016,
    ),
    Tier.FAIR: own.money(
        "fixed_fair", 500_000, _("수상금이 없는 대외기관 평가: 장려 이하"),
        _("수상금이 없는 대외기관 평가에서 장려 이하면 {value}을 지급합니다."), most=100_000_000, source=PLAN_2016,
    ),
}  # fmt: skip


def _leave(key: str, default: int, name: Any) -> Policy[int]:
    return own.number(
        f"leave_{key}", default, DAYS, name, _("유공 직원에게 이 경우 특별휴가 {value}을 줍니다(0은 주지 않음)."),
        least=0, most=10, source=PLAN_2016,
    )  # fmt: skip


LEAVE: Mapping[tuple[str, str], Policy[int]] = {
    (Behind.CHARGE, Tier.TOP): _leave("charge_top", 2, _("특별휴가: 총괄 담당자, 최우수 이상")),
    (Behind.CHARGE, Tier.GOOD): _leave("charge_good", 1, _("특별휴가: 총괄 담당자, 우수")),
    (Behind.CHARGE, Tier.FAIR): _leave("charge_fair", 1, _("특별휴가: 총괄 담당자, 장려 이하")),
    (Behind.LEADER, Tier.TOP): _leave("leader_top", 1, _("특별휴가: 총괄 팀장, 최우수 이상")),
    (Behind.LEADER, Tier.GOOD): _leave("leader_good", 1, _("특별휴가: 총괄 팀장, 우수")),
    (Behind.LEADER, Tier.FAIR): _leave("leader_fair", 0, _("특별휴가: 총괄 팀장, 장려 이하")),
    (Behind.HELPER, Tier.TOP): _leave("helper_top", 1, _("특별휴가: 협조부서 담당자, 최우수 이상")),
    (Behind.HELPER, Tier.GOOD): _leave("helper_good", 1, _("특별휴가: 협조부서 담당자, 우수")),
    (Behind.HELPER, Tier.FAIR): _leave("helper_fair", 1, _("특별휴가: 협조부서 담당자, 장려 이하")),
}


def _commended(key: str, default: bool, name: Any) -> Policy[bool]:
    return own.switch(
        f"commended_{key}",
        default,
        name,
        _("유공 직원을 이 경우 표창에 추천합니다: {value}"),
        source=PLAN_2016,
    )


COMMENDED: Mapping[tuple[str, str], Policy[bool]] = {
    (Behind.CHARGE, Tier.TOP): _commended("charge_top", True, _("표창 추천: 총괄 담당자, 최우수 이상")),
    (Behind.CHARGE, Tier.GOOD): _commended("charge_good", True, _("표창 추천: 총괄 담당자, 우수")),
    (Behind.CHARGE, Tier.FAIR): _commended("charge_fair", True, _("표창 추천: 총괄 담당자, 장려 이하")),
    (Behind.LEADER, Tier.TOP): _commended("leader_top", True, _("표창 추천: 총괄 팀장, 최우수 이상")),
    (Behind.LEADER, Tier.GOOD): _commended("leader_good", False, _("표창 추천: 총괄 팀장, 우수")),
    (Behind.LEADER, Tier.FAIR): _commended("leader_fair", False, _("표창 추천: 총괄 팀장, 장려 이하")),
}
BUDGET_WARNING = own.number(
    "budget_warning", 80, PERCENT, _("포상금 예산 주의"), _("포상금 예산을 {value} 넘게 쓰면 알립니다."),
    least=1, most=100,
)  # fmt: skip
BONUS_EACH = own.money(
    "bonus_each", 3_000_000, _("포상금 한 건의 예상액"), _("포상금 한 건을 {value}으로 어림합니다."),
    most=1_000_000_000,
)  # fmt: skip
PLAN_PAYOUT_DAYS = own.number(
    "payout_days", 30, DAYS, _("포상금 지급계획 기한"),
    _("수상 부서는 결과가 발표된 날부터 {value} 안에 포상금 자체 지급계획을 세웁니다."), least=1, most=365,
)  # fmt: skip
REMIND_PAYOUT = own.days_before(
    "remind_payout",
    [7, 0],
    _("포상금 지급계획 알림"),
    _("포상금 지급계획 기한 {value}에 담당자에게 알립니다."),
)
THANKS_BY = own.month_day(
    "thanks_by", "01-31", _("유공 직원 격려를 확정할 때"),
    _("표창과 특별휴가는 다음 해 {value}까지 모든 결과를 모아 확정합니다."), source=PLAN_2016,
)  # fmt: skip
REMIND_THANKS = own.days_before(
    "remind_thanks", [14, 3, 0], _("유공 직원 격려 알림"),
    _("유공 직원 격려를 확정할 날 {value}에 기획예산과에 알립니다."),
)  # fmt: skip
