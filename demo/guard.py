"""Demonstration data never reaches a real system by accident."""

from django.conf import settings
from django.core.management.base import CommandError


def ensure_demonstration(forced: bool) -> None:
    """CommandError unless this is a demonstration (DEMO=1) or the caller insists."""
    if not settings.DEMO and not forced:
        raise CommandError(
            "시연용 자료는 실제 운영 시스템에 절대로 넣으면 안 됩니다. 누구나 아는 비밀번호로 모든 권한에 로그인할 수 "
            "있게 되고, 지어낸 사례가 통계에 섞입니다. 시연용 시스템이라면 환경 변수 DEMO=1로 실행해 주세요."
        )
