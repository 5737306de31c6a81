"""Two people editing one thing: the second is shown what the first changed, and nothing typed is lost."""

from collections.abc import Iterable
from typing import Any

from auditlog.models import LogEntry
from django.db import models
from django.utils.translation import gettext as _

from basis.errors import Rejected


class Conflict(Rejected):
    """`changes`: (label, value now) of the fields that somebody else has changed meanwhile; `version`: the present
    one, so that saving again after having seen them is possible."""

    def __init__(self, changes: list[tuple[str, str]], version: int) -> None:
        listed = ", ".join(f"{label}: {value}" for label, value in changes)
        super().__init__(
            _("작성하는 동안 다른 사람이 먼저 고쳤습니다(%(changes)s). 내용을 확인한 뒤 다시 저장해 주세요.")
            % {"changes": listed or _("상태")}
        )
        self.changes = changes
        self.version = version


class Outdated(Rejected):
    """Decided on as it was before: it has changed since the page was opened."""

    def __init__(self, obj: Any) -> None:
        super().__init__(
            _(
                "화면을 연 뒤 내용이나 상태가 바뀌어 처리하지 않았습니다. 지금 상태는 ‘%(state)s’입니다. "
                "지금 내용을 확인하고 필요하면 다시 처리해 주세요."
            )
            % {"state": obj.get_state_display()}
        )


def check_seen(obj: Any, version: int | None) -> None:
    """Outdated if `obj` (locked, fresh) is no longer what was seen; None: decided by no page."""
    if version is not None and obj.version != version:
        raise Outdated(obj)


def check_version(obj: Any, expected: int | None, wanted: dict[str, Any]) -> None:
    """Conflict if `obj` (locked, fresh) is no longer the version the form was made from."""
    if expected is not None and obj.version != expected:
        raise Conflict(changed_since(obj, expected, wanted), obj.version)


def changed_since(obj: models.Model, version: int, wanted: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and present value of the fields changed after `version` to something other than what was `wanted`.

    The audit log tells them from what the person at the form has changed."""
    found = []
    logged = _logged_changes(obj, version)
    for name, value in wanted.items():
        if name in logged and getattr(obj, name) != value:
            display = getattr(obj, f"get_{name}_display", None)
            shown = display() if display else getattr(obj, name)
            label = label_of(obj, name)
            found.append((str(label), "" if shown is None else str(shown)))
    return found


def label_of(obj: models.Model, name: str) -> Any:
    """What people call the field."""
    return getattr(obj._meta.get_field(name), "verbose_name", name)


def _logged_changes(obj: models.Model, version: int) -> set[str]:
    """Names of the fields written with every version after this one."""
    names: set[str] = set()
    entries = LogEntry.objects.get_for_object(obj).filter(action=LogEntry.Action.UPDATE)
    for changes in entries.values_list("changes", flat=True):
        _before, after = changes.get("version", ("", "0"))
        if int(after) > version:
            names |= set(changes)
    return names


def apply(obj: models.Model, values: dict[str, Any], only: Iterable[str]) -> list[str]:
    """Set the fields; gives the names of those that changed."""
    changed = [name for name in only if name in values and getattr(obj, name) != values[name]]
    for name in changed:
        setattr(obj, name, values[name])
    return changed
