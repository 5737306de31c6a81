"""When reports are made (R1)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from policies.registry import Policy

PROCESS = _("보고서")
PLAN_2016 = _("2016. 벤치마킹 운영 계획")
DEFAULT = _("운영 기본값")

START_ON: Policy[date] = Policy(
    key="reports.start_on",
    kind="date",
    default=date(2026, 1, 1),
    unit="",
    label=_("보고서 자동 작성 시작일"),
    sentence=_("예정일이 {value} 이후인 보고서부터 자동으로 만듭니다."),
    source=DEFAULT,
    process=PROCESS,
)
DISPATCH_AFTER: Policy[int] = Policy(
    key="reports.dispatch_after",
    kind="int",
    default=1,
    unit=_("일"),
    label=_("분기 검토 현황 작성일"),
    sentence=_("벤치마킹 검토 현황은 분기가 끝난 뒤 {value}째 되는 날에 만듭니다."),
    source=DEFAULT,
    process=PROCESS,
    minimum=1,
    maximum=60,
)
PROGRESS_FIRST: Policy[str] = Policy(
    key="reports.progress_first",
    kind="month_day",
    default="07-01",
    unit="",
    label=_("상반기 추진 상황 작성일"),
    sentence=_("벤치마킹 추진 상황(상반기)은 {value}에 만듭니다."),
    source=PLAN_2016,
    process=PROCESS,
)
PROGRESS_SECOND: Policy[str] = Policy(
    key="reports.progress_second",
    kind="month_day",
    default="01-01",
    unit="",
    label=_("하반기 추진 상황 작성일"),
    sentence=_("벤치마킹 추진 상황(하반기)은 {value}에 만듭니다."),
    source=PLAN_2016,
    process=PROCESS,
)
ANALYSIS_HALF: Policy[str] = Policy(
    key="reports.analysis_half",
    kind="month_day",
    default="07-01",
    unit="",
    label=_("상반기 결과분석 작성일"),
    sentence=_("벤치마킹 결과분석(상반기)은 {value}에 만듭니다."),
    source=PLAN_2016,
    process=PROCESS,
)
ANALYSIS_YEAR: Policy[str] = Policy(
    key="reports.analysis_year",
    kind="month_day",
    default="12-20",
    unit="",
    label=_("연간 결과분석 작성일"),
    sentence=_("벤치마킹 결과분석(연간)은 {value}에 만듭니다."),
    source=PLAN_2016,
    process=PROCESS,
)
CREATIVE_KING_AFTER: Policy[int] = Policy(
    key="reports.creative_king_after",
    kind="int",
    default=10,
    unit=_("일"),
    label=_("창의왕 선정 결과 작성일"),
    sentence=_("창의왕 선정 결과는 분기가 끝난 뒤 {value}째 되는 날에 만듭니다."),
    source=DEFAULT,
    process=PROCESS,
    minimum=1,
    maximum=60,
)
MVP_AFTER: Policy[int] = Policy(
    key="reports.mvp_after",
    kind="int",
    default=5,
    unit=_("일"),
    label=_("혁신 MVP 선정 결과 작성일"),
    sentence=_("혁신 MVP 선정 결과는 달이 끝난 뒤 {value}째 되는 날에 만듭니다."),
    source=DEFAULT,
    process=PROCESS,
    minimum=1,
    maximum=25,
)
