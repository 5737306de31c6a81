"""Policy values of the savings bonus (E6): its limits, and its days in the year after the saving."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from policies.registry import Policies, Policy

PROCESS = _("예산성과금")
LAW = _("지방재정법 제48조, 같은 법 시행령 제50조부터 제54조까지")
PERCENT, YEARS = "%", pgettext_lazy("기간", "년")
MOST = 10_000_000_000  # won that a limit may ever be
own = Policies("contests", PROCESS)

PERSONNEL_YEARS = own.number(
    "bonus_personnel_years", 1, YEARS, _("성과금 한도: 인건비 절감"),
    _("인건비를 줄인 성과금은 줄인 인건비의 {value}분까지입니다."), least=0, most=5, source=LAW,
)  # fmt: skip


def share(key: str, default: int, label: Any, sentence: Any) -> Policy[int]:
    return own.number(f"bonus_{key}", default, PERCENT, label, sentence, least=0, most=100, source=LAW)


RUNNING_SHARE = share(
    "running",
    50,
    _("성과금 한도: 경상경비 절감"),
    _("경상경비를 줄인 성과금은 줄인 금액의 {value}까지입니다."),
)
PROJECT_SHARE = share(
    "project",
    10,
    _("성과금 한도: 주요사업비 절감"),
    _("주요사업비를 줄인 성과금은 줄인 금액의 {value}까지입니다."),
)
INCOME_SHARE = share(
    "income", 10, _("성과금 한도: 수입 증대"), _("수입을 늘린 성과금은 늘린 금액의 {value}까지입니다.")
)
PROJECT_MOST = own.money(
    "bonus_project_most", 100_000_000, _("성과금 한도: 주요사업비 한 건"),
    _("주요사업비를 줄인 성과금은 한 건에 {value}까지입니다."), most=MOST, source=LAW,
)  # fmt: skip
PERSON_MOST = own.money(
    "bonus_person_most", 20_000_000, _("성과금 한도: 한 사람"), _("성과금은 한 사람에게 {value}까지입니다."),
    most=MOST, source=LAW,
)  # fmt: skip
WIDE_MORE = own.number(
    "bonus_wide_more", 30, PERCENT, _("파급 효과가 큰 성과금"),
    _("다른 기관까지 파급 효과가 크면 성과금의 모든 한도를 {value} 높입니다."), least=0, most=100, source=LAW,
)  # fmt: skip
REQUEST_BY = own.month_day(
    "bonus_request_by",
    "03-10",
    _("성과금 신청 기한"),
    _("예산성과금은 다음 해 {value}까지 신청합니다."),
    source=LAW,
)
PANEL_BY = own.month_day(
    "bonus_panel_by",
    "03-31",
    _("성과금 실무심사 기한"),
    _("예산성과금 실무심사는 다음 해 {value}까지 합니다."),
    source=LAW,
)
COMMITTEE_BY = own.month_day(
    "bonus_committee_by", "04-30", _("성과금 위원회 심의 기한"),
    _("예산성과금 위원회는 다음 해 {value}까지 심의합니다."), source=LAW,
)  # fmt: skip
PAY_BY = own.month_day(
    "bonus_pay_by",
    "05-31",
    _("성과금 지급 기한"),
    _("예산성과금은 다음 해 {value}까지 지급합니다."),
    source=LAW,
)
BONUS_REMIND = own.days_before(
    "bonus_remind",
    [7, 1, 0],
    _("성과금 기한 알림"),
    _("성과금의 신청·심사·심의·지급 기한 {value}에 알립니다(0은 당일)."),
)
