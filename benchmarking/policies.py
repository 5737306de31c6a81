"""Policy values of benchmarking (B3–B6, O9)."""

from django.utils.translation import gettext_lazy as _

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
