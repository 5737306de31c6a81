"""Who acts: a person, or the system itself. Never nobody: `None` is no actor."""

from typing import Any, Final, final

from django.utils.translation import gettext as _


@final
class System:
    """The schedule, the command line, what follows from another step. It has no permissions: it takes only the steps
    that are nobody's."""

    pk = None
    is_active = is_authenticated = False

    def __str__(self) -> str:
        return _("시스템")


SYSTEM: Final = System()


def need_actor(actor: Any) -> None:
    """TypeError for a forgotten actor, which must never count as the system."""
    if actor is None:
        raise TypeError("an actor is needed; for the system itself it is core.actors.SYSTEM")


def user_of(actor: Any) -> Any | None:
    """For a column that names a person: who acted, or None for the system."""
    need_actor(actor)
    return None if actor is SYSTEM else actor
