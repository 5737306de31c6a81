"""Who acts: a user, whoever holds a pass, or the system itself. Never nobody: `None` is no actor."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final, final

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from core.models import Pass, TransitionLog


@final
class System:
    """The schedule, the command line, what follows from another step. It has no permissions: it takes only the steps
    that are nobody's."""

    pk: ClassVar[None] = None
    is_active: ClassVar[bool] = False

    def __str__(self) -> str:
        return _("시스템")


SYSTEM: Final = System()


@final
@dataclass(frozen=True)
class Bearer:
    """Whoever holds a pass (a private link, a slip, a device in a room): no user, and nothing but what permissions give
    bearers of its kind on its subject."""

    held: Pass
    pk: ClassVar[None] = None
    is_active: ClassVar[bool] = False

    def __str__(self) -> str:
        return self.held.label

    @property
    def subject(self) -> Any:
        return self.held.subject

    def owns(self, obj: Any) -> bool:
        """Whether this is the pass's subject, and the pass stands at this moment."""
        if obj is None or obj.pk != self.held.object_id or not self.held.stands:
            return False
        return ContentType.objects.get_for_model(obj).pk == self.held.content_type_id


def need_actor(actor: Any) -> None:
    """TypeError for a forgotten actor, which must never count as the system."""
    if actor is None:
        raise TypeError("an actor is needed; for the system itself it is core.actors.SYSTEM")


def columns(actor: Any, name: str = "actor") -> dict[str, Any]:
    """What to write into the columns of who acted: `name` for a user, `name`_pass for a bearer; both stay empty for
    the system."""
    if isinstance(actor, Bearer):
        return {name: None, f"{name}_pass": actor.held}
    return {name: user_of(actor), f"{name}_pass": None}


def user_of(actor: Any) -> Any | None:
    """For a column that names users alone: who acted, or None for the system. TypeError for a bearer."""
    need_actor(actor)
    if isinstance(actor, Bearer):
        raise TypeError(f"{actor!r} is no user, and here only users can be named")
    return None if actor is SYSTEM else actor


def asked(obj: Any, *names: str) -> set[int]:
    """The keys of those who asked for it: who took the latest of each of these steps, and whose right they used. For
    `permit(..., never=...)`."""
    kind = ContentType.objects.get_for_model(obj)
    rows = TransitionLog.objects.filter(content_type=kind, object_id=obj.pk, name__in=names).order_by("pk")
    latest = {name: people for name, *people in rows.values_list("name", "actor", "principal")}
    return {pk for people in latest.values() for pk in people if pk is not None}
