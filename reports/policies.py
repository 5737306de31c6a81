"""When reports are made (R1)."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from policies.registry import Policies

PLAN_2016 = _("2016. 벤치마킹 운영 계획")
DAYS = _("일")

own = Policies("reports", pgettext_lazy("목록", "보고서"))

START_ON = own.day(
    "start_on", date(2026, 1, 1), _("보고서 자동 작성 시작일"),
    _("예정일이 {value} 이후인 보고서부터 자동으로 만듭니다."),
)  # fmt: skip
DISPATCH_AFTER = own.number(
    "dispatch_after", 1, DAYS, _("분기 검토 현황 작성일"),
    _("벤치마킹 검토 현황은 분기가 끝난 뒤 {value}째 되는 날에 만듭니다."),
    least=1, most=60,
)  # fmt: skip
PROGRESS_FIRST = own.month_day(
    "progress_first", "07-01", _("상반기 추진 상황 작성일"),
    _("벤치마킹 추진 상황(상반기)은 {value}에 만듭니다."),
    source=PLAN_2016,
)  # fmt: skip
PROGRESS_SECOND = own.month_day(
    "progress_second", "01-01", _("하반기 추진 상황 작성일"),
    _("벤치마킹 추진 상황(하반기)은 {value}에 만듭니다."),
    source=PLAN_2016,
)  # fmt: skip
ANALYSIS_HALF = own.month_day(
    "analysis_half", "07-01", _("상반기 결과분석 작성일"),
    _("벤치마킹 결과분석(상반기)은 {value}에 만듭니다."),
    source=PLAN_2016,
)  # fmt: skip
ANALYSIS_YEAR = own.month_day(
    "analysis_year", "12-20", _("연간 결과분석 작성일"),
    _("벤치마킹 결과분석(연간)은 {value}에 만듭니다."),
    source=PLAN_2016,
)  # fmt: skip
CREATIVE_KING_AFTER = own.number(
    "creative_king_after", 10, DAYS, _("창의왕 선정 결과 작성일"),
    _("창의왕 선정 결과는 분기가 끝난 뒤 {value}째 되는 날에 만듭니다."),
    least=1, most=60,
)  # fmt: skip
MVP_AFTER = own.number(
    "mvp_after", 5, DAYS, _("혁신 MVP 선정 결과 작성일"),
    _("혁신 MVP 선정 결과는 달이 끝난 뒤 {value}째 되는 날에 만듭니다."),
    least=1, most=25,
)  # fmt: skip

PROPOSALS_FIRST = own.month_day(
    "proposals_first", "07-10", _("상반기 제안 처리 현황 작성일"),
    _("제안 처리 현황(상반기)은 {value}에 만듭니다."),
)  # fmt: skip
PROPOSALS_SECOND = own.month_day(
    "proposals_second", "12-20", _("하반기 제안 처리 현황 작성일"),
    _("제안 처리 현황(하반기)은 {value}에 만듭니다."),
)  # fmt: skip
CLUBS_FIRST = own.month_day(
    "clubs_first", "07-15", _("상반기 학습동아리 운영 현황 작성일"),
    _("학습동아리 운영 현황(상반기)은 {value}에 만듭니다."),
)  # fmt: skip
CLUBS_SECOND = own.month_day(
    "clubs_second", "12-22", _("하반기 학습동아리 운영 현황 작성일"),
    _("학습동아리 운영 현황(하반기)은 {value}에 만듭니다."),
)  # fmt: skip
KNOWLEDGE_AFTER = own.number(
    "knowledge_after", 12, DAYS, _("분기 지식나눔 운영 현황 작성일"),
    _("지식나눔 운영 현황은 분기가 끝난 뒤 {value}째 되는 날에 만듭니다."),
    least=1, most=60,
)  # fmt: skip
PROPOSALS_YEAR = own.month_day(
    "proposals_year", "01-20", _("연간 제안 운영 실적 작성일"),
    _("제안 운영 실적(연간)은 다음 해 {value}에 만듭니다. 1월 31일까지 행정안전부에 냅니다."),
    source=_("국민 제안 규정 제24조제2항"),
)  # fmt: skip
AWARDS_YEAR = own.month_day(
    "awards_year", "01-10", _("연간 시상 현황 작성일"),
    _("시상 현황(연간)은 다음 해 {value}에 만듭니다."),
)  # fmt: skip
INCENTIVES_YEAR = own.month_day(
    "incentives_year", "01-20", _("연간 공동협력사업 평가 결과 작성일"),
    _("공동협력사업 평가 결과(연간)는 다음 해 {value}에 만듭니다."),
    source=_("2016. 시·자치구 공동협력사업 추진계획"),
)  # fmt: skip
