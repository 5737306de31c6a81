"""All reports there are. A new one is written in a module of its own and named here."""

from django.utils.translation import gettext as _

from core.errors import Rejected
from reports.definitions import analysis, creative_king, dispatch, mvp, progress
from reports.definitions.base import Definition

DEFINITIONS: dict[str, Definition] = {
    definition.slug: definition
    for definition in (dispatch.REPORT, progress.REPORT, analysis.REPORT, creative_king.REPORT, mvp.REPORT)
}


def definition_of(slug: str) -> Definition:
    """Rejected, naming those there are, when there is none."""
    if slug not in DEFINITIONS:
        raise Rejected(
            _("‘%(slug)s’ 보고서는 없습니다. 만들 수 있는 보고서: %(slugs)s")
            % {"slug": slug, "slugs": ", ".join(DEFINITIONS)},
            field="slug",
        )
    return DEFINITIONS[slug]


def label_of(slug: str) -> str:
    """Its name; archived runs of a report that is no longer made keep their slug."""
    return str(DEFINITIONS[slug].label) if slug in DEFINITIONS else slug


__all__ = ["DEFINITIONS", "Definition", "definition_of", "label_of"]
