"""Who of the office is told what. Citizens have no notices: they read their own page."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from basis.formats import date_weekday
from basis.official import in_office_language
from core.models import Clock
from core.now import today
from notifications.services import Line, notify
from organization.enums import Role
from organization.models import User
from organization.selectors import department_readers, holders_of
from proposals.models import Interim, Proposal, ProposalReview
from reviews.notifications import line


def _staff(proposal: Proposal) -> list[User]:
    return [one.user for one in proposal.proposers.select_related("user__department") if one.user]


@in_office_language
def due_moved(proposal: Proposal, clock: Clock, old: date, cause: str) -> None:
    notify(
        "proposals.due_moved",
        [*holders_of(Role.PLANNING), *_staff(proposal)],
        title=_("제안의 기한이 바뀌었습니다: %(title)s") % {"title": proposal.covered_title},
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
        % {"title": proposal.covered_title, "state": proposal.get_state_display()},
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
        title=_("공감이 갑자기 늘었습니다: %(title)s") % {"title": proposal.covered_title},
        body=_("공감은 목록의 순서에만 쓰입니다. 사람이 누른 것인지 살펴봐 주세요."),
        url=proposal.get_absolute_url(),
        key=f"proposals:{proposal.pk}:rose:{today()}",
    )


def _request_title(proposals: Sequence[Proposal]) -> str:
    if len(proposals) == 1:
        return _("제안 검토 요청: %(title)s") % {"title": proposals[0].covered_title}
    return _("제안 검토 요청 %(count)d건") % {"count": len(proposals)}


@in_office_language
def request_letter(proposals: Sequence[tuple[Proposal, date]]) -> dict[str, object]:
    """Title and lines of what a department gets that is asked about all of these."""
    lines = [
        Line(
            f"{one.code} {one.covered_title}",
            _("기한 %(due)s") % {"due": date_weekday(due)},
            one.get_absolute_url(),
        )
        for one, due in proposals
    ]
    return {"title": _request_title([one for one, _due in proposals]), "lines": lines}


@in_office_language
def dispatched(reviews: Sequence[ProposalReview], note: str) -> None:
    """One notice a department for all proposals sent together."""
    by_department: dict[int, list[ProposalReview]] = {}
    for review in reviews:
        by_department.setdefault(review.department_id, []).append(review)
    for department, group in by_department.items():
        notify(
            "proposals.dispatched",
            department_readers(department),
            title=_request_title([review.proposal for review in group]),
            body=note,
            url=group[0].get_absolute_url() if len(group) == 1 else reverse("proposals:reviews"),
            key=f"proposals:dispatched:{group[0].pk}",
            lines=[line(review) for review in group],
        )


@in_office_language
def opinion_late(proposal: Proposal) -> None:
    notify(
        "proposals.opinion_late",
        holders_of(Role.PLANNING),
        title=_("외부 의견이 오지 않았습니다: %(title)s") % {"title": proposal.covered_title},
        body=_("회신 기한이 지나 결정 기한이 다시 흐릅니다."),
        url=proposal.get_absolute_url(),
        key=f"proposals:{proposal.pk}:opinion:{proposal.version}",
    )


@in_office_language
def interim(sent: Interim) -> None:
    """Staff who proposed it hear of it; citizens get a letter."""
    if people := _staff(sent.proposal):
        notify(
            "proposals.interim",
            people,
            title=_("중간 답변: %(title)s") % {"title": sent.proposal.covered_title},
            body=sent.reason,
            url=sent.proposal.get_absolute_url(),
            key=f"proposals:interim:{sent.pk}",
            personal=True,
        )
