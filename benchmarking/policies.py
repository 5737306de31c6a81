"""Policy values of benchmarking (B3–B6, O9)."""

from django.utils.translation import gettext_lazy as _

from policies.registry import Policies
from reviews.figures import Figures

PROCESS = _("벤치마킹")
PLAN_2016 = _("2016. 벤치마킹 운영 계획")
DAYS = _("일")

own = Policies("benchmarking", PROCESS)

REVIEW_DAYS = own.number(
    "review_days", 14, DAYS, _("부서 검토 기한"), _("부서 검토 기한은 통보일부터 {value} 이내입니다."),
    least=1, most=90, source=PLAN_2016,
)  # fmt: skip
CONFIRMATION_NEEDED = own.switch(
    "confirmation_needed", True, _("부서장 확인"), _("검토 결과는 부서장 확인을 거칩니다: {value}")
)
REMIND_BEFORE = own.days_before(
    "remind_before", [7, 3, 1, 0], _("기한 전 알림"), _("검토 기한 {value}에 검토자에게 알립니다(0은 당일).")
)
OVERDUE_REVIEWER = own.number(
    "overdue_reviewer", 1, DAYS, _("지연 알림: 검토자"), _("기한이 {value} 지나면 검토자에게 알립니다."),
    least=1, most=60,
)  # fmt: skip
OVERDUE_HEAD = own.number(
    "overdue_head", 3, DAYS, _("지연 알림: 부서장"), _("기한이 {value} 지나면 부서장에게 알립니다."),
    least=1, most=60,
)  # fmt: skip
OVERDUE_PLANNING = own.number(
    "overdue_planning", 7, DAYS, _("지연 알림: 기획 담당"), _("기한이 {value} 지나면 기획 담당자에게 알립니다."),
    least=1, most=60,
)  # fmt: skip
EXTENSION_CAP_DAYS = own.number(
    "extension_cap_days", 14, DAYS, _("기한 연장 한도"),
    _("기한은 당초 기한부터 {value}까지 연장할 수 있습니다(정지한 날은 세지 않습니다)."),
    least=0, most=365,
)  # fmt: skip
REREVIEW_MONTHS = own.months(
    "rereview_months", [1, 7], _("장기검토 재검토 시기"), _("장기검토 사례는 매년 {value}에 다시 검토합니다."),
    source=PLAN_2016,
)  # fmt: skip
SIMILAR_PERCENT = own.number(
    "similar_percent", 60, "%", _("유사 사례 안내 기준"),
    _("사례명이 {value} 이상 비슷하면 유사 사례로 안내합니다."),
    least=30, most=95,
)  # fmt: skip
FOLLOW_UP_REMIND = own.days_before(
    "follow_up_remind", [30, 7, 0], _("업무반영 예정일 알림"),
    _("업무반영 예정일 {value}에 담당자에게 알립니다(0은 당일)."),
)  # fmt: skip
FIGURES = Figures(
    days=REVIEW_DAYS,
    confirmation=CONFIRMATION_NEEDED,
    cap=EXTENSION_CAP_DAYS,
    before=REMIND_BEFORE,
    reviewer=OVERDUE_REVIEWER,
    head=OVERDUE_HEAD,
    planning=OVERDUE_PLANNING,
)
