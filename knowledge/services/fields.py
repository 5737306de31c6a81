"""Fields of knowledge: planning names them and who keeps each."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.editing import apply, check_version
from core.permissions import ensure
from core.work import keep
from knowledge.enums import PostState
from knowledge.models import Field, Post

NAMES = ("name", "order", "keeper", "closed")


@transaction.atomic
def save(field: Field | None, values: Mapping[str, Any], *, version: int | None = None, actor: Any) -> Field:
    """A new one, or this one changed; what waits in it goes to its new keeper.

    Locks: the field. Raises: Refused, Conflict, Rejected for a name that is there.
    """
    ensure(actor, "knowledge.plan")
    fresh = Field.objects.select_for_update().get(pk=field.pk) if field else Field()
    wanted = {name: values[name] for name in NAMES if name in values}
    check_version(fresh, version, wanted)
    changed = apply(fresh, wanted, NAMES)
    if not changed and field:
        return fresh
    fresh.version += 1 if field else 0
    try:
        with transaction.atomic():
            fresh.save()
    except IntegrityError as error:
        raise Rejected(_("이미 있는 분야 이름입니다."), field="name") from error
    if (field and "keeper_id" in changed) or "keeper" in changed:
        waiting = Post.objects.filter(field=fresh, state=PostState.WAITING)
        keep.refresh(*waiting.select_related("owner", "field"))
    return fresh
