"""Who may do what about leaks: whoever checks the access log, and never the one whose account leaked (D7, D9)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.permissions import permit
from organization.rules import is_administrator, is_auditor

OFFICERS = _("개인정보 유출은 감사 담당자와 시스템 관리자가 볼 수 있습니다.")


def _whose_account(leak: Any) -> Iterable[int | None]:
    return [leak.account_id]


permit("leaks.view", is_auditor | is_administrator, OFFICERS, personal=True, reveals="leak")
permit(
    "leaks.act",
    is_auditor | is_administrator,
    _("유출 건의 처리는 그 유출에 쓰인 계정의 주인이 아닌 감사 담당자나 시스템 관리자가 할 수 있습니다."),
    personal=True,
    never=_whose_account,
    reveals="leak",
)
