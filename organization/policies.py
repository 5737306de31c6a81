"""Policy values of accounts and absences."""

from django.utils.translation import gettext_lazy as _

from policies.registry import Policy

IDLE_MINUTES: Policy[int] = Policy(
    key="organization.idle_minutes",
    kind="int",
    default=60,
    unit=_("분"),
    label=_("미사용 로그아웃 시간"),
    sentence=_("{value} 동안 사용하지 않으면 로그아웃됩니다."),
    source=_("시스템 기본값"),
    process=_("계정·보안"),
    minimum=5,
    maximum=480,
)

ABSENCE_DAYS: Policy[int] = Policy(
    key="organization.absence_days",
    kind="int",
    default=90,
    unit=_("일"),
    label=_("다른 직원이 등록하는 부재의 기간"),
    sentence=_("다른 직원의 부재는 한 번에 {value}까지 등록할 수 있습니다."),
    source=_("시스템 기본값"),
    process=_("계정·보안"),
    minimum=1,
    maximum=366,
)
