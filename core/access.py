"""The log of looks at personal data: one piece writes it, by what a page answers with (D3, D6)."""

from dataclasses import dataclass
from typing import Any

from django.http.response import HttpResponseBase

from basis.official import in_office_language
from core.actors import SYSTEM, columns
from core.addresses import client_address
from core.models import AccessLog
from core.numbers import text_of

SHOWN = (200, 422)  # a form that was refused shows again what it is about
FILE = "file"  # the kind of what leaves pages that show nobody's data
LONGEST, LONGEST_REASON = 200, 300


@dataclass(frozen=True)
class Look:
    """At what: in words, and the key of the person or thing; whose data, where it is one person's."""

    label: Any
    pk: Any = ""
    person: Any = None


def note(view: Any, response: HttpResponseBase) -> None:
    """After every page (core.page): what shows or hands out personal data, and every file that leaves, is written
    down. Nothing that a browser sends decides."""
    if response.status_code not in SHOWN:
        return
    place = response.headers.get("Content-Disposition", "")
    if view.reveals or place.startswith("attachment"):
        page = not place and response.headers.get("Content-Type", "").startswith("text/html")
        write(view, AccessLog.Action.VIEW if page else view.file_action)


@in_office_language
def write(view: Any, action: AccessLog.Action) -> None:
    """Who looked at whose data, from where and why. The own is nobody's business."""
    look = view.get_look()
    if look is None:
        return
    AccessLog.objects.create(
        **columns(view.actor),
        address=client_address(view.request),
        action=action,
        subject_kind=view.reveals or FILE,
        subject_id=str(look.pk)[:40],
        person=look.person,
        subject_label=str(look.label)[:LONGEST],
        reason=text_of(view.request.GET.get("reason", ""), LONGEST_REASON),
    )


def write_file(kind: str, label: Any) -> None:
    """What the command line has written into a file."""
    AccessLog.objects.create(
        **columns(SYSTEM),
        action=AccessLog.Action.EXPORT,
        subject_kind=kind,
        subject_label=str(label)[:LONGEST],
    )
