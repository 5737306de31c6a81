"""The log of looks at personal data (D3)."""

from typing import Any

from core.actors import columns
from core.addresses import client_address
from core.models import AccessLog


def log(
    request: Any, action: AccessLog.Action, *, kind: str, label: str, pk: Any = "", reason: str = ""
) -> None:
    """Write down who looked at whose data, from where and why."""
    AccessLog.objects.create(
        **columns(getattr(request, "bearer", None) or request.user),
        address=client_address(request),
        action=action,
        subject_kind=kind,
        subject_id=str(pk),
        subject_label=label,
        reason=reason,
    )
