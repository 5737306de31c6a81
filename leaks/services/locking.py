"""A leak as it is now, under its lock."""

from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.editing import check_seen
from leaks.models import Leak


def locked(leak: Leak, seen: int | None = None) -> Leak:
    """Raises: Outdated if it is no longer the version that was `seen`."""
    fresh = Leak.objects.select_for_update(of=("self",)).get(pk=leak.pk)
    check_seen(fresh, seen)
    return fresh


def need_open(leak: Leak) -> None:
    if not leak.is_open:
        raise Rejected(_("이미 마친 유출 건은 고칠 수 없습니다."))
