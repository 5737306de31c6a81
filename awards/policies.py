"""Policy values of awards (A1–A5, P13, P16)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from policies.registry import Policies

PROCESS = _("심사와 시상")
TAX_LAW = _("소득세법 시행령 제17조의4")
DAYS, YEARS = _("일"), pgettext_lazy("기간", "년")
own = Policies("awards", PROCESS, section="evaluations")

HAND_OVER_DAYS = own.number(
    "hand_over_days", 30, DAYS, _("시상 지급 기한"), _("시상은 결정한 날부터 {value} 안에 지급합니다."),
    least=1, most=365,
)  # fmt: skip
REMIND_BEFORE = own.days_before(
    "remind_before", [7, 0], _("시상 지급 알림"), _("시상 지급 기한 {value}에 담당자에게 알립니다.")
)
OVERDUE = own.number(
    "overdue", 1, DAYS, _("시상 지급 지연 알림"), _("시상 지급 기한이 {value} 지나면 담당자에게 알립니다."),
    least=1, most=60,
)  # fmt: skip
TAX_FREE = own.money(
    "tax_free", 2_400_000, _("직무 관련 시상금의 비과세 한도"),
    _("직원이 직무와 관련하여 받는 시상금은 한 해 {value}까지 비과세합니다."), most=100_000_000, source=TAX_LAW,
)  # fmt: skip
TAX_WARNING = own.number(
    "tax_warning", 80, "%", _("비과세 한도 알림 기준"),
    _("한 직원의 한 해 시상금이 비과세 한도의 {value}에 이르면 알립니다."), least=1, most=100,
)  # fmt: skip
DEPARTMENT_TAXED = own.switch(
    "department_taxed", False, _("부서 시상금: 근로소득"),
    _("부서가 받은 시상금도 근로소득으로 적어 급여 담당에게 알립니다: {value}"),
)  # fmt: skip
LEAVE_MONTHS = own.number(
    "leave_months", 6, _("개월"), _("특별휴가 사용 기한"),
    _("시상으로 받은 특별휴가는 결정한 날부터 {value} 안에 씁니다."), least=1, most=36,
)  # fmt: skip
LEAVE_MOST = own.number(
    "leave_most", 10, DAYS, _("특별휴가 한도"),
    _("시상으로 받는 특별휴가는 한 사람에게 한 해 {value}까지 인정합니다(토요일과 공휴일은 세지 않음)."),
    least=1, most=60,
)  # fmt: skip
MERIT_PERCENT = own.number(
    "merit_percent", 10, "%", _("실적가점 명단의 비율"),
    _("성과포인트의 {value}를 실적가점 명단에 적습니다."), least=0, most=100,
)  # fmt: skip
MERIT_MOST = own.number(
    "merit_most", 5, _("점"), _("실적가점 한도"),
    _("실적가점 명단에는 한 사람에게 모두 {value}까지 적습니다."), least=0, most=100,
)  # fmt: skip
REVOKE_YEARS = own.number(
    "revoke_years", 5, YEARS, _("시상 취소 기한"),
    _("시상은 결정한 날부터 {value} 안에 취소하고 환수할 수 있습니다."), least=1, most=30,
)  # fmt: skip
KEEP_YEARS = own.number(
    "keep_years", 5, YEARS, _("시상받은 구민의 성명 보관"),
    _("시상받은 구민의 성명은 지급한 다음 해 1월 1일부터 {value} 동안 보관하고 파기합니다."), least=1, most=30,
)  # fmt: skip
BUDGET_WARNING = own.number(
    "budget_warning", 80, "%", _("시상 예산 알림 기준"),
    _("시상 예산의 {value} 이상을 집행했거나 집행할 예정이면 알립니다."), least=1, most=100,
)  # fmt: skip
BUDGET_EACH = own.money(
    "budget_each", 200_000, _("시상 한 건의 예상액"),
    _("시상 예산은 한 건에 {value}을 기준으로 어림합니다."), most=100_000_000,
)  # fmt: skip
BUDGET_COUNT = own.number(
    "budget_count", 40, _("건"), _("한 해의 시상 건수"),
    _("시상 예산은 한 해 {value}을 기준으로 편성합니다."), least=1, most=10_000,
)  # fmt: skip
