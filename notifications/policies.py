"""Policy values of notices and mail (R3, B5)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from policies.registry import Policies

HOUR = pgettext_lazy("시각", "시")
own = Policies("notifications", _("알림·메일"))

REMIND_FROM = own.number(
    "remind_from", 8, HOUR, _("기한 알림을 보내기 시작하는 시각"),
    _("기한 알림은 근무일 {value}부터 보냅니다."),
    least=0, most=12,
)  # fmt: skip
REMIND_UNTIL = own.number(
    "remind_until", 18, HOUR, _("기한 알림을 그만 보내는 시각"),
    _("기한 알림은 근무일 {value}까지 보냅니다. 그 뒤의 것은 다음 근무일에 보냅니다."),
    least=13, most=24,
)  # fmt: skip
BACKUP_HOURS = own.number(
    "backup_hours", 26, _("시간"), _("백업이 없을 때의 알림"),
    _("{value} 동안 성공한 백업이 없으면 시스템 관리자에게 알립니다."),
    least=2, most=24 * 31,
)  # fmt: skip
EQUAL_MINUTES = own.number(
    "equal_minutes", 10, _("분"), _("같은 알림을 하나로 묶는 시간"),
    _("{value} 안에 같은 사람에게 가는 같은 알림과 메일은 하나만 보냅니다(0이면 모두 보냅니다)."),
    least=0, most=120,
)  # fmt: skip
