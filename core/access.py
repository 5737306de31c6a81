"""The log of looks at personal data (D3)."""

from typing import Any

from axes.helpers import get_client_ip_address

from core.actors import columns
from core.models import AccessLog


def log(
    request: Any, action: AccessLog.Action, *, kind: str, label: str, pk: Any = "", reason: str = ""
) -> None:
    """Write down who looked at whose data, from where and why."""
    AccessLog.objects.create(
        **columns(getattr(request, "bearer", None) or request.user),
        address=get_client_ip_address(request),
        action=action,
        subject_kind=kind,
        subject_id=str(pk),
        subject_label=label,
        reason=reason,
    )
