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
