"""All reports there are. A new one is written in a module of its own and plugged in."""

from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.sockets import Socket
from reports.definitions.base import Definition

DEFINITIONS: Socket[Definition] = Socket("reports", key=lambda definition: definition.slug)


def definition_of(slug: str) -> Definition:
    """Rejected, naming those there are, when there is none."""
    definition = DEFINITIONS.get(slug)
    if definition is None:
        slugs = ", ".join(known.slug for known in DEFINITIONS)
        raise Rejected(
            _("‘%(slug)s’ 보고서는 없습니다. 만들 수 있는 보고서: %(slugs)s")
            % {"slug": slug, "slugs": slugs},
            field="slug",
        )
    return definition


def label_of(slug: str) -> str:
    """Its name; archived runs of a report that is no longer made keep their slug."""
    definition = DEFINITIONS.get(slug)
    return str(definition.label) if definition else slug


__all__ = ["DEFINITIONS", "Definition", "definition_of", "label_of"]
