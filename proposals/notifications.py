"""Who of the office is told what. Citizens have no notices: they read their own page."""

from datetime import date

from django.utils.translation import gettext as _

from basis.formats import date_weekday
from basis.official import in_office_language
from core.models import Clock
from core.now import today
from notifications.services import notify
from organization.enums import Role
from organization.models import User
from organization.selectors import holders_of
from proposals.models import Proposal


def _staff(proposal: Proposal) -> list[User]:
    return [one.user for one in proposal.proposers.select_related("user__department") if one.user]


@in_office_language
def due_moved(proposal: Proposal, clock: Clock, old: date, cause: str) -> None:
    notify(
        "proposals.due_moved",
        [*holders_of(Role.PLANNING), *_staff(proposal)],
        title=_("제안의 기한이 바뀌었습니다: %(title)s") % {"title": proposal.title},
        body=f"{date_weekday(old)} → {date_weekday(clock.due)} · {cause}",
        url=proposal.get_absolute_url(),
        key=f"proposals:{proposal.pk}:due:{clock.pk}:{clock.due}",
    )


@in_office_language
def changed(proposal: Proposal, step: str, reason: str = "") -> None:
    """Staff who proposed it hear of every step of the office."""
    if not (people := _staff(proposal)):
        return
    notify(
        "proposals.changed",
        people,
        title=_("제안 처리: %(title)s — %(state)s")
        % {"title": proposal.title, "state": proposal.get_state_display()},
        body=reason,
        url=proposal.get_absolute_url(),
        key=f"proposals:{proposal.pk}:{step}:{proposal.version}",
        personal=True,
    )


@in_office_language
def rose(proposal: Proposal) -> None:
    """Support that came all at once is looked at: it may be called for, or made by a machine (P15)."""
    notify(
        "proposals.rose",
        holders_of(Role.PLANNING),
        title=_("공감이 갑자기 늘었습니다: %(title)s") % {"title": proposal.title},
        body=_("공감은 목록의 순서에만 쓰입니다. 사람이 누른 것인지 살펴봐 주세요."),
        url=proposal.get_absolute_url(),
        key=f"proposals:{proposal.pk}:rose:{today()}",
    )
