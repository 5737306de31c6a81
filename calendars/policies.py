"""Policy values of private calendar addresses."""

from django.utils.translation import gettext_lazy as _

from policies.registry import Policies

own = Policies("calendars", _("일정 주소"), section="manage")
VALID_MONTHS = own.number(
    "valid_months", 12, _("개월"), _("일정 주소를 쓸 수 있는 기간"),
    _("개인 일정 주소는 만든 날부터 {value} 동안 쓸 수 있고, 다시 만들면 이어집니다."), least=1, most=36,
)  # fmt: skip
DAYS_BEFORE = own.number(
    "days_before", 60, _("일"), _("일정 주소에 남는 지난 일정"), _("일정 주소에는 지난 {value}의 일정까지 보입니다."),
    least=0, most=366,
)  # fmt: skip
MONTHS_AHEAD = own.number(
    "months_ahead", 12, _("개월"), _("일정 주소의 앞으로의 일정"), _("일정 주소에는 앞으로 {value}의 일정이 보입니다."),
    least=1, most=36,
)  # fmt: skip
